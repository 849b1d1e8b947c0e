"""Create the virtual environment for `make demo` and `make test`, or repair it.

    python3 scripts/setup.py [demo|dev] [FOLDER]

It installs the exact packages in requirements/, checked by hash, with uv if it is there and with pip otherwise. It needs
no root and changes nothing outside FOLDER. Any Python 3 can run it: if that one is too old, it looks for a newer one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEVELS = {"demo": "the demo", "dev": "the demo and the tests"}  # each holds the ones before it
OLDEST = (3, 11)
BIN = "Scripts" if os.name == "nt" else "bin"
WHEELS = Path("/usr/share/python-wheels")


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
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"setting up {folder} for {LEVELS[level]}, once: Python {version}, {'uv' if uv else 'pip'} …", file=sys.stderr, flush=True)
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
    stamp.write_text("\n".join([identity(venv), contents(level), *installed(venv)]) + "\n", encoding="utf-8")


def identity(venv: Path) -> str:
    """Return what an environment is tied to: its own place and its Python."""
    return f"{venv} {sys.base_prefix} {sys.version_info[0]}.{sys.version_info[1]}"


def contents(level: str) -> str:
    """Return what is to be installed, as a digest."""
    texts = [(ROOT / name).read_bytes() for name in ("pyproject.toml", f"requirements/{level}.txt")]
    return f"{level} {hashlib.sha256(b''.join(texts)).hexdigest()}"


def installed(venv: Path) -> list[str]:
    """Return the names of all that lies in the environment's site-packages."""
    sites = [*venv.glob("lib/python*/site-packages"), *venv.glob("Lib/site-packages")]
    return sorted(path.name for site in sites for path in site.iterdir() if path.name != "__pycache__")


def is_alive(venv: Path) -> bool:
    """Return whether the environment was finished here, with this Python, and still has every package and a working Python."""
    try:
        whose, _, *names = (venv / ".ready").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return False
    return whose == identity(venv) and set(names) <= set(installed(venv)) and works(python_of(venv), "-c", "")


def is_ready(venv: Path, level: str) -> bool:
    """Return whether there is nothing to do."""
    names = list(LEVELS)
    enough = {contents(name) for name in names[names.index(level) :]}
    return is_alive(venv) and (venv / ".ready").read_text(encoding="utf-8").splitlines()[1] in enough


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
    locked = ("--quiet", "--require-hashes", "--requirement", f"requirements/{level}.txt")
    ourselves = ("--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")
    if uv:
        command = (uv, "pip", "install", "--python", python_of(venv))
        if works(*command, *locked) and works(*command, *ourselves):
            return
        print("uv could not install them (it does not read pip's settings); trying pip …", file=sys.stderr, flush=True)
    if not works(python_of(venv), "-m", "pip", "--version"):
        bring_pip(venv)
    pip = (python_of(venv), "-m", "pip", "--disable-pip-version-check", "install", "--no-compile")
    run(*pip, *locked)
    run(*pip, *ourselves)


def bring_pip(venv: Path) -> None:
    """Install pip into the environment. Debian and Ubuntu take it out of Python, into a package of its own."""
    if find_spec("ensurepip") and works(python_of(venv), "-m", "ensurepip"):
        return
    wheel = next(iter([*WHEELS.glob("pip-*.whl"), *pip_from_debian(venv / "tmp")]), None)
    if not wheel:
        raise SetupError("this Python has no pip and no ensurepip; install uv, or the system's packages for Python's venv and pip")
    run(python_of(venv), wheel / "pip", "install", "--quiet", "--no-compile", "--no-index", "--disable-pip-version-check", wheel)


def pip_from_debian(work: Path) -> Iterator[Path]:
    """Yield pip's wheel from Debian's package, unpacked below `work`. apt-get checks its signature and needs no root for this."""
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
        os.execv(uv, [uv, "run", "--no-project", "--quiet", "--python", f">={OLDEST[0]}.{OLDEST[1]}", "python", *again])
    raise SetupError(
        f"blogkit needs Python 3.11 or newer, and {sys.executable} is {sys.version.split()[0]}; "
        "install a newer one, or name it: make demo PYTHON=/path/to/python3"
    )


def working_uv() -> str | None:
    """Return the path of uv. A version manager's stand-in that starts no program does not count."""
    uv = shutil.which("uv")
    return uv if uv and works(uv, "--version") else None


def python_of(venv: Path) -> Path:
    """Return the environment's Python."""
    return venv / BIN / "python"


def works(*command: str | Path, cwd: Path = ROOT) -> bool:
    """Run a program in silence; return whether it succeeded."""
    return not _output_of_failure(command, cwd)


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a program in silence; raise `SetupError` with the end of its output if it fails."""
    output = _output_of_failure(command, cwd)
    if output:
        raise SetupError(f"{output}\n{Path(command[0]).name} failed; run the command again when the cause is gone")


def _output_of_failure(command: Sequence[str | Path], cwd: Path) -> str:
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=str(cwd), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except OSError as error:
        return str(error)
    said = done.stdout.decode("utf-8", "replace").strip()
    return "\n".join([*said.splitlines()[-15:], f"{' '.join(words)}: exit code {done.returncode}"]) if done.returncode else ""


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
