"""Render posts: join blocks, render widget calls, and insert quiz links and local images."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from itertools import count
from pathlib import Path

from markupsafe import Markup

from blogkit.errors import ContentError, Problem
from blogkit.paths import shown
from blogkit.posts import html_posts, loader, markdown
from blogkit.posts.footnotes import BACK_LABEL
from blogkit.posts.post import Block, Post, WidgetCall
from blogkit.render import quiz
from blogkit.render.assets import Assets, is_local
from blogkit.render.document import Document, Fragment
from blogkit.render.encode import escape_stable
from blogkit.render.escape_code import escape_code
from blogkit.render.formats.bidi import is_right_to_left
from blogkit.render.headings import Heading, headings
from blogkit.render.phrases.lookup import Phrases, Words, phrases_for
from blogkit.render.widgets.bind import BoundCall, bind
from blogkit.render.widgets.fields import Context
from blogkit.render.widgets.registry import Registry, WidgetType
from blogkit.render.widgets.templates import PHRASES, failing_line, one_line
from blogkit.render.widgets.theme import Theme
from blogkit.sanitizers.profiles import Profile

__all__ = ["Theme", "render_post"]

# Python's recursion limit would stop it later, and without naming a line.
_DEEPEST = 20
_MOST_OUTPUT = 5_000_000
"""Characters of HTML that widgets may make of one post: each `toc` lists every heading."""
_IMAGE_TEXTS = ("image_caption", "image_title")


def render_post(
    post: Post,
    *,
    registry: Registry,
    profile: Profile,
    quiz_url: str = "",
    allow_open: bool = False,
    allow_http: bool = False,
    root: Path,
    theme: Theme | None = None,
    language: str = "",
    words: Mapping[str, Words] | None = None,
) -> Document:
    """Render a post for one site's profile.

    Args:
        post: The post's file, read.
        registry: The widgets that it may call.
        profile: What the site keeps of HTML.
        quiz_url: What `quiz.resolve_quiz` chose, an address or the name of a pending link; "" for
            the post's own `quiz:`.
        allow_open: Show pending links as "coming soon" instead of refusing them.
        allow_http: Accept quiz links and images that are not encrypted.
        root: The blog's folder.
        theme: The colours and sizes of widgets; None for the default.
        language: The blog's, for posts that name none.
        words: The blog's own words for those that widgets print, by language.

    Returns:
        The body in pieces, and the files that it needs.

    Raises:
        ContentError: All problems of the post, with their lines.
    """
    root, path = root.resolve(), post.path.resolve()
    place = shown(path.relative_to(root) if path.is_relative_to(root) else post.path)
    spoken = post.language or language or "en"
    page = _Page(
        post=post,
        registry=registry,
        profile=profile,
        theme=theme or Theme(),
        root=root,
        place=place,
        assets=Assets(root, path, place),
        language=spoken,
        phrases=phrases_for(spoken, words or {}),
        right_to_left=is_right_to_left(post.language or language, post.title),
        allow_open=allow_open,
        allow_http=allow_http,
    )
    chosen = quiz_url.strip() or post.quiz
    page = replace(page, url=_quiz_address(page, chosen), link=chosen)
    return _as_it_is(page) if post.remote_id else _composed(page, chosen)


@dataclass(frozen=True)
class _Page:
    """The fixed values of rendering one post, and what rendering collects.

    Attributes:
        root: The blog's folder.
        place: The post's path in it, for messages.
        url: The mock test's address; "" while it is pending.
        link: What the post or the site has for it: an address, the name of a pending link, or "".
        lines: Of the body, to find the line of an image.
        headings: Of the post, for widgets that list them.
        problems: Collected problems.
        sheets: Collected enhancements, by widget.
        files: Collected files that widgets read.
        waiting: Collected lines without an address.
        size: The length of the widgets' HTML so far.
        ids: Counts the widgets' ids.
    """

    post: Post
    registry: Registry
    profile: Profile
    theme: Theme
    root: Path
    place: str
    assets: Assets
    language: str
    phrases: Phrases
    right_to_left: bool
    allow_open: bool
    allow_http: bool
    url: str = ""
    link: str = ""
    lines: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    sheets: dict[str, str] = field(default_factory=dict)
    files: set[Path] = field(default_factory=set)
    waiting: list[int] = field(default_factory=list)
    size: list[int] = field(default_factory=lambda: [0])
    ids: Iterator[int] = field(default_factory=lambda: count(1))


def _composed(page: _Page, chosen: str) -> Document:
    """Render a post whose HTML is all from its file."""
    post = page.post
    source, places = quiz.with_token(post.body)
    _check_placeholders(page, places)
    blocks = _blocks(page, replace(post, body=source, parsed=None) if places else post)
    page = replace(page, lines=tuple(source.split("\n")), headings=headings(blocks))
    fragments = tuple(fragment for block in blocks if (fragment := _fragment(page, block)).html)
    featured = None
    if post.image and is_local(post.image):
        featured = page.assets.find(post.image, post.image_alt, post.lines.get("image", 0))
        if featured:  # the body may show the same file with another text
            caption, title = (str(post.settings.get(name, "")) for name in _IMAGE_TEXTS)
            featured = replace(featured, alt=post.image_alt, caption=caption, title=title)
    page.problems.extend(page.assets.problems)
    _refuse_problems(page)
    return Document(
        key=post.key,
        fragments=fragments,
        assets=tuple(page.assets.found.values()),
        featured=featured,
        featured_url="" if is_local(post.image) else post.image,
        # By name: the order of the calls must not change the bytes.
        sheet="".join(page.sheets[name] for name in sorted(page.sheets))
        if page.profile.style_sheet
        else "",
        pending_quiz_links=(chosen or post.key,) if page.waiting else (),
        files=tuple(sorted(page.files | page.assets.looked_for)),
    )


def _blocks(page: _Page, post: Post) -> tuple[Block, ...]:
    try:
        return loader.parse_blocks(post)
    except ContentError as error:
        page.problems.extend(replace(problem, path=page.place) for problem in error.problems)
        return ()


def _as_it_is(page: _Page) -> Document:
    """Render an adopted post: its HTML is kept byte for byte, except for widget calls."""
    post = page.post
    page = replace(page, lines=tuple(post.exact.split("\n")))
    pieces: list[str] = []
    try:
        parts = html_posts.parts(post.exact, line=post.body_line, path=page.place)
        pieces += (
            _call(page, part, 0) if isinstance(part, WidgetCall) else _filled(page, part)
            for part in parts
        )
    except ContentError as error:
        page.problems.extend(error.problems)
    _refuse_problems(page)
    image = "" if is_local(post.image) else post.image
    whole = Fragment("html", "".join(pieces), post.body_line)
    return Document(
        key=post.key, fragments=(whole,), featured_url=image, files=tuple(sorted(page.files))
    )


def _refuse_problems(page: _Page) -> None:
    if page.problems:
        # A data file that two calls name has its problems twice.
        raise ContentError(list(dict.fromkeys(page.problems)))


def _filled(page: _Page, source: str) -> str:
    """Fill the placeholders in adopted HTML."""
    return quiz.fill(quiz.with_token(source)[0], page.url) if page.url else source


def _quiz_address(page: _Page, chosen: str) -> str:
    """Return the mock test's address, "" while it is open."""
    if not chosen or quiz.is_quiz_name(chosen) or quiz.QUIZ_PLACEHOLDER.search(chosen):
        return ""
    wrong = quiz.objection(chosen, allow_http=page.allow_http)
    if not wrong:
        return quiz.canonical(chosen)
    line = page.post.lines.get("quiz", 0) if chosen == page.post.quiz else 0
    message = f'the mock test\'s address "{chosen}" {wrong}'
    here = "set quiz: to an address (https://…), or to a name if you don't have the address yet"
    hint = here if line else "check --quiz-url, links.toml, and quiz_url in blogkit.toml"
    _complain(page, line, message, hint, "bad-quiz-url")
    return quiz.QUIZ_TOKEN  # one problem is enough: the placeholders are not open as well


def _check_placeholders(page: _Page, places: list[int]) -> None:
    for name in ("title", "excerpt", "slug", "image", "image_alt"):
        if quiz.QUIZ_PLACEHOLDER.search(getattr(page.post, name)):
            message = f"{name}: contains a placeholder, but placeholders work only in the body"
            _complain(
                page,
                page.post.lines.get(name, 0),
                message,
                "remove the placeholder",
                "open-placeholder",
            )
    if page.url or not places:
        return
    page.waiting.extend(page.post.body_line + line for line in places)
    if not page.allow_open:
        for line in page.waiting:
            _complain(
                page,
                line,
                "this mock-test placeholder has no address yet",
                quiz.open_hint(page.link),
                "open-placeholder",
            )


def _fragment(page: _Page, block: Block) -> Fragment:
    html = _join(page, block, depth=0)
    anchor = quiz.without_token(block.anchor)
    if anchor != block.anchor:
        html = html.replace(f'id="{block.anchor}"', f'id="{anchor}"')
    if block.kind == "footnotes":
        label = escape(page.phrases(BACK_LABEL))
        html = html.replace(f'aria-label="{BACK_LABEL} ', f'aria-label="{label} ')
    if page.profile.ascii_only:
        html = escape_code(html)
    calls = [part for part in block.parts if isinstance(part, WidgetCall)]
    alone = block.kind == "widget" and len(calls) == 1
    return Fragment(
        kind=block.kind,
        html=html,
        line=block.line,
        level=block.level,
        language=block.language,
        anchor=anchor,
        widget=calls[0].name if alone else "",
        mixed=bool(calls) and not alone,
        last=block.last,
    )


def _join(page: _Page, block: Block, depth: int) -> str:
    return "".join(
        _call(page, part, depth)
        if isinstance(part, WidgetCall)
        else _finish(page, part, block.line)
        for part in block.parts
    )


def _finish(page: _Page, html: str, line: int) -> str:
    """Insert quiz links and asset placeholders into HTML that begins on a line of the file."""
    html = (
        quiz.fill(html, page.url)
        if page.url
        else quiz.postpone(html, page.phrases(quiz.COMING_SOON))
    )
    return page.assets.localise(html, lambda address: _line_of(page, address, line))


def _line_of(page: _Page, words: str, start: int) -> int:
    """Return the first line from `start` on that contains this text."""
    offset = max(start - page.post.body_line, 0)
    return next((n for n, text in enumerate(page.lines[offset:], start) if words in text), start)


def _call(page: _Page, call: WidgetCall, depth: int) -> str:
    if call.name not in page.registry:
        _complain(
            page,
            call.line,
            page.registry.why_missing(call.name),
            page.registry.suggest(call.name),
            "untrusted-widget" if call.name in page.registry.left_out else "unknown-widget",
        )
        return ""
    if depth >= _DEEPEST:
        _complain(
            page,
            call.line,
            f"widgets are nested deeper than {_DEEPEST}",
            "remove one level",
            "too-deep",
        )
        return ""
    if page.size[0] > _MOST_OUTPUT:
        message = f"the post's widgets make more than {_MOST_OUTPUT / 1e6:.0f} MB of HTML"
        _complain(page, call.line, message, "split the post", "too-complex")
        return ""
    try:
        kind = page.registry[call.name]
        context = Context(page.root, page.allow_http, page.headings, page.phrases, files=page.files)
        bound = bind(call, kind, path=page.place, context=context, quiz_known=bool(page.url))
        return _widget(page, call, kind, bound, depth)
    except ContentError as error:
        page.problems.extend(error.problems)
        return ""


def _widget(page: _Page, call: WidgetCall, kind: WidgetType, bound: BoundCall, depth: int) -> str:
    if bound.waits:
        page.waiting.append(call.line)
        if not page.allow_open:
            _complain(
                page,
                call.line,
                f"this {call.name} has no address yet",
                f"add url: to it, or {quiz.open_hint(page.link)}",
                "open-placeholder",
            )
    # `model_dump` would turn nested models into mappings, and texts with Markdown into plain ones.
    values: dict[str, object] = {
        name: getattr(bound.model, name) for name in type(bound.model).model_fields
    }
    look = page.registry.look(kind, page.profile, page.theme, page.right_to_left)
    values |= look.constants
    values |= {
        "widget": bound.model,
        "body": _markdown(page, bound.body, bound.body_line, depth)
        if bound.body is not None
        else "",
        "markdown": lambda text: _markdown(page, text, text.line, depth),
        "style": look.style,
        "uid": partial(_uid, page),
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
    page.sheets[kind.name] = look.sheet
    page.size[0] += len(html)
    return escape_stable(_finish(page, one_line(html), call.line))


def _markdown(page: _Page, text: str, line: int, depth: int) -> Markup:
    """Render Markdown inside a widget, which may contain further calls."""
    blocks = markdown.parse_markdown(text, line=line, path=page.place, prefix=_uid(page) + "-")
    # our own rendering
    return Markup(" ".join(_join(page, block, depth + 1) for block in blocks))  # noqa: S704


def _uid(page: _Page) -> str:
    """Return a page-unique element id."""
    return f"{id_prefix(page.post.key)}{next(page.ids)}"


def id_prefix(key: str) -> str:
    """Return what the ids of a post's elements begin with.

    On an index page, several posts share one document, where an id must be unique
    (https://html.spec.whatwg.org/multipage/dom.html#the-id-attribute).

    Args:
        key: The post's key.
    """
    return f"bk-{hashlib.sha256(key.encode()).hexdigest()[:4]}-"


def _complain(page: _Page, line: int, message: str, hint: str, code: str) -> None:
    page.problems.append(Problem(page.place, line, message, hint, code))
