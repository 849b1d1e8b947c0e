"""Convert tables in pasted HTML to widget calls."""

from __future__ import annotations

from typing import Any

from blogkit.html import Element
from blogkit.importers.html.elements import text_of
from blogkit.importers.html.inline import Uncertain, lines_of
from blogkit.importers.html.shapes import WidgetCandidate, WidgetMatch

_WRAPPERS = frozenset({"div", "section", "figure", "center"})
_NARROW = 360
"""Characters in the longest cells together, from which the widget makes cards on a small screen.

Cards repeat every heading in each row, so such a table scrolls instead.
"""


def table(candidate: WidgetCandidate) -> WidgetMatch | None:
    """Return a call of `table` for a table or an element that contains only one; None otherwise.

    Raises:
        Uncertain: The widget cannot show it: other tables in it, spanning cells, a layout.
    """
    element = only_table(candidate.element)
    if element is None:
        return None
    if any(inner.name == "table" for inner in element.descendants()):
        raise Uncertain("it contains another table")
    # https://www.w3.org/TR/wai-aria-1.2/#presentation
    if element.attributes.get("role") in ("presentation", "none"):
        raise Uncertain("it is a layout table")
    caption = ""
    rows: list[list[Element]] = []
    heads: list[list[Element]] = []
    for part in table_parts(element):
        if part.name == "caption":
            caption = _cell(candidate, part)
        elif part.name == "tr":
            (heads if _is_head(part, bool(rows or heads)) else rows).append(row_cells(part))
        else:
            raise Uncertain(f"it contains <{part.name}>")
    return _found(candidate, caption, heads, rows)


def only_table(element: Element) -> Element | None:
    """Return the table that is all of an element; None if there is more or no table."""
    while element.name in _WRAPPERS:
        loose = any((text_of(element.source, item) or "").strip() for item in element.items)
        if loose or len(element.children) != 1:
            return None
        element = element.children[0]
    return element if element.name == "table" else None


def table_parts(element: Element) -> list[Element]:
    """Return captions and rows."""
    found = []
    for child in element.children:
        if child.name in ("thead", "tbody", "tfoot"):
            found += child.children
        elif child.name not in ("colgroup", "col"):
            found.append(child)
    return found


def row_cells(row: Element) -> list[Element]:
    """Return the cells of a row.

    Raises:
        Uncertain: It contains more, or a cell spans several columns or rows.
    """
    cells = row.children
    if any(cell.name not in ("td", "th") for cell in cells):
        raise Uncertain("a row contains more than cells")
    if any(
        cell.attributes.get(name, "1") not in ("1", "")
        for cell in cells
        for name in ("colspan", "rowspan")
    ):
        raise Uncertain("a cell spans several columns or rows")
    return cells


def _is_head(row: Element, is_later: bool) -> bool:
    return not is_later and bool(row.children) and all(cell.name == "th" for cell in row.children)


def _found(
    candidate: WidgetCandidate, caption: str, heads: list[list[Element]], rows: list[list[Element]]
) -> WidgetMatch:
    width = len(heads[0] if heads else rows[0] if rows else [])
    if not rows or not width or any(len(row) != width for row in rows):
        raise Uncertain("its rows differ in length")
    # the widget has row headers in all rows or in none
    named = [row[0].name == "th" for row in rows]
    if any(named) != all(named) or any(cell.name == "th" for row in rows for cell in row[1:]):
        raise Uncertain("it has header cells among its data cells")
    columns = [_cell(candidate, cell) for cell in (heads[0] if heads else [])]
    cells = [[_cell(candidate, cell) for cell in row] for row in rows]
    longest = [max(len(row[n]) for row in cells) for n in range(width)]
    fields: dict[str, Any] = {"columns": columns} if columns else {}
    if all(named):
        fields["row_header"] = True
    if columns and width > 1 and sum(longest) > _NARROW:
        fields["mobile"] = "scroll"
    return WidgetMatch("table", caption, {**fields, "rows": cells})


def _cell(candidate: WidgetCandidate, element: Element) -> str:
    lines = lines_of(element, candidate.skipped)
    if len(lines) > 1:
        raise Uncertain("a cell has several lines")
    return lines[0].markdown(bold=element.name == "td") if lines else ""
