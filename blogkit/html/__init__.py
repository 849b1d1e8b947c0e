"""Read HTML: find what is where in a source, and leave the source as it is.

It follows the HTML standard, keeps the offset of everything, and never re-serialises HTML. It
depends on nothing else of blogkit.

- `tokenize`, `attributes`, `declarations`: tags, styles, comments and texts (`tokenizer`, `tags`)
- `texts_and_tags`, `tag_name`: the same for HTML that holds nothing else, faster (`tokenizer`)
- `Tree`, `Element`: what contains what (`tree`, `element`, `builder`)
- `VisibleText`, `fold`, `between`: the text as readers see it, found in the source (`text`)
- `pieces`, `change`, `words`: finished HTML in pieces, to change a few (`rewrite`)
- `LineIndex`: the line of an offset (`lines`)
- `decode`, `escape_text` and their like: character references (`references`)
- `blogkit.html.blocks`: the block comments of WordPress's editor
- `blogkit.html.elements`: the elements by how they behave

Offsets count characters of the source from 0, and an end is the offset behind the last character,
as in slices.
"""

from __future__ import annotations

from blogkit.html.element import Element
from blogkit.html.lines import LineIndex
from blogkit.html.references import decode, decode_attribute, escape_attribute, escape_text
from blogkit.html.rewrite import Piece, change, pieces, without_links, words
from blogkit.html.tags import (
    Attribute,
    attribute,
    attributes,
    declarations,
    is_stray,
    with_attribute,
)
from blogkit.html.text import Match, VisibleText, between, fold
from blogkit.html.tokenizer import (
    Kind,
    Token,
    comment_text,
    lower,
    tag_name,
    texts_and_tags,
    tokenize,
)
from blogkit.html.tree import Tree

__all__ = [
    "Attribute",
    "Element",
    "Kind",
    "LineIndex",
    "Match",
    "Piece",
    "Token",
    "Tree",
    "VisibleText",
    "attribute",
    "attributes",
    "between",
    "change",
    "comment_text",
    "declarations",
    "decode",
    "decode_attribute",
    "escape_attribute",
    "escape_text",
    "fold",
    "is_stray",
    "lower",
    "pieces",
    "tag_name",
    "texts_and_tags",
    "tokenize",
    "with_attribute",
    "without_links",
    "words",
]
