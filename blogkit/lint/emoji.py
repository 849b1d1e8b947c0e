"""Find places whose meaning depends on emojis alone.

They look different everywhere, and Windows shows flags as letters.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.errors import Problem
from blogkit.lint.context import LintContext
from blogkit.patterns import lazy_pattern

ONLY_EMOJI = lazy_pattern(
    r"(?:[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b05-\u2b55\u200d\ufe0f\U000e0020-\U000e007f]|[0-9#*]\ufe0f?\u20e3|\s)+"
)
_EMOJI = lazy_pattern(r"[\U0001f1e6-\U0001faff\u2600-\u27bf\u2b05-\u2b55\u20e3]")
# https://unicode.org/reports/tr51/#Flags: a flag is two regional indicators, U+1F1E6 to U+1F1FF
_FLAG = lazy_pattern(r"[\U0001f1e6-\U0001f1ff]{2}")
_PLACES = {
    "td": "cell",
    "th": "cell",
    "li": "list item",
    "a": "link",
    "button": "button",
    **{f"h{level}": "heading" for level in range(1, 7)},
}
_DECORATION = frozenset({"icon", "icons"})


def emoji_only_meaning(context: LintContext) -> Iterator[Problem]:
    """Yield cells, headings, list items, links and fields that contain only emojis.

    Icons are decoration.
    """
    for element in context.elements:
        place = _PLACES.get(element.name)
        if (
            place
            and not element.holds_image
            and not element.attributes.get("aria-label")
            and _is_bare(element.text)
        ):
            yield _bare(context, element.line, place, element.text)
    for widget in context.widgets:
        if _is_bare(widget.title):
            yield _bare(context, widget.line, "title", widget.title)
        for trail, text in widget.texts:
            if not _DECORATION & set(trail) and _is_bare(text):
                yield _bare(context, widget.line_of(*trail), "text", text)


def _is_bare(text: str) -> bool:
    # white space, digits and joiners alone are matched by the first pattern, too
    return not text.isascii() and bool(ONLY_EMOJI.fullmatch(text) and _EMOJI.search(text))


def _bare(context: LintContext, line: int, place: str, text: str) -> Problem:
    why = (
        "Windows shows flags as two letters"
        if _FLAG.search(text)
        else "emojis look different on every device, and screen readers spell them out"
    )
    message = f"this {place} contains only {text.strip()}; {why}"
    return context.problem(line, "emoji-only-meaning", message, f"add words: {text.strip()} …")
