"""What is built is what runs: the wheel and the sdist, installed into a clean environment, run
from `/`.
"""

from __future__ import annotations

import ast
import email
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from functools import cache
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from scripts.metadata import addresses, for_index
from scripts.release import version

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("real_time"),
    pytest.mark.xdist_group("packaging"),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with one wheel and one sdist, the wheel built from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    root = Path(__file__).resolve().parent.parent
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, root],
        check=True,
        capture_output=True,
    )
    return folder


def test_the_wheel_holds_code_widgets_and_data(built: Path, project: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    for folder in (
        p for p in (project / "widgets").iterdir() if p.is_dir() and not p.name.startswith("__")
    ):
        for file in ("widget.py", "template.html", "style.css", "example.md"):
            assert f"blogkit/_widgets/{folder.name}/{file}" in names
    for data in (
        p
        for p in (project / "blogkit").rglob("*")
        if p.is_file() and p.suffix not in {".py", ".pyc"}
    ):
        assert str(data.relative_to(project)) in names
    assert not [n for n in names if n.startswith(("tests/", "widgets/")) or "__pycache__" in n]


@pytest.fixture(scope="module")
def unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist's folder."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # since 3.11.4
        sdist.extractall(folder, **safely)  # type: ignore[arg-type]
    return next(folder.iterdir())


def test_the_sdist_holds_every_file_of_the_project(unpacked: Path, project: Path) -> None:
    if (project / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=project, check=True, capture_output=True, text=True
        )
        names = {name for name in listed.stdout.split("\0") if name and (project / name).exists()}
    else:
        sources = [
            path
            for folder in ("blogkit", "widgets", "tests", "docs", "scripts")
            for path in (project / folder).rglob("*")
        ]
        names = {
            str(path.relative_to(project)) for path in sources if "__pycache__" not in path.parts
        }
    assert names - {str(path.relative_to(unpacked)) for path in unpacked.rglob("*")} == set()


def test_the_sdist_runs_its_own_tests_and_makefile(unpacked: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    make = [
        "make",
        "--no-print-directory",
        "test",
        "PYTHON=true",
        f"VENV={sys.prefix}",
        "ARGS=-n 0 tests/test_lock.py",
    ]
    done = subprocess.run(make, cwd=unpacked, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^\d+ passed", done.stdout, re.MULTILINE)


def test_an_index_is_told_the_pythons_and_has_no_link_that_leads_nowhere(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        [name] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
        about = email.message_from_bytes(wheel.read(name))
    pythons = [
        each.rpartition(" ")[2] for each in about.get_all("Classifier", []) if " :: 3." in each
    ]
    assert pythons == ["3.11", "3.12", "3.13", "3.14"]
    assert about["Description-Content-Type"] == "text/markdown"
    assert about["Version"] == version()
    readme = about.get_payload()
    assert "make demo" in readme
    assert re.findall(r"\]\((?!https://|#)[^)]*\)", readme) == []


def test_links_for_an_index_lead_into_the_repository(project: Path) -> None:
    text = (
        "![A phone](docs/a.png) [here](docs/b.md#c), [there](https://example.com/d) and [below](#e)"
    )
    assert for_index(text, "") == "*A phone.* here, [there](https://example.com/d) and [below](#e)"
    assert (
        for_index(text, "https://example.org/x/{}/v1")
        == "![A phone](https://example.org/x/raw/v1/docs/a.png)"
        " [here](https://example.org/x/blob/v1/docs/b.md#c), [there](https://example.com/d) and"
        " [below](#e)"
    )
    assert addresses("") == {}
    assert set(addresses("https://example.org/x")) == {
        "Source",
        "Documentation",
        "Changelog",
        "Issues",
    }


def test_the_installed_command_runs_from_the_root_folder(built: Path, tmp_path: Path) -> None:
    """A clean environment; its dependencies are this environment's, so that the test needs no
    network.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    site = next((tmp_path / "venv/lib").glob("python*/site-packages"))
    with zipfile.ZipFile(
        next(built.glob("*.whl"))
    ) as wheel:  # an environment that uv made has no pip
        wheel.extractall(site)
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    (site / "libraries.pth").write_text(
        "\n".join(libraries), encoding="utf-8"
    )  # our own wheel stands first
    env = {
        name: value for name, value in os.environ.items() if name != "PYTHONPATH"
    }  # it would stand before what is installed

    def run(*args: object) -> str:
        command = [str(tmp_path / "venv/bin/python"), "-P", *map(str, args)]
        return subprocess.run(
            command, cwd="/", env=env, check=True, capture_output=True, text=True
        ).stdout

    assert run("-c", "import blogkit; print(blogkit.__file__)").startswith(str(site))
    assert run("-m", "blogkit", "--version").startswith("blogkit ")
    run("-m", "blogkit", "init", "--yes", tmp_path / "blog")
    assert "bk-key-box" in run(
        "-m", "blogkit", "-C", tmp_path / "blog", "render", tmp_path / "blog/posts/hello.md"
    )


COMES_WITH = {
    "botocore": "boto3",
    "markupsafe": "jinja2",
    "psycopg-pool": "psycopg",  # the extra `psycopg[pool]`
    "pydantic-core": "pydantic",
    "urllib3": "requests",
    "werkzeug": "flask",
}


@cache
def imported(project: Path) -> set[str]:
    """Return the distributions that blogkit and its widgets import, as they are declared."""
    provided = packages_distributions()
    names: set[str] = set()
    for path in [*(project / "blogkit").rglob("*.py"), *(project / "widgets").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names |= {each.name for each in node.names} if isinstance(node, ast.Import) else set()
            names |= (
                {node.module or ""}
                if isinstance(node, ast.ImportFrom) and not node.level
                else set()
            )
    tops = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"blogkit"}
    found = {plain(each) for top in tops for each in provided.get(top, [top])}
    return {COMES_WITH.get(each, each) for each in found}


def declared(project: Path) -> tuple[set[str], set[str]]:
    """Return the distributions of a plain installation, and those of the extras."""
    about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [each for extra in about["optional-dependencies"].values() for each in extra]
    always, asked = (
        {plain(re.split(r"[^\w.-]", each)[0]) for each in names}
        for names in (about["dependencies"], extras)
    )
    return always, asked


def test_what_is_imported_is_declared(project: Path) -> None:
    """The installed command above runs on this environment's packages, so it would not miss one
    that nobody asks pip for.
    """
    always, extras = declared(project)
    assert imported(project) - always - extras == set()


def test_nothing_is_installed_that_is_not_imported(project: Path) -> None:
    always, _ = declared(project)
    assert always - imported(project) == {"tzdata"}  # data, for Windows


def test_an_installation_stays_small(project: Path) -> None:
    """The README says what it takes."""
    pins = [
        Requirement(line.split(" \\")[0])
        for line in (project / "requirements/demo.txt").read_text().splitlines()
        if line[0].isalpha()
    ]
    names = {pin.name for pin in pins if not pin.marker or pin.marker.evaluate()}
    files = [
        path for name in names for path in distribution(name).files or () if path.suffix != ".pyc"
    ]
    assert (
        sum(Path(path.locate()).stat().st_size for path in files if Path(path.locate()).is_file())
        < 90_000_000
    )


def plain(distribution: str) -> str:
    """A distribution's name as it is compared
    (https://packaging.python.org/en/latest/specifications/name-normalization/).
    """
    return re.sub(r"[-_.]+", "-", distribution).lower()
