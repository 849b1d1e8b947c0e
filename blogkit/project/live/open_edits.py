"""Edits and withdrawals of posts whose end is not known.

blogkit was killed, or got no usable answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, NotFound
from blogkit.journal.records import Intent
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform, Ref, Remote, State
from blogkit.project.context import ProjectContext
from blogkit.sync.actions import ActionKind

_WITHOUT_FILE = (ActionKind.EDIT, ActionKind.WITHDRAW, ActionKind.TRASH)
_TRASHING = (ActionKind.WITHDRAW, ActionKind.TRASH)


@dataclass(frozen=True)
class OpenEdit:
    """An edit of a live post, or the withdrawal of a draft, that may or may not have arrived.

    Attributes:
        site: The site's name.
        run: The run that it is part of.
        summary: What was to be done, in a sentence.
        post_id: The site's id of the post.
    """

    site: str
    run: int
    summary: str
    post_id: str


def open_edits(journal: Journal, sites: Iterable[str]) -> list[OpenEdit]:
    """Return the edits and withdrawals without a known end, also those of a run that is under way.

    Args:
        journal: The journal.
        sites: The sites' names.
    """
    return [
        OpenEdit(site, one.run, one.summary, one.remote_id)
        for site in sites
        for one in _open(journal, site)
    ]


def settle_open_edits(context: ProjectContext, journal: Journal, sites: Iterable[str]) -> None:
    """Look at each such post, and record what became of the edit. Sends nothing.

    Args:
        context: The call's context.
        journal: The journal, locked by the caller.
        sites: The sites to look at.
    """
    for site in sites:
        for intent in _open(journal, site):
            if intent.status == "intended":
                journal.mark(intent.id, "failed", "it was not sent")
                continue
            try:
                _settle(context.sites.platform(site), journal, intent)
            except BlogkitError:
                continue  # the next run looks again


def _open(journal: Journal, site: str) -> list[Intent]:
    return [one for one in journal.unsettled(site) if _is_settled_here(one)]


def _is_settled_here(intent: Intent) -> bool:
    """Return whether no plan of a file would settle an action."""
    from blogkit.sync.live_edit import is_without_file

    without = is_without_file(intent.key)
    return intent.action in _WITHOUT_FILE or (intent.action == ActionKind.UNTRASH and without)


def _settle(platform: Platform, journal: Journal, intent: Intent) -> None:
    from blogkit.sync.live_edit import verdicts
    from blogkit.sync.serialize import unpack_remote

    ref = Ref(intent.remote_id, "page" if intent.kind == "page" else "post")
    try:
        remote = platform.get(ref)
    except NotFound:
        if intent.action == ActionKind.TRASH and intent.before:
            _finish(journal, intent, unpack_remote(intent.before, intent.id))
        else:
            journal.mark(intent.id, "settled", "the post is gone")
        return
    if intent.action == ActionKind.EDIT:
        arrived = verdicts([intent], remote).get(intent.id)
    else:
        arrived = (remote.state is State.TRASHED) == (intent.action in _TRASHING)
    if arrived:
        _finish(journal, intent, remote)
    elif arrived is False:
        journal.mark(intent.id, "failed", "it did not arrive, by the next look")
    else:
        # Not "done": an undo would then take back what the person wrote.
        note = "the post was changed before blogkit looked, so nothing tells whether it arrived"
        journal.mark(intent.id, "settled", note)


def _finish(journal: Journal, intent: Intent, remote: Remote) -> None:
    """Record that an action arrived; a post in the trash keeps what the journal knew of it."""
    from blogkit.sync.serialize import pack_remote

    note = "found done by the next run"
    memory = journal.memories(intent.site).get(intent.key)
    if intent.action == ActionKind.TRASH:
        remote = replace(remote, state=State.TRASHED)
        if memory is not None:
            gone = replace(memory, state=State.TRASHED, desired_state=intent.desired_state)
            journal.done(intent.id, gone, pack_remote(remote), note)
            return
    after = pack_remote(remote)
    journal.finish(intent.id, intent.site, intent.key, intent.remote_id, after, note)
