"""Secrets: the order of places, files that only their owner can read, and values that never show."""

from __future__ import annotations

import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from blogkit.errors import ConfigError
from blogkit.secrets import Secret, Secrets, config_folder, variable

TOKEN = "ya29.very-secret"


def make(tmp_path: Path, environ: dict[str, str] | None = None, keyring: Any = None) -> Secrets:
    return Secrets(environ=environ or {}, dotenv=tmp_path / ".env", config=tmp_path / "config", keyring=keyring)


class Keyring(SimpleNamespace):
    """A keyring in memory, with the two calls of the real one."""

    def set_password(self, service: str, account: str, value: str) -> None:
        self.__dict__[service + account] = value

    def get_password(self, service: str, account: str) -> str | None:
        return self.__dict__.get(service + account)


def test_a_secret_never_shows_itself() -> None:
    secret = Secret(TOKEN)
    assert TOKEN not in f"{secret} {secret!r} {[secret]}"
    assert secret.reveal() == TOKEN


def test_names_of_variables() -> None:
    assert variable("main", "refresh_token") == "BLOGKIT_MAIN_REFRESH_TOKEN"
    assert variable("my-site", "app_password") == "BLOGKIT_MY_SITE_APP_PASSWORD"


def test_the_order_is_environment_dotenv_keyring_file(tmp_path: Path) -> None:
    keyring = Keyring()
    make(tmp_path).store("main", "app_password", "a.example", Secret("from file"))
    assert make(tmp_path).require("main", "app_password", "a.example").reveal() == "from file"
    keyring.set_password("blogkit", "main a.example app_password", "from keyring")
    assert make(tmp_path, keyring=keyring).require("main", "app_password", "a.example").reveal() == "from keyring"
    (tmp_path / ".env").write_text("BLOGKIT_MAIN_APP_PASSWORD='from dotenv $HOME'\n", encoding="utf-8")
    assert make(tmp_path, keyring=keyring).require("main", "app_password", "a.example").reveal() == "from dotenv $HOME"
    environ = {"BLOGKIT_MAIN_APP_PASSWORD": "from environment"}
    found = make(tmp_path, environ, keyring).get("main", "app_password", "a.example")
    assert found is not None
    assert (found.secret.reveal(), found.place) == ("from environment", "environment variable BLOGKIT_MAIN_APP_PASSWORD")


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    place = Path(make(tmp_path).store("main", "refresh_token", "a", Secret(TOKEN)))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    place.chmod(0o644)
    with pytest.raises(ConfigError) as error:
        make(tmp_path).get("main", "refresh_token", "a")
    assert "chmod 600" in error.value.hint


def test_sites_of_one_name_on_two_hosts_keep_apart(tmp_path: Path) -> None:
    secrets = make(tmp_path)
    secrets.store("main", "refresh_token", "a.example", Secret("a"))
    secrets.store("main", "refresh_token", "b.example", Secret("b"))
    assert secrets.require("main", "refresh_token", "a.example").reveal() == "a"


def test_a_missing_secret_names_the_command_and_the_variable(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        make(tmp_path).require("main", "app_password", "a")
    assert error.value.message == "site main: app password is not set"
    assert "blogkit login main" in error.value.hint
    assert "BLOGKIT_MAIN_APP_PASSWORD" in error.value.hint


def test_a_broken_keyring_is_as_good_as_none(tmp_path: Path) -> None:
    class Broken:
        def get_password(self, *_: str) -> str:
            raise RuntimeError("locked")

        set_password = get_password

    secrets = make(tmp_path, keyring=Broken())
    assert "credentials.json" in secrets.store("main", "app_password", "a", Secret("x"))
    assert secrets.require("main", "app_password", "a").reveal() == "x"


def test_a_damaged_file_is_an_error_that_does_not_quote_it(tmp_path: Path) -> None:
    secrets = make(tmp_path)
    Path(secrets.store("main", "app_password", "a", Secret("x"))).write_text(f'{{"x": "{TOKEN}', encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        secrets.get("main", "app_password", "a")
    assert TOKEN not in str(error.value) + error.value.hint


def test_exposed_files_are_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\n", encoding="utf-8")
    (tmp_path / ".env").chmod(0o644)
    assert make(tmp_path).exposed() == [str(tmp_path / ".env")]


def test_the_configuration_folder_follows_xdg() -> None:
    assert config_folder({"XDG_CONFIG_HOME": "/x"}) == Path("/x/blogkit")
    assert config_folder({"HOME": "/h"}) == Path("/h/.config/blogkit")
