"""Write the post file: front matter, kept HTML and calls. Verify that it reads back the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError
from blogkit.importers.html.metadata import PageMetadata
from blogkit.importers.html.verify import yaml
from blogkit.importers.html.words import read_words
from blogkit.posts import loader
from blogkit.posts.post import WidgetCall
from blogkit.render.call_writer import fenced

_MARKDOWN = re.compile(r"^(?:#{1,6} |[-*+] |\d+\. |> |\|.*\||```|.*\*\*[^*\s].*\*\*)", re.MULTILINE)


@dataclass(frozen=True)
class PostPart:
    """A part of the post: verbatim HTML, or a call.

    Attributes:
        html: Verbatim HTML; "" for a call.
        name: The widget's name; "" for HTML.
        title: What follows the name.
        text: The call's content.
    """

    html: str = ""
    name: str = ""
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class PostHead:
    """The front matter.

    Attributes:
        facts: The page's metadata.
        quiz: The mock test's address; "" for none.
        key: The post's key; "" to take the file's name.
        allow: The kinds of active content that the post keeps.
        more: Further keys with their values.
    """

    facts: PageMetadata
    quiz: str = ""
    key: str = ""
    allow: tuple[str, ...] = ()
    more: tuple[tuple[str, Any], ...] = ()

    def text(self) -> str:
        """Return the front matter.

        The page's date is a comment, because blogkit never guesses when a post should go live.
        """
        facts = self.facts
        rows: list[tuple[str, Any]] = [
            ("title", facts.title),
            ("labels", list(facts.labels)),
            ("key", self.key),
            ("quiz", self.quiz),
        ]
        rows += [("language", facts.language), ("excerpt", facts.excerpt)]
        rows += [*self.more, ("allow", list(self.allow))]
        lines = [f"{name}: {yaml(value)}" for name, value in rows if value]
        if facts.day:
            lines.append(
                f"# publish: {facts.day} 07:00    # the date on the page; uncomment this line to"
                " publish instead of creating a draft"
            )
        return "\n".join(["---", *lines, "---"]) + "\n"


def write_post(
    head: PostHead, parts: Sequence[PostPart], *, as_html: bool = False
) -> tuple[str, Literal["md", "html"], bool]:
    """Return the post's text, its format, and whether it reads back as these parts.

    It is Markdown if that was verified, else HTML.

    Args:
        head: The front matter.
        parts: The parts of the body in order.
        as_html: Whether to write HTML even if Markdown could keep everything.
    """
    front = head.text()
    markdown = front + "\n" + _body(parts, "md")
    if not as_html and _reads_back(markdown, "md", parts):
        return markdown, "md", True
    html = front + "\n" + _body(parts, "html")
    return html, "html", _reads_back(html, "html", parts)


def joined(left: str, right: str) -> str:
    """Return two pieces of source joined around a cut, without a line that became empty.

    Args:
        left: The source before the cut.
        right: The source after it.
    """
    if left.rstrip(" \t").endswith("\n") and right.lstrip(" \t").startswith("\n"):
        return left.rstrip(" \t") + right.lstrip(" \t")[1:]
    return left + right


def _body(parts: Sequence[PostPart], kind: Literal["md", "html"]) -> str:
    out = ""
    for part in parts:
        if not part.name:
            out += part.html if not out else part.html.lstrip("\n")
            continue
        out = out.rstrip(" \t\n") + "\n\n" if out.strip() else ""
        if kind == "md":
            out += fenced(part.name, part.text, part.title) + "\n"
        else:
            out += f"<!-- {{{part.name}}} {part.title}".rstrip() + f"\n{part.text}\n-->\n\n"
    return out.strip("\n") + "\n"


def _reads_back(text: str, kind: Literal["md", "html"], parts: Sequence[PostPart]) -> bool:
    try:
        post = loader.load_post(
            Path(f"import.{kind}"), root=Path(), zone=ZoneInfo("UTC"), text=text.encode()
        )
    except ContentError:
        return False
    blocks = loader.parse_blocks(post)
    calls = [part for block in blocks for part in block.parts if isinstance(part, WidgetCall)]
    expected = [(part.name, part.title, part.text) for part in parts if part.name]
    if [(call.name, call.title, call.text.rstrip("\n")) for call in calls] != expected:
        return False
    html = "".join(
        part if isinstance(part, str) else "\n" for block in blocks for part in (*block.parts, "\n")
    )
    kept = "\n".join(part.html for part in parts if not part.name)
    # In Markdown, raw HTML ends at a blank line, and indented text after it becomes code, so a
    # `<pre>` is safe only in HTML: https://spec.commonmark.org/0.31.2/#html-blocks
    if _plain(html) == _plain(kept) and not (kind == "md" and _has_verbatim(kept)):
        return kind == "html" or all(block.kind in ("html", "widget") for block in blocks)
    return kind == "md" and _is_markdown(parts) and _same_words(html, kept)


def _plain(html: str) -> str:
    return re.sub(r"\s+", "", html)


def _has_verbatim(html: str) -> bool:
    """Return whether blank lines or indentation matter in it."""
    return bool(re.search(r"<(?:pre|textarea)\b", html, re.IGNORECASE))


def _is_markdown(parts: Sequence[PostPart]) -> bool:
    """Return whether the text outside all elements is Markdown."""
    return any(_MARKDOWN.search(part.html) for part in parts if not part.name)


def _same_words(html: str, kept: str) -> bool:
    marks = "#*_>`-~| \t."  # Markdown's own, which are words in the source and not in the HTML
    before = [word.strip(marks) for word in read_words(kept).words]
    after = [word.strip(marks) for word in read_words(html).words]
    plain = [word for word in before if word and not word.isdigit()]
    return (
        plain == [word for word in after if word and not word.isdigit()]
        and not read_words(kept).shown
    )
