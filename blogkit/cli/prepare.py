"""From a post file to what it is meant to be on a site, with everything that speaks against sending it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.cli.archive import Archive, Row
from blogkit.cli.output import Output
from blogkit.cli.workbench import Wishes, Workbench
from blogkit.errors import ContentError, Problem
from blogkit.publish.actions import Desired

if TYPE_CHECKING:  # an archive in which nothing has changed needs none of these
    from blogkit.content.post import Post
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

_HEAD = 4096
"""Bytes of a file in which its key and its id stand, if it names them."""


@dataclass(frozen=True)
class Whole:
    """A post read and rendered for a site. problems: what speaks against sending it, warnings included."""

    post: Post
    document: Document
    desired: Desired
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True)
class Prepared:
    """One post for one site, ready to be planned. read: reads and renders it, for whoever needs more than its digests."""

    site: str
    path: Path
    desired: Desired
    read: Callable[[], Whole] = field(repr=False, compare=False)

    @cached_property
    def whole(self) -> Whole:
        return self.read()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.whole.problems


def prepare(bench: Workbench, post: Post, site: str, wishes: Wishes, *, profile: Profile | None = None) -> Whole:
    """Render a post for a site and ask the platform what it would refuse.

    profile: what the site keeps; None = the site's kind's usual one, without asking it. Raises `ContentError` when the post
    cannot be rendered. Sends nothing.
    """
    from blogkit.publish.desired import desire

    platform = bench.platform(site)
    kept = profile or bench.usual_profile(site)
    document = bench.document(post, bench.workspace.site(site), wishes, kept)
    desired = desire(post, document, platform, bench.workspace.zone, bench.clock())
    found = [*platform.check(desired.draft, desired.target), *_lost(document, kept)]
    place = bench.workspace.relative(post.path)
    problems = [*(_placed(problem, place, post) for problem in found), *bench.linter.refusals(post)]
    if post.remote_id:
        # It is on the blog as it is, whatever is wrong with it: no reason to send nothing of all the others.
        problems = [replace(problem, severity="warning") for problem in problems]
    return Whole(post, document, desired, tuple(problems))


def prepare_all(bench: Workbench, paths: Sequence[Path], wishes: Wishes, *, online: bool) -> dict[str, list[Prepared]]:
    """The posts of these files (or all) for every site they go to, by site. Raises one `ContentError` with all errors of all.

    A file that has not changed since it was last rendered is not read again. A site that cannot be asked is in `bench.down`
    afterwards. online: the sites may be asked what they keep; else what they said last is taken.
    """
    sources = bench.sources(paths)
    with Archive.open(bench, wishes, online=online) as archive:
        rows = archive.rows(sources)
        unknown = [path for path in sources if path not in rows]
        fresh, errors = _fresh(bench, archive, unknown, wishes, online=online) if unknown else ({}, [])
        errors += _doubles(bench, rows, fresh, named=bool(paths))
        profiles = {site: archive.profile(site) for site in {row.site for found in rows.values() for row in found}}
    if errors:
        raise ContentError(sorted(set(errors)), hint="nothing was sent")
    ready: dict[str, list[Prepared]] = {}
    for path in sources:
        for prepared in fresh.get(path) or [_known(bench, path, row, wishes, profiles[row.site]) for row in rows.get(path, ())]:
            ready.setdefault(prepared.site, []).append(prepared)
    return ready


def say_down(bench: Workbench, output: Output, *, others: bool) -> None:
    """Name the sites that are left out of this run. Raises when there are no others."""
    errors = list(bench.down.values())
    for error in errors if others else errors[:-1]:
        output.error(error)
    if errors and not others:
        raise errors[-1]


def _fresh(
    bench: Workbench, archive: Archive, paths: Sequence[Path], wishes: Wishes, *, online: bool
) -> tuple[dict[Path, list[Prepared]], list[Problem]]:
    """The posts that have to be read, by file, and what is wrong with any of them."""
    ready: dict[Path, list[Prepared]] = {}
    posts, errors = bench.readable_posts(paths)
    # A file that cannot be read ends in an error anyway: then no site needs to be asked.
    in_vain = online and bool(errors)
    for post in posts:
        wholes: list[Whole] = []
        sites = bench.sites_of(post, wishes)
        for site in sites:
            try:
                whole = prepare(bench, post, site, wishes, profile=None if in_vain else archive.profile(site))
            except ContentError as error:
                errors += error.problems
                continue
            errors += [problem for problem in whole.problems if problem.severity == "error"]
            wholes.append(whole)
        ready[post.path] = [Prepared(whole.desired.site, post.path, whole.desired, lambda whole=whole: whole) for whole in wholes]  # type: ignore[misc]
        if len(wholes) == len(sites) and not any(whole.refused for whole in wholes):
            archive.keep(post.path, [(whole.desired, whole.document.files) for whole in wholes])
    return ready, errors


def _known(bench: Workbench, path: Path, row: Row, wishes: Wishes, profile: Profile) -> Prepared:
    """A post of which everything that a plan needs is known from before."""

    def read() -> Whole:
        (post,) = bench.posts([path])
        return prepare(bench, post, row.site, wishes, profile=profile)

    whole: list[Whole] = []

    def once() -> Whole:
        if not whole:
            whole.append(read())
        return whole[0]

    desired = row.desired(path, lambda: once().desired.draft, bench.workspace.zone, bench.clock())
    return Prepared(row.site, path, desired, once)


def _doubles(bench: Workbench, rows: dict[Path, list[Row]], fresh: dict[Path, list[Prepared]], named: bool) -> list[Problem]:
    """Two files that mean one post, by their key or by the site's id of it: each would overwrite what the other says.

    Where files are named, the others of the workspace are asked, too. `load_each` compares the keys of those that were read just now.
    """
    meant = [(path, row.site, row.key, row.remote_id) for path, found in rows.items() for row in found]
    meant += [(path, one.site, one.desired.key, one.desired.remote_id) for path, ready in fresh.items() for one in ready]
    others = _alike(bench, {path for path, *_ in meant}, {word for _, _, *words in meant for word in words}) if named else []
    usual = (bench.workspace.default_site,)
    meant = [(post.path, site, post.key, post.remote_id) for post in others for site in post.sites or usual] + meant
    by_key: dict[str, Path] = {}
    by_id: dict[tuple[str, str], Path] = {}
    found: dict[Path, Problem] = {}
    for path, site, key, remote_id in meant:
        other = by_key.setdefault(key, path)
        if other != path and not (path in fresh and other in fresh):
            hint = "give one of them another key: in its front matter"
            words = f'the key "{key}" is also that of {bench.workspace.relative(other)}'
            found[path] = Problem(bench.workspace.relative(path), 1, words, hint, "duplicate-key-in-files")
        other = by_id.setdefault((site, remote_id), path) if remote_id else path
        if other != path:
            hint = "keep one of them; a copy that is to be a post of its own has no post_id:"
            words = f"{bench.workspace.relative(other)} is the same post on {site}, by its post_id"
            found.setdefault(path, Problem(bench.workspace.relative(path), 1, words, hint, "duplicate-post-id"))
    return list(found.values())


def _alike(bench: Workbench, mine: Collection[Path], words: Collection[str]) -> list[Post]:
    """Other posts of the workspace that may have one of these keys or ids. Only what looks like it is read as a whole."""
    from unicodedata import normalize

    from blogkit.content.load import load_each

    wanted = set(words) - {""}
    marks = [word.encode() for word in wanted]
    alike = [path for path in bench.sources() if normalize("NFC", path.stem) in wanted or _says(path, marks)]
    alike = [path for path in alike if path.resolve() not in mine]
    return load_each(alike, root=bench.workspace.root, zone=bench.workspace.zone)[0] if alike else []


def _says(path: Path, marks: Sequence[bytes]) -> bool:
    """Whether one of these stands in the front matter, where it names a key or an id of its own."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return (b"key" in head or b"post_id" in head) and any(mark in head for mark in marks)


def _placed(problem: Problem, place: str, post: Post) -> Problem:
    """A platform's problem at the line of the front-matter field that it is about."""
    return replace(problem, path=place, line=problem.line or post.lines.get(_FIELDS.get(problem.code, ""), 0))


def _lost(document: Document, profile: Profile) -> list[Problem]:
    """What the site's filter would take out, as problems at the lines where it stands."""
    from blogkit.survival.check import what_is_lost

    return [
        Problem("", fragment.line + loss.line_offset, f"{loss.what}: {loss.reason}", loss.fix, "will-not-survive", loss.severity)
        for fragment in document.fragments
        for loss in what_is_lost(fragment.html, profile)
    ]
