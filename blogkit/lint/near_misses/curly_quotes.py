"""Find curly quotes that word processors put around values of YAML, where they become text."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.body_lines import BodyLine
from blogkit.lint.near_misses.miss import Miss, miss
from blogkit.patterns import lazy_pattern

QUOTES_CODE = "curly-quotes"
_VALUE = lazy_pattern(
    r"(?P<before>(?:^[ \t]*(?:- )?|[{,][ \t]*)[\w-]+:[ \t]+|^[ \t]*- |\[[ \t]*|(?P<comma>,)[ \t]*)"
    r"(?P<value>“[^“”\"\n]*”|‘[^‘’'\"\n]*’)(?=[ \t]*(?:$|[,}\]]))"
)
_NAME = lazy_pattern(r"(?P<before>^[ \t]*(?:- )?|[{,][ \t]*)(?P<value>“[\w-]+”|‘[\w-]+’)(?=:[ \t])")
_STRAY = lazy_pattern(r"^[ \t]*(?:- )?[\w-]+:[ \t]+[“”„‘][^“”]*\"[ \t]*$")
_STRINGS = lazy_pattern(r"\"(?:\\.|[^\"\\])*\"|(?:(?<=: )|(?<=\[)|(?<=, )|(?<=- ))'(?:''|[^'])*'")
_FLOW = lazy_pattern(r"(?:^|[:\[{,-])[ \t]*\[[^\[\]]*$")


def curly_quotes(context: LintContext) -> Iterator[Miss]:
    """Yield values and labels of YAML in curly quotes."""
    for number, text in context.head:
        if _has_any(text, "“‘„”"):
            yield from _found(context, BodyLine(number, text))
    if not _has_any(context.searched_body.foreign, "“‘"):
        return
    for line in context.parts.data:
        yield from _found(context, line)


def _has_any(text: str, marks: str) -> bool:
    return not text.isascii() and any(mark in text for mark in marks)


def _found(context: LintContext, line: BodyLine) -> Iterator[Miss]:
    # what is in straight quotes already is text
    shown = _STRINGS.sub(lambda found: " " * len(found[0]), line.text)
    for pattern in (_VALUE, _NAME):
        for found in pattern.finditer(shown):
            if found.groupdict().get("comma") and not _FLOW.search(shown[: found.start()]):
                continue
            value = found["value"]
            inner = value[1:-1].replace("\\", "\\\\")
            message = f"the quotes around {value} are curly, so they are part of the text"
            repair = line.repair(found.start("value"), value, f'"{inner}"')
            yield miss(context, QUOTES_CODE, line.number, message, "", repair)
    if _STRAY.match(line.text):
        message = "this value begins with a curly quote and ends with a straight one"
        yield miss(context, QUOTES_CODE, line.number, message, 'write straight quotes: "…"')
