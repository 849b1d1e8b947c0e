"""Plan one edit of many live posts: choose them and change each body in memory."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from blogkit.edits import BodyForm, PlaceNotFound, body_form_of
from blogkit.errors import BlogkitError, Conflict, SiteError, UsageError
from blogkit.journal.records import Intent
from blogkit.journal.store import Journal
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileRun
from blogkit.project.files.post_files import PostExporter
from blogkit.project.live.adopted_file import AdoptedFile
from blogkit.project.live.references import ReferencedPost
from blogkit.project.live.selection import ExactPost, Selection, select
from blogkit.project.plans.guards import Basis
from blogkit.project.plans.plan import Plan
from blogkit.project.plans.progress import OnProgress, Progress
from blogkit.project.plans.report import Report
from blogkit.regions import missing_markers
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import Profile
from blogkit.sync import live_edit
from blogkit.sync.actions import Action
from blogkit.sync.outcome import Result
from blogkit.sync.serialize import pack_remote


@dataclasses.dataclass(frozen=True)
class EditResult:
    """The edit of one post.

    Attributes:
        body: Its new body.
        doing: What was done, in a few words.
        notes: What the user should know.
        idle: Why there is nothing to do, if the body is the same.
    """

    body: str
    doing: str
    notes: Sequence[str] = ()
    idle: str = live_edit.UP_TO_DATE


EditPost = Callable[[ReferencedPost, BodyForm, Profile], EditResult]
"""Changes one post's body in memory."""


class EditPlan(Plan):
    """The changes of live posts, and of the files of adopted posts.

    Args:
        context: The call's context.
        actions: The changes of each site.
        basis: What the plan rests on.
        command: What the journal calls the run.
        chosen: The posts.
        files: The files of adopted posts; `apply` changes those that differ.
        without: Titles of listed posts that have no such place.
        notes: What there is to know about each change, in the plan's order.
        left_out: The errors of posts that were left out.

    Attributes:
        files: As given.
        without: As given.
        notes: As given.
    """

    def __init__(
        self,
        context: ProjectContext,
        actions: Mapping[str, Sequence[Action]],
        basis: Basis,
        *,
        command: str,
        chosen: Sequence[ReferencedPost],
        files: Sequence[AdoptedFile],
        without: Sequence[str],
        notes: Sequence[Sequence[str]],
        left_out: Sequence[BlogkitError],
    ) -> None:
        examined = len(chosen)
        super().__init__(
            context, actions, basis, command=command, left_out=left_out, examined=examined
        )
        self.files, self.without, self.notes = files, without, notes
        self._chosen = chosen

    @property
    def changed_files(self) -> Sequence[AdoptedFile]:
        """The files that `apply` will write."""
        return [file for file in self.files if file.changed]

    @property
    def paths(self) -> Sequence[Path]:
        """The paths of the files that `apply` will write."""
        return [file.path for file in self.changed_files]

    @property
    def posts(self) -> tuple[ExactPost, ...]:
        """The posts that have the edit, or will have it."""
        refs = [(one.site, one.remote.ref) for one in self if one.remote and not one.blocked]
        refs += [(file.found.site, file.found.remote.ref) for file in self.files]
        return tuple(ExactPost(site, ref.kind, ref.id) for site, ref in refs)

    @property
    def writing(self) -> int:
        """How many changes send something, or change a file."""
        return super().writing + len(self.paths)

    def lost_markers(self, report: Report) -> list[str]:
        """Return a sentence for each region whose markers a site did not keep."""
        return [
            f'{outcome.change.site} did not keep the marks of the region "{name}"'
            for outcome in report
            if outcome.result is Result.LOST
            if outcome.change.desired_remote is not None and outcome.remote is not None
            for name in missing_markers(outcome.change.desired_remote.body, outcome.remote.body)
        ]

    def _settle(self, journal: Journal) -> None:
        settle(journal, self._chosen)

    def _write_files(self, files: FileRun, on_progress: OnProgress) -> None:
        changed, config = self.changed_files, self._context.config
        files.write([file.change(config) for file in changed])
        if changed:
            names = ", ".join(config.relative(file.path) for file in changed)
            message = f"changed: {names}; to send them, run blogkit publish"
            on_progress(Progress("writing files", message=message))

    def _execute(self, journal: Journal, report: Report, on_progress: OnProgress) -> None:
        if self._actions:
            super()._execute(journal, report, on_progress)


class BulkEdit:
    """Plan an edit for each chosen post.

    Args:
        context: The call's context.
        journal: Knows the keys of published posts.
        selection: Which posts.
        change_live: Change the post on the blog even if it has a file.

    Attributes:
        plan_type: The class of the plan.
    """

    plan_type: type[EditPlan] = EditPlan

    def __init__(
        self, context: ProjectContext, journal: Journal, selection: Selection, *, change_live: bool
    ) -> None:
        self._context, self._journal = context, journal
        self._selection, self._change_live = selection, change_live
        self._several = False
        self._without: list[str] = []

    def plan(self, command: str, edit: EditPost, on_progress: OnProgress) -> EditPlan:
        """Return the plan of one edit of every chosen post.

        Args:
            command: What the journal calls the run.
            edit: Changes one body in memory.
            on_progress: Told each post that is fetched.

        Raises:
            UsageError: No post is named, or one is unknown.
        """
        basis = Basis.of(self._journal)
        left_out: list[SiteError] = []
        chosen = select(self._context, self._journal, self._selection, on_progress, left_out)
        self._several = len(chosen) > 1
        actions: dict[str, list[Action]] = {}
        notes: dict[str, list[Sequence[str]]] = {}
        files: list[AdoptedFile] = []
        for found in chosen:
            change, known = self._change(found, edit)
            if isinstance(change, AdoptedFile):
                files.append(change)
            elif change is not None:
                actions.setdefault(found.site, []).append(change)
                notes.setdefault(found.site, []).append(known)
        return self.plan_type(
            self._context,
            actions,
            basis,
            command=command,
            chosen=chosen,
            files=files,
            without=self._without,
            notes=[one for site in actions for one in notes[site]],
            left_out=left_out,
        )

    def _change(
        self, found: ReferencedPost, edit: EditPost
    ) -> tuple[Action | AdoptedFile | None, Sequence[str]]:
        """Return what follows for a post, and what the user should know.

        It is None if many were chosen and this one has no such place.
        """
        remote, zone = found.remote, self._context.config.zone
        try:
            in_file = self._in_file(found, edit)
            if in_file:
                return in_file, ()
            profile = self._profile(found)
            result = edit(found, self._form(found, remote.body), profile)
            if result.body != remote.body:
                _refuse_damage(found, profile)
        except PlaceNotFound as error:
            # With a label or `--all`, posts without the place are expected; a post that was named
            # must have it.
            if self._selection.tolerant:
                self._without.append(remote.title)
                return None, ()
            return (
                live_edit.refused_edit(found.site, remote, error.message, error.hint, zone=zone),
                (),
            )
        except BlogkitError as error:
            # With one post, a mistake in the command ends it; with many, the others go on.
            if isinstance(error, UsageError) and not self._several:
                raise
            conflict = isinstance(error, Conflict)
            refused = live_edit.refused_edit(
                found.site, remote, error.message, error.hint, conflict=conflict, zone=zone
            )
            return refused, ()
        return (
            live_edit.plan_edit(
                found.site, remote, result.body, result.doing, zone=zone, idle=result.idle
            ),
            result.notes,
        )

    def _in_file(self, found: ReferencedPost, edit: EditPost) -> AdoptedFile | None:
        """Return the change if the post's file has the blog's bytes; None if it has no file.

        Raises for a file that blogkit renders: the blog would then differ from it.
        """
        path = None if self._change_live or not found.key else self._exporter.file_of(found)
        if path is None:
            return None
        post, profile = self._exporter.adopted(path), self._profile(found)
        if post is None:
            result = edit(found, self._form(found, found.remote.body), profile)
            if result.body == found.remote.body:
                return None  # nothing would change there, so the file does not matter
            place = self._context.config.relative(path)
            raise BlogkitError(
                f"the post has a file, {place}, which would then differ from the blog",
                hint=(
                    f"change {place} and publish it; or use --live, then run blogkit pull {place}"
                    " --replace"
                ),
            )
        # The file is edited, not the post: it may have changes that are not published yet.
        remote = dataclasses.replace(found.remote, body=post.exact)
        here = dataclasses.replace(found, remote=remote)
        result = edit(here, self._form(found, post.exact), profile)
        return AdoptedFile(found, path, post.exact, result.body, result.doing, result.notes)

    def _form(self, found: ReferencedPost, body: str) -> BodyForm:
        return body_form_of(body, self._context.config.site(found.site).platform)

    def _profile(self, found: ReferencedPost) -> Profile:
        return self._context.sites.platform(found.site).profile()

    @cached_property
    def _exporter(self) -> PostExporter:
        return PostExporter(self._context, self._journal)


def _refuse_damage(found: ReferencedPost, profile: Profile) -> None:
    """Refuse the edit if the site would filter the whole post for this account."""
    # The whole body, not just the part that changes: the site filters all of it whenever it is
    # saved.
    all_losses = judge(found.remote.body, profile).losses
    losses = [loss for loss in all_losses if loss.severity == "error"]
    if losses:
        first = losses[0]
        raise BlogkitError(
            "if this account saves the post, the site would remove parts of it: "
            f"line {first.line_offset + 1}: {first.what}"
            + (f", and {len(losses) - 1} more" if len(losses) > 1 else ""),
            hint=(
                "sign in with an account that may post raw HTML (on WordPress, an administrator or"
                " editor)"
            ),
        )


def settle(journal: Journal, chosen: Iterable[ReferencedPost]) -> None:
    """Record the end of interrupted edits of these posts: by now it shows whether they arrived.

    Args:
        journal: Knows the edits without an end.
        chosen: The posts as they are.
    """
    chosen = list(chosen)
    open_ends: dict[tuple[str, str], list[Intent]] = {}
    for site in {found.site for found in chosen}:
        for intent in journal.unsettled(site):
            open_ends.setdefault((site, intent.key), []).append(intent)
    for found in chosen:
        remote = found.remote
        key = live_edit.key_of(remote.ref)
        for number, arrived in live_edit.verdicts(
            open_ends.get((found.site, key), []), remote
        ).items():
            if arrived:
                after, note = pack_remote(remote), "found done by the next run"
                journal.finish(number, found.site, key, remote.ref.id, after, note)
            else:
                journal.mark(number, "failed", "it did not arrive, by the next look")
