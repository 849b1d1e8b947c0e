"""Read the dates in headers, which may be anything."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def parse_http_date(text: str) -> datetime | None:
    """Return a date of a header in UTC, None if it is missing or damaged.

    Args:
        text: The header's value (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7). One
            without an offset is taken as UTC.
    """
    try:
        moment = parsedate_to_datetime(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
