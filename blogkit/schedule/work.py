"""What a kind of work tells the scheduler, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from blogkit.dataclass import dataclass

if TYPE_CHECKING:
    from blogkit.project.project import Project


@dataclass(frozen=True)
class Due:
    """One piece of work with its time.

    Attributes:
        kind: The name of the kind of work, such as "proof".
        site: The site's name in blogkit.toml.
        key: The post's key, or the job's number; unique among the kind's work on the site.
        at: The aware time at which it is due. It may lie ahead.
        summary: What it is, in a few words, for people.
        patient: Whether it does no harm to do it later, so that a late run need not be told.
    """

    kind: str
    site: str
    key: str
    at: datetime
    summary: str
    patient: bool = False


@dataclass(frozen=True)
class WorkResult:
    """The outcome of one piece of work.

    Attributes:
        due: The work.
        ok: Whether it is done, or needs nothing more now.
        summary: What happened, in one sentence without a full stop.
        hint: What to do, if `ok` is false.
        run: The run in the journal that did it; None if nothing was written.
        seconds: How long it took.
        requests: How many requests it sent.
    """

    due: Due
    ok: bool
    summary: str
    hint: str = ""
    run: int | None = None
    seconds: float = 0.0
    requests: int = 0


class WorkKind(Protocol):
    """A kind of work: looks up what is due without a request, and does it through the project."""

    @property
    def name(self) -> str:
        """The kind's name, as in `Due.kind`."""

    def pending(self, project: Project, now: datetime) -> Sequence[Due]:
        """Return what is due now and what will be, from the files and the journal alone.

        It sends no request, and is fast with nothing to do: `blogkit run` calls it every minute.

        Returns:
            The work, in any order.
        """

    def do(
        self, project: Project, site: str, due: Sequence[Due], now: datetime
    ) -> list[WorkResult]:
        """Do what is due on one site, through the project.

        It may be called twice for the same work, also by two machines: what is done is not done
        again. One piece of work that fails does not stop the others.

        Returns:
            A result for each piece of work.
        """
