"""What an edit puts into a live post: a widget, rendered for the site, or HTML from a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, ContentError, Problem, UsageError, nearest
from blogkit.project.live.active import active_problems
from blogkit.project.rendering import PostRenderer, single_line
from blogkit.regions import RegionMeta
from blogkit.sanitizers.profiles import STRICT, Profile

if TYPE_CHECKING:
    from blogkit.render.snippet import SnippetSource


@dataclass(frozen=True)
class Snippet:
    """A piece of HTML for a live post.

    Attributes:
        name: For messages, and for the region.
        widget: The widget's name, empty for plain HTML.
        call: The widget's call as a post would hold it.
        html: Plain HTML.
        version: The version of the widget's template.
        quiz: The address or the name of its quiz link; "" for one whose fields have the address.
    """

    name: str
    widget: str = ""
    call: str = ""
    html: str = ""
    version: int = 1
    quiz: str = ""
    _alike: dict[Profile, str] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Its HTML where it has no ids, so that it is the same in every post."""

    def rendered(self, renderer: PostRenderer, profile: Profile, key: str) -> str:
        """Return its HTML for a site.

        Args:
            renderer: Renders the widget.
            profile: What the site keeps of HTML.
            key: Makes the widget's ids.

        Raises:
            ContentError: The call is not valid any more.
        """
        if not self.call:
            return self.html
        if profile not in self._alike:
            from blogkit.render.post_rendering import id_prefix

            html = renderer.snippet(self.widget, self.call, profile, key, self.quiz)
            if id_prefix(key) in html:
                return html
            self._alike[profile] = html
        return self._alike[profile]

    def mark(self, name: str) -> RegionMeta:
        """Return the region's metadata, from which the widget can be rendered again."""
        values = {"call": self.call, **({"quiz": self.quiz} if self.quiz else {})}
        data = json.dumps(values, ensure_ascii=False) if self.call else ""
        return RegionMeta(name, self.widget, self.version, data)


@dataclass(frozen=True)
class WidgetData:
    """A widget's fields, as text.

    Attributes:
        name: Of the file they are from, for messages; empty if there is none.
        data: The file's bytes.
        form: How to read them: yaml, json, csv, tsv, md; empty tells it by the name.
        settings: Fields beside the file's, each as text.
    """

    name: str = ""
    data: bytes = b""
    form: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.name or self.settings)

    def source(self) -> SnippetSource:
        """Return the data as the renderer takes it."""
        from blogkit.render import snippet

        if not self.name:
            return snippet.SnippetSource("--set", b"", "yaml", self.settings)
        form: Any = self.form
        return snippet.SnippetSource(self.name, self.data, form, self.settings)


def snippet_of(
    renderer: PostRenderer,
    folder: Path,
    what: str,
    fields: Mapping[str, object] | WidgetData,
    allow: Collection[str],
    quiz_link: str,
) -> Snippet:
    """Return what a command or a caller names as a snippet.

    Args:
        renderer: Knows the widgets.
        folder: Where relative paths start.
        what: A widget's name, or an .html file.
        fields: The widget's fields.
        allow: Kinds of active content that a file may have.
        quiz_link: The address or the name of the widget's quiz link.

    Raises:
        UsageError: The widget or the file does not exist, or a file has fields.
        ContentError: The fields or the file are wrong.
    """
    from blogkit.project.widget import source_of

    # A widget's name has no dot, so the two cannot be confused.
    if what.endswith((".html", ".htm")):
        if fields or quiz_link:
            raise UsageError(
                "--data, --set and --quiz are for widgets; an HTML file has no fields",
                hint="remove --data, --set and --quiz",
            )
        return snippet_from_file(folder / what, what, allow)
    if isinstance(fields, WidgetData):
        return snippet_from_widget(renderer, what, fields.source, quiz_link)
    return snippet_from_widget(renderer, what, lambda: source_of(what, dict(fields)), quiz_link)


def snippet_from_widget(
    renderer: PostRenderer, name: str, source_of: Callable[[], SnippetSource], quiz_link: str = ""
) -> Snippet:
    """Return a widget as a snippet.

    Args:
        renderer: Knows the widgets.
        name: The widget's name.
        source_of: Returns its fields.
        quiz_link: The address or the name of its quiz link.

    Raises:
        UsageError: The widget does not exist, it cannot be used alone, or it has no place for a
            quiz link.
        ContentError: Its fields are wrong.
    """
    registry = renderer.registry
    if name in registry.left_out:
        _ = registry[name]  # raises an error that says how to trust it
    if name not in registry:
        usual = "to see all widgets, run blogkit widget list; or name an .html file"
        hint = nearest(name, registry.names()) or usual
        raise UsageError(f'there is no widget "{name}"', hint=hint)
    from blogkit.render import snippet

    kind = registry[name]
    # A live body has no source file, and the widget is made of that file's headings.
    if name == "toc":
        hint = "get the file with blogkit pull POST, and add it there"
        raise UsageError("toc is built from the headings of a post's file", hint=hint)
    source = source_of()
    quiz_link = _checked_link(renderer, quiz_link)
    options: dict[str, Any] = {"quiz_url": "pending", "allow_open": True} if quiz_link else {}
    options |= {"root": renderer.config.root, "registry": registry, "profile": STRICT}
    try:  # problems of the data are shown once, before any post is asked for
        document = snippet.render_snippet(kind, source, **options)
    except ContentError as error:
        hint = error.hint or "set the fields with --set FIELD=VALUE or --data FILE"
        raise ContentError(error.problems, hint=hint) from None
    if quiz_link and not document.pending_quiz_links:
        hint = "write {{ quiz_url }} where it belongs, or leave out --quiz"
        raise UsageError(f"this {name} has no place for a quiz link", hint=hint)
    call = snippet.call_of(kind, source)
    return Snippet(name, name, call, version=version_of(kind), quiz=quiz_link)


def _checked_link(renderer: PostRenderer, quiz_link: str) -> str:
    from blogkit.render import quiz

    link = quiz_link.strip()
    allow_http = renderer.config.allows_http
    if (
        link
        and not quiz.is_quiz_name(link)
        and (wrong := quiz.objection(link, allow_http=allow_http))
    ):
        raise UsageError(
            f'the quiz link "{link}" {wrong}', hint="give an address (https://…) or a link's name"
        )
    return link


def snippet_from_file(path: Path, shown: str, allow: Collection[str] = ()) -> Snippet:
    """Return a file of HTML as a snippet.

    Args:
        path: The file.
        shown: What messages call it.
        allow: Kinds of active content that it may have.

    Raises:
        UsageError: The file does not exist.
        ContentError: It is empty or not UTF-8, or it has active content.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        hint = "name an HTML file, or a widget from blogkit widget list"
        raise UsageError(f"no such file: {shown}", hint=hint) from None
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8"
        problem = Problem(shown, 0, message, "save the file as UTF-8", "not-utf8")
        raise ContentError([problem]) from None
    if not text.strip():
        hint = "write the HTML to add"
        raise ContentError([Problem(shown, 0, "the file is empty", hint, "empty-file")])
    if problems := active_problems(text, shown, allow):
        raise ContentError(problems)
    return Snippet(path.stem, html=single_line(text))


def version_of(kind: Any) -> int:
    """Return the version of a widget's template: `VERSION` of its model, 1 without."""
    return int(getattr(kind.model, "VERSION", 1))


def call_in(mark: RegionMeta) -> str:
    """Return the call that a region was rendered from; empty if the region has none.

    Raises:
        BlogkitError: The region's data cannot be read.
    """
    return _value_in(mark, "call") if mark.data else ""


def quiz_in(mark: RegionMeta) -> str:
    """Return the quiz link that a region was rendered with; empty if it has none.

    Raises:
        BlogkitError: The region's data cannot be read.
    """
    return _value_in(mark, "quiz", "") if mark.data else ""


def _value_in(mark: RegionMeta, name: str, default: str | None = None) -> str:
    try:
        values = json.loads(mark.data)
        return str(values[name] if default is None else values.get(name, default))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BlogkitError(
            f'the data of the region "{mark.id}" cannot be read',
            hint="replace it: blogkit replace region:ID --with WIDGET",
        ) from None
