"""The posts of the project's files, as archives have them: rendered as publishing would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

from blogkit.archive.post import ArchivedPost, ArchivedState
from blogkit.errors import ContentError, Problem
from blogkit.platforms.base import State
from blogkit.platforms.term_names import read_term_name, write_path
from blogkit.posts.dates import BadDate, read_day
from blogkit.posts.post import Post, Publish
from blogkit.project.built_post import BuiltPost, build_posts, located
from blogkit.project.context import ProjectContext
from blogkit.project.live.references import PublishedPosts
from blogkit.project.moving.from_site import of_settings
from blogkit.project.moving.report import ExportedArchive, noted
from blogkit.project.options import PublishOptions

if TYPE_CHECKING:
    from blogkit.journal.records import Memory
    from blogkit.journal.store import Journal

_BATCH = 100
_BY_NUMBER = "categories that only their site knows, such as id:508, were left out"
_STATES = {
    Publish.PRIVATE: ArchivedState.PRIVATE,
    Publish.PENDING: ArchivedState.PENDING,
}
_ON_SITE: dict[str, ArchivedState] = {
    State.LIVE: ArchivedState.LIVE,
    State.SCHEDULED: ArchivedState.SCHEDULED,
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
        self._notes: Counter[str] = Counter()

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
        self._report.notes += noted(self._notes)

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
            return self._archived(built, known)
        except ContentError as error:
            self._report.failed.append((place, error))
            return None

    def _check(self, built: BuiltPost) -> None:
        """Raise for a post that must not go live anywhere, and for local images.

        What the post's own site refuses does not count: the archive is for another blog.
        """
        draft, post = built.desired.draft, built.post
        # Adopted HTML is live as it is.
        refusals = [] if post.remote_id else self._context.checks.refusals(post, built.document)
        if errors := [problem for problem in refusals if problem.severity == "error"]:
            raise ContentError(errors)
        assets = [*draft.assets, *([draft.featured] if draft.featured else [])]
        if assets:
            message = f"the image {assets[0].name} is a local file, which an archive cannot hold"
            hint = "publish the post, and export the site with --from; or write the image's address"
            problem = Problem("", assets[0].line, message, hint, "local-image")
            place = self._context.config.relative(post.path)
            raise ContentError([located(problem, place, post)])

    def _refuse(self, post: Post, key: str, message: str, hint: str = "") -> NoReturn:
        place, line = self._context.config.relative(post.path), post.lines.get(key, 1)
        raise ContentError([Problem(place, line, message, hint, "not-exported")])

    def _state(
        self, built: BuiltPost, known: Memory | None
    ) -> tuple[ArchivedState, datetime | None]:
        """Return the state and the date that the file asks for, or else those on its site."""
        post, target = built.post, built.desired.target
        at = known.at if known else None
        if target:
            return _STATES.get(post.publish) or ArchivedState(target.state), target.at or at
        if known is None and not post.remote_id:
            return ArchivedState.DRAFT, None
        # The journal does not tell whether a live post of WordPress is private.
        is_told = known and known.desired_state.startswith("at ")
        site = self._context.config.site(built.desired.site)
        if known is None or (site.platform == "wordpress" and not is_told):
            message = f"only {site.name} knows whether this post is live"
            hint = f"export it with --from {site.name}, or write publish: into the file"
            self._refuse(post, "publish", message, hint)
        return _ON_SITE.get(known.state, ArchivedState.DRAFT), at

    def _archived(self, built: BuiltPost, known: Memory | None) -> ArchivedPost:
        post, draft = built.post, built.desired.draft
        state, at = self._state(built, known)
        own = _own(post, queued=post.publish is Publish.QUEUE and state is ArchivedState.DRAFT)
        old = urlsplit(post.old_address).path
        settings = of_settings(draft.settings)
        terms = {name: self._by_path(paths) for name, paths in settings.pop("terms").items()}
        return ArchivedPost(
            kind=draft.type or draft.kind,
            title=draft.title,
            body=draft.body,
            state=state,
            id=post.remote_id or (known.remote_id if known else ""),
            published=at,
            old_date=self._old_date(post, state),
            labels=post.labels,
            categories=self._by_path(post.categories),
            tags=post.tags,
            terms=terms,
            slug=draft.slug or old.rstrip("/").rpartition("/")[2].removesuffix(".html"),
            url=(known.url if known else "") or old,
            excerpt=draft.excerpt,
            image=draft.featured_url,
            **{**settings, "image_alt": post.image_alt, "own": settings["own"] | own},
        )

    def _old_date(self, post: Post, state: ArchivedState) -> datetime | None:
        """Return the date on an old blog; None for posts that go live with a date of their own."""
        if not post.old_date or (post.kind != "page" and state is not ArchivedState.DRAFT):
            return None
        try:
            return read_day(post.old_date, self._context.config.zone, "old_date")
        except BadDate as error:
            self._refuse(post, "old_date", error.message, error.hint)

    def _by_path(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return terms as paths; a number or a slug names one only on its own site."""
        paths = [read_term_name(name).path for name in names]
        self._notes[_BY_NUMBER] += paths.count(())
        return tuple(write_path(path) for path in paths if path)


def _own(post: Post, *, queued: bool) -> dict[str, object]:
    """Return the front matter that no other program knows."""
    own = {
        "publish": "queue" if queued else "",
        "priority": post.priority,
        "queue": "hold" if post.hold else "",
        "language": post.language,
        "allow": list(post.allow),
    }
    return {name: value for name, value in own.items() if value}
