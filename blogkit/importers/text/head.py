"""Read a text's front matter, and the lines that belong into it: title, labels, summary, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from blogkit.errors import ContentError
from blogkit.importers.front_values import flaw_of
from blogkit.importers.html.boilerplate import Drop
from blogkit.importers.html.dates import day_of
from blogkit.importers.html.metadata import PageMetadata
from blogkit.importers.html.quizzes import byline_facts, hashtags, labels_in
from blogkit.importers.text.envelope import Envelope
from blogkit.importers.text.headline import headline_of, title_lines, unmarked_line
from blogkit.importers.text.rows import Row, in_fences, item_mark
from blogkit.posts import yaml12
from blogkit.posts.front_matter_schema import KEYS
from blogkit.render.quiz import QUIZ_PLACEHOLDER

_ENTRY = re.compile(r"[\"“]?(?P<key>[A-Za-z_][\w -]{0,30}?)[\"”]?[ \t]*:(?:[ \t]+(?P<value>.*))?")
_NAMES = {
    "title": ("title", "seo_title", "headline", "post_title", "meta_title"),
    "labels": ("labels", "label", "keywords", "topics"),
    "categories": ("categories", "category"),
    "tags": ("tags", "tag"),
    "excerpt": ("excerpt", "description", "meta_description", "summary", "seo_description"),
    "language": ("language", "lang"),
    "day": ("date", "publish", "published", "publish_date", "published_on", "pubdate"),
    "slug": ("slug", "permalink", "url_slug"),
    "quiz": ("quiz",),
    "image": ("image",),
    "image_alt": ("image_alt",),
}
_KEYS = {name: key for key, names in _NAMES.items() for name in names}
_LISTS = ("labels", "categories", "tags")
_LINE = re.compile(
    r"(?P<label>(?:SEO |Meta |URL |Post |Blog )?(?:Title|Headline|Description|Excerpt|Slug|"
    r"Permalink|Labels?|Tags?|Category|Categories|Keywords?|Topics)(?: Tag)?|"
    r"(?:Focus|Primary) keywords?)\s*[:：]\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(r"(?:SEO|Meta|URL|Post|Blog|Focus|Primary) | Tag$", re.IGNORECASE)
_HASHTAGS = re.compile(r"(?![\[\"'“‘])(?:.*,\s*)?#\w")
_MOST_NAMES, _LONGEST_NAME = 20, 60
_QUOTES = str.maketrans("“”„‟‘’‚‛", '""""' + "''''")
_TITLE = "the title, which the theme shows above the post"


@dataclass
class Head:
    """What a post's front matter will hold.

    Attributes:
        facts: The title, labels and the like.
        quiz: The mock test's address; "" for none.
        more: Further keys with their values.
        taken: The lines that are in it.
        drops: LineNumbers that are not, and why.
    """

    facts: PageMetadata = field(default_factory=PageMetadata)
    quiz: str = ""
    more: list[tuple[str, Any]] = field(default_factory=list)
    taken: list[Drop] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)


def head_of(envelope: Envelope, *, plain: bool) -> Head:
    """Return the front matter of a text, and blank the lines that it took.

    Args:
        envelope: The text.
        plain: Whether it is plain text or a document, whose first line is the headline.
    """
    head = Head()
    values: dict[str, Any] = {}
    for rows in _entries(envelope.head):
        _read_entry(head, values, rows)
    titled_by = "the front matter" if values.get("title") else "a line that names the title"
    _read_lines(head, values, envelope)
    title = str(values.pop("title", ""))
    if not title:
        title, titled_by = headline_of(envelope.rows, plain=plain)
    day = values.pop("day", "")
    labels = dict.fromkeys(values.pop("labels", []))
    for facts in (byline_facts(unmarked_line(row.words)) for row in envelope.rows):
        for kind, _, value in (fact for fact in facts if fact):
            if kind == "categories" and not labels:
                labels = dict.fromkeys(labels_in(value))
            elif kind == "published" and not day:
                day = day_of(value)
    head.quiz = values.pop("quiz", "")
    head.facts = PageMetadata(
        title,
        titled_by if title else "",
        tuple(labels),
        day,
        values.pop("language", ""),
        values.pop("excerpt", ""),
    )
    head.more = [(key, values[key]) for key in KEYS if values.get(key)]
    for at in [*title_lines(envelope, title)] if title else []:
        row = envelope.rows[at]
        head.taken.append(Drop(row.start, row.end, _TITLE))
        envelope.blank(at)
        below = at + 1 < len(envelope.rows) and envelope.rows[at + 1].words
        if below and re.fullmatch("={3,}", below):  # the line below a heading
            envelope.blank(at + 1)
    return head


def _entries(rows: Sequence[Row]) -> list[list[Row]]:
    entries: list[list[Row]] = []
    for row in rows:
        starts = (
            not row.indent
            and not row.words.startswith(("-", "]", "#"))
            and _ENTRY.fullmatch(row.words)
        )
        if starts or not entries:
            entries.append([row])
        else:
            entries[-1].append(row)
    return entries


def _read_entry(head: Head, values: dict[str, Any], rows: list[Row]) -> None:
    span = (rows[0].start, rows[-1].end)
    found = _ENTRY.fullmatch(rows[0].words)
    name = re.sub(r"[ -]+", "_", found["key"].lower()) if found else ""
    key = _KEYS.get(name, "")
    if not found or not key:
        why = (
            f'front matter that the import does not set: "{name}"'
            if name
            else "front matter that cannot be read"
        )
        head.drops.append(Drop(*span, why))
        return
    value = _value(rows, found["value"] or "")
    if key in _LISTS:
        written = found["value"] or ""
        # for YAML, a hashtag begins a comment
        names = written if len(rows) == 1 and _HASHTAGS.match(written) else value
        value = _names(names)
        value = [*values.get(key, []), *value]
    else:
        value = (
            "" if value is None or isinstance(value, dict | list) else " ".join(str(value).split())
        )
    why = _objection(key, value)
    if key == "day":
        value = day_of(value)
        why = "" if value else "blogkit never guesses when a post should go live"
    if why:
        head.drops.append(Drop(*span, why))
        return
    values[key] = value
    head.taken.append(Drop(*span, "front matter"))


def _names(value: Any) -> list[str]:
    if not isinstance(value, list):
        return labels_in("" if value is None else str(value))
    return [
        tag for one in value for name in hashtags(str(one)) if (tag := name.lstrip("#").strip())
    ]


def _value(rows: list[Row], written: str) -> Any:
    text = "\n".join(row.text for row in rows)
    for attempt in (text, text.translate(_QUOTES)):
        try:
            loaded = yaml12.load_yaml(attempt, path="front matter", line=1).value
        except ContentError:
            continue
        if isinstance(loaded, dict) and len(loaded) == 1:
            value = next(iter(loaded.values()))
            return value.strip("“”") if isinstance(value, str) else value
    rest = " ".join([written, *(row.words for row in rows[1:])])
    return rest.strip().strip("\"'“”‘’")


def _objection(key: str, value: Any) -> str:
    """Return why a post cannot have a value; "" if it can."""
    if not value:
        return f'front matter without a value: "{key}"'
    if key == "quiz" and QUIZ_PLACEHOLDER.search(value):
        return "the placeholder of the quiz link, which is pending"
    if key in ("day", "title"):
        return ""
    flaw = flaw_of(key, value)
    return f"front matter that is not valid: {flaw}" if flaw else ""


def _read_lines(head: Head, values: dict[str, Any], envelope: Envelope) -> None:
    """Take lines such as "Tags: a, b" at either end of the text."""
    code = in_fences(envelope.rows)
    shown = [at for at, row in enumerate(envelope.rows) if row.words and at not in code]
    for at in [*shown[:8], *shown[8:][-8:]]:
        row = envelope.rows[at]
        mark = item_mark(row)
        words = unmarked_line(mark.text if mark else row.words)
        key, value = _fact(words, is_first=at in shown[:3])
        if not key or (key == "title" and key in values) or _objection(key, value):
            continue
        values[key] = [*values.get(key, []), *value] if key == "labels" else value
        head.taken.append(Drop(row.start, row.end, f"front matter: {key}"))
        envelope.blank(at)


def _fact(words: str, *, is_first: bool) -> tuple[str, Any]:
    """Return the key and the value of a line such as "Tags: a, b"; "" for other lines."""
    found = _LINE.fullmatch(words)
    if not found or "|" in found["value"]:  # the latter is a byline
        return "", None
    label = _QUALIFIER.sub("", found["label"]).lower()
    key = _KEYS.get(label, "labels")
    if key not in _LISTS:
        # without "Meta" before it, "Title: Mr" in a text is its author's own line
        is_own = label == found["label"].lower() and key in ("title", "excerpt")
        return ("", None) if is_own and not is_first else (key, found["value"].strip())
    names = labels_in(found["value"])
    is_list = len(names) <= _MOST_NAMES and all(len(name) <= _LONGEST_NAME for name in names)
    return ("labels", names) if is_list else ("", None)
