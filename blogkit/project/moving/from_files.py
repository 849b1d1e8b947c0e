"""The posts of the project's files, as archives have them: rendered as publishing would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.archive.post import ArchivedPost, ArchivedState
from blogkit.errors import ContentError, Problem
from blogkit.posts.post import Post, Publish
from blogkit.project.built_post import BuiltPost, build_posts, located
from blogkit.project.context import ProjectContext
from blogkit.project.live.references import PublishedPosts
from blogkit.project.moving.from_site import of_settings
from blogkit.project.moving.report import ExportedArchive
from blogkit.project.options import PublishOptions
from blogkit.sync.desired import target_of

if TYPE_CHECKING:
    from blogkit.journal.store import Journal

_BATCH = 100
_STATES = {
    Publish.PRIVATE: ArchivedState.PRIVATE,
    Publish.PENDING: ArchivedState.PENDING,
}


class FilePosts:
    """Builds posts of files for an archive. Sends nothing.

    Args:
        context: The call's context.
        journal: Knows which posts are on their sites.
        site: Only posts for this site; "" for each post's own.
        published: Whether posts that are on their site are among them.
        report: Gets what is left out.
    """

    def __init__(
        self,
        context: ProjectContext,
        journal: Journal,
        *,
        site: str,
        published: bool,
        report: ExportedArchive,
    ) -> None:
        self._context, self._report, self._published = context, report, published
        self._options = PublishOptions(site, all_posts=bool(site))
        self._known = PublishedPosts(journal)
        self._keys: dict[str, str] = {}

    def posts(self, sources: Sequence[Path]) -> Iterator[ArchivedPost]:
        """Yield the posts of files.

        Args:
            sources: The files.
        """
        for start in range(0, len(sources), _BATCH):
            posts, problems = self._context.posts.readable(sources[start : start + _BATCH])
            failed: dict[str, list[Problem]] = {}
            for problem in problems:
                failed.setdefault(problem.path, []).append(problem)
            self._report.failed += [(place, ContentError(found)) for place, found in failed.items()]
            for post in posts:
                # A post with wrong front matter is among them, without the wrong values.
                place = self._context.config.relative(post.path)
                if place not in failed and (one := self._post(post, place)):
                    yield one

    def _post(self, post: Post, place: str) -> ArchivedPost | None:
        sites = self._context.posts.sites_of(post, self._options)
        if not sites:
            return None
        known = self._known.on(sites[0]).get(post.key)
        if (known or post.remote_id) and not self._published:
            self._report.known.append(place)
            return None
        other = self._keys.setdefault(post.key, place)
        try:
            if other != place:
                self._refuse(post, "key", f'{other} already has the key "{post.key}"')
            if post.recurrence:
                self._refuse(post, "every", "the file is a template of posts, not a post")
            built = build_posts(self._context, post, sites[0], self._options)
            self._check(built)
        except ContentError as error:
            self._report.failed.append((place, error))
            return None
        number = post.remote_id or (known.remote_id if known else "")
        return _archived(built, number, known.url if known else "", self._state(built))

    def _check(self, built: BuiltPost) -> None:
        """Raise for a post that publishing would refuse, and for local images."""
        errors = [problem for problem in built.problems if problem.severity == "error"]
        if errors:
            raise ContentError(errors)
        draft = built.desired.draft
        assets = [*draft.assets, *([draft.featured] if draft.featured else [])]
        if assets:
            message = f"the image {assets[0].name} is a local file, which an archive cannot hold"
            hint = "publish the post, and export the site with --from; or write the image's address"
            problem = Problem("", assets[0].line, message, hint, "local-image")
            place = self._context.config.relative(built.post.path)
            raise ContentError([located(problem, place, built.post)])

    def _refuse(self, post: Post, key: str, message: str) -> None:
        place = self._context.config.relative(post.path)
        raise ContentError([Problem(place, post.lines.get(key, 1), message, "", "not-exported")])

    def _state(self, built: BuiltPost) -> ArchivedState:
        target = target_of(built.post, self._context.clock())
        if built.post.publish in _STATES:
            return _STATES[built.post.publish]
        return ArchivedState(target.state) if target else ArchivedState.DRAFT


def _archived(built: BuiltPost, number: str, url: str, state: ArchivedState) -> ArchivedPost:
    draft, target = built.desired.draft, built.desired.target
    return ArchivedPost(
        kind=draft.type or draft.kind,
        title=draft.title,
        body=draft.body,
        state=state,
        id=number,
        published=target.at if target else None,
        labels=draft.labels,
        categories=draft.categories,
        tags=draft.tags,
        slug=draft.slug,
        url=url,
        excerpt=draft.excerpt,
        image=draft.featured_url,
        **{**of_settings(draft.settings), "image_alt": built.post.image_alt},
    )
