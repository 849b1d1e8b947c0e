"""Build bare Debian systems and run the README's two commands in them as an ordinary user: `make fresh`, as root.

    python3 scripts/fresh.py [SUITE …]

A system is a folder below .cache/fresh, made by debootstrap from this machine's own mirror, with nothing but what the
README asks for. It is kept for the next run; the user and the copy of this folder in it are new each time.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUITES = ("bookworm", "trixie")
ASKED_FOR = "ca-certificates,git,make,python3"
USER = "blogger"
# How this machine reaches its package indexes: nothing else of its environment gets in.
SETTINGS = re.compile(r"(PIP|UV|SSL|REQUESTS|CURL)_\w+|\w+_proxy", re.IGNORECASE)
FILES = ("/etc/pip.conf", "/etc/xdg/pip", "/etc/uv", "/etc/ssl/certs/ca-certificates.crt", "/etc/hosts", "/etc/resolv.conf")
OWN_FILES = (".config/pip", ".pip", ".config/uv")
MOUNTS = """
mount -t proc proc "$0/proc"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$0/dev/pts"
mount -t tmpfs tmpfs "$0/dev/shm"
mount -t tmpfs tmpfs "$0/tmp"
exec chroot "$0" "$@"
"""
MEASURE = """
code=$?
{ .venv/bin/python --version; du -sm .venv | cut -f 1; echo $(ls -A /tmp); } >../measured 2>&1
exit $code
"""


class FreshError(Exception):
    """A bare system could not be built or used."""


def main() -> None:
    """Run both commands in each system, show a line for each, and exit with 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("suites", nargs="*", default=SUITES, metavar="SUITE", help="Debian's name for it, such as testing")
    parser.add_argument("--mirror", help="where Debian's packages are, if not where this machine has them from")
    parser.add_argument("--systems", type=Path, default=ROOT / ".cache/fresh", help="where the systems are kept")
    parser.add_argument("--tests", default="", help="arguments for pytest")
    asked = parser.parse_args()
    if os.geteuid() != 0:
        raise FreshError("only root can build a system in a folder; run: sudo make fresh")
    for program in ("debootstrap", "unshare"):
        if not shutil.which(program):
            raise FreshError(f"{program} is not installed; run: apt-get install debootstrap util-linux")
    lines, failed = [], False
    for suite in asked.suites:
        system = build(asked.systems.resolve() / suite, suite, asked.mirror or mirror())
        home = move_in(system)
        for command in ("make demo",):
            good, line = timed(system, home, command)
            lines.append(f"{suite}: {line}")
            failed = failed or not good
    print("", *lines, sep="\n")
    sys.exit(failed)


def mirror() -> str:
    """Return where this machine has Debian's packages from."""
    form = ("apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)")
    for line in subprocess.run(form, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines():
        label, _, address = line.partition(" ")
        if label == "Debian":
            return address
    raise FreshError("apt knows no Debian mirror (run: apt-get update), or name one: make fresh ARGS=--mirror=ADDRESS")


def build(system: Path, suite: str, address: str) -> Path:
    """Make the system unless it is there."""
    if not (system / "finished").exists():
        print(f"building {suite} in {system} …", flush=True)
        shutil.rmtree(system, ignore_errors=True)
        system.mkdir(parents=True)
        command = ["debootstrap", "--variant=minbase", f"--include={ASKED_FOR}", suite, str(system), address]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            raise FreshError(f"{done.stdout[-2000:]}\ndebootstrap could not build {suite}")
        (system / "finished").touch()
    return system


def move_in(system: Path) -> Path:
    """Give the system a new ordinary user who has a copy of this folder; return that copy, as the system sees it."""
    inside(system, "root", f"userdel --remove {USER} 2>/dev/null; useradd --create-home --shell /bin/sh {USER}", check=False)
    home = Path("/home") / USER
    project = system / home.relative_to("/") / "blogkit"
    named = [value for name, value in os.environ.items() if SETTINGS.fullmatch(name) and os.path.isfile(value)]
    for path in map(Path, {*FILES, *named}):
        copy(path, system / path.relative_to("/"))
    for name in OWN_FILES:
        copy(Path.home() / name, system / home.relative_to("/") / name)
    for path in Path("/etc/apt/apt.conf.d").glob("*"):
        if "Acquire::" in path.read_text(encoding="utf-8", errors="replace"):
            copy(path, system / path.relative_to("/"))
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        copy(ROOT / name, project / name)
    inside(system, "root", f"chown --recursive {USER}: {home}")
    return home / "blogkit"


def copy(source: Path, target: Path) -> None:
    """Copy a file, or the files of a folder, that may be missing. A link in the system is replaced: it may lead out of it."""
    for each in source.iterdir() if source.is_dir() else ():
        copy(each, target / each.name)
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copy(source, target)


def timed(system: Path, project: Path, command: str) -> tuple[bool, str]:
    """Run one of the commands; return whether it succeeded, and its Python, time and size in a line."""
    print(f"\n$ {command}   ({system.name}, as {USER})", flush=True)
    start = time.monotonic()
    code = inside(system, USER, f"cd {project}\n{command}\n{MEASURE}", check=False)
    seconds = time.monotonic() - start
    python, size, left = (system / project.relative_to("/") / "../measured").read_text(encoding="utf-8").splitlines()
    outcome = "ok" if code == 0 else f"failed ({code})"
    return code == 0, f"{command}: {outcome}, {python}, {seconds:.0f} s, {size} MB; left in /tmp: {left or 'nothing'}"


def inside(system: Path, user: str, script: str, *, check: bool = True) -> int:
    """Run a script in the system, in name spaces of its own: its mounts and processes end with it."""
    return subprocess.run(_command(system, user, script), env=_environment(user), stdin=subprocess.DEVNULL, check=check).returncode


def _command(system: Path, user: str, script: str) -> list[str]:
    become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if user != "root" else []
    spaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
    return [*spaces, "sh", "-euc", MOUNTS, str(system), *become, "sh", "-c", script]


def _environment(user: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if SETTINGS.fullmatch(name)}
    home = "/root" if user == "root" else f"/home/{user}"
    return {**kept, "HOME": home, "USER": user, "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}


if __name__ == "__main__":
    try:
        main()
    except FreshError as error:
        sys.exit(str(error))
