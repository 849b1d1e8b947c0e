"""Plan what gives a link its address: in `links.toml`, and in every post that waits for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blogkit.config import LINKS
from blogkit.config.links import with_link
from blogkit.edits import BodyForm
from blogkit.errors import BlogkitError, ContentError, UsageError
from blogkit.journal.store import Journal
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileChange, FileRun, bytes_of
from blogkit.project.files.writing import reading
from blogkit.project.links.uses import linked_posts, posts_with
from blogkit.project.live.bulk_edit import BulkEdit, EditPlan, EditResult
from blogkit.project.live.edits import rerendered
from blogkit.project.live.open_edits import settle_open_edits
from blogkit.project.live.references import ReferencedPost
from blogkit.project.live.selection import ExactPost, Selection
from blogkit.project.live.snippet import quiz_in
from blogkit.project.options import PublishOptions
from blogkit.project.plans.guards import Basis
from blogkit.project.plans.plan import Plan
from blogkit.project.plans.planning import PlannedPosts, plan_posts
from blogkit.project.plans.progress import OnProgress, Progress
from blogkit.project.plans.report import Report
from blogkit.regions import find_regions
from blogkit.sanitizers.profiles import Profile
from blogkit.sync.actions import Action


class LinkPlan(Plan):
    """The changes that give a link its address.

    Args:
        context: The call's context.
        name: The link's name.
        url: Its address.
        file: The change of `links.toml`; None if the address is there already.
        published: What follows for posts with a file.
        edits: What follows for widgets in live posts.
        left_out: Why posts were left out.

    Attributes:
        name: As given.
        url: As given.
    """

    def __init__(
        self,
        context: ProjectContext,
        name: str,
        url: str,
        *,
        file: FileChange | None,
        published: PlannedPosts,
        edits: Sequence[EditPlan],
        left_out: Sequence[BlogkitError],
    ) -> None:
        super().__init__(
            context,
            _merged(published.by_site, edits),
            published.basis,
            command="link set",
            warnings=published.warnings,
            left_out=(*published.left_out, *left_out, *(e for one in edits for e in one.left_out)),
            questions=published.questions,
            examined=published.examined + sum(one.examined for one in edits),
            lost_history=published.lost_history,
            compares_clocks=True,
        )
        self.name, self.url = name, url
        self._file, self._edits = file, edits

    @property
    def writing(self) -> int:
        """How many changes send something, or change a post's file."""
        return super().writing + sum(len(one.changed_files) for one in self._edits)

    def _settle(self, journal: Journal) -> None:
        sites = (site for site in self._context.config.sites if site not in self.unavailable)
        settle_open_edits(self._context, journal, sites)

    def _write_files(self, files: FileRun, on_progress: OnProgress) -> None:
        # First: if the run is cut off, the next `publish` sends the posts that are left.
        files.write([self._file] if self._file else [])
        for one in self._edits:
            one._write_files(files, on_progress)  # noqa: SLF001
        if self._file:
            message = f'{LINKS}: "{self.name}" is {self.url}'
            on_progress(Progress("writing files", message=message))

    def _execute(self, journal: Journal, report: Report, on_progress: OnProgress) -> None:
        if self._actions:
            super()._execute(journal, report, on_progress)


def plan_link(context: ProjectContext, name: str, url: str, on_progress: OnProgress) -> LinkPlan:
    """Plan what gives a link its address.

    Args:
        context: The call's context.
        name: The link's name.
        url: Its address.
        on_progress: Told each post that is looked at.

    Returns:
        The plan; nothing is written or sent before its `apply`.

    Raises:
        UsageError: The name or the address is not valid.
        ConfigError: `links.toml` cannot be used.
        BlogkitError: No site can be asked.
    """
    name, url = _checked(context, name, url)
    path = context.config.root / LINKS
    with reading(path):
        before = bytes_of(path)
    after = with_link(before, name, url, LINKS)
    change = FileChange(path, before, after, f'set the link "{name}" in {LINKS}')
    options = PublishOptions(links={name: url})
    posts = [post.path for post in posts_with(context, name)]
    left_out: list[BlogkitError] = []
    with context.journal() as journal:
        published = PlannedPosts({}, Basis.of(journal), 0)
        try:
            if posts:
                published = plan_posts(context, journal, posts, options, on_progress=on_progress)
        except ContentError as error:  # the link is set all the same
            left_out.append(error)
        edits = _plan_edits(context, journal, published, options.links, on_progress)
    return LinkPlan(
        context,
        name,
        url,
        file=change if before != after else None,
        published=published,
        edits=edits,
        left_out=left_out,
    )


def _plan_edits(
    context: ProjectContext,
    journal: Journal,
    published: PlannedPosts,
    links: Mapping[str, str],
    on_progress: OnProgress,
) -> list[EditPlan]:
    """Return the plans for widgets in live posts that were inserted with the link's name."""
    written = {
        (one.site, one.ref.id)
        for actions in published.by_site.values()
        for one in actions
        if one.writes and one.ref
    }
    chosen: dict[bool, dict[ExactPost, None]] = {}
    for linked in linked_posts(context, journal):
        if linked.names & links.keys() and (linked.post.site, linked.post.id) not in written:
            chosen.setdefault(linked.in_file, {})[linked.post] = None

    def fill(found: ReferencedPost, form: BodyForm, profile: Profile) -> EditResult:
        body = found.remote.body
        for region in find_regions(body).regions:
            if quiz_in(region.mark) in links:
                body = rerendered(
                    context.renderer, body, region, found, form, profile, force=False, links=links
                )
        return EditResult(body, f"fill the link {', '.join(links)}")

    return [
        BulkEdit(context, journal, Selection(exact=tuple(posts)), change_live=not in_file).plan(
            "link set", fill, on_progress
        )
        for in_file, posts in chosen.items()
    ]


def _checked(context: ProjectContext, name: str, url: str) -> tuple[str, str]:
    from blogkit.render import quiz

    name, url = name.strip(), url.strip()
    if not quiz.is_quiz_name(name) or not name.isprintable():
        hint = "use letters, digits and hyphens, such as polity-12"
        raise UsageError(f'"{name}" is not a valid name of a link', hint=hint)
    if wrong := quiz.objection(url, allow_http=context.config.allows_http):
        raise UsageError(f'the address "{url}" {wrong}', hint="copy it from your browser")
    return name, url


def _merged(
    published: Mapping[str, Sequence[Action]], edits: Sequence[EditPlan]
) -> dict[str, list[Action]]:
    merged = {site: list(actions) for site, actions in published.items()}
    for one in edits:
        for site, actions in one._actions.items():  # noqa: SLF001
            merged.setdefault(site, []).extend(actions)
    return merged
