"""The filters and globals of template.html, and the form of its output."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from blogkit.html import (
    Element,
    Tree,
    change,
    tag_name,
    texts_and_tags,
    tokenize,
    without_links,
    words,
)
from blogkit.html.elements import RCDATA, SPREAD
from blogkit.render.formats import dates
from blogkit.render.widgets.compiled import TemplateCode, as_html

HELPERS = frozenset(
    {
        "body",
        "headings",
        "language",
        "mark",
        "markdown",
        "profile",
        "style",
        "styled",
        "uid",
        "widget",
    }
)
"""Names that every template knows: the model, its rendered body, what renders the Markdown of
its items, the post's headings and language, the profile, the stylist with its two questions, and
ids that no other post uses.
"""

PHRASES = "_phrases"
"""The name of the words that the filter `phrase` looks up. No field can have it."""

_LONGEST_UNBROKEN = 24
"""Characters that fit on a line of the narrowest phones."""

_BLOCKS = SPREAD - {"pre", "map", "area", "style"}
_BLOCK_TAGS = _BLOCKS | {f"/{name}" for name in _BLOCKS}
_VERBATIM = frozenset({"pre", "/pre"})
_NEWLINE = re.compile(r"\r?\n")
_BREAK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")


def environment(folders: Sequence[Path], *, sandboxed: bool = False) -> jinja2.Environment:
    """Return Jinja2's environment for widgets: all is escaped, undefined names are errors.

    Args:
        folders: They hold widgets' folders.
        sandboxed: For templates that may be anybody's: they get at nothing but their values.
    """
    kind: type[jinja2.Environment] = jinja2.Environment
    loader: type[jinja2.FileSystemLoader] = jinja2.FileSystemLoader
    if sandboxed:  # most blogs have no widgets of their own
        from blogkit.render.widgets.template_limits import bounded_filters
        from blogkit.render.widgets.template_sandbox import TemplateSandbox, WidgetFilesLoader

        kind, loader = TemplateSandbox, WidgetFilesLoader
    made = kind(
        loader=loader([str(folder) for folder in folders], encoding="utf-8"),
        # For every file: `select_autoescape` goes by the suffix, and an include may have any
        # (https://jinja.palletsprojects.com/en/stable/api/#autoescaping).
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.code_generator_class = TemplateCode
    made.filters |= {
        "blocks": blocks,
        "chips": _chips,
        "day": _day,
        "decoration": decoration,
        "figures": _figures,
        "icon": sign,
        "link": link,
        "phrase": _phrase,
        "plain": plain_text,
        "sign": sign,
        "time": time,
        "unbroken": unbroken,
        "unlinked": unlinked,
    }
    made.tests["linked"] = is_linked
    if sandboxed:
        made.filters = bounded_filters(made.filters)
    return made


def sign(text: str) -> Markup:
    """Return an emoji or a sign before a text, hidden from screen readers."""
    return Markup(f'<span aria-hidden="true">{escape(text)}</span> ' if text else "")  # noqa: S704


@jinja2.pass_context
def decoration(context: jinja2.runtime.Context, text: str) -> Markup:
    """Return an emoji that the author did not ask for, if the look has any.

    Args:
        context: Jinja2's, with the look's switches.
        text: An emoji; "" for none.
    """
    mark = context.get("mark")
    return Markup("") if mark and mark("icons") is False else sign(text)


def link(text: object, href: str, new_tab: bool = False) -> Markup:
    """Return the text as a link if there is an address.

    Args:
        text: Markdown or HTML; links inside it are removed.
        href: The address; "" for none.
        new_tab: Open it in another tab, without access to this one
            (https://html.spec.whatwg.org/multipage/links.html#link-type-noopener).
    """
    html = as_html(text)
    if not href:
        return html
    target = ' target="_blank" rel="noopener"' if new_tab else ""
    return Markup(f'<a href="{escape(href)}"{target}>{unlinked(html)}</a>')  # noqa: S704


def unlinked(text: object) -> Markup:
    """Return the text without its links, for use inside a link."""
    return Markup(without_links(as_html(text)))  # escaped  # noqa: S704


def is_linked(text: object) -> bool:
    """Return whether the text contains a link."""
    return "<a " in as_html(text)


def plain_text(text: object) -> str:
    """Return the text without its Markdown, for attributes."""
    # `Markup` would not be escaped again, and `words` returns a text without tags as it is.
    return words(str(as_html(text)))


def blocks(html: object, **attributes: str) -> Markup:
    """Return the HTML of a body with these attributes on its outermost blocks.

    Themes space paragraphs and lists for an article's column, which is too much for a box.

    Args:
        html: A rendered body.
        **attributes: By element: `p=style("text")`. Blocks that have attributes keep them.
    """
    source = as_html(html)
    pieces, end = [], 0
    for item in Tree(source, scripting=False).root.items:
        if isinstance(item, Element) and (more := attributes.get(item.name)):
            bare = f"<{item.name}>"
            if source.startswith(bare, item.start):
                pieces += [source[end : item.start], f"<{item.name} {more}>"]
                end = item.start + len(bare)
    return Markup("".join([*pieces, source[end:]]))  # finished HTML, our attributes  # noqa: S704


@jinja2.pass_context
def _chips(context: jinja2.runtime.Context, texts: Iterable[object], attributes: Markup) -> Markup:
    """Return short texts in a row, each in a frame; without styles, with dots between them."""
    items = [as_html(text) for text in texts]
    if not context["profile"].inline_style:
        return Markup(" · ").join(items)
    frame = Markup("<span {}>{}</span>")
    return Markup(" ").join(frame.format(attributes, unbroken(item)) for item in items)


def unbroken(text: object) -> Markup:
    """Return a short text that stays on one line: WordPress keeps `white-space` only since 6.9."""
    html = as_html(text)
    if len(words(html)) > _LONGEST_UNBROKEN:
        return html
    return Markup(  # escaped  # noqa: S704
        change(html, lambda it: it.text.replace(" ", "\xa0") if it.kind == "text" else it.text)
    )


@jinja2.pass_context
def time(context: jinja2.runtime.Context, text: object, date: str) -> Markup:
    """Return the text marked up as a date, if the site keeps that.

    Args:
        context: Jinja2's, with the profile.
        text: What readers see.
        date: A partial date; "" for none.
    """
    if not date or not context["profile"].time:
        return as_html(text)
    return Markup(f'<time datetime="{escape(date)}">{as_html(text)}</time>')  # noqa: S704


@jinja2.pass_context
def _day(context: jinja2.runtime.Context, date: str) -> str:
    """Return a partial date in words of the post's language; other texts stay."""
    if not dates.when(date):
        return date
    return str(context[PHRASES].figures(dates.day(date, context["language"])))


@jinja2.pass_context
def _figures(context: jinja2.runtime.Context, number: object) -> str:
    """Return a number with the digits of the post's language."""
    return str(context[PHRASES].figures(str(number)))


@jinja2.pass_context
def _phrase(context: jinja2.runtime.Context, english: str, number: str | int | None = None) -> str:
    """Return words that the template prints, in the post's language, with a number if need be."""
    return str(context[PHRASES](english, number))


def one_line(html: str) -> str:
    """Return HTML on one line, with one space before each block that follows other content.

    In this form wpautop changes nothing, no line break turns into `<br>`, and no words are glued
    when tags are stripped.
    """
    parts = line_parts(html)
    if parts is not None:
        return "".join(parts)
    out: list[str] = []
    run: list[str] = []  # since the last tag of a block
    fresh, depth = True, 0  # the open element is still empty; how many <pre> are open
    for kind, name, start, end, _ in tokenize(html, scripting=False):
        source = html[start:end]
        is_tag = kind in ("start", "end")
        if is_tag and (name in _BLOCKS or name == "pre") and not (depth and name != "pre"):
            if text := "".join(run).strip(" "):
                out.append(text)
            opens = kind == "start"
            spaced = opens and not depth and not (fresh and not text)
            out += [" ", _BREAK.sub(" ", source)] if spaced else [_BREAK.sub(" ", source)]
            run, fresh = [], opens and name not in ("hr", "pre")
            depth = max(depth + (1 if opens else -1), 0) if name == "pre" else depth
        elif depth:
            out.append(_NEWLINE.sub("<br>", source) if kind == "text" else _BREAK.sub(" ", source))
        else:
            run.append(_kept(kind, name, source))
    return "".join(out) + "".join(run).strip(" ")


def _unbroken_lines(html: str) -> str:
    """Return the same as `_BREAK.sub(" ", html)`, which takes longer: it looks at every space."""
    first, *lines = html.replace("\r", "\n").split("\n")
    if not lines:
        return html
    last = lines.pop()
    inner = [line for line in (line.strip(" \t") for line in lines) if line]
    return " ".join([first.rstrip(" \t"), *inner, last.lstrip(" \t")])


def line_parts(html: str) -> list[str] | None:
    """Return what `one_line` returns, as `texts_and_tags` would take it apart.

    Args:
        html: The HTML.

    Returns:
        Texts and tags in turn; None if the HTML has to be read with care.
    """
    parts = texts_and_tags(_unbroken_lines(html), careful=_VERBATIM)
    if parts is None:
        return None
    run, fresh = 0, True  # where the text since the last tag of a block begins
    for at in range(1, len(parts), 2):
        if not (name := _block_tag(parts[at])):
            continue
        opens = name[0] != "/"
        parts[run] = parts[run].lstrip(" ")
        text = parts[at - 1].rstrip(" ")
        spaced = opens and (text or run < at - 1 or not fresh)
        parts[at - 1] = f"{text} " if spaced else text
        run, fresh = at + 1, opens and name != "hr"
    parts[run] = parts[run].lstrip(" ")
    parts[-1] = parts[-1].rstrip(" ")
    return parts


@lru_cache(maxsize=4096)  # the posts of a project are made of the same few hundred tags
def _block_tag(tag: str) -> str:
    """Return the name in a block's tag as `tag_name` does; "" for other tags."""
    name = tag_name(tag)
    return name if name in _BLOCK_TAGS else ""


def _kept(kind: str, name: str, source: str) -> str:
    """Return text without block tags, on one line if it means the same there.

    In a script a line break may end a comment.
    """
    if kind == "raw" and name in RCDATA:
        return _NEWLINE.sub("&#10;", source)
    return source if name == "script" and kind == "raw" else _BREAK.sub(" ", source)


def failing_line(error: BaseException, folder: str) -> tuple[str, int]:
    """Return the template and line of an error, which Jinja2 adds to the traceback.

    Args:
        error: What rendering raised.
        folder: The widget's folder.
    """
    place, trace = ("", 0), error.__traceback__
    while trace:
        filename: Any = trace.tb_frame.f_code.co_filename
        if filename.startswith(folder):
            place = (filename, trace.tb_lineno)
        trace = trace.tb_next
    return place
