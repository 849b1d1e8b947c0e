"""One operation on many live posts: choose them, change each body in memory, show, ask, carry out, say what became of each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from functools import cached_property
from typing import Any

from blogkit.cli import running
from blogkit.cli.in_file import InFile
from blogkit.cli.keeping import Keeper
from blogkit.cli.output import Output
from blogkit.cli.piece import Piece, call_in, draw, version_of
from blogkit.cli.refs import Found
from blogkit.cli.selection import Selection, select
from blogkit.cli.workbench import open_workbench, the_output
from blogkit.errors import BlogkitError, ConflictError, UsageError, nearest
from blogkit.journal.records import Intent
from blogkit.journal.store import Journal
from blogkit.publish import live
from blogkit.publish.actions import Action
from blogkit.publish.backup import pack
from blogkit.publish.difference import body_changes, changes, lines
from blogkit.publish.outcome import Outcome, Result
from blogkit.regions import Mark, Region, find_regions, not_kept
from blogkit.surgery import Edit, Form, NoSuchPlace, form_of
from blogkit.surgery import replace as write_anew
from blogkit.survival.check import what_is_lost
from blogkit.survival.profile import Profile

Operate = Callable[[str, Form, str, Mark], Edit]
Edited = Callable[[Found, Form, Profile], tuple[str, str, list[str]]]
"""Gives a post's new body, what is done in a few words, and what the user should know."""
_NAMED = 5
_COLOURS = {"+": "green", "-": "red", "@": "blue"}


class Job:
    """What a command was asked for. options: the command's own, of which those that choose posts are taken here."""

    def __init__(self, options: Mapping[str, Any], refs: tuple[str, ...], command: str) -> None:
        self.output, self.bench = the_output(), open_workbench()
        self.command = command
        self._several = False
        self._without: list[str] = []
        self._chosen = Selection(refs, **{name: options[name] for name in ("site", "label", "since", "search", "everything")})
        self._limit, self._live, self._dry, self._yes = (options[name] for name in ("limit", "live", "dry_run", "yes"))

    def run(self, doing: str, piece: Piece, name: str, operate: Operate) -> int:
        """Put a piece into each post, in the way of `operate`."""

        def edit(found: Found, form: Form, profile: Profile) -> tuple[str, str, list[str]]:
            made = piece.drawn(self.bench, profile, f"{found.remote.ref.id}/{name}")
            _refuse_lossy(made, profile, piece.name)
            changed = operate(found.remote.body, form, made, piece.mark(name))
            anew = self.command == "insert" and bool(changed.changes) and all(change.kind == "replaced" for change in changed.changes)
            if anew and "replace:" not in doing:
                lines = ", ".join(str(change.line) for change in changed.changes)
                again = f"a place of this ID is there already, so --at was not asked; a second {piece.name} needs another --id"
                return changed.body, f"write {name} anew where it is (line {lines})", [again, *changed.notes]
            return changed.body, doing, list(changed.notes)

        return self._run(edit)

    def run_text(self, wanted: str, value: str, *, nth: int | None) -> int:
        """Put other words in the place of these, wherever they stand."""

        from blogkit.surgery import replace_text

        def edit(found: Found, _form: Form, _profile: Profile) -> tuple[str, str, list[str]]:
            changed = replace_text(found.remote.body, wanted, value, nth=nth)
            places = [f"line {place.line}, {place.where}: {place.before} → {place.after}" for place in changed.places]
            left = [f"line {place.line}, {place.where}: left alone: {place.reason}" for place in changed.left]
            return changed.body, f"replace “{wanted}” in {len(places)} place{'s' * (len(places) != 1)}", [*places, *left]

        return self._run(edit)

    def run_upgrade(self, widget: str, version: int | None, *, force: bool) -> int:
        """Draw the widgets of each post anew."""
        if widget and widget not in self.bench.registry:
            hint = nearest(widget, self.bench.registry.names()) or "blogkit widget list names them"
            raise UsageError(f'there is no widget "{widget}"', hint=hint)

        def edit(found: Found, form: Form, profile: Profile) -> tuple[str, str, list[str]]:
            body, done = found.remote.body, []
            for region in find_regions(body).regions:
                if self._is_due(region, widget, version):
                    changed = self._redrawn(body, region, found, form, profile, force=force)
                    if changed != body:
                        done.append(region.mark.id)
                    body = changed
            return body, f"upgrade {', '.join(done)}", []

        return self._run(edit)

    def _is_due(self, region: Region, widget: str, version: int | None) -> bool:
        mark = region.mark
        return bool(mark.widget and mark.data) and widget in ("", mark.widget) and (version is None or mark.version <= version)

    def _redrawn(self, body: str, region: Region, found: Found, form: Form, profile: Profile, *, force: bool) -> str:
        mark = region.mark
        if mark.widget not in self.bench.registry:
            raise UsageError(
                f'the widget "{mark.widget}" of the region "{mark.id}" is not here', hint="blogkit widget list names those that are"
            )
        made = draw(self.bench, mark.widget, call_in(mark), profile, f"{found.remote.ref.id}/{mark.id}")
        newer = Mark(mark.id, mark.widget, version_of(self.bench.registry[mark.widget]), mark.data)
        return write_anew(body, made, newer, form=form, force=force).body

    def _run(self, edit: Edited) -> int:
        with self.bench.journal() as journal, nullcontext() if self._dry else journal.alone(self.command):
            self._journal = journal
            chosen = select(self.bench, journal, self.output, self._chosen)
            if not self._dry:
                _settle(journal, chosen)
            self._several = len(chosen) > 1
            if not chosen:
                self.output.warn("no post fits")
            plans: dict[str, list[Action]] = {}
            files: list[InFile] = []
            for found in chosen:
                action, notes = self._action(found, edit)
                if isinstance(action, InFile):
                    files += [action] if action.changed else []
                    self._say_file(action)
                elif action is not None:
                    plans.setdefault(found.site, []).append(action)
                    self._say(action, notes)
            return self._carry_out(plans, files, len(chosen))

    def _carry_out(self, plans: Mapping[str, list[Action]], files: Sequence[InFile], looked_at: int) -> int:
        writing = sum(action.writes for actions in plans.values() for action in actions)
        in_files = f", {len(files)} in their files" if files else ""
        without = f", {len(self._without)} without such a place ({_listed(self._without)})" if self._without else ""
        self.output.say(f"{looked_at} post{'s' * (looked_at != 1)} looked at, {writing} to change{in_files}{without}", "bold")
        names = [self.bench.workspace.relative(file.path) for file in files]
        if self._dry:
            return running.dry_run(self.output, self.bench, plans, self._limit, {"files": names, "without": self._without})
        running.refuse_many(plans, self._limit)
        agreed = running.confirmed(self.output, plans, yes=self._yes, others=len(files))
        if agreed is None:
            return 1
        for file in files:
            file.require_unchanged()
        for file in files:
            file.write()
        if files:
            self.output.say(f"changed: {', '.join(names)}; blogkit publish sends them", "green")
        outcomes = running.carry_out(self.bench, self.output, self._journal, agreed, self.command) if plans else []
        _say_unmarked(self.output, outcomes)
        more = {"files": names, "without": self._without}
        return running.ended(self.bench, self.output, outcomes, more, silent=bool(files) and not outcomes)

    def _action(self, found: Found, edit: Edited) -> tuple[Action | InFile | None, list[str]]:
        """What follows for a post; None where an archive was chosen and this post has no such place."""
        zone = self.bench.workspace.zone
        try:
            in_file = self._in_file(found, edit)
            if in_file:
                return in_file, []
            platform = self.bench.platform(found.site)
            form = form_of(found.remote.body, self.bench.workspace.site(found.site).platform)
            body, doing, notes = edit(found, form, platform.profile())
            if body != found.remote.body:
                _refuse_damage(found, platform.profile())
        except NoSuchPlace as error:
            if self._chosen.listed:
                self._without.append(found.remote.title)
                return None, []
            return live.refused(found.site, found.remote, error.message, error.hint, zone=zone), []
        except BlogkitError as error:
            if isinstance(error, UsageError) and not self._several:
                raise
            conflict = isinstance(error, ConflictError)
            return live.refused(found.site, found.remote, error.message, error.hint, conflict=conflict, zone=zone), []
        return live.edit(found.site, found.remote, body, doing, zone=zone), notes

    def _in_file(self, found: Found, edit: Edited) -> InFile | None:
        """The change where the post's own file holds the blog's bytes. Raises for a file that blogkit renders; None without a file."""
        path = None if self._live or not found.key else self._keeper.file_of(found)
        if path is None:
            return None
        post = self._keeper.adopted(path)
        if post is None:
            live_form = form_of(found.remote.body, self.bench.workspace.site(found.site).platform)
            if edit(found, live_form, self.bench.platform(found.site).profile())[0] == found.remote.body:
                return None  # nothing would change there, so the file is in nobody's way
            place = self.bench.workspace.relative(path)
            raise BlogkitError(
                f"its file is {place}, and what is changed on the blog would differ from it",
                hint=f"change {place} and publish it; or --live, and then blogkit pull {place} --replace",
            )
        form = form_of(post.exact, self.bench.workspace.site(found.site).platform)
        stands = dataclasses.replace(found, remote=dataclasses.replace(found.remote, body=post.exact))
        body, doing, notes = edit(stands, form, self.bench.platform(found.site).profile())
        return InFile(path, post.exact, body, doing, notes)

    @cached_property
    def _keeper(self) -> Keeper:
        return Keeper(self.bench, self._journal)

    def _say_file(self, file: InFile) -> None:
        if self._yes and not self._dry:
            return
        place = self.bench.workspace.relative(file.path)
        self.output.say(f"{file.doing} in {place}" if file.changed else f"nothing to do in {place}", "green" if file.changed else "")
        for note in file.notes:
            self.output.say(f"    {note}")
        for sign, line in lines(body_changes(file.before, file.body)):
            self.output.say(f"    {line}", _COLOURS.get(sign, ""))

    def _say(self, action: Action, notes: Iterable[str]) -> None:
        if self._yes and not self._dry:
            return
        self.output.say(action.story, "yellow" if action.blocked else "green" if action.writes else "")
        if action.hint:
            self.output.say(f"    {action.hint}")
        for note in notes:
            self.output.say(f"    {note}")
        if action.wanted is not None and action.look.remote is not None:
            for sign, line in lines(changes(action.look.remote, action.wanted)):
                self.output.say(f"    {line}", _COLOURS.get(sign, ""))


def _listed(titles: Sequence[str]) -> str:
    """A few names, and how many more there are."""
    named = ", ".join(f"“{title}”" for title in titles[:_NAMED])
    return f"{named} and {len(titles) - _NAMED} more" if len(titles) > _NAMED else named


def _refuse_lossy(made: str, profile: Profile, name: str) -> None:
    for loss in what_is_lost(made, profile):
        if loss.severity == "error":
            raise BlogkitError(f"the site would not keep {name} as it is: {loss.what}: {loss.reason}", hint=loss.fix)


def _refuse_damage(found: Found, profile: Profile) -> None:
    """A site that filters what this account sends would filter the whole post: what somebody with more rights put there would be lost."""
    losses = [loss for loss in what_is_lost(found.remote.body, profile) if loss.severity == "error"]
    if losses:
        first = losses[0]
        raise BlogkitError(
            f"saving it with this account would take out what stands there now: line {first.line_offset + 1}: {first.what}"
            + (f", and {len(losses) - 1} more" if len(losses) > 1 else ""),
            hint="sign in as somebody who may post raw HTML (on WordPress an administrator or editor)",
        )


def _settle(journal: Journal, chosen: Iterable[Found]) -> None:
    """Edits of these posts whose end nobody noted: by now it can be seen whether they arrived."""
    open_ends: dict[tuple[str, str], list[Intent]] = {}
    for site in {found.site for found in chosen}:
        for intent in journal.unsettled(site):
            open_ends.setdefault((site, intent.key), []).append(intent)
    for found in chosen:
        key = live.key_of(found.remote.ref)
        for number, arrived in live.verdicts(open_ends.get((found.site, key), []), found.remote).items():
            if arrived:
                journal.finish(number, found.site, key, found.remote.ref.id, pack(found.remote), "found done by the next run")
            else:
                journal.mark(number, "failed", "it did not arrive, by the next look")


def _say_unmarked(output: Output, outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        wanted, shown = outcome.action.wanted, outcome.remote
        if outcome.result is Result.LOST and wanted is not None and shown is not None:
            for name in not_kept(wanted.body, shown.body):
                what = f'{outcome.action.site} did not keep the marks of the region "{name}"'
                output.warn(f"{what}: blogkit undo, then insert it with --mark attribute")
