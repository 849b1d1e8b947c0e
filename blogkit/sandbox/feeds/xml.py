"""What the feeds have in common: elements with text, times, and the beginning of a post."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from blogkit.sandbox.blog import Blog
from blogkit.sandbox.store import StoredPost

_SUMMARY_CHARACTERS: Final = 400
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def add_text(parent: Element, tag: str, text: str, **attributes: str) -> None:
    """Add an element with a text, without the characters that XML cannot hold.

    Args:
        parent: The element that gets it.
        tag: Its name.
        text: Its text.
        **attributes: Its attributes.
    """
    SubElement(parent, tag, attributes).text = _NOT_IN_XML.sub("", text)


def stamp(blog: Blog, moment: datetime) -> str:
    """Return a time in the blog's zone, with milliseconds, as all of Blogger's feeds have it.

    Args:
        blog: The blog.
        moment: The time.
    """
    return blog.local(moment).isoformat(timespec="milliseconds")


def to_xml(document: Element) -> bytes:
    """Return the bytes of a document."""
    data: bytes = ElementTree.tostring(document, encoding="utf-8", xml_declaration=True)
    return data


def summary_of(entry: StoredPost) -> str:
    """Return the beginning of a post's text."""
    return Markup(entry.content).striptags()[:_SUMMARY_CHARACTERS]  # noqa: S704
