"""Build the files of a release, and check them as a package index and a user would.

    make release            into dist/, from a clean checkout whose changelog has the version

It uploads nothing. `.github/workflows/release.yml` does that from a tag, with a proof of where the
files were built.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = "Scripts" if os.name == "nt" else "bin"
_HEADING = r"^## \[?{version}\]?(?: [^\n]*)?\n(.*?)(?=^## |\Z)"


class ReleaseError(Exception):
    """Something keeps this version from being released; the message says what to do."""


def main() -> None:
    """Build, check and try; exit with 1 and the reason if something is wrong."""
    parser = argparse.ArgumentParser(prog="make release")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where the files go")
    parser.add_argument(
        "--rehearse", action="store_true", help="also with changes, and without a changelog section"
    )
    asked = parser.parse_args()
    try:
        release(asked.dist, rehearse=asked.rehearse)
    except ReleaseError as error:
        sys.exit(f"error: {error}")


def release(dist: Path, *, rehearse: bool) -> None:
    """Make the files in an empty folder, check them, and print their digests."""
    if not rehearse:
        require_clean()
        changes(version())
    shutil.rmtree(dist, ignore_errors=True)
    build(dist)
    files = [dist / name for name in expected_files(version())]
    if absent := [file.name for file in files if not file.is_file()]:
        raise ReleaseError(f"not built: {', '.join(absent)}")
    wheel = files[0]
    if missing := missing_from(wheel, ROOT):
        raise ReleaseError(f"not in {wheel.name}: {', '.join(missing)}")
    run(sys.executable, "-m", "twine", "check", "--strict", *map(str, files))
    try_out(wheel)
    digests = "".join(f"{digest(file)}  {file.name}\n" for file in files)
    (dist / "SHA256SUMS").write_text(digests, encoding="utf-8")
    print(digests, end="")


def version() -> str:
    """Return the version, from the one place that names it."""
    text = (ROOT / "blogkit/__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise ReleaseError("blogkit/__init__.py has no __version__")
    return found[1]


def changes(number: str, text: str | None = None) -> str:
    """Return what the changelog tells about a version."""
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8") if text is None else text
    heading = _HEADING.format(version=re.escape(number))
    found = re.search(heading, log, re.MULTILINE | re.DOTALL)
    if found is None or not found[1].strip():
        raise ReleaseError(
            f"CHANGELOG.md has no section {number}; rename “Unreleased” to “{number} - DATE”"
        )
    return found[1].strip()


def require_clean() -> None:
    """Check that what is built is what is committed."""
    status = run("git", "status", "--porcelain")
    if status.strip():
        raise ReleaseError("there are changes that are not committed; run: git status")


def build(dist: Path) -> None:
    """Build the sdist, and the wheel from it, with the time of the commit as that of all files.

    See https://reproducible-builds.org/docs/source-date-epoch/
    """
    epoch = run("git", "log", "-1", "--format=%ct").strip()
    environ = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
    command = (sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(ROOT))
    run(*command, environ=environ)


def expected_files(number: str) -> list[str]:
    """Return the names of the wheel and the sdist."""
    return [f"blogkit-{number}-py3-none-any.whl", f"blogkit-{number}.tar.gz"]


def missing_from(wheel: Path, root: Path) -> list[str]:
    """Return the files of the program that a wheel lacks: modules, widgets, and all their data."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    sources = {
        **{f"blogkit/{name}": name for name in _files(root / "blogkit")},
        **{f"blogkit/_widgets/{name}": name for name in _files(root / "widgets")},
    }
    return sorted(sources.keys() - names)


def _files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return [
        path.relative_to(folder).as_posix() for path in found if "__pycache__" not in path.parts
    ]


def try_out(wheel: Path) -> None:
    """Install a wheel into a new environment outside of the repository, and publish a post."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv" / BIN / "python"
        run(str(python), "-m", "pip", "install", "--quiet", str(wheel), folder=folder)
        blogkit = str(folder / "venv" / BIN / "blogkit")
        blog = folder / "blog"
        shown = run(blogkit, "--version", folder=folder)
        if shown.split() != ["blogkit", version()]:
            raise ReleaseError(f"the installed command calls itself {shown.strip()}")
        run(blogkit, "init", "--yes", str(blog), folder=folder)
        for command in (("check",), ("publish", "--yes"), ("open", "posts/hello.md")):
            run(blogkit, *command, folder=blog)


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def run(*command: str, folder: Path = ROOT, environ: dict[str, str] | None = None) -> str:
    """Run a program, and return what it prints."""
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        shown = " ".join(command[:4])
        raise ReleaseError(f"{shown} … failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
