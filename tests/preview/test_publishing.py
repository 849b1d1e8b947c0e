"""Publishing from the page: what the command line would do, asked the same way, exactly once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from blogkit.preview.access import TOKEN_HEADER, Access
from blogkit.preview.server import preview_app
from blogkit.preview.session import PreviewSession
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.cli.conftest import make_workspace
from tests.ports import stopped
from tests.preview.conftest import BASE, POST
from tests.waiting import until

NAME = "posts/rivers.md"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, sandbox: Sandbox) -> Path:
    """A blog whose site is the sandbox."""
    root = make_workspace(tmp_path / "blog", sandbox)
    (root / NAME).write_text(POST, encoding="utf-8")
    return root


@pytest.fixture
def working(session: PreviewSession) -> Iterator[None]:
    """The preview's thread, which plans and publishes."""
    session.start()
    yield
    session.stop()


def post(client: FlaskClient, access: Access, path: str, **data: object) -> Any:
    headers = {"Origin": BASE, TOKEN_HEADER: access.page_token}
    return client.post(path, base_url=BASE, json=data, headers=headers)


def titles(sandbox: Sandbox) -> list[str]:
    return [each.title for each in sandbox.store.find(Wanted("post", ["LIVE"]))]


@pytest.mark.usefixtures("working")
def test_the_plan_asks_what_the_command_line_asks(
    client: FlaskClient, access: Access, sandbox: Sandbox
) -> None:
    plan = post(client, access, "/plan", posts=[NAME]).json
    assert plan["question"] == "Make 1 change?"
    assert [change["summary"] for change in plan["changes"]] == [
        "create live post “Rivers that meet” on main"
    ]
    assert titles(sandbox) == []


@pytest.mark.usefixtures("working")
def test_a_plan_publishes_once(client: FlaskClient, access: Access, sandbox: Sandbox) -> None:
    plan = post(client, access, "/plan", posts=[NAME]).json
    first = post(client, access, "/publish", plan=plan["plan"])
    assert (first.status_code, first.json["ok"], first.json["summary"]) == (200, True, "1 done")
    assert first.json["outcomes"][0]["url"].startswith("http://127.0.0.1:")
    second = post(client, access, "/publish", plan=plan["plan"])
    assert (second.status_code, second.json["stale"]) == (409, True)
    assert titles(sandbox) == ["Rivers that meet"]


@pytest.mark.usefixtures("working")
def test_two_clicks_at_once_publish_once(
    session: PreviewSession, access: Access, sandbox: Sandbox
) -> None:
    app = preview_app(session, access)
    name = post(signed_in(app.test_client(), access), access, "/plan", posts=[NAME]).json["plan"]
    codes: list[int] = []

    def click() -> None:
        client = signed_in(app.test_client(), access)
        codes.append(post(client, access, "/publish", plan=name).status_code)

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200, 409, 409, 409]
    assert titles(sandbox) == ["Rivers that meet"]


def signed_in(client: FlaskClient, access: Access) -> FlaskClient:
    client.set_cookie(access.cookie_name, access.cookie, domain="127.0.0.1")
    return client


@pytest.mark.usefixtures("working")
def test_the_plan_of_another_tab_is_stale_after_a_run(
    client: FlaskClient, access: Access, sandbox: Sandbox
) -> None:
    one, two = (post(client, access, "/plan", posts=[NAME]).json["plan"] for _ in "ab")
    assert post(client, access, "/publish", plan=one).status_code == 200
    late = post(client, access, "/publish", plan=two)
    assert (late.status_code, late.json["stale"]) == (409, True)
    assert "nothing was sent" in late.json["error"]
    assert titles(sandbox) == ["Rivers that meet"]


@pytest.mark.usefixtures("working")
def test_a_plan_is_stale_after_an_edit_of_the_file(
    client: FlaskClient, access: Access, sandbox: Sandbox, folder: Path
) -> None:
    plan = post(client, access, "/plan", posts=[NAME]).json["plan"]
    (folder / NAME).write_text(POST.replace("First", "An edited first"), encoding="utf-8")
    late = post(client, access, "/publish", plan=plan)
    assert (late.status_code, late.json["stale"]) == (409, True)
    assert titles(sandbox) == []


@pytest.mark.usefixtures("working")
def test_a_question_that_is_not_answered_with_yes_is_left_alone(
    client: FlaskClient, access: Access, sandbox: Sandbox, folder: Path
) -> None:
    past = POST.replace("publish: now", "publish: 2020-01-01 07:00")
    (folder / NAME).write_text(past, encoding="utf-8")
    plan = post(client, access, "/plan", posts=[NAME]).json
    assert plan["writing"] == 0
    (question,) = plan["questions"]
    post(client, access, "/publish", plan=plan["plan"])
    assert titles(sandbox) == []
    again = post(client, access, "/plan", posts=[NAME]).json
    done = post(client, access, "/publish", plan=again["plan"], accept=[question["id"]]).json
    assert done["ok"], done
    assert titles(sandbox) == ["Rivers that meet"]


@pytest.mark.usefixtures("working")
def test_a_post_with_an_error_is_named_and_not_sent(
    client: FlaskClient, access: Access, sandbox: Sandbox, folder: Path
) -> None:
    (folder / "posts" / "bad.md").write_text(
        "---\ntitle: Bad\npublish: now\n---\n```{nothing}\n```\n", encoding="utf-8"
    )
    plan = post(client, access, "/plan", posts=[]).json
    assert [error["message"].partition(": ")[0] for error in plan["errors"]] == ["posts/bad.md:5"]
    assert post(client, access, "/publish", plan=plan["plan"]).json["ok"] is False
    assert titles(sandbox) == ["Rivers that meet"]


@pytest.mark.usefixtures("working")
def test_broken_settings_publish_nothing(
    client: FlaskClient, access: Access, session: PreviewSession, sandbox: Sandbox, folder: Path
) -> None:
    (folder / "blogkit.toml").write_text("[sites.main\n", encoding="utf-8")
    session.reload()
    answer = post(client, access, "/plan", posts=[NAME])
    assert answer.status_code == 422
    assert "not valid TOML" in answer.json["error"]


@pytest.mark.usefixtures("working")
def test_a_site_that_does_not_answer_is_told(
    client: FlaskClient, access: Access, sandbox: Sandbox
) -> None:
    with stopped(sandbox):
        answer = post(client, access, "/plan", posts=[NAME])
    assert answer.status_code == 422
    assert "main" in answer.json["error"]


@pytest.mark.usefixtures("working")
def test_the_steps_are_told_while_it_publishes(
    client: FlaskClient, access: Access, session: PreviewSession, sandbox: Sandbox
) -> None:
    plan = post(client, access, "/plan", posts=[NAME]).json["plan"]
    with session.events.listening("") as mine:
        post(client, access, "/publish", plan=plan)
        session.events.close()
        assert any(text.startswith("event: progress") for text in mine)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"'])
def test_a_body_that_is_no_object_is_refused(
    client: FlaskClient, access: Access, body: bytes
) -> None:
    headers = {"Origin": BASE, TOKEN_HEADER: access.page_token, "Content-Type": "application/json"}
    answer = client.post("/publish", base_url=BASE, data=body, headers=headers)
    assert answer.status_code == 400


def test_a_stop_waits_for_the_run_that_publishes(session: PreviewSession) -> None:
    started, go = threading.Event(), threading.Event()
    background = session.background
    ended: list[str] = []

    def run() -> None:
        started.set()
        go.wait(60)
        ended.append("run")

    background.start()
    background.do(run)
    waiting = background.do(lambda: ended.append("another"))
    started.wait(60)
    stop = threading.Thread(target=session.stop)
    stop.start()
    until(lambda: background._ending, "the stop begun")
    go.set()
    stop.join(60)
    assert ended == ["run"]
    assert not waiting.done()
