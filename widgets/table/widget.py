"""A table: rows written here, or a CSV or TSV file of the workspace. It scrolls sideways where it is too wide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from blogkit.render.fields import DataFile, Field, Fields, Flaw, Inline, InlineText

_NUMBERS = {"number", "currency", "percent"}


class Column(Fields):
    label: Inline = Field(description="The column's heading")
    align: Literal["", "left", "center", "right"] = Field("", description="left, center or right; when absent, by kind")
    kind: Literal["text", "number", "currency", "percent", "date"] = Field(
        "text", description="What the cells hold; numbers stand at the right"
    )

    @property
    def part(self) -> str:
        """The name of the style that aligns the column's cells, "" for the default."""
        return self.align or ("right" if self.kind in _NUMBERS else "")


def _column(value: Any) -> Any:
    """A column may be written as its label alone."""
    return value if isinstance(value, dict | Column) else {"label": value}


class Widget(Fields):
    caption: Inline = Field("", description="What the table shows; stands above it")
    columns: list[Annotated[Column, BeforeValidator(_column)]] = Field(
        [], description="The columns: labels, or label, align and kind of each"
    )
    rows: list[list[Inline]] = Field([], description="The rows, each a list of cells")
    row_header: bool = Field(False, description="Whether the first cell of each row names the row")
    source: Inline = Field("", description="Where the figures come from")
    note: Inline = Field("", description="A remark below the table")
    data: DataFile = Field(None, description="A CSV or TSV file with the rows, relative to the workspace; its first row names the columns")

    def check(self) -> Iterator[Flaw]:
        if self.data and self.rows:
            yield Flaw(("rows",), "the rows are given twice, as rows: and as data:; keep one")
        if not self.data and not self.rows and "data" not in self.model_fields_set:
            yield Flaw((), 'the table has no rows; write rows: (lines such as "- [a, b]"), or data: with a file', "missing-field")
        if self.data and self.columns and len(self.columns) != len(self.data.header):
            yield Flaw(("columns",), f"{self.data.name} has {len(self.data.header)} columns, but {len(self.columns)} are named here")
        width = len(self.columns) or len(self.rows[0] if self.rows else ())
        named = "columns are named" if self.columns else "are in the first row"
        for number, row in enumerate(self.rows):
            if len(row) != width:
                yield Flaw(("rows", number), f"row {number + 1} has {len(row)} cells, but {width} {named}", "ragged-row")

    @property
    def shown_columns(self) -> list[Column]:
        """The columns; those of the file when none are named."""
        if self.columns or not self.data:
            return self.columns
        return [Column(label=label) for label in self.data.header]

    @property
    def shown_rows(self) -> list[list[str]]:
        """The rows; those of the file when there is one."""
        return [[InlineText(cell) for cell in row] for row in self.data.rows] if self.data else [list(row) for row in self.rows]

    def aligned(self, index: int) -> list[str]:
        """The style that aligns the cells of a column, none for the default."""
        columns = self.shown_columns
        return [columns[index].part] if columns and columns[index].part else []
