"""Convert quiz buttons and bylines in pasted HTML to widget calls."""

from __future__ import annotations

import re
from typing import Any

from blogkit.html import Element, decode
from blogkit.html.elements import HEADINGS
from blogkit.importers.html.byline_words import fact_abroad
from blogkit.importers.html.dates import DATE, day_of
from blogkit.importers.html.elements import class_and_id
from blogkit.importers.html.inline import Line, Uncertain, icon_and, lines_of
from blogkit.importers.html.shapes import WidgetCandidate, WidgetMatch
from blogkit.lint.mojibake import repair
from blogkit.posts.markdown import escape_markdown
from blogkit.render import quiz

TEST = re.compile(
    r"\b(?:mock[ _-]?test|quiz(?:zes)?|test|practice[ _-]?(?:test|set))", re.IGNORECASE
)
_BUTTON = re.compile(r"\b\w*-?(?:btn|button|cta)\b", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:window\.open\(|location(?:\.href)?\s*=|location\.assign\()\s*['\"]([^'\"]*)['\"]"
)
_NOWHERE = re.compile(
    r"#?|javascript:.*|YOUR_[A-Z0-9_]+_HERE|\{\{\s*quiz_url\s*\}\}|about:blank",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 8_000
_CONTAINERS = frozenset({"div", "section", "aside", "p", "center", "a", "button", "article"})
_HASHTAG = re.compile(r"\s+(?=#\w)|(?<=[^\s#])(?=#\w)")
_SEPARATOR = re.compile(r"\s+[|•·]\s+|\s*[|•]\s*")
_DATED = re.compile(
    rf"(?P<before>(?:Published|Posted|Date|Updated|Last [Uu]pdated)(?: on)?) ?:? ?(?P<date>{DATE})"
)
_CATEGORY = re.compile(
    r"(?P<before>(?:Categor(?:y|ies)|Labels?|Tags?|Topics?)) ?: ?(?P<names>\S.*)"
)
_AUTHOR = re.compile(r"(?P<before>(?:Written |Posted )?[Bb]y|Author) ?:? (?P<name>\S.{0,60})")


def quiz_button(candidate: WidgetCandidate) -> WidgetMatch | None:
    """Return a call of `quiz-button` for an element's only button; None if it has none.

    Raises:
        Uncertain: There is more text around it than the widget can hold, or its address is unknown.
    """
    element = candidate.element
    if element.name not in _CONTAINERS or element.end - element.start > _LONGEST:
        return None
    presses = _presses(element)
    if len(presses) != 1 or not (TEST.search(presses[0].text()) or TEST.search(candidate.hints)):
        return None
    lines = lines_of(element, candidate.skipped)
    place = next((n for n, line in enumerate(lines) if _is_in(line, presses[0])), -1)
    if place < 0 or lines[place].text != presses[0].text() or not _looks_pressed(presses[0]):
        return None
    before, after = lines[:place], lines[place + 1 :]
    # two lines before the button are a title and a text, whatever elements they are in
    heads = (
        [before.pop(0)]
        if before and (before[0].holder.name in HEADINGS or len(before) == 2)
        else []
    )
    if len(before) > 1 or len(after) > 1:
        raise Uncertain("the widget has no room for all the text around the button")
    return _found(presses[0], candidate, heads, before, after)


def _found(
    press: Element,
    candidate: WidgetCandidate,
    heads: list[Line],
    before: list[Line],
    after: list[Line],
) -> WidgetMatch:
    fields: dict[str, Any] = {}
    if before:
        fields["text"] = before[0].markdown()
    fields["label"] = escape_markdown(repair(press.text()))
    if after:
        fields["note"] = after[0].markdown()
    return WidgetMatch(
        "quiz-button",
        heads[0].markdown(bold=False) if heads else "",
        fields,
        _address(press, candidate),
    )


def _presses(element: Element) -> list[Element]:
    """Return the outermost links and buttons."""
    found: list[Element] = []
    for each in [element, *element.descendants()]:
        if each.name in ("a", "button") and not any(
            outer.start <= each.start < outer.end for outer in found
        ):
            found.append(each)
    return found


def _is_in(line: Line, press: Element) -> bool:
    return (
        bool(line.items)
        and line.items[0].start < press.end
        and line.items[-1].end > press.start
        and bool(line.text)
    )


def _looks_pressed(press: Element) -> bool:
    """Return whether it looks like a button or links to a placeholder.

    A link in a sentence does not.
    """
    inner = [press, *press.descendants()]
    drawn = any(
        each.name == "button"
        or _BUTTON.search(class_and_id(each))
        or "background" in each.attributes.get("style", "")
        for each in inner
    )
    return drawn or bool(_NOWHERE.fullmatch(press.attributes.get("href", "x").strip()))


def _address(press: Element, candidate: WidgetCandidate) -> str:
    """Return the button's address, "" for a placeholder."""
    inner = [press, *press.descendants()]
    href = next(
        (each.attributes["href"].strip() for each in inner if "href" in each.attributes), ""
    )
    opened = next(
        (
            found[1]
            for each in inner
            if (found := _OPENS.search(decode(each.attributes.get("onclick", ""))))
        ),
        "",
    )
    # `<a href="#" onclick="window.open('…')">` leads where its script says
    address = href if href and not _NOWHERE.fullmatch(href) else opened or href
    if not _NOWHERE.fullmatch(address.strip()):
        if wrong := quiz.objection(address.strip()):
            raise Uncertain(f'the button\'s address "{address.strip()[:60]}" {wrong}')
        return address.strip()
    scripted = (
        any(name.startswith("on") for each in inner for name in each.attributes)
        or press.name == "button"
    )
    if not address and scripted and not opened and not candidate.has_open_address:
        raise Uncertain("the button's address is not part of its HTML")
    return ""


def byline(candidate: WidgetCandidate) -> WidgetMatch | None:
    """Return a call of `byline`; None if the element is not a byline.

    A byline is a line such as "Published on: December 20, 2024 | Category: Polity".

    Raises:
        Uncertain: It contains more than a byline.
    """
    if (
        candidate.element.name not in ("p", "div", "small", "span", "footer", "header")
        or candidate.element.end - candidate.element.start > 2_000
    ):
        return None
    lines = lines_of(candidate.element, candidate.skipped)
    if len(lines) != 1 or any(each.name in ("a", "img") for each in lines[0].elements()):
        return None
    fields = byline_fields(lines[0].text)
    return WidgetMatch("byline", "", fields) if fields else None


def byline_fields(text: str) -> dict[str, Any]:
    """Return the fields of a byline; {} for other lines.

    Raises:
        Uncertain: The line contains more than a byline.
    """
    facts = byline_facts(text)
    if None in facts:
        raise Uncertain("it contains more than a byline")
    fields: dict[str, Any] = {}
    words = {}
    for kind, before, value in (fact for fact in facts if fact):
        if kind in ("published", "updated"):
            fields |= {kind: day_of(value), f"{kind}_text": escape_markdown(value)}
        else:
            fields[kind] = (
                [escape_markdown(name) for name in names_in(value)]
                if kind == "categories"
                else escape_markdown(value)
            )
        words[kind] = before
    usual = {
        "published": "Published on",
        "updated": "Updated on",
        "author": "By",
        "categories": "Category:",
    }
    changed = {kind: word for kind, word in words.items() if word != usual[kind]}
    return {**fields, **({"words": changed} if changed else {})}


def byline_facts(text: str) -> list[tuple[str, str, str] | None]:
    """Return a line's date, author and categories; [] if it has neither date nor categories.

    Returns:
        For each part of the line its kind, the word before it and its value; None for other parts.
    """
    found: list[tuple[str, str, str] | None] = []
    for part in _SEPARATOR.split(text):
        icon, words = icon_and(part.strip())
        icon = f"{icon} " if icon else ""
        if (dated := _DATED.fullmatch(words)) and day_of(dated["date"]):
            kind = "updated" if "pdated" in dated["before"] else "published"
            found.append((kind, icon + dated["before"], dated["date"]))
        elif (category := _CATEGORY.fullmatch(words)) and _are_names(category["names"]):
            found.append(("categories", f"{icon}{category['before']}:", category["names"]))
        elif author := _AUTHOR.fullmatch(words):
            found.append(("author", icon + author["before"], author["name"]))
        else:
            found.append(_abroad(icon, words))
    return found if any(fact and fact[0] != "author" for fact in found) else []


def _abroad(icon: str, words: str) -> tuple[str, str, str] | None:
    """Return a part of a byline in another language."""
    kind, before, value = fact_abroad(words) or ("", "", "")
    certain = day_of(value) if kind in ("published", "updated") else kind
    if not certain or (kind == "categories" and not _are_names(value)):
        return None
    return kind, icon + before, value


def names_in(text: str) -> list[str]:
    """Return the names in a list with commas, or of hashtags side by side, without duplicates."""
    parts = [" ".join(part.split()) for part in re.split("[,،]", text)]
    return list(dict.fromkeys(name for part in parts for name in hashtags(part) if name))


def hashtags(text: str) -> list[str]:
    """Return "#a #b" as its parts, and any other text as it is."""
    return _HASHTAG.split(text) if text.startswith("#") else [text]


def labels_in(text: str) -> list[str]:
    """Return the names in a list without the marks of hashtags, and without duplicates."""
    labels = (name.lstrip("#").strip() for name in names_in(text))
    return list(dict.fromkeys(label for label in labels if label))


def _are_names(text: str) -> bool:
    names = names_in(text)
    return (
        len(names) <= 12
        and all(len(name) <= 60 and len(name.split()) <= 6 for name in names)
        and text[-1:] not in ".?!।۔؟"
    )
