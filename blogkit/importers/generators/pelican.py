"""Translate Pelican's links: https://docs.getpelican.com/en/latest/content.html#linking-to-internal-content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.importers.generators.edits import TagEdit
from blogkit.importers.generators.forms import Form

LINK = re.compile(
    r"(?P<open>[{|])(?P<name>filename|static|attach|tag|category|author|index|archives)(?P<close>[}|])"
    r"(?P<path>[^\s)\"'>\]]*)"
)
_CONTENTS = re.compile(r"^[ ]{0,3}\[TOC\][ \t]*$", re.MULTILINE)


def pelican_edits(body: str, form: Form) -> Iterator[TagEdit]:
    """Yield what is done with each of Pelican's links in a body.

    Args:
        body: The body.
        form: Its format.
    """
    for found in LINK.finditer(body):
        name, path = found["name"], found["path"]
        if {"{": "}", "|": "|"}[found["open"]] != found["close"]:
            continue
        if name in ("static", "attach"):
            yield TagEdit(found.start(), found.end(), path)
            continue
        what = f'a link to "{path}"' if path else f'a link to the page "{name}" of the old site'
        hint = "write the address that it has on the new blog"
        yield TagEdit(found.start(), found.end(), found[0], "needed", what, hint)
    for found in _CONTENTS.finditer(body):
        yield TagEdit(found.start(), found.end(), form.call("toc", {}), "call", "toc")
