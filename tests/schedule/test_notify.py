"""Notices: each failure at once and then in growing intervals, its end once, and no secrets."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest

from blogkit.config import load_config
from blogkit.errors import AuthenticationError, ContentError
from blogkit.schedule.notify import notify
from blogkit.schedule.run import run
from tests.cases import for_each
from tests.schedule.conftest import START, Blog
from tests.schedule.sinks import MailSink, WebSink, served
from tests.schedule.test_run import Kind


@pytest.fixture
def web() -> Iterator[WebSink]:
    sink = WebSink()
    with served(sink):
        yield sink


@pytest.fixture
def mail() -> Iterator[MailSink]:
    sink = MailSink()
    with served(sink):
        yield sink


def ask_for(blog: Blog, table: str, env: str = "") -> None:
    with (blog.folder / "blogkit.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[notify]\n{table}\n")
    with (blog.folder / ".env").open("a", encoding="utf-8") as file:
        file.write(env)


def run_and_tell(blog: Blog, kind: Kind) -> None:
    project = blog.open()
    notify(project, run(project, kinds=[kind]))


@pytest.mark.slow
def test_a_failure_is_told_at_once_then_rarely_and_its_end_once(blog: Blog, web: WebSink) -> None:
    ask_for(blog, f'webhook = "{web.url}/hook/canary"')
    broken = {"a": "main refuses it", "b": None}
    kind = Kind({"a": START, "b": START}, fails=lambda key: broken[key])
    times = []
    for minute in range(0, 60 * 30, 10):
        blog.clock.set(START + timedelta(minutes=minute))
        sent = len(web.bodies)
        run_and_tell(blog, kind)
        times += [minute] * (len(web.bodies) - sent)
    first = web.bodies[0]
    assert first["text"] == first["content"] == "my-blog: 1 thing needs you\n\n- main refuses it\n"
    assert [one["key"] for one in first["failing"]] == ["a"]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert times[0] == 0
    assert gaps == sorted(gaps)
    assert 60 <= gaps[0] < 180
    assert len(times) < 8, "in 30 hours"
    broken["a"] = None
    for hours in range(30, 60, 6):
        blog.clock.set(START + timedelta(hours=hours))
        run_and_tell(blog, kind)
    assert web.bodies[-1]["text"] == "my-blog: works again\n\n- did a\n"
    assert sum(body["recovered"] == ["did a"] for body in web.bodies) == 1


def test_an_email_with_the_next_step(blog: Blog, mail: MailSink) -> None:
    env = f"BLOGKIT_SMTP_URL={mail.url}\n"
    ask_for(blog, 'email = "me@example.com"\nsender = "blog@example.com"', env)
    error = AuthenticationError("main does not accept it", hint="blogkit login main")
    run_and_tell(blog, Kind({"a": START}, fails=lambda _key: error))
    [told] = mail.mails
    assert (told["From"], told["To"]) == ("blog@example.com", "me@example.com")
    assert told["Subject"] == "my-blog: 1 thing needs you"
    assert told.get_content().splitlines()[2:] == [
        "- do a: main does not accept it",
        "  blogkit login main",
    ]
    assert base64.b64decode(mail.logins[0].split()[-1]) == b"\0me\0can@ary"


def test_what_cannot_be_sent_is_tried_again_and_names_no_secret(
    blog: Blog, mail: MailSink, web: WebSink, caplog: pytest.LogCaptureFixture
) -> None:
    env = f"BLOGKIT_SMTP_URL={mail.url}\nBLOGKIT_WEBHOOK_URL={web.url}/canary\n"
    ask_for(blog, 'email = ["me@example.com"]', env)
    mail.refuses, web.status = "554", 500
    kind = Kind({"a": START}, fails=lambda _key: "it fails")
    with caplog.at_level(logging.DEBUG):
        run_and_tell(blog, kind)
    assert "status 554" in caplog.text
    assert "the webhook refused: HTTP status 500" in caplog.text
    blogkit_lines = [each for each in caplog.records if each.name.startswith("blogkit")]
    assert not [each for each in blogkit_lines if "can" + "ary" in each.getMessage()]
    mail.refuses, web.status = "", 200
    blog.clock.advance(minutes=30)
    run_and_tell(blog, kind)
    assert len(mail.mails) == 1
    assert len(web.bodies) == 2


def test_a_sign_in_that_ends_soon_is_told(blog: Blog, web: WebSink) -> None:
    ask_for(blog, f'webhook = "{web.url}"\nsign_in_days = 2')
    project = blog.open()
    project._settings.sign_in_ends["main"] = START + timedelta(days=1)
    notify(project, run(project, kinds=[Kind({})]))
    assert "the sign-in of site main ends on Tue 1 Dec 2026, 06:30 IST" in web.bodies[0]["text"]
    assert web.bodies[0]["failing"][0]["hint"] == "blogkit login main"
    run_and_tell(blog, Kind({}))  # sends no request, so the end is not known to it
    again = blog.open()
    again._settings.sign_in_ends["main"] = START + timedelta(days=1)
    notify(again, run(again, kinds=[Kind({})]))
    assert len(web.bodies) == 1


def test_a_sign_of_life_after_each_run_and_none_if_people_could_not_be_told(
    blog: Blog, web: WebSink
) -> None:
    ask_for(blog, f'heartbeat = "{web.url}/alive"\nwebhook = "{web.url}/hook"')
    run_and_tell(blog, Kind({}))
    assert web.asked == [("GET", "/alive")]
    kind = Kind({"a": START}, fails=lambda _key: "it fails")
    run_and_tell(blog, kind)
    assert web.asked[1:] == [("POST", "/hook"), ("GET", "/alive")]
    web.status = 500
    blog.clock.advance(minutes=120)
    run_and_tell(blog, kind)
    assert web.asked[3:] == [("POST", "/hook")]


def test_without_the_table_nobody_is_told(blog: Blog, web: WebSink) -> None:
    run_and_tell(blog, Kind({"a": START}, fails=lambda _key: "it fails"))
    assert web.asked == []


@for_each(
    "line, problem",
    [
        ('email = "me"', '"me" is not an e-mail address'),
        ('email = ["me@example.com", 3]', '"3" is not an e-mail address'),
        ('sender = "a@b.example\\nBcc: x"', "is not an e-mail address"),
        ('webhook = "http://example.com/x"', "webhook must be an https:// address"),
        ('heartbeat = "file:///etc/passwd"', "heartbeat must be an https:// address"),
        ("sign_in_days = 400", "sign_in_days must be a number from 0 to 365"),
        ('mail = "x"', "mail"),
    ],
)
def test_settings_that_cannot_work(blog: Blog, line: str, problem: str) -> None:
    path = blog.folder / "blogkit.toml"
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n[notify]\n{line}\n", encoding="utf-8")
    try:
        with pytest.raises(ContentError, match=r"blogkit\.toml:") as error:
            load_config(blog.folder)
    finally:
        path.write_text(before, encoding="utf-8")
    assert problem in str(error.value)
