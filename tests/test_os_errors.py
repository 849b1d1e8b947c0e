"""No error of the operating system is shown as Python writes it, such as `[Errno 13] …: 'file'`."""

from __future__ import annotations

import ast
import builtins
import errno
import os
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import blogkit
from blogkit.errors import reason_of
from tests import source

pytestmark = pytest.mark.xdist_group("source")

ROOT = Path(blogkit.__file__).parent
OWN_WORDS = {"images/measure.py"}
"""Here the errors are Pillow's, with words and without a number."""


def raw(nodes: Iterable[ast.AST]) -> Iterator[int]:
    """The lines that turn an `OSError` into text as it is."""
    for handler in nodes:
        if not isinstance(handler, ast.ExceptHandler) or handler.type is None or not handler.name:
            continue
        caught = {one.id for one in ast.walk(handler.type) if isinstance(one, ast.Name)}
        if not any(issubclass(vars(builtins).get(one, int), OSError) for one in caught):
            continue
        for node in ast.walk(handler):
            shown = (
                node.value
                if isinstance(node, ast.FormattedValue)
                else node.args[0]
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("str", "repr")
                and node.args
                else None
            )
            if isinstance(shown, ast.Name) and shown.id == handler.name:
                yield shown.lineno


def test_the_search_finds_what_it_looks_for() -> None:
    text = 'try:\n    f()\nexcept (ValueError, {}) as error:\n    raise E(f"no: {{error}}")\n'
    assert list(raw(ast.walk(ast.parse(text.format("PermissionError"))))) == [4]
    assert list(raw(ast.walk(ast.parse(text.format("KeyError"))))) == []


def test_no_handler_shows_a_raw_error() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted(ROOT.rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in OWN_WORDS
        for line in raw(source.nodes(path))
    ]
    assert found == []


def test_a_reason_has_words_and_no_number() -> None:
    with pytest.raises(OSError, match="Errno") as caught:
        (ROOT / "errors.py" / "x").read_bytes()
    assert reason_of(caught.value) == os.strerror(errno.ENOTDIR)
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(OSError, match="attempting") as refused,
    ):
        socket.create_server(taken.getsockname())
    assert reason_of(refused.value) == "another program uses this port"
    assert reason_of(TimeoutError()) == "TimeoutError"
