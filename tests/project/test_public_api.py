"""What library users may rely on: names and signatures change only on purpose."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType

import blogkit
from blogkit import errors, widgets
from blogkit.platforms import base

MADE_BY_CALLERS = (blogkit.Problem, blogkit.Selection)
FROZEN = Path(__file__).with_name("public_api.txt")


def described(name: str, value: object) -> Iterator[str]:
    """One line for a function; for a class one more for each public member."""
    if isinstance(value, ModuleType):
        yield name
    elif inspect.isclass(value):
        bases = ", ".join(base.__name__ for base in value.__bases__ if base is not object)
        yield f"{name}({bases})"
        if not issubclass(value, Enum):
            yield from members(name, value)
    else:
        yield f"{name}{signature(value)}"


def members(name: str, kind: type) -> Iterator[str]:
    if "__init__" in vars(kind) and kind in MADE_BY_CALLERS:
        yield f"{name}.__init__{signature(kind.__init__)}"
    names = {
        each
        for base in kind.__mro__
        if base.__module__.startswith("blogkit.")
        for each in (*vars(base), *vars(base).get("__annotations__", ()))
    }
    for each in sorted(names):
        if each.startswith("_"):
            continue
        value = inspect.getattr_static(kind, each, None)
        if isinstance(value, classmethod | staticmethod):
            value = value.__func__
        is_function = inspect.isfunction(value)
        yield f"{name}.{each}{signature(value)}" if is_function else f"{name}.{each}"


def signature(value: object) -> str:
    assert callable(value)
    return re.sub(
        r"<function (\w+) at 0x\w+>|<built-in function (\w+)>",
        r"\1\2",
        str(inspect.signature(value)),
    )


def the_api() -> list[str]:
    lines = [
        line
        for name in sorted(blogkit.__all__)
        for line in described(f"blogkit.{name}", getattr(blogkit, name))
    ]
    for name, value in sorted(vars(errors).items()):
        if inspect.isclass(value) and value.__module__ == errors.__name__:
            bases = ", ".join(base.__name__ for base in value.__bases__)
            lines.append(f"blogkit.errors.{name}({bases}) {signature(value)}")
    lines += [f"blogkit.widgets.{name}" for name in sorted(widgets.__all__)]
    lines += [
        f"blogkit.platforms.base.Platform.{name}{signature(value)}"
        for name, value in inspect.getmembers(base.Platform, inspect.isfunction)
        if not name.startswith("_")
    ]
    return lines


def test_the_api_changes_only_on_purpose() -> None:
    now = "\n".join(the_api()) + "\n"
    then = FROZEN.read_text(encoding="utf-8")
    assert now == then, (
        "the public API changed; if that is what you want, run: python -m"
        " tests.project.test_public_api"
    )


def test_every_public_function_says_what_it_does() -> None:
    silent = [
        f"{name}.{each}"
        for name in blogkit.__all__
        if inspect.isclass(kind := getattr(blogkit, name))
        for each, value in inspect.getmembers(kind)
        if not each.startswith("_") and (inspect.isfunction(value) or isinstance(value, property))
        if not inspect.getdoc(value)
    ]
    assert silent == []


def test_import_loads_little_and_lists_all() -> None:
    code = (
        "import sys; before = set(sys.modules); import blogkit; new = {name.partition('.')[0] for"
        " name in set(sys.modules) - before} - set(sys.stdlib_module_names); assert new =="
        " {'blogkit'}, new; assert set(blogkit.__all__) <= set(dir(blogkit)); [getattr(blogkit,"
        " name) for name in blogkit.__all__]; assert not {'click', 'requests', 'rich', 'flask',"
        " 'pydantic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


if __name__ == "__main__":
    FROZEN.write_text("\n".join(the_api()) + "\n", encoding="utf-8")
