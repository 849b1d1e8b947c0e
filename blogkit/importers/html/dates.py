"""Parse dates in posts: "December 20, 2024", "20 Dec 2024", "2024-12-20"."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:(?:[A-Z][a-z]+day,? )?(?:{MONTH}\.? {_DAY},? \d{{4}}|{_DAY} {MONTH}\.?,? \d{{4}})|"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
)
"""A day, in a pattern. A date in figures counts only where it can mean one day alone."""


def day_of(text: str) -> str:
    """Return the day in a text, as 2024-12-20; "" if there is none or it is ambiguous.

    05/06/2024 is ambiguous: 5 June, and 6 May in the United States.
    """
    if found := re.search(r"\b(\d{4})-(\d{2})-(\d{2})", text):
        return _iso(*map(int, found.groups()))
    if found := re.search(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", text):
        first, second, year = map(int, found.groups())
        return (
            _iso(year, second, first)
            if first > 12 or first == second
            else _iso(year, first, second)
            if second > 12
            else ""
        )
    named = re.search(rf"\b{MONTH}", text)
    day, full_year = (
        re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", text),
        re.search(r"\b(\d{4})\b", text),
    )
    if not (named and day and full_year):
        return ""
    month = next(
        number for number, name in enumerate(_MONTHS, 1) if name.startswith(named[0].lower()[:3])
    )
    return _iso(int(full_year[1]), month, int(day[1]))


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
