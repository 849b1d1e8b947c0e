"""Prose as the block editor's own blocks, such as paragraph, list, table and image.

Every form below is valid by the editor's own scripts of WordPress 6.1, 6.8 and 7.1 (a test runs
them). The markup is that of
https://github.com/WordPress/gutenberg/tree/trunk/packages/block-library/src (`save.js` of each
block): the editor saves a block again, and calls it invalid if the result differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

from blogkit.html import Element, Token, Tree
from blogkit.html.blocks import wrap
from blogkit.html.elements import RAW_TEXT
from blogkit.platforms.wordpress.editors.plain_blocks import (
    heading_block,
    item_block,
    list_block,
    plain_block,
)
from blogkit.render.encode import escape_stable_attribute

_INLINE_NAMES = (
    "a abbr b bdi bdo br cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp"
    " small span strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_ALIGN = re.compile(r"\s*text-align\s*:\s*(left|center|right)\s*;?\s*\Z")
_LANGUAGE = re.compile(r"language-[\w+#.-]+\Z", re.ASCII)


def to_blocks(html: str) -> list[str] | None:
    """Return the HTML as blocks.

    Args:
        html: One or more top-level elements.

    Returns:
        Each block's markup; None if the editor has no blocks that express the HTML exactly.
    """
    html = html.strip()
    plain = plain_block(html)
    return [plain] if plain else _from_tree(html)


def _from_tree(html: str) -> list[str] | None:
    tree = Tree(html, scripting=False)
    # Half a tag, or one that browsers would complete, has no exact block: the editor would call the
    # block invalid and offer to convert it.
    if (
        tree.cut
        or not tree.root.is_tidy(frozenset())
        or any(element.name in RAW_TEXT for element in tree.elements)
    ):
        return None
    return _all(_items(tree.root)) or None


def _items(node: Element) -> list[Element | Token]:
    """Return what is in an element, without the white space between elements."""
    return [
        item for item in node.items if _name(item) or node.source[item.start : item.end].strip()
    ]


def _name(item: Element | Token) -> str:
    """Return the name of an element, "" for text, "!" for a comment."""
    return item.name if isinstance(item, Element) else "" if item.kind == "text" else "!"


def _all(items: Iterable[Element | Token]) -> list[str] | None:
    """Return each element as a block, or None if one of them has no exact block."""
    found = [
        _BLOCKS[item.name](item) if isinstance(item, Element) and item.name in _BLOCKS else None
        for item in items
    ]
    return [markup for markup in found if markup] if all(found) else None


def _inline(items: Iterable[Element | Token]) -> bool:
    """Return whether the nodes are only text and inline elements that rich text supports."""
    return all(
        item.name in _INLINE and _inline(item.items)
        if isinstance(item, Element)
        else item.kind == "text"
        for item in items
    )


def _attribute(node: Element, name: str) -> str:
    return f' {name}="{escape_stable_attribute(name, escape(node.attributes.get(name, "")))}"'


def _paragraph(node: Element) -> str | None:
    picture = _picture(_items(node))
    if picture:
        return picture
    if node.attributes or not _inline(node.items):
        return None
    return wrap("paragraph", f"<p>{node.inner_html.strip()}</p>")


def _heading(node: Element) -> str | None:
    if node.attributes.keys() - {"id"} or not _inline(node.items):
        return None
    anchor = _attribute(node, "id") if "id" in node.attributes else ""
    return heading_block(int(node.name[1]), anchor, node.inner_html)


def _list(node: Element) -> str | None:
    ordered = node.name == "ol"
    start = node.attributes.get("start", "")
    if node.attributes.keys() - ({"start"} if ordered else set()) or (
        start and not re.fullmatch(r"-?\d+", start)
    ):
        return None
    items = [
        _item(child) if isinstance(child, Element) and child.name == "li" else None
        for child in _items(node)
    ]
    if not items or not all(items):
        return None
    attributes: dict[str, object] = {"ordered": True} if ordered else {}
    if start not in {"", "1"}:
        attributes["start"] = int(start)
    return list_block(node.name, [item for item in items if item], attributes)


def _item(node: Element) -> str | None:
    """Return text, then lists.

    An item with exactly one paragraph loses its `<p>`, as in the editor.
    """
    children = _items(node)
    lists = [child for child in children if _name(child) in {"ul", "ol"}]
    text = children[: len(children) - len(lists)]
    if node.attributes or children[len(text) :] != lists:
        return None
    only = text[0] if len(text) == 1 else None
    if isinstance(only, Element) and only.name == "p" and not only.attributes:
        words, content = only.items, only.inner_html.strip()
    else:
        words, content = (
            text,
            node.source[node.inner : lists[0].start if lists else node.inner_end].strip(),
        )
    # In the editor, a list item holds text and then lists, and nothing after them.
    nested = _all(lists)
    if nested is None or not _inline(words):
        return None
    return item_block(f"{content}{''.join(nested)}")


def _quote(node: Element) -> str | None:
    inside = _all(_items(node))
    if node.attributes or not inside:
        return None
    inner = "\n\n".join(inside)
    return wrap("quote", f'<blockquote class="wp-block-quote">{inner}</blockquote>')


def _code(node: Element) -> str | None:
    inside = _items(node)
    code = inside[0] if len(inside) == 1 else None
    if (
        node.attributes
        or not isinstance(code, Element)
        or code.name != "code"
        or any(map(_name, code.items))
    ):
        return None
    language = code.attributes.get("class", "")
    if code.attributes.keys() - {"class"} or (language and not _LANGUAGE.match(language)):
        return None
    # Shortcodes run even inside code, so "[" is written as the editor writes it.
    lines = code.inner_html.removesuffix("\n").replace("[", "&#91;").split("\n")
    text = "\n".join(map(_without_embed, lines))
    # The block has no place for a class on <code>; highlighters look for it on <pre> too.
    names = f"wp-block-code {language}".strip()
    return wrap(
        "code",
        f'<pre class="{names}"><code>{text}</code></pre>',
        {"className": language} if language else None,
    )


def _without_embed(line: str) -> str:
    """Return a line of code so that an address alone on it stays text.

    WordPress makes an embed of it, even in code
    (https://developer.wordpress.org/reference/classes/wp_embed/autoembed/).
    """
    is_address = line.strip().lower().startswith(("http://", "https://")) and len(line.split()) == 1
    return line.replace("//", "&#47;&#47;", 1) if is_address else line


def _table(node: Element) -> str | None:
    sections = node.children
    order = [_name(item) for item in _items(node)]
    if (
        node.attributes
        or not order
        or order != [tag for tag in ("thead", "tbody", "tfoot") if tag in order]
    ):
        return None
    parts = [_section(section) for section in sections]
    if not all(parts):
        return None
    table = f"<table>{''.join(part for part in parts if part)}</table>"
    # The default of this attribute changed between versions; written down, it means the same in all
    # of them.
    return wrap(
        "table", f'<figure class="wp-block-table">{table}</figure>', {"hasFixedLayout": False}
    )


def _section(node: Element) -> str | None:
    rows = [
        _row(row) if isinstance(row, Element) and row.name == "tr" and not row.attributes else None
        for row in _items(node)
    ]
    if node.attributes or not rows or not all(rows):
        return None
    return f"<{node.name}>{''.join(row for row in rows if row)}</{node.name}>"


def _row(node: Element) -> str | None:
    cells = [
        _cell(cell) if isinstance(cell, Element) and cell.name in {"th", "td"} else None
        for cell in _items(node)
    ]
    return f"<tr>{''.join(cell for cell in cells if cell)}</tr>" if cells and all(cells) else None


def _cell(node: Element) -> str | None:
    aligned = _ALIGN.match(node.attributes.get("style", ""))
    if (
        node.attributes.keys() - {"style"}
        or ("style" in node.attributes and not aligned)
        or not _inline(node.items)
    ):
        return None
    side = f' class="has-text-align-{aligned[1]}" data-align="{aligned[1]}"' if aligned else ""
    return f"<{node.name}{side}>{node.inner_html.strip()}</{node.name}>"


def _picture(nodes: list[Element | Token]) -> str | None:
    """Return an image alone, or an image alone in a link."""
    only = nodes[0] if len(nodes) == 1 else None
    link: Element | None = None
    if (
        isinstance(only, Element)
        and only.name == "a"
        and only.attributes.keys() == {"href"}
        and len(_items(only)) == 1
    ):
        link = only
        only = _items(link)[0]
    # WordPress adds `loading` and `decoding` itself when it shows the post.
    known = {"src", "alt", "title", "loading", "decoding"}
    if (
        not isinstance(only, Element)
        or only.name != "img"
        or only.attributes.keys() - known
        or not only.attributes.get("src")
    ):
        return None
    title = _attribute(only, "title") if only.attributes.get("title") else ""
    image = f"<img{_attribute(only, 'src')}{_attribute(only, 'alt')}{title} />"
    if link:
        image = f"<a{_attribute(link, 'href')}>{image}</a>"
    attributes = {"linkDestination": "custom"} if link else None
    return wrap("image", f'<figure class="wp-block-image">{image}</figure>', attributes)


def _separator(node: Element) -> str | None:
    return (
        None
        if node.attributes
        else wrap("separator", '<hr class="wp-block-separator has-alpha-channel-opacity" />')
    )


_BLOCKS: dict[str, Callable[[Element], str | None]] = {
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "blockquote": _quote,
    "pre": _code,
    "table": _table,
    "hr": _separator,
    **{f"h{level}": _heading for level in range(1, 7)},
}
