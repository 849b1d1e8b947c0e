"""Render posts and widgets with the blog's own widgets, theme and language."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from blogkit.config import LINKS, Config, Site, read_links
from blogkit.dataclass import dataclass
from blogkit.project.options import PublishOptions
from blogkit.trust import OWN_WIDGETS, Trust

if TYPE_CHECKING:  # pydantic and Jinja are imported when something is rendered
    from blogkit.posts.post import Post
    from blogkit.render.document import Document
    from blogkit.render.looks.theme import Theme
    from blogkit.render.phrases.lookup import Phrases
    from blogkit.render.widgets.code_cache import CodeCache
    from blogkit.render.widgets.registry import Registry
    from blogkit.sanitizers.profiles import Profile


_log = logging.getLogger("blogkit.widgets")
NO_LINKS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class PostRenderer:
    """Turn posts into documents.

    Attributes:
        config: The blog's folder and settings.
        trust: What the user trusts in it.
        code: The folder for compiled templates, models and styles; None keeps none.
    """

    config: Config
    trust: Trust
    code: Path | None = None

    @cached_property
    def registry(self) -> Registry:
        """The widgets: the blog's own, those of installed packages, and the built-in ones.

        Those that are left out, and those that replace others, are logged.
        """
        from blogkit.render.widgets.registry import usual

        own = self.config.root / OWN_WIDGETS
        made = usual(own, self.trust.allows_widget, self._cache)
        for notice in made.notices():
            _log.warning("%s", notice)
        return made

    @cached_property
    def _cache(self) -> CodeCache:
        from blogkit.render.widgets.code_cache import CodeCache

        return CodeCache(self.code)

    @cached_property
    def theme(self) -> Theme:
        """The look that `[theme]` asks for. Reading it may raise `ConfigError`."""
        from blogkit.render.looks.theme import theme_from_settings

        return theme_from_settings(self.config.theme, self._cache)

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
            ConfigError: `links.toml` is needed and cannot be read.
        """
        from blogkit.render import quiz, renderer

        chosen = quiz.resolve_quiz(options.quiz_url, post.quiz, site.quiz_url)
        document = renderer.render_post(
            post,
            registry=self.registry,
            profile=profile,
            quiz_url=self.address(chosen, options.links),
            allow_open=options.allow_pending_quiz,
            allow_http=options.allow_http or site.allow_http,
            root=self.config.root,
            theme=self.theme,
            language=self.config.language,
            words=self.config.words,
        )
        if not quiz.is_quiz_name(chosen):
            return document
        # The render cache must notice when the link gets an address, or another one.
        return replace(document, files=(*document.files, self.config.root / LINKS))

    def address(self, quiz_link: str, links: Mapping[str, str] = NO_LINKS) -> str:
        """Return the address of a named link; any other text, and a pending name, as it is.

        Args:
            quiz_link: An address, a name or "".
            links: Addresses beside those in `links.toml`; they win.

        Raises:
            ConfigError: `links.toml` cannot be read.
        """
        from blogkit.render import quiz

        if not quiz.is_quiz_name(quiz_link):
            return quiz_link
        return links.get(quiz_link) or read_links(self.config.root).get(quiz_link) or quiz_link

    def snippet(
        self,
        widget: str,
        call: str,
        profile: Profile,
        key: str,
        quiz_link: str = "",
        links: Mapping[str, str] = NO_LINKS,
    ) -> str:
        """Render one widget from its call.

        Args:
            widget: The widget's name.
            call: The call as a post would hold it.
            profile: What the site keeps of HTML.
            key: The post's key, for its ids.
            quiz_link: The address or the name of the quiz link; a pending one is "coming soon".
            links: Addresses of named links beside those in `links.toml`.

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
            words=self.config.words,
            quiz_url=self.address(quiz_link, links),
            allow_open=bool(quiz_link),
            allow_http=bool(quiz_link) and self.config.allows_http,
        )
        return single_line(document.html)


def single_line(html: str) -> str:
    """Return HTML on one line, so that no site turns its line ends into paragraphs or breaks."""
    from blogkit.render.widgets import templates

    return templates.one_line(html.replace("\r\n", "\n")).strip()


def sheet_of_pages(config: Config, cache_folder: Path) -> str:
    """Return the style sheet of the pages of a folder site, in the blog's theme.

    Args:
        config: The blog's folder and settings.
        cache_folder: Where compiled presets are kept.
    """
    from blogkit.platforms.folder.site.style import style_sheet
    from blogkit.render.looks.theme import theme_from_settings
    from blogkit.render.widgets.code_cache import CodeCache

    cache = CodeCache(cache_folder / "templates")
    return style_sheet(theme_from_settings(config.theme, cache))


def phrases_of_pages(config: Config) -> Phrases:
    """Return the words that the pages of a folder site print."""
    from blogkit.render.phrases.lookup import phrases_for

    return phrases_for(config.language, config.words)
