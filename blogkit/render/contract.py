"""Check a widget's folder: complete, accepted, and with output that follows the rules for any text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from blogkit.content.load import blocks
from blogkit.content.post import Block, Call
from blogkit.errors import ContentError, Problem
from blogkit.paths import shown
from blogkit.render import engine, hostile, rules
from blogkit.render.bind import bind
from blogkit.render.calls import content, fenced, flow, lone_post, plain
from blogkit.render.document import Document
from blogkit.render.fields import Context, Fields
from blogkit.render.forms import written
from blogkit.render.headings import headings
from blogkit.render.names import is_cut
from blogkit.render.registry import Kind, Registry
from blogkit.survival.profile import BLOGGER, EMAIL, FEED, MARKDOWN, PROFILES, STRICT, TEXT, Profile

FORMS = {"strict": STRICT, "full": BLOGGER, "feed": FEED}
"""The profiles whose HTML is in `expected/`, by file name."""

_WRITTEN = {"email.html": EMAIL, "text.txt": TEXT, "markdown.md": MARKDOWN}
"""The formats derived from that HTML, by file name."""

_KEY = "example"
_WORD_JOINER = "\u2060"
"""Invisible characters that keep a site from rewriting words in attributes."""
_TOKEN = "q7wz"  # noqa: S105  # a word that no template has
_OF_STYLE = frozenset(
    {"styles-survive", "text-can-be-read", "sides-are-logical", "classes-live", "sides-follow-the-writing", "sheet-is-safe"}
)
"""Rules that are broken in style.css; the others are broken in template.html."""


@dataclass(frozen=True)
class Examined:
    """problems: what breaks the contract; sizes: bytes of the example in each form."""

    problems: tuple[Problem, ...]
    sizes: dict[str, int] = field(default_factory=dict)


def expected(folder: Path, registry: Registry, root: Path) -> dict[Path, str]:
    """Return the expected files of a widget's `expected/`.

    Raises `ContentError` if its example cannot be rendered.
    """
    example = (folder / "example.md").read_text(encoding="utf-8")
    documents = {form: _draw(folder, example, profile, registry, root) for form, profile in FORMS.items()}
    texts = {f"{form}.html": document.html for form, document in documents.items()} | {"full.css": documents["full"].sheet}
    for name, profile in _WRITTEN.items():
        texts[name] = written(_draw(folder, example, profile, registry, root), profile)
    return {folder / "expected" / name: text.rstrip("\n") + "\n" for name, text in texts.items()}


def accept(folder: Path, registry: Registry, root: Path) -> list[Path]:
    """Write a widget's rendered example to its `expected/`. Return the changed files."""
    changed = []
    for path, text in expected(folder, registry, root).items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        changed.append(path)
    return changed


def examine(folder: Path, registry: Registry, root: Path) -> Examined:
    """Check a widget's folder. registry: finds this folder and the widgets of its example; root: the blog's folder.

    Raises `ContentError` for a widget that cannot be loaded, or whose example cannot be rendered.
    """
    kind = registry[folder.name]
    examination = _Examination(kind, registry, root)
    examination.run()
    return Examined(tuple(sorted(set(examination.problems))), examination.sizes)


def _draw(folder: Path, body: str, profile: Profile, registry: Registry, root: Path, language: str = "en", **options: Any) -> Document:
    post = lone_post(body, path=folder / "example.md", key=_KEY, language=language)
    return engine.render(post, registry=registry, profile=profile, root=root, **options)


class _Examination:
    """The check of one widget.

    Each message is reported once, with the first place where it applies.
    """

    def __init__(self, kind: Kind, registry: Registry, root: Path) -> None:
        self.kind, self.registry, self.root = kind, registry, root
        self.problems: list[Problem] = []
        self.sizes: dict[str, int] = {}
        self._said: set[tuple[str, str]] = set()

    def run(self) -> None:
        self._check_words()
        self._check_classes()
        first, *others = self._render(self.kind.example, STRICT).fragments
        if (first.kind, first.widget) != ("widget", self.kind.name) or any(block.kind != "heading" for block in others):
            message = f"the example must be one call of {self.kind.name}, followed only by headings"
            self._add("example.md", message, "remove the rest", "bad-example")
            return
        self._check_accepted()
        for where, body in self._bodies():
            self._hold(where, body)
        self._check_hostile()

    def _check_words(self) -> None:
        if not self.kind.purpose:
            self._add("widget.py", "the widget has no description", 'begin the file with a docstring: """What it is for."""', "no-purpose")

    def _check_classes(self) -> None:
        css = (self.kind.folder / "style.css").read_text(encoding="utf-8")
        for name in sorted({found for found in re.findall(r"\.bk-([\w-]+)", css) if is_cut(found)}):
            self._add("style.css", f'class "bk-{name}" is removed by reader modes or ad blockers', "choose another word", "classes-live")

    def _check_accepted(self) -> None:
        hint = f"check the output; if it is right, run: blogkit widget check {self.kind.name} --accept"
        wanted = expected(self.kind.folder, self.registry, self.root)
        for path, text in wanted.items():
            name = f"expected/{path.name}"
            if not path.is_file():
                self._add(name, "is missing: no output was accepted yet", hint, "not-accepted")
            elif path.read_text(encoding="utf-8") != text:
                self._add(name, "the example now renders differently", hint, "not-accepted")
        for path in sorted((self.kind.folder / "expected").glob("*")):
            if path not in wanted:
                self._add(f"expected/{path.name}", "is not an output of the example", "delete it", "stray-file")

    def _bodies(self) -> Iterator[tuple[str, str]]:
        """Return the example, and variants without each optional field and with a single item."""
        yield "", self.kind.example
        for where, data in _lesser(self._data):
            body = self._body(data)
            if self._can(body):
                yield where, body

    def _hold(self, where: str, body: str) -> None:
        """Check one body against every rule."""
        forms = {}
        for name, profile in PROFILES.items():
            document = self._alone(body, profile)
            self._say(where or name, rules.broken(rules.EVERYWHERE, document.html))
            self._say(where or name, [("sheet-is-safe", words) for words in rules.sheet_is_safe(document, wanted=profile.style_sheet)])
            if profile.anchors or document.fragments:
                forms[name] = document.html
        left, right = (self._alone(body, STRICT, language).html for language in ("en", "ar"))
        twice = self._render(body + "\n" + body, STRICT).html
        self._say(where or "right to left", rules.broken(rules.EVERYWHERE, right))
        for html in (left, right):
            self._say(where or "strict", rules.broken([rules.wordpress_keeps_it], html))
        self._say(where or "strict", [("sides-follow-the-writing", words) for words in rules.sides_follow_the_writing(left, right)])
        self._say(where or "twice in a post", rules.broken([rules.ids_are_met], twice))
        self._say(where or "all", [("profiles-agree", words) for words in rules.profiles_agree(forms)])
        self._say(where or "feed", rules.broken([rules.no_words_are_glued], self._alone(body, FEED).html))
        if not where:
            self.sizes = {name: len(self._alone(body, profile).html.encode()) for name, profile in FORMS.items()}

    def _check_hostile(self) -> None:
        """Check that hostile text in any field runs nothing, survives, and is shown as written."""
        spots = self._spots()
        for words in hostile.WORDS if spots else ():
            where = f"with {words!a} in its fields"
            for markdown in (False, True):  # exactly these words; and whatever they are as Markdown
                body = self._filled(spots, words, markdown)
                if not self._can(body):
                    continue
                for profile in (STRICT, BLOGGER):
                    html = self._alone(body, profile).html
                    self._say(where, rules.broken([rules.runs_nothing, rules.is_one_line], html))
                    if not markdown and _read(html).count(hostile.seen(words).strip()) < len(spots):
                        self._say(where, [("words-read-back", "the text shown differs from the text written; let Jinja escape it")])
                self._say(where, rules.broken([rules.wordpress_keeps_it], self._alone(body, STRICT).html))

    def _filled(self, spots: Sequence[hostile.Spot], words: str, markdown: bool) -> str:
        """Return the example with this text in all of these places."""
        data: Any = self._data
        for trail, inline in spots:
            data = hostile.put(data, trail, hostile.literally(words) if inline and not markdown else words)
        return self._body(data)

    def _spots(self) -> list[hostile.Spot]:
        """Return the example's text fields that take and show any text."""
        found = []
        for trail, inline in hostile.places(self._model):
            body = self._body(hostile.put(self._data, trail, _TOKEN))
            if self._can(body) and _TOKEN in _read(self._alone(body, STRICT).html).lower():
                found.append((trail, inline))
        return found

    @cached_property
    def _blocks(self) -> tuple[Block, ...]:
        return blocks(lone_post(self.kind.example, path=self.kind.folder / "example.md", key=_KEY))

    @cached_property
    def _call(self) -> Call:
        return next(part for block in self._blocks for part in block.parts if isinstance(part, Call))

    @cached_property
    def _model(self) -> Fields:
        context = Context(self.root, headings=headings(self._blocks))
        return bind(self._call, self.kind, path=shown(self.kind.folder / "example.md"), context=context, quiz_known=True).model

    @cached_property
    def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = plain(self._model)
        return data

    def _body(self, data: dict[str, Any]) -> str:
        """Return a call with these fields, and the rest of the example."""
        below = self.kind.example.split("\n")[self._call.text_line + self._call.text.count("\n") + 1 :]
        return "\n".join([fenced(self.kind.name, content(self.kind.model, flow(data))[0]), *below])

    def _can(self, body: str) -> bool:
        """Return whether the model takes these fields.

        A template that fails on valid fields is a problem.
        """
        try:
            self._render(body, STRICT)
        except ContentError as error:
            self.problems += [problem for problem in error.problems if problem.code == "bad-template"]
            return False
        return True

    def _render(self, body: str, profile: Profile, language: str = "en") -> Document:
        return _draw(self.kind.folder, body, profile, self.registry, self.root, language, allow_open=True)

    def _alone(self, body: str, profile: Profile, language: str = "en") -> Document:
        """Return the widget without the headings after it."""
        document = self._render(body, profile, language)
        return replace(document, fragments=tuple(fragment for fragment in document.fragments if fragment.widget))

    def _say(self, where: str, found: list[tuple[str, str]]) -> None:
        for code, sentence in found:
            if (code, sentence) not in self._said:
                self._said.add((code, sentence))
                self._add("style.css" if code in _OF_STYLE else "template.html", f"{sentence} ({where})", "", code)

    def _add(self, name: str, message: str, hint: str, code: str) -> None:
        self.problems.append(Problem(shown(self.kind.folder / name), 0, message, hint, code))


def _lesser(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, value in data.items():
        yield f"without {name}:", {other: item for other, item in data.items() if other != name}
        if isinstance(value, list) and len(value) > 1:
            yield f"with one of {name}:", {**data, name: value[:1]}


def _read(html: str) -> str:
    """Return the text of HTML, including text in attributes."""
    soup = BeautifulSoup(html, "html.parser")
    said = [str(tag[name]) for tag in soup.find_all(True) for name in ("alt", "title", "aria-label") if tag.has_attr(name)]
    return "\n".join([hostile.seen(soup.get_text()), *map(hostile.seen, said)]).replace(_WORD_JOINER, "")
