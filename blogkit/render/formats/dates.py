"""Dates in the language of the readers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ENGLISH = {
    "en": "{month} {day}, {year}",
    "en-US": "{month} {day}, {year}",
    "en-GB": "{day} {month} {year}",
    "en-IN": "{day} {month} {year}",
}
"""The long form of days, as Babel has it."""
NEED_NO_BABEL = frozenset(_ENGLISH)
"""Languages whose dates, numbers and plural forms are written without Babel, as Babel has them. To
load it takes longer than to render a post.
"""
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)


@lru_cache(maxsize=1024)  # each date is asked for several times
def when(text: str) -> tuple[int, ...] | None:
    """Return the parts of a partial date (2022, 2022-02, 2022-02-03) as sortable numbers.

    Returns:
        One to three numbers; None for any other text.
    """
    match = _PARTIAL_DATE.match(text)
    if not match:
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return tuple(int(part) for part in match.groups() if part)


def are_dates(texts: Iterable[str]) -> bool:
    """Return whether texts are dates in numbers, some with a month, such as 2021-12.

    2010-11 alone may be the year from 2010 to 2011, as India counts them, and is not a month.

    Args:
        texts: The texts; those without a digit do not count.
    """
    found = [when(text) for text in texts if any(one.isdigit() for one in text)]
    return all(found) and any(len(one) > 1 and not _may_be_years(one) for one in found if one)


def _may_be_years(moment: tuple[int, ...]) -> bool:
    return len(moment) == 2 and moment[1] == (moment[0] + 1) % 100


@cache
def locale(language: str) -> Locale | None:
    """Return the locale data of a language tag (en-IN, hi, zh_Hant); None if it is unknown."""
    from babel import Locale, UnknownLocaleError  # only posts with dates and figures need it

    try:
        # Likely subtags find data for tags such as "zh-TW"
        # (https://www.unicode.org/reports/tr35/#Likely_Subtags).
        return Locale.parse(language.replace("-", "_"), resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError):
        return None


def day(partial: str, language: str, form: str = "long") -> str:
    """Return a year, month or day in words.

    2026-12-01 is "December 1, 2026" for en, and "1 December 2026" for en-IN.

    Args:
        partial: A valid partial date.
        language: A language tag; the date stays as it is if the language is unknown.
        form: short, medium, long, full, or a CLDR pattern for days.
    """
    year, month, number = (*(int(part) for part in partial.split("-")), 0, 0)[:3]
    if not month:
        return partial
    if form == "long" and language in _ENGLISH:
        style = _ENGLISH[language] if number else "{month} {year}"
        return style.format(month=_MONTHS[month - 1], day=number, year=year)
    from babel.dates import format_date, format_skeleton

    if (known := locale(language)) is None:
        return partial
    if not number:
        return format_skeleton(
            "yMMMM" if form in {"long", "full"} else "yMMM", date(year, month, 1), locale=known
        )
    return format_date(date(year, month, number), form, locale=known)
