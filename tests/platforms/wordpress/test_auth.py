from __future__ import annotations

import base64

import pytest

from blogkit.errors import ConfigError
from blogkit.http import Request
from blogkit.platforms.wordpress.auth import ApplicationPassword
from tests.cases import for_each

AUTH = ApplicationPassword("https://school.example/blog", "author", " abcd efgh ")


def test_the_password_goes_to_its_site_as_it_was_shown() -> None:
    header = AUTH(Request("GET", "https://SCHOOL.example:443/blog/?rest_route=/"), False)[
        "Authorization"
    ]
    assert base64.b64decode(header.removeprefix("Basic ")).decode() == "author:abcd efgh"
    assert AUTH(Request("GET", "https://school.example/"), True) == {"Authorization": header}


@for_each(
    "url",
    [
        "http://school.example/",
        "https://school.example:8443/",
        "https://www.school.example/",
        "https://evil.example/",
    ],
)
def test_the_password_goes_nowhere_else(url: str) -> None:
    assert AUTH(Request("GET", url), False) == {}


def test_the_password_is_not_shown() -> None:
    assert "abcd" not in repr(AUTH)


@for_each("name", ["", "a:b"])
def test_names_that_cannot_be_sent_are_refused(name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        ApplicationPassword("https://school.example", name, "secret words")
    assert "secret" not in caught.value.message + caught.value.hint
    assert "username" in caught.value.hint
