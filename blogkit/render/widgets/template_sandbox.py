"""Run templates that may be anybody's: they get at their values, and at nothing else.

Jinja's sandbox refuses names with underscores, and what changes a list. It would still let a
template call every method of every object that it can reach, such as `read_text` of a path. Here,
methods are for texts, lists and Jinja's own objects
(https://jinja.palletsprojects.com/en/stable/sandbox/#security-considerations).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sized
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes, runtime, utils
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from blogkit.render.widgets.fields import Fields
from blogkit.render.widgets.template_limits import (
    MOST_PARTS,
    REFUSED_METHODS,
    count_call,
    instrument,
    metered,
    require_small_call,
    require_small_format,
)

_MOST_ITEMS = MOST_PARTS
_MOST_BITS = 10_000
_HAVE_METHODS = (
    str,
    int,
    float,
    list,
    tuple,
    dict,
    runtime.LoopContext,
    runtime.Macro,
    runtime.TemplateReference,
    runtime.BlockReference,
    jinja2.environment.TemplateModule,
    utils.Cycler,
    utils.Joiner,
    utils.Namespace,
)


class _MeteredTemplate(jinja2.Template):
    def render(self, *args: Any, **values: Any) -> str:
        with metered():
            return super().render(*args, **values)


class TemplateSandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with methods of plain values only, and with bounds of time and memory.

    Args:
        *args: As in Jinja's environment.
        **options: As in Jinja's environment.
    """

    template_class = _MeteredTemplate
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.globals["lipsum"]  # makes texts of any length

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return instrument(super()._parse(source, name, filename))

    def wrap_str_format(self, value: Any) -> None:
        """Return None: the methods are refused, because their fields may be of any width."""

    def call(self, context: runtime.Context, obj: Any, *args: Any, **options: Any) -> Any:
        """Return what a call returns, and count it.

        Raises:
            SecurityError: The template has taken too many steps, or the call would fill the memory.
        """
        count_call()
        require_small_call(obj, args)
        return super().call(context, obj, *args, **options)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may read an attribute."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        if isinstance(obj, Fields):
            # pydantic's own include `parse_raw`, which can unpickle
            return attr in type(obj).model_fields or not hasattr(Fields, attr)
        if isinstance(obj, _HAVE_METHODS):
            return not (isinstance(obj, str) and attr in REFUSED_METHODS)
        return not callable(obj) and not callable(value)

    def call_binop(self, context: runtime.Context, operator: str, left: Any, right: Any) -> Any:
        """Return a sum, a product, a power or a rest, or a text with its fields filled in.

        Raises:
            SecurityError: It would fill the memory.
        """
        if operator == "*" and max(_repeated(left, right), _repeated(right, left)) > _MOST_ITEMS:
            raise SecurityError(f"a text or list is repeated to more than {_MOST_ITEMS:,} parts")
        sized = isinstance(left, Sized) and isinstance(right, Sized)
        if operator == "+" and sized and len(left) + len(right) > _MOST_ITEMS:
            raise SecurityError(f"a text or list has more than {_MOST_ITEMS:,} parts")
        if operator == "%":
            require_small_format(left)
        bits = _bits(left) * right if operator == "**" and isinstance(right, int) else 0
        if max(bits, _bits(left), _bits(right)) > _MOST_BITS:
            raise SecurityError(f"a number has more than {_MOST_BITS:,} bits")
        return super().call_binop(context, operator, left, right)


class WidgetFilesLoader(jinja2.FileSystemLoader):
    """Loads files of widgets' folders, and follows no link out of them."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, file, and whether it is current.

        Raises:
            TemplateNotFound: It is not a file in a widget's folder.
        """
        found = super().get_source(environment, template)
        widget, *rest = template.split("/")
        # the template's name is the end of the file's, so what comes before is the search path
        home = Path(found[1]).parents[len(rest)] / widget
        inside = Path(os.path.realpath(found[1])).is_relative_to(os.path.realpath(home))
        if not rest or not inside or any(part.startswith(".") for part in (widget, *rest)):
            raise jinja2.TemplateNotFound(template, f'"{template}" is not a file of a widget')
        return found


def _repeated(value: Any, times: Any) -> int:
    """Return how many parts a repeated text or list has."""
    return len(value) * times if isinstance(value, Sized) and isinstance(times, int) else 0


def _bits(value: Any) -> int:
    return value.bit_length() if isinstance(value, int) else 0
