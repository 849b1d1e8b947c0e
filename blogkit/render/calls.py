"""Render the widget calls of a post, and put its quiz link and images in place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from blogkit.errors import ContentError, Problem
from blogkit.paths import shown
from blogkit.posts import markdown
from blogkit.posts.post import Block, WidgetCall
from blogkit.render import quiz
from blogkit.render.encode import escape_stable
from blogkit.render.formats.bidi import is_right_to_left
from blogkit.render.formats.pieces import with_language
from blogkit.render.looks.root_variables import with_root_variables
from blogkit.render.looks.typesetting import typesetting_for
from blogkit.render.phrases.lookup import DIGITS, phrases_for
from blogkit.render.post_rendering import PostRendering
from blogkit.render.widgets.bind import BoundCall, bind
from blogkit.render.widgets.fields import Context
from blogkit.render.widgets.registry import WidgetType
from blogkit.render.widgets.templates import PHRASES, failing_line, line_parts, one_line

# Python's recursion limit would stop it later, and without naming a line.
_DEEPEST = 20
_MOST_OUTPUT = 5_000_000
"""Characters of HTML that widgets may make of one post: each `toc` lists every heading."""


def join_block(page: PostRendering, block: Block, depth: int) -> str:
    """Return a block's HTML, with its widget calls rendered.

    Args:
        page: The rendering of the post.
        block: The block.
        depth: How many widgets are around it.
    """
    return "".join(
        render_call(page, part, depth)
        if isinstance(part, WidgetCall)
        else _finish(page, part, block.line)
        for part in block.parts
    )


def _finish(page: PostRendering, html: str, line: int) -> str:
    """Insert quiz links and asset placeholders into HTML that begins on a line of the file."""
    html = (
        quiz.fill(html, page.url)
        if page.url
        else quiz.postpone(html, page.phrases(quiz.COMING_SOON))
    )
    return page.assets.localise(html, lambda address: page.line_of(address, line))


def render_call(page: PostRendering, call: WidgetCall, depth: int) -> str:
    """Return a widget's HTML; "" if it has problems, which are collected.

    Args:
        page: The rendering of the post.
        call: The call.
        depth: How many widgets are around it.
    """
    if call.name not in page.registry:
        page.complain(
            call.line,
            page.registry.why_missing(call.name),
            page.registry.suggest(call.name),
            "untrusted-widget" if call.name in page.registry.left_out else "unknown-widget",
        )
        return ""
    if depth >= _DEEPEST:
        page.complain(
            call.line,
            f"widgets are nested deeper than {_DEEPEST}",
            "remove one level",
            "too-deep",
        )
        return ""
    if page.size[0] > _MOST_OUTPUT:
        message = f"the post's widgets make more than {_MOST_OUTPUT / 1e6:.0f} MB of HTML"
        page.complain(call.line, message, "split the post", "too-complex")
        return ""
    try:
        kind = page.registry[call.name]
        context = Context(
            page.root,
            page.allow_http,
            page.headings,
            page.phrases,
            files=page.files,
            words=page.words,
        )
        bound = bind(call, kind, path=page.place, context=context, quiz_known=bool(page.url))
        html = _widget(_spoken(page, bound.language), call, kind, bound, depth)
        return with_language(html, bound.language or page.language, page.language)
    except ContentError as error:
        page.problems.extend(error.problems)
        return ""


def _spoken(page: PostRendering, language: str) -> PostRendering:
    """Return the rendering for a widget that names its own language."""
    if not language:
        return page
    return replace(
        page,
        language=language,
        phrases=phrases_for(language, page.words),
        pieces=replace(page.pieces, language=language),
        right_to_left=is_right_to_left(language, ""),
    )


def _widget(
    page: PostRendering, call: WidgetCall, kind: WidgetType, bound: BoundCall, depth: int
) -> str:
    if bound.waits:
        page.waiting.append(call.line)
        if not page.allow_open:
            page.complain(
                call.line,
                f"this {call.name} has no address yet",
                f"add url: to it, or {quiz.open_hint(page.link)}",
                "open-placeholder",
            )
    # `model_dump` would turn nested models into mappings, and texts with Markdown into plain ones.
    values: dict[str, object] = {
        name: getattr(bound.model, name) for name in type(bound.model).model_fields
    }
    typesetting = typesetting_for(
        page.language, f"{call.title} {call.text}", str(page.phrases(DIGITS))
    )
    look = page.registry.look(kind, page.profile, page.theme, page.right_to_left, typesetting)
    values |= look.constants
    values |= {
        "widget": bound.model,
        "body": _markdown(page, bound.body, bound.body_line, depth)
        if bound.body is not None
        else "",
        "markdown": lambda text: _markdown(page, text, text.line, depth),
        "style": look.style,
        "styled": look.style.styled,
        "mark": look.style.mark,
        "uid": page.new_id,
        "profile": page.profile,
        "headings": page.headings,
        "language": page.language,
        PHRASES: page.phrases,
    }
    try:
        html = kind.template.render(values)
    # Templates run their author's expressions, which may raise anything.
    except Exception as error:
        path, line = failing_line(error, str(kind.folder))
        where = shown(Path(path)) if path else shown(kind.folder / "template.html")
        raise ContentError(
            [Problem(where, line, f"the template failed: {error}", code="bad-template")]
        ) from error
    html = with_root_variables(html, page.theme)
    page.sheets[kind.name] = look.sheet
    page.size[0] += len(html)
    return _sealed(page, html, call.line)


def _sealed(page: PostRendering, html: str, line: int) -> str:
    """Return a widget's HTML on one line, with links and images, in the form that sites keep."""
    parts = line_parts(html)
    joined = one_line(html) if parts is None else "".join(parts)
    finished = page.isolated(page.pieces.marked(_finish(page, joined, line)))
    return escape_stable(finished, parts if finished is joined else None)


def _markdown(page: PostRendering, text: str, line: int, depth: int) -> Markup:
    """Render Markdown inside a widget, which may contain further calls."""
    prefix = page.new_id() + "-"
    blocks = markdown.parse_markdown(text, line=line, path=page.place, prefix=prefix, nested=True)
    # our own rendering
    return Markup(" ".join(join_block(page, block, depth + 1) for block in blocks))  # noqa: S704
