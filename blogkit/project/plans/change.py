"""Planned changes and how they ended: the values that a caller sees."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.platforms.base import Remote
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.outcome import Result


@dataclass(frozen=True)
class Change:
    """One planned action for one post on one site.

    Only `Plan.apply` executes it.
    """

    _action: Action = field(repr=False)

    @property
    def summary(self) -> str:
        """What will be done, in one sentence."""
        return self._action.summary

    @property
    def hint(self) -> str:
        """What to do where the post is left alone."""
        return self._action.hint

    @property
    def kind(self) -> ActionKind:
        """What kind of action it is, such as `create`, `update`, `unchanged` or `conflict`."""
        return self._action.kind

    @property
    def site(self) -> str:
        """The site's name in `blogkit.toml`."""
        return self._action.site

    @property
    def key(self) -> str:
        """The post's stable identity."""
        return self._action.key

    @property
    def path(self) -> Path | None:
        """The post's file, None for a post without one."""
        return self._action.desired.path

    @property
    def title(self) -> str:
        """The post's title."""
        return self._action.desired.title

    @property
    def name(self) -> str:
        """What the user calls the post: its file's name, else its title."""
        return self._action.desired.name

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ, such as `title` or `body`."""
        return self._action.changes

    @property
    def writes(self) -> bool:
        """Whether it sends anything that changes the site."""
        return self._action.writes

    @property
    def blocked(self) -> bool:
        """Whether it waits for a decision, such as a conflict."""
        return self._action.blocked

    @property
    def remote(self) -> Remote | None:
        """The post on the site when the plan was made, None where there is none."""
        return self._action.remote_state.remote

    @property
    def desired_remote(self) -> Remote | None:
        """The post as an edit in place or an undo leaves it, None for other kinds."""
        return self._action.desired_remote

    def __str__(self) -> str:
        return self.summary


@dataclass(frozen=True)
class ChangeOutcome:
    """How one change ended.

    Attributes:
        change: The change.
        result: `done`, `unchanged`, `left`, `lost`, `refused`, `conflict`, `failed`, `unknown`
            or `skipped`.
        message: Why it did not go through.
        hint: What to do next.
        losses: What the site did not keep.
        notes: More to know about it.
        remote: The post on the site after it, None where that is not known.
    """

    change: Change
    result: Result
    message: str = ""
    hint: str = ""
    losses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    remote: Remote | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is left to do."""
        return self.result in (Result.DONE, Result.UNCHANGED, Result.LEFT)

    @property
    def url(self) -> str:
        """The post's address, empty where it is not known."""
        return self.remote.url if self.remote else ""

    def __str__(self) -> str:
        if self.ok:
            return self.change.summary
        return f"{self.change.summary}: {self.result}: {self.message}"
