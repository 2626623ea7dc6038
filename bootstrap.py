"""Makes the virtual environment `.venv`, installs the pinned packages, and hands over to a program in it.

    python3 bootstrap.py [--dev] [argument of python …]

Uses the standard library only, and a syntax that old interpreters can read, so that they can say that they are too old.
`--dev` installs what tests and checks need besides. Packages are installed again only when their list has changed.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent
VENV = BASE_DIR / ".venv"
PYTHON = VENV / "bin" / "python"
LEAST_PYTHON = (3, 11)


def main(arguments):
    """Prepare `.venv`, then become `python argument …` in it, where there are any."""
    dev = arguments[:1] == ["--dev"]
    command = arguments[1:] if dev else arguments
    check_python()
    check_folder()
    os.umask(0o022)  # the embedded PostgreSQL may run as another account, which has to read the programs
    with (BASE_DIR / ".bootstrap.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once: the second finds all installed
        provide("requirements-dev.txt" if dev else "requirements.txt")
    if command:
        os.chdir(BASE_DIR)
        os.execv(PYTHON, [str(PYTHON), *command])


def check_python():
    """End with one sentence where this Python is too old."""
    if sys.version_info[:2] < LEAST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        wanted = ".".join(str(part) for part in LEAST_PYTHON)
        leave(f"aiwatch needs Python {wanted} or newer; this is Python {found} ({sys.executable}).")


def check_folder():
    """End with one sentence where the project's folder cannot be written."""
    if not os.access(BASE_DIR, os.W_OK | os.X_OK):
        leave(f"aiwatch keeps its packages and data in {BASE_DIR}, and that folder is read-only.")


def provide(listing):
    """See to it that `.venv` holds the packages of a list."""
    if not is_installed(listing):
        make_environment()
        install(listing)


def make_environment():
    """Make `.venv` where it is missing, half made, or of a Python that is gone."""
    if PYTHON.exists() and subprocess.call([str(PYTHON), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0:
        return
    say("Making the virtual environment .venv")
    if not can_make_environment():
        install_system_package("python3-venv")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        leave(f"Python could not make the virtual environment {VENV}; its own message stands above.")


def can_make_environment():
    """Whether this Python has the module with which `venv` installs pip; some systems ship it apart."""
    return subprocess.call([sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL) == 0


def install_system_package(name):
    """Install a package of the system where root may, else end with one sentence."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        leave(f"This Python lacks a part of itself; install the system's package {name}.")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.call(["apt-get", "update", "-q"], env=environment)
    subprocess.call(["apt-get", "install", "-q", "-y", name], env=environment)


def is_installed(listing):
    """Whether `.venv` works and holds that very list of packages."""
    stamp = VENV / f"installed-{listing}"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == read_digest(listing)


def install(listing):
    """Install the packages of a list, and note that in `.venv`."""
    say(f"Installing the packages of {listing}, once")
    if run_pip(listing) != 0:
        leave(f"The packages of {listing} could not be installed; pip's own message stands above.")
    # The list for tests holds all of the other, in the same versions.
    for name in {listing, "requirements.txt"}:
        (VENV / f"installed-{name}").write_text(read_digest(name))


def run_pip(listing):
    """Run pip, with one growing line for its progress; its errors pass through. Returns its exit code."""
    total = sum(line[:1].isalnum() for line in (BASE_DIR / listing).read_text().splitlines())
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-r", listing]
    pip = subprocess.Popen(command, cwd=str(BASE_DIR), stdout=subprocess.PIPE, universal_newlines=True)
    found = 0
    for line in pip.stdout:
        if line.startswith(("Collecting ", "Requirement already satisfied", "Ignoring ")):
            found += 1
            show_progress(f"  found {min(found, total)} of {total}", last=False)
        elif line.startswith("Installing collected packages"):
            show_progress(f"  found {total} of {total}", last=True)
            say("  unpacking them; this takes the longest")
    return pip.wait()


def show_progress(text, last):
    """Write over the line before on a terminal; in a log only the last line of its kind stands."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r{text}" + ("\n" if last else ""))
        sys.stdout.flush()
    elif last:
        say(text)


def read_digest(listing):
    """The SHA-256 of a list of packages."""
    return hashlib.sha256((BASE_DIR / listing).read_bytes()).hexdigest()


def say(text):
    """One line to whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def leave(sentence):
    """End with this sentence on the error stream."""
    sys.exit(sentence)


if __name__ == "__main__":
    main(sys.argv[1:])
