"""What a plan needs of one file for one site."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import Problem
from blogkit.platforms.base import Draft, PostKind, State, Target
from blogkit.sync.actions import Desired, Queued


@dataclass(frozen=True)
class CacheEntry:
    """What a plan needs of one file for one site.

    Attributes:
        stamp: A name for everything else that the rendering depends on.
        signature: Tells whether the file was touched.
        needs: Other files that the post was made from, with their signatures.
        desired_state: The desired state as text that stays the same when a scheduled time comes.
        state: The state that is asked for; empty leaves it to the site.
        status: The word for it, such as "private".
        queued: The post's priority in the queue, and "held" if it is; empty if it is not queued.
        problems: The post's problems, none of which stops it, as `problems_as_text` wrote them.
        pending: As `pending_choice` calls it, if the post waits for a link; "" if it does not.
    """

    site: str
    stamp: str
    signature: str
    needs: str
    key: str
    kind: PostKind
    title: str
    digest: str
    desired_state: str
    state: str
    at: str
    status: str
    min_lead: int
    remote_id: str
    queued: str
    problems: str
    pending: str

    def is_as_of(self, now: datetime) -> bool:
        """Return whether the post is scheduled now if it was then: its problems hang on that."""
        if not self.at or self.status or self.state == State.DRAFT:
            return True
        return (datetime.fromisoformat(self.at) > now) == (self.state == State.SCHEDULED)

    def found(self) -> tuple[Problem, ...]:
        """Return the post's problems."""
        return problems_of_text(self.problems)

    def desired(
        self, path: Path, write: Callable[[], Draft], zone: tzinfo, now: datetime
    ) -> Desired:
        """Return what the file asks for.

        Args:
            path: The file.
            write: Makes its draft when it is needed.
            zone: The blog's time zone, for messages.
            now: Decides whether a time has passed.
        """
        from blogkit.sync.desired import resolve_target

        at = datetime.fromisoformat(self.at) if self.at else None
        target = Target(State(self.state), at, self.status) if self.state else None
        return Desired(
            key=self.key,
            path=path,
            site=self.site,
            kind=self.kind,
            title=self.title,
            make_draft=write,
            target=resolve_target(target, now) if target else None,
            digest=self.digest,
            desired_state=self.desired_state,
            zone=zone,
            min_lead=self.min_lead,
            remote_id=self.remote_id,
            queued=_queued(self.queued),
        )


def entry_of(
    desired: Desired,
    problems: Iterable[Problem],
    *,
    stamp: str,
    signature: str,
    needs: str,
    pending: str,
) -> CacheEntry:
    """Return the entry of a post.

    Args:
        desired: What the file asks for.
        problems: The post's problems.
        stamp: As in the entry.
        signature: As in the entry.
        needs: As in the entry.
        pending: As in the entry.
    """
    target = desired.target
    return CacheEntry(
        desired.site,
        stamp,
        signature,
        needs,
        desired.key,
        desired.kind,
        desired.title,
        desired.digest,
        desired.desired_state,
        str(target.state) if target else "",
        target.at.isoformat() if target and target.at else "",
        target.status if target else "",
        desired.min_lead,
        desired.remote_id,
        _queue_text(desired.queued),
        problems_as_text(problems),
        pending,
    )


def problems_as_text(problems: Iterable[Problem]) -> str:
    """Return problems as `problems_of_text` reads them."""
    values = [(p.path, p.line, p.message, p.hint, p.code, p.severity) for p in problems]
    return json.dumps(values, separators=(",", ":")) if values else ""


def problems_of_text(text: str) -> tuple[Problem, ...]:
    """Return the problems of a text."""
    return tuple(Problem(*values) for values in json.loads(text)) if text else ()


def _queue_text(queued: Queued | None) -> str:
    return f"{queued.priority}{' held' * queued.held}" if queued else ""


def _queued(text: str) -> Queued | None:
    priority, _, held = text.partition(" ")
    return Queued(int(priority), bool(held)) if text else None
