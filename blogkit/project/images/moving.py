"""Move the pictures of live posts to the image host: upload them, and edit their addresses only."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from blogkit.edits import BodyForm, picture_places, replace_address, with_addresses_moved
from blogkit.errors import BlogkitError, UsageError
from blogkit.hosting import Hosting
from blogkit.journal.store import Journal
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileChange, FileRun
from blogkit.project.images.found import FoundPicture, addresses_in_file, pictures_in_post
from blogkit.project.images.hosts import hosting_of
from blogkit.project.images.mover import PictureMover, StayingPicture
from blogkit.project.images.servers import ChosenServers
from blogkit.project.live.adopted_file import AdoptedFile
from blogkit.project.live.bulk_edit import BulkEdit, EditPlan, EditPost, EditResult
from blogkit.project.live.references import ReferencedPost
from blogkit.project.live.selection import Selection
from blogkit.project.plans.progress import OnProgress, Progress, advancing
from blogkit.sanitizers.profiles import Profile
from blogkit.sync import live_edit
from blogkit.sync.actions import Action


class MovePlan(EditPlan):
    """The posts whose pictures move. `apply` uploads each picture once, and then edits the posts.

    A post of which a picture cannot be moved stays as it is; the others go on.

    Attributes:
        pictures: The addresses that move, each with why it cannot; "" if it can, as far as known.
        staying: Those that cannot, with the posts that keep them.
        unmatched: A sentence for each server that was asked for and has none of these pictures.
    """

    pictures: dict[str, str]
    staying: Sequence[StayingPicture]
    unmatched: Sequence[str]

    def prepare(
        self,
        hosting: Hosting,
        mover: PictureMover,
        sources: Mapping[Path, bytes],
        unmatched: Sequence[str],
    ) -> None:
        """Give the plan what `apply` needs.

        Args:
            hosting: The host.
            mover: Knows the pictures.
            sources: The files of posts that blogkit renders, as they were read.
            unmatched: As the attribute.
        """
        self._hosting, self._mover, self._sources = hosting, mover, sources
        self.pictures, self.staying, self.unmatched = mover.pictures, mover.staying, unmatched
        self._failed: dict[str, BlogkitError] = {}

    @property
    def paths(self) -> Sequence[Path]:
        """The files that `apply` will write, also those of posts that blogkit renders."""
        gone = {url: "" for url, why in self.pictures.items() if not why}
        rendered = [path for path, data in self._sources.items() if _moved_text(data, gone) != data]
        return [*super().paths, *rendered]

    def _write_files(self, files: FileRun, on_progress: OnProgress) -> None:
        moved = self._upload(on_progress)
        self._actions = {
            site: [self._final(one, moved) for one in planned]
            for site, planned in self._actions.items()
        }
        self.files = [
            dataclasses.replace(file, body=_moved_body(file.before, moved)) for file in self.files
        ]
        config, changes = self._context.config, []
        for path, data in self._sources.items():
            after = _moved_text(data, moved)
            if after != data:
                summary = f"move pictures in {config.relative(path)}"
                changes.append(FileChange(path, data, after, summary))
        files.write(changes)
        super()._write_files(files, on_progress)

    def _upload(self, on_progress: OnProgress) -> dict[str, str]:
        """Return the new addresses of the pictures that readers get there."""
        moved: dict[str, str] = {}
        advance = advancing(on_progress, f"moving pictures to {self._hosting.label}", 0)
        with self._context.journal() as journal:
            for url in [url for url, why in self.pictures.items() if not why]:
                advance(url)
                try:
                    moved[url] = self._mover.upload(journal, self._hosting, url)
                except BlogkitError as error:
                    self._failed[url] = error
                    message = f"not moved: {url}: {error.message}"
                    on_progress(Progress("moving pictures", message=message))
        return moved

    def _final(self, action: Action, moved: Mapping[str, str]) -> Action:
        """Return the action with the new addresses; a refusal if one of them is missing."""
        remote, zone = action.remote_state.remote, self._context.config.zone
        if not action.writes or remote is None:
            return action
        lost = [one.url for one in picture_places(remote.body) if one.url in self._failed]
        if lost:
            error = self._failed[lost[0]]
            reason = f"{lost[0]} cannot be moved: {error.message}"
            hint = error.hint or "run the same command again, or replace this picture"
            return live_edit.refused_edit(action.site, remote, reason, hint, zone=zone)
        body = _moved_body(remote.body, moved)
        return live_edit.plan_edit(action.site, remote, body, "move pictures", zone=zone)


class _MoveEdit(BulkEdit):
    """Edits posts on the blog also if blogkit renders their file: its addresses move, too."""

    plan_type = MovePlan

    def __init__(self, *given: Any) -> None:
        super().__init__(*given, change_live=False)
        self.sources: dict[Path, bytes] = {}

    def _in_file(self, found: ReferencedPost, edit: EditPost) -> AdoptedFile | None:
        path = self._exporter.file_of(found) if found.key else None
        if path is None or self._exporter.adopted(path) is not None:
            return super()._in_file(found, edit)
        self.sources[path] = path.read_bytes()
        return None


def plan_picture_move(
    context: ProjectContext,
    journal: Journal,
    to: str,
    selection: Selection,
    *,
    servers: Sequence[str],
    private: bool,
    on_progress: OnProgress,
) -> MovePlan:
    """Plan to move the pictures of live posts to the image host. Fetches them, uploads nothing.

    Args:
        context: The call's context.
        journal: Knows the keys of published posts.
        to: The host, as `[images]` names it.
        selection: Which posts.
        servers: Only pictures on these servers; none means all.
        private: Also fetch from servers on this machine and in private networks.
        on_progress: Told each post.

    Returns:
        The plan.

    Raises:
        UsageError: `[images]` names another host, or no post is chosen.
    """
    hosting = _host_to_move_to(context, to)
    mover, wanted = PictureMover(context, hosting, private=private), ChosenServers(servers)

    def edit(found: ReferencedPost, _form: BodyForm, _profile: Profile) -> EditResult:
        places: dict[str, list[FoundPicture]] = {}
        for one in pictures_in_post(found):
            places.setdefault(one.url, []).append(one)
        # `has` counts: it is asked about each picture.
        chosen = [url for url in places if wanted.has(url) and not mover.is_there(url)]
        for url in chosen:
            mover.fetch(url)
            if mover.pictures[url]:
                mover.keep(url, places[url])
        moving = [url for url in chosen if not mover.pictures[url]]
        body = _moved_body(found.remote.body, {url: _pending(url) for url in moving})
        doing = f"move {_pictures(len(moving))} to {hosting.label}"
        idle = (
            f"{_pictures(len(chosen))} cannot be fetched" if chosen else "it has no picture to move"
        )
        return EditResult(body, doing, [f"{url} moves" for url in moving], idle)

    bulk = _MoveEdit(context, journal, selection)
    plan = bulk.plan("images move", edit, on_progress)
    assert isinstance(plan, MovePlan)
    plan.prepare(hosting, mover, bulk.sources, wanted.unmatched())
    return plan


def _host_to_move_to(context: ProjectContext, to: str) -> Hosting:
    """Return the image host, if it is the one that was named and blogkit can upload to it."""
    if to == "manual":
        raise UsageError(
            'pictures cannot be moved to "manual": blogkit cannot upload them there',
            hint='set host = "s3", "github" or "wordpress" in [images] of blogkit.toml',
        )
    hosting = hosting_of(context.settings)
    if hosting is None or to != context.config.images.host:
        hint = f'set host = "{to}" in [images] of blogkit.toml; docs/images.md describes the hosts'
        raise UsageError(f'pictures cannot be moved to "{to}": it is not the image host', hint=hint)
    return hosting


def _pictures(number: int) -> str:
    return f"{number} picture{'s' * (number != 1)}"


def _pending(url: str) -> str:
    """Return what stands for a new address until the picture is uploaded."""
    return f"https://new-address.invalid/{hashlib.sha256(url.encode()).hexdigest()[:12]}"


def _moved_body(body: str, moved: Mapping[str, str]) -> str:
    # Only its own pictures: an archive has thousands, and each is looked for in the whole body.
    own = dict.fromkeys(one.url for one in picture_places(body))
    for old in [url for url in own if url in moved]:
        body = replace_address(body, old, moved[old]).body
    return body


def _moved_text(data: bytes, moved: Mapping[str, str]) -> bytes:
    text = data.decode("utf-8", errors="surrogateescape")
    for old in sorted(addresses_in_file(text) & moved.keys()):
        text = with_addresses_moved(text, old, moved[old])
    return text.encode("utf-8", errors="surrogateescape")
