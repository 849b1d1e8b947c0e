"""Compile a template.html so that a `style(…)` with fixed arguments costs no call.

Most calls name their parts literally, so their attributes are the same for every post of one look.
Each becomes a variable, which `Look.constants` gives its value once a look. The rewriting works on
Jinja's syntax tree (https://jinja.palletsprojects.com/en/stable/extensions/#ast); a text is
compiled once a process, whatever the number of looks and registries.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import CodeType

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

StyleParts = tuple[str, ...]


@dataclass(frozen=True)
class Compiled:
    """A template that is ready to render.

    Attributes:
        template: Jinja's.
        constants: The variables that it needs, each with the parts whose attributes it has.
    """

    template: jinja2.Template
    constants: Mapping[str, StyleParts]


def compiled(
    environment: jinja2.Environment, name: str, path: Path, known: Collection[str]
) -> Compiled:
    """Compile a widget's template.

    Args:
        environment: What the template may use.
        name: What other templates would include it as.
        path: Its file.
        known: The parts that the widget's style.css has rules for. A call that names another one
            stays as it is, and fails when it is reached.

    Returns:
        The template, and the variables that it needs.

    Raises:
        jinja2.TemplateSyntaxError: The template cannot be read.
    """
    text = path.read_text(encoding="utf-8")
    source = _Source(text, name, path, frozenset(known), type(environment), environment)
    code, constants = _code(source)
    kind = environment.template_class  # that of the sandbox counts
    template = kind.from_code(environment, code, environment.make_globals(None))
    return Compiled(template, constants)


@dataclass(frozen=True)
class _Source:
    """All that a template's code depends on. Environments of one class compile alike."""

    text: str
    name: str
    path: Path
    known: frozenset[str]
    kind: type[jinja2.Environment]
    environment: jinja2.Environment = field(compare=False)


@lru_cache(maxsize=256)
def _code(source: _Source) -> tuple[CodeType, Mapping[str, StyleParts]]:
    environment, name, path = source.environment, source.name, str(source.path)
    tree = environment.parse(source.text, name, path)
    rewriting = _Rewriting(source.known)
    if not _redefines_style(tree):
        rewriting.visit(tree)
    code = environment.compile(tree, name, path)
    return code, {variable: parts for parts, variable in rewriting.variables.items()}


class _Rewriting(NodeTransformer):
    def __init__(self, known: Collection[str]) -> None:
        self.variables: dict[StyleParts, str] = {}
        self._known = known

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # Jinja's name  # noqa: N802
        self.generic_visit(node)
        parts = _fixed_parts(node)
        if parts is None or not all(part in self._known for part in parts):
            return node
        variable = self.variables.setdefault(parts, f"_style_{len(self.variables)}")
        return nodes.Name(variable, "load", lineno=node.lineno, environment=node.environment)


def _fixed_parts(node: nodes.Call) -> StyleParts | None:
    """Return the arguments of a `style(…)` that takes nothing but literal texts, else None."""
    if (
        not (isinstance(node.node, nodes.Name) and node.node.name == "style")
        or node.kwargs
        or node.dyn_args
        or node.dyn_kwargs
    ):
        return None
    values = [
        argument.value if isinstance(argument, nodes.Const) else None for argument in node.args
    ]
    parts = tuple(value for value in values if isinstance(value, str))
    return parts if len(parts) == len(values) else None


def _redefines_style(tree: nodes.Template) -> bool:
    """Return whether `style` may mean something else somewhere in a template.

    It may be a variable, an argument, a macro or an import.
    """
    names = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    names |= {node.name for node in tree.find_all(nodes.Macro)} | {
        node.target for node in tree.find_all(nodes.Import)
    }
    for node in tree.find_all(nodes.FromImport):
        names |= {item if isinstance(item, str) else item[1] for item in node.names}
    return "style" in names
