"""A post's HTML, as its site or other readers get it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import UsageError
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions

if TYPE_CHECKING:
    from blogkit.posts.post import Post
    from blogkit.render.document import Document
    from blogkit.sanitizers.profiles import Profile

FORMATS = ("html", "feed", "email", "text", "markdown")


@dataclass(frozen=True)
class RenderedPost:
    """A rendered post.

    Attributes:
        path: The post's file, relative to the project's folder.
        site: The site that it was rendered for.
        title: The post's title.
        format: `html`, `feed`, `email`, `text` or `markdown`.
    """

    path: str
    site: str
    title: str
    format: str
    _document: Document
    _profile: Profile
    _language: str

    @property
    def is_html(self) -> bool:
        """Whether the format is a kind of HTML."""
        return self._profile.form not in ("text", "markdown")

    @cached_property
    def content(self) -> str:
        """The post in its format."""
        from blogkit.render.outputs import render_output

        return render_output(self._document, self._profile)

    @property
    def html(self) -> str:
        """The post's HTML, as a fragment.

        Raises:
            UsageError: The format is not HTML.
        """
        self._require_html()
        return self.content

    @property
    def page(self) -> str:
        """The post as a whole page, to open in a browser.

        Raises:
            UsageError: The format is not HTML.
        """
        from blogkit.render.document import Fragment
        from blogkit.render.page import render_page

        self._require_html()
        document = self._document
        if self._profile.form != "html":
            document = replace(document, fragments=(Fragment("html", self.content),))
        return render_page(document, title=self.title, language=self._language)

    def _require_html(self) -> None:
        if not self.is_html:
            raise UsageError(
                f"--page needs HTML, and --as {self.format} is not HTML",
                hint="remove one of the two options",
            )


def render(
    context: ProjectContext, path: Path, options: PublishOptions, format_: str
) -> RenderedPost:
    """Render a post as it would be sent. Sends nothing.

    Args:
        context: The call's context.
        path: The post's file.
        options: What the caller decided.
        format_: One of `FORMATS`.

    Raises:
        UsageError: The path is a folder or no post, or there is no such format.
        ContentError: The post cannot be rendered.

    Returns:
        The post in that format.
    """
    from blogkit.sanitizers.profiles import OUTPUT_PROFILES

    if format_ not in FORMATS:
        raise UsageError(f'there is no format "{format_}"', hint=f"one of: {', '.join(FORMATS)}")
    if (context.posts.folder / path).is_dir():
        raise UsageError(
            f"{path} is a folder; blogkit render prints one post",
            hint=f"name a file: blogkit render {path}/hello.md",
        )
    (post,) = context.posts.load([path])
    if post.recurrence is not None:  # only templates need slots and times
        from blogkit.project.queue.recurring import next_post

        post = next_post(context, post)
    return _rendered(context, post, options, format_, OUTPUT_PROFILES.get(format_))


def _rendered(
    context: ProjectContext,
    post: Post,
    options: PublishOptions,
    format_: str,
    profile: Profile | None,
) -> RenderedPost:
    config = context.config
    site = context.posts.sites_of(post, options)[0]
    kept = profile or context.sites.default_profile(site)
    document = context.renderer.document(post, config.site(site), options, kept)
    place, language = config.relative(post.path), post.language or config.language
    return RenderedPost(place, site, post.title, format_, document, kept, language)
