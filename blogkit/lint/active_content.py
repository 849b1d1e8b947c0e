"""Content that does something by itself in a reader's browser, such as scripts and hidden frames.

Pasted HTML may hold it without its author knowing. What is found is a span of the source, so that
`import` can leave out the same that `check` refuses. The HTML is the finished one: what a browser
sees as one tag may be spread over several blocks of Markdown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

from blogkit.dataclass import dataclass
from blogkit.errors import Problem
from blogkit.html import Attribute, Element, LineIndex, Tree, attributes
from blogkit.lint.registry import CHECKS
from blogkit.patterns import lazy_pattern
from blogkit.posts.links import scheme
from blogkit.posts.post import Post
from blogkit.render.document import Document

_WORDS = (b"javascript", b"password", b"autocomplete", b"file:", b"/home/", b"/users/", b"/root/")
_SUSPECT = (
    lazy_pattern(b"<(?:script|object|embed|applet|i?frame|meta|base)"),
    lazy_pattern(rb"on(?<=[\s\"'/]on)[a-z]+\s*="),
    lazy_pattern(rb"=(?<!style=)[\x00-\x20\"']*[jvdf][a-z\x00-\x20]{2,30}:"),
    lazy_pattern(rb":[\\/](?<=[^a-z][a-z]:.)"),
    lazy_pattern(rb"~[\w.\x80-\xff-]*/"),
    lazy_pattern(rb"values\s*="),
)
"""Most posts hold none of these, in lower case, and need not be taken apart. Python finds the first
sign of each quickly, but not that of one of them.
"""
_REFERENCE = lazy_pattern("&(?!(?:amp|lt|gt|quot|nbsp);)")
"""A character reference that may spell any of these words."""
_RUNS = frozenset({"script", "object", "embed", "applet", "frame"})
_DATA_BLOCK = lazy_pattern(
    r"(?!.*(?:java|ecma|j|live)script)(?!module|importmap|speculationrules)[^/]+/.+"
)
"""The type of a `<script>` that browsers do not run, such as `application/ld+json`:
https://html.spec.whatwg.org/multipage/scripting.html#attr-script-type
"""
_HANDLER = lazy_pattern(r"on[a-z]+\Z")
# `to`, `from`, `by` and `values` are of SVG's animations, which can set a link's address after the
# page has loaded (https://svgwg.org/specs/animations/#AnimateElement).
_LINK_NAMES = (
    "href src action formaction xlink:href data poster background srcset cite longdesc ping to from"
    " values by codebase code lowsrc dynsrc manifest"
)
_LINKS = frozenset(_LINK_NAMES.split())
_LISTS = {"values": ";"}
_MEDIA = frozenset({"img", "image", "source", "video", "audio", "track", "picture", "input"})
_RASTER = lazy_pattern(
    r"data:(?:image/(?:png|jpe?g|gif|webp|avif|bmp|x-icon)|(?:audio|video)/[\w.+-]+)[;,]"
)
"""Pictures and sounds cannot run anything. An SVG can, once it is opened by itself."""
_HOME = lazy_pattern(r"~[\w.-]*/|/(?:Users|home)/[^/]+/|/root/|[A-Za-z]:[\\/]")
# A page that is loaded unseen can count visits and set cookies. A frame of one pixel, or one
# outside the window, is as good as hidden.
_HIDING = lazy_pattern(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|\Z|!)"
    r"|(?:left|top|right|bottom|margin(?:-left|-top)?)\s*:\s*-\d{3,}"
    r"|(?:width|height)\s*:\s*[01](?:px|em|rem|%)?\s*(?:;|\Z|!)",
    re.IGNORECASE,
)
_SECRETS = lazy_pattern(
    r"(?:current|new)-password|one-time-code|cc-(?:number|csc|exp)", re.IGNORECASE
)
_SPACES = frozenset(" \t\n\f\r")
_ENDS = _SPACES | {"/", ">"}
_SHOWN = 60


@dataclass(frozen=True)
class ActivePart:
    """One piece of active content.

    Attributes:
        kind: One of `ACTIVE_KINDS`, by which front matter allows it.
        start: The offset of what has to go: an element, or one attribute.
        end: The offset behind it.
        what: A sentence about it.
    """

    kind: str
    start: int
    end: int
    what: str


def active_content(post: Post, document: Document, place: str) -> list[Problem]:
    """Return a problem for each piece of active content that the front matter does not allow.

    Args:
        post: The post.
        document: Its rendering.
        place: Its path as its user would type it.
    """
    html = document.html
    found = []
    if parts := find_active(html):
        lines = _lines_of(document, html)
        found = [(lines(part.start), part.kind, part.what) for part in parts]
    if what := _local(post.image):
        found.append((post.lines.get("image", 0), "local-file", what))
    return [
        Problem(place, line, what, _hint(kind), "active-content", CHECKS["active-content"].severity)
        for line, kind, what in found
        if kind not in post.allow
    ]


def find_active(html: str) -> list[ActivePart]:
    """Return the active content of some HTML, in order."""
    if not _may_hold(html):
        return []
    found = set(_in_tree(html, scripting=True))
    if "<noscript" in html.lower():  # readers without scripts see other markup
        found.update(_in_tree(html, scripting=False))
    return sorted(found, key=lambda part: (part.start, part.end))


def _may_hold(html: str) -> bool:
    """Return whether HTML may hold active content; False is certain."""
    # Bytes: making a text lower-case takes Python longer than all of this.
    data = html.encode("utf-8", "surrogatepass").lower()
    return (
        any(word in data for word in _WORDS)
        or any(each.search(data) for each in _SUSPECT)
        or _has_reference_in_tag(html)
    )


def _has_reference_in_tag(html: str) -> bool:
    # Text between tags has neither quotes nor `=` before a reference, for it is escaped.
    in_tag = quoted = False
    for piece in _REFERENCE.split(html)[:-1]:
        edge = max(piece.rfind("<"), piece.rfind(">"))
        if edge >= 0:
            in_tag, quoted = True, False
        quoted = quoted or any(sign in piece[edge + 1 :] for sign in "\"'=")
        if in_tag and quoted:
            return True
    return False


def _in_tree(html: str, *, scripting: bool) -> Iterator[ActivePart]:
    hidden: dict[int, bool] = {}
    for element in Tree(html, scripting=scripting, page=True).elements:
        around = element.parent is not None and hidden[id(element.parent)]
        hidden[id(element)] = around or _is_hidden(element)
        if whole := _of_element(element, hidden=hidden[id(element)]):
            yield ActivePart(whole[0], element.start, element.end, whole[1])
            continue
        # Repeated ones as well: browsers use the first, but a site's filter that drops it brings
        # the second to life.
        for attribute in attributes(html, element.token, repeated=True):
            if part := _of_attribute(element, attribute):
                yield ActivePart(part[0], *_extent(html, attribute), part[1])


def _of_element(element: Element, *, hidden: bool) -> tuple[str, str] | None:
    name, values = element.name, element.attributes
    if name in _RUNS and not (name == "script" and _DATA_BLOCK.match(values.get("type", ""))):
        source = values.get("src") or values.get("data") or ""
        tag = f"<{name} {_short(source)}>" if source else f"<{name}>"
        return "script", f"{tag} runs code in readers' browsers"
    if name == "iframe" and "srcdoc" in values:
        return "iframe", "<iframe srcdoc> shows a page of its own, with its own scripts"
    if name == "iframe" and hidden:
        return "iframe", f"a hidden <iframe> loads {_short(values.get('src', 'a page'))} unseen"
    if name == "input" and (
        values.get("type", "").strip().lower() == "password"
        or _SECRETS.search(values.get("autocomplete", ""))
    ):
        return "password", "a form asks readers for a password or a card number"
    if name == "meta" and values.get("http-equiv", "").strip().lower() == "refresh":
        return "refresh", '<meta http-equiv="refresh"> sends readers to another page'
    if name == "base":
        return "base", "<base> changes where every link of the page leads"
    if name == "img" and (what := _local(values.get("src", ""))):
        return "local-file", what
    return None


def _of_attribute(element: Element, attribute: Attribute) -> tuple[str, str] | None:
    name, value = attribute.name, attribute.value
    if _HANDLER.match(name):
        return "handler", f"{name} of <{element.name}> runs code in readers' browsers"
    if name not in _LINKS:
        return None
    for address in value.split(_LISTS[name]) if name in _LISTS else [value]:
        kind = scheme(address)
        if kind in ("javascript", "vbscript"):
            what = f'"{_short(address)}" of <{element.name}>'
            return "link", f"{what} runs code in readers' browsers"
        if kind == "data" and not _may_hold_data(element, name, value):
            what = f'"{_short(address)}" of <{element.name}>'
            return "link", f"{what} opens a page that has no address"
        if element.name in _MEDIA and (what := _local(address)):
            return "local-file", what
        if kind == "file":
            return "local-file", _local(address)
    return None


def _may_hold_data(element: Element, name: str, value: str) -> bool:
    # Browsers remove line feeds and tabs in an address, and control characters around it.
    address = re.sub(r"[\x00-\x20]", "", value).lower()
    return element.name in _MEDIA and name != "formaction" and bool(_RASTER.match(address))


def _local(address: str) -> str:
    """Return a sentence about an address on the author's computer, else ""."""
    if scheme(address) != "file" and not _HOME.match(address.strip()):
        return ""
    return f'"{_short(address)}" is on your computer: readers see no picture, but your user name'


def _is_hidden(element: Element) -> bool:
    values = element.attributes
    sizes = (values.get(name, "").strip() for name in ("width", "height"))
    return (
        "hidden" in values
        or bool(_HIDING.search(values.get("style", "")))
        or (element.name == "iframe" and any(size in ("0", "1", "0px", "1px") for size in sizes))
    )


def _extent(html: str, attribute: Attribute) -> tuple[int, int]:
    """Return the source of an attribute, with the space before it if it is not needed."""
    start, end = attribute.outer, attribute.outer_end
    # Without a separator behind it, the space before it is the only one between its neighbours.
    if html[end : end + 1] in _ENDS:
        while html[start - 1] in _SPACES:
            start -= 1
    return start, end


def _lines_of(document: Document, html: str) -> Callable[[int], int]:
    """Return a function that finds the file's line of an offset in the document's HTML."""
    fragments = document.fragments
    starts = list(accumulate((len(one.html) + 1 for one in fragments), initial=0))
    breaks = LineIndex(html)

    def line(offset: int) -> int:
        number = bisect_right(starts, offset, hi=len(fragments)) - 1
        return fragments[number].line + breaks.before(offset) - breaks.before(starts[number])

    return line


def _hint(kind: str) -> str:
    return f"delete it; if you know what it does, add allow: [{kind}] to the front matter"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
