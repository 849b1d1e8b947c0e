"""Compile a template.html so that a `style(…)` with fixed arguments costs no call.

Most calls name their parts literally, so their attributes are the same for every post of one look,
as are the answers of `styled(…)` and `mark(…)`.
Each becomes a variable, which `Look.constants` gives its value once a look. The rewriting works on
Jinja's syntax tree (https://jinja.palletsprojects.com/en/stable/extensions/#ast); a text is
compiled once a process, for all looks and registries, and its code is kept in the
user's cache folder.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from blogkit.dataclass import dataclass
from blogkit.render.widgets.code_cache import NO_CODE_CACHE, CodeCache

_STYLISTS = ("style", "styled", "mark")
"""The functions whose calls become constants."""


class FixedCall(NamedTuple):
    """A call with nothing but literal texts.

    Attributes:
        name: The function's.
        parts: Its arguments.
    """

    name: str
    parts: tuple[str, ...]


class Compiled(NamedTuple):
    """A template that is ready to render.

    Attributes:
        template: Jinja's.
        constants: The variables that it needs, each with the call whose result it has.
    """

    template: jinja2.Template
    constants: Mapping[str, FixedCall]


def compiled(
    environment: jinja2.Environment,
    name: str,
    path: Path,
    known: Collection[str],
    cache: CodeCache = NO_CODE_CACHE,
) -> Compiled:
    """Compile a widget's template.

    Args:
        environment: What the template may use.
        name: What other templates would include it as.
        path: Its file.
        known: The parts that the widget's style.css has rules for. A call that names another one
            stays as it is, and fails when it is reached.
        cache: Keeps the code for the next process.

    Returns:
        The template, and the variables that it needs.

    Raises:
        jinja2.TemplateSyntaxError: The template cannot be read.
    """
    text = path.read_text(encoding="utf-8")
    source = _Source(text, name, path, frozenset(known), type(environment), environment, cache)
    code, constants = _code(source)
    kind = environment.template_class  # that of the sandbox counts
    # `make_globals` returns a `ChainMap`, which each rendering would copy item by item.
    template = kind.from_code(environment, code, {**environment.globals})
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
    cache: CodeCache = field(compare=False)

    @property
    def identity(self) -> tuple[str, ...]:
        """All of it as texts, for a cache that outlives the process."""
        kind = f"{self.kind.__module__}.{self.kind.__qualname__}"
        return ("template", self.text, self.name, str(self.path), kind, *sorted(self.known))


@lru_cache(maxsize=256)
def _code(source: _Source) -> tuple[CodeType, Mapping[str, FixedCall]]:
    code, calls = source.cache.get(source.identity, lambda: _compile(source))
    return code, {variable: FixedCall(*call) for variable, call in calls.items()}


def _compile(source: _Source) -> tuple[CodeType, dict[str, tuple[str, tuple[str, ...]]]]:
    environment, name, path = source.environment, source.name, str(source.path)
    tree = environment.parse(source.text, name, path)
    rewriting = _Rewriting(source.known, set(_STYLISTS) - _redefined(tree))
    rewriting.visit(tree)
    code = environment.compile(tree, name, path)
    calls = {variable: (call.name, call.parts) for call, variable in rewriting.variables.items()}
    return code, calls


def as_html(value: object) -> Markup:
    """Return what `markupsafe.escape` returns; what is `Markup` already is not copied."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]  # mypy does not follow `kind`
    if kind is str or not hasattr(kind, "__html__"):
        return escape(value)
    html = value.__html__()  # type: ignore[attr-defined]  # it has it, as its class does
    return html if type(html) is Markup else Markup(html)  # noqa: S704 (as `escape` does)


class _Rewriting(NodeTransformer):
    def __init__(self, known: Collection[str], names: Collection[str]) -> None:
        self.variables: dict[FixedCall, str] = {}
        self._known, self._names = frozenset(known), names

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # Jinja's name  # noqa: N802
        self.generic_visit(node)
        call = _fixed_call(node, self._names)
        found: nodes.Expr = node
        if call is not None and (call.name == "mark" or self._known.issuperset(call.parts)):
            variable = self.variables.setdefault(call, f"_style_{len(self.variables)}")
            found = _constant(variable, node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        return _safe(found) if name == "style" and name in self._names else found

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # Jinja's name  # noqa: N802
        self.generic_visit(node)
        either = isinstance(node.expr1, nodes.MarkSafe) and isinstance(node.expr2, nodes.MarkSafe)
        return _safe(node) if either else node


def _constant(variable: str, node: nodes.Expr) -> nodes.InternalName:
    """Return the value of a variable that no template can set.

    A name would be looked up in each round of a loop. The compiler writes an internal name as it
    is, and makes them as here, in `Parser.free_identifier`.
    """
    made: nodes.InternalName = object.__new__(nodes.InternalName)
    source = f"context.parent[{variable!r}]"
    nodes.Node.__init__(made, source, lineno=node.lineno, environment=node.environment)
    return made


def _safe(node: nodes.Expr) -> nodes.MarkSafe:
    return nodes.MarkSafe(node, lineno=node.lineno, environment=node.environment)


class TemplateCode(CodeGenerator):
    """Writes attributes as they are: they are `Markup`, which Jinja would escape once more."""

    def visit_MarkSafe(self, node: nodes.MarkSafe, frame: Frame) -> None:  # noqa: N802
        """Write the expression, which is `Markup` itself."""
        self.visit(node.expr, frame)

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Write the module, with what `_output_child_pre` needs."""
        self.writeline(f"from {__name__} import {as_html.__name__}")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if isinstance(node, nodes.MarkSafe):
            return
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write(f"{as_html.__name__}(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not isinstance(node, nodes.MarkSafe):
            super()._output_child_post(node, frame, finalize)


def _fixed_call(node: nodes.Call, names: Collection[str]) -> FixedCall | None:
    """Return a call of these functions that takes nothing but literal texts, else None."""
    if (
        not (isinstance(node.node, nodes.Name) and node.node.name in names)
        or node.kwargs
        or node.dyn_args
        or node.dyn_kwargs
    ):
        return None
    values = [
        argument.value if isinstance(argument, nodes.Const) else None for argument in node.args
    ]
    parts = tuple(value for value in values if isinstance(value, str))
    return FixedCall(node.node.name, parts) if len(parts) == len(values) else None


def _redefined(tree: nodes.Template) -> set[str]:
    """Return the names that may mean something else somewhere in a template.

    Each is a variable, an argument, a macro or an import.
    """
    names = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    names |= {node.name for node in tree.find_all(nodes.Macro)} | {
        node.target for node in tree.find_all(nodes.Import)
    }
    for node in tree.find_all(nodes.FromImport):
        names |= {item if isinstance(item, str) else item[1] for item in node.names}
    return names
