"""Find a text inside string literals of JavaScript, JSON and CSS, with its replacement."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from blogkit.edits import escape

# A `/` begins a regular expression only where a value is expected:
# https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar
_SCRIPT = re.compile(
    r"(?P<comment>//[^\n\r\u2028\u2029]*|/\*.*?(?:\*/|\Z))"
    r"|(?P<string>\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\.)*`?)"
    r"|(?:[(,=:\[!&|?{};]|\breturn)\s*(?P<pattern>/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/)",
    re.DOTALL,
)
_JSON = re.compile(r'"(?:[^"\\]|\\.)*"(?P<name>\s*:)?', re.DOTALL)
_STYLE = re.compile(
    r"(?P<comment>/\*.*?(?:\*/|\Z))|(?P<string>\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|url\([^)\"']*\)?)",
    re.DOTALL | re.IGNORECASE,
)


class Replacement(NamedTuple):
    """An occurrence of a text.

    Attributes:
        start: Where it begins.
        end: The offset behind it.
        text: The replacement, escaped.
        reason: Why it is not replaced; "" if it is.
    """

    start: int
    end: int
    text: str = ""
    reason: str = ""


def occurrences(text: str, spellings: Iterable[str]) -> Iterator[Replacement]:
    """Yield every occurrence of some spellings of a text. One inside a longer word has a reason.

    Args:
        text: The source to search.
        spellings: The ways in which the text may be written there.
    """
    # The longest first: a shorter spelling may be the beginning of it.
    pattern = "|".join(
        re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True) if spelling
    )
    for match in re.finditer(pattern, text) if pattern else ():
        reason = "it is part of a longer word" if _in_word(text, *match.span()) else ""
        yield Replacement(*match.span(), "", reason)


def _in_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and _is_word(text[start - 1]) and _is_word(text[start])
    return before or (end < len(text) and _is_word(text[end]) and _is_word(text[end - 1]))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def script_hits(text: str, string: str, value: str) -> Iterator[Replacement]:
    """Yield occurrences in JavaScript, replaced only in strings.

    Args:
        text: The source of the script.
        string: The plain text to find, in any of its spellings.
        value: The plain text to put in its place.
    """
    hits = list(occurrences(text, escape.spellings_in_script(string)))
    tokens = list(_SCRIPT.finditer(text)) if hits else []
    for hit in hits:
        token = next(
            (match for match in tokens if match.start() <= hit.start and hit.end <= match.end()),
            None,
        )
        if hit.reason:
            yield hit
        elif token and token["string"] and token.start() < hit.start:
            yield _in_string(text, token, hit, value)
        else:
            where = (
                "a comment"
                if token and token["comment"]
                else "a regular expression"
                if token and token["pattern"]
                else "the code"
            )
            yield hit._replace(reason=f"it is in {where} of a script, not in a string")


def _in_string(text: str, token: re.Match[str], hit: Replacement, value: str) -> Replacement:
    quoted = text[token.start()]
    before = text[token.start() : hit.start]
    # an odd number of backslashes: the last one escapes the first letter
    if (len(before) - len(before.rstrip("\\"))) % 2:
        return hit._replace(reason="its first letter is escaped in the script")
    # `${…}` in a template literal is code
    if quoted == "`" and before.rpartition("${")[1] and "}" not in before.rpartition("${")[2]:
        return hit._replace(reason="it is in the code of a script, not in a string")
    return hit._replace(text=escape.in_script(value, quoted))


def json_hits(text: str, string: str, value: str) -> Iterator[Replacement]:
    """Yield occurrences in JSON, replaced only in string values.

    Args:
        text: The JSON, or a comment that contains JSON.
        string: The plain text to find, in any of its spellings.
        value: The plain text to put in its place.
    """
    hits = list(occurrences(text, escape.spellings_in_json(string)))
    tokens = list(_JSON.finditer(text)) if hits else []
    for found in hits:
        hit = found
        token = next(
            (match for match in tokens if match.start() < hit.start and hit.end < match.end()), None
        )
        if hit.reason:
            yield hit
        elif not token or token["name"]:
            yield hit._replace(
                reason="it is the name of a JSON field"
                if token
                else "it is in JSON, outside strings"
            )
        else:
            new = escape.in_json(value)
            if (
                not new and text[hit.start - 1] == text[hit.end] == "-"
            ):  # two hyphens that meet would end a comment
                hit, new = hit._replace(start=hit.start - 1), r"\u002d"
            yield hit._replace(text=new)


def style_hits(text: str, string: str, value: str) -> Iterator[Replacement]:
    """Yield occurrences in CSS, replaced only in strings and addresses.

    Args:
        text: The source of the style sheet or attribute.
        string: The plain text to find, in any of its spellings.
        value: The plain text to put in its place.
    """
    hits = list(occurrences(text, escape.spellings_in_address(string)))
    tokens = list(_STYLE.finditer(text)) if hits else []
    for hit in hits:
        token = next(
            (match for match in tokens if match.start() <= hit.start and hit.end <= match.end()),
            None,
        )
        if hit.reason:
            yield hit
        elif token and token["string"]:
            yield hit._replace(text=escape.in_style(value))
        else:
            where = (
                "a comment of a style sheet"
                if token
                else "a style sheet, outside strings and addresses"
            )
            yield hit._replace(reason=f"it is in {where}")


def is_json(text: str) -> bool:
    """Return whether a text is an object or a list in JSON."""
    if text.lstrip()[:1] not in {"{", "["}:
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
