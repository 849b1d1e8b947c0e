"""Run the README's two commands in bare Debian systems, as an ordinary user. Needs root.

    python3 scripts/fresh.py [SUITE …]

debootstrap makes each system in a folder below .cache/fresh, from this machine's own mirror, with
nothing but what the README asks for. A system is kept for the next run; the user in it, with a
copy of this project, is new each time.
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
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PROJECT = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")

# How this machine reaches its package indexes. Nothing else of its environment gets in.
SETTINGS = re.compile(r"(PIP|UV|SSL|REQUESTS|CURL)_\w+|\w+_proxy", re.IGNORECASE)
NETWORK = ("/etc/ssl/certs/ca-certificates.crt", "/etc/hosts", "/etc/resolv.conf")
INDEXES = ("/etc/pip.conf", "/etc/xdg/pip", "/etc/uv")
OWN_INDEXES = (".config/pip", ".pip", ".config/uv")

MOUNTS = """
mount -t proc proc "$0/proc"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$0/dev/pts"
mount -t tmpfs tmpfs "$0/dev/shm"
mount -t tmpfs tmpfs "$0/tmp"
exec chroot "$0" "$@"
"""
NEWCOMER = f"""
userdel --remove {USER} >/dev/null 2>&1
useradd --create-home --shell /bin/sh {USER}
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
    parser = argparse.ArgumentParser(prog="make fresh")
    parser.add_argument("suites", nargs="*", default=SUITES, help="default: %(default)s")
    parser.add_argument("--mirror", help="default: where this machine has its packages from")
    parser.add_argument("--systems", type=Path, default=ROOT / ".cache/fresh", help="a folder")
    parser.add_argument("--tests", default="", help="arguments for pytest")
    asked = parser.parse_args()
    if os.geteuid() != 0:
        raise FreshError("only root can build a system; run: sudo make fresh")
    tests = f"make test ARGS='{asked.tests}'" if asked.tests else "make test"
    lines, failed = [], False
    for suite in asked.suites:
        system = build(asked.systems.resolve() / suite, suite, asked.mirror)
        project = move_in(system)
        for command in ("make demo", tests):
            good, line = timed(system, project, command)
            lines.append(f"{suite}: {line}")
            failed = failed or not good
    print("", *lines, sep="\n")
    sys.exit(failed)


def build(system: Path, suite: str, mirror: str | None) -> Path:
    """Make the system unless it is there."""
    if (system / "finished").exists():
        return system
    if not shutil.which("debootstrap"):
        raise FreshError("debootstrap is not installed; run: apt-get install debootstrap")
    print(f"building {suite} in {system} …", flush=True)
    shutil.rmtree(system, ignore_errors=True)
    system.mkdir(parents=True)
    options = ("--variant=minbase", f"--include={ASKED_FOR}")
    done = subprocess.run(
        ["debootstrap", *options, suite, system, mirror or known_mirror()],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise FreshError(f"{done.stdout[-2000:]}\ndebootstrap could not build {suite}")
    (system / "finished").touch()
    return system


def known_mirror() -> str:
    """Return where this machine has Debian's packages from."""
    form = ("apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)")
    targets = subprocess.run(form, stdout=subprocess.PIPE, text=True, check=True).stdout
    for line in targets.splitlines():
        label, _, address = line.partition(" ")
        if label == "Debian":
            return address
    raise FreshError("apt knows no Debian mirror; name one: make fresh ARGS=--mirror=ADDRESS")


def move_in(system: Path) -> Path:
    """Create an ordinary user who has a copy of this project; return its path in the system."""
    inside(system, "root", NEWCOMER)
    home = Path("/home") / USER
    for path in map(Path, {*NETWORK, *INDEXES, *settings().values()}):
        if path.is_absolute():
            copy(path, system / path.relative_to("/"))
    for name in OWN_INDEXES:
        copy(Path.home() / name, system / home.relative_to("/") / name)
    for path in Path("/etc/apt/apt.conf.d").iterdir():
        if "Acquire::" in path.read_text(encoding="utf-8", errors="replace"):
            copy(path, system / path.relative_to("/"))
    names = subprocess.run(PROJECT, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    project = home / ROOT.name
    for name in filter(None, os.fsdecode(names).split("\0")):
        copy(ROOT / name, system / project.relative_to("/") / name)
    inside(system, "root", f"chown --recursive {USER}: {home}")
    return project


def copy(source: Path, target: Path) -> None:
    """Copy a file, if it exists. A link is replaced, since it may lead out of the system."""
    if source.is_dir() and not target.is_dir():
        for each in source.iterdir():
            copy(each, target / each.name)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copy(source, target)


def timed(system: Path, project: Path, command: str) -> tuple[bool, str]:
    """Run one of the commands; return whether it succeeded, and a line with its cost."""
    print(f"\n$ {command}   ({system.name}, as {USER})", flush=True)
    start = time.monotonic()
    code = inside(system, USER, f"cd '{project}'\n{command}\n{MEASURE}", check=False)
    seconds = time.monotonic() - start
    measured = system / project.relative_to("/").parent / "measured"
    python, size, left = measured.read_text(encoding="utf-8").splitlines()
    outcome = "ok" if code == 0 else f"failed ({code})"
    cost = f"{python}, {seconds:.0f} s, .venv {size} MB, left in /tmp: {left or 'nothing'}"
    return code == 0, f"{command}: {outcome}; {cost}"


def inside(system: Path, user: str, script: str, *, check: bool = True) -> int:
    """Run a script in name spaces of its own, so that its mounts and processes end with it."""
    spaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
    become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]
    home = "/root" if user == "root" else f"/home/{user}"
    return subprocess.run(
        [*spaces, "sh", "-euc", MOUNTS, system, *become, "sh", "-c", script],
        env={**settings(), "HOME": home, "USER": user, "PATH": PATH, "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        check=check,
    ).returncode


def settings() -> dict[str, str]:
    """Return the variables with which this machine reaches its package indexes."""
    return {name: value for name, value in os.environ.items() if SETTINGS.fullmatch(name)}


if __name__ == "__main__":
    try:
        main()
    except FreshError as error:
        sys.exit(str(error))
