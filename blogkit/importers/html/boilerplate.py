"""Find boilerplate in a pasted post: the theme's text, advertisements, notes to the author."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from blogkit.dataclass import dataclass
from blogkit.html import Element, Token, comment_text
from blogkit.importers.html.elements import Item, class_and_id, is_comment, is_tidy, text_of
from blogkit.importers.html.inline import Line, Uncertain, is_decoration, lines_of
from blogkit.lint.placeholders import INSTRUCTION, PLACEHOLDER_TEXT
from blogkit.lint.quotations import is_quoted
from blogkit.posts.widget_fences import call_name

_PHRASE = re.compile(
    r"translate|select language(?: ▼)?|powered by (?:google )?translate|ads? area|"
    r"advertisements?|sponsored (?:links?|content)|post a comment|"
    r"(?:\d+|no) comments?:?|add (?:a )?comment|leave a (?:comment|reply)|share this(?:"
    r" (?:post|article))?:?|email this|blogthis!|"
    r"share to (?:x|twitter|facebook|pinterest)|get link|other apps|(?:newer|older)"
    r" posts?|subscribe to:.{0,40}\(atom\)|"
    r"powered by blogger\.?|theme images by .{1,40}|report abuse|search this blog|blog archive|skip"
    r" to (?:main )?content|"
    r"copy code|(?:©|&copy;|copyright).{1,80}all rights reserved\.?",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d{1,4}")
_LEFTOVER = re.compile(
    r"AI GENERATED (?:HEADER|IMAGE)|\[(?:INSERT|ADD|YOUR|PASTE|ENTER) [A-Z][A-Z ]+\]"
)
_PART_NAMES = (
    "comments comment-form comment-thread blog-pager blog-feeds post-share-buttons share-buttons"
    " goog-inline-block sharing sharedaddy sidebar-wrapper sidebar column-right-outer navbar"
    " navbar-iframe adsbygoogle google_translate_element goog-te-gadget ads-area ad-area post-feeds"
    " feed-links post-icons reaction-buttons related-posts-widget cookie-choices-info attribution"
    " quickedit blogarchive1 popularposts1 followbyemail1 translate1 blogsearch1 header-wrapper"
    " footer-wrapper site-header site-footer site-navigation"
)
_PARTS = frozenset(_PART_NAMES.split())
"""The class names and ids by which Blogger's and WordPress's themes call their own parts."""
_FOREIGN = re.compile(
    r"adsbygoogle|googlesyndication|doubleclick|translate\.google|googleTranslateElement|google-analytics|googletagmanager|gtag\(|"
    r"blogger\.com/static|_WidgetManager|platform\.(?:twitter|x)\.com/widgets|connect\.facebook\.net|addthis|sharethis",
    re.IGNORECASE,
)
_FOOT = re.compile(r"©|\ball rights reserved\b|\bpowered by\b|\bcopyright\b", re.IGNORECASE)
_NEVER_IN = frozenset({"pre", "code", "blockquote", "q", "textarea", "td", "th"})
_GUIDE = re.compile(r"instruction|how-to|setup|admin-note|note-to", re.IGNORECASE)
# In characters: a longer paragraph is prose that mentions such words.
_LONGEST_INSTRUCTION = 900
_LONGEST_AROUND = 5_000


@dataclass(frozen=True)
class Drop:
    """A part to remove.

    Attributes:
        start: Where it begins in the source.
        end: The offset behind it.
        why: What it is, in words for the report.
    """

    start: int
    end: int
    why: str


def drops(root: Element) -> list[Drop]:
    """Return everything that is certainly not part of the post, in order, without nesting."""
    found = [*_parts(root), *_comments(root)]
    apart = outermost(found)
    return outermost([*found, *_lines(root, lambda item: is_in(apart, item))])


def is_in(found: Sequence[Drop], item: Item) -> bool:
    """Return whether an item is in one of these parts.

    Args:
        found: Parts, sorted and disjoint.
        item: An element or token of the same source.
    """
    place = bisect_right(found, item.start, key=lambda drop: drop.start) - 1
    return place >= 0 and item.end <= found[place].end


def names_itself(element: Element) -> bool:
    """Return whether an element has a name that only themes use."""
    return bool(_PARTS & set(class_and_id(element).split()))


def outermost(found: list[Drop]) -> list[Drop]:
    """Return spans in order, without nested ones."""
    kept: list[Drop] = []
    for drop in sorted(found, key=lambda drop: (drop.start, -drop.end)):
        if not kept or drop.start >= kept[-1].end:
            kept.append(drop)
    return kept


def _parts(root: Element) -> Iterator[Drop]:
    """Yield elements that are certainly parts of the theme."""
    end = -1
    for element in root.descendants():
        why = _part(element) if element.start >= end else ""
        if why and is_tidy(element):
            end = element.end
            yield Drop(element.start, element.end, why)


def _part(element: Element) -> str:
    if element.name in ("script", "ins", "iframe"):
        source = element.source[element.start : element.end]
        return (
            "a script or frame of an advertiser or of the theme" if _FOREIGN.search(source) else ""
        )
    if names_itself(element):
        return "a part of the theme"
    # a table of contents is a `<nav>`, too, and links within the page
    if element.name == "nav" and not any(
        a.attributes.get("href", "").startswith("#") for a in element.descendants() if a.name == "a"
    ):
        return "the theme's navigation"
    if (
        element.name == "footer"
        and element.end - element.start < 4_000
        and _FOOT.search(element.text())
    ):
        return "the theme's footer"
    return ""


def _comments(root: Element) -> Iterator[Drop]:
    """Yield comments that would have a meaning in a post, and those for the author."""
    for element in [root, *root.descendants()]:
        for item in element.items:
            if is_comment(item, element.source):
                why = _comment(element.source, item)
                if why:
                    yield Drop(item.start, item.end, why)


def _comment(source: str, comment: Token) -> str:
    text = comment_text(source, comment)
    words = text.strip()
    if comment.kind == "cut":
        return "an unclosed comment, which hides everything after it"
    if words.startswith(("blogkit:", "wp:", "/wp:")):
        return "a marker of the blog it came from"
    if call_name(text) or "<!--" in text:
        return "a comment that a post would read as a widget"
    return (
        "an instruction to the author"
        if INSTRUCTION.search(words)
        or PLACEHOLDER_TEXT.search(words)
        or _SAYS_REPLACE.search(words)
        else ""
    )


_SAYS_REPLACE = re.compile(
    r"YOUR_[A-Z0-9_]+_HERE|\b(?:replace|change|update|put|paste|add|insert) (?:this|your|the(?:"
    r" \w+){0,3} (?:url|link))\b",
    re.IGNORECASE,
)


def _lines(root: Element, skipped: Callable[[Item], bool]) -> Iterator[Drop]:
    try:
        lines = [part for line in lines_of(root, skipped) for part in source_lines(line)]
    # Nested too deeply to tell: dropping nothing loses nothing.
    except Uncertain:
        return
    reasons = [_reason(line) for line in lines]
    # a lone number is the theme's if its neighbour is: the count beside "Share this"
    for place, line in enumerate(lines):
        beside = reasons[max(place - 1, 0) : place] + reasons[place + 1 : place + 2]
        if not reasons[place] and _COUNT.fullmatch(line.text) and CHROME in beside:
            reasons[place] = CHROME
    for line, why in zip(lines, reasons, strict=True):
        if why:
            yield Drop(*extent(line), why)
    yield from _guides(root)


CHROME = "text of the theme"


def drop_reason(words: str) -> str:
    """Return why a line is not part of the post; "" if it is.

    Args:
        words: The line, without markup.
    """
    bare = words.strip(" |·•*[]()-–—")
    if _PHRASE.fullmatch(bare):
        return CHROME
    if (found := _LEFTOVER.search(words)) and is_decoration(words.replace(found[0], "")):
        return "a placeholder"
    instructions = [
        match
        for match in INSTRUCTION.finditer(words)
        if not is_quoted(words, match.start(), match.end())
    ]
    # one of them in the middle of a paragraph may be the author's own sentence
    return (
        "an instruction to the author"
        if instructions and (len(instructions) > 1 or instructions[0].start() <= 40)
        else ""
    )


def is_count(words: str) -> bool:
    """Return whether a line is a lone number, such as the count beside "Share this"."""
    return bool(_COUNT.fullmatch(words))


def _reason(line: Line) -> str:
    words = line.text
    # code and quotes may be about such words
    if any(each.name in _NEVER_IN for each in _around(line)) or len(words) > _LONGEST_INSTRUCTION:
        return ""
    if any(each.name in ("img", "input", "textarea", "select") for each in line.elements()):
        return ""
    return drop_reason(words)


def _around(line: Line) -> Iterator[Element]:
    holder: Element | None = line.holder
    while holder is not None:
        yield holder
        holder = holder.parent


def _guides(root: Element) -> Iterator[Drop]:
    """Yield boxes of steps for the author, by their name and their first line."""
    for element in root.descendants():
        if (
            _GUIDE.search(class_and_id(element))
            and element.end - element.start < 4_000
            and is_tidy(element)
        ):
            words = element.text()
            found = INSTRUCTION.search(words)
            if found and found.start() <= 40:
                yield Drop(element.start, element.end, "an instruction to the author")


def source_lines(line: Line) -> list[Line]:
    """Return text outside all elements line by line; any other line is returned whole."""
    if line.holder.name not in ("", "body") or any(
        text_of(line.source, item) is None for item in line.items
    ):
        return [line]
    found = []
    for item in line.items:
        start = item.start
        for part in line.source[item.start : item.end].splitlines(keepends=True):
            if part.strip():
                found.append(
                    Line(line.source, (Token("text", "", start, start + len(part)),), line.holder)
                )
            start += len(part)
    return found


def extent(line: Line) -> tuple[int, int]:
    """Return the source of a line, with the elements around it that contain nothing else.

    Returns:
        The offsets where it begins and ends.
    """
    start, end = line.items[0].start, line.items[-1].end
    holder: Element | None = line.holder
    words = line.text
    while (
        holder is not None
        and holder.name not in ("", "body", "html")
        # Each step up reads the whole element again, which large ones would make quadratic.
        and holder.end - holder.start < _LONGEST_AROUND
    ):
        if holder.text() != words or not is_tidy(holder):
            break
        start, end, holder = holder.start, holder.end, holder.parent
    return start, end
