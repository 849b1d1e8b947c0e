"""Times for people have one form, in one module."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from blogkit.times import both_clocks, one_clock
from tests.cases import for_each

ROOT = Path(__file__).resolve().parent.parent
KOLKATA, LONDON = ZoneInfo("Asia/Kolkata"), ZoneInfo("Europe/London")
MACHINES = {
    "project/plans/past_dates.py": "what to write behind publish:",
    "archive/wxr_writer.py": "WordPress's export format",
    "cli/start/demo_schedule.py": "the slots of the tour, and its clock",
    "platforms/wordpress/schedule.py": "two times that may differ by seconds",
    "platforms/wordpress/settings.py": "REST",
    "platforms/wordpress/api.py": "REST",
    "platforms/wordpress/reading.py": "REST",
    "project/queue/ics.py": "iCalendar",
    "times.py": "the module",
}
"""Where a time has another form, and for what."""


@for_each(
    ("at", "zone", "both", "one"),
    [
        (
            datetime(2026, 12, 1, 1, 30, tzinfo=UTC),
            KOLKATA,
            "Tue 1 Dec 2026, 07:00 IST (01:30 UTC)",
            "Tue 1 Dec 2026, 07:00 IST",
        ),
        (
            datetime(2026, 11, 30, 20, 0, tzinfo=UTC),
            KOLKATA,
            "Tue 1 Dec 2026, 01:30 IST (30 Nov 20:00 UTC)",
            "Tue 1 Dec 2026, 01:30 IST",
        ),
        (
            datetime(2026, 12, 1, 7, 0, tzinfo=UTC),
            LONDON,
            "Tue 1 Dec 2026, 07:00 UTC",
            "Tue 1 Dec 2026, 07:00 GMT",
        ),
        (
            datetime(2026, 12, 1, 7, 0, tzinfo=UTC),
            UTC,
            "Tue 1 Dec 2026, 07:00 UTC",
            "Tue 1 Dec 2026, 07:00 UTC",
        ),
    ],
)
def test_the_form(at: datetime, zone: ZoneInfo, both: str, one: str) -> None:
    assert (both_clocks(at, zone), one_clock(at, zone)) == (both, one)


def test_no_other_module_has_a_form_of_its_own() -> None:
    found = {
        path.relative_to(ROOT / "blogkit").as_posix()
        for path in (ROOT / "blogkit").rglob("*.py")
        if "sandbox" not in path.parts and re.search("%H:?%M", path.read_text(encoding="utf-8"))
    }
    assert found == set(MACHINES)
