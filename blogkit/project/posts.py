"""The project's post files: find, read, and tell where each goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.config import Config
from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem, UsageError, nearest
from blogkit.project.options import PublishOptions

if TYPE_CHECKING:  # a run in which no file has changed reads none
    from blogkit.posts.post import Post


@dataclass(frozen=True)
class Posts:
    """Read the post files of one blog.

    Attributes:
        config: The blog's folder and settings.
        folder: Where relative paths start.
    """

    config: Config
    folder: Path

    def sources(self, paths: Sequence[Path] = ()) -> list[Path]:
        """Return the post files that are named, or all.

        Raises:
            UsageError: A path does not exist.
        """
        return self.config.sources([self.folder / path for path in paths])

    def load(self, paths: Sequence[Path] = ()) -> list[Post]:
        """Return the posts of these files, or of all.

        Raises:
            ContentError: Some files cannot be read; it has the problems of all of them.
        """
        posts, problems = self.readable(paths)
        if problems:
            raise ContentError(problems)
        return posts

    def readable(self, paths: Sequence[Path] = ()) -> tuple[list[Post], list[Problem]]:
        """Return the posts that can be read, and the problems of the others."""
        from blogkit.posts.loader import load_each

        root, zone = self.config.root, self.config.zone
        posts, problems = load_each(self.sources(paths), root=root, zone=zone)
        lost = {post.key: self._unknown_sites(post) for post in posts}
        unknown = [problem for found in lost.values() for problem in found]
        return [post for post in posts if not lost[post.key]], problems + unknown

    def read(self, path: Path) -> tuple[Post | None, list[Problem], bool]:
        """Return the post of a file, None if it cannot be read.

        Args:
            path: The file.

        Returns:
            The post, the problems of the file, and whether all sites that it names exist.
        """
        from blogkit.posts.loader import load_each

        posts, problems = load_each([path], root=self.config.root, zone=self.config.zone)
        unknown = [problem for post in posts for problem in self._unknown_sites(post)]
        return posts[0] if posts else None, problems + unknown, not unknown

    def key_of(self, path: Path) -> str:
        """Return the key in a file's front matter, "" if that cannot be read."""
        from blogkit.posts.loader import load_heads

        heads = load_heads([path], root=self.config.root, zone=self.config.zone)
        return heads[0].key if heads else ""

    def keys(self) -> frozenset[str]:
        """Return the keys of all files; one without readable front matter counts by its name."""
        from blogkit.posts.loader import load_heads

        sources = self.config.sources()
        posts = load_heads(sources, root=self.config.root, zone=self.config.zone)
        unread = {path.stem for path in sources} - {post.path.stem for post in posts}
        return frozenset({*(post.key for post in posts), *unread})

    def sites_of(self, post: Post, options: PublishOptions) -> list[str]:
        """Return where a post goes: `options.site`, else its `sites:`, else the default site.

        If all posts are chosen, `options.site` leaves out those whose `sites:` name others.

        Args:
            post: The post.
            options: What the caller decided.

        Raises:
            UsageError: The post names no site, and there is no default.
        """
        if options.site:
            site = self.config.site(options.site).name
            others_only = options.all_posts and post.sites and site not in post.sites
            return [] if others_only else [site]
        if post.sites:
            return list(post.sites)
        if not self.config.default_site:
            raise self._no_site(post)
        return [self.config.default_site]

    def file_named(self, text: str) -> Path | None:
        """Return the post file that a reference names; None if it names none."""
        if not text.endswith((".md", ".html")) or "://" in text:
            return None
        path = self.folder / text
        return path if path.is_file() else None

    def _no_site(self, post: Post) -> UsageError:
        known = ", ".join(self.config.sites)
        choose = f"add default_site to [blog] in blogkit.toml, or use --site (sites: {known})"
        add = (
            "add a [sites.main] table to blogkit.toml, as `blogkit init` writes it in a new folder"
        )
        place = self.config.relative(post.path)
        return UsageError(
            f"cannot choose a site for {place}: there is no default site",
            hint=choose if known else add,
        )

    def _unknown_sites(self, post: Post) -> list[Problem]:
        place = self.config.relative(post.path)
        known = ", ".join(self.config.sites)
        return [
            Problem(
                place,
                post.lines.get("sites", 1),
                f'there is no site "{name}"',
                nearest(name, self.config.sites) or f"sites: {known}",
                "unknown-site",
            )
            for name in post.sites
            if name not in self.config.sites
        ]
