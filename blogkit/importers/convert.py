"""Convert pasted HTML, Markdown, plain text or a document to a post."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Literal

from blogkit.archive.sources import NOT_AN_ARCHIVE, archive_kind
from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.importers.documents import docx, markup
from blogkit.importers.generators.convert import (
    GeneratorPost,
    convert_generator_post,
    generator_post,
)
from blogkit.importers.html import convert as of_html
from blogkit.importers.kinds import PageKind, kind_of
from blogkit.importers.needs import with_needs
from blogkit.importers.report import Imported
from blogkit.importers.source import read_source
from blogkit.importers.text import convert as of_text
from blogkit.render.widgets.registry import Registry


@dataclass(frozen=True)
class PastedSource:
    """What was pasted.

    Attributes:
        text: Its text.
        kind: What it is.
        is_document: Whether its HTML is from a word processor, of which only the words count.
        generated: The post of a site generator that it is; None for all others.
    """

    text: str
    kind: PageKind
    is_document: bool = False
    generated: GeneratorPost | None = None


def read_pasted(data: bytes, name: str, *, from_generator: bool = False) -> PastedSource:
    """Return the text of what was pasted, and what it is.

    Args:
        data: Its bytes.
        name: What messages call it: a file's name tells what it is by its ending.
        from_generator: Whether it is from a folder of posts of a site generator.

    Raises:
        ContentError: It cannot be read.
    """
    kind_of_archive = archive_kind(data)
    if kind_of_archive in ("theme", "xml"):
        message = NOT_AN_ARCHIVE[kind_of_archive]
        hint = "get the backup from takeout.google.com: choose Blogger, and import its feed.atom"
        raise ContentError([Problem(name, 1, message, hint, "not-an-archive")])
    if kind_of_archive in ("blogger", "wordpress", "feed"):
        message = "this is the feed of a blog, with many posts, not a page"
        hint = "save it as a file, and name that: blogkit import feed.atom"
        raise ContentError([Problem(name, 1, message, hint, "archive")])
    if docx.is_docx(data):
        return PastedSource(docx.read_docx(data, name), "html", is_document=True)
    text = read_source(data, name)
    kind = kind_of(text, name)
    if generated := generator_post(text, name, is_sure=from_generator):
        return PastedSource(text, kind, generated=generated)
    if kind == "html" and text.lstrip().startswith("---\n"):
        message = "this is already a post: it begins with front matter"
        raise ContentError([Problem(name, 1, message, "move it into posts/", "post-already")])
    return PastedSource(text, kind, is_document=kind == "html" and markup.is_document(text))


def convert_pasted(
    page: PastedSource,
    *,
    name: str = "",
    key: str = "",
    registry: Registry | None = None,
    only: Literal["md", "html"] | None = None,
    allow: Collection[str] = (),
) -> Imported:
    """Return what was pasted as a post. It never fails: unknown parts are kept.

    Args:
        page: What was pasted.
        name: What to call the post if nothing in it does.
        key: The post's key, for the front matter; "" to take the file's name.
        registry: The widgets that calls are verified with; absent = the built-in ones.
        only: "html" for a post of HTML even if Markdown could keep everything.
        allow: The kinds of active content to keep.
    """
    shared: dict[str, Any] = {"name": name, "key": key, "registry": registry, "allow": allow}
    if page.generated:
        return convert_generator_post(page.generated, name=name, key=key, allow=allow)
    if page.is_document:
        document = markup.document_of(page.text)
        numbers = document.numbers
        made = of_text.convert_text(document.text, is_plain=False, numbers=numbers, **shared)
        return replace(made, dropped=tuple(sorted([*made.dropped, *document.dropped])))
    if page.kind == "html":
        return with_needs(of_html.convert(page.text, only=only, **shared))
    return of_text.convert_text(page.text, is_plain=page.kind == "text", **shared)
