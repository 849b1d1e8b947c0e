"""A table that fits phones: rows from the post or a file, formatted numbers, footnotes, sorting."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple

from markupsafe import Markup, escape
from pydantic import BeforeValidator

from blogkit.render.data.columns import are_figures, least_width
from blogkit.render.data.data_files import DataTable
from blogkit.render.data.table_footnotes import TableFootnotes, footnote_marks, split_footnotes
from blogkit.render.formats.dates import are_dates
from blogkit.render.formats.numbers import (
    NUMERIC,
    FigureKind,
    NumberFormat,
    currency_objection,
    format_objection,
    locale_objection,
    number,
)
from blogkit.render.widgets.fields import (
    DataFile,
    Field,
    FieldError,
    Fields,
    Inline,
    MarkdownTable,
    Text,
    nearest,
    when,
)

_PROSE = 360
"""Characters in the longest cells of all columns together, from which on a phone shows ten lines
a row and more: cards read better.
"""
# Feed readers and mail programs neither scroll a table sideways nor fold it.
_FEED_COLUMNS, _FEED_ROWS = 4, 20


class Column(Fields):
    label: Inline = Field(description="The column's heading")
    align: Literal["", "left", "center", "right"] = Field(
        "", description="left, center or right. Default: depends on kind"
    )
    kind: FigureKind = Field(
        "text",
        description=(
            "What the cells contain. Plain numbers (1234567.5) and dates (2026-12-20) are"
            " formatted. Default: date if all cells are dates and one has a month, else text"
        ),
    )
    decimals: int | None = Field(
        None,
        ge=0,
        le=12,
        description="The number of decimals. Default: as written, or the currency's usual number",
    )
    currency: Text = Field("", description="For kind currency, its code: INR, USD")
    format: Text = Field(
        "",
        description=(
            "Numbers: compact, or a pattern such as #,##0.00; dates: short, medium, long, full, or"
            " d MMM y"
        ),
    )

    @property
    def part(self) -> str:
        """Return the name of the style that aligns the column's cells; "" for the default."""
        return self.align or ("right" if self.kind in NUMERIC else "")

    def flaw(self) -> str:
        """Return what is wrong between the fields, or ""."""
        if self.currency and self.kind != "currency":
            return f"currency: requires kind: currency, not {self.kind}"
        if self.currency and (wrong := currency_objection(self.currency)):
            return f"currency {wrong}"
        if self.decimals is not None and self.kind not in NUMERIC:
            return f"decimals: requires kind: number, currency or percent, not {self.kind}"
        if self.format and self.kind == "text":
            return "format: requires kind: number, currency, percent or date"
        if self.format and (wrong := format_objection(self.kind, self.format)):
            return f"format {wrong}"
        return ""


def _column(value: Any) -> Any:
    """Accept a column that is written as its label alone."""
    return value if isinstance(value, dict | Column) else {"label": value}


def _key(text: str, kind: FigureKind) -> Any:
    """Return the value by which a cell is sorted.

    It is None for an empty cell, and for one that is not a figure in a column of figures.
    """
    if kind == "date":
        return when(text)
    if kind in NUMERIC:
        return NumberFormat(kind).value(text)
    return unicodedata.normalize("NFKD", text).casefold() or None


class Cell(NamedTuple):
    """A cell, ready to be written.

    Attributes:
        html: What readers see.
        date: The same for machines; "" if it is not a date.
        part: The style that aligns it; "" for the default.
    """

    html: Markup
    date: str = ""
    part: str = ""


@dataclass(frozen=True)
class View:
    """A table ready to be written: everything in its order, every mark with its number.

    Attributes:
        cards: Whether each row becomes a card.
        caption: What the table shows.
        least: The width below which it scrolls, in pixels; 0 if it fits every phone.
        heads: The columns' headings.
        rows: The cells.
        notes: The number and text of each footnote.
    """

    cards: bool
    caption: Markup
    least: int
    heads: list[Cell]
    rows: list[list[Cell]]
    notes: list[tuple[int, Markup]]


class Widget(Fields):
    caption: Inline = Field("", description="The caption above the table: what it shows")
    columns: list[Annotated[Column, BeforeValidator(_column)]] = Field(
        [],
        description=(
            "The columns: labels, or the label, align, kind, decimals, currency and format of each"
        ),
    )
    rows: list[list[Inline]] = Field([], description="The rows, each a list of cells")
    table: MarkdownTable = Field(
        None,
        description=(
            "The rows as a Markdown table. You can also write it after the other fields, or alone"
        ),
    )
    data: DataFile = Field(
        None,
        description=(
            "A CSV, TSV or JSON file in your blog's folder with the rows. Its first row names the"
            " columns"
        ),
    )
    row_header: bool = Field(False, description="The first cell of each row is the row's heading")
    sort: Text = Field(
        "",
        description="The label of the column to sort by. -Label puts the largest or latest first",
    )
    locale: Text = Field(
        "", description="The locale of numbers and dates: en-IN, hi. Default: the post's language"
    )
    mobile: Literal["auto", "scroll", "cards"] = Field(
        "auto",
        description=(
            "What to do if the table is too wide for a phone: scroll, or cards (one per row). auto"
            " makes cards of long texts"
        ),
    )
    footnotes: dict[str, Inline] = Field(
        {}, description="Notes below the table, by name: the note a belongs to [^a] in a cell"
    )
    source: Inline = Field("", description="Where the figures come from")
    note: Inline = Field("", description="A note below the table")

    def check(self) -> Iterator[FieldError]:
        given = [name for name in ("rows", "table", "data") if getattr(self, name)]
        if len(given) > 1:
            yield FieldError(
                (given[0],),
                f"the rows are given twice, as {given[0]}: and as {given[1]}:; keep one",
            )
        if not given and "data" not in self.model_fields_set:
            message = (
                'the table has no rows; add rows: (lines such as "- [a, b]"), a Markdown table, or'
                " data: with a file"
            )
            yield FieldError((), message, "missing-field")
        for number_, column in enumerate(self.columns):
            if wrong := column.flaw():
                yield FieldError(("columns", number_), wrong)
        if self.locale and (wrong := locale_objection(self.locale)):
            yield FieldError(("locale",), f"locale {wrong}")
        yield from self._check_widths()
        yield from self._check_marks()
        yield from self._check_order()
        if self.mobile == "cards" and given and not self.shown_columns:
            yield FieldError(
                ("mobile",), "cards require columns:, whose labels come before the values"
            )

    def _check_widths(self) -> Iterator[FieldError]:
        if self._source and self.columns and len(self.columns) != len(self._source.header):
            yield FieldError(
                ("columns",),
                f"{self._source.name} has {len(self._source.header)} columns, but"
                f" {len(self.columns)} are named here",
            )
        width = len(self.columns) or len(self.rows[0] if self.rows else ())
        named = "columns are named" if self.columns else "are in the first row"
        for number_, row in enumerate(self.rows):
            if len(row) != width:
                yield FieldError(
                    ("rows", number_),
                    f"row {number_ + 1} has {len(row)} cells, but {width} {named}",
                    "ragged-row",
                )

    def _check_marks(self) -> Iterator[FieldError]:
        unused = set(self.footnotes)
        where = next((name for name in ("table", "data") if getattr(self, name)), "rows")
        texts = [
            (("caption",), self.caption),
            *((("columns", n), column.label) for n, column in enumerate(self.shown_columns)),
        ]
        texts += [
            ((where, *([n] if where == "rows" else [])), cell)
            for n, row in enumerate(self.given_rows)
            for cell in row
        ]
        for trail, text in texts:
            for mark in footnote_marks(text):
                unused.discard(mark)
                if mark not in self.footnotes:
                    hint = (
                        nearest(mark, self.footnotes) or f"write footnotes: with a line {mark}: …"
                    )
                    yield FieldError(
                        trail, f"[^{mark}] has no footnote; {hint}", "missing-footnote"
                    )
        for mark in sorted(unused):
            yield FieldError(
                ("footnotes", mark),
                f"this footnote is not used; write [^{mark}] in a cell",
                "unused-footnote",
            )

    def _check_order(self) -> Iterator[FieldError]:
        if not self.sort:
            return
        index = self._sorted_by
        if index is None:
            labels = [column.label for column in self.shown_columns]
            hint = (
                nearest(self.sort.removeprefix("-"), labels)
                or f"columns: {', '.join(labels) or 'none are named'}"
            )
            yield FieldError(
                ("sort",), f'no column is named "{self.sort.removeprefix("-")}"; {hint}'
            )
            return
        kind = self._holds(index)
        for n, row in enumerate(self.given_rows, 1):
            text = split_footnotes(row[index])[0] if index < len(row) else ""
            if _key(text, kind) is None and any(c.isdigit() for c in text):
                wanted = (
                    "sortable date (2026, 2026-12 or 2026-12-20)"
                    if kind == "date"
                    else "plain number (1234567.5)"
                )
                yield FieldError(("sort",), f'"{text}" in row {n} is not a {wanted}')

    @property
    def _source(self) -> DataTable | None:
        return self.table or self.data

    @property
    def shown_columns(self) -> list[Column]:
        """Return the columns; those of the file or of the Markdown table if none are named."""
        if self.columns or not self._source:
            return self.columns
        aligns = self._source.aligns or [""] * len(self._source.header)
        return [
            Column.model_validate({"label": label, "align": align})
            for label, align in zip(self._source.header, aligns, strict=True)
        ]

    @property
    def given_rows(self) -> list[list[str]]:
        """Return the rows as they are written, wherever that is."""
        return [list(row) for row in (self._source.rows if self._source else self.rows)]

    @property
    def _sorted_by(self) -> int | None:
        """The index of the column that orders the rows."""
        labels = [column.label for column in self.shown_columns]
        name = self.sort if self.sort in labels else self.sort.removeprefix("-")
        return labels.index(name) if name in labels else None

    @property
    def ordered_rows(self) -> list[list[str]]:
        """Return the rows in the order in which they are shown.

        Rows with nothing to sort by come last, and equal ones stay as they are.
        """
        index = self._sorted_by if self.sort else None
        if index is None:
            return self.given_rows
        kind = self._holds(index)
        keys = [(_key(split_footnotes(row[index])[0], kind), row) for row in self.given_rows]
        downwards = self.sort not in [column.label for column in self.shown_columns]
        first = sorted(
            ((key, row) for key, row in keys if key is not None),
            key=lambda pair: pair[0],
            reverse=downwards,
        )
        return [row for _, row in first] + [row for key, row in keys if key is None]

    def _holds(self, index: int) -> FigureKind:
        """Return what a column is sorted as: a text column of numbers alone as numbers."""
        kind = self.shown_columns[index].kind
        texts = [split_footnotes(row[index])[0] for row in self.given_rows if index < len(row)]
        return (
            "number"
            if kind == "text" and all(not text or number(text) is not None for text in texts)
            else kind
        )

    def view(self, language: str, wide_tables: bool) -> View:
        """Return the values that the template writes.

        Args:
            language: Of the post, for numbers and dates without a locale of their own.
            wide_tables: Whether a table of many columns or rows can be read there.
        """
        notes = TableFootnotes(self.footnotes)
        columns, rows = self.shown_columns, self.ordered_rows
        caption = notes.html(self.caption)
        heads = [Cell(notes.html(column.label)) for column in columns]
        width = len(columns) or len(rows[0] if rows else ())
        whole = [[split_footnotes(row[n])[0] for row in rows] for n in range(width)]
        figures = [self._format(n, texts, language) for n, texts in enumerate(whole)]
        parts = [self._part(n, figures[n].kind, texts) for n, texts in enumerate(whole)]
        heads = [head._replace(part=part) for head, part in zip(heads, parts, strict=False)]
        cells = [
            [self._cell(text, figures[n], whole[n], parts[n], notes) for n, text in enumerate(row)]
            for row in rows
        ]
        texts = [[column.label for column in columns], *rows] if columns else rows
        least = least_width([[split_footnotes(text)[0] for text in row] for row in texts])
        return View(self._as_cards(wide_tables), caption, least, heads, cells, notes.shown())

    def _format(self, index: int, texts: list[str], language: str) -> NumberFormat:
        """Return how a column is written: dates as dates, also without being told."""
        locale, columns = self.locale or language, self.shown_columns
        column = columns[index] if columns else None
        if (column is None or "kind" not in column.model_fields_set) and are_dates(texts):
            return NumberFormat("date", locale=locale)
        if column is None:
            return NumberFormat()
        return NumberFormat(column.kind, column.decimals, column.currency, column.format, locale)

    def _part(self, index: int, kind: FigureKind, texts: list[str]) -> str:
        """Return the style that aligns a column: figures line up without being told.

        The first column names the rows, such as years, and stays where names are.
        """
        columns = self.shown_columns
        given = columns[index].part if columns else ""
        return given or ("right" if index and kind == "text" and are_figures(texts) else "")

    def _cell(
        self, text: str, figures: NumberFormat, column: list[str], part: str, notes: TableFootnotes
    ) -> Cell:
        bare, mark = split_footnotes(text)
        written = figures.write(bare, column)
        if written == bare:
            return Cell(notes.html(text), part=part)
        date = bare if figures.kind == "date" else ""
        shown = written if self.locale else self.figures(written)
        return Cell(escape(shown) + notes.html(mark), date, part)

    def _as_cards(self, wide_tables: bool) -> bool:
        columns, rows = self.shown_columns, self.given_rows
        if not columns or self.mobile == "cards":
            return bool(columns)
        if not wide_tables and (len(columns) > _FEED_COLUMNS or len(rows) > _FEED_ROWS):
            return True
        longest = [max((len(row[n]) for row in rows), default=0) for n in range(len(columns))]
        return self.mobile == "auto" and len(columns) > 1 and sum(longest) > _PROSE
