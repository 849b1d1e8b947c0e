"""Render posts: join blocks, render widget calls, and insert quiz links and local images."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from pathlib import Path

from blogkit.errors import ContentError
from blogkit.paths import shown
from blogkit.posts import loader
from blogkit.posts.footnotes import BACK_LABEL
from blogkit.posts.post import Block, Post, WidgetCall
from blogkit.render import quiz
from blogkit.render.assets import Assets, is_local
from blogkit.render.calls import join_block, render_call
from blogkit.render.document import Document, Fragment
from blogkit.render.escape_code import escape_code
from blogkit.render.formats.bidi import is_right_to_left
from blogkit.render.formats.pieces import PieceMarker, dominant_language
from blogkit.render.headings import headings
from blogkit.render.looks.theme import Theme, default_theme
from blogkit.render.phrases.lookup import Words, phrases_for
from blogkit.render.post_rendering import PostRendering
from blogkit.render.widgets.registry import Registry
from blogkit.sanitizers.profiles import Profile

__all__ = ["Theme", "render_post"]

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
    page = PostRendering(
        post=post,
        registry=registry,
        profile=profile,
        theme=theme or default_theme(),
        root=root,
        place=place,
        assets=Assets(root, path, place),
        language=spoken,
        phrases=phrases_for(spoken, words or {}),
        pieces=PieceMarker(_written_in(post, spoken), language or spoken),
        words=words or {},
        right_to_left=is_right_to_left(post.language or language, post.title),
        allow_open=allow_open,
        allow_http=allow_http,
    )
    chosen = quiz_url.strip() or post.quiz
    page.link, page.url = chosen, _quiz_address(page, chosen)
    return _as_it_is(page) if post.remote_id else _composed(page, chosen)


def _written_in(post: Post, spoken: str) -> str:
    """Return the language that pieces of a post differ from."""
    return spoken if post.language else dominant_language(post.body, spoken)


def _composed(page: PostRendering, chosen: str) -> Document:
    """Render a post whose HTML is all from its file."""
    post = page.post
    source, places = quiz.with_token(post.body)
    _check_placeholders(page, places)
    blocks = _blocks(page, replace(post, body=source, parsed=None) if places else post)
    page.source, page.headings = source, headings(blocks)
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


def _blocks(page: PostRendering, post: Post) -> tuple[Block, ...]:
    try:
        return loader.parse_blocks(post)
    except ContentError as error:
        page.problems.extend(replace(problem, path=page.place) for problem in error.problems)
        return ()


def _as_it_is(page: PostRendering) -> Document:
    """Render an adopted post: its HTML is kept byte for byte, except for widget calls."""
    post = page.post
    page.source = post.exact
    pieces: list[str] = []
    try:
        from blogkit.posts import html_posts

        parts = html_posts.parts(post.exact, line=post.body_line, path=page.place)
        pieces += (
            render_call(page, part, 0) if isinstance(part, WidgetCall) else _filled(page, part)
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


def _refuse_problems(page: PostRendering) -> None:
    if page.problems:
        # A data file that two calls name has its problems twice.
        raise ContentError(list(dict.fromkeys(page.problems)))


def _filled(page: PostRendering, source: str) -> str:
    """Fill the placeholders in adopted HTML."""
    return quiz.fill(quiz.with_token(source)[0], page.url) if page.url else source


def _quiz_address(page: PostRendering, chosen: str) -> str:
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
    page.complain(line, message, hint, "bad-quiz-url")
    return quiz.QUIZ_TOKEN  # one problem is enough: the placeholders are not open as well


def _check_placeholders(page: PostRendering, places: list[int]) -> None:
    for name in ("title", "excerpt", "slug", "image", "image_alt"):
        if quiz.QUIZ_PLACEHOLDER.search(getattr(page.post, name)):
            message = f"{name}: contains a placeholder, but placeholders work only in the body"
            page.complain(
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
            page.complain(
                line,
                "this mock-test placeholder has no address yet",
                quiz.open_hint(page.link),
                "open-placeholder",
            )


def _fragment(page: PostRendering, block: Block) -> Fragment:
    html = join_block(page, block, depth=0)
    anchor = quiz.without_token(block.anchor)
    if anchor != block.anchor:
        html = html.replace(f'id="{block.anchor}"', f'id="{anchor}"')
    if block.kind == "footnotes":
        label = escape(page.phrases(BACK_LABEL))
        html = html.replace(f'aria-label="{BACK_LABEL} ', f'aria-label="{label} ')
    if block.kind not in ("html", "widget", "code"):
        html = page.isolated(page.pieces.marked(html, in_prose=True))
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
