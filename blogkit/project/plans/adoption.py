"""Take back what the journal remembers of a post, when the file that it was adopted with is undone.

`pull --replace` records the blog's text as published. If the earlier file came back and that record
stayed, the next publish would take the file for newer, and overwrite what was edited on the blog.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from blogkit.journal.records import Entry, FileEntry, Memory
from blogkit.journal.store import Journal
from blogkit.sync.actions import ActionKind
from blogkit.sync.compare import fingerprint
from blogkit.sync.serialize import unpack_remote


def restore_memories(journal: Journal, run: int, files: Iterable[FileEntry]) -> None:
    """Remember what was known of posts before a run adopted them.

    Posts that the run did not adopt, or that another run changed since, stay as they are.

    Args:
        journal: The journal, locked by the caller.
        run: The run's number.
        files: The files of the posts, in that run.
    """
    posts = {(file.site, file.remote_id) for file in files}
    adopted = [
        entry
        for entry in journal.actions(run, bytes=False)
        if entry.action == ActionKind.ADOPT and entry.status == "done"
        if (entry.site, entry.remote_id) in posts
    ]
    for entry in adopted:
        known = _recorded(journal, entry)
        if not known or known[0].id != entry.id:
            continue
        if len(known) == 1:
            journal.forget(entry.site, entry.key)
        else:
            journal.remember(_memory(known[1]))


def _recorded(journal: Journal, adopted: Entry) -> Sequence[Entry]:
    """Return the actions that recorded what is known of the post, newest first."""
    return [
        entry
        for entry in journal.history(adopted.site, adopted.key)
        if entry.status == "done" and entry.after and entry.action != ActionKind.EDIT
    ]


def _memory(entry: Entry) -> Memory:
    assert entry.after is not None
    remote = unpack_remote(entry.after, entry.id)
    return Memory(
        site=entry.site,
        key=entry.key,
        kind=entry.kind,
        remote_id=entry.remote_id,
        url=remote.url,
        last_pushed=entry.last_pushed,
        last_seen=fingerprint(remote),
        state=remote.state,
        at=remote.at,
        desired_state=entry.desired_state,
    )
