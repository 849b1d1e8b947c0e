"""Numbers, money, percentages and dates in the readers' language.

1234567.5 is 12,34,567.5 in India. The rules are those of the Unicode CLDR, through Babel
(https://babel.pocoo.org/en/latest/numbers.html), which is imported when a figure is first asked
for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from blogkit.dataclass import dataclass
from blogkit.errors import nearest
from blogkit.render.formats.dates import day, locale, when

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

FigureKind = Literal["text", "number", "currency", "percent", "date"]
NUMERIC = frozenset({"number", "currency", "percent"})
COMPACT = "compact"

_GROUPS = {"en": 3, "en-US": 3, "en-GB": 3, "en-IN": 2}
"""How many digits the groups above the thousands have in the languages of `dates.NEED_NO_BABEL`."""
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.([0-9]+))?\Z")
_PERCENT = re.compile(r"[ \xa0\u202f]?%\Z")


def number(text: str) -> Decimal | None:
    """Return the number of a plainly written text (1234567, -0.5); None for any other text."""
    return Decimal(text) if _NUMBER.match(text) else None


@dataclass(frozen=True)
class NumberFormat:
    """The format of one column's figures.

    Attributes:
        kind: What the figures are; text stays as it is.
        decimals: How many; None takes each as it is written. Money takes the currency's own, or
            none if every amount is whole.
        currency: A code of ISO 4217; "" for no sign.
        format: "compact" (1.2Cr), a CLDR pattern, or for dates short, medium, long or full.
        locale: A language tag.
    """

    kind: FigureKind = "text"
    decimals: int | None = None
    currency: str = ""
    format: str = ""
    locale: str = "en"

    def value(self, text: str) -> Decimal | None:
        """Return the number in a cell; None for other texts. 40 in a percentage means 40 %."""
        return number(_PERCENT.sub("", text) if self.kind == "percent" else text)

    def write(self, text: str, column: Iterable[str] = ()) -> str:
        """Return a formatted cell; other texts stay.

        Args:
            text: The cell.
            column: All cells, so that amounts share one format.
        """
        if self.kind == "date":
            return day(text, self.locale, self.format or "medium") if when(text) else text
        if self.kind == "number" and text.isdecimal() and text.isascii() and self._is_plain:
            return _grouped(text.lstrip("0") or "0", _GROUPS[self.locale])
        value = self.value(text) if self.kind in NUMERIC else None
        if value is None:
            return text
        with localcontext(prec=28 + len(text)):  # numbers of more than 28 digits are rounded, too
            return "+" * text.startswith("+") + self._number(value, self._digits(text, column))

    @property
    def _is_plain(self) -> bool:
        """Whether whole numbers, as most are, are digits in groups and nothing else."""
        return self.decimals is None and not self.format and self.locale in _GROUPS

    def _digits(self, text: str, column: Iterable[str]) -> int | None:
        """Return the number of decimals; None if the format defines it."""
        if self.decimals is not None:
            return self.decimals
        if self.format:
            return None
        if self.kind == "currency" and self.currency:
            from babel.numbers import get_currency_precision

            values = [self.value(cell) for cell in column]
            # All amounts of a column alike: 5 beside 2.50 would not line up.
            whole = all(value is None or value == value.to_integral_value() for value in values)
            return 0 if whole else get_currency_precision(self.currency)
        match = _NUMBER.match(_PERCENT.sub("", text))
        return len(match[1] or "") if match else 0

    def _number(self, value: Decimal, digits: int | None) -> str:
        if self.locale in _GROUPS and self.kind == "number" and not self.format:
            return _in_english(value, digits or 0, _GROUPS[self.locale])
        from babel import Locale
        from babel.numbers import format_compact_currency, format_compact_decimal

        known, currency = locale(self.locale) or Locale("en"), self.currency or None
        if self.format == COMPACT and self.kind != "percent":
            fraction = 1 if digits is None else digits
            if self.kind == "currency" and currency:
                return str(
                    format_compact_currency(value, currency, locale=known, fraction_digits=fraction)
                )
            return str(format_compact_decimal(value, locale=known, fraction_digits=fraction))
        pattern = _pattern(self, known, digits)
        if self.kind == "percent":
            # The pattern multiplies by 100, but 40 in a percentage already means 40 %.
            value = value.scaleb(-pattern.scale)
        # With `currency_digits`, Babel would give every amount the currency's own decimals.
        return str(pattern.apply(value, known, currency=currency, currency_digits=False))


def _in_english(value: Decimal, digits: int, size: int) -> str:
    """Return a number in groups of three and then `size` digits, rounded as Babel does."""
    rounded = abs(value).normalize().quantize(Decimal(1).scaleb(-digits))
    whole, point, fraction = f"{rounded:f}".partition(".")
    return "-" * value.is_signed() + _grouped(whole, size) + point + fraction


def _grouped(whole: str, size: int) -> str:
    """Return digits with commas between groups of three and then `size` digits."""
    groups, rest = [whole[-3:]], whole[:-3]
    while rest:
        groups.insert(0, rest[-size:])
        rest = rest[:-size]
    return ",".join(groups)


@lru_cache(maxsize=1024)
def _pattern(figures: NumberFormat, known: Locale, digits: int | None) -> NumberPattern:
    """Return the CLDR pattern for a column's numbers. Callers must not change it.

    Args:
        figures: The column's format.
        known: The locale's data.
        digits: After the point; None as the pattern has it.
    """
    from babel.numbers import parse_pattern

    if figures.format and figures.format != COMPACT:
        pattern = parse_pattern(figures.format)
    elif figures.kind == "percent":
        # Babel shares its patterns among callers, so change a copy.
        pattern = copy(known.percent_formats[None])
    elif figures.kind == "currency" and figures.currency:
        pattern = copy(known.currency_formats["standard"])
    else:
        pattern = copy(known.decimal_formats[None])
    if digits is not None:
        pattern.frac_prec = (digits, digits)
    return pattern


def locale_objection(tag: str) -> str:
    """Return why a text is not a language, or ""."""
    return (
        ""
        if locale(tag)
        else f'is not a known language: "{tag}"; use a code such as en-IN, hi or de'
    )


def currency_objection(code: str) -> str:
    """Return why a text is not a currency, or ""."""
    from babel.numbers import list_currencies

    known = list_currencies()
    return (
        ""
        if code in known
        else (
            f'must be a currency code, not "{code}";'
            f" {nearest(code.upper(), known) or 'use a code such as INR or USD'}"
        )
    )


def format_objection(kind: FigureKind, format_: str) -> str:
    """Return why a format does not fit a kind of figure, or "".

    Args:
        kind: What the figures are.
        format_: What the user wrote.
    """
    try:
        written = NumberFormat(kind, format=format_).write(
            "2001-02-03" if kind == "date" else "1234.5"
        )
        fits = kind == "date" or format_ == COMPACT or re.sub(r"\D", "", written).startswith("1234")
    except (ValueError, LookupError, AttributeError, TypeError):
        fits = False
    if not fits:
        example = (
            "short, medium, long, full or a pattern such as d MMM y"
            if kind == "date"
            else "compact or a pattern such as #,##0.00"
        )
        return f'is not a {kind} format: "{format_}"; use {example}'
    return ""
