"""Find what looks like a widget call and is none, so that readers would see it as text or code."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache

from blogkit.errors import ContentError
from blogkit.lint.context import LintContext
from blogkit.lint.encoding import Repair
from blogkit.lint.near_misses.body_lines import BodyFence, BodyLine, BodyParts
from blogkit.lint.near_misses.miss import Miss, miss
from blogkit.patterns import lazy_pattern
from blogkit.posts.yaml12 import load_yaml

WIDGET_CODE = "near-widget"
_SUSPECT = lazy_pattern(
    r"\n[ \t>]*(?:(?:`{3,}|~{3,})[ \t]*(?!\{[a-z][a-z0-9-]*\})[^\s`]"
    r"|(?::{3,}|[“”‘’´][“”‘’´`]+|`{1,2}[“”‘’´]+)[ \t]*[^\s`]"
    r"|(?:'{3,}|\"{3,}|`{1,2})[ \t]*\{)"
)
_IN_COMMENT = lazy_pattern(r"<!--\s*\{")
_IN_BRACKETS = lazy_pattern(r"\n[ \t]{0,3}[\[{<][A-Za-z{%\[ \t]")
_INFO = lazy_pattern(
    r"(?:widget[ :]+|ya?ml[ \t]+)?(?P<open>[\[({.<]*)[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*"
    r"(?P<close>[\])}>]*|\{[ \t]*\})(?P<title>[ \t]+\S.*)?"
)
_COLONS = lazy_pattern(
    r"(?P<indent>[ \t]{0,3})(?P<colons>:{3,})[ \t]*\{?\.?(?P<name>[A-Za-z][\w-]*)\}?(?P<title>.*)"
)
_END_OF_COLONS = lazy_pattern(r"[ \t]{0,3}:{3,}[ \t]*")
_SMART = lazy_pattern(
    r"(?P<quotes>(?=[^\s]*[“”‘’´])[“”‘’´`]{2,4})[ \t]*\{?(?P<name>[A-Za-z][\w-]*)\}?(?P<title>.*)"
)
_END_OF_SMART = lazy_pattern(r"[“”‘’´`]{2,4}[ \t]*")
_STRAIGHT_MARKS = lazy_pattern(
    r"(?P<quotes>'{3,}|\"{3,}|`{1,2})[ \t]*\{(?P<name>[A-Za-z][\w-]*)\}(?P<title>[^`]*)"
)
"""Two backticks are code within a line, even over several lines."""
_BRACKETS = lazy_pattern(
    r"[ \t]{0,3}(?:"
    r"\[{1,2}[ \t]*(?P<square>[A-Za-z][\w-]*)(?: [^\]]*)?\]{1,2}(?:.*\[/(?P=square)\])?|"
    r"\{{1,2}[%<]?[ \t]*(?P<curly>[A-Za-z][\w-]*)(?: [^}]*)?[%>]?\}{1,2}|"
    r"<(?P<angle>[A-Za-z][\w-]*)[ \t]*/?>)[ \t]*"
)
_COMMENT = lazy_pattern(
    r"[ \t]{0,3}<!--[ \t]*\{[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*\}(?P<title>.*)"
)
_HTML_NAMES = frozenset({"table", "image", "quote", "hero", "steps"})
"""Names that are also words or elements of their own between < and >."""
_WORDS = _HTML_NAMES | {
    "byline",
    "callout",
    "cards",
    "conclusion",
    "glossary",
    "questions",
    "related",
    "sources",
    "stats",
}
"""Names that a text may have in square brackets as words, with a capital letter."""


def near_calls(context: LintContext) -> Iterator[Miss]:
    """Yield fences without braces, shortcodes, colons and comments that name a widget."""
    if context.post.format == "md" and _may_have(context.post.body):
        yield from _found(context)


def _found(context: LintContext) -> Iterator[Miss]:
    names = callable_widgets(context)
    parts = context.parts
    for fence in parts.fences:
        yield from _fence(context, fence, names)
    yield from _colons(context, parts.raw, names)
    yield from _smart(context, parts.raw, names)
    yield from _comments(context, parts, names)
    yield from _brackets(context, parts, names)


def callable_widgets(context: LintContext) -> frozenset[str]:
    """Return the names of the widgets that a post can call."""
    return _builtin() | context.own_widgets


@cache
def _builtin() -> frozenset[str]:
    from blogkit.render.widgets.registry import builtin_folder

    with os.scandir(builtin_folder()) as found:
        return frozenset(one.name for one in found if one.is_dir() and not one.name.startswith("_"))


def _meant(written: str, names: frozenset[str]) -> str:
    """Return the widget that a name means, such as "meta-box" for "Meta_Box"; "" for none."""
    bare = re.sub("[-_]", "", written).lower()
    return next((name for name in names if name.replace("-", "") == bare), "")


def may_have_call(body: str) -> bool:
    """Return whether a body may hold what is an error; False is certain. `{name}` is none."""
    return bool(_SUSPECT.search(f"\n{body}") or ("<!--" in body and _IN_COMMENT.search(body)))


def _may_have(body: str) -> bool:
    return may_have_call(body) or bool(_IN_BRACKETS.search(f"\n{body}"))


def _fence(context: LintContext, fence: BodyFence, names: frozenset[str]) -> Iterator[Miss]:
    found = _INFO.fullmatch(fence.info)
    if not found or fence.is_call:
        return
    name = _meant(found["name"], names)
    data = _data(name, fence.content) if name else None
    if data is None:
        return
    message = f'"{fence.opening.text.strip()}" is a code block, not the {name} widget'
    if isinstance(data, list):
        hint = (
            f"write ```{{{name}}}, and above the list the name of the field that holds it:"
            f" blogkit widget show {name}"
        )
        yield miss(context, WIDGET_CODE, fence.opening.number, message, hint)
        return
    new = "{" + name + "}" + (found["title"] or "")
    column = fence.opening.text.rindex(fence.info)
    repair = fence.opening.repair(column, fence.info, new)
    yield miss(context, WIDGET_CODE, fence.opening.number, message, "", repair)


def _data(name: str, text: str) -> object:
    """Return the content of a fence if it is the data of a widget, a mapping or a list; or None."""
    if name == "table" and text.lstrip().startswith("|"):
        return {}
    text = text.removeprefix("---\n").partition("\n---")[0] if text.startswith("---\n") else text
    try:
        value = load_yaml(text.translate(_STRAIGHT), path="", line=1).value
    except ContentError:
        return None
    return value if isinstance(value, dict | list) else None


_STRAIGHT = str.maketrans("“”", '""')


def _colons(
    context: LintContext, lines: tuple[BodyLine, ...], names: frozenset[str]
) -> Iterator[Miss]:
    for at, line in enumerate(lines):
        found = _COLONS.fullmatch(line.text)
        if found and (name := _meant(found["name"], names)):
            end = _end(lines, at, _END_OF_COLONS)
            shown = f"{found['colons']}{found['name']}"
            yield _fenced(context, line, name, found["title"], end, shown)


def _smart(
    context: LintContext, lines: tuple[BodyLine, ...], names: frozenset[str]
) -> Iterator[Miss]:
    for at, line in enumerate(lines):
        text = line.text.strip()
        smart = _SMART.fullmatch(text)
        found = smart or _STRAIGHT_MARKS.fullmatch(text)
        name = _meant(found["name"], names) if found else ""
        if not found or not name or ("{" not in text and not found["name"].islower()):
            continue  # the latter is a quotation
        pattern = _END_OF_SMART if smart else re.compile(re.escape(found["quotes"]))
        end = _end(lines, at, pattern)
        if smart or end:
            yield _fenced(context, line, name, found["title"], end, found["quotes"])


def _end(lines: tuple[BodyLine, ...], at: int, pattern: re.Pattern[str]) -> BodyLine | None:
    """Return the line that closes what a line opens; None if nothing does."""
    for line in lines[at + 1 :]:
        if pattern.fullmatch(line.text.strip()) and line.text.strip():
            return line
    return None


def _fenced(
    context: LintContext, line: BodyLine, name: str, title: str, end: BodyLine | None, shown: str
) -> Miss:
    """Return the near miss of a block that should have been fenced."""
    repairs: list[Repair] = []
    if end:
        new = "```{" + name + "}" + title.rstrip()
        repairs = [
            line.repair(0, line.text, new),
            end.repair(0, end.text, "```"),
        ]
    message = f'"{shown.strip()}" does not begin a widget, so readers would see it'
    hint = f"write ```{{{name}}}, and a line ``` at its end"
    return miss(
        context, WIDGET_CODE, line.number, message, hint, *repairs, is_certain=end is not None
    )


def _comments(context: LintContext, parts: BodyParts, names: frozenset[str]) -> Iterator[Miss]:
    lines = parts.raw
    for at, line in enumerate(lines):
        found = _COMMENT.fullmatch(line.text)
        name = _meant(found["name"], names) if found else ""
        if not found or not name:
            continue
        message = f"the call of {{{name}}} is a comment, which a Markdown post does not show"
        hint = f"write ```{{{name}}}, and a line ``` at its end"
        end = next((one for one in lines[at:] if "-->" in one.text), None)
        repairs: list[Repair] = []
        if end and end is not line and end.text.strip() == "-->":
            new = "```{" + name + "}" + found["title"].rstrip()
            repairs = [line.repair(0, line.text, new), end.repair(0, end.text, "```")]
        yield miss(context, WIDGET_CODE, line.number, message, hint, *repairs)


def _brackets(context: LintContext, parts: BodyParts, names: frozenset[str]) -> Iterator[Miss]:
    defined = set(re.findall(r"(?m)^[ \t]{0,3}\[([^\]]+)\]:", context.post.body))
    for line in parts.prose:
        found = _BRACKETS.fullmatch(line.text)
        if not found:
            continue
        written = found["square"] or found["curly"] or found["angle"] or ""
        name = _meant(written, names)
        is_word = written != written.lower() and name in _WORDS
        is_html = found["angle"] and name in _HTML_NAMES
        if not name or is_word or is_html or written in defined:
            continue
        message = f'"{line.text.strip()}" is text; the {name} widget is called in another way'
        hint = f"write ```{{{name}}}, its fields, and a line ```: blogkit widget show {name}"
        yield miss(context, WIDGET_CODE, line.number, message, hint, is_certain=False)
