"""Write what tags show: as Markdown, or as HTML in an .html post."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any, Literal

from blogkit.dataclass import dataclass
from blogkit.importers.html.verify import yaml
from blogkit.render.call_writer import fenced

_RUN = re.compile("`+")


@dataclass(frozen=True)
class Form:
    """The format of a post.

    Attributes:
        format: "md" or "html".
    """

    format: Literal["md", "html"]

    def code(self, language: str, text: str) -> str:
        """Return a code block."""
        text = text.strip("\n")
        if self.format == "html":
            return f"<pre><code>{escape(text, quote=False)}\n</code></pre>"
        fence = "`" * max(3, _longest_run(text) + 1)
        return f"{fence}{language}\n{text}\n{fence}"

    def address(self, url: str) -> str:
        """Return an address as a link that shows itself."""
        if self.format == "html":
            return f'<a href="{escape(url)}">{escape(url)}</a>'
        return f"<{url}>"

    def image(self, src: str, alt: str, link: str = "") -> str:
        """Return an image, perhaps as a link."""
        if self.format == "html":
            shown = f'<img src="{escape(src)}" alt="{escape(alt)}">'
            return f'<a href="{escape(link)}">{shown}</a>' if link else shown
        shown = f"![{_bracketed(alt)}]({_target(src)})"
        return f"[{shown}]({_target(link)})" if link else shown

    def call(self, name: str, fields: Mapping[str, Any]) -> str:
        """Return the call of a widget."""
        text = "".join(f"{key}: {yaml(value)}\n" for key, value in fields.items() if value)
        if self.format == "html":
            return f"<!-- {{{name}}}\n{text}-->"
        return fenced(name, text.rstrip("\n")).rstrip("\n") if text else f"```{{{name}}}\n```"

    def box(self, kind: str, title: str, inner: str) -> str:
        """Return a callout around Markdown; as HTML, a call cannot hold any."""
        head = "".join(
            f"{key}: {yaml(value)}\n" for key, value in (("kind", kind), ("title", title)) if value
        )
        fence = "`" * max(3, _longest_run(inner) + 1)
        return f"{fence}{{callout}}\n---\n{head}---\n{inner.strip()}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(found[0]) for found in _RUN.finditer(text)), default=0)


def _bracketed(text: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", " ".join(text.split()))


def _target(url: str) -> str:
    return f"<{url}>" if re.search(r"[\s()<>]", url) else url
