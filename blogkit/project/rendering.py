"""Render posts and widgets with the blog's own widgets, theme and language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from blogkit.config import Config, Site
from blogkit.project.options import PublishOptions

if TYPE_CHECKING:  # pydantic and Jinja are imported when something is rendered
    from blogkit.posts.post import Post
    from blogkit.render.document import Document
    from blogkit.render.widgets.registry import Registry
    from blogkit.render.widgets.theme import Theme
    from blogkit.sanitizers.profiles import Profile


@dataclass(frozen=True)
class PostRenderer:
    """Turn posts into documents."""

    config: Config

    @cached_property
    def registry(self) -> Registry:
        """The widgets: the blog's own, those of installed packages, and the built-in ones."""
        from blogkit.render.widgets.registry import usual

        return usual(self.config.root / "widgets")

    @cached_property
    def theme(self) -> Theme:
        """The look that `[theme]` asks for. Reading it may raise `ConfigError`."""
        from blogkit.render.widgets.theme import theme_from_settings

        return theme_from_settings(self.config.theme)

    def document(
        self, post: Post, site: Site, options: PublishOptions, profile: Profile
    ) -> Document:
        """Render a post for a site.

        Args:
            post: The post's file, read.
            site: The site's settings.
            options: What the caller decided.
            profile: What the site keeps of HTML.

        Returns:
            The body in pieces, and the files that it needs.

        Raises:
            ContentError: The post cannot be rendered; it has all its problems.
        """
        from blogkit.render import quiz, renderer

        return renderer.render_post(
            post,
            registry=self.registry,
            profile=profile,
            quiz_url=quiz.resolve_quiz(options.quiz_url, post.quiz, site.quiz_url),
            allow_open=options.allow_pending_quiz,
            allow_http=options.allow_http or site.allow_http,
            root=self.config.root,
            theme=self.theme,
            language=self.config.language,
        )

    def snippet(self, widget: str, call: str, profile: Profile, key: str) -> str:
        """Render one widget from its call.

        Args:
            widget: The widget's name.
            call: The call as a post would hold it.
            profile: What the site keeps of HTML.
            key: The post's key, for its ids.

        Returns:
            HTML on one line.

        Raises:
            ContentError: The call is wrong, or needs a file that a snippet cannot bring along.
        """
        from blogkit.render import snippet

        document = snippet.from_call(
            self.registry[widget],
            call,
            key=key,
            root=self.config.root,
            language=self.config.language,
            registry=self.registry,
            profile=profile,
            theme=self.theme,
        )
        return single_line(document.html)


def single_line(html: str) -> str:
    """Return HTML on one line, so that no site turns its line ends into paragraphs or breaks."""
    from blogkit.render.widgets import templates

    return templates.one_line(html.replace("\r\n", "\n")).strip()
