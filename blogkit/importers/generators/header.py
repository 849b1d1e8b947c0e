"""Read the front matter of a generator's post: YAML, TOML, JSON, or lines such as "Date: …".

https://gohugo.io/content-management/front-matter/, https://jekyllrb.com/docs/front-matter/ and
https://docs.getpelican.com/en/latest/content.html#file-metadata
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Literal

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.posts import yaml12

HeaderKind = Literal["yaml", "toml", "json", "lines"]
_FIRST: tuple[tuple[str, HeaderKind], ...] = (("+++", "toml"), ("---", "yaml"))
_LINE = re.compile(r" {0,3}(?P<key>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*))?")
_MORE = re.compile(r"(?: {4}|\t)[ \t]*(?P<value>\S.*)")
_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_EXAMPLE = "correct it, and import the file again"


@dataclass(frozen=True)
class HeaderEntry:
    """A line of front matter.

    Attributes:
        key: As it is written.
        value: Plain data; dates are text.
        line: The file's line.
    """

    key: str
    value: Any
    line: int


@dataclass(frozen=True)
class GeneratorHeader:
    """The front matter of a generator's post.

    Attributes:
        kind: How it is written.
        entries: Its lines in order.
        end: The offset of the body.
    """

    kind: HeaderKind
    entries: tuple[HeaderEntry, ...]
    end: int

    def value(self, key: str) -> Any:
        """Return the value of a key, in lower case; None if it is absent."""
        return next((one.value for one in self.entries if one.key.lower() == key), None)


def read_header(text: str, name: str) -> GeneratorHeader | None:
    """Return the front matter that a text begins with; None if it has none.

    Args:
        text: The file, with LF line endings.
        name: What messages call it.

    Raises:
        ContentError: It begins with front matter that cannot be read.
    """
    first = text.partition("\n")[0].rstrip()
    for mark, kind in _FIRST:
        if first == mark:
            return _between(text, mark, kind, name)
    if re.match(r"\{\s*(?:\"|\}\s*$)", text):
        return _json(text, name)
    return _lines(text)


def _between(text: str, mark: str, kind: HeaderKind, name: str) -> GeneratorHeader:
    close = re.compile(rf"^{re.escape(mark)}[ \t]*$(?:\n|\Z)", re.MULTILINE)
    start = text.index("\n") + 1 if "\n" in text else len(text)
    found = close.search(text, start)
    if found is None:
        message = "the front matter that begins here is never closed"
        problem = Problem(name, 1, message, f"add a line {mark}", "unclosed-front-matter")
        raise ContentError([problem])
    source = text[start : found.start()]
    entries = _toml(source, name) if kind == "toml" else _yaml(source, name)
    return GeneratorHeader(kind, entries, found.end())


def _yaml(source: str, name: str) -> tuple[HeaderEntry, ...]:
    yaml = yaml12.load_yaml(source, path=name, line=2, code="front-matter")
    if yaml.value is None:
        return ()
    if not isinstance(yaml.value, dict):
        message = "the front matter is not a list of “key: value” lines"
        raise ContentError([Problem(name, 2, message, _EXAMPLE, "front-matter")])
    return tuple(
        HeaderEntry(key, _plain(value), yaml.line(key)) for key, value in yaml.value.items()
    )


def _toml(source: str, name: str) -> tuple[HeaderEntry, ...]:
    try:
        data = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place[1]) + 1 if place else 1
        reason = _TOML_PLACE.sub("", str(error)).strip()
        message = f"the front matter is not valid TOML: {reason or 'it is nested too deeply'}"
        raise ContentError([Problem(name, line, message, _EXAMPLE, "front-matter")]) from None
    return _entries(data, source, r"^[ \t]*(?:\[+[ \t]*)?[\"']?{key}[\"']?[ \t]*[=.\]]", 2)


def _json(text: str, name: str) -> GeneratorHeader:
    try:
        data, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        message = f"the front matter is not valid JSON: {error.msg}"
        problem = Problem(name, error.lineno, message, _EXAMPLE, "front-matter")
        raise ContentError([problem]) from None
    except RecursionError:
        message = "the front matter is nested too deeply"
        raise ContentError([Problem(name, 1, message, _EXAMPLE, "front-matter")]) from None
    entries = _entries(data, text[:end], r"^[ \t]*(?:\{{[ \t]*)?\"{key}\"[ \t]*:", 1)
    line_end = re.compile(r"[ \t]*\n?").match(text, end)
    return GeneratorHeader("json", entries, line_end.end() if line_end else end)


def _entries(
    data: Mapping[str, Any], source: str, pattern: str, first: int
) -> tuple[HeaderEntry, ...]:
    """Return the entries of data, with the line where each key is first written."""
    found = []
    for key, value in data.items():
        place = re.search(pattern.format(key=re.escape(key)), source, re.MULTILINE)
        line = first + source.count("\n", 0, place.start()) if place else first
        found.append(HeaderEntry(key, _plain(value), line))
    return tuple(found)


def _lines(text: str) -> GeneratorHeader | None:
    """Return Pelican's header lines, which end at the first blank line."""
    entries: list[HeaderEntry] = []
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        at += len(line) + 1
        if not line.strip():
            break
        found, more = _LINE.fullmatch(line), _MORE.fullmatch(line)
        if found:
            entries.append(HeaderEntry(found["key"], (found["value"] or "").strip(), number))
        elif more and entries:
            last = entries[-1]
            joined = f"{last.value} {more['value'].strip()}".strip()
            entries[-1] = HeaderEntry(last.key, joined, last.line)
        else:
            return None
    return GeneratorHeader("lines", tuple(entries), min(at, len(text))) if entries else None


def _plain(value: Any) -> Any:
    """Return a value with its dates as text."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
