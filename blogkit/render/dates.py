"""Dates as the readers of a language write them."""

from __future__ import annotations

from datetime import date


def day(partial: str, language: str) -> str:
    """A year, a month or a day (2026, 2026-12, 2026-12-01) in words: "December 1, 2026" for en, "1 December 2026" for en-IN."""
    from babel import Locale, UnknownLocaleError  # only posts with dates need it
    from babel.dates import format_date, format_skeleton

    try:
        locale = Locale.parse(language.replace("-", "_"), resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError):
        return partial
    year, month, number = (*(int(part) for part in partial.split("-")), 0, 0)[:3]
    if not month:
        return partial
    if not number:
        return format_skeleton("yMMMM", date(year, month, 1), locale=locale)
    return format_date(date(year, month, number), "long", locale=locale)
