"""Pull single posts and adopt a whole blog: files for posts that are on a site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from blogkit.errors import BlogkitError, Conflict, ContentError, SiteError, UsageError
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileChange, FileRun
from blogkit.project.files.interrupted import finish_replacements
from blogkit.project.files.post_files import CannotExport, NewFile, PostExporter, record_adoption
from blogkit.project.live.references import ReferencedPost, listed, resolve_all
from blogkit.project.plans.progress import OnProgress, Progress, advancing
from blogkit.project.plans.report import Report
from blogkit.sync.compare import as_shown
from blogkit.sync.diff import FieldDiff, field_diffs

_NEXT = (
    "--html writes the blog's HTML in its place, and blogkit publish --ours keeps what is in the"
    " file"
)


@dataclass
class ExportReport:
    """The outcome of writing files for posts.

    Attributes:
        files: The files, relative to the project's folder; with `dry_run` those that would be
            written.
        failed: Posts that were left out, with the reason: no file can hold them, or their files
            differ.
        left_out: Why posts of a site cannot be read.
        public: Sites of which only the public view was read, and why signing in failed. Their
            posts are not recorded: `publish` compares them with the site first.
        recorded: What the journal now knows of them; None if there was nothing to record.
        dry_run: Nothing was written.
        changes: What was or would be changed in files that were there, each with its diff.
    """

    files: list[str] = field(default_factory=list)
    failed: list[tuple[ReferencedPost, BlogkitError]] = field(default_factory=list)
    left_out: list[SiteError] = field(default_factory=list)
    public: Mapping[str, BlogkitError] = field(default_factory=dict)
    recorded: Report | None = None
    dry_run: bool = False
    changes: list[FieldDiff] = field(default_factory=list)


def pull(
    context: ProjectContext,
    refs: Sequence[str],
    *,
    site: str,
    replace: bool,
    as_html: bool,
    dry_run: bool,
    on_progress: OnProgress,
) -> ExportReport:
    """Write a file for each post. All posts are fetched before the first file is written.

    Args:
        context: The call's context.
        refs: Files, keys, addresses or ids.
        site: Only this site; empty means the one that a reference is about.
        replace: Put the blog's HTML in the place of a file that differs from it.
        as_html: Write the blog's HTML in the place of blocks that Markdown cannot express.
        dry_run: Write nothing.
        on_progress: Told each file.

    Returns:
        The files, and what the journal now knows of them.

    Raises:
        Conflict: No post can be pulled, and one has a file that differs while `replace` is not set.
    """
    context.sites.public_allowed = True
    report = ExportReport(dry_run=dry_run, public=context.sites.public)
    with context.locked_journal("pull") as journal:
        found = resolve_all(context, journal, refs, site, report.left_out)
        if replace and not dry_run:
            finish_replacements(journal, context.config, {one.remote.ref.id for one in found})
        exporter = PostExporter(context, journal)
        steps = _steps(context, exporter, found, report, replace=replace, as_html=as_html)
        _raise_if_none(report, others=bool(steps))
        for _, reason in report.failed:
            on_progress(Progress("not pulled", error=reason))
        recorded = Report()
        with FileRun(journal, context.config, "pull", recorded) as files:
            written, patched = _pull_each(context, files, steps, report, on_progress)
            files.settle()
            if (written or report.public) and not dry_run:
                report.recorded = recorded
                record_adoption(
                    context, journal, written, "pull", recorded, on_progress, taken=patched
                )
    return report


class _Step(NamedTuple):
    """One post to pull: its site, the file to write (None for none), and a sentence about it."""

    site: str
    new: NewFile | None
    message: str


def _steps(
    context: ProjectContext,
    exporter: PostExporter,
    found: Sequence[ReferencedPost],
    report: ExportReport,
    *,
    replace: bool,
    as_html: bool,
) -> list[_Step]:
    """Return what to write for each post; the report has those that cannot be pulled."""
    steps = []
    for one in found:
        try:
            step = _step(context, exporter, one, replace=replace, as_html=as_html)
            steps.append(_Step(one.site, *step))
        except (Conflict, CannotExport) as error:  # no reason to leave out all the others
            report.failed.append((one, error))
    return steps


def _pull_each(
    context: ProjectContext,
    files: FileRun,
    steps: Sequence[_Step],
    report: ExportReport,
    on_progress: OnProgress,
) -> tuple[dict[str, list[Path]], set[Path]]:
    """Write the files. Return by site those to record, and which of them were patched."""
    written: dict[str, list[Path]] = {}
    patched: set[Path] = set()
    for site, new, message in steps:
        changes = new.changes(context.config) if new else []
        report.changes += [_shown(context, one) for one in changes if one.before]
        if not report.dry_run:
            files.write(changes)
        on_progress(Progress("pulling", message=message, advances=new is not None))
        if new:
            report.files += [context.config.relative(new.path)] if changes else []
            _tell_notes(context, new, report, on_progress)
            if not new.left and site not in report.public:
                written.setdefault(site, []).append(new.path)
                patched |= {new.path} if new.patched else set()
    return written, patched


def _shown(context: ProjectContext, change: FileChange) -> FieldDiff:
    """Return a change of a file for people."""
    before, after = (
        tuple((data or b"").decode("utf-8", "replace").splitlines())
        for data in (change.before, change.after)
    )
    return FieldDiff(context.config.relative(change.path), before, after)


def _tell_notes(
    context: ProjectContext, new: NewFile, report: ExportReport, on_progress: OnProgress
) -> None:
    """Report what became of changes that could not simply be written."""
    place = context.config.relative(new.path)
    for note in new.notes:
        if not note.left:
            message = f"{place}:{note.line}: {note.message}"
            on_progress(Progress("pulling", message=message))
    if new.left:
        first = new.left[0]
        error = Conflict(
            f"{place}:{first.line}: {first.message}; it stays as it is in the file",
            hint=f"compare both with blogkit diff {place}; {_NEXT}",
        )
        error.others = [
            Conflict(f"{place}:{note.line}: {note.message}; it stays as it is in the file")
            for note in new.left[1:]
        ]
        report.failed.append((new.found, error))
        on_progress(Progress("not pulled", error=error))


def _raise_if_none(report: ExportReport, *, others: bool) -> None:
    """Raise the first error if no post is left; `others` of it has the rest."""
    errors = [error for _, error in report.failed]
    if errors and not others:
        errors[0].others = errors[1:]
        raise errors[0]


def adopt(
    context: ProjectContext,
    refs: Sequence[str],
    *,
    site: str,
    label: str,
    everything: bool,
    dry_run: bool,
    on_progress: OnProgress,
) -> ExportReport:
    """Start managing posts that are on a site; each gets a file with the blog's HTML.

    Args:
        context: The call's context.
        refs: Addresses or ids; none if `everything` or a label chooses the posts.
        site: The site's name; empty means the default site.
        label: Only posts with this label, category or tag.
        everything: Every post and page of the site.
        dry_run: Write nothing.
        on_progress: Told each file and each post that no file can hold.

    Returns:
        The files, and the posts that no file can hold.

    Raises:
        UsageError: No posts are named, or both kinds of choice are made.
    """
    if bool(refs) == (everything or bool(label)):
        hint = "run: blogkit adopt --help"
        raise UsageError(
            "no posts chosen, or chosen in two ways; use one of: POST..., --all, --label", hint=hint
        )
    report = ExportReport(dry_run=dry_run)
    with context.locked_journal("adopt") as journal:
        exporter = PostExporter(context, journal)
        found = (
            resolve_all(context, journal, refs, site, report.left_out)
            if refs
            else list(listed(context, journal, site, label, report.left_out))
        )
        recorded = Report()
        with FileRun(journal, context.config, "adopt", recorded) as files:
            written = _adopt_each(context, exporter, files, found, report, on_progress)
            files.settle()
            if report.files and not dry_run:
                report.recorded = recorded
                record_adoption(context, journal, written, "adopt", recorded, on_progress)
    return report


def _adopt_each(
    context: ProjectContext,
    exporter: PostExporter,
    files: FileRun,
    found: Sequence[ReferencedPost],
    report: ExportReport,
    on_progress: OnProgress,
) -> dict[str, list[Path]]:
    written: dict[str, list[Path]] = {}
    advance = advancing(on_progress, "adopting", len(found))
    for one in found:
        path = exporter.file_of(one)
        try:
            new = None if path else exporter.new_file(one)
        except CannotExport as error:  # no reason to leave out all the others
            report.failed.append((one, error))
            on_progress(Progress("not adopted", error=error))
        else:
            if new and not report.dry_run:
                files.write(new.changes(context.config))
            path = new.path if new else path
            assert path is not None
            place = context.config.relative(path)
            if new:
                message = f"“{one.remote.title}” → {place}"
                on_progress(Progress("adopting", message=message, total=len(found)))
            written.setdefault(one.site, []).append(path)
            report.files.append(place)
        advance(one.remote.title)
    return written


def _step(
    context: ProjectContext,
    exporter: PostExporter,
    found: ReferencedPost,
    *,
    replace: bool,
    as_html: bool,
) -> tuple[NewFile | None, str]:
    """Return the file to write, None if there is nothing to write, and a sentence about it."""
    name = f"“{found.remote.title}” on {found.site}"
    old = exporter.file_of(found)
    relative = context.config.relative
    if old is None:
        new = exporter.new_file(found)
        return new, f"{name} → {relative(new.path)}"
    place, public = relative(old), found.site in context.sites.public
    where = "text"
    # A file that cannot be read counts as one that differs.
    with suppress(ContentError):
        draft = exporter.draft_of(found, old)
        if not exporter.differs(found, draft):
            same = f"{place} is the source of {name}, and the blog has not changed it"
            return None, f"{same}: nothing to pull"
        shown = as_shown(context.sites.platform(found.site), draft, found.remote)
        fields = (change.where for change in field_diffs(shown, found.remote))
        where = ", ".join(dict.fromkeys(fields))
        if not replace and not public:
            patch = exporter.patched(found, old, as_html=as_html)
            if patch and patch.data != old.read_bytes():
                return patch, f"{name} → {place} (blogkit undo takes the changes back)"
            if patch and patch.left:
                return patch, f"nothing in {place} was changed"
    if public:  # it lacks what only the author sees, and a feed may have more, such as a footer
        raise Conflict(
            f"the public view of {name} and {place} differ ({where}); nothing was written",
            hint=f"to pull into a file that you have, run: blogkit login {found.site}",
        )
    if not replace:
        raise Conflict(
            f"{name} and {place} differ ({where}); nothing was written",
            hint=(
                f"compare them: blogkit diff {place}; with --replace, the blog's HTML replaces the"
                " file, and blogkit undo puts the file back"
            ),
        )
    new = exporter.replacement(found, old)
    return new, f"{name} → {relative(new.path)} (blogkit undo puts {place} back)"
