"""The parts of a running site besides its servers, side by side: web, worker, beat. Started by aiwatch/launcher.py.

Honcho runs them: it puts the name of the part before each line of output, and when one part ends it ends the others.
"""

import ctypes
import os
import shlex
import signal
import sys

from honcho.manager import Manager

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
# For glibc: what a feed or page took goes back to the system at once, and does not lie scattered in the heap.
LARGE_APART = {"MALLOC_MMAP_THRESHOLD_": "262144"}


def make_commands(address: str) -> dict[str, list[str]]:
    """The command of each part; `address` is the host and port that the web part listens on."""
    python = sys.executable
    celery = ["-m", "celery", "--app=aiwatch", "--quiet"]
    size = ["--workers=2", "--threads=4", "--preload"]
    # There is one worker, nobody to talk to. Celery warns of root because of pickle, and only JSON is accepted here.
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    calm = "-Wignore:You're running the worker with superuser privileges"
    return {
        "web": [python, "-m", "gunicorn", "aiwatch.wsgi", f"--bind={address}", *size, "--no-control-socket"],
        "worker": [python, calm, *celery, "worker", "--concurrency=2", "--loglevel=INFO", *alone],
        "beat": [python, *celery, "beat", "--loglevel=WARNING"],
    }


def main() -> None:
    """Run the parts until one ends or SIGTERM comes; leaves with honcho's exit code."""
    _end_with_parent()
    manager = Manager()
    for name, command in make_commands(sys.argv[1]).items():
        manager.add_process(name, f"exec {shlex.join(command)}", env=LARGE_APART | dict(os.environ))
    manager.loop()
    sys.exit(manager.returncode)


def _end_with_parent() -> None:
    """Be sent SIGTERM when the launcher dies, even by SIGKILL. Other systems than Linux know no such thing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    main()
