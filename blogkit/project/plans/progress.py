"""Progress events: what a call is doing, for callers that show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass

if TYPE_CHECKING:
    from blogkit.errors import BlogkitError
    from blogkit.project.plans.change import ChangeOutcome
    from blogkit.project.plans.report import Report


@dataclass(frozen=True)
class Progress:
    """One event. `str(event)` is a sentence for people.

    Attributes:
        stage: What the call is doing, such as "looking at main" or "publishing".
        title: The post or file that the event is about.
        total: How many titles the stage will have; 0 if unknown.
        advances: Whether one more of `total` is done.
        doing: The step within the post, such as "uploading".
        message: A sentence to show, where the event is more than progress.
        outcome: How a change ended.
        error: Why a post or site was left out.
        report: What was done until then, when the run was stopped.
    """

    stage: str
    title: str = ""
    total: int = 0
    advances: bool = False
    doing: str = ""
    message: str = ""
    outcome: ChangeOutcome | None = None
    error: BlogkitError | None = None
    report: Report | None = None

    def __str__(self) -> str:
        if self.message:
            return self.message
        if self.error:
            return f"{self.stage}: {self.error.message}"
        if self.outcome:
            return str(self.outcome)
        return ": ".join(word for word in (self.doing or self.stage, self.title) if word)


OnProgress = Callable[[Progress], None]


def silent(_event: Progress) -> None:
    """Ignore progress."""


def advancing(on_progress: OnProgress, stage: str, total: int) -> Callable[[str], None]:
    """Announce a stage.

    Args:
        on_progress: Told the stage.
        stage: What the call is doing.
        total: How many titles the stage will have; 0 if unknown.

    Returns:
        A function that reports one more title of the stage.
    """
    on_progress(Progress(stage, total=total))
    return lambda title: on_progress(Progress(stage, title, total, advances=True))
