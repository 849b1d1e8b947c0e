"""Parse `publish:` in front matter: when a post is published, or in which state it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from blogkit.errors import nearest
from blogkit.patterns import lazy_pattern
from blogkit.posts.post import Publish

PUBLISH_WORDS = {
    "draft": Publish.DRAFT,
    "now": Publish.LIVE,
    "live": Publish.LIVE,
    "private": Publish.PRIVATE,
    "pending": Publish.PENDING,
    "queue": Publish.QUEUE,
}
"""The words that `publish:` may hold in place of a time."""
_DATE = r"(?P<date>\d{4}-\d{1,2}-\d{1,2})"
_TIME = r"(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)"
_OFFSET = r"(?P<offset>[zZ]|[+-]\d{2}:?\d{2})"
MOMENT = lazy_pattern(rf"{_DATE}(?:[ \t]+|[ \t]*[Tt])[ \t]*{_TIME}[ \t]*{_OFFSET}?")
"""A time: date, hours and minutes, and an optional offset."""
_FORM = "write 2026-12-01 07:00, or now, draft or queue"


class BadDate(ValueError):
    """A `publish:` value that is not a time or a state.

    Args:
        message: What is wrong.
        hint: What to write.
        code: The problem's code, as in `Problem`.
    """

    def __init__(self, message: str, hint: str, code: str) -> None:
        super().__init__(message)
        self.message, self.hint, self.code = message, hint, code


def read_publish(text: str, zone: ZoneInfo) -> tuple[Publish, datetime | None]:
    """Return the state and time of a `publish:` value.

    Args:
        text: The value: a word such as "draft", or a time such as "2026-12-01 07:00".
        zone: The time zone of times without an offset.

    Returns:
        The state, and the aware time of a scheduled one, else None.

    Raises:
        BadDate: The value is neither, or the time does not exist or happens twice in the zone.
    """
    word = text.strip()
    if word.lower() in PUBLISH_WORDS:
        return PUBLISH_WORDS[word.lower()], None
    found = MOMENT.fullmatch(word)
    if found:
        return Publish.SCHEDULED, _moment(found, zone)
    if re.fullmatch(_DATE, word):
        raise BadDate(
            f"publish: {word} has no time",
            f"add the time in {zone.key}: {word} 07:00",
            "date-without-time",
        )
    if re.fullmatch(MOMENT.pattern.replace(f"{_OFFSET}?", r"[AaPp]\.?[Mm]\.?"), word):
        raise BadDate(
            f'publish: "{word}" is not in 24-hour time', "write 19:00 for 7:00 pm", "bad-date"
        )
    hint = nearest(word.lower(), PUBLISH_WORDS) or _FORM
    raise BadDate(
        f'publish: "{word}" is neither a date nor one of: now, draft, queue', hint, "bad-date"
    )


def read_day(text: str, zone: ZoneInfo, name: str) -> datetime:
    """Return the time of a date; a day alone begins at midnight, as in Hugo and Jekyll.

    Args:
        text: A time such as "2026-12-01 07:00", or a day.
        zone: The time zone of times without an offset.
        name: The key of front matter, for messages.

    Raises:
        BadDate: It is neither, or does not exist in the zone.
    """
    word = text.strip()
    found = MOMENT.fullmatch(f"{word} 00:00" if re.fullmatch(_DATE, word) else word)
    if not found:
        raise BadDate(f'{name}: "{word}" is not a date', f"write {name}: 2026-12-01", "bad-date")
    try:
        return _moment(found, zone)
    except BadDate as error:
        message = error.message.replace("publish:", f"{name}:", 1)
        raise BadDate(message, error.hint, error.code) from error


def read_moment(text: str, zone: ZoneInfo, name: str) -> datetime:
    """Return a time with hours and minutes, as `publish:` takes it.

    Args:
        text: A time such as "2026-12-01 07:00".
        zone: The time zone of times without an offset.
        name: What messages call the value, such as "--when".

    Raises:
        BadDate: It is not a time, or it does not exist or happens twice in the zone.
    """
    word = text.strip()
    if not MOMENT.fullmatch(word) and not re.fullmatch(_DATE, word):
        message = f'{name}: "{word}" is not a date with a time'
        raise BadDate(message, f"write {name} '2026-12-01 07:00'", "bad-date")
    try:
        _, at = read_publish(word, zone)
    except BadDate as error:
        message = error.message.replace("publish:", f"{name}:", 1)
        raise BadDate(message, error.hint, error.code) from error
    assert at is not None  # a date is a schedule
    return at


def _moment(found: re.Match[str], zone: ZoneInfo) -> datetime:
    year, month, day = (int(part) for part in found["date"].split("-"))
    hour, minute, *rest = found["time"].split(":")
    second, _, fraction = (rest[0] if rest else "0").partition(".")
    try:
        local = datetime(  # noqa: DTZ001
            year, month, day, int(hour), int(minute), int(second), int(fraction.ljust(6, "0") or 0)
        )
        at = local.replace(tzinfo=_offset(found["offset"]) if found["offset"] else zone)
        at.astimezone(UTC)  # a time just inside year 1 or 9999 may be outside in UTC
    except (ValueError, OverflowError) as error:
        raise BadDate(
            f'publish: "{found[0]}" does not exist: {error}', _FORM, "bad-date"
        ) from error
    if not found["offset"]:
        _check_clock_change(local, zone)
    return at


def _offset(text: str) -> timezone:
    if text in "zZ":
        return UTC
    digits = text[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-size if text[0] == "-" else size)


def _check_clock_change(local: datetime, zone: ZoneInfo) -> None:
    """Raise `BadDate` for a time that clocks skip or repeat when they change."""
    # https://peps.python.org/pep-0495/: `fold` chooses between the two readings of a local time
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return
    shown = local.isoformat(" ", "minutes")
    # a skipped time comes back from UTC as another one
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        hint = "choose another time"
        raise BadDate(
            f"publish: {shown} does not exist in {zone.key}: clocks go forward then",
            hint,
            "no-such-time",
        )
    hint = f"write {first.isoformat(' ', 'minutes')} or {second.isoformat(' ', 'minutes')}"
    raise BadDate(
        f"publish: {shown} happens twice in {zone.key}: clocks go back then", hint, "ambiguous-time"
    )
