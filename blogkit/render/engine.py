"""Render posts: join blocks, render widget calls, and insert quiz links and local images."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from blogkit.content import html, load, markdown
from blogkit.content.post import Block, Call, Post
from blogkit.errors import ContentError, Problem
from blogkit.paths import shown
from blogkit.render import quiz
from blogkit.render.assets import Assets, is_local
from blogkit.render.bind import Bound, bind
from blogkit.render.direction import is_right_to_left
from blogkit.render.document import Document, Fragment
from blogkit.render.fields import Context
from blogkit.render.headings import Heading, headings
from blogkit.render.registry import Kind, Registry
from blogkit.render.template import failing_line, one_line
from blogkit.render.theme import Theme
from blogkit.survival.encode import seal
from blogkit.survival.profile import Profile

__all__ = ["Theme", "render"]

_DEEPEST = 20
_OPEN_HINT = "set quiz: in the front matter or use --quiz-url; with --allow-open, readers see: coming soon"


def render(
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
) -> Document:
    """Render a post for one site's profile.

    quiz_url: what `quiz.resolve` chose, an address or the name of an open promise ("" = the post's own `quiz:`);
    allow_open: show open placeholders as coming soon; root: the workspace; language: of the blog, for posts that name none.
    Raises `ContentError` with all problems of the post.
    """
    rendering = _Rendering(post, registry, profile, root, theme or Theme(), language)
    run = rendering.run_as_it_is if post.remote_id else rendering.run
    return run(quiz_url.strip() or post.quiz, allow_open, allow_http)


class _Rendering:
    """The state of rendering one post: problems, and the ids, assets and widgets in use."""

    def __init__(self, post: Post, registry: Registry, profile: Profile, root: Path, theme: Theme, language: str) -> None:
        self.post, self.registry, self.profile, self.theme = post, registry, profile, theme
        self.root = root.resolve()
        self.language = post.language or language or "en"
        self.right_to_left = is_right_to_left(post.language or language, post.title)
        path = post.path.resolve()
        self.place = shown(path.relative_to(self.root) if path.is_relative_to(self.root) else post.path)
        self.assets = Assets(self.root, path, self.place)
        self.problems: list[Problem] = []
        self.sheets: dict[str, str] = {}
        self.headings: tuple[Heading, ...] = ()
        self.waiting = False
        self.url, self.allow_open, self.allow_http = "", False, False
        self._files: set[Path] = set()
        self._lines: list[str] = []
        self._ids = 0

    def run(self, chosen: str, allow_open: bool, allow_http: bool) -> Document:
        self.allow_open, self.allow_http = allow_open, allow_http
        self._take_quiz(chosen)
        source, places = quiz.stand_in(self.post.body)
        self._lines = source.split("\n")
        self._check_placeholders(places)
        try:
            blocks = load.blocks(replace(self.post, body=source, parsed=None) if places else self.post)
        except ContentError as error:
            self.problems += [replace(problem, path=self.place) for problem in error.problems]
            blocks = ()
        self.headings = headings(blocks)
        fragments = tuple(fragment for fragment in map(self._fragment, blocks) if fragment.html)
        featured = None
        if self.post.image and is_local(self.post.image):
            featured = self.assets.find(self.post.image, self.post.image_alt, self.post.lines.get("image", 0))
        self.problems += self.assets.problems
        if self.problems:
            raise ContentError(list(dict.fromkeys(self.problems)))
        return Document(
            key=self.post.key,
            fragments=fragments,
            assets=tuple(self.assets.found.values()),
            featured=featured,
            featured_url="" if is_local(self.post.image) else self.post.image,
            sheet="".join(self.sheets[name] for name in sorted(self.sheets)) if self.profile.style_sheet else "",
            open_promises=(chosen or self.post.key,) if self.waiting else (),
            files=tuple(sorted(self._files | self.assets.looked_for)),
        )

    def run_as_it_is(self, chosen: str, allow_open: bool, allow_http: bool) -> Document:
        """Render an adopted post: its HTML is kept byte for byte, except for widget calls."""
        self.allow_open, self.allow_http = allow_open, allow_http
        self._take_quiz(chosen)
        source = self.post.exact
        self._lines = source.split("\n")
        pieces: list[str] = []
        try:
            parts = html.parts(source, line=self.post.body_line, path=self.place)
            pieces += (self._call(part, 0) if isinstance(part, Call) else self._filled(part) for part in parts)
        except ContentError as error:
            self.problems += error.problems
        if self.problems:
            raise ContentError(list(dict.fromkeys(self.problems)))
        image = "" if is_local(self.post.image) else self.post.image
        whole = Fragment("html", "".join(pieces), self.post.body_line)
        return Document(key=self.post.key, fragments=(whole,), featured_url=image, files=tuple(sorted(self._files)))

    def _filled(self, source: str) -> str:
        """Fill the placeholders in adopted HTML."""
        return quiz.fill(quiz.stand_in(source)[0], self.url) if self.url else source

    def _take_quiz(self, chosen: str) -> None:
        if not chosen or quiz.is_name(chosen) or quiz.PLACEHOLDER.search(chosen):
            return
        wrong = quiz.objection(chosen, allow_http=self.allow_http)
        if wrong:
            line = self.post.lines.get("quiz", 0) if chosen == self.post.quiz else 0
            message = f'the mock test\'s address "{chosen}" {wrong}'
            here = "set quiz: to an address (https://…), or to a name if you don't have the address yet"
            hint = here if line else "check --quiz-url, or quiz_url in blogkit.toml"
            self._add(line, message, hint, "bad-quiz-url")
        self.url = quiz.canonical(chosen) if not wrong else quiz.TOKEN  # one problem is enough: the placeholders are not open as well

    def _check_placeholders(self, places: list[int]) -> None:
        for name in ("title", "excerpt", "slug", "image", "image_alt"):
            if quiz.PLACEHOLDER.search(getattr(self.post, name)):
                message = f"{name}: contains a placeholder, but placeholders work only in the body"
                self._add(self.post.lines.get(name, 0), message, "remove the placeholder", "open-placeholder")
        if self.url or not places:
            return
        self.waiting = True
        if not self.allow_open:
            for line in places:
                self._add(self.post.body_line + line, "this mock-test placeholder has no address yet", _OPEN_HINT, "open-placeholder")

    def _fragment(self, block: Block) -> Fragment:
        html = self._join(block, depth=0)
        anchor = quiz.without_token(block.anchor)
        if anchor != block.anchor:
            html = html.replace(f'id="{block.anchor}"', f'id="{anchor}"')
        calls = [part for part in block.parts if isinstance(part, Call)]
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
        )

    def _join(self, block: Block, depth: int) -> str:
        return "".join(self._call(part, depth) if isinstance(part, Call) else self._finish(part, block.line) for part in block.parts)

    def _finish(self, html: str, line: int) -> str:
        """Insert quiz links and asset placeholders into HTML that begins on a line of the file."""
        html = quiz.fill(html, self.url) if self.url else quiz.postpone(html)
        return self.assets.localise(html, lambda address: self._line_of(address, line))

    def _line_of(self, words: str, start: int) -> int:
        """Return the first line from `start` on that contains this text."""
        offset = max(start - self.post.body_line, 0)
        return next((n for n, text in enumerate(self._lines[offset:], start) if words in text), start)

    def _call(self, call: Call, depth: int) -> str:
        if call.name not in self.registry:
            self._add(call.line, f'no widget is named "{call.name}"', self.registry.suggest(call.name), "unknown-widget")
            return ""
        if depth >= _DEEPEST:
            self._add(call.line, f"widgets are nested deeper than {_DEEPEST}", "remove one level", "too-deep")
            return ""
        try:
            kind = self.registry[call.name]
            context = Context(self.root, self.allow_http, self.headings, files=self._files)
            bound = bind(call, kind, path=self.place, context=context, quiz_known=bool(self.url))
            return self._widget(call, kind, bound, depth)
        except ContentError as error:
            self.problems += error.problems
            return ""

    def _widget(self, call: Call, kind: Kind, bound: Bound, depth: int) -> str:
        if bound.waits:
            self.waiting = True
            if not self.allow_open:
                self._add(call.line, f"this {call.name} has no address yet", f"add url: to it, or {_OPEN_HINT}", "open-placeholder")
        values: dict[str, object] = {name: getattr(bound.model, name) for name in type(bound.model).model_fields}
        look = self.registry.look(kind, self.profile, self.theme, self.right_to_left)
        values |= look.constants
        values |= {
            "widget": bound.model,
            "body": self._markdown(bound.body, bound.body_line, depth) if bound.body is not None else "",
            "markdown": lambda text: self._markdown(text, text.line, depth),
            "style": look.style,
            "uid": self._uid,
            "profile": self.profile,
            "headings": self.headings,
            "language": self.language,
        }
        try:
            html = kind.template.render(values)
        except Exception as error:
            path, line = failing_line(error, str(kind.folder))
            where = shown(Path(path)) if path else shown(kind.folder / "template.html")
            raise ContentError([Problem(where, line, f"the template failed: {error}", code="bad-template")]) from error
        self.sheets[kind.name] = look.sheet
        return seal(self._finish(one_line(html), call.line))

    def _markdown(self, text: str, line: int, depth: int) -> Markup:
        """Render Markdown inside a widget, which may contain further calls."""
        blocks = markdown.parse(text, line=line, path=self.place, prefix=self._uid() + "-")
        return Markup(" ".join(self._join(block, depth + 1) for block in blocks))  # noqa: S704  # our own rendering

    def _uid(self) -> str:
        """Return a page-unique element id."""
        self._ids += 1
        return f"bk-{hashlib.sha256(self.post.key.encode()).hexdigest()[:4]}-{self._ids}"

    def _add(self, line: int, message: str, hint: str, code: str) -> None:
        self.problems.append(Problem(self.place, line, message, hint, code))
