"""Parse dates in posts: "December 20, 2024", "20 Dec 2024", "2024-12-20", "२० दिसंबर २०२४"."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

from blogkit.letters import plain_digits

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
    text = plain_digits(text)
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
    month, rest = _month_in(text)
    day, full_year = (
        re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", rest),
        re.search(r"\b(\d{4})\b", rest),
    )
    if not (month and day and full_year):
        return ""
    return _iso(int(full_year[1]), month, int(day[1]))


def _month_in(text: str) -> tuple[int, str]:
    """Return the month that a text names, 0 for none, and the text without it."""
    if named := re.search(rf"\b{MONTH}", text):
        first = named[0].lower()[:3]
        return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(first)), text
    folded = unicodedata.normalize("NFC", text).casefold()
    if named := re.search(_any_of(_months_abroad()), folded):
        return _months_abroad()[named[0]], folded.replace(named[0], " ", 1)
    return 0, text


_ABROAD = ("bn", "es", "gu", "hi", "id", "mr", "pt", "ta", "te", "ur", "vi")
# Spellings beside those of the CLDR: "दिसम्बर" is as common as "दिसंबर".
_ALSO = {"फरवरी": 2, "सितम्बर": 9, "अक्टूबर": 10, "अक्तूबर": 10, "नवम्बर": 11, "दिसम्बर": 12}


def date_abroad() -> str:
    """Return a pattern of a day in one of these languages, with the group `value`."""
    month, weekday = _any_of(_months_abroad()), _any_of(_weekdays_abroad())
    named = (
        rf"(?:ngày )?\d{{1,2}}(?: de)? (?:{month})\.?[,،]?(?: de| năm)? \d{{4}}"
        rf"|(?:{month})\.? \d{{1,2}}[,،]? \d{{4}}"
    )
    figures = r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    return rf"(?P<value>(?i:(?:(?:{weekday})[,،]? )?(?:{named}))|{figures})"


def _any_of(names: dict[str, int]) -> str:
    # the longest first: "tháng 12" begins like "tháng 1"
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def _months_abroad() -> dict[str, int]:
    """Return the names of the months in the CLDR, folded."""
    return _names_abroad("months") | _ALSO


@cache
def _weekdays_abroad() -> dict[str, int]:
    return _names_abroad("days")


def _names_abroad(kind: str) -> dict[str, int]:
    from babel import Locale  # takes a while, and few pages need it

    found: dict[str, int] = {}
    for language in _ABROAD:
        for forms in getattr(Locale.parse(language), kind).values():
            for width in ("wide", "abbreviated"):
                for number, name in forms[width].items():
                    plain = unicodedata.normalize("NFC", name).casefold().rstrip(".")
                    found.setdefault(plain, number)
    return found


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
