"""The values that publishing passes along: what is wanted, what a look found, what follows from both."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from enum import StrEnum
from pathlib import Path

from blogkit.journal.records import Intent, Memory
from blogkit.platforms.base import Draft, Ref, Remote, Target


class ActionKind(StrEnum):
    """What is to be done about one post on one site. The last four write nothing."""

    CREATE = "create"
    UPDATE = "update"
    SET_STATE = "set-state"
    ADOPT = "adopt"
    UNCHANGED = "unchanged"
    REMOTE_EDITED = "remote-edited"
    CONFLICT = "conflict"
    GONE = "gone"
    REFUSED = "refused"


@dataclass(frozen=True)
class Desired:
    """What one post is meant to be on one site.

    target: None leaves the state to the site; digest: of the content we mean, state apart; wish: the state we mean, as words
    that do not change when a scheduled time comes; zone: the blog's, for stories; min_lead: seconds that a schedule needs.
    """

    key: str
    path: Path
    site: str
    draft: Draft
    target: Target | None
    digest: str
    wish: str
    zone: tzinfo = UTC
    min_lead: int = 0

    @property
    def title(self) -> str:
        return self.draft.title


@dataclass(frozen=True)
class Look:
    """What there is about one key: on the site, in the journal, and how they compare.

    intent: the unsettled action whose result the site now shows; unsettled: some action's end is not known;
    differs: fields in which the site shows other than we mean, None when nobody needed to know;
    trouble, hint: why the post cannot be told apart.
    """

    remote: Remote | None = None
    memory: Memory | None = None
    intent: Intent | None = None
    unsettled: bool = False
    differs: tuple[str, ...] | None = None
    trouble: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Choices:
    """What the user decided for posts (by key) that plan would otherwise leave alone.

    ours: overwrite what was changed on the site; theirs: keep it, and send no content until the file changes again;
    recreate: make a post that is gone anew.
    """

    ours: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()
    recreate: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Action:
    """What follows for one post on one site; `story` says it in one line.

    look: what the decision rests on; target: the state to bring about, None = leave it as it is; changes: the fields that
    differ, as words; hint: the way out when nothing is written.
    """

    kind: ActionKind
    desired: Desired
    story: str
    look: Look = field(default_factory=Look)
    target: Target | None = None
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
        return self.look.remote.ref if self.look.remote else None

    @property
    def writes(self) -> bool:
        """Requests that change the site follow from it."""
        return self.kind in {ActionKind.CREATE, ActionKind.UPDATE, ActionKind.SET_STATE}

    @property
    def blocked(self) -> bool:
        """The file's wish stays undone until the user decides."""
        return self.kind in {ActionKind.REMOTE_EDITED, ActionKind.CONFLICT, ActionKind.GONE, ActionKind.REFUSED}
