"""Verify a widget call: render it and compare it word by word with the original."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from blogkit.errors import ContentError, Problem
from blogkit.importers.html.shapes import WidgetMatch
from blogkit.importers.html.words import WordReader, read_words, words_of
from blogkit.lint.mojibake import repair
from blogkit.render import renderer
from blogkit.render.call_writer import fenced, flow, lone_post
from blogkit.render.looks.theme import Theme
from blogkit.render.urls import canonical
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.sanitizers.profiles import STRICT

# JSON may hold them escaped; YAML forbids them as they are: https://yaml.org/spec/1.2.2/#51-character-set
_ONLY_YAML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_PLAIN_TITLE = re.compile(r"[^\\`&<>{}\[\]*_~#\"'\s](?:[^\\`&<>{}\[\]*_~]*[^\\`&<>{}\[\]*_~#\s])?")
# A domain that cannot be registered: https://www.rfc-editor.org/rfc/rfc2606#section-2
_EXAMPLE = "https://quiz.example/"
_DATES_STAY = "zxx"
"""No language (https://www.rfc-editor.org/rfc/rfc5646#section-4.1), which has no words for dates:
they stay as the original has them.
"""
_WITH_DATES = frozenset({"timeline", "table"})
_WITH_ICONS = Theme(own_marks=(("icons", True),))
"""A look that shows every emoji. The blog's own may hide them."""
_COUNT = re.compile(r"Q\d{1,3}|Q?\d{1,3}[.)]")
_MOVED = "the widget would change or move some of its text"


def yaml(value: Any) -> str:
    """Return a value as YAML on one line.

    It is quoted so that any text survives, also in an HTML comment.
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {yaml(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(yaml(item) for item in value) + "]"
    text = _ONLY_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", flow(value))
    # In an .html post the call is a comment, which ends at the first `-->` whatever the YAML around
    # it.
    return re.sub("--(!?)>", r"--\1\\u003e", text).replace("<!--", "\\u003c!--")


def call_text(found: WidgetMatch) -> tuple[str, str]:
    """Return a call's title and its content, with one field or item per line.

    The title is "" if it cannot follow the name; then it is a field of the content.
    """
    plain = _PLAIN_TITLE.fullmatch(found.title) and "--" not in found.title
    lines = (
        []
        if plain or not found.title
        else [f"{'caption' if found.name == 'table' else 'title'}: {yaml(found.title)}"]
    )
    for name, value in found.fields.items():
        if isinstance(value, list) and (name != "columns" and name != "categories"):
            lines += [f"{name}:", *(f"  - {yaml(item)}" for item in value)]
        else:
            lines.append(f"{name}: {yaml(value)}")
    return found.title if plain else "", "\n".join(lines)


_HINT = re.compile(r'<p aria-hidden="true"[^<]*</p>')
"""What is there for the form alone: the hint to swipe."""


class Prover:
    """Renders calls with one set of widgets."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def objection(self, found: WidgetMatch, original: str) -> str:
        """Return why the call differs from the original, or "".

        Args:
            found: The call.
            original: The HTML that it replaces, without removed parts.
        """
        try:
            html = self._rendered(found)
        except ContentError as error:
            return f"the widget rejects it: {error.problems[0].message}"
        return "" if self._same(found, original, html) else _MOVED

    def objection_to_words(self, found: WidgetMatch, words: Sequence[str]) -> str:
        """Return why a call lacks some of these words, or has them in another order; or "".

        Args:
            found: The call.
            words: The words of what it replaces, without those that the widget writes itself.
        """
        try:
            html = self._rendered(found)
        except ContentError as error:
            return f"the widget rejects it: {error.problems[0].message}"
        shown = iter(read_words(html).words)
        return "" if all(word in shown for word in words) else _MOVED

    def problems(self, markdown: str) -> tuple[Problem, ...]:
        """Return the problems of a widget call as it is written.

        Args:
            markdown: The call with its fences; it begins on line 1.
        """
        post = lone_post(markdown, path=Path("import.md"), key="import")
        try:
            renderer.render_post(
                post, registry=self.registry, profile=STRICT, quiz_url=_EXAMPLE, root=Path()
            )
        except ContentError as error:
            return error.problems
        return ()

    def _rendered(self, found: WidgetMatch) -> str:
        title, text = call_text(found)
        post = lone_post(fenced(found.name, text, title), path=Path("import.md"), key="import")
        address = found.quiz or _EXAMPLE
        html = renderer.render_post(
            post,
            registry=self.registry,
            profile=STRICT,
            quiz_url=address,
            root=Path(),
            theme=_WITH_ICONS,
            language=_DATES_STAY if found.name in _WITH_DATES else "en",
        ).html
        return _HINT.sub("", html)

    def _same(self, found: WidgetMatch, original: str, html: str) -> bool:
        # The page may show numbers as text, or let the browser count; a widget may do the other.
        counted = any(
            _agree(found, read_words(original, numbers=numbers), read_words(html, numbers=numbers))
            for numbers in (False, True)
        )
        return counted and self._same_links(found, read_words(original), read_words(html))

    def _same_links(self, found: WidgetMatch, ours: WordReader, theirs: WordReader) -> bool:
        if ours.shown or theirs.shown:
            return False
        own = found.name == "quiz-button"
        before = [canonical(link) for link in ours.links]
        after = [canonical(link) for link in theirs.links]
        if own:  # the button's own link is the post's, whatever the page had there
            after = [link for link in after if link != canonical(found.quiz or _EXAMPLE)]
            return all(link in before for link in after) and len(before) - len(after) <= 1
        return before == after


def _agree(found: WidgetMatch, ours: WordReader, theirs: WordReader) -> bool:
    before = words_of(repair(" ".join(ours.words)))
    after = theirs.words
    if found.name == "questions":  # it counts in its own way: Q1
        before, after = _uncounted(before), _uncounted(after)
    return before == after


def _uncounted(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if not _COUNT.fullmatch(word))


def registry_or_ours(registry: Registry | None) -> Registry:
    """Return the widgets to verify calls with; the built-in ones by default."""
    return registry or Registry([builtin_folder()])
