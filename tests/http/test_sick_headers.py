"""Headers that are damaged: none is worth a crash."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import responses

from blogkit.errors import ServerError
from blogkit.http import HttpClient, Request, parse_http_date
from tests.cases import for_each

URL = "https://school.example/"
GET = Request("GET", URL)


@for_each(
    ("text", "moment"),
    [
        ("Sun, 22 Nov 2026 12:00:00 GMT", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("Sun, 22 Nov 2026 12:00:00 -0000", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("Sun, 22 Nov 2026 12:00:00 +0530", datetime(2026, 11, 22, 6, 30, tzinfo=UTC)),
        ("", None),
        ("yesterday", None),
        ("Sun, 99 Nov 2026 12:00:00 GMT", None),
        ("Sun, 22 Nov 2026 12:00:00 +9999", None),
        ("Sun, 22 Nov 2026 12:00:00 +99999999999999999999", None),
        ("Sun, 22 Nov 99999999999 12:00:00 GMT", None),
        ("Sun, 01 Jan 0001 00:00:00 +1400", datetime(2000, 12, 31, 10, tzinfo=UTC)),
        ("Fri, 31 Dec 9999 23:59:59 -1200", None),
    ],
)
def test_a_date_is_read_or_is_none(text: str, moment: datetime | None) -> None:
    assert parse_http_date(text) == moment


@responses.activate
@pytest.mark.parametrize("location", ["http://[::1", "https://school.example:99999999/"])
def test_a_redirect_to_no_address_is_named(location: str) -> None:
    responses.get(URL, status=302, headers={"Location": location})
    with pytest.raises(ServerError, match="redirects to an invalid address"):
        HttpClient("school").send(GET)


@responses.activate
@pytest.mark.parametrize("charset", ["undefined", "idna", "unknown-8bit", "hex", "x" * 999])
def test_an_encoding_that_cannot_be_used_is_utf8(charset: str) -> None:
    kind = f"application/json; charset={charset}"
    responses.get(URL, '{"a": "é"}'.encode(), content_type=kind)
    assert HttpClient("school").send(GET).json("school") == {"a": "é"}
