"""A secret goes to the servers that it was stored for, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from urllib3.util import parse_url

from blogkit.config import Config, Site
from blogkit.credentials import Credentials, Secret, require_origin
from blogkit.errors import ConfigError
from blogkit.http import Request
from blogkit.origins import GOOGLE, is_loopback, origin_of
from blogkit.project.connect import Settings, connect
from tests.cases import for_each

PASSWORD = "abcd efgh ijkl"
HOME = "https://school.example"


@for_each(
    ("url", "origin"),
    [
        ("https://A.example:443/x?y", "https://a.example"),
        ("http://a.example:80", "http://a.example"),
        ("https://a.example.:8443/", "https://a.example:8443"),
        ("http://[::1]:8080/x", "http://[::1]:8080"),
        ("https://स्कूल.example/", "https://स्कूल.example"),
    ],
)
def test_an_origin_has_one_spelling(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@for_each(
    "url",
    [
        "https://evil.example\\@school.example/",
        "https://school.example@evil.example/",
        "https://school.example:pass@evil.example/",
        "https://school.example evil.example/",
        "https://evil.example%2f@school.example/",
        "https://school.example:443:80/",
        "https://school.example:port/",
        "file:///etc/passwd",
        "ftp://school.example",
        "https://",
        "https://./",
        "school.example",
    ],
)
def test_what_two_programs_could_read_in_two_ways_is_no_origin(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        origin_of(url)


@for_each(
    ("host", "local"),
    [
        ("LOCALHOST.", True),
        ("a.LocalHost", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:128.0.0.1", False),
        ("localhost.example", False),
        ("notlocalhost", False),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_which_hosts_are_this_machine(host: str, local: bool) -> None:
    assert is_loopback(host) is local


def test_the_library_that_connects_agrees_with_every_origin() -> None:
    for url in ("https://A.example:443/x", "http://[::1]:8080/", "http://a.example"):
        parsed = parse_url(url)
        assert origin_of(url) == origin_of(f"{parsed.scheme}://{parsed.netloc}")


def refusal(origins: tuple[str, ...], url: str, value: str = PASSWORD) -> ConfigError | None:
    try:
        require_origin(
            "school", "the app password (.env)", value, origins, url, "BLOGKIT_SCHOOL_ORIGIN"
        )
    except ConfigError as error:
        return error
    return None


@for_each(
    ("origins", "url", "value", "goes"),
    [
        ((HOME,), f"{HOME}/wp-json/", PASSWORD, True),
        ((HOME,), "https://SCHOOL.example:443/", PASSWORD, True),
        ((HOME,), "http://school.example/", PASSWORD, False),
        ((HOME,), "https://school.example:8443/", PASSWORD, False),
        ((HOME,), "https://www.school.example/", PASSWORD, False),
        ((HOME,), "https://school.example.evil.example/", PASSWORD, False),
        ((HOME,), "http://127.0.0.1:8080/", PASSWORD, False),
        ((), "http://127.0.0.1:8080/", PASSWORD, False),
        (("http://127.0.0.1:8080",), "http://127.0.0.1:8080/", PASSWORD, True),
        ((HOME,), "http://127.0.0.1:8080/", "sandbox", True),
        ((HOME,), "https://evil.example/", "sandbox", False),
        (GOOGLE, "https://blogger.googleapis.com/v3/blogs", PASSWORD, True),
        (GOOGLE, "https://oauth2.googleapis.com/token", PASSWORD, True),
        (GOOGLE, "https://blogger.googleapis.com.evil.example/v3", PASSWORD, False),
        ((), HOME, PASSWORD, False),
    ],
)
def test_where_a_secret_goes(origins: tuple[str, ...], url: str, value: str, goes: bool) -> None:
    assert (refusal(origins, url, value) is None) == goes


def test_a_refusal_names_both_servers_and_the_way_to_allow_one() -> None:
    error = refusal((HOME,), "https://evil.example/x")
    assert error is not None
    assert HOME in error.message
    assert "https://evil.example" in error.message
    assert "blogkit login school --origin https://evil.example" in error.hint
    assert PASSWORD not in f"{error.message}{error.hint}"


def test_a_secret_without_any_server_names_the_variable_to_set() -> None:
    error = refusal((), HOME)
    assert error is not None
    assert f"BLOGKIT_SCHOOL_ORIGIN={HOME}" in error.hint


def settings(tmp_path: Path, site: Site, environ: dict[str, str]) -> Settings:
    return Settings(
        Config(tmp_path / "blog", sites={site.name: site}),
        {"XDG_CONFIG_HOME": str(tmp_path / "config"), **environ},
    )


WORDPRESS = Site("school", "wordpress", url=HOME, username="author")
BLOGGER = Site("main", "blogger", url="https://example.blogspot.com")
GOOGLES = {
    f"BLOGKIT_MAIN_{name}": "a real secret"
    for name in ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN")
}
TOKEN = {"BLOGKIT_MAIN_ACCESS_TOKEN": "a real secret"}
WORD = {"BLOGKIT_SCHOOL_APP_PASSWORD": PASSWORD}
HOSTED = Site("school", "wordpress", url="https://school.wordpress.com")
OPENS = {"BLOGKIT_SCHOOL_WORDPRESS_COM_TOKEN": "a real secret"}
EVIL = "https://evil.example"


def elsewhere(site: Site) -> Site:
    return Site(**{**vars(site), "api_base": EVIL})


@for_each(
    ("site", "environ"),
    [
        (WORDPRESS, WORD),
        (elsewhere(WORDPRESS), {**WORD, "BLOGKIT_SCHOOL_ORIGIN": HOME}),
        (Site("school", "wordpress", url="http://127.0.0.1:9", username="author"), WORD),
        (elsewhere(BLOGGER), GOOGLES),
        (elsewhere(BLOGGER), TOKEN),
        (Site("main", "blogger", url=BLOGGER.url, api_base="http://127.0.0.1:9"), GOOGLES),
        (elsewhere(HOSTED), OPENS),
    ],
    ids=[
        "unpinned",
        "pinned elsewhere",
        "loopback",
        "refresh",
        "access",
        "Google's to loopback",
        "WordPress.com's token",
    ],
)
def test_no_request_is_made_for_a_server_that_a_secret_is_not_for(
    tmp_path: Path, site: Site, environ: dict[str, str]
) -> None:
    """The network is closed in tests: a request would be another error."""
    with pytest.raises(ConfigError, match=r"is not sent to"):
        connect(site, settings(tmp_path, site, environ)).identity()


def signed_for(site: Site, made: Settings, url: str) -> bool:
    platform: Any = connect(site, made)
    http = platform._client._http if site.platform == "wordpress" else platform._blog.http
    return bool(http._auth(Request("GET", url), False))


def test_a_password_from_the_environment_goes_where_its_variable_says(tmp_path: Path) -> None:
    environ = {**WORD, "BLOGKIT_SCHOOL_ORIGIN": f"{HOME}/blog"}
    assert signed_for(WORDPRESS, settings(tmp_path, WORDPRESS, environ), HOME)


def test_the_token_of_a_hosted_blog_goes_to_its_api_and_not_to_the_blog(tmp_path: Path) -> None:
    made = settings(tmp_path, HOSTED, OPENS)
    assert signed_for(HOSTED, made, "https://public-api.wordpress.com/wp/v2/sites/x/posts")
    with pytest.raises(ConfigError, match="is not sent to"):
        connect(elsewhere(HOSTED), made).identity()
    assert not signed_for(HOSTED, made, HOSTED.url)


def test_a_variable_that_names_no_server_is_refused_by_its_name(tmp_path: Path) -> None:
    environ = {**WORD, "BLOGKIT_SCHOOL_ORIGIN": "school"}
    with pytest.raises(ConfigError, match='BLOGKIT_SCHOOL_ORIGIN is "school", which is not'):
        connect(WORDPRESS, settings(tmp_path, WORDPRESS, environ)).identity()


def test_a_folder_cannot_name_the_server_for_a_password_of_the_environment(tmp_path: Path) -> None:
    """`.env` comes with the folder."""
    site = Site("school", "wordpress", url=EVIL, username="author")
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog" / ".env").write_text(f"BLOGKIT_SCHOOL_ORIGIN={EVIL}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="is bound to no address yet"):
        connect(site, settings(tmp_path, site, WORD)).identity()
    with (tmp_path / "blog" / ".env").open("a", encoding="utf-8") as file:
        file.write("BLOGKIT_SCHOOL_APP_PASSWORD=mine\n")
    assert signed_for(site, settings(tmp_path, site, {}), EVIL)


def secrets(tmp_path: Path, environ: dict[str, str] | None = None) -> Credentials:
    return Credentials(
        environ=environ or {}, dotenv=tmp_path / ".env", config=tmp_path / "config" / "blogkit"
    )


def test_a_stored_password_goes_where_it_was_stored_for(tmp_path: Path) -> None:
    address = "author@school.example"
    secrets(tmp_path).store("school", "app_password", address, Secret(PASSWORD), [HOME])
    assert signed_for(WORDPRESS, settings(tmp_path, WORDPRESS, {}), HOME)
    moved = elsewhere(WORDPRESS)
    with pytest.raises(ConfigError, match=f"is for {HOME} only"):
        connect(moved, settings(tmp_path, moved, {})).identity()
    secrets(tmp_path).allow("school", address, EVIL)
    assert signed_for(moved, settings(tmp_path, moved, {}), EVIL)


def test_a_confirmed_server_holds_for_the_environment_and_survives(tmp_path: Path) -> None:
    secrets(tmp_path).allow("school", "author@school.example", HOME)
    assert secrets(tmp_path).confirmed("school") == (HOME,)
    assert secrets(tmp_path).confirmed("other") == ()
    assert signed_for(WORDPRESS, settings(tmp_path, WORDPRESS, WORD), HOME)
    other = Site("other", "wordpress", url=HOME, username="author")
    with pytest.raises(ConfigError, match="bound to no address"):
        connect(
            other, settings(tmp_path, other, {"BLOGKIT_OTHER_APP_PASSWORD": PASSWORD})
        ).identity()


def test_a_secret_of_an_older_version_is_for_the_address_it_was_stored_under(
    tmp_path: Path,
) -> None:
    file = tmp_path / "config" / "blogkit" / "credentials.json"
    file.parent.mkdir(parents=True)
    file.touch(0o600)
    file.write_text(f'{{"school author@school.example app_password": "{PASSWORD}"}}')
    assert signed_for(WORDPRESS, settings(tmp_path, WORDPRESS, {}), HOME)
    moved = elsewhere(WORDPRESS)
    with pytest.raises(ConfigError, match=f"is for {HOME} only"):
        connect(moved, settings(tmp_path, moved, {})).identity()
