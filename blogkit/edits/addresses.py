"""Find the addresses of pictures in a post, and tell whole addresses from parts of longer ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from blogkit.dataclass import dataclass
from blogkit.html import LineIndex, Token, attributes, tokenize

_PICTURES = {
    "img": {"src"},
    "source": set(),
    "video": {"poster"},
    "input": {"src"},
    "image": {"href", "xlink:href"},
}
"""Attributes that always hold the address of a picture."""
_SETS = {"srcset", "data-srcset", "imagesrcset"}
_WORDS = {"alt", "title", "label", "placeholder", "aria-label", "aria-description", "value"}
"""Attributes with words for readers."""
_SUFFIX = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|svg)\Z", re.IGNORECASE)
_CANDIDATE = re.compile(r"(?:^|,)\s*([^\s,]\S*?)(?=,?(?:\s|\Z))")
"""https://html.spec.whatwg.org/multipage/images.html#srcset-attributes"""
_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')\s]+)""", re.IGNORECASE)
_ABSOLUTE = re.compile(r"(?:https?:)?//[^/\s]", re.IGNORECASE)
# Character references and escapes of JSON that end a text around an address.
_AFTER = re.compile(
    r"""\Z|[\s"'<>()\[\],;]|&(?:quot|lt|gt|apos|#\d+);|\\(?:["'nrt]|u00[23][27ce])"""
)
_BEFORE = re.compile(
    r"""(?:\A|[\s"'<>()\[\],;]|\\u00[23][27ce]|(?:\A|\s)[\w:-]+=)\Z""", re.IGNORECASE
)
_NEAR = 40
_SCRIPT = re.compile(
    r"""(<script\b(?![^>]*\btype\s*=\s*["']?application/(?:[\w.-]+\+)?json\b)[^>]*>"""
    r""".*?</script\b)""",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class PicturePlace:
    """An address of a picture in a post.

    Attributes:
        url: The address, without character references.
        line: Its line in the source, from 1.
        where: The place in words: "src of <img>".
    """

    url: str
    line: int
    where: str


def picture_places(html: str) -> Iterator[PicturePlace]:
    """Yield the pictures that a post shows or links to, as far as they have a host.

    Args:
        html: The body as the site stores it.
    """
    lines = LineIndex(html)
    # What is shown without scripts counts, too: plugins that load late put the picture there.
    for token in tokenize(html, scripting=False):
        if token.kind != "start":
            continue
        for name, offset, url in _of_tag(html, token):
            if _ABSOLUTE.match(url):
                yield PicturePlace(url, lines.before(offset) + 1, f"{name} of <{token.name}>")


def _of_tag(html: str, token: Token) -> Iterator[tuple[str, int, str]]:
    shown = _PICTURES.get(token.name, set())
    for attribute in attributes(html, token):
        if is_words(attribute.name):
            continue
        value = attribute.value.strip()
        if attribute.name in _SETS:
            found = _CANDIDATE.findall(value)
        elif attribute.name == "style":
            found = _IN_STYLE.findall(value)
        elif attribute.name in shown or is_picture(value):
            found = [value]
        else:
            continue
        yield from ((attribute.name, attribute.start, url) for url in found)


def is_words(attribute: str) -> bool:
    """Return whether an attribute has words for readers, which may be an address."""
    return attribute in _WORDS


def is_picture(url: str) -> bool:
    """Return whether an absolute address ends as pictures do."""
    if not _ABSOLUTE.match(url) or any(blank in url for blank in ' \t\n<>"'):
        return False
    try:
        return bool(_SUFFIX.search(urlsplit(url).path))
    except ValueError:
        return False


def is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a part of a source is an address by itself, and not part of a longer one.

    Args:
        text: The source of HTML, JSON, a style or a Markdown file.
        start: Where the part begins.
        end: The offset behind it.
    """
    before = text[max(0, start - _NEAR) : start]
    return bool(_BEFORE.search(before)) and bool(_AFTER.match(text, end))


def with_addresses_moved(text: str, old: str, new: str) -> str:
    """Return a source with one address in the place of another, wherever it is whole.

    Scripts stay, as in `replace_address`.

    Args:
        text: The source of a Markdown or HTML file.
        old: The address, as the source has it.
        new: The other one.
    """
    # `split` returns the scripts at odd places, because the pattern is a group.
    parts = _SCRIPT.split(text)
    return "".join(
        part if number % 2 else _moved(part, old, new) for number, part in enumerate(parts)
    )


def _moved(text: str, old: str, new: str) -> str:
    pieces, at = [], 0
    while (start := text.find(old, at)) >= 0:
        end = start + len(old)
        pieces += [text[at:start], new if is_whole(text, start, end) else old]
        at = end
    return "".join((*pieces, text[at:]))
