"""The values of a plan: what is desired, what the site has, and what follows from both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.platforms.base import Draft, PostKind, Ref, Remote, State, Target

if TYPE_CHECKING:  # a check needs no journal, and merges nothing
    from blogkit.journal.records import Intent, Memory
    from blogkit.sync.merging.merge import Merge, Values


class ActionKind(StrEnum):
    """What to do about one post on one site.

    SETTLE keeps one of several posts that two runs created at the same moment; WITHDRAW moves a
    draft to the trash that a killed run left beside the post. EDIT changes a live post in place;
    TRASH deletes a post, RESTORE and UNTRASH undo a run.
    """

    CREATE = "create"
    UPDATE = "update"
    SET_STATE = "set-state"
    SETTLE = "settle"
    WITHDRAW = "withdraw"
    EDIT = "edit"
    RESTORE = "restore"
    TRASH = "trash"
    UNTRASH = "untrash"
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
        ActionKind.SETTLE,
        ActionKind.WITHDRAW,
        ActionKind.EDIT,
        ActionKind.RESTORE,
        ActionKind.TRASH,
        ActionKind.UNTRASH,
    }
)
BLOCKED = frozenset(
    {ActionKind.REMOTE_EDITED, ActionKind.CONFLICT, ActionKind.GONE, ActionKind.REFUSED}
)


@dataclass(frozen=True)
class Queued:
    """How a post waits for a slot of its site.

    Attributes:
        priority: Posts with a higher one come first.
        held: It gets no slot for now.
    """

    priority: int = 0
    held: bool = False


@dataclass(frozen=True)
class Desired:
    """What one post should be on one site.

    Attributes:
        path: The post's file; None for a post that has none.
        make_draft: Makes the draft on demand, because most posts of a blog have not changed.
        target: The state to bring about; None leaves it to the site.
        digest: Of the desired content, without the state.
        desired_state: The desired state as text that stays the same when a scheduled time comes.
        zone: The blog's time zone, for messages.
        min_lead: Seconds that a schedule must be ahead.
        remote_id: The site's id of a post that is older than its file; "" for all others.
        queued: How the post waits for a slot; None if it does not. Its target is None until the
            slot is found.
        template: The key of the template that the post is made of; "" for all other posts.
        note: What a plan tells about it, beside what it does.
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
    queued: Queued | None = None
    template: str = ""
    note: str = ""

    @cached_property
    def draft(self) -> Draft:
        """Return the draft, made on first use."""
        return self.make_draft()

    @property
    def name(self) -> str:
        """Return what the user calls the post: the file's name, else the title."""
        return self.path.name if self.path else self.title or self.key


@dataclass(frozen=True)
class RemoteState:
    """What is known about one key: on the site, in the journal, and how they differ.

    Attributes:
        remote: The post on the site; None if there is none.
        memory: What the journal remembers of it; None if nothing.
        intent: The newest unsettled action whose result the site now shows.
        unsettled: Whether the end of some action is unknown.
        differs: The fields in which the site shows other content than desired; None if not
            compared.
        identical: The body is the desired one, byte for byte.
        same_image: The featured image is known to be the desired one.
        trouble: Why the post cannot be told apart from another; "" if it can.
        hint: What to do about `trouble`.
        refused: The trouble is a value of the file that the site cannot have.
        unreadable: The trouble is that the site's data about the post is damaged.
        wrote: The newest unsettled action that sent content and whose result the site now shows.
        unconfirmed: `remote` is a draft of an interrupted run of ours, which had no time to look
            whether another run created the post, too.
        others: Posts with the same key as such a draft.
        leftovers: Drafts with the same key that killed runs left beside `remote`.
        settled: An edit after this look changes the post's time stamp.
        deleted: blogkit moved the post to the trash because the user asked for it.
        merge: The post with the file's changes and the site's; None if the journal does not have
            what both last agreed on.
    """

    remote: Remote | None = None
    memory: Memory | None = None
    intent: Intent | None = None
    unsettled: bool = False
    differs: tuple[str, ...] | None = None
    identical: bool = False
    same_image: bool = False
    trouble: str = ""
    hint: str = ""
    refused: bool = False
    unreadable: bool = False
    wrote: Intent | None = None
    unconfirmed: bool = False
    others: tuple[Remote, ...] = ()
    leftovers: Sequence[Remote] = ()
    settled: bool = False
    deleted: bool = False
    merge: Merge | None = None

    @property
    def stays_deleted(self) -> bool:
        """Return whether the post is deleted, and was not restored since."""
        return self.deleted and (self.remote is None or self.remote.state is State.TRASHED)


def settled(found: RemoteState) -> RemoteState:
    """Return what is known about a post whose time stamp an edit from now on would change.

    `dataclasses.replace` takes ten times as long, and a plan has thousands of these.
    """
    copy: RemoteState = object.__new__(RemoteState)
    copy.__dict__.update(found.__dict__, settled=True)
    return copy


@dataclass(frozen=True)
class Choices:
    """The user's decisions for posts (by key) that the plan would otherwise skip.

    Attributes:
        ours: Overwrite what was changed on the site.
        theirs: Keep it, and send no content until the file changes again.
        recreate: Publish a deleted post again.
    """

    ours: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()
    recreate: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Action:
    """What to do about one post on one site.

    Attributes:
        desired: What the post should be.
        summary: The action in one line, for people.
        remote_state: What the decision rests on.
        target: The state to bring about; None leaves it as it is.
        desired_remote: The post as an EDIT or a RESTORE leaves it; None for other actions.
        changes: The fields that differ, in words.
        hint: What the user can do if nothing is written.
        planned: When it was decided; None if unknown.
        asked: What the file asks for where the site's own values are kept; None leaves what an
            earlier action recorded.
    """

    kind: ActionKind
    desired: Desired
    summary: str
    remote_state: RemoteState = field(default_factory=RemoteState)
    target: Target | None = None
    desired_remote: Remote | None = None
    changes: tuple[str, ...] = ()
    hint: str = ""
    planned: datetime | None = None
    asked: Values | None = None

    @property
    def key(self) -> str:
        """Return the post's key."""
        return self.desired.key

    @property
    def site(self) -> str:
        """Return the site's name."""
        return self.desired.site

    @property
    def ref(self) -> Ref | None:
        """Return where the site has the post; None if it has none."""
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
