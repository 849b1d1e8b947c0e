"""Imports point downwards only: the layers of the architecture, held by reading every import statement."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = {
    "errors": 1,
    "html": 1,
    "content": 2,
    "survival": 2,
    "regions": 2,
    "http": 2,
    "workspace": 2,
    "secrets": 2,
    "render": 3,
    "surgery": 3,
    "journal": 3,
    "platforms": 4,
    "importing": 4,
    "publish": 5,
    "sandbox": 5,
    "cli": 6,
    "__main__": 7,
    "__init__": 0,
}
ONLY = {  # parts whose reach is narrower than their layer allows
    "sandbox": {"errors"},
    "importing": {"errors", "html", "content", "survival", "render"},
    "journal": {"errors"},
    "content": {"errors", "html"},
    "survival": {"errors", "html"},
    "html": set(),
    "regions": {"errors", "html"},
    "surgery": {"errors", "html", "regions"},
    "http": {"errors"},
    "workspace": {"errors"},
    "secrets": {"errors"},
}
CLI_ONLY = {"workspace", "secrets"}
MODULES = sorted(path.relative_to(ROOT) for path in (ROOT / "blogkit").rglob("*.py"))


def part(path: Path) -> str:
    return path.parts[1].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The parts of blogkit that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write absolute imports"
            names = [f"{node.module}.{alias.name}" if node.module == "blogkit" else str(node.module) for alias in node.names]
        found.update(name.split(".")[1] for name in names if name.startswith("blogkit."))
    return found - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_down(path: Path) -> None:
    own = part(path)
    assert own in LAYERS, f"{own} has no layer: add it to the architecture and here"
    for other in imports(path) - {own}:
        assert other in LAYERS, f"{path} imports blogkit.{other}, which has no layer"
        assert LAYERS[other] < LAYERS[own], f"{path} (layer {LAYERS[own]}) imports blogkit.{other} (layer {LAYERS[other]})"
        assert other in ONLY.get(own, {other}), f"{path}: {own} may import only {ONLY[own]}, not {other}"
        assert other not in CLI_ONLY or own == "cli", f"{path}: values of {other} flow down as arguments"


def test_widgets_import_only_what_widgets_are_offered() -> None:
    for path in (ROOT / "widgets").rglob("*.py"):
        assert imports(path.relative_to(ROOT)) <= {"render", "html"}, path


def test_one_file_prints() -> None:
    for path in MODULES:
        calls = [n for n in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        printing = [n.lineno for n in calls if isinstance(n.func, ast.Name) and n.func.id == "print"]
        assert not printing or path.name == "output.py", f"{path}:{printing}"


VOID_ELEMENTS = {"br", "hr", "img", "wbr"}
MODELS = {"kses.py", "kses_attributes.py", "kses_blocks.py", "autop.py", "texturize.py", "blogger.py"}
"""The models of the sites' filters, which have to misread HTML as the sites do."""


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_html_has_one_reader(path: Path) -> None:
    """Seven readers disagreed, and a picture that one of them did not see was not uploaded."""
    if part(path) in {"html", "sandbox"} or (part(path) == "survival" and path.name in MODELS):
        return
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {f"{node.module}.{alias.name}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert not names & {"html.parser", "html.parser.HTMLParser", "html.unescape"}, f"{path}: read HTML with blogkit.html"
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not [text for text in texts if VOID_ELEMENTS.issubset(re.split(r"[^a-z0-9]+", text))], f"{path}: use blogkit.html.elements"
    assert not [text for text in texts if re.search(r"<!--\\s\+.*wp:", text)], f"{path}: use blogkit.html.blocks"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_files_and_functions_stay_short(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert text.count("\n") <= 350, "a file over 350 lines wants to be two"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno:
            assert node.end_lineno - node.lineno < 50, f"{path}:{node.lineno} {node.name} is over 50 lines"


def test_help_imports_nothing_heavy() -> None:
    heavy = ["requests", "pydantic", "jinja2", "flask", "bs4", "rich", "babel", "yaml", "pyromark", "sqlite3", "tinycss2", "google"]
    code = f"import sys, blogkit.__main__ as m; m.main(['--help']); sys.stderr.write(' '.join(x for x in {heavy!r} if x in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
