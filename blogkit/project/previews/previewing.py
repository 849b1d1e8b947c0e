"""The part of a project that shows posts and widgets before they are published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.project.files.making import PathLike

if TYPE_CHECKING:
    from blogkit.project.context import ProjectContext
    from blogkit.project.previews.imported import ImportPreview
    from blogkit.project.previews.post import PostPreview
    from blogkit.project.previews.widget import WidgetPreview


class Previewing:
    """Show posts and widgets as their sites will keep them; a base of `Project`."""

    def _context(self) -> ProjectContext:
        """Return a context for one call."""
        raise NotImplementedError

    def preview(
        self, path: PathLike, *, site: str = "", keys: Collection[str] | None = None
    ) -> PostPreview:
        """Return a post as its site will keep it, with its problems. Sends nothing.

        Args:
            path: The post's file.
            site: One of the post's sites; empty means its first.
            keys: The keys of all posts, where you know them; None reads all files if the post
                links to others.

        Returns:
            The preview. If the post cannot be rendered, `parts` is None and `problems` tell why.

        Raises:
            ContentError: The file cannot be read as a post; it has all problems.
            UsageError: The path is not a post, or the post does not go to the site.
        """
        from blogkit.project.previews.post import preview_post

        return preview_post(self._context(), Path(path), site, keys)

    def preview_import(
        self,
        page: str | bytes,
        *,
        name: str = "the page",
        title: str = "",
        to: PathLike | None = None,
        key: str = "",
        allow: Sequence[str] = (),
        site: str = "",
    ) -> ImportPreview:
        """Return an import before it is written: its source beside the post. Writes nothing.

        Args:
            page: The page's text or bytes.
            name: What messages call it; the ending of a file's name tells what it is.
            title: What to call the post if nothing in the page does.
            to: The post's file, .md or .html; None means one in posts/.
            key: The post's key; empty means the name of its file.
            allow: Kinds of active content to keep.
            site: The site that the post is shown for; empty means its first.

        Returns:
            The source with the outcome of each line, the list of what was done, and the post as
            its site will keep it.

        Raises:
            ContentError: The page cannot be read.
            UsageError: The name, the key or a kind is not valid.
        """
        from blogkit.project.previews.imported import preview_import

        data = page.encode("utf-8", "surrogatepass") if isinstance(page, str) else page
        return preview_import(
            self._context(),
            data,
            name=name,
            title=title,
            target=None if to is None else Path(to),
            key=key,
            allow=allow,
            site=site,
        )

    def preview_widget(
        self, name: str, fields: Mapping[str, object], *, profile: str = "wordpress-author"
    ) -> WidgetPreview:
        """Render a widget from plain values, which may be wrong. Sends nothing.

        Args:
            name: The widget's name.
            fields: Its fields.
            profile: What the place keeps of HTML, as for `Widget.html`.

        Returns:
            The text for a post, the HTML, and the problems with the place of each value.

        Raises:
            UsageError: No widget or profile has this name.
        """
        from blogkit.project.previews.widget import preview_widget

        return preview_widget(self._context(), name, fields, profile)

    def example_fields(self, name: str) -> dict[str, object]:
        """Return the fields of a widget's example, as a start for your own.

        Args:
            name: The widget's name.

        Raises:
            UsageError: No widget has this name.
            ContentError: The example is wrong.
        """
        from blogkit.project.previews.widget import example_fields

        return example_fields(self._context(), name)
