"""`blogkit login`: Google's real sign-in flow against the sandbox's endpoints, in a browser and
pasted; nothing untested is kept.
"""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pytest
import requests

from blogkit.sandbox.server import Sandbox
from tests.cli import process
from tests.cli.conftest import Run
from tests.ports import stopped

Change = Callable[[str], str]
CLIENT = {"installed": {"client_id": "sandbox", "client_secret": "sandbox"}}


def with_query(address: str, **changes: str) -> str:
    """The address with some of its query changed, "" to take one away."""
    parts = urlsplit(address)
    query = {
        name: value for name, value in {**dict(parse_qsl(parts.query)), **changes}.items() if value
    }
    return urlunsplit(parts._replace(query=urlencode(query)))


def declines(address: str) -> str:
    return with_query(address, code="", scope="", error="access_denied")


class Person(webbrowser.BaseBrowser):
    """Who sits at the browser: opens the page, may untick a box there, and lands where it leads,
    unless something interferes.
    """

    def __init__(self) -> None:
        super().__init__("a person")
        self.unticks = False
        self.lands: Change = lambda address: address

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        return requests.get(self.answer(url), timeout=300).ok

    def answer(self, url: str) -> str:
        """Where the browser lands."""
        page = with_query(url, scope="openid") if self.unticks else url
        return self.lands(
            requests.get(page, allow_redirects=False, timeout=300).headers["Location"]
        )


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    """A person, as the machine's browser."""
    webbrowser.register("none", None, None)  # so that the lists exist before they are changed
    monkeypatch.setattr(webbrowser, "_browsers", {})
    monkeypatch.setattr(webbrowser, "_tryorder", [])
    for name in ("OAUTHLIB_RELAX_TOKEN_SCOPE", "OAUTHLIB_INSECURE_TRANSPORT"):
        monkeypatch.setenv(name, "1")
    person = Person()
    webbrowser.register("a person", None, person)
    return person


@pytest.fixture
def site(workspace: Path) -> Path:
    """A workspace whose site has an OAuth client, and no sign-in yet."""
    (workspace / ".env").unlink()
    (workspace / "client.json").write_text(json.dumps(CLIENT), encoding="utf-8")
    (workspace / "posts/polity.md").write_text("---\ntitle: Polity\n---\nText.\n", encoding="utf-8")
    return workspace


def stored() -> Path:
    return Path(os.environ["HOME"]) / ".config/blogkit/credentials.json"


LOGIN = ("login", "main", "--client", "client.json")


def test_in_the_browser(run: Run, site: Path, person: Person) -> None:
    done = run(*LOGIN, "--json")
    assert done.code == 0, done.err
    assert done.json["ok"]
    assert "http://127.0.0.1:" in done.err  # the address, for whom no browser opens
    assert done.json["stored"] == [str(stored())] * 3
    assert stat.S_IMODE(stored().stat().st_mode) == 0o600
    assert run("publish", "--yes").code == 0


def test_pasted_from_another_machine(
    run: Run, site: Path, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Pasting(person))
    done = run(*LOGIN, "--no-browser")
    assert done.code == 0, done.err
    assert run("publish", "--yes").code == 0


REFUSALS: dict[str, tuple[Change, str]] = {
    "declined": (declines, "access was not granted"),
    "wrong state": (
        lambda address: with_query(address, state="forged"),
        "does not belong to this sign-in",
    ),
    "wrong code": (lambda address: with_query(address, code="4/forged"), "invalid_grant"),
    "no code": (lambda address: with_query(address, code=""), "Google"),
}


@pytest.mark.parametrize("why", REFUSALS)
@pytest.mark.parametrize("way", ["browser", "pasted"])
def test_refused(
    run: Run, site: Path, person: Person, monkeypatch: pytest.MonkeyPatch, way: str, why: str
) -> None:
    person.lands, words = REFUSALS[why]
    if way == "pasted":
        monkeypatch.setattr(sys, "stdin", Pasting(person))
    done = run(*LOGIN, *(["--no-browser"] if way == "pasted" else []))
    assert done.code in (1, 2)
    assert words in done.err or "the address contains no code" in done.err
    assert "run the same command again" in done.err
    assert "4/forged" not in done.err
    assert not stored().exists()


@pytest.mark.parametrize("way", ["browser", "pasted"])
def test_a_box_left_unticked(
    run: Run, site: Path, person: Person, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    person.unticks = True
    if way == "pasted":
        monkeypatch.setattr(sys, "stdin", Pasting(person))
    done = run(*LOGIN, *(["--no-browser"] if way == "pasted" else []))
    assert done.code == 1
    assert "did not grant access to Blogger" in done.err
    assert "keep the Blogger box ticked" in done.err
    assert not stored().exists()


def test_an_older_sign_in_that_hides_the_new_one_is_named(
    run: Run, site: Path, person: Person
) -> None:
    (site / ".env").write_text("BLOGKIT_MAIN_REFRESH_TOKEN=older\n", encoding="utf-8")
    done = run(*LOGIN)
    assert done.code == 0
    assert "BLOGKIT_MAIN_REFRESH_TOKEN in .env has a different value" in done.err
    assert "older" not in done.err + done.out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{}", "Desktop app"),
        (b'{"web": {}}', "Desktop app"),
        (b"\xff", "Desktop app"),
        (b'{"installed": 5}', "Desktop app"),
    ],
)
def test_a_client_file_of_another_kind(run: Run, site: Path, content: bytes, words: str) -> None:
    (site / "client.json").write_bytes(content)
    done = run(*LOGIN)
    assert done.code == 1
    assert words in done.err


def test_without_a_client_nobody_can_sign_in(run: Run, site: Path) -> None:
    done = run("login", "main")
    assert done.code == 2
    assert "--client client_secret.json" in done.err


def test_a_server_that_is_not_there(
    run: Run, site: Path, person: Person, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as stack:

        def gone(address: str) -> str:
            stack.enter_context(stopped(sandbox))
            return address

        person.lands = gone
        done = run(*LOGIN)
    assert done.code == 1
    assert "cannot reach Google's token endpoint" in done.err


@pytest.mark.usefixtures("real_time")
@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:9"], ids=["direct", "proxy"])
def test_a_real_browser_of_the_environment(site: Path, proxy: str) -> None:
    """Also one in the terminal, which would look for the redirect to this machine at the
    proxy's.
    """
    browser = site / "browser"
    browser.write_text(
        f"#!{sys.executable}\nimport sys, urllib.request\nurllib.request.urlopen(sys.argv[1])\n",
        encoding="utf-8",
    )
    browser.chmod(0o700)
    done = process.call(
        *LOGIN, "--json", cwd=site, env={**os.environ, "BROWSER": str(browser), "http_proxy": proxy}
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ok"]


@pytest.mark.usefixtures("real_time")
def test_a_machine_without_a_browser_is_told_the_other_way(site: Path) -> None:
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    }
    done = process.call(*LOGIN, cwd=site, env={**env, "PATH": "/nowhere"})
    assert done.returncode == 2
    assert "--no-browser" in done.stderr


class Pasting(io.StringIO):
    """Standard input of a person who reads the printed address, opens it elsewhere and pastes
    where the browser lands.
    """

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person

    def readline(self, *_: object) -> str:
        sys.stderr.flush()
        # what the test captures
        printed: bytes = sys.stderr.buffer.getvalue()  # type: ignore[attr-defined]
        return (
            self.person.answer(
                next(line for line in printed.decode().splitlines() if line.startswith("http://"))
            )
            + "\n"
        )


def test_a_known_secret_goes_to_no_other_server_before_it_is_allowed(
    run: Run, site: Path, person: Person, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blogkit.sandbox.oauth.WORD", "a real secret")
    client = {"installed": dict.fromkeys(("client_id", "client_secret"), "a real secret")}
    (site / "client.json").write_text(json.dumps(client), encoding="utf-8")
    refused = run(*LOGIN)
    assert refused.code == 1
    assert f"is not sent to {sandbox.api_base}" in refused.err
    assert run(*LOGIN, "--origin", sandbox.api_base).code == 0
    settings = site / "blogkit.toml"
    elsewhere = sandbox.api_base.replace("127.0.0.1", "localhost")
    text = settings.read_text(encoding="utf-8").replace(
        f'api_base = "{sandbox.api_base}"', f'api_base = "{elsewhere}"'
    )
    settings.write_text(text, encoding="utf-8")
    done = run("status")
    assert done.code == 1
    assert f"and {sandbox.api_base} only" in done.out + done.err
    assert f"is not sent to {elsewhere}" in done.out + done.err
    allowed = run("login", "main", "--origin", f"{elsewhere}/")
    assert allowed.code == 0, allowed.err
    assert run("status").code == 0


def test_an_address_that_is_none_is_not_allowed(run: Run, site: Path) -> None:
    done = run("login", "main", "--origin", "school.example")
    assert done.code == 2
    assert '"school.example" is not an address' in done.err
    assert not (Path(os.environ["HOME"]) / ".config/blogkit/origins.json").exists()


def test_a_run_warns_of_a_sign_in_that_ends_soon(
    run: Run, site: Path, person: Person, sandbox: Sandbox
) -> None:
    done = run(*LOGIN)
    assert "ok  sign-in lasts: the sign-in ends in 6 days, on " in done.out
    sandbox.clock.advance(days=5)
    assert "sign-in" not in run("status", "--offline").err
    assert "sign-in" not in run("check").err
    told = run("status").err
    assert "the sign-in of site main ends on " in told
    assert "run: blogkit login main" in told
