"""What a site would do to HTML: each loss with its line, reason and alternative."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from blogkit.dataclass import dataclass

_SHOWN = 60


@dataclass(frozen=True)
class Loss:
    """One thing that a site would remove or change.

    Attributes:
        what: What would happen.
        reason: Why.
        fix: What to write instead.
        severity: `error` if readers would notice it.
        malformed: Whether programs read the HTML in different ways, so that the result is not
            known.
        start: Its offset in the source.
        line_offset: The number of lines before it.
    """

    what: str
    reason: str
    fix: str = ""
    severity: Literal["error", "warning"] = "error"
    malformed: bool = False
    start: int = field(default=0, compare=False)
    line_offset: int = 0


@dataclass(frozen=True)
class Verdict:
    """What a site would do to a fragment.

    Attributes:
        losses: What it would remove or change, in order.
        stored: The HTML that it would keep. Of malformed parts, it is not known.
    """

    losses: tuple[Loss, ...]
    stored: str

    @property
    def clean(self) -> bool:
        """Whether readers get what was written."""
        return not self.losses

    @property
    def malformed(self) -> bool:
        """Whether programs read a part of it in different ways."""
        return any(loss.malformed for loss in self.losses)


def unsure(what: str, fix: str, start: int = 0) -> Loss:
    """Return a warning about something malformed.

    Args:
        what: What may happen.
        fix: What to write instead.
        start: Its offset in the source.
    """
    reason = "WordPress may rewrite what programs read in different ways"
    return Loss(what, reason, fix, "warning", malformed=True, start=start)


def shorten(text: str) -> str:
    """Return text that fits into a message, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
