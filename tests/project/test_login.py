"""Signing in without a terminal: the caller's functions ask and show."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

import blogkit
from blogkit.config import load_config
from blogkit.errors import AuthenticationError, UsageError
from blogkit.project.connect import Settings
from blogkit.project.sign_in.ends import check_sign_in_end, sign_in_end
from blogkit.project.sign_in.questions import Ask, Question
from blogkit.sandbox.server import Sandbox
from tests.project.conftest import write_post

SCHOOL = """
[sites.school]
platform = "wordpress"
url = "https://school.example"
username = "author"
"""


class Caller:
    """A program that signs a user in. Its user opens the address that is shown, and pastes where
    the browser ends.
    """

    def __init__(self, lands: Callable[[str], str] = lambda address: address) -> None:
        self.lands = lands
        self.shown: list[str] = []
        self.asked: list[Question] = []

    def ask(self, question: Question) -> str:
        self.asked.append(question)
        if question.name != "address":
            return "sandbox"
        (address,) = re.findall(r"^http://\S+$", "\n".join(self.shown), re.MULTILINE)
        page = requests.get(address, allow_redirects=False, timeout=300)
        return self.lands(page.headers["Location"])


@pytest.fixture
def project(folder: Path) -> blogkit.Project:
    """A blog without a sign-in."""
    (folder / ".env").unlink()
    return blogkit.open(folder, environ={}, sleep=lambda _seconds: None)


@pytest.fixture(autouse=True)
def _oauth(monkeypatch: pytest.MonkeyPatch) -> None:
    """What signing in sets for oauthlib goes again."""
    for name in ("OAUTHLIB_RELAX_TOKEN_SCOPE", "OAUTHLIB_INSECURE_TRANSPORT"):
        monkeypatch.setenv(name, "1")


def stored() -> Path:
    return Path.home() / ".config/blogkit/credentials.json"


def test_what_works_is_stored(project: blogkit.Project) -> None:
    caller = Caller()
    report = project.login("main", ask=caller.ask, show=caller.shown.append, no_browser=True)
    assert [(one.name, one.secret) for one in caller.asked] == [
        ("client id", False),
        ("client secret", True),
        ("address", False),
    ]
    assert report.ok
    assert all(check.ok for check in report.checks)
    assert report.stored == [str(stored())] * 3
    assert stat.S_IMODE(stored().stat().st_mode) == 0o600
    assert all(check.ok for check in project.doctor("main")["main"])


def test_a_user_who_declines_leaves_nothing(project: blogkit.Project) -> None:
    caller = Caller(lambda address: re.sub("code=[^&]*", "error=access_denied", address))
    with pytest.raises(AuthenticationError, match="you declined"):
        project.login("main", ask=caller.ask, show=caller.shown.append, no_browser=True)
    assert not stored().exists()


def nothing(_: Question) -> str:
    return ""


@pytest.mark.parametrize(
    ("site", "ask", "message"),
    [
        ("main", nothing, "site main has no OAuth client"),
        ("school", nothing, "no application password given"),
        ("pages", nothing, "site pages is a folder and needs no login"),
        ("other", nothing, "other"),
    ],
)
def test_what_is_missing_is_named(folder: Path, site: str, ask: Ask, message: str) -> None:
    (folder / ".env").unlink()
    settings = folder / "blogkit.toml"
    pages = '\n[sites.pages]\nplatform = "folder"\nfolder = "site"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + SCHOOL + pages, encoding="utf-8")
    project = blogkit.open(folder, environ={})
    with pytest.raises(UsageError, match=message):
        project.login(site, ask=ask, show=[].append)


def test_a_password_is_asked_for_as_a_secret(folder: Path) -> None:
    settings = folder / "blogkit.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + SCHOOL, encoding="utf-8")
    asked: list[Question] = []

    def ask(question: Question) -> str:
        asked.append(question)
        return ""

    with pytest.raises(UsageError):
        blogkit.open(folder, environ={}).login("school", ask=ask, show=[].append)
    (question,) = asked
    assert (question.name, question.secret) == ("password", True)
    assert "author for https://school.example" in question.explanation


def test_a_sign_in_of_a_project_in_testing_ends_and_is_told_in_time(
    folder: Path, project: blogkit.Project, sandbox: Sandbox
) -> None:
    caller = Caller()
    report = project.login("main", ask=caller.ask, show=caller.shown.append, no_browser=True)
    (lasting,) = [check for check in report.checks if check.name == "sign-in lasts"]
    assert lasting.ok
    assert lasting.message.startswith("the sign-in ends in 6 days, on ")
    assert blogkit.open(folder, environ={}).ending_sign_ins() == {}  # no site was asked yet
    later = datetime.now(UTC) + timedelta(days=4, hours=1)
    sandbox.clock.set(later)
    write_post(folder)
    project = blogkit.open(folder, environ={}, clock=lambda: later)
    project.status()
    assert list(project.ending_sign_ins()) == ["main"]
    assert project.ending_sign_ins(timedelta(days=1)) == {}
    (check,) = [one for one in project.doctor()["main"] if one.name == "sign-in lasts"]
    assert not check.ok
    assert check.message.startswith("the sign-in ends in 2 days, on ")
    assert "blogkit login main" in check.fix


def test_the_end_is_known_without_asking_google(folder: Path, project: blogkit.Project) -> None:
    caller = Caller()
    project.login("main", ask=caller.ask, show=caller.shown.append, no_browser=True)
    later = datetime.now(UTC) + timedelta(days=8)
    settings = Settings(load_config(folder), environ={}, clock=lambda: later)
    end = sign_in_end(settings, "main")
    assert end is not None
    assert end < later
    (check,) = check_sign_in_end(settings, "main")
    assert check.message.startswith("the sign-in ended on ")


def test_a_sign_in_without_an_end_is_no_subject(project: blogkit.Project, sandbox: Sandbox) -> None:
    sandbox.switches.set(sign_in_lasts="for-ever")
    caller = Caller()
    report = project.login("main", ask=caller.ask, show=caller.shown.append, no_browser=True)
    assert "sign-in lasts" not in [check.name for check in report.checks]
    assert project.ending_sign_ins(timedelta(days=10_000)) == {}


def elsewhere(folder: Path, sandbox: Sandbox) -> str:
    """Name an address in the settings at which the account has no blog."""
    config = folder / "blogkit.toml"
    text = config.read_text("utf-8").replace(f'"{sandbox.url}"', '"https://old.example/"  # mine')
    text = text.replace(f'blog_id = "{sandbox.blog.id}"\n', "")
    config.write_text(text, encoding="utf-8")
    return text


class Choosing(Caller):
    """A user who answers with a number."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number

    def ask(self, question: Question) -> str:
        if question.name == "number":
            self.asked.append(question)
            return self.number
        return super().ask(question)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.usefixtures("project")
def test_the_blog_is_chosen_from_those_of_the_account(
    folder: Path, sandbox: Sandbox, line_end: str
) -> None:
    text = elsewhere(folder, sandbox).replace("\n", line_end)
    (folder / "blogkit.toml").write_bytes(text.encode())
    caller = Choosing("1")
    project = blogkit.open(folder, environ={}, sleep=lambda _seconds: None)
    report = project.login("main", ask=caller.ask, show=caller.shown.append, no_browser=True)
    (question,) = [one for one in caller.asked if one.name == "number"]
    assert f"  1  Sandbox  {sandbox.url}" in question.explanation
    assert "https://old.example/" in question.explanation
    assert report.ok
    changed = text.replace('"https://old.example/"', f'"{sandbox.url}"')
    assert (folder / "blogkit.toml").read_bytes() == changed.encode()
    assert blogkit.open(folder, environ={}).doctor("main")["main"][0].ok


@pytest.mark.sampled
@pytest.mark.parametrize("answer", ["", "0", "2", "-1", "x", "१"])
@pytest.mark.usefixtures("project")
def test_no_blog_is_chosen(folder: Path, sandbox: Sandbox, answer: str) -> None:
    text = elsewhere(folder, sandbox)
    caller = Choosing(answer)
    project = blogkit.open(folder, environ={}, sleep=lambda _seconds: None)
    report = project.login("main", ask=caller.ask, show=caller.shown.append, no_browser=True)
    assert [check.name for check in report.checks if not check.ok] == ["blog"]
    assert (folder / "blogkit.toml").read_text("utf-8") == text


def test_nobody_is_asked_where_the_address_is_right(project: blogkit.Project) -> None:
    caller = Choosing("1")
    project.login("main", ask=caller.ask, show=caller.shown.append, no_browser=True)
    assert "number" not in [question.name for question in caller.asked]
