"""Check a widget's folder: complete, accepted, and following the rules for any text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.paths import shown
from blogkit.posts.loader import parse_blocks
from blogkit.posts.post import WidgetCall
from blogkit.render.call_writer import call_content, fenced, flow, lone_post, plain_data
from blogkit.render.document import Document
from blogkit.render.headings import headings
from blogkit.render.widgets.bind import bind
from blogkit.render.widgets.class_names import is_cut
from blogkit.render.widgets.fields import Context, Fields
from blogkit.render.widgets.registry import Registry, WidgetType
from blogkit.sanitizers.profiles import BLOGGER, FEED, PROFILES, STRICT, Profile
from blogkit.widget_tools import fuzz_strings, rules
from blogkit.widget_tools.expected_output import (
    CHECKED_PROFILES,
    EXAMPLE_KEY,
    expected,
    render_example,
)

_WORD_JOINER = "\u2060"
"""Invisible characters that keep a site from rewriting words in attributes."""
_TOKEN = "q7wz"  # a word that no template has  # noqa: S105
_OF_STYLE = frozenset(
    {
        "styles-survive",
        "text-can-be-read",
        "classes-live",
        "sides-follow-the-writing",
        "sheet-is-safe",
    }
)
"""Rules that are broken in style.css; the others are broken in template.html."""
_NOT_READ = "the text shown differs from the text written; let Jinja escape it"


@dataclass(frozen=True)
class ConformanceReport:
    """The result of checking one widget.

    Attributes:
        problems: What breaks the contract.
        sizes: Bytes of the example in each form.
    """

    problems: tuple[Problem, ...]
    sizes: dict[str, int] = field(default_factory=dict)


def check_widget(folder: Path, registry: Registry, root: Path) -> ConformanceReport:
    """Check a widget's folder.

    Args:
        folder: The widget's.
        registry: Finds this folder and the widgets of its example.
        root: The blog's folder.

    Returns:
        Every broken rule, and the size of the example.

    Raises:
        ContentError: The widget cannot be loaded, or its example cannot be rendered.
    """
    exam = _Exam(registry[folder.name], registry, root)
    _check_words(exam)
    _check_classes(exam)
    sizes = _check_output(exam) if _is_one_call(exam) else {}
    return ConformanceReport(tuple(sorted(set(exam.problems))), sizes)


@dataclass(frozen=True)
class _Exam:
    """The check of one widget.

    Attributes:
        reported: Each message is reported once, with the first place where it applies.
    """

    kind: WidgetType
    registry: Registry
    root: Path
    problems: list[Problem] = field(default_factory=list)
    reported: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True)
class _Example:
    """The call in the example, its model and its fields."""

    call: WidgetCall
    model: Fields
    data: dict[str, Any]


def _is_one_call(exam: _Exam) -> bool:
    kind = exam.kind
    first, *others = _render(exam, kind.example, STRICT).fragments
    if (first.kind, first.widget) == ("widget", kind.name) and all(
        block.kind == "heading" for block in others
    ):
        return True
    message = f"the example must be one call of {kind.name}, followed only by headings"
    _complain(exam, "example.md", message, "remove the rest", "bad-example")
    return False


def _check_output(exam: _Exam) -> dict[str, int]:
    """Check the output for the example and its variants, and return its bytes in each form."""
    _check_accepted(exam)
    _hold(exam, "", exam.kind.example)
    example = _example_of(exam)
    for where, data in _lesser(example.data):
        body = _body(exam, example, data)
        if _can(exam, body):
            _hold(exam, where, body)
    _check_hostile(exam, example)
    return {
        name: len(_alone(exam, exam.kind.example, profile).html.encode())
        for name, profile in CHECKED_PROFILES.items()
    }


def _example_of(exam: _Exam) -> _Example:
    path = exam.kind.folder / "example.md"
    parts = parse_blocks(lone_post(exam.kind.example, path=path, key=EXAMPLE_KEY))
    call = next(part for block in parts for part in block.parts if isinstance(part, WidgetCall))
    context = Context(exam.root, headings=headings(parts))
    model = bind(call, exam.kind, path=shown(path), context=context, quiz_known=True).model
    return _Example(call, model, plain_data(model))


def _check_words(exam: _Exam) -> None:
    if not exam.kind.purpose:
        is_data = (exam.kind.folder / "fields.yaml").is_file()
        file, hint = (
            ("fields.yaml", "add a line to it: purpose: What it is for")
            if is_data
            else ("widget.py", 'begin the file with a docstring: """What it is for."""')
        )
        _complain(exam, file, "the widget has no description", hint, "no-purpose")


def _check_classes(exam: _Exam) -> None:
    css = (exam.kind.folder / "style.css").read_text(encoding="utf-8")
    for name in sorted({found for found in re.findall(r"\.bk-([\w-]+)", css) if is_cut(found)}):
        message = f'class "bk-{name}" is removed by reader modes or ad blockers'
        _complain(exam, "style.css", message, "choose another word", "classes-live")


def _check_accepted(exam: _Exam) -> None:
    hint = f"check the output; if it is right, run: blogkit widget check {exam.kind.name} --accept"
    wanted = expected(exam.kind.folder, exam.registry, exam.root)
    for path, text in wanted.items():
        name = f"expected/{path.name}"
        if not path.is_file():
            _complain(exam, name, "is missing: no output was accepted yet", hint, "not-accepted")
        elif path.read_text(encoding="utf-8") != text:
            _complain(exam, name, "the example now renders differently", hint, "not-accepted")
    for path in sorted((exam.kind.folder / "expected").glob("*")):
        if path not in wanted:
            name, message = f"expected/{path.name}", "is not an output of the example"
            _complain(exam, name, message, "delete it", "stray-file")


def _hold(exam: _Exam, where: str, body: str) -> None:
    """Check one body against every rule; `where` is "" for the example."""
    for place, found in _broken(exam, body):
        _say(exam, where or place, found)


def _broken(exam: _Exam, body: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the rules that a body breaks, each with the form in which it does."""
    forms = {}
    for name, profile in PROFILES.items():
        document = _alone(exam, body, profile)
        yield name, rules.broken(rules.EVERYWHERE, document.html)
        unsafe = rules.sheet_is_safe(document, wanted=profile.style_sheet)
        yield name, [("sheet-is-safe", words) for words in unsafe]
        if profile.anchors or document.fragments:
            forms[name] = document.html
    left, right = (_alone(exam, body, STRICT, language).html for language in ("en", "ar"))
    # Posts that contain one widget twice are common, and ids made from the widget's name alone
    # collide only there.
    twice = _render(exam, body + "\n" + body, STRICT).html
    yield "right to left", rules.broken(rules.EVERYWHERE, right)
    for html in (left, right):
        yield "strict", rules.broken([rules.wordpress_keeps_it], html)
    sides = rules.sides_follow_the_writing(left, right)
    yield "strict", [("sides-follow-the-writing", words) for words in sides]
    yield "twice in a post", rules.broken([rules.ids_are_met], twice)
    yield "all", [("profiles-agree", words) for words in rules.profiles_agree(forms)]
    yield "feed", rules.broken([rules.no_words_are_glued], _alone(exam, body, FEED).html)


def _check_hostile(exam: _Exam, example: _Example) -> None:
    """Check that hostile text in any field runs nothing, survives, and is shown as written."""
    targets = _targets(exam, example)
    for words in fuzz_strings.HOSTILE_WORDS if targets else ():
        where = f"with {words!a} in its fields"
        for markdown in (False, True):  # exactly these words; and whatever they are as Markdown
            # All fields get the text at once: one rendering instead of one for each field.
            body = _filled(exam, example, targets, words, markdown)
            if not _can(exam, body):
                continue
            strict, full = (_alone(exam, body, profile).html for profile in (STRICT, BLOGGER))
            for html in (strict, full):
                _say(
                    exam,
                    where,
                    rules.broken([rules.runs_nothing, rules.no_filter_changes_it], html),
                )
                if not markdown and _read(html).count(fuzz_strings.seen(words).strip()) < len(
                    targets
                ):
                    _say(exam, where, [("words-read-back", _NOT_READ)])
            _say(exam, where, rules.broken([rules.wordpress_keeps_it], strict))


def _filled(
    exam: _Exam,
    example: _Example,
    targets: Sequence[fuzz_strings.FuzzTarget],
    words: str,
    markdown: bool,
) -> str:
    """Return the example with this text in all of these places."""
    data: Any = example.data
    for trail, inline in targets:
        value = fuzz_strings.literally(words) if inline and not markdown else words
        data = fuzz_strings.put(data, trail, value)
    return _body(exam, example, data)


def _targets(exam: _Exam, example: _Example) -> list[fuzz_strings.FuzzTarget]:
    """Return the example's text fields that take and show any text."""
    found = []
    for trail, inline in fuzz_strings.fuzz_targets(example.model):
        body = _body(exam, example, fuzz_strings.put(example.data, trail, _TOKEN))
        # A field that only chooses something (a style, a data file's name) does not show its text,
        # so it cannot be read back.
        if _can(exam, body) and _TOKEN in _read(_alone(exam, body, STRICT).html).lower():
            found.append((trail, inline))
    return found


def _body(exam: _Exam, example: _Example, data: dict[str, Any]) -> str:
    """Return a call with these fields, and the rest of the example."""
    end = example.call.text_line + example.call.text.count("\n") + 1
    below = exam.kind.example.split("\n")[end:]
    return "\n".join([fenced(exam.kind.name, call_content(exam.kind.model, flow(data))[0]), *below])


def _can(exam: _Exam, body: str) -> bool:
    """Return whether the model takes these fields.

    A template that fails on valid fields is a problem.
    """
    try:
        _render(exam, body, STRICT)
    except ContentError as error:
        exam.problems.extend(one for one in error.problems if one.code == "bad-template")
        return False
    return True


def _render(exam: _Exam, body: str, profile: Profile, language: str = "en") -> Document:
    # Pending quiz links are allowed: an example has no quiz behind it.
    return render_example(
        exam.kind.folder, body, profile, exam.registry, exam.root, language, allow_open=True
    )


def _alone(exam: _Exam, body: str, profile: Profile, language: str = "en") -> Document:
    """Return the widget without the headings after it."""
    document = _render(exam, body, profile, language)
    alone = tuple(fragment for fragment in document.fragments if fragment.widget)
    return replace(document, fragments=alone)


def _say(exam: _Exam, where: str, found: list[tuple[str, str]]) -> None:
    for code, sentence in found:
        if (code, sentence) not in exam.reported:
            exam.reported.add((code, sentence))
            name = "style.css" if code in _OF_STYLE else "template.html"
            _complain(exam, name, f"{sentence} ({where})", "", code)


def _complain(exam: _Exam, name: str, message: str, hint: str, code: str) -> None:
    exam.problems.append(Problem(shown(exam.kind.folder / name), 0, message, hint, code))


def _lesser(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, value in data.items():
        yield f"without {name}:", {other: item for other, item in data.items() if other != name}
        if isinstance(value, list) and len(value) > 1:
            yield f"with one of {name}:", {**data, name: value[:1]}


def _read(html: str) -> str:
    """Return the text of HTML, including text in attributes."""
    soup = BeautifulSoup(html, "html.parser")
    attributes = [
        str(tag[name])
        for tag in soup.find_all(True)
        for name in ("alt", "title", "aria-label")
        if tag.has_attr(name)
    ]
    return "\n".join(
        [fuzz_strings.seen(soup.get_text()), *map(fuzz_strings.seen, attributes)]
    ).replace(_WORD_JOINER, "")
