"""A post in a few words and a picture, for the lists of posts."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from blogkit.html import Tree, words
from blogkit.html.rewrite import pieces
from blogkit.platforms.folder.record import Record

_PARAGRAPH = re.compile(r"^<p>.*?</p>", re.DOTALL | re.MULTILINE)
# Where sentences end: also in Devanagari, Bengali and other scripts of India, Urdu, Arabic, Chinese
# (https://www.unicode.org/reports/tr29/#STerm).
_SENTENCE = re.compile(r".+?(?:[.!?…।॥۔؟。！？]+[\"'”’»)\]]*(?=\s|$)|[。！？]|$)", re.DOTALL)
_WIDGET = re.compile(r"""class=["'](?:[^"']*\s)?bk-""")
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ENOUGH, _MOST = 110, 200
_SMALL = 120
"""Pictures that are declared to be narrower are icons, or count visitors."""
_JOINER = "\u200d"


class Picture(NamedTuple):
    """An image in a post.

    Attributes:
        src: Its address, as the post has it.
        alt: Its text; "" if it is decorative.
        width: In pixels, as the post has it; "" if it has none.
        height: As `width`.
    """

    src: str
    alt: str
    width: str = ""
    height: str = ""


def excerpt(record: Record) -> str:
    """Return a post's search description, or else its first sentences outside widgets."""
    if record.excerpt:
        return record.excerpt
    tree: Tree | None = None
    for found in _PARAGRAPH.finditer(record.body):
        # Most posts begin with a paragraph, and need no tree.
        if _WIDGET.search(record.body, 0, found.start()):
            tree = tree or Tree(record.body)
            around = tree.path(found.start())
            if any(_WIDGET.search(f'class="{tree.attribute(each, "class")}"') for each in around):
                continue
        return first_sentences(words(found[0]))
    return ""


def first_sentences(text: str) -> str:
    """Return whole sentences from the beginning of a text.

    Returns:
        The sentences that fit; or of one that is too long its first words, and "…".
    """
    taken = ""
    for sentence in _SENTENCE.findall(text):
        if len(taken) + len(sentence) > _MOST:
            break
        taken += sentence
        if len(taken) >= _ENOUGH:
            break
    return taken.strip() or _shortened(text.strip())


def picture(record: Record) -> Picture | None:
    """Return a post's featured image, or else the first one in its body."""
    inside = _first_picture(record.body)
    if not record.featured:
        return inside
    if inside is not None and inside.src == record.featured:
        return inside
    return Picture(record.featured, "")


def _first_picture(body: str) -> Picture | None:
    for tag in _IMAGE.findall(body):
        found = {each.name: each.value for piece in pieces(tag) for each in piece.attributes()}
        src, width = found.get("src", ""), found.get("width", "")
        small = width.isdecimal() and int(width) < _SMALL
        if src and not small and not src.startswith("data:"):
            sizes = (width, found.get("height", ""))
            exact = all(size.isdecimal() and int(size) for size in sizes)
            return Picture(src, found.get("alt", ""), *(sizes if exact else ()))
    return None


def _shortened(text: str) -> str:
    """Return the first words of a text, and "…" for the others.

    Without a space before it, which could leave it alone on the last line.
    """
    if len(text) <= _MOST:
        return text
    cut = text.rfind(" ", 0, _MOST)
    if cut < _ENOUGH:  # a script that writes without spaces
        cut = _MOST
        while cut and _continues(text, cut):
            cut -= 1
    return text[:cut].rstrip(" ,;:–-") + "…"


def _continues(text: str, at: int) -> bool:
    """Return whether the character at a place belongs to the one before.

    A virama joins the consonant that follows it
    (https://www.unicode.org/reports/tr29/#Grapheme_Cluster_Boundaries).
    """
    char, before = text[at], text[at - 1]
    joined = before == _JOINER or unicodedata.combining(before) == 9
    return joined or char == _JOINER or unicodedata.category(char) in ("Mn", "Mc", "Me")
