"""Prepare a post for content checks.

Its prose is taken with everything else blanked, its elements are listed, and its widgets' data is
read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.html import LineIndex
from blogkit.lint.known_posts import KnownPosts
from blogkit.lint.outline import LintElement, Outline, parts_and_calls, prose_with_quotes
from blogkit.lint.quotations import Quotations
from blogkit.lint.required_words import SearchedText
from blogkit.patterns import lazy_pattern
from blogkit.posts import loader
from blogkit.posts.post import Block, Post, WidgetCall
from blogkit.posts.yaml12 import Yaml
from blogkit.posts.yaml12 import load_yaml as load_yaml

if TYPE_CHECKING:
    from blogkit.lint.near_misses.body_lines import BodyParts

_INLINE_LINK = lazy_pattern(r"\]\(|<https?:|!\[")
_FIELDS = ("title", "excerpt", "image_alt", "labels", "categories", "tags")
"""The lines of front matter that readers see."""


@dataclass(frozen=True)
class LintWidget:
    """A call whose content is data.

    Attributes:
        name: The widget's name.
        title: What follows the name on its line.
        line: The file's line of the call.
        data: The fields; {} if the content is not a mapping.
        yaml: The same with lines.
    """

    name: str
    title: str
    line: int
    data: dict[str, Any]
    yaml: Yaml

    def line_of(self, *trail: str | int) -> int:
        """Return the file's line of a field.

        Args:
            *trail: The way to it, such as `"items", 0, "label"`.
        """
        return self.yaml.line(*trail) if self.data else self.line

    @cached_property
    def texts(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Every text of the data, with its trail."""
        found: list[tuple[tuple[str | int, ...], str]] = []
        _add_leaves(self.data, (), found)
        return tuple(found)


@dataclass
class Noted:
    """What the findings depend on, beside the post and the links to other posts.

    Attributes:
        dated: Whether a check asked which day it is.
        files: Files that a check looked at, there or not.
    """

    dated: bool = False
    files: set[Path] = field(default_factory=set)


@dataclass(frozen=True)
class LintContext:
    """One post, prepared for content checks.

    Attributes:
        post: The post.
        place: Its path as its user would type it.
        day: The day by the blog's clock; checks ask `today` for it.
        known: Valid targets of internal links; None leaves such links unchecked.
        source: The file's text with LF line endings, at least that of its front matter, which is
            needed where front matter is to be fixed.
        language: The blog's language, for posts that name none.
        own_widgets: The names of the blog's own widgets.
        noted: What the checks asked for. A check that looks at a file adds it.
    """

    post: Post
    place: str
    day: date
    known: KnownPosts | None = None
    source: str = ""
    language: str = "en"
    own_widgets: frozenset[str] = frozenset()
    noted: Noted = field(default_factory=Noted, compare=False, repr=False)

    @property
    def today(self) -> date:
        """The day by the blog's clock. Asking is noted: tomorrow, the findings may be others."""
        self.noted.dated = True
        return self.day

    @property
    def spoken(self) -> str:
        """The language that the post is in, without its region, such as "hi"."""
        return (self.post.language or self.language).partition("-")[0].lower()

    def problem(self, line: int, code: str, message: str, hint: str) -> Problem:
        """Return a finding, with the severity that `registry.py` gives it.

        Args:
            line: The file's line.
            code: The check's code.
            message: What is wrong.
            hint: What to do.
        """
        from blogkit.lint.registry import CHECKS  # only a post with findings needs it

        return Problem(self.place, line, message, hint, code, CHECKS[code].severity)

    @cached_property
    def fields(self) -> list[tuple[str, str, int]]:
        """The front matter that readers see: name, text, line."""
        found = []
        for name in _FIELDS:
            value = getattr(self.post, name)
            found += [
                (name, text, self.post.lines.get(name, 0))
                for text in ((value,) if isinstance(value, str) else value)
            ]
        return [entry for entry in found if entry[1]]

    @cached_property
    def searched_fields(self) -> SearchedText:
        """The texts of `fields`, each on lines of its own."""
        return SearchedText("\n".join(text for _, text, _ in self.fields))

    @cached_property
    def head(self) -> list[tuple[int, str]]:
        """The lines of front matter, by their number in the file."""
        if not self.source:
            return [(line, text) for _, text, line in self.fields]
        lines = self.source.removeprefix("\ufeff").split("\n", self.post.body_line - 1)[
            : self.post.body_line - 1
        ]
        # comments of YAML are not shown
        return [(number, text) for number, text in enumerate(lines, 1) if not text.startswith("#")]

    @cached_property
    def outline(self) -> Outline:
        """The body in its author's own text, elements and calls."""
        return Outline.of(self.post.body, self.post.format, self.post.body_line)

    @cached_property
    def searched_body(self) -> SearchedText:
        """The body, to look for words."""
        return SearchedText(self.post.body)

    @cached_property
    def parts(self) -> BodyParts:
        """The body in lines of text, fences and calls, as the checks of near misses see it."""
        from blogkit.lint.near_misses.body_lines import body_parts  # only a suspect needs it

        return body_parts(self.post)

    @property
    def prose(self) -> str:
        """The body with everything but its text blanked. Line breaks and offsets stay."""
        return prose_with_quotes(self.post.body, self.post.format)

    @property
    def own(self) -> str:
        """The prose without quotes."""
        return self.outline.own

    @cached_property
    def searched_own(self) -> SearchedText:
        """The same, to look for words."""
        return SearchedText(self.own)

    def line(self, offset: int) -> int:
        """Return the file's line at an offset of the body."""
        return self.post.body_line + self._lines.before(offset)

    @cached_property
    def elements(self) -> list[LintElement]:
        """All elements in order; those inside widgets last."""
        return [*self.outline.parts, *self._in_widgets[1]]

    @cached_property
    def widgets(self) -> list[LintWidget]:
        """The calls with data, at any depth."""
        return self._in_widgets[0]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The body's blocks; () if it cannot be read."""
        try:
            return loader.parse_blocks(self.post)
        except ContentError:  # the renderer reports it
            return ()

    @cached_property
    def _in_widgets(self) -> tuple[list[LintWidget], list[LintElement]]:
        widgets: list[LintWidget] = []
        elements: list[LintElement] = []
        waiting = [
            part for block in self.blocks for part in block.parts if isinstance(part, WidgetCall)
        ]
        for call in waiting:  # grows while it is walked: a widget's body may hold calls
            widget, body, line = _opened(call, self.place)
            if widget:
                widgets.append(widget)
                elements += _linked(widget)
            if body:
                parts, calls = parts_and_calls(body, line)
                elements += parts
                waiting += [
                    WidgetCall(name, title, text, at - 1, at) for name, title, text, at in calls
                ]
        return widgets, elements

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.post.body)

    def is_quoted(self, start: int, end: int) -> bool:
        """Return whether part of `own` is in quotation marks on its own line."""
        return self._quotations.hold(start, end)

    @cached_property
    def _quotations(self) -> Quotations:
        return Quotations(self.own)


def _opened(call: WidgetCall, place: str) -> tuple[LintWidget | None, str, int]:
    """Return a call's data, and its Markdown body with its first line."""
    # a widget with a Markdown body has its fields between two lines `---`
    source, line, body, body_line = call.text, call.text_line, "", 0
    if call.text.startswith("---\n"):
        lines = call.text.split("\n")
        end = next(
            (number for number, text in enumerate(lines) if number and text.rstrip() == "---"),
            len(lines),
        )
        source, body = "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])
        line, body_line = line + 1, line + end + 1
    try:
        # What cannot be read is text like any other here; the renderer reports it.
        yaml = load_yaml(source, path=place, line=line)
    except ContentError:
        return None, call.text, call.text_line
    if isinstance(yaml.value, dict) or yaml.value is None:
        return LintWidget(call.name, call.title, call.line, yaml.value or {}, yaml), body, body_line
    return LintWidget(call.name, call.title, call.line, {}, yaml), call.text, call.text_line


def _add_leaves(
    value: dict[str, Any] | list[Any],
    trail: tuple[str | int, ...],
    found: list[tuple[tuple[str | int, ...], str]],
) -> None:
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, str):
            found.append(((*trail, key), item))
        elif isinstance(item, (dict, list)):
            _add_leaves(item, (*trail, key), found)


def _linked(widget: LintWidget) -> Iterator[LintElement]:
    """Yield the links and images in a widget's texts, and the links of its fields."""
    for trail, text in widget.texts:
        if trail[-1] == "href":
            yield LintElement("a", widget.line_of(*trail), "the field href", {"href": text})
        elif ("[" in text or "<" in text) and _INLINE_LINK.search(text):
            parts, _ = parts_and_calls(text, widget.line_of(*trail))
            yield from (part for part in parts if part.name in ("a", "img"))
