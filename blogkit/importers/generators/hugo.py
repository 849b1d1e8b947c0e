"""Translate Hugo's shortcodes: https://gohugo.io/shortcodes/ and those that many themes share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from blogkit.dataclass import dataclass
from blogkit.importers.generators.edits import (
    BOX_KINDS,
    FIGURE_PARAMETERS,
    TagEdit,
    embedded,
    figure,
    tokens,
)
from blogkit.importers.generators.forms import Form

SHORTCODE = re.compile(
    r"\{\{[<%]\s*(?P<close>/(?!\*))?\s*(?P<name>/\*|[\w./-]*[\w-])"
    r"(?P<rest>(?:\"(?:[^\"\\]|\\.)*\"|`[^`]*`|[^\"`]){0,2000}?)(?P<self>/)?[>%]\}\}"
)
_ESCAPED = re.compile(r"\{\{(?P<form>[<%])/\*(?P<inner>.*?)\*/(?P<end>[>%])\}\}", re.DOTALL)
_BOXES = ("notice", "callout", "admonition", "alert", "hint", "alertbox")
_EMBEDS = {
    **{name: name for name in ("youtube", "vimeo", "instagram", "gist", "tweet")},
    **dict.fromkeys(("x", "twitter", "twitter_simple", "x_simple"), "tweet"),
    "youtubelite": "youtube",
    "vimeo_simple": "vimeo",
    "instagram_simple": "instagram",
}


@dataclass(frozen=True)
class _Shortcode:
    start: int
    end: int
    name: str
    closes: bool
    closed: bool
    words: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)

    @property
    def first(self) -> str:
        return self.words[0] if self.words else ""


def hugo_edits(body: str, form: Form) -> Iterator[TagEdit]:
    """Yield what is done with each shortcode of a body.

    Hugo reads shortcodes in code blocks, too.

    Args:
        body: The body.
        form: Its format.
    """
    for found in _ESCAPED.finditer(body):
        shown = f"{{{{{found['form']}{found['inner']}{found['end']}}}}}"
        yield TagEdit(found.start(), found.end(), shown)
    codes = list(_shortcodes(body))
    at = 0
    for index, code in enumerate(codes):
        if code.start < at:
            continue
        edits = list(_edits(code, codes[index + 1 :], body, form))
        yield from edits
        at = max([at, *(edit.end for edit in edits if edit.start == code.start)])


def _shortcodes(body: str) -> Iterator[_Shortcode]:
    for found in SHORTCODE.finditer(body):
        if found["name"] != "/*":
            words, named = tokens(found["rest"])
            closes, closed = bool(found["close"]), bool(found["self"])
            name = found["name"].lower()
            yield _Shortcode(found.start(), found.end(), name, closes, closed, words, named)


def _edits(code: _Shortcode, rest: list[_Shortcode], body: str, form: Form) -> Iterator[TagEdit]:
    closing = next((one for one in rest if one.closes and one.name == code.name), None)
    if code.closes:
        yield _unknown(code, body)
    elif code.name == "figure" and "src" in code.named:
        yield from _figure(code, closing, form)
    elif code.name == "highlight" and closing:
        text = form.code(code.first, body[code.end : closing.start])
        yield TagEdit(code.start, closing.end, text)
    elif code.name == "details" and closing and form.format == "md":
        title = code.named.get("summary") or code.named.get("title") or code.first or "…"
        opening = f"<details>\n<summary>{title}</summary>\n"
        yield TagEdit(code.start, code.end, opening)
        yield TagEdit(closing.start, closing.end, "\n</details>")
    elif code.name in _BOXES and closing and form.format == "md" and _kind(code):
        inner = body[code.end : closing.start]
        if SHORTCODE.search(inner):
            yield _unknown(code, body)
            return
        box = form.box(_kind(code), code.named.get("title", ""), inner)
        yield TagEdit(code.start, closing.end, box, "call", "callout")
    elif shown := _embed(code, form):
        yield TagEdit(code.start, code.end, shown)
    else:
        yield _unknown(code, body)


def _kind(code: _Shortcode) -> str:
    word = code.named.get("type") or code.named.get("kind") or code.named.get("color") or code.first
    return BOX_KINDS.get(word.lower(), "")


def _figure(code: _Shortcode, closing: _Shortcode | None, form: Form) -> Iterator[TagEdit]:
    shown, widget = figure(code.named, form)
    yield TagEdit(code.start, code.end, shown, "call" if widget else "changed", widget)
    left = [name for name in code.named if name not in FIGURE_PARAMETERS]
    if left:
        shown = " ".join(f'{name}="{code.named[name]}"' for name in left)
        yield TagEdit(code.end, code.end, "", "dropped", "parameters of a figure", shown)
    if closing:
        yield TagEdit(closing.start, closing.end, "", "dropped", "the end of a figure")


def _embed(code: _Shortcode, form: Form) -> str:
    provider = _EMBEDS.get(code.name, "")
    if provider == "gist":
        return embedded(provider, "/".join(code.words[:2]), form) if len(code.words) > 1 else ""
    id_ = code.named.get("id") or (code.words[-1] if code.words else "")
    return embedded(provider, id_, form)


def _unknown(code: _Shortcode, body: str) -> TagEdit:
    shown = body[code.start : code.end]
    if code.name in ("ref", "relref"):
        what, hint = "a link to another post", "write the address that it has on the new blog"
    else:
        what = f'the shortcode "{code.name}", which only the old site knows'
        hint = "replace it with Markdown, HTML or a widget, or delete it"
    return TagEdit(code.start, code.end, shown, "needed", what, hint)
