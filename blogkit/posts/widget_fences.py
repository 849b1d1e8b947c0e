"""Find widget calls in fenced blocks, and fences that were never closed."""

from __future__ import annotations

import re

from blogkit.errors import Problem
from blogkit.posts.post import WidgetCall

# not `{{ x }}`, `{% x %}` or `{# x #}`, which are templates of other programs
_INFO = re.compile(r"\{(?![{%#])([^{}\n]*)\}")
_OPENING = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[ \t]*\{(?P<name>[a-z][a-z0-9-]*)\}", re.MULTILINE
)
# What begins with one of them ends at its own end, not at a blank line, so a fence in it is text:
# https://spec.commonmark.org/0.31.2/#html-blocks
_VERBATIM = ("<!--", "<pre", "<script", "<style", "<textarea", "<?", "<!")


def call_name(info: str) -> tuple[str, str] | None:
    """Return the name (as written) and the title of `{name} title`, or None for any other text."""
    found = _INFO.match(info.strip())
    return (found[1].strip(), info.strip()[found.end() :].strip()) if found else None


def read_call(info: str, text: str, *, line: int, indent: int) -> WidgetCall | None:
    """Return the widget call of a fenced block, or None if it is another block.

    Args:
        info: The fence's info string.
        text: The block's content.
        line: The file's line of the opening fence.
        indent: The columns before the content, which the parser removed.
    """
    named = call_name(info)
    return (
        WidgetCall(*named, text=text, line=line, text_line=line + 1, indent=indent)
        if named
        else None
    )


def check_fence(block: str, info: str, text: str, *, path: str, line: int) -> Problem | None:
    """Return the problem of a block's fence, or None if it is closed.

    A fence that lacks its closing line swallows what follows, up to the next widget's closing line
    or the end of the file.

    Args:
        block: The block's source from the opening fence on.
        info: The fence's info string.
        text: The block's content.
        path: The file's name for messages.
        line: The file's line of the opening fence.
    """
    named = call_name(info)
    what = f"the fence of {{{named[0]}}}" if named else "this code fence"
    code = "unclosed-widget" if named else "unclosed-fence"
    fence = block[: len(block) - len(block.lstrip(block[0]))]
    for inner in _OPENING.finditer(text):
        if inner["fence"].startswith(fence):
            at = line + 1 + text.count("\n", 0, inner.start())
            words = f"{what} is not closed before {{{inner['name']}}} begins on line {at}"
            return Problem(
                path,
                line,
                words,
                f"add a line {fence} to close it; to nest the widgets, open the outer one with"
                f" {fence}{fence[0]}",
                code,
            )
    # The parser closes an open fence at the end of the file: then its last line is content, too.
    lines = block.count("\n") + (not block.endswith("\n"))
    content = text.count("\n") + (bool(text) and not text.endswith("\n"))
    if lines != content + 2:
        return Problem(
            path, line, f"{what} is never closed", f"add a line {fence} to close it", code
        )
    return None


def check_raw(html: str, *, path: str, line: int) -> Problem | None:
    """Return the problem of a widget call inside raw HTML, where Markdown ignores it.

    Args:
        html: The source of the raw HTML.
        path: The file's name for messages.
        line: The file's line of the first line of `html`.
    """
    found = _OPENING.search(html)
    if not found or html.lstrip().lower().startswith(_VERBATIM):
        return None
    at = line + html.count("\n", 0, found.start())
    words = f"the call of {{{found['name']}}} is inside raw HTML, so readers would see it as text"
    return Problem(
        path, at, words, "leave an empty line before and after the call", "widget-in-html"
    )
