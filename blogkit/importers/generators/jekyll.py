"""Translate Liquid and kramdown: https://jekyllrb.com/docs/liquid/tags/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from blogkit.dataclass import dataclass
from blogkit.importers.generators.edits import TagEdit, embedded, figure, tokens
from blogkit.importers.generators.forms import Form

LIQUID_TAG = re.compile(r"\{%-?\s*(?P<name>[A-Za-z_]\w*)(?P<rest>(?:[^%]|%(?!\})){0,2000}?)-?%\}")
LIQUID_OUTPUT = re.compile(r"\{\{-?(?![<%])\s*(?P<text>[^{}]{1,500}?)\s*-?\}\}")
_ATTRIBUTES = re.compile(r"\{:(?![: ]*\}\})[^{}\n]{1,500}\}")
_CONTENTS = re.compile(
    r"^[ ]{0,3}(?:[*+-]|1\.)[ \t]+.*\n[ ]{0,3}\{:\s*toc[^{}\n]*\}[ \t]*$", re.MULTILINE
)
_SITE = re.compile(r"site\.(?:baseurl|url|github\.url)\s*(?:\|.*)?")
_ADDRESS = re.compile(
    r"(?P<quote>[\"'])(?P<path>[^\"']*)(?P=quote)\s*\|\s*"
    r"(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url))(?:\s*\|.*)?"
)
_VERBATIM = {"raw": "endraw", "comment": "endcomment", "highlight": "endhighlight"}
_VIDEO = re.compile(r"(?:video|youtube|vimeo|embed)", re.IGNORECASE)
_FIGURE = re.compile(r"(?:figure|image|img)(?:\.html)?")


@dataclass(frozen=True)
class _Page:
    body: str
    form: Form
    values: Mapping[str, Any]


def jekyll_edits(body: str, form: Form, values: Mapping[str, Any]) -> Iterator[TagEdit]:
    """Yield what is done with each tag of a body. Jekyll reads tags in code blocks, too.

    Args:
        body: The body.
        form: Its format.
        values: The post's own front matter, for `{{ page.title }}`.
    """
    page = _Page(body, form, values)
    at = 0
    for found in sorted(_matches(page), key=lambda match: (match.start(), -match.end())):
        if found.start() < at:
            continue
        edit = _edit(page, found)
        if edit:
            yield edit
            at = edit.end


def _matches(page: _Page) -> Iterator[re.Match[str]]:
    yield from LIQUID_TAG.finditer(page.body)
    yield from LIQUID_OUTPUT.finditer(page.body)
    if page.form.format == "md":
        yield from _CONTENTS.finditer(page.body)
        yield from _ATTRIBUTES.finditer(page.body)


def _edit(page: _Page, found: re.Match[str]) -> TagEdit | None:
    if found.re is LIQUID_TAG:
        return _tag(page, found)
    if found.re is LIQUID_OUTPUT:
        return _output(page, found)
    if found.re is _CONTENTS:
        call = page.form.call("toc", {})
        return TagEdit(found.start(), found.end(), call, "call", "toc")
    return TagEdit(found.start(), found.end(), "", "dropped", "attributes of kramdown")


def _tag(page: _Page, found: re.Match[str]) -> TagEdit:
    name, rest = found["name"], found["rest"].strip()
    end = _VERBATIM.get(name)
    closing = end and re.compile(rf"\{{%-?\s*{end}\s*-?%\}}").search(page.body, found.end())
    if closing:
        return _verbatim(page, found, closing, name, rest)
    shown = ""
    if name == "include" or name == "include_relative":
        return _include(page, found, rest)
    if name in ("youtube", "vimeo", "gist", "tweet", "twitter"):
        words, named = tokens(rest)
        id_ = named.get("id") or (words[0] if words else "")
        shown = embedded(name.replace("twitter", "tweet"), id_, page.form)
    elif name == "link" and re.match(r"(?:assets|images|img|files|static)/", rest):
        shown = f"/{rest}"
    if shown:
        return TagEdit(found.start(), found.end(), shown)
    return _unknown(found, name, rest)


def _verbatim(
    page: _Page, found: re.Match[str], closing: re.Match[str], name: str, rest: str
) -> TagEdit:
    inner = page.body[found.end() : closing.start()]
    span = (found.start(), closing.end())
    if name == "comment":
        return TagEdit(*span, "", "dropped", "a comment of Liquid")
    if name == "raw":
        return TagEdit(*span, inner)
    return TagEdit(*span, page.form.code(rest.split()[0] if rest else "", inner))


def _include(page: _Page, found: re.Match[str], rest: str) -> TagEdit:
    words, named = tokens(rest)
    file = words[0] if words else ""
    src = next((named[one] for one in ("image_path", "src", "url", "file") if one in named), "")
    if _FIGURE.fullmatch(file) and src and "{" not in src:
        shown, widget = figure({**named, "src": src}, page.form)
        kind: Literal["call", "changed"] = "call" if widget else "changed"
        return TagEdit(found.start(), found.end(), shown, kind, widget)
    if _VIDEO.match(file) and "id" in named:
        provider = named.get("provider", file.partition(".")[0]).lower()
        shown = embedded("youtube" if provider == "video" else provider, named["id"], page.form)
        if shown:
            return TagEdit(found.start(), found.end(), shown)
    what = f'the file "{file}" of the old site is included here'
    hint = "put its text in the place of the tag, or delete the tag"
    return TagEdit(found.start(), found.end(), found[0], "needed", what, hint)


def _output(page: _Page, found: re.Match[str]) -> TagEdit | None:
    text = found["text"]
    if text == "quiz_url":  # blogkit's own
        return None
    if _SITE.fullmatch(text):
        return TagEdit(found.start(), found.end(), "")
    if address := _ADDRESS.fullmatch(text):
        path = address["path"]
        rooted = path if path.startswith(("/", "http:", "https:")) else f"/{path}"
        return TagEdit(found.start(), found.end(), rooted)
    if text == "page.title" and page.values.get("title"):
        return TagEdit(found.start(), found.end(), str(page.values["title"]))
    what = f'the value "{text}", which only the old site knows'
    hint = "write its text in the place of the tag"
    return TagEdit(found.start(), found.end(), found[0], "needed", what, hint)


def _unknown(found: re.Match[str], name: str, rest: str) -> TagEdit:
    if name == "post_url" or name == "link":
        what = f'a link to "{rest}"'
        hint = "write the address that it has on the new blog"
    else:
        what = f'the Liquid tag "{name}"'
        hint = "replace it with Markdown, HTML or a widget, or delete it"
    return TagEdit(found.start(), found.end(), found[0], "needed", what, hint)
