"""Bound the time and the memory of a template that may be anybody's.

Jinja's sandbox bounds `range` only
(https://jinja.palletsprojects.com/en/stable/sandbox/#security-considerations). Here, every round of
a loop, every call and every text that is shown or joined counts.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.runtime import Context

MOST_PARTS = 100_000
"""Most characters of one sum or product of texts, and items of one list."""
_MOST_TEXT = 1_000_000
_MOST_STEPS = 1_000_000
"""A table of 100,000 cells takes about 200,000 steps."""
_MOST_CHARACTERS = 20_000_000
_SECONDS = 3.0
"""Computing time of one widget's call. Built-in widgets take milliseconds."""
_LOOK = 64
"""Steps between two looks at the clock."""
_CALL = 4
"""Steps that a call counts as; it takes about as long as so many rounds of a loop."""
_ITEM = 8
"""Characters that a list's item counts as."""
_MOST_WIDTH = 10_000

LOOPED, SHOWN = "-looped", "-shown"
"""Filters that no template can name."""
_WIDTHS = frozenset({"batch", "center", "indent", "round", "slice", "tojson", "wordwrap"})
_TEXT_NAMES = (
    "capitalize e escape forceescape format lower plain pprint striptags string title trim truncate"
    " unlinked upper urlencode urlize wordcount xmlattr blocks chips"
)
_TEXTS = frozenset(_TEXT_NAMES.split())
"""Filters that make a text of a list, however deep it is."""
_WIDE_METHODS = frozenset({"center", "expandtabs", "ljust", "rjust", "zfill"})
REFUSED_METHODS = frozenset({"format", "format_map", "maketrans", "translate"})
_WIDE_FIELD = re.compile(r"%[^a-zA-Z%]*(?:\d{5,}|\*)")


class _Meter:
    """Counts what one rendering does."""

    def __init__(self) -> None:
        self._steps = self._characters = self._look = 0
        self._end = time.thread_time() + _SECONDS

    def step(self, number: int = 1) -> None:
        self._steps += number
        if self._steps > _MOST_STEPS:
            raise SecurityError(f"the template takes more than {_MOST_STEPS:,} steps")
        if self._steps < self._look:
            return
        self._look = self._steps + _LOOK
        if time.thread_time() > self._end:
            raise SecurityError(f"the template computes for more than {_SECONDS:g} seconds")

    def show(self, characters: int) -> None:
        self._characters += characters
        if self._characters > _MOST_CHARACTERS:
            raise SecurityError(f"the template makes more than {_MOST_CHARACTERS:,} characters")


_meter: ContextVar[_Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metered() -> Iterator[None]:
    """Count the steps and the characters of one rendering."""
    token = _meter.set(_Meter())
    try:
        yield
    finally:
        _meter.reset(token)


def count_call() -> None:
    """Count one call of the current rendering.

    Raises:
        SecurityError: It took too many, or too long.
    """
    if meter := _meter.get():
        meter.step(_CALL)


def instrument(tree: nodes.Template) -> nodes.Template:
    """Return a template whose loops and texts are counted.

    Args:
        tree: The parsed template, which is changed.
    """
    for loop in tree.find_all(nodes.For):
        data = sum(len(text.data) for text in loop.find_all(nodes.TemplateData))
        loop.iter = _filtered(loop.iter, LOOPED, nodes.Const(data))
    outputs: list[nodes.Output | nodes.Concat] = [
        *tree.find_all(nodes.Output),
        *tree.find_all(nodes.Concat),
    ]
    for output in outputs:
        output.nodes = [
            node if isinstance(node, nodes.TemplateData) else _filtered(node, SHOWN)
            for node in output.nodes
        ]
    return tree


def bounded_filters(filters: dict[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return filters that refuse what would fill the memory, with those of `instrument`.

    Args:
        filters: Those of the environment.
    """
    known = {name: _bounded(name, function) for name, function in filters.items()}
    return {**known, LOOPED: _looped, SHOWN: _shown}


def require_small_call(function: Any, args: tuple[Any, ...]) -> None:
    """Check a call of a text's method.

    Args:
        function: What is called.
        args: Its arguments.

    Raises:
        SecurityError: It would fill the memory.
    """
    owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
    if not isinstance(owner, str):
        return
    if name in _WIDE_METHODS:
        _require_narrow(args)
    elif name == "replace":
        _require_small_replacement(owner, *args[:2])
    elif name == "join" and args:
        _require_size(_joined_size([*args[0]], owner))


def require_small_format(text: Any) -> None:
    """Check a text before `%` fills in its fields.

    Args:
        text: The text; anything else divides numbers.

    Raises:
        SecurityError: A field is so wide that it would fill the memory.
    """
    if isinstance(text, str) and _WIDE_FIELD.search(text):
        raise SecurityError("a field of the text is too wide")


def _bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    skipped = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)  # with the mark that tells Jinja what to pass
    def checked(*args: Any, **options: Any) -> Any:
        count_call()
        given, more = args[skipped:], [*options.values()]
        if name in _WIDTHS:
            _require_narrow([*given[1:], *more])
        if name in _TEXTS:
            for value in (*given, *more):
                _require_size(_weight(value))
        if name == "format":
            require_small_format(given[0])
        if name == "replace":
            _require_small_replacement(str(given[0]), *map(str, [*given[1:], *more][:2]))
        if name == "join":
            items = [*given[0]]
            if attribute := options.get("attribute", given[2] if len(given) > 2 else None):
                items = [*map(make_attrgetter(args[0].environment, attribute), items)]
            separator = str(options.get("d", given[1] if len(given) > 1 else ""))
            _require_size(_joined_size(items, separator))
            args = (*args[:skipped], [*items], separator)
            options = {}
        return function(*args, **options)

    return checked


@pass_context  # so that the optimizer does not call them while it compiles
def _looped(_context: Context, items: Iterable[Any], characters: int) -> Iterator[Any]:
    meter = _meter.get()
    for item in items:
        if meter:
            meter.step()
            meter.show(characters)
        yield item


@pass_context
def _shown(_context: Context, value: Any) -> Any:
    weight = _weight(value)
    if not isinstance(value, str):
        _require_size(weight)
    if meter := _meter.get():
        meter.show(weight)
    return value


def _weight(value: Any) -> int:
    """Return about how long a value is as a text; a list may hold itself many times."""
    if isinstance(value, str):
        return len(value)
    waiting, weight = [value], 0
    while waiting and weight <= _MOST_TEXT:
        one = waiting.pop()
        weight += len(one) if isinstance(one, str) else _ITEM
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            waiting += one
    return weight


def _joined_size(items: list[Any], separator: str) -> int:
    return sum(map(_weight, items)) + len(items) * len(separator)


def _require_small_replacement(text: str, old: str = "", new: str = "") -> None:
    times = text.count(old) if len(new) > len(old) else 0
    _require_size(times * len(new))


def _require_narrow(values: Iterable[Any]) -> None:
    if any(isinstance(value, int) and abs(value) > _MOST_WIDTH for value in values):
        raise SecurityError(f"a width is more than {_MOST_WIDTH:,}")


def _require_size(size: int, most: int = _MOST_TEXT) -> None:
    if size > most:
        raise SecurityError(f"a text has more than {most:,} characters")


def _filtered(node: Any, name: str, *args: nodes.Expr) -> nodes.Filter:
    made = nodes.Filter(node, name, [*args], [], None, None)
    made.set_lineno(node.lineno)
    made.set_environment(node.environment)
    return made
