"""What a template.html may use beyond its fields, and the one form in which its output leaves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from blogkit.html import tokenize, without_links, words
from blogkit.html.elements import RCDATA, SPREAD
from blogkit.render import dates

HELPERS = frozenset({"body", "headings", "language", "markdown", "profile", "style", "uid", "widget"})
"""Names that every template knows: the model, its rendered body, what renders the Markdown of its items, the post's headings and
language, the profile, the stylist, and ids that no other post uses."""

_BLOCKS = SPREAD - {"pre", "map", "area", "style"}
_NEWLINE = re.compile(r"\r?\n")
_BREAK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")


def environment(folders: Sequence[Path]) -> jinja2.Environment:
    """Jinja2 as widgets use it: everything escaped, everything undefined an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders], encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": day, "icon": icon, "link": link, "plain": plain, "time": time, "unlinked": unlinked}
    made.tests["linked"] = is_linked
    return made


def icon(text: str) -> Markup:
    """A decoration before a text: never read aloud, never the only content."""
    return Markup('<span aria-hidden="true">{}</span> ').format(text) if text else Markup("")


def link(text: object, href: str, new_tab: bool = False) -> Markup:
    """The text as a link, where there is an address. Links inside the text give way to the outer one."""
    html = escape(text)
    if not href:
        return html
    target = Markup(' target="_blank" rel="noopener"') if new_tab else Markup("")
    return Markup('<a href="{}"{}>{}</a>').format(href, target, unlinked(html))


def unlinked(text: object) -> Markup:
    """The text without its links, for use inside a link."""
    return Markup(without_links(escape(text)))  # noqa: S704  # escaped


def is_linked(text: object) -> bool:
    """Whether the text holds a link of its own."""
    return "<a " in escape(text)


def plain(text: object) -> str:
    """The text without its Markdown, for attributes."""
    return words(escape(text))


@jinja2.pass_context
def time(context: jinja2.runtime.Context, text: object, date: str) -> Markup:
    """The text marked up as a date, where the site keeps that."""
    if not date or not context["profile"].time:
        return escape(text)
    return Markup('<time datetime="{}">{}</time>').format(date, text)


@jinja2.pass_context
def day(context: jinja2.runtime.Context, date: str) -> str:
    """A partial date in the words of the post's language."""
    return dates.day(date, context["language"])


def one_line(html: str) -> str:
    """HTML on one line, with one space before every block that follows other content, and none before a closing tag.

    In this form wpautop changes nothing, no line break turns into `<br>`, and no words are glued when tags are stripped.
    """
    out: list[str] = []
    run: list[str] = []  # since the last tag of a block
    fresh, depth = True, 0  # nothing stands yet in the element that is open; how many <pre> are open
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


def _kept(kind: str, name: str, source: str) -> str:
    """What is no tag of a block, on one line where it means the same there. In a script a line break may end a comment."""
    if kind == "raw" and name in RCDATA:
        return _NEWLINE.sub("&#10;", source)
    return source if name == "script" and kind == "raw" else _BREAK.sub(" ", source)


def failing_line(error: BaseException, folder: str) -> tuple[str, int]:
    """The template and its line in which an error arose; Jinja2 puts them into the traceback."""
    place, trace = ("", 0), error.__traceback__
    while trace:
        filename: Any = trace.tb_frame.f_code.co_filename
        if filename.startswith(folder):
            place = (filename, trace.tb_lineno)
        trace = trace.tb_next
    return place
