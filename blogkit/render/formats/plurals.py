"""Plural forms: which of a language's words goes with a number."""

from __future__ import annotations

from decimal import Decimal

from blogkit.render.formats.dates import NEED_NO_BABEL, locale


def plural_category(number: str | int, language: str) -> str:
    """Return a number's plural category: "one", "few", "other" and so on.

    The rules are those of the Unicode CLDR, through Babel
    (https://cldr.unicode.org/index/cldr-spec/plural-rules).

    Args:
        number: As it is written: 1.0 and 1 may differ.
        language: A language tag; an unknown language has "other" only.
    """
    value = abs(Decimal(number))
    if language in NEED_NO_BABEL:
        return "one" if str(value) == "1" else "other"
    known = locale(language)
    return known.plural_form(value) if known else "other"
