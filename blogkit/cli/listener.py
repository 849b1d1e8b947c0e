"""Show what a call is doing: progress bars, outcomes, sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import tzinfo
from typing import TYPE_CHECKING

from blogkit.cli import reports
from blogkit.cli.output import Output
from blogkit.cli.progress_bar import Advance

if TYPE_CHECKING:
    from blogkit.project.plans.progress import Progress

_COLOURS = {"left to publish": "yellow", "stopped": "yellow", "writing files": "green"}


class Listener:
    """Print progress events, with one bar for each stage.

    Args:
        output: The printer.
        zone: The blog's time zone.
        skip_unchanged: Print nothing for posts that have not changed.
    """

    def __init__(self, output: Output, zone: tzinfo, *, skip_unchanged: bool = False) -> None:
        self._output, self._zone, self._skip_unchanged = output, zone, skip_unchanged
        self._bar = ExitStack()
        self._stage = ""
        self._advance: Advance | None = None

    def __call__(self, event: Progress) -> None:
        """Show one event."""
        if event.report is not None:
            self.close()
            self._output.say(event.message, _COLOURS[event.stage])
            # Kept for the report in case the run ends here, as with Ctrl-C: what is done must be
            # told.
            self._output.partial = {
                **reports.of_outcomes(event.report, self._zone),
                "stopped": True,
            }
        elif event.error is not None:
            self._output.error(event.error)
        elif event.message:
            pulled = "green" if event.advances else ""
            self._output.say(event.message, _COLOURS.get(event.stage, pulled))
        else:
            self._show(event)

    def close(self) -> None:
        """End the bar."""
        self._bar.close()
        self._stage, self._advance = "", None

    def _show(self, event: Progress) -> None:
        if event.stage != self._stage:
            self.close()
            self._advance = self._bar.enter_context(self._output.progress(event.total, event.stage))
            self._stage = event.stage
        assert self._advance is not None
        if event.doing:
            self._advance.label(f"{event.doing}: {event.title}")
        if event.advances:
            self._advance(event.title)
        if event.outcome is not None:
            unchanged = event.outcome.change.kind == "unchanged"
            if not (self._skip_unchanged and unchanged):
                reports.say_outcome(self._output, event.outcome)


@contextmanager
def listening(output: Output, zone: tzinfo, *, skip_unchanged: bool = False) -> Iterator[Listener]:
    """Yield a listener whose bar ends with the block.

    Args:
        output: The printer.
        zone: The blog's time zone.
        skip_unchanged: Print nothing for posts that have not changed.
    """
    listener = Listener(output, zone, skip_unchanged=skip_unchanged)
    try:
        yield listener
    finally:
        listener.close()
