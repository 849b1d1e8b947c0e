"""Imports point downwards only: the layers of the architecture, held by reading every import
statement.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import for_each
from tests.source import nodes, tree

pytestmark = pytest.mark.xdist_group("source")
"""One worker reads the source."""

ROOT = Path(__file__).resolve().parent.parent
LAYERS = {
    "dataclass": -1,
    "patterns": -1,
    "lazy": 0,
    "letters": 0,
    "signatures": 0,
    "times": 0,
    "decoding": 1,
    "errors": 1,
    "extras": 0,
    "files": 1,
    "folders": 0,
    "paths": 1,
    "origins": 1,
    "html": 1,
    "images": 2,
    "posts": 2,
    "sanitizers": 2,
    "regions": 2,
    "http": 2,
    "archive": 3,
    "config": 3,
    "credentials": 2,
    "trust": 2,
    "render": 3,
    "lint": 4,
    "edits": 3,
    "hosting": 3,
    "journal": 3,
    "platforms": 4,
    "importers": 5,
    "sync": 5,
    "sandbox": 5,
    "widgets": 4,
    "widget_tools": 5,
    "slots": 2,
    "project": 6,
    "schedule": 7,
    "jobs": 7,
    "cluster": 8,
    "preview": 8,
    "cli": 9,
    "__main__": 10,
    "__init__": 11,
}
ONLY = {  # parts whose reach is narrower than their layer allows
    "sandbox": {"errors"},
    "importers": {
        "archive",
        "errors",
        "extras",
        "paths",
        "html",
        "posts",
        "sanitizers",
        "lint",
        "render",
        "letters",
    },
    "journal": {"decoding", "errors", "extras", "files"},
    "posts": {"errors", "paths", "html", "letters"},
    "sanitizers": {"errors", "html"},
    "slots": {"errors"},
    "decoding": set(),
    "folders": set(),
    "files": set(),
    "paths": {"letters"},
    "lazy": set(),
    "letters": set(),
    "archive": {"errors", "paths", "html", "posts", "regions"},
    "origins": set(),
    "html": set(),
    "images": {"errors"},
    "regions": {"errors", "html", "lazy"},
    "edits": {"errors", "html", "regions"},
    "hosting": {"errors", "extras", "files", "http", "images"},
    "http": {"decoding", "errors", "origins"},
    "config": {"errors", "paths", "slots"},
    "credentials": {"errors", "files", "origins", "paths"},
    "trust": {"errors", "files", "paths"},
}
SETTINGS = {"config", "credentials", "trust"}
"""Their values flow down from `project` as arguments."""
MODULES = sorted(path.relative_to(ROOT) for path in (ROOT / "blogkit").rglob("*.py"))


def part(path: Path) -> str:
    return path.parts[1].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The parts of blogkit that a file imports, wherever in the file."""
    found = set()
    for node in nodes(ROOT / path):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write absolute imports"
            names = [
                f"{node.module}.{alias.name}" if node.module == "blogkit" else str(node.module)
                for alias in node.names
            ]
        found.update(name.split(".")[1] for name in names if name.startswith("blogkit."))
    return found - {"__version__"}


def imported_modules(path: Path) -> set[str]:
    """The modules that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in nodes(ROOT / path):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
    return found


@for_each("path", MODULES, ids=str)
def test_imports_point_down(path: Path) -> None:
    own = part(path)
    assert own in LAYERS, f"{own} has no layer: add it to the architecture and here"
    for other in imports(path) - {own}:
        assert other in LAYERS, f"{path} imports blogkit.{other}, which has no layer"
        assert LAYERS[other] < LAYERS[own], (
            f"{path} (layer {LAYERS[own]}) imports blogkit.{other} (layer {LAYERS[other]})"
        )
        assert other in {"dataclass", "patterns", *ONLY.get(own, {other})}, (
            f"{path}: {own} may import only {ONLY[own]}, not {other}"
        )
        assert other not in SETTINGS or LAYERS[own] >= LAYERS["project"], (
            f"{path}: values of {other} flow down as arguments"
        )


def test_widgets_import_only_what_widgets_are_offered() -> None:
    for path in (ROOT / "widgets").rglob("*.py"):
        assert imports(path.relative_to(ROOT)) <= {"render", "widgets", "html"}, path


def test_commands_write_through_plans_only() -> None:
    """What sends, or records what was sent, is out of a command's reach: `Plan.apply` has the
    guards. So is what a project works with inside: a command calls its public methods.
    """
    below = (
        "blogkit.sync",
        "blogkit.journal",
        "blogkit.edits",
        "blogkit.http.client",
        "blogkit.credentials",
        "blogkit.project.context",
        "blogkit.project.rendering",
        "blogkit.project.sites",
    )
    allowed = {"blogkit.sync.diff"}
    for path in MODULES:
        found = [
            name
            for name in imported_modules(path)
            if name.startswith(below) and name not in allowed
        ]
        assert part(path) not in ("cli", "preview") or not found, f"{path} imports {found}"


def test_only_the_command_line_imports_click() -> None:
    for path in MODULES:
        found = [name for name in imported_modules(path) if name.split(".")[0] in ("click", "rich")]
        assert not found or part(path) in ("cli", "__main__"), f"{path} imports {found}"


def test_no_folder_has_more_than_twenty_modules() -> None:
    for folder in {path.parent for path in MODULES}:
        modules = [path for path in MODULES if path.parent == folder and path.name != "__init__.py"]
        assert len(modules) <= 20, f"{folder} has {len(modules)} modules: make a sub-package"


def public_names(path: Path) -> set[str]:
    """The public names that a file defines. What it imports is defined elsewhere; a command's
    function is named after the command.
    """
    found: set[str] = set()
    for node in tree(ROOT / path).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not is_command(node):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            inner = [each for target in targets for each in ast.walk(target)]
            names = [each for each in inner if isinstance(each, ast.Name)]
            found.update(name.id for name in names if isinstance(name.ctx, ast.Store))
    return {name for name in found if not name.startswith("_")}


def is_command(node: ast.ClassDef | ast.FunctionDef) -> bool:
    return any(
        isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.attr in ("command", "group")
        for each in node.decorator_list
    )


def test_no_public_name_is_defined_twice() -> None:
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        if path.name != "__main__.py":  # its `main` is the program's entry point
            for name in public_names(path):
                homes.setdefault(name, []).append(str(path))
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


def test_importing_blogkit_imports_nothing_of_it() -> None:
    code = (
        "import sys, blogkit; print(*(name for name in sys.modules if name.startswith('blogkit.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_one_file_prints() -> None:
    for path in MODULES:
        calls = [n for n in nodes(ROOT / path) if isinstance(n, ast.Call)]
        printing = [
            n.lineno for n in calls if isinstance(n.func, ast.Name) and n.func.id == "print"
        ]
        assert not printing or path.name == "output.py", f"{path}:{printing}"


VOID_ELEMENTS = {"br", "hr", "img", "wbr"}


@for_each("path", MODULES, ids=str)
def test_html_has_one_reader(path: Path) -> None:
    """Seven readers disagreed, and a picture that one of them did not see was not uploaded."""
    if part(path) in {"html", "sandbox"}:
        return
    names = {
        alias.name
        for node in nodes(ROOT / path)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    names |= {
        f"{node.module}.{alias.name}"
        for node in nodes(ROOT / path)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert not names & {
        "html.parser",
        "html.parser.HTMLParser",
        "html.unescape",
    }, f"{path}: read HTML with blogkit.html"
    texts = [
        node.value
        for node in nodes(ROOT / path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in texts if VOID_ELEMENTS.issubset(re.split(r"[^a-z0-9]+", text))], (
        f"{path}: use blogkit.html.elements"
    )
    assert not [text for text in texts if re.search(r"<!--\\s\+.*wp:", text)], (
        f"{path}: use blogkit.html.blocks"
    )


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return a function's lines, without those of its docstring, which help to read it."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        assert first.end_lineno is not None
        lines -= first.end_lineno - first.lineno + 1
    return lines


@for_each("path", MODULES, ids=str)
def test_files_and_functions_stay_short(path: Path) -> None:
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    assert lines <= 350, f"{path} has {lines} lines: a file over 350 wants to be two"
    for node in nodes(ROOT / path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert length(node) <= 50, f"{path}:{node.lineno} {node.name} is over 50 lines"


def test_a_function_is_measured_with_its_comments_and_without_its_docstring() -> None:
    text = 'def f(\n    x: int,\n) -> int:\n    """Two\n    lines."""\n    # why\n\n    return x\n'
    (function,) = ast.parse(text).body
    assert isinstance(function, ast.FunctionDef)
    assert length(function) == 6
