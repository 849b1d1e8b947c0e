"""What is put into a live post: a widget drawn for the site, or a piece of HTML from a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from blogkit.cli.widget_use import read_data, settings_of
from blogkit.cli.workbench import Workbench, start_folder
from blogkit.errors import BlogkitError, ContentError, Problem, UsageError, nearest
from blogkit.regions import Mark
from blogkit.survival.profile import STRICT, Profile


@dataclass(frozen=True)
class Piece:
    """name: for messages, and for the region; call: the widget's call as a post would hold it, "" for plain HTML."""

    name: str
    widget: str = ""
    call: str = ""
    html: str = ""
    version: int = 1

    def drawn(self, bench: Workbench, profile: Profile, key: str) -> str:
        """Its HTML for a site. key: of the place, for its ids. Raises `ContentError`."""
        return draw(bench, self.widget, self.call, profile, key) if self.call else self.html

    def mark(self, name: str) -> Mark:
        """What the place is marked with, so that it can be drawn again."""
        data = json.dumps({"call": self.call}, ensure_ascii=False) if self.call else ""
        return Mark(name, self.widget, self.version, data)


def piece_from(bench: Workbench, what: str, data: str, settings: Sequence[str]) -> Piece:
    """WIDGET or FILE.html, with --data and --set. Raises `UsageError` for what is neither."""
    if what.endswith((".html", ".htm")):
        return _from_file(what, data, settings)
    if what not in bench.registry:
        hint = nearest(what, bench.registry.names()) or "blogkit widget list names the widgets; or name an .html file"
        raise UsageError(f'there is no widget "{what}"', hint=hint)
    from blogkit.render import snippet

    shown, raw = read_data(Path(data)) if data else ("--set", b"")
    kind = bench.registry[what]
    if what == "toc":
        raise UsageError(
            "toc is made from the headings of a post's file", hint="write it into the file: blogkit pull REF brings the post here"
        )
    source = snippet.Source(shown, raw, "" if data else "yaml", settings_of(settings))
    try:  # what is wrong with the data is said once, before any post is asked for
        snippet.render(kind, source, root=bench.workspace.root, registry=bench.registry, profile=STRICT)
    except ContentError as error:
        raise ContentError(error.problems, hint=error.hint or "give the fields with --set FIELD=VALUE or --data FILE") from None
    return Piece(what, what, snippet.call_of(kind, source), version=version_of(kind))


def one_line(html: str) -> str:
    """In which no site makes paragraphs or breaks of line ends."""
    from blogkit.render import template

    return template.one_line(html.replace("\r\n", "\n")).strip()


def draw(bench: Workbench, widget: str, call: str, profile: Profile, key: str) -> str:
    """A widget from its call, as one line of HTML."""
    from blogkit.render import snippet

    kind = bench.registry[widget]
    document = snippet.from_call(
        kind,
        call,
        key=key,
        root=bench.workspace.root,
        language=bench.workspace.language,
        registry=bench.registry,
        profile=profile,
        theme=bench.theme(),
    )
    return one_line(document.html)


def version_of(kind: Any) -> int:
    """The version of a widget's template: `VERSION` of its model, 1 without."""
    return int(getattr(kind.model, "VERSION", 1))


def call_in(mark: Mark) -> str:
    """The call that a place was drawn from; "" where none is kept. Raises `BlogkitError` for data that cannot be read."""
    if not mark.data:
        return ""
    try:
        return str(json.loads(mark.data)["call"])
    except (ValueError, KeyError, TypeError):
        raise BlogkitError(
            f'the data of the region "{mark.id}" cannot be read', hint="write it anew: blogkit replace region:ID --with WIDGET"
        ) from None


def _from_file(what: str, data: str, settings: Sequence[str]) -> Piece:
    if data or settings:
        raise UsageError("--data and --set are a widget's, and a file of HTML has none", hint="leave them out")
    path = start_folder() / what
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"no such file: {what}", hint="name a file of HTML, or a widget: blogkit widget list") from None
    except UnicodeDecodeError as error:
        raise ContentError([Problem(what, 0, f"byte {error.start} is not UTF-8", "save the file as UTF-8", "not-utf8")]) from None
    if not text.strip():
        raise ContentError([Problem(what, 0, "the file is empty", "write the HTML to put in", "empty-file")])
    return Piece(path.stem, html=one_line(text))
