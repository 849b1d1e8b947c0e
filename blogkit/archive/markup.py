"""Write XML so that a reader gets back every character of a text.

https://www.w3.org/TR/xml/#charsets and https://www.w3.org/TR/xml/#sec-line-ends
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROLS = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})
_SPECIAL = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
_IN_ATTRIBUTE = (*_SPECIAL, ('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;"))


class Markup:
    """Writes elements, and counts the characters that XML has no place for.

    Attributes:
        removed: How many of them were left out so far.
    """

    def __init__(self) -> None:
        self.removed = 0

    def legal(self, text: str) -> str:
        """Return a text without control characters and half characters."""
        if _is_legal(text):
            return text
        clean, count = _ILLEGAL.subn("", text)
        self.removed += count
        return clean

    def text(self, text: str) -> str:
        """Return a text with its special characters escaped."""
        return _escaped(self.legal(text), _SPECIAL)

    def cdata(self, text: str) -> str:
        """Return a text as CDATA, as WordPress's exports have it.

        A CDATA section cannot hold its own end, and a reader makes a line feed of a carriage
        return in it: both are written outside of it.
        """
        clean = self.legal(text).replace("]]>", "]]]]><![CDATA[>")
        return f"<![CDATA[{clean}]]>".replace("\r", "]]>&#13;<![CDATA[")

    def attribute(self, text: str) -> str:
        """Return a text for an attribute in double quotes."""
        return _escaped(self.legal(text), _IN_ATTRIBUTE)

    def element(self, name: str, text: str, attributes: Mapping[str, str] = {}) -> str:
        """Return an element that holds a text.

        Args:
            name: Its name, with its prefix.
            text: The text; an element without one has no end tag.
            attributes: Its attributes.
        """
        given = "".join(f' {key}="{self.attribute(value)}"' for key, value in attributes.items())
        return f"<{name}{given}>{self.text(text)}</{name}>" if text else f"<{name}{given}/>"


def _is_legal(text: str) -> bool:
    """Return whether a text has nothing to leave out, faster than a regular expression does."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    short = data.translate(None, _CONTROLS)
    return len(short) == len(data) and "\ufffe" not in text and "\uffff" not in text


def _escaped(text: str, special: Sequence[tuple[str, str]]) -> str:
    for char, reference in special:
        text = text.replace(char, reference)
    return text
