"""Plain paragraphs, headings and lists as the block editor's blocks, without a tree.

Most prose is of these forms, and a tree takes thirty times as long.
"""

from __future__ import annotations

import re

from blogkit.html.blocks import wrap

_PLAIN = (
    r"([^<]*(?:"
    r"(?:<br />|<(?P<tag>a|code|del|em|strong)(?: [a-z]+=\"[^\"<>]*\")*>[^<]*</(?P=tag)>)[^<]*"
    r")*)"
)
"""Words whose inline elements hold text only, as most do. They need no tree."""
_PLAIN_PARAGRAPH = re.compile(rf"<p>{_PLAIN}</p>\Z")
_PLAIN_HEADING = re.compile(rf"<h([1-6])( id=\"[^\"<>&'\x00-\x1f]*\"|)>{_PLAIN}</h\1>\Z")
_PLAIN_WORDS = re.compile(rf"{_PLAIN}\Z")
_LIST_TAG = re.compile(r"\s*(</?(?:ol|ul|li)>)\s*")
_FOLLOWERS = {
    "": ("<ol>", "<ul>"),
    **dict.fromkeys(("<ol>", "<ul>"), ("<li>",)),
    **dict.fromkeys(("<li>", "</ol>", "</ul>"), ("</li>", "<ol>", "<ul>")),
    "</li>": ("<li>", "</ol>", "</ul>"),
}
"""The tags that may follow each tag of a plain list."""


def plain_block(html: str) -> str | None:
    """Return one element as a block, exactly as `gutenberg.to_blocks` makes it of a tree.

    Args:
        html: HTML without white space around it.

    Returns:
        The block's markup; None if the element is not one of the plain forms.
    """
    if plain := _PLAIN_PARAGRAPH.match(html):
        return wrap("paragraph", f"<p>{plain[1].strip()}</p>")
    if plain := _PLAIN_HEADING.match(html):
        return heading_block(int(plain[1]), plain[2], plain[3])
    return _plain_list(html) if html.startswith(("<ol>", "<ul>")) else None


def _plain_list(html: str) -> str | None:
    """Return a list as a block if its items are plain words and such lists. It needs no tree."""
    lists: list[tuple[str, list[str]]] = []  # those that are open: the name, the items so far
    words: list[str] = []  # of the items that are open
    before, block = "", ""
    _, *parts = _LIST_TAG.split(html)
    for tag, text in zip(parts[::2], parts[1::2], strict=True):
        is_plain = not text or (tag == "<li>" and _PLAIN_WORDS.match(text))
        if block or not is_plain or tag not in _FOLLOWERS[before]:
            return None
        if tag == "<li>":
            words.append(text)
        elif tag == "</li>":
            lists[-1][1].append(item_block(words.pop()))
        elif not tag.startswith("</"):
            lists.append((tag[1:-1], []))
        else:
            name, items = lists.pop()
            if tag != f"</{name}>":
                return None
            inner = list_block(name, items, {"ordered": True} if name == "ol" else {})
            if words:
                words[-1] += inner
            else:
                block = inner
        before = tag
    return block or None


def heading_block(level: int, anchor: str, words: str) -> str:
    """Return a heading.

    Args:
        level: 1 to 6.
        anchor: Its `id` attribute, with a space before it; "" for none.
        words: Its content.
    """
    # `level` has the default 2, and the editor leaves out attributes at their default.
    inner = f'<h{level} class="wp-block-heading"{anchor}>{words.strip()}</h{level}>'
    return wrap("heading", inner, {"level": level} if level != 2 else None)


def list_block(name: str, items: list[str], attributes: dict[str, object]) -> str:
    """Return a list.

    Args:
        name: Its element, `ol` or `ul`.
        items: The blocks of its items.
        attributes: The block's attributes.
    """
    numbered = f' start="{attributes["start"]}"' if "start" in attributes else ""
    inner = "\n\n".join(items)
    return wrap("list", f'<{name}{numbered} class="wp-block-list">{inner}</{name}>', attributes)


def item_block(inner: str) -> str:
    """Return an item of a list: its words, and the blocks of the lists in it."""
    return wrap("list-item", f"<li>{inner}</li>")
