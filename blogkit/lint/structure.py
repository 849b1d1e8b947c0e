"""Check the order of headings, ids, tags and captions of tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from blogkit.errors import Problem
from blogkit.html import LineIndex, is_stray, tokenize
from blogkit.lint.context import LintContext
from blogkit.lint.titles import _plain
from blogkit.patterns import lazy_pattern
from blogkit.posts.post import Block, WidgetCall

WHOLE_PAGE = lazy_pattern(r"<(?:html|head|body|style)[\s>]", re.IGNORECASE)
"""A quick look for what `whole_page` objects to."""
_OF_A_PAGE = frozenset({"html", "head", "body"})
_STYLE = lazy_pattern(r"<style\b[^<>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
_STYLE_END = lazy_pattern(r"</style", re.IGNORECASE)
_OF_THE_PAGE = lazy_pattern(r"(?:\A|[{},;/])\s*(html|body|\*|:root)\s*[,{]", re.IGNORECASE)


def heading_order(context: LintContext) -> Iterator[Problem]:
    """Yield headings that skip a level, and level 1 headings in the body."""
    last = 0
    for element in context.elements:
        if not element.level:
            continue
        if element.level == 1 and _plain(element.text) != _plain(
            context.post.title
        ):  # `repeated-title` reports the other case
            message = f'"{element.text}" is a level 1 heading, but the post\'s title already is one'
            yield context.problem(
                element.line,
                "heading-order",
                message,
                "make it ## (level 2), and move the headings below it down one level",
            )
        elif last and element.level > last + 1:
            message = (
                f'"{element.text}" is a level {element.level} heading right after a level {last}'
                " heading"
            )
            yield context.problem(
                element.line,
                "heading-order",
                message,
                f"make it level {last + 1}: {'#' * (last + 1)}",
            )
        last = element.level


def duplicate_id(context: LintContext) -> Iterator[Problem]:
    """Yield ids used more than once; links only reach the first element."""
    first = {block.anchor: block.line for block in context.blocks if block.anchor}
    for element in context.elements:
        name = element.attributes.get("id") if element.raw else None
        if not name:
            continue
        if name in first:
            message = (
                f'the id "{name}" is already used on line {first[name]}, where links to it lead'
            )
            yield context.problem(
                element.line, "duplicate-id", message, "change one of the two ids"
            )
        first.setdefault(name, element.line)


def stray_quote(context: LintContext) -> Iterator[Problem]:
    """Yield tags with a quote too many.

    Browsers read `alt="A map"" width="10"` with an attribute named `"`, and sites repair it as they
    like.
    """
    for element in context.elements:
        if not element.raw:
            continue
        odd = next(
            (name for name in element.attributes if is_stray(name) and name != "<caption>"), ""
        )
        if odd:
            message = f"the tag <{element.name}> has a sign too many: {odd}"
            yield context.problem(
                element.line,
                "stray-quote",
                message,
                "remove it; inside a value, write &quot; for a quote",
            )


def whole_page(context: LintContext) -> Iterator[Problem]:
    """Yield the first sign that a web page was pasted as a post, and styles for the whole page.

    A site puts the post into a page of its own. Browsers drop the second `<html>`, `<head>` and
    `<body>` (https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody), and apply
    the styles of its `body` to the blog.
    """
    for block in context.blocks:
        if block.kind != "html":
            continue
        html = "".join(part for part in block.parts if not isinstance(part, WidgetCall))
        tag = next((token for token in tokenize(html) if token.name in _OF_A_PAGE), None)
        if tag:
            yield context.problem(
                block.line + html.count("\n", 0, tag.start),
                "whole-page",
                f"<{tag.name}> belongs to a whole web page, not to a post",
                "move it out of posts/, delete its front matter, and run: blogkit import FILE",
            )
            return
        lines = LineIndex(html)
        # A search behind the last end tag would read the rest of the text for every `<style>`.
        end = max((found.end() for found in _STYLE_END.finditer(html)), default=0)
        for style in _STYLE.finditer(html, 0, end):
            if selector := _OF_THE_PAGE.search(style[1]):
                line = block.line + lines.before(style.start(1) + selector.start(1))
                message = f'the style for "{selector[1]}" would change your whole blog'
                hint = "name a class of your own instead, such as .my-box"
                yield context.problem(line, "whole-page", message, hint)


def table_without_caption(context: LintContext) -> Iterator[Problem]:
    """Yield tables without a caption, title, or introducing heading or colon."""
    hint = "write ```{table} What it shows, or end the line above with a colon"
    for widget in context.widgets:
        if widget.name == "table" and not (widget.title or widget.data.get("caption")):
            yield context.problem(
                widget.line,
                "table-without-caption",
                "the table has no caption",
                "write ```{table} What it shows",
            )
    before: Block | None = None
    for block in context.blocks:
        if block.kind == "table" and not (before and _introduces(before)):
            yield context.problem(
                block.line, "table-without-caption", "this table has no caption", hint
            )
        before = block
    captions = sorted(
        element.line for element in context.elements if element.raw and element.name == "figcaption"
    )
    for element in context.elements:
        if element.name != "table" or not element.raw:
            continue
        named = {
            "<caption>",
            "aria-label",
            "aria-labelledby",
            "summary",
            "title",
        } & element.attributes.keys()
        layout = element.attributes.get("role") in ("presentation", "none")
        if not named and not layout and not _is_near(element.line, captions):
            hint = (
                'add <caption>…</caption>, or role="presentation" if the table is only for layout'
            )
            yield context.problem(
                element.line, "table-without-caption", "the table has no caption", hint
            )


def _introduces(block: Block) -> bool:
    """Return whether a block tells what a table after it shows."""
    text = "".join(part for part in block.parts if not isinstance(part, WidgetCall))
    # "**The figures:**" introduces a table as well as "The figures:" does
    closing = text.removesuffix("</p>").removesuffix("</strong>").removesuffix("</em>").rstrip()
    return (
        block.kind == "heading"
        or closing.endswith((":", "：", ":-", ":–", ":—"))
        or (block.kind == "paragraph" and _is_label(text))
    )


def _is_label(text: str) -> bool:
    """Return whether a whole paragraph is bold or emphasised: **Table 1. Growth**."""
    inner = text.removeprefix("<p>").removesuffix("</p>")
    return (
        inner.startswith(("<strong>", "<em>"))
        and inner.endswith(("</strong>", "</em>"))
        and inner.count("<") <= 4
    )


def _is_near(line: int, captions: list[int]) -> bool:
    """Return whether one of these lines, which are sorted, is near a line.

    Which element is in which is not known here; a long table may be far from its caption.
    """
    place = bisect_left(captions, line)
    return any(abs(caption - line) < 200 for caption in captions[max(place - 1, 0) : place + 1])
