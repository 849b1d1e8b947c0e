"""Print when scheduled posts were due, went live and were seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from blogkit.cli.output import Output
from blogkit.times import both_clocks, one_clock

if TYPE_CHECKING:
    from datetime import tzinfo

    from blogkit.project.schedules.proof import Schedule

_ENDED = {"": "not seen live yet", "withdrawn": "withdrawn", "lost": "lost"}


def schedule_line(schedule: Schedule, zone: tzinfo) -> str:
    """Return when a post was due, fired and seen, in one line.

    Args:
        schedule: The post's schedule.
        zone: The blog's time zone.
    """

    def shown(at: datetime | None) -> str:
        return one_clock(at, zone) if at else "unknown"

    due = f"due {both_clocks(schedule.due, zone)}"
    note = f" ({schedule.note})" if schedule.note else ""
    if schedule.ended == "live":
        return f"{due}, fired at {shown(schedule.fired)}, seen at {shown(schedule.seen)}{note}"
    return f"{due}, {_ENDED[schedule.ended]}{note}"


def schedule_data(schedule: Schedule) -> Mapping[str, Any]:
    """Return the JSON of a schedule."""

    def text(at: datetime | None) -> str | None:
        return at.isoformat() if at else None

    return {
        "site": schedule.site,
        "key": schedule.key,
        "due": schedule.due.isoformat(),
        "handed": text(schedule.handed),
        "fired": text(schedule.fired),
        "seen": text(schedule.seen),
        "ended": schedule.ended,
        "note": schedule.note,
    }


def show_schedules(output: Output, schedules: Sequence[Schedule], zone: tzinfo) -> None:
    """Print scheduled posts, one line each.

    Args:
        output: The printer.
        schedules: What to print.
        zone: The blog's time zone.
    """
    if schedules:
        output.say("Scheduled posts:", "bold")
    for one in schedules:
        colour = "green" if one.ended == "live" else "yellow" if one.note else ""
        output.say(f"{one.key} on {one.site}: {schedule_line(one, zone)}", colour)
