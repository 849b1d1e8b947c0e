"""Public docstrings tell a caller everything: what ruff's pydocstyle rules cannot check.

Ruff holds that a public name has a docstring, and its form. It does not ask for sections.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cases import for_each
from tests.source import tree

ROOT = Path(__file__).resolve().parent.parent
MODULES = [path.relative_to(ROOT) for path in sorted((ROOT / "blogkit").rglob("*.py"))]
SAYS_WHAT_IT_RETURNS = ("Return ", "Yield ", "Report whether ")


class Function(NamedTuple):
    """A public function or method; `owner` is its class."""

    node: ast.FunctionDef
    owner: ast.ClassDef | None

    @property
    def docstring(self) -> str:
        return ast.get_docstring(self.node) or ""

    @property
    def decorators(self) -> set[str]:
        return {ast.unparse(each).split("(")[0] for each in self.node.decorator_list}

    @property
    def parameters(self) -> list[str]:
        """Names of what a caller passes, with stars as in a docstring."""
        arguments = self.node.args
        plain = [*arguments.posonlyargs, *arguments.args]
        if self.owner and "staticmethod" not in self.decorators:
            plain = plain[1:]
        names = [each.arg for each in plain]
        names += [f"*{arguments.vararg.arg}"] if arguments.vararg else []
        names += [each.arg for each in arguments.kwonlyargs]
        return names + ([f"**{arguments.kwarg.arg}"] if arguments.kwarg else [])

    @property
    def raised(self) -> set[str]:
        """Exceptions that the body itself raises by name, and does not catch around it."""
        return set(_raised(self.node.body, frozenset()))


def _raised(nodes: list[ast.AST] | list[ast.stmt], caught: frozenset[str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            continue
        if isinstance(node, ast.Try):
            types = [each.type for each in node.handlers if each.type]
            names = {
                name.id for type_ in types for name in ast.walk(type_) if isinstance(name, ast.Name)
            }
            yield from _raised(node.body, caught | names)
            yield from _raised([*node.handlers, *node.orelse, *node.finalbody], caught)
            continue
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            name = ast.unparse(node.exc.func).split(".")[-1]
            if name[0].isupper() and name not in caught:
                yield name
        yield from _raised(list(ast.iter_child_nodes(node)), caught)


def public_classes(path: Path) -> list[ast.ClassDef]:
    nodes = tree(ROOT / path).body
    return [node for node in nodes if isinstance(node, ast.ClassDef) and node.name[0] != "_"]


def is_command(function: Function) -> bool:
    """Report whether click shows the docstring to users, who pass options and not arguments."""
    return any(name.endswith((".command", ".group")) for name in function.decorators)


def public_functions(path: Path) -> Iterator[Function]:
    for owner in (None, *public_classes(path)):
        for node in (owner or tree(ROOT / path)).body:
            if isinstance(node, ast.FunctionDef) and node.name[0] != "_":
                found = Function(node, owner)
                plain = not found.decorators & {
                    "overload",
                    "override",
                    "property",
                    "cached_property",
                }
                if plain and not is_command(found):
                    yield found


def section(docstring: str, name: str) -> dict[str, str]:
    """Return the entries of a section of a docstring in Google style, by their names."""
    entries: dict[str, str] = {}
    lines = iter(docstring.splitlines())
    for line in lines:
        if line == f"{name}:":
            break
    for line in lines:
        if line and not line.startswith(" "):
            break
        entry, colon, text = line.strip().partition(": ")
        if colon and line.startswith("    ") and not line.startswith("     "):
            entries[entry] = text
    return entries


def constructor_gaps(owner: ast.ClassDef) -> Iterator[str]:
    """Yield what a caller would have to look up in the constructor's body."""
    for node in owner.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            docstrings = (ast.get_docstring(owner) or "", ast.get_docstring(node) or "")
            described = {
                name
                for docstring in docstrings
                for title in ("Args", "Attributes")
                for name in section(docstring, title)
            }
            missing = [name for name in Function(node, owner).parameters if name not in described]
            if missing and len(Function(node, owner).parameters) > 1:
                yield f"Args lacks {missing}"


def stale_attributes(owner: ast.ClassDef) -> list[str]:
    """Return the described attributes that the class does not define."""
    nodes = list(ast.walk(owner))
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    defined |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    defined |= {node.id for node in nodes if isinstance(node, ast.Name)}
    described = section(ast.get_docstring(owner) or "", "Attributes")
    return [name for name in described if name not in defined]


def gaps(function: Function) -> Iterator[str]:
    docstring = function.docstring
    described = list(section(docstring, "Args"))
    parameters = function.parameters
    wanted = len(parameters) > 1 and function.owner is None
    if (wanted or described) and described != parameters:
        yield f"Args are {described}, the parameters {parameters}"
    returns = function.node.returns
    silent = isinstance(returns, ast.Constant) and returns.value is None
    if returns is not None and not silent and ast.unparse(returns) not in ("NoReturn", "Never"):
        says = docstring.startswith(SAYS_WHAT_IT_RETURNS)
        says |= "\nReturns:\n" in docstring or "\nYields:\n" in docstring
        says |= "ContextManager" in ast.unparse(returns)
        says |= "contextmanager" in function.decorators
        if not says:
            yield "it does not tell what it returns"
    missing = function.raised - set(section(docstring, "Raises"))
    if missing:
        yield f"Raises lacks {sorted(missing)}"


@pytest.mark.slow
@pytest.mark.xdist_group("source")
@for_each("path", MODULES, ids=str)
def test_public_functions_describe_arguments_results_and_exceptions(path: Path) -> None:
    found = [
        f"{path}:{function.node.lineno} {function.node.name}: {gap}"
        for function in public_functions(path)
        for gap in gaps(function)
    ]
    found += [
        f"{path}:{owner.lineno} {owner.name}: {gap}"
        for owner in public_classes(path)
        for gap in constructor_gaps(owner)
    ]
    found += [
        f"{path}:{owner.lineno} {owner.name}: Attributes names {stale}, which it does not have"
        for owner in public_classes(path)
        if (stale := stale_attributes(owner))
    ]
    assert not found, "\n".join(found)


def example(source: str) -> list[str]:
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef)
    return list(gaps(Function(node, None)))


@pytest.mark.parametrize(
    ("source", "gap"),
    [
        ('def f(a, b) -> None:\n "Do it."', "Args are [], the parameters ['a', 'b']"),
        (
            'def f(a, *, b) -> None:\n """Do it.\n\n Args:\n     a: One.\n     c: Two.\n """',
            "Args are ['a', 'c'], the parameters ['a', 'b']",
        ),
        ('def f() -> int:\n "Count."', "it does not tell what it returns"),
        (
            'def f() -> None:\n "Do it."\n if 1: raise ValueError("x")',
            "Raises lacks ['ValueError']",
        ),
    ],
)
def test_a_gap_is_found(source: str, gap: str) -> None:
    assert example(source) == [gap]


def test_an_undescribed_constructor_is_found() -> None:
    source = 'class C:\n """Hold.\n\n Args:\n     a: One.\n """\n def __init__(self, a, b): pass'
    owner = ast.parse(source).body[0]
    assert isinstance(owner, ast.ClassDef)
    assert list(constructor_gaps(owner)) == ["Args lacks ['b']"]


def test_an_attribute_that_is_gone_is_found() -> None:
    source = 'class C:\n """Hold.\n\n Attributes:\n     a: One.\n     b: Two.\n """\n a: int = 0'
    owner = ast.parse(source).body[0]
    assert isinstance(owner, ast.ClassDef)
    assert stale_attributes(owner) == ["b"]


def test_a_complete_docstring_has_no_gaps() -> None:
    source = '''
def f(first, *rest):
    """Add numbers.

    Args:
        first: The one to start with.
        *rest: More of them,
            in any order: all are used.

    Returns:
        The sum.

    Raises:
        ValueError: There are too many.
    """
    if len(rest) > 9:
        raise ValueError("too many")
    try:
        raise KeyError("caught below")
    except KeyError:
        return first
'''
    assert example(source.strip()) == []
