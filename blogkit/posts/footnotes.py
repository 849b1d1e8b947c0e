"""Number footnotes by their first mention, and collect them in a list at the end of the post.

Ids carry a prefix, because a blog's front page shows several posts at once. They hold `_`, which no
heading's id can. Their roles are announced in the reader's own language
(https://www.w3.org/TR/dpub-aria-1.1/#doc-backlink).
"""

from __future__ import annotations

from blogkit.html import escape_attribute
from blogkit.posts.html_builder import Parts, join
from blogkit.posts.post import Block, WidgetCall

BACK_LABEL = "Back to reference"
"""What screen readers announce before the number; the renderer translates it."""
_BACK = "↩\ufe0e"  # the selector keeps it a letter; without it sites draw an emoji


class Footnotes:
    """The footnotes of one post.

    Args:
        prefix: What begins every id, unique to the post; "" for none.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = escape_attribute(f"{prefix}_" if prefix else "")
        self._mentions: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._texts: dict[str, tuple[Parts, int]] = {}

    def define(self, label: str, parts: Parts, line: int) -> int:
        """Record a footnote's text.

        Args:
            label: Its label; labels that differ only in case are the same, as in links
                (https://spec.commonmark.org/0.31.2/#matches).
            parts: Its HTML.
            line: The file's line where it begins.

        Returns:
            0, or the line of an earlier text with the same label, which stays.
        """
        name = label.casefold()
        if name in self._texts:
            return self._texts[name][1]
        self._texts[name] = parts, line
        return 0

    def mention(self, label: str) -> str:
        """Return the HTML of a reference."""
        name = label.casefold()
        count = self._mentions[name] = self._mentions.get(name, 0) + 1
        # numbered by first mention: a name that is new now is the last one counted
        number = self._numbers.setdefault(name, len(self._mentions))
        link = (
            f'<a id="{self._source(number, count)}" href="#fn_{self._prefix}{number}"'
            f' role="doc-noteref">{number}</a>'
        )
        return f"<sup>{link}</sup>"

    def block(self) -> Block | None:
        """Return all texts as one block, unused ones last; None if there are none."""
        if not self._texts:
            return None
        names = [name for name in self._mentions if name in self._texts]
        names += [name for name in self._texts if name not in self._mentions]
        parts: list[str | WidgetCall] = [
            '<section class="footnotes" role="doc-endnotes"><hr /> <ol>'
        ]
        for number, name in enumerate(names, 1):
            parts += [
                f'{" " if number > 1 else ""}<li id="fn_{self._prefix}{number}">',
                *self._with_backlinks(name, number),
                "</li>",
            ]
        parts.append("</ol></section>")
        return Block("footnotes", join(parts), min(line for _, line in self._texts.values()))

    def _source(self, number: int, count: int) -> str:
        return f"fnref_{self._prefix}{number}" + (f"_{count}" if count > 1 else "")

    def _with_backlinks(self, name: str, number: int) -> Parts:
        """Return a text with links back at the end of its last paragraph."""
        links = ""
        for count in range(1, self._mentions.get(name, 0) + 1):
            which = f"{number}-{count}" if count > 1 else f"{number}"
            href = f"#{self._source(number, count)}"
            links += (
                f' <a href="{href}" role="doc-backlink" aria-label="{BACK_LABEL}'
                f' {which}">{_BACK}</a>'
            )
        parts = self._texts[name][0]
        last = parts[-1] if parts else ""
        if not links:
            return parts
        if isinstance(last, str) and last.endswith("</p>"):
            return (*parts[:-1], last.removesuffix("</p>") + links + "</p>")
        return (*parts, f"{' ' if parts else ''}<p>{links.lstrip()}</p>")
