"""Secrets: the order of places, files that only their owner can read, and values that never
show.
"""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import platformdirs
import pytest
from platformdirs.api import PlatformDirsABC
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from blogkit.credentials import Credentials, Secret, system_keyring, variable
from blogkit.credentials.secret import SecretName
from blogkit.credentials.store import _others_read
from blogkit.errors import ConfigError
from blogkit.folders import config_folder
from blogkit.origins import GOOGLE

TOKEN = "ya29.very-secret"
HOME = "https://a.example"


def make(tmp_path: Path, environ: dict[str, str] | None = None, keyring: Any = None) -> Credentials:
    return Credentials(
        environ=environ or {}, dotenv=tmp_path / ".env", config=tmp_path / "config", keyring=keyring
    )


class Keyring(SimpleNamespace):
    """A keyring in memory, with the two calls of the real one."""

    def set_password(self, service: str, account: str, value: str) -> None:
        self.__dict__[service + account] = value

    def get_password(self, service: str, account: str) -> str | None:
        return self.__dict__.get(service + account)


def test_a_secret_never_shows_itself() -> None:
    secret = Secret(TOKEN)
    assert f"{secret} {secret!r} {[secret]}" == "Secret(•••) Secret(•••) [Secret(•••)]"
    assert secret.reveal() == TOKEN
    assert (bool(secret), bool(Secret(""))) == (True, False)


def test_names_of_variables() -> None:
    assert variable("main", "refresh_token") == "BLOGKIT_MAIN_REFRESH_TOKEN"
    assert variable("my-site", "app_password") == "BLOGKIT_MY_SITE_APP_PASSWORD"


def test_the_order_is_environment_dotenv_keyring_file(tmp_path: Path) -> None:
    keyring = Keyring()
    make(tmp_path).store("main", "app_password", "a.example", Secret("from file"), [HOME])
    assert (
        make(tmp_path).require("main", "app_password", "a.example").secret.reveal() == "from file"
    )
    keyring.set_password("blogkit", "main a.example app_password", "from keyring")
    assert (
        make(tmp_path, keyring=keyring).require("main", "app_password", "a.example").secret.reveal()
        == "from keyring"
    )
    (tmp_path / ".env").write_text(
        "BLOGKIT_MAIN_APP_PASSWORD='from dotenv $HOME'\n", encoding="utf-8"
    )
    assert (
        make(tmp_path, keyring=keyring).require("main", "app_password", "a.example").secret.reveal()
        == "from dotenv $HOME"
    )
    environ = {"BLOGKIT_MAIN_APP_PASSWORD": "from environment"}
    found = make(tmp_path, environ, keyring).get("main", "app_password", "a.example")
    assert found is not None
    assert (found.secret.reveal(), found.place) == (
        "from environment",
        "environment variable BLOGKIT_MAIN_APP_PASSWORD",
    )


def test_a_keyring_that_works_is_the_only_place_a_secret_is_written_to(tmp_path: Path) -> None:
    keyring = Keyring()
    secrets = make(tmp_path, keyring=keyring)
    assert (
        secrets.store("main", "app_password", "a.example", Secret(TOKEN), [HOME])
        == "system keyring"
    )
    ((account, text),) = keyring.__dict__.items()
    assert account == "blogkitmain a.example app_password"
    assert json.loads(text) == {"secret": TOKEN, "origins": [HOME]}
    assert not (tmp_path / "config").exists()
    found = secrets.get("main", "app_password", "a.example")
    assert found is not None
    assert (found.secret.reveal(), found.place) == (TOKEN, "system keyring")


def test_a_keyring_without_the_entry_holds_no_secret(tmp_path: Path) -> None:
    secrets = make(tmp_path, keyring=Keyring())
    assert secrets.get("main", "app_password", "a.example") is None
    with pytest.raises(ConfigError, match="app password is not set"):
        secrets.require("main", "app_password", "a.example")
    make(tmp_path).store("main", "app_password", "a.example", Secret("from file"), [HOME])
    assert secrets.require("main", "app_password", "a.example").secret.reveal() == "from file"


@pytest.mark.parametrize(
    ("files", "works"),
    [
        ({}, False),
        ({"keyring/__init__.py": "from .backends.fail import Keyring as get_keyring"}, False),
        ({"keyring/__init__.py": "def get_keyring():\n    return object()"}, True),
    ],
    ids=["not installed", "without a store", "with a store"],
)
def test_only_a_keyring_with_a_real_store_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], works: bool
) -> None:
    """The package of this name answers with `fail.Keyring` where the system has no store."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "keyring"]:
        monkeypatch.delitem(sys.modules, name)
    fail = {
        "keyring/backends/__init__.py": "",
        "keyring/backends/fail.py": "class Keyring:\n    pass",
    }
    for name, source in {**files, **(fail if files else {})}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source, encoding="utf-8")
    monkeypatch.setattr(
        sys,
        "path",
        [str(tmp_path), *(path for path in sys.path if not (Path(path) / "keyring").is_dir())],
    )
    module = system_keyring()
    assert (module is not None) == works
    if module is not None:
        assert module.__name__ == "keyring"
    for name in [name for name in sys.modules if name.partition(".")[0] == "keyring"]:
        monkeypatch.delitem(sys.modules, name)


FULL = """
import resource, sys
from pathlib import Path
from blogkit.credentials import Credentials, Secret
resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
folder = Path(sys.argv[1])
try:
    Credentials(environ={}, dotenv=folder / ".env", config=folder / "config").store("main", "app_password", "a", Secret("x" * 99), ["https://a.example"])
except OSError as error:
    sys.exit(7)
"""


def test_a_disk_that_is_full_leaves_the_stored_secrets_as_they_were(tmp_path: Path) -> None:
    place = Path(make(tmp_path).store("main", "app_password", "a", Secret(TOKEN), [HOME]))
    before = place.read_bytes()
    assert subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], check=False).returncode == 7
    assert place.read_bytes() == before
    assert [path.name for path in place.parent.iterdir()] == ["credentials.json"]


def test_a_dotenv_that_is_not_utf8_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("BLOGKIT_MAIN_APP_PASSWORD=Größe\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"cannot read .*\.env") as error:
        make(tmp_path).get("main", "app_password", "a")
    assert "UTF-8" in error.value.hint
    assert "Gr" not in error.value.message


def test_a_folder_in_the_secrets_place_is_told_in_words(tmp_path: Path) -> None:
    place = Path(make(tmp_path).store("main", "app_password", "a", Secret(TOKEN), [HOME]))
    place.unlink()
    place.mkdir(mode=0o700)
    with pytest.raises(ConfigError, match="Is a directory") as error:
        make(tmp_path).get("main", "app_password", "a")
    assert "Errno" not in str(error.value)
    assert error.value.hint


def test_secrets_that_are_not_json_are_told_in_words(tmp_path: Path) -> None:
    place = Path(make(tmp_path).store("main", "app_password", "a", Secret(TOKEN), [HOME]))
    place.write_text(TOKEN, encoding="utf-8")
    with pytest.raises(ConfigError, match="not valid JSON") as error:
        make(tmp_path).get("main", "app_password", "a")
    assert TOKEN not in str(error.value)
    assert "blogkit login SITE" in error.value.hint


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    place = Path(make(tmp_path).store("main", "refresh_token", "a", Secret(TOKEN), [HOME]))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    deeper = Credentials(environ={}, dotenv=tmp_path / ".env", config=tmp_path / "new" / "config")
    assert Path(deeper.store("main", "refresh_token", "a", Secret(TOKEN), [HOME])).is_file()
    place.chmod(0o644)
    with pytest.raises(ConfigError) as error:
        make(tmp_path).get("main", "refresh_token", "a")
    assert "chmod 600" in error.value.hint


def test_a_secret_goes_to_the_servers_that_it_was_stored_for(tmp_path: Path) -> None:
    secrets = make(tmp_path)
    for name, servers in (("app_password", (HOME,)), ("refresh_token", (*GOOGLE, HOME))):
        secrets.store("main", name, "a.example", Secret("x"), [HOME])
        assert secrets.require("main", name, "a.example").origins == servers


def test_no_secret_of_another_service_goes_to_google(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "BLOGKIT_MAIN_HTTP_LOGIN=me:secret\nBLOGKIT_MAIN_GITHUB_TOKEN=ghp_secret\n",
        encoding="utf-8",
    )
    secrets = make(tmp_path)
    assert secrets.require("main", "http_login", "a.example").origins == ()
    token = secrets.require("main", "github_token", "a.example")
    assert token.origins == ("https://api.github.com",)


def test_the_keys_of_a_bucket_sign_requests_to_its_service(tmp_path: Path) -> None:
    names: tuple[SecretName, ...] = ("access_key_id", "secret_access_key")
    environ = {variable("main", name): "x" for name in names}
    for name in names:
        found = make(tmp_path, environ).require("main", name, "a.example")
        assert found.origins == ("https://s3.amazonaws.com",)


def test_a_token_is_stored_with_its_end(tmp_path: Path) -> None:
    ends = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    place = make(tmp_path).store(
        "main", "wordpress_com_token", "a.example", Secret(TOKEN), [HOME], ends=ends
    )
    found = make(tmp_path).require("main", "wordpress_com_token", "a.example")
    assert (found.secret.reveal(), found.ends, found.place) == (TOKEN, ends, place)


def test_an_allowed_server_is_kept_outside_of_the_folder(tmp_path: Path) -> None:
    secrets = make(tmp_path)
    for _ in range(2):
        secrets.allow("main", "a.example", "https://b.example")
    allowed = json.loads((tmp_path / "config/origins.json").read_text(encoding="utf-8"))
    assert allowed == {"main": ["https://b.example"]}
    assert secrets.confirmed("main") == ("https://b.example",)


def test_a_password_in_dotenv_is_taken_letter_by_letter(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BLOGKIT_MAIN_APP_PASSWORD=a${HOME}b\n", encoding="utf-8")
    assert make(tmp_path).require("main", "app_password", "a").secret.reveal() == "a${HOME}b"


def test_sites_of_one_name_on_two_hosts_keep_apart(tmp_path: Path) -> None:
    secrets = make(tmp_path)
    secrets.store("main", "refresh_token", "a.example", Secret("a"), [HOME])
    secrets.store("main", "refresh_token", "b.example", Secret("b"), [HOME])
    assert secrets.require("main", "refresh_token", "a.example").secret.reveal() == "a"


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
    assert "credentials.json" in secrets.store("main", "app_password", "a", Secret("x"), [HOME])
    assert secrets.require("main", "app_password", "a").secret.reveal() == "x"


def test_a_file_that_holds_something_else_holds_no_secret(tmp_path: Path) -> None:
    place = Path(make(tmp_path).store("main", "app_password", "a", Secret(TOKEN), [HOME]))
    place.write_text("[]", encoding="utf-8")
    assert make(tmp_path).get("main", "app_password", "a") is None


def test_a_folder_in_the_place_of_dotenv_is_no_file(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert make(tmp_path).get("main", "app_password", "a") is None


def test_the_file_can_be_read_by_people(tmp_path: Path) -> None:
    place = Path(make(tmp_path).store("main", "app_password", "a", Secret(TOKEN), [HOME]))
    lines = place.read_text(encoding="utf-8").splitlines()
    assert [line[:2] for line in lines] == ["{", ' "', "}"]


def test_windows_keeps_a_users_folders_closed_by_itself() -> None:
    assert _others_read(0o644, "posix")
    assert not _others_read(0o644, "nt")
    assert not _others_read(0o600, "posix")


def test_a_damaged_file_is_an_error_that_does_not_quote_it(tmp_path: Path) -> None:
    secrets = make(tmp_path)
    Path(secrets.store("main", "app_password", "a", Secret("x"), [HOME])).write_text(
        f'{{"x": "{TOKEN}', encoding="utf-8"
    )
    with pytest.raises(ConfigError) as error:
        secrets.get("main", "app_password", "a")
    assert TOKEN not in str(error.value) + error.value.hint


def test_exposed_files_are_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\n", encoding="utf-8")
    (tmp_path / ".env").chmod(0o644)
    assert make(tmp_path).exposed() == [str(tmp_path / ".env")]
    (tmp_path / ".env").chmod(0o600)
    assert make(tmp_path).exposed() == []


def test_the_configuration_folder_follows_xdg(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Path.home() / ".config/blogkit"
    assert config_folder({"XDG_CONFIG_HOME": "/x"}) == Path("/x/blogkit")
    for environ in ({}, {"XDG_CONFIG_HOME": ""}, {"XDG_CONFIG_HOME": "relative"}):
        assert config_folder(environ) == usual
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")  # the standard has such a value ignored
    assert config_folder({}) == usual


@pytest.mark.parametrize(
    ("system", "folder"),
    [(MacOS, "Library/Application Support/blogkit"), (Unix, ".config/blogkit")],
)
def test_other_systems_have_folders_of_their_own(
    monkeypatch: pytest.MonkeyPatch, system: type[PlatformDirsABC], folder: str
) -> None:
    monkeypatch.setattr(platformdirs, "PlatformDirs", system)
    assert config_folder({}) == Path.home() / folder
