"""Prose as the block editor's own blocks: paragraph, heading, list, quote, code, table, image, separator.

Every form below is valid by the editor's own scripts of WordPress 6.1, 6.8 and 7.1 (a test runs them). The markup is that of
https://github.com/WordPress/gutenberg/tree/trunk/packages/block-library/src (`save.js` of each block).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

from blogkit.platforms.wordpress.delimiters import wrap
from blogkit.platforms.wordpress.tree import Node, parse
from blogkit.survival.encode import seal_attribute

_INLINE = re.compile(
    r"(?:a|abbr|b|bdi|bdo|br|cite|code|data|del|dfn|em|font|i|img|ins|kbd|mark|q|rp|rt|ruby"
    r"|s|samp|small|span|strong|sub|sup|time|tt|u|var|wbr)?\Z"
)
_ALIGN = re.compile(r"\s*text-align\s*:\s*(left|center|right)\s*;?\s*\Z")
_LANGUAGE = re.compile(r"language-[\w+#.-]+\Z", re.ASCII)
# An address alone on its line becomes an embed, even in code (https://developer.wordpress.org/reference/classes/wp_embed/autoembed/);
# the editor's own code block writes it this way too.
_LONE_ADDRESS = re.compile(r"^(\s*https?:)//(?=[^\s<>\"]+\s*$)", re.MULTILINE | re.IGNORECASE)


def blocks(html: str) -> list[str] | None:
    """Return the HTML as blocks, or None if the editor has no blocks that express it exactly."""
    root = parse(html.strip())
    return (_all(root.elements) or None) if root else None


def _all(nodes: Iterable[Node]) -> list[str] | None:
    """Return each element as a block, or None if one of them has no exact block."""
    found = [_BLOCKS[node.tag](node) if node.tag in _BLOCKS else None for node in nodes]
    return [markup for markup in found if markup] if all(found) else None


def _inline(nodes: Iterable[Node]) -> bool:
    """Return whether the nodes are only text and inline elements that rich text supports."""
    return all(_INLINE.match(node.tag) and _inline(node.children) for node in nodes)


def _attribute(node: Node, name: str) -> str:
    return f' {name}="{seal_attribute(name, escape(node.attributes.get(name, "")))}"'


def _paragraph(node: Node) -> str | None:
    picture = _picture(node.elements)
    if picture:
        return picture
    if node.attributes or not _inline(node.children):
        return None
    return wrap("paragraph", f"<p>{node.inner.strip()}</p>")


def _heading(node: Node) -> str | None:
    if node.attributes.keys() - {"id"} or not _inline(node.children):
        return None
    anchor = _attribute(node, "id") if "id" in node.attributes else ""
    level = int(node.tag[1])
    inner = f'<h{level} class="wp-block-heading"{anchor}>{node.inner.strip()}</h{level}>'
    return wrap("heading", inner, {"level": level} if level != 2 else None)


def _list(node: Node) -> str | None:
    ordered = node.tag == "ol"
    start = node.attributes.get("start", "")
    if node.attributes.keys() - ({"start"} if ordered else set()) or (start and not re.fullmatch(r"-?\d+", start)):
        return None
    items = [_item(child) if child.tag == "li" else None for child in node.elements]
    if not items or not all(items):
        return None
    attributes: dict[str, object] = {"ordered": True} if ordered else {}
    if start not in {"", "1"}:
        attributes["start"] = int(start)
    numbered = f' start="{int(start)}"' if "start" in attributes else ""
    inner = "\n\n".join(item for item in items if item)
    return wrap("list", f'<{node.tag}{numbered} class="wp-block-list">{inner}</{node.tag}>', attributes)


def _item(node: Node) -> str | None:
    """Return text, then lists.

    An item with exactly one paragraph loses its `<p>`, as in the editor.
    """
    children = node.elements
    lists = [child for child in children if child.tag in {"ul", "ol"}]
    text = children[: len(children) - len(lists)]
    if node.attributes or children[len(text) :] != lists:
        return None
    if len(text) == 1 and text[0].tag == "p" and not text[0].attributes:
        words, content = text[0].children, text[0].inner.strip()
    else:
        words, content = text, node.source[node.inner_start : lists[0].start if lists else node.inner_end].strip()
    nested = _all(lists)
    if nested is None or not _inline(words):
        return None
    return wrap("list-item", f"<li>{content}{''.join(nested)}</li>")


def _quote(node: Node) -> str | None:
    inside = _all(node.elements)
    if node.attributes or not inside:
        return None
    inner = "\n\n".join(inside)
    return wrap("quote", f'<blockquote class="wp-block-quote">{inner}</blockquote>')


def _code(node: Node) -> str | None:
    inside = node.elements
    if node.attributes or len(inside) != 1 or inside[0].tag != "code" or any(child.tag for child in inside[0].children):
        return None
    code = inside[0]
    language = code.attributes.get("class", "")
    if code.attributes.keys() - {"class"} or (language and not _LANGUAGE.match(language)):
        return None
    text = _LONE_ADDRESS.sub(r"\1&#47;&#47;", code.inner.removesuffix("\n").replace("[", "&#91;"))
    # The block has no place for a class on <code>; highlighters look for it on <pre> too.
    names = f"wp-block-code {language}".strip()
    return wrap("code", f'<pre class="{names}"><code>{text}</code></pre>', {"className": language} if language else None)


def _table(node: Node) -> str | None:
    sections = node.elements
    order = [section.tag for section in sections]
    if node.attributes or not order or order != [tag for tag in ("thead", "tbody", "tfoot") if tag in order]:
        return None
    parts = [_section(section) for section in sections]
    if not all(parts):
        return None
    table = f"<table>{''.join(part for part in parts if part)}</table>"
    # The default of this attribute changed between versions; written down, it means the same in all of them.
    return wrap("table", f'<figure class="wp-block-table">{table}</figure>', {"hasFixedLayout": False})


def _section(node: Node) -> str | None:
    rows = [_row(row) if row.tag == "tr" and not row.attributes else None for row in node.elements]
    if node.attributes or not rows or not all(rows):
        return None
    return f"<{node.tag}>{''.join(row for row in rows if row)}</{node.tag}>"


def _row(node: Node) -> str | None:
    cells = [_cell(cell) if cell.tag in {"th", "td"} else None for cell in node.elements]
    return f"<tr>{''.join(cell for cell in cells if cell)}</tr>" if cells and all(cells) else None


def _cell(node: Node) -> str | None:
    aligned = _ALIGN.match(node.attributes.get("style", ""))
    if node.attributes.keys() - {"style"} or ("style" in node.attributes and not aligned) or not _inline(node.children):
        return None
    side = f' class="has-text-align-{aligned[1]}" data-align="{aligned[1]}"' if aligned else ""
    return f"<{node.tag}{side}>{node.inner.strip()}</{node.tag}>"


def _picture(nodes: list[Node]) -> str | None:
    """Return an image alone, or an image alone in a link."""
    if len(nodes) != 1:
        return None
    only, link = nodes[0], None
    if only.tag == "a" and only.attributes.keys() == {"href"} and len(only.elements) == 1:
        only, link = only.elements[0], only
    # WordPress adds `loading` and `decoding` itself when it shows the post.
    known = {"src", "alt", "title", "loading", "decoding"}
    if only.tag != "img" or only.attributes.keys() - known or not only.attributes.get("src"):
        return None
    title = _attribute(only, "title") if only.attributes.get("title") else ""
    image = f"<img{_attribute(only, 'src')}{_attribute(only, 'alt')}{title} />"
    if link:
        image = f"<a{_attribute(link, 'href')}>{image}</a>"
    attributes = {"linkDestination": "custom"} if link else None
    return wrap("image", f'<figure class="wp-block-image">{image}</figure>', attributes)


def _separator(node: Node) -> str | None:
    return None if node.attributes else wrap("separator", '<hr class="wp-block-separator has-alpha-channel-opacity" />')


_BLOCKS: dict[str, Callable[[Node], str | None]] = {
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "blockquote": _quote,
    "pre": _code,
    "table": _table,
    "hr": _separator,
    **{f"h{level}": _heading for level in range(1, 7)},
}
