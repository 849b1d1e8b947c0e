"""Find a page's metadata: title, labels, date, language and summary."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blogkit.dataclass import dataclass
from blogkit.html import Element
from blogkit.html.elements import HEADINGS
from blogkit.importers.html import box_widgets, quizzes
from blogkit.importers.html.dates import day_of
from blogkit.importers.html.elements import class_and_id
from blogkit.importers.html.inline import Line
from blogkit.importers.html.quizzes import byline_facts, labels_in
from blogkit.importers.html.words import words_of
from blogkit.lint.mojibake import repair
from blogkit.posts.fields import LANGUAGE

_TITLES = re.compile(r"(?:^|\s)(?:post-title|entry-title)(?:\s|$)")


@dataclass(frozen=True)
class PageMetadata:
    """A page's metadata. What is not known is "" or ().

    Attributes:
        title: The post's title.
        titled_by: Where the title is from, in words for the report.
        labels: Categories, or else tags.
        day: The day of publication, as 2024-12-20.
        language: The language code, unless it is plain English.
        excerpt: The summary.
    """

    title: str = ""
    titled_by: str = ""
    labels: tuple[str, ...] = ()
    day: str = ""
    language: str = ""
    excerpt: str = ""


def facts_of(root: Element, lines: Sequence[Line]) -> PageMetadata:
    """Return the page's metadata.

    Args:
        root: The whole page.
        lines: The lines of the post itself, in order.
    """
    title, titled_by = _title(root, lines)
    found = [fact for line in lines for fact in byline_facts(line.text) if fact]
    names = [name for kind, _, value in found if kind == "categories" for name in labels_in(value)]
    tagged = [
        element.text()
        for element in root.descendants()
        if element.name == "a" and "tag" in element.attributes.get("rel", "").split()
    ]
    labels = dict.fromkeys(repair(name) for name in names or tagged if name)
    dated = next(
        (day_of(value) for kind, _, value in found if kind == "published"), ""
    ) or _marked_day(root)
    page = next((element for element in root.children if element.name == "html"), None)
    language = page.attributes.get("lang", "").strip() if page else ""
    # Generators write lang="en" whatever the text is; the blog's own language is a better guess.
    wanted = LANGUAGE.fullmatch(language) and language.lower() != "en"
    return PageMetadata(
        title,
        titled_by,
        tuple(labels),
        dated,
        language if wanted else "",
        _meta(root, "description"),
    )


def repeats(lines: Sequence[Line], title: str) -> list[Line]:
    """Return the headings that repeat the title; an h2 only if the page begins with it.

    Args:
        lines: The lines of the post, in order.
        title: The post's title.
    """
    # compared by words, because `<title>` and heading differ in white space and separators
    same = words_of(title)
    found = [line for line in lines if words_of(repair(_heading(line, HEADINGS))) == same]
    first = (
        lines[0]
        if lines and lines[0].holder.name == "h2" and not _names_a_widget(lines[0].text)
        else None
    )
    return [
        line
        for line in found
        if _heading(line) or line is first or _TITLES.search(class_and_id(line.holder))
    ]


def _names_a_widget(text: str) -> bool:
    """Return whether a heading belongs to the widget below it, such as "Timeline of the talks"."""
    return any(
        pattern.search(text)
        for pattern in (
            box_widgets.TIMELINE,
            box_widgets.DETAILS,
            box_widgets.QUESTIONS,
            quizzes.TEST,
        )
    )


def _heading(line: Line, names: frozenset[str] = frozenset({"h1"})) -> str:
    """Return the text of a heading, or of Markdown outside elements; "" for any other line."""
    if line.holder.name in names:
        return line.text
    return (
        line.text[2:].strip()
        if line.holder.name in ("", "body") and line.text.startswith("# ")
        else ""
    )


def _title(root: Element, lines: Sequence[Line]) -> tuple[str, str]:
    marked = next(
        (
            e.text()
            for e in root.descendants()
            if e.name in HEADINGS and _TITLES.search(class_and_id(e)) and e.text()
        ),
        "",
    )
    heading = next((text for line in lines if (text := _heading(line))), "")
    named = next((e.text() for e in root.descendants() if e.name == "title" and e.text()), "")
    lower = next(
        (
            line.text
            for n, line in enumerate(lines)
            if line.holder.name == "h2" or (not n and line.holder.name in HEADINGS)
        ),
        "",
    )
    for text, source in (
        (marked, "the post's title"),
        (heading, "its h1"),
        (named, "the page's title"),
        (lower, "its first heading"),
    ):
        if words_of(text):
            return " ".join(repair(text).split()), source
    return "", ""


def _marked_day(root: Element) -> str:
    for element in root.descendants():
        if element.name == "time" or (
            element.name == "abbr" and "published" in class_and_id(element).split()
        ):
            day = day_of(
                element.attributes.get("datetime", "") or element.attributes.get("title", "")
            )
            if day:
                return day
    return day_of(_meta(root, "article:published_time"))


def _meta(root: Element, name: str) -> str:
    for element in root.descendants():
        if element.name == "meta" and name in (
            element.attributes.get("name"),
            element.attributes.get("property"),
        ):
            return " ".join(repair(element.attributes.get("content", "")).split())
    return ""
