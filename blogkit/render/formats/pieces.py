"""Mark the pieces of a post that are in another language than the rest.

Screen readers and fonts go by `lang` (https://www.w3.org/WAI/WCAG22/Understanding/language-of-parts),
and the order of words by `dir`. The language of a piece is the one that its author names, with
`lang` in HTML or `language:` in a widget. Where none is named, the script decides: text in
Devanagari in a post in English is Hindi. Languages that share a script are not told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.dataclass import dataclass
from blogkit.html import Element, Tree, decode
from blogkit.html.elements import CELLS, HEADINGS
from blogkit.letters import count_letters, is_latin, usual_script
from blogkit.patterns import lazy_pattern
from blogkit.render.formats.bidi import is_right_to_left

_LIKELY = {
    "Arab": "ur",
    "Beng": "bn",
    "Deva": "hi",
    "Gujr": "gu",
    "Guru": "pa",
    "Knda": "kn",
    "Latn": "en",
    "Mlym": "ml",
    "Orya": "or",
    "Taml": "ta",
    "Telu": "te",
}
_TEXT = HEADINGS | CELLS | {"p", "li", "dt", "dd", "caption", "figcaption", "summary"}
_BOXES = frozenset({"blockquote", "div", "dl", "details", "nav", "ol", "ul", "table", "tr"})
_BLOCKS = _TEXT | _BOXES
_SILENT = frozenset({"code", "pre", "kbd", "samp", "script", "style", "svg", "math", "textarea"})
_ADDRESS = lazy_pattern(r"\b(?:https?://|www\.)\S+|\S+@\S+")
# Sentences in Hindi hold English terms, so a piece counts as English only if it holds nothing else.
_SHARE = {"Latn": 0.98}
_LEAST = {"Latn": 8}
_DEEPEST = 40
"""Below that many elements nothing is marked: hostile HTML is nested deeper, widgets are not."""


@dataclass(frozen=True)
class PieceMarker:
    """What marks the pieces of one post.

    Args:
        language: The post's language.
        blog: The blog's language, which is the likeliest one for its script.
    """

    language: str
    blog: str = ""

    def marked(self, html: str, *, in_prose: bool = False) -> str:
        """Return HTML with `lang` and `dir` where its language changes.

        Args:
            html: A rendered block.
            in_prose: Whether it is Markdown outside widgets. A `<span>` inside marks it there, as
                the block editor has no paragraphs with attributes.
        """
        base = usual_script(self.language)
        if not base or (base == "Latn" and is_latin(html)):
            return html
        tree = Tree(html, scripting=False)
        edits: list[tuple[int, str]] = []
        for item in tree.root.items:
            if isinstance(item, Element):
                edits += self._edits(item, self.language, in_prose)
        return spliced(html, edits)

    def _edits(
        self, element: Element, around: str, in_prose: bool, depth: int = 0
    ) -> Iterator[tuple[int, str]]:
        language = element.attributes.get("lang") or around
        if element.name in _SILENT or depth > _DEEPEST:
            return
        if language == around and (
            element.name in _TEXT or (element.name in _BOXES and not in_prose)
        ):
            language = self._spoken(element, around)
            if language != around:
                yield from _marks(element, language, around, in_prose)
        # the blocks in a text of Markdown are not in its span
        if _takes_span(element, _turns(language, around), in_prose):
            language = element.attributes.get("lang") or around
        for item in element.items:
            if isinstance(item, Element):
                yield from self._edits(item, language, in_prose, depth + 1)

    def _spoken(self, element: Element, around: str) -> str:
        """Return the language of an element's words."""
        counts = count_letters(_ADDRESS.sub(" ", _words(element, element.name in _TEXT)))
        script, most = max(counts.items(), key=lambda pair: pair[1], default=("", 0))
        if (
            script == usual_script(around)
            or most < _LEAST.get(script, 2)
            or most < counts.total() * _SHARE.get(script, 0.6)
        ):
            return around
        likely = (self.blog, self.language, _LIKELY[script])
        language = next(tag for tag in likely if usual_script(tag) == script)
        # the sides of a box's borders are those of the post
        return around if _turns(language, around) and not _is_text(element) else language


def dominant_language(text: str, language: str) -> str:
    """Return the language that a post without `language:` is in, as far as its script tells.

    Args:
        text: The post's body.
        language: The blog's language.
    """
    if is_latin(text) or not usual_script(language):
        return language
    counts = count_letters(text)
    script, most = counts.most_common(1)[0]
    return (
        language if script in (usual_script(language), "Latn") else _LIKELY[script] if most else ""
    )


def is_mark(element: Element) -> bool:
    """Return whether an element is only there to mark a piece, so that it need not be written.

    Args:
        element: A `<span>`.
    """
    names = element.attributes.keys()
    if names == {"dir"}:
        return is_latin(element.text())
    counts = count_letters(element.text())
    script = counts.most_common(1)[0][0] if counts else ""
    return (
        "lang" in names
        and names <= {"lang", "dir"}
        and script == usual_script(element.attributes["lang"])
    )


def without_marks(html: str) -> str:
    """Return HTML without the spans that only mark a piece.

    Args:
        html: HTML, as rendered or as a site stores it.
    """
    if "<span" not in html:
        return html
    tree = Tree(html, scripting=False)
    cuts = [
        cut
        for element in tree.elements
        if element.name == "span" and element.closed and is_mark(element)
        for cut in ((element.start, element.inner), (element.inner_end, element.end))
    ]
    out, at = [], 0
    for start, end in sorted(cuts):
        out.append(html[at:start])
        at = end
    return "".join([*out, html[at:]])


def with_language(html: str, language: str, around: str) -> str:
    """Return a widget's HTML with `lang` on its first element, and `dir` if that changes, too.

    Args:
        html: The widget's HTML.
        language: Its language.
        around: The language around it.
    """
    tag = re.match(r"<([a-z][a-z0-9]*)([^>]*)", html)
    if not tag or _base(language) == _base(around):
        return html
    attributes = _attributes(language, around)
    if " dir=" in tag[2]:
        attributes = f' lang="{language}"'
    return f"<{tag[1]}{attributes}{html[tag.end(1) :]}"


def _marks(
    element: Element, language: str, around: str, in_prose: bool
) -> Iterator[tuple[int, str]]:
    attributes = _attributes(language, around)
    if _takes_span(element, _turns(language, around), in_prose):
        yield element.inner, f"<span{attributes}>"
        yield _end_of_words(element), "</span>"
    else:
        yield element.start + 1 + len(element.name), attributes


def _takes_span(element: Element, turns: bool, in_prose: bool) -> bool:
    """Return whether a span inside marks an element, instead of attributes of its own.

    The number or dot of a list's item is on the side where its text begins, and the room for it
    where the list's does: an item that turns would have it outside of the page.
    """
    return element.name == "li" if turns else in_prose


def _end_of_words(element: Element) -> int:
    """Return where an element's own words end: before the first list in it."""
    inner = (item for item in element.items if isinstance(item, Element))
    return next((item.start for item in inner if item.name in _BLOCKS), element.inner_end)


def _attributes(language: str, around: str) -> str:
    right = is_right_to_left(language, "")
    direction = f' dir="{"rtl" if right else "ltr"}"' if _turns(language, around) else ""
    return f' lang="{language}"{direction}'


def _turns(language: str, around: str) -> bool:
    """Return whether the two run in different directions."""
    return is_right_to_left(language, "") != is_right_to_left(around, "")


def _is_text(element: Element) -> bool:
    """Return whether an element is a text without boxes in it and without a direction."""
    return (
        element.name in _TEXT
        and "dir" not in element.attributes
        and not any(isinstance(item, Element) and item.name in _BLOCKS for item in element.items)
    )


def _words(element: Element, own: bool, depth: int = 0) -> str:
    """Return the words of an element, its `own` ones without those of blocks in it."""
    parts: list[str] = []
    for item in element.items:
        if isinstance(item, Element):
            skipped = item.name in _SILENT or "lang" in item.attributes or depth == _DEEPEST
            if not (skipped or (own and item.name in _BLOCKS)):
                parts.append(_words(item, own, depth + 1))
        elif item.kind == "text":
            parts.append(decode(element.source[item.start : item.end]))
    return " ".join(parts)


def _base(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def spliced(html: str, edits: list[tuple[int, str]]) -> str:
    """Return HTML with texts put in.

    Args:
        html: The HTML.
        edits: The texts, each with the offset where it goes.
    """
    out, at = [], 0
    for place, text in sorted(edits, key=lambda edit: edit[0]):
        out += [html[at:place], text]
        at = place
    return "".join([*out, html[at:]])
