"""A document as block markup: prose as the editor's blocks, the rest as custom HTML.

The post stays editable in WordPress.
"""

from __future__ import annotations

from blogkit.html.blocks import only_blocks, without_delimiters, wrap
from blogkit.platforms.base import Draft
from blogkit.platforms.wordpress import gutenberg
from blogkit.platforms.wordpress.editors.block_form import as_editor_saves
from blogkit.regions import sentinel
from blogkit.render.document import Document, Fragment

_PROSE = frozenset({"paragraph", "heading", "list", "quote", "code", "table", "image", "separator"})

# An HTML block that shows nothing is easily deleted, and this one ties the post to its file:
# locked, and named in the list view.
_KEPT = {"lock": {"move": True, "remove": True}, "metadata": {"name": "blogkit"}}


def compose_wordpress(document: Document, *, as_html: bool = False) -> str:
    """Return the body: prose as the editor's blocks, each widget as one `wp:html`.

    The sentinel is in the last block.

    Args:
        document: The rendered post.
        as_html: Put everything into one `wp:html` block. No block at all would let `wpautop` loose
            on the markup.
    """
    sheet = f"<style>{document.sheet}</style>\n" if document.sheet else ""
    tail = sheet + sentinel(document.key)
    if as_html:
        return html_block(
            f"{without_delimiters(document.html)}\n{tail}" if document.fragments else tail
        )
    return "\n\n".join(
        [*(block(fragment) for fragment in document.fragments), html_block(tail, _KEPT)]
    )


def block(fragment: Fragment) -> str:
    """Return one top-level piece as block markup.

    What the editor's blocks cannot express becomes one `wp:html`.
    """
    if fragment.kind in _PROSE and not fragment.mixed:
        blocks = gutenberg.to_blocks(fragment.html)
        if blocks:
            return "\n\n".join(blocks)
    if fragment.html.strip() == "<!--more-->":
        return wrap("more", "<!--more-->")
    if fragment.kind == "html" and only_blocks(fragment.html):
        return fragment.html.strip()
    return html_block(without_delimiters(fragment.html))


def html_block(html: str, attributes: object = None) -> str:
    """Return a custom HTML block, which only the account's filter changes.

    Args:
        html: Its content.
        attributes: The block's JSON, such as `lock`; None for none.
    """
    return wrap("html", html.strip("\n"), attributes)


def sent_body(draft: Draft) -> str:
    """Return a draft's body as it is sent: our own blocks in the form that the editor saves.

    Args:
        draft: The draft.
    """
    return draft.body if draft.exact else as_editor_saves(draft.body)
