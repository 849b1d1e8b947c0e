"""One widget alone, as HTML to paste."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, UsageError, nearest

if TYPE_CHECKING:
    from blogkit.render.document import Document
    from blogkit.render.looks.theme import Theme
    from blogkit.render.phrases.lookup import Words
    from blogkit.render.snippet import SnippetSource
    from blogkit.render.widgets.registry import Registry
    from blogkit.sanitizers.profiles import Profile

SHORT_NAMES = {"strict": "wordpress-author", "full": "blogger"}
"""Short names of profiles."""


@dataclass(frozen=True)
class Widget:
    """A widget with its fields, to be rendered.

    Attributes:
        name: The widget's name.
    """

    name: str
    _source: SnippetSource
    _registry: Registry
    _root: Path
    _language: str = ""
    _theme: Theme | None = None
    _words: Mapping[str, Words] | None = None

    def html(
        self,
        profile: str = "wordpress-author",
        *,
        key: str = "",
        quiz_url: str = "",
        allow_pending_quiz: bool = False,
        allow_http: bool = False,
    ) -> str:
        """Return the widget as the profile's readers get it.

        Args:
            profile: What the place keeps of HTML: `wordpress-author` (or `strict`: survives
                everywhere), `wordpress-editor`, `blogger` (or `full`: with a style sheet),
                `folder`, `feed`, `email`; `text` and `markdown` give no HTML.
            key: The key of the post that it is for, for its ids; empty makes it from the data.
            quiz_url: The mock-test address, where the fields name none.
            allow_pending_quiz: Render a pending quiz link as "coming soon".
            allow_http: Accept a mock-test address without TLS.

        Raises:
            UsageError: The profile does not exist.
            ContentError: The fields are wrong; it has all problems.
        """
        from blogkit.render.outputs import render_output

        kept = profile_named(profile)
        document = self._document(
            kept,
            key=key,
            quiz_url=quiz_url,
            allow_open=allow_pending_quiz,
            allow_http=allow_http,
        )
        sheet = f"<style>{document.sheet}</style>\n" if document.sheet else ""
        return sheet + render_output(document, kept)

    def _document(self, profile: Profile, **options: Any) -> Document:
        from blogkit.render import snippet

        return snippet.render_snippet(
            self._registry[self.name],
            self._source,
            root=self._root,
            language=self._language,
            registry=self._registry,
            theme=self._theme,
            words=self._words,
            profile=profile,
            **options,
        )


def profile_named(name: str) -> Profile:
    """Return the profile of this name.

    Raises:
        UsageError: No profile has this name; the hint has the nearest name.
    """
    from blogkit.sanitizers.profiles import OUTPUT_PROFILES, PROFILES

    known = PROFILES | OUTPUT_PROFILES
    full = SHORT_NAMES.get(name, name)
    if full not in known:
        names = [*known, *SHORT_NAMES]
        hint = nearest(name, names) or f"one of: {', '.join(names)}"
        raise UsageError(f'there is no profile "{name}"', hint=hint)
    return known[full]


def source_of(name: str, fields: dict[str, object]) -> SnippetSource:
    """Return fields as the renderer takes data.

    Args:
        name: The widget's name, for messages.
        fields: Its fields.

    Raises:
        ContentError: A value is not text, a number, a boolean, a list or a mapping of these.
    """
    from blogkit.errors import Problem
    from blogkit.render import snippet

    try:
        data = json.dumps(fields, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        hint = "use text, numbers, booleans, lists and dictionaries"
        raise ContentError([Problem(name, 0, str(error), hint, "bad-value")]) from None
    return snippet.SnippetSource(name, data.encode("utf-8", "surrogatepass"), "json")


def widget(name: str, /, **fields: object) -> Widget:
    """Return a widget with its fields, without a project.

    Args:
        name: A built-in widget's name, or one of an installed package.
        **fields: Its fields; `blogkit widget show NAME` describes them.

    Raises:
        UsageError: No widget has this name; the hint has the nearest name.
    """
    from blogkit.render.widgets.registry import usual

    registry = usual()
    _ = registry[name]
    return Widget(name, source_of(name, fields), registry, Path.cwd())
