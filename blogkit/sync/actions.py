"""The values of a plan: what is desired, what the site has, and what follows from both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from blogkit.journal.records import Intent, Memory
from blogkit.platforms.base import Draft, PostKind, Ref, Remote, State, Target


class ActionKind(StrEnum):
    """What to do about one post on one site.

    EDIT changes a live post in place; RESTORE and TRASH undo a run.
    """

    CREATE = "create"
    UPDATE = "update"
    SET_STATE = "set-state"
    EDIT = "edit"
    RESTORE = "restore"
    TRASH = "trash"
    ADOPT = "adopt"
    UNCHANGED = "unchanged"
    REMOTE_EDITED = "remote-edited"
    CONFLICT = "conflict"
    GONE = "gone"
    REFUSED = "refused"
    ORPHAN = "orphan"


WRITING = frozenset(
    {
        ActionKind.CREATE,
        ActionKind.UPDATE,
        ActionKind.SET_STATE,
        ActionKind.EDIT,
        ActionKind.RESTORE,
        ActionKind.TRASH,
    }
)
BLOCKED = frozenset(
    {ActionKind.REMOTE_EDITED, ActionKind.CONFLICT, ActionKind.GONE, ActionKind.REFUSED}
)


@dataclass(frozen=True)
class Desired:
    """What one post should be on one site.

    path: None for a post that has no file; write: makes the draft on demand, for most posts of an
    archive have not changed; target: None leaves the state to the site; digest: of the content we
    mean, state apart; wish: the state we mean, as words that do not change when a scheduled time
    comes; zone: the blog's, for stories; min_lead: seconds that a schedule needs; remote_id: the
    site's id of a post that was there before blogkit was, "" for all others.
    """

    key: str
    path: Path | None
    site: str
    kind: PostKind
    title: str
    make_draft: Callable[[], Draft] = field(compare=False, repr=False)
    target: Target | None
    digest: str
    desired_state: str
    zone: tzinfo = UTC
    min_lead: int = 0
    remote_id: str = ""

    @cached_property
    def draft(self) -> Draft:
        return self.make_draft()

    @property
    def name(self) -> str:
        """Return what the user calls the post: the file's name, else the title."""
        return self.path.name if self.path else self.title or self.key


@dataclass(frozen=True)
class RemoteState:
    """What is known about one key: on the site, in the journal, and how they differ.

    intent: the newest unsettled action whose result the site now shows; wrote: the newest of them
    that sent content; unsettled: some action's end is not known; differs: fields in which the site
    shows other than we mean, None if not compared; trouble, hint: why the post cannot be told
    apart.
    """

    remote: Remote | None = None
    memory: Memory | None = None
    intent: Intent | None = None
    unsettled: bool = False
    differs: tuple[str, ...] | None = None
    trouble: str = ""
    hint: str = ""
    wrote: Intent | None = None


@dataclass(frozen=True)
class Choices:
    """The user's decisions for posts (by key) that the plan would otherwise skip.

    ours: overwrite what was changed on the site; theirs: keep it, and send no content until the
    file changes again; recreate: publish a deleted post again.
    """

    ours: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()
    recreate: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Action:
    """What to do about one post on one site; `story` describes it in one line.

    look: what the decision rests on; target: the state to bring about, None = leave it as it is;
    wanted: the post as an EDIT or a RESTORE leaves it; changes: the fields that differ, as words;
    hint: the way out when nothing is written.
    """

    kind: ActionKind
    desired: Desired
    summary: str
    remote_state: RemoteState = field(default_factory=RemoteState)
    target: Target | None = None
    desired_remote: Remote | None = None
    changes: tuple[str, ...] = ()
    hint: str = ""

    @property
    def key(self) -> str:
        return self.desired.key

    @property
    def site(self) -> str:
        return self.desired.site

    @property
    def ref(self) -> Ref | None:
        return self.remote_state.remote.ref if self.remote_state.remote else None

    @property
    def writes(self) -> bool:
        """Return whether the action sends requests that change the site."""
        return self.kind in WRITING

    @property
    def blocked(self) -> bool:
        """Return whether the file's change waits for a decision by the user."""
        return self.kind in BLOCKED

    @property
    def touches_readers(self) -> bool:
        """Return whether the action changes what readers already see."""
        return (
            self.writes
            and self.remote_state.remote is not None
            and self.remote_state.remote.state is State.LIVE
        )
