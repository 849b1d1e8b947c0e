"""Keep Latin names in order in text that runs from right to left.

Two names in a row, and a name that ends in a sign ("C++", "GS-II (2)"), would change places
(https://www.w3.org/International/articles/inline-bidi-markup/). An element with `dir` is isolated;
`<bdi>`, which is meant for it, is lost on WordPress.
"""

from __future__ import annotations

import re

from blogkit.html import Element, Tree
from blogkit.letters import is_latin
from blogkit.render.formats.pieces import spliced

_INLINE = frozenset({"a", "b", "cite", "em", "i", "small", "span", "strong", "time"})
_SILENT = frozenset({"code", "pre", "kbd", "samp", "script", "style", "svg", "math", "textarea"})
_WORD = r"[A-Za-z0-9][\w.+#/'’@-]*"
_NAME = rf"(?<![\w&#;])(?=[^<>&·|•]*[A-Za-z]){_WORD}(?:[ \u00a0]{_WORD})*"
_SIGNED = re.compile(rf"{_NAME}(?: \([A-Za-z0-9][^()<>]*\)|(?<=[+#])|[!%])", re.ASCII)
_LISTED = re.compile(_NAME, re.ASCII)
_BETWEEN = re.compile("[·|•]")


def isolated(html: str) -> str:
    """Return HTML with Latin names isolated.

    Args:
        html: A rendered block of a language that runs from right to left.
    """
    tree = Tree(html, scripting=False)
    edits: list[tuple[int, str]] = []
    apart: set[int] = set()  # the elements in which nothing is left to do
    for element in tree.elements:
        done = element.name in _SILENT or element.attributes.get("dir") == "ltr"
        if done or id(element.parent) in apart:
            apart.add(id(element))
        elif element.name in _INLINE and _is_name(element):
            apart.add(id(element))
            edits.append((element.start + 1 + len(element.name), ' dir="ltr"'))
        else:
            edits += _in_texts(html, element)
    return spliced(html, edits)


def _is_name(element: Element) -> bool:
    words = element.text()
    return is_latin(words) and bool(re.search("[A-Za-z]", words)) and not _BETWEEN.search(words)


def _in_texts(html: str, element: Element) -> list[tuple[int, str]]:
    edits = []
    for item in element.items:
        if isinstance(item, Element) or item.kind != "text":
            continue
        source = html[item.start : item.end]
        pattern = _LISTED if _BETWEEN.search(source) else _SIGNED
        for name in pattern.finditer(source):
            edits.append((item.start + name.start(), '<span dir="ltr">'))
            edits.append((item.start + name.end(), "</span>"))
    return edits
