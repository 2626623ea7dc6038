"""Which system account the embedded servers run as.

PostgreSQL refuses to run as root. Where root starts it, it runs as the owner of the project's folder, or as `nobody`
where that is root as well. No account is created for it. Folders on the way to its data and program that only root may
pass get search permission (`o+x`: pass through, not list), and no other change.
"""

import logging
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Account:
    """Who runs the servers.

    Attributes:
        uid: user id.
        gid: group id.
        switch: True where this process is root and has to become that user for a server.
    """

    uid: int
    gid: int
    switch: bool

    @property
    def popen_kwargs(self) -> dict[str, Any]:
        """Arguments with which `subprocess` starts a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    def own(self, folder: Path) -> Path:
        """Make the folder, private to this account, and every folder above it passable; returns it."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.switch:
            if folder.lstat().st_uid == 0:  # just made; what somebody else put there is not given away
                os.chown(folder, self.uid, self.gid, follow_symlinks=False)
            self.open_way(folder)
        return folder

    def open_way(self, path: Path) -> None:
        """Let this account pass through every folder above the path."""
        for folder in path.parents:
            mode = folder.stat().st_mode
            if self.switch and folder.stat().st_uid != self.uid and not mode & stat.S_IXOTH:
                folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
                logger.warning("%s: search permission (o+x) given, PostgreSQL cannot run as root", folder)


def choose_account(project: Path) -> Account:
    """The account for servers of the project in this folder: see the module's text."""
    uid = os.geteuid()
    if uid != 0:
        return Account(uid, os.getegid(), switch=False)
    owner = project.stat()
    if owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, switch=True)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, switch=True)
