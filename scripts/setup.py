"""Create the virtual environment for `make demo` and `make test`, or repair it.

    python3 scripts/setup.py [demo|dev|release|lowest] [FOLDER]

It installs the exact packages in requirements/, checked by hash, with uv if it is there and with
pip otherwise. It needs no root and changes nothing outside FOLDER. A Python that is too old looks
for a newer one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEVELS = {
    "demo": "the demo",
    "dev": "the demo and the tests",
    "release": "a release",
    "lowest": "the tests, on the lowest versions that are promised",
}
ALSO = {"demo": "dev"}  # has all of it
OLDEST = (3, 11)
BIN = "Scripts" if os.name == "nt" else "bin"
WHEELS = Path("/usr/share/python-wheels")
PIP = ("--disable-pip-version-check", "install", "--quiet", "--no-compile")


class SetupError(Exception):
    """Set-up failed; the message says why and what to do."""


def main(level: str = "demo", folder: str = ".venv") -> None:
    """Make sure that FOLDER has everything for `level`."""
    if sys.version_info < OLDEST:
        use_newer_python()
    venv = ROOT / folder
    if is_ready(venv, level):
        return
    uv = working_uv()
    means = f"Python {sys.version.split()[0]}, {'uv' if uv else 'pip'}"
    say(f"setting up {folder} for {LEVELS[level]}, once: {means} …")
    if not is_alive(venv):
        create(venv, uv)
    stamp = venv / ".ready"
    stamp.unlink(missing_ok=True)
    temporary = venv / "tmp"
    temporary.mkdir(exist_ok=True)
    os.environ["TMPDIR"] = str(temporary)
    try:
        install(venv, level, uv)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    lines = [identity(venv), contents(level), *installed(venv)]
    stamp.write_text("\n".join(lines) + "\n", encoding="utf-8")


def identity(venv: Path) -> str:
    """Return what an environment is tied to: its own place and its Python."""
    return f"{venv} {sys.base_prefix} {sys.version_info[0]}.{sys.version_info[1]}"


def contents(level: str) -> str:
    """Return what is to be installed, as a digest."""
    names = ("pyproject.toml", f"requirements/{level}.txt")
    texts = [(ROOT / name).read_bytes() for name in names]
    return f"{level} {hashlib.sha256(b''.join(texts)).hexdigest()}"


def installed(venv: Path) -> list[str]:
    """Return the names of all that lies in the environment's site-packages."""
    lib = f"lib/*{sys.version_info[0]}.{sys.version_info[1]}*/site-packages"
    sites = [*venv.glob(lib), *venv.glob("Lib/site-packages")]
    return sorted(path.name for site in sites for path in site.iterdir() if path.name[0] != "_")


def recorded(venv: Path) -> list[str]:
    """Return what the last set-up noted when it was finished: identity, contents, names."""
    try:
        lines = (venv / ".ready").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        lines = []
    return lines if len(lines) > 2 else ["", ""]


def is_alive(venv: Path) -> bool:
    """Return whether the environment was made here, with this Python, and is still whole."""
    whose, _, *names = recorded(venv)
    if whose != identity(venv) or not set(names) <= set(installed(venv)):
        return False
    return works(python_of(venv), "-c", "")


def is_ready(venv: Path, level: str) -> bool:
    """Return whether there is nothing to do."""
    enough = {contents(level), contents(ALSO.get(level, level))}
    return recorded(venv)[1] in enough and is_alive(venv)


def create(venv: Path, uv: str | None) -> None:
    """Create an environment without packages, in place of whatever is there."""
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    shutil.rmtree(venv, ignore_errors=True)
    base: str = getattr(sys, "_base_executable", "") or sys.executable
    if not (uv and works(uv, "venv", "--quiet", "--python", base, venv)):
        run(base, "-m", "venv", "--without-pip", venv)


def install(venv: Path, level: str, uv: str | None) -> None:
    """Install the locked packages and blogkit itself, which stays where it is."""
    # The file lists all packages. Asked for what they need, pip 23 takes the newest `psycopg[pool]`
    # although another `psycopg` is listed, and refuses it.
    locked = ("--no-deps", "--require-hashes", "--requirement", f"requirements/{level}.txt")
    ourselves = ("--no-deps", "--no-build-isolation", "--editable", ".")
    if uv:
        command = (uv, "pip", "install", "--quiet", "--python", python_of(venv))
        if works(*command, *locked) and works(*command, *ourselves):
            return
        say("uv could not install them; trying pip, which has settings of its own …")
    pip = (python_of(venv), unpacked_pip(venv / "tmp"), *PIP)
    run(*pip, *locked)
    run(*pip, *ourselves)


def unpacked_pip(work: Path) -> Path:
    """Return pip, ready to be run, from the wheel that comes with Python.

    Debian and Ubuntu take it out of Python, into a package that is not there by default:
    https://packages.debian.org/stable/python3-pip-whl
    """
    bundled = find_spec("ensurepip")
    inside = Path(bundled.origin).parent if bundled and bundled.origin else work
    wheels = [*inside.glob("_bundled/pip-*.whl"), *WHEELS.glob("pip-*.whl")]
    for wheel in wheels or pip_from_debian(work):
        shutil.unpack_archive(wheel, work / "pip", "zip")
        for about in (work / "pip").glob("*.dist-info"):
            shutil.rmtree(about)  # or else it takes itself for an old version, and removes itself
        return work / "pip/pip"
    raise SetupError(f"{sys.executable} comes without pip; install uv or python3-venv")


def pip_from_debian(work: Path) -> Iterator[Path]:
    """Yield pip's wheel from Debian's package. apt-get fetches and checks it without root."""
    if not shutil.which("apt-get"):
        return
    (work / "apt/lists/partial").mkdir(parents=True)
    own = ("-o", f"Dir::State::Lists={work}/apt/lists", "-o", f"Dir::Cache={work}/apt")
    download = ("download", "python3-pip-whl")
    if not works("apt-get", *download, cwd=work):  # no list of packages, or an old one
        run("apt-get", *own, "update", cwd=work)
        run("apt-get", *own, *download, cwd=work)
    for package in work.glob("python3-pip-whl_*.deb"):
        run("dpkg-deb", "--extract", package, work)
    yield from (work / WHEELS.relative_to("/")).glob("pip-*.whl")


def use_newer_python() -> None:
    """Start again with a newer Python, from PATH or from uv."""
    again = [__file__, *sys.argv[1:]]
    for minor in range(30, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and works(newer, "-c", ""):
            os.execv(newer, [newer, *again])
    uv = working_uv()
    if uv:
        which = ("--python", f">={OLDEST[0]}.{OLDEST[1]}")
        os.execv(uv, [uv, "run", "--no-project", "--quiet", *which, "python", *again])
    raise SetupError(
        f"blogkit needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}. "
        "Install a newer one, or name it: make demo PYTHON=/path/to/python3"
    )


def working_uv() -> str | None:
    """Return the path of uv, unless it is a version manager's stand-in that starts nothing."""
    uv = shutil.which("uv")
    return uv if uv and works(uv, "--version") else None


def python_of(venv: Path) -> Path:
    """Return the environment's Python."""
    return venv / BIN / "python"


def works(*command: str | Path, cwd: Path = ROOT) -> bool:
    """Run a program in silence; return whether it succeeded."""
    return not trouble_of(*command, cwd=cwd)


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a program in silence; raise `SetupError` with the end of its output if it fails."""
    trouble = trouble_of(*command, cwd=cwd)
    if trouble:
        raise SetupError(f"{trouble}\nset-up failed, see above; fix the cause and run make again")


def trouble_of(*command: str | Path, cwd: Path) -> str:
    """Run a program; return the end of its output if it fails, and nothing otherwise."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=str(cwd),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        return str(error)
    if not done.returncode:
        return ""
    said = done.stdout.decode("utf-8", "replace").strip().splitlines()
    return "\n".join([*said[-15:], f"{' '.join(words)}: exit code {done.returncode}"])


def say(line: str) -> None:
    """Show progress."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
