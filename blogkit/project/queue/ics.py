"""Write the calendar as iCalendar, which Google Calendar, Outlook and phones read (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from blogkit.project.queue.calendar import QueueEntry

_LONGEST = 75
"""Bytes of a line: https://www.rfc-editor.org/rfc/rfc5545#section-3.1"""
_LENGTH = timedelta(minutes=15)
"""Calendars hide events that take no time."""


def to_ics(entries: Iterable[QueueEntry], name: str, now: datetime) -> str:
    """Return the posts that have a time, as an iCalendar file with CRLF line ends.

    Args:
        entries: The calendar.
        name: What to call it.
        now: The present time.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//blogkit//queue//EN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for entry in entries:
        if entry.at:
            lines += _event(entry, entry.at, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: QueueEntry, at: datetime, now: datetime) -> Iterator[str]:
    # The same post must have the same UID in every export, or it is in the calendar twice.
    name = "-".join((entry.key or entry.url or entry.title).split())
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(f'{name}@{entry.site}.blogkit')}"
    yield f"DTSTAMP:{_moment(now)}"
    yield f"DTSTART:{_moment(at)}"
    yield f"DTEND:{_moment(at + _LENGTH)}"
    yield f"SUMMARY:{_text(entry.title or entry.key)}"
    yield f"DESCRIPTION:{_text(f'{entry.site}: {entry.state}')}"
    if entry.url:
        yield f"URL:{''.join(entry.url.split())}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Return a value of type TEXT (https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11)."""
    escaped = re.sub(r"([\\;,])", r"\\\1", " ".join(text.split()))
    return re.sub(r"[\x00-\x1f\x7f]", "", escaped)


def _folded(line: str) -> Iterator[str]:
    """Yield the lines of a long line. A character is not cut apart."""
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + character, size + width
    yield part
