"""Reading the tables of finished HTML, for the tests of the table widget."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag


def table(html: str) -> Tag:
    found = BeautifulSoup(html, "html.parser").table
    assert found
    return found


def rows(html: str) -> list[list[str]]:
    return [
        [cell.text for cell in row.find_all(["th", "td"])] for row in table(html).find_all("tr")
    ]
