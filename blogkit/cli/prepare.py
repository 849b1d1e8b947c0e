"""From a post file to what it is meant to be on a site, with everything that speaks against sending it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from blogkit.cli.lint import Linter
from blogkit.cli.output import Output
from blogkit.cli.workbench import Wishes, Workbench
from blogkit.content.post import Post
from blogkit.errors import ContentError, Problem
from blogkit.publish.actions import Desired
from blogkit.publish.desired import desire
from blogkit.render.document import Document
from blogkit.survival.profile import Profile

_FIELDS = {
    "labels": "labels",
    "label": "labels",
    "page-labels": "labels",
    "title": "title",
    "no-title": "title",
    "slug": "slug",
    "excerpt": "excerpt",
    "featured": "image",
    "featured-url": "image",
    "page-schedule": "publish",
    "no-time": "publish",
}
"""Which field of front matter a platform's problem is about, by the problem's code."""


@dataclass(frozen=True)
class Prepared:
    """One post for one site, ready to be planned unless a problem is an error."""

    post: Post
    site: str
    document: Document
    desired: Desired
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


def prepare(bench: Workbench, post: Post, site: str, wishes: Wishes, *, profile: Profile | None = None) -> Prepared:
    """Render a post for a site and ask the platform what it would refuse.

    profile: what the site keeps; None = the site's kind's usual one, without asking it. Raises `ContentError` when the post
    cannot be rendered. Sends nothing.
    """
    platform = bench.platform(site)
    kept = profile or bench.usual_profile(site)
    document = bench.document(post, bench.workspace.site(site), wishes, kept)
    desired = desire(post, document, platform, bench.workspace.zone, bench.clock())
    found = [*platform.check(desired.draft, desired.target), *_lost(document, kept)]
    place = bench.workspace.relative(post.path)
    problems = [*(_placed(problem, place, post) for problem in found), *Linter(bench).refusals(post)]
    return Prepared(post, site, document, desired, tuple(problems))


def prepare_all(bench: Workbench, paths: Sequence[Path], wishes: Wishes, *, online: bool) -> dict[str, list[Prepared]]:
    """The posts of these files (or all) for every site they go to, by site. Raises one `ContentError` with all errors of all.

    A site that cannot be asked is in `bench.down` afterwards.
    """
    ready: dict[str, list[Prepared]] = {}
    posts, errors = bench.readable_posts(paths)
    # A file that cannot be read ends in an error anyway: then no site needs to be asked.
    online = online and not errors
    for post in posts:
        for site in bench.sites_of(post, wishes):
            try:
                prepared = prepare(bench, post, site, wishes, profile=_profile(bench, site) if online else None)
            except ContentError as error:
                errors += error.problems
                continue
            errors += [problem for problem in prepared.problems if problem.severity == "error"]
            ready.setdefault(site, []).append(prepared)
    if errors:
        raise ContentError(sorted(set(errors)), hint="nothing was sent")
    return ready


def say_down(bench: Workbench, output: Output, *, others: bool) -> None:
    """Name the sites that are left out of this run. Raises when there are no others."""
    errors = list(bench.down.values())
    for error in errors if others else errors[:-1]:
        output.error(error)
    if errors and not others:
        raise errors[-1]


def _placed(problem: Problem, place: str, post: Post) -> Problem:
    """A platform's problem at the line of the front-matter field that it is about."""
    return replace(problem, path=place, line=problem.line or post.lines.get(_FIELDS.get(problem.code, ""), 0))


def _profile(bench: Workbench, site: str) -> Profile | None:
    """What the site says that it keeps; None when it cannot be asked."""
    if site not in bench.down:
        with bench.tolerating(site):
            return bench.platform(site).profile()
    return None


def _lost(document: Document, profile: Profile) -> list[Problem]:
    """What the site's filter would take out, as problems at the lines where it stands."""
    from blogkit.survival.check import what_is_lost

    return [
        Problem("", fragment.line + loss.line_offset, f"{loss.what}: {loss.reason}", loss.fix, "will-not-survive", loss.severity)
        for fragment in document.fragments
        for loss in what_is_lost(fragment.html, profile)
    ]
