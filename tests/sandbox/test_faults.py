"""Faults on request: each happens once, to the request that was meant, and does what its name
says.
"""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
import requests
from werkzeug.test import Client

from blogkit.errors import UsageError
from blogkit.sandbox.faults import KINDS, REFUSALS, Fault, Faults, from_json
from blogkit.sandbox.server import Sandbox
from tests.cases import for_each
from tests.sandbox.conftest import BEARER, Api
from tests.waiting import until

CUTS = ("reset", "reset-after-commit", "hang", "hang-after-commit")


def create(api: Api) -> Any:
    return api.post("/posts", {"title": "x"})


def live(api: Api) -> int:
    return api.sandbox.store.count("post", "LIVE")


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_commits_exactly_when_its_name_says_so(api: Api, kind: str) -> None:
    api.sandbox.fail(kind, method="POST", path="/posts$", seconds=0)
    if kind in CUTS:
        with pytest.raises(ConnectionResetError):
            create(api)
    else:
        create(api)
    assert live(api) == (
        1 if kind.endswith("-after-commit") or kind in ("slow", "truncated-json") else 0
    )
    assert create(api).status_code == 200


@pytest.mark.parametrize("kind", REFUSALS)
def test_an_error_answer_is_googles(api: Api, kind: str) -> None:
    api.sandbox.fail(kind, retry_after=7)
    answer = create(api)
    error = answer.get_json()["error"]
    assert answer.status_code == error["code"] >= 400
    assert error["errors"][0]["message"]
    assert answer.headers["Retry-After"] == "7"
    assert answer.headers["Server"] == "blogkit-sandbox"


def test_no_retry_after_unless_asked_for(api: Api) -> None:
    api.sandbox.fail("429")
    assert "Retry-After" not in create(api).headers


def test_truncated_json_is_no_json(api: Api) -> None:
    whole = len(create(api).data)
    api.sandbox.fail("truncated-json")
    answer = create(api)
    assert (answer.status_code, answer.is_json) == (200, True)
    assert 0 < len(answer.data) < whole
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.data)


def test_a_maintenance_page_is_html(api: Api) -> None:
    api.sandbox.fail("html-maintenance", status=200)
    answer = create(api)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert answer.data.startswith(b"<!DOCTYPE html>")


def test_a_fault_waits_for_its_request_and_for_its_turn(api: Api) -> None:
    api.sandbox.fail("500", method="post", path="/publish$", times=2, after=1)
    made = api.new()
    assert api.get("/posts").status_code == 200
    statuses = [api.post(f"/posts/{made['id']}/publish").status_code for _ in range(4)]
    assert statuses == [200, 500, 500, 400]
    assert not api.sandbox.faults.waiting()


def test_cleared_faults_do_not_happen(api: Api) -> None:
    api.sandbox.fail("500")
    api.sandbox.faults.clear()
    assert create(api).status_code == 200


def test_control_requests_meet_no_fault(api: Api) -> None:
    api.sandbox.fail("500")
    assert api.client.get("/_sandbox/log").status_code == 200
    assert api.client.get("/").status_code == 500


@pytest.mark.parametrize("kind", ["reset", "reset-after-commit"])
def test_a_client_on_the_wire_sees_the_connection_cut(running: Sandbox, kind: str) -> None:
    running.fail(kind, method="POST")
    with pytest.raises(requests.ConnectionError):
        requests.post(
            f"{running.api_base}/v3/blogs/{running.blog.id}/posts",
            json={"title": "x"},
            headers=BEARER,
            timeout=300,
        )
    assert running.store.count("post", "LIVE") == (kind == "reset-after-commit")
    assert [(served.status, served.fault) for served in running.log.writes()] == [(0, kind)]


def test_a_hanging_answer_times_out_and_does_not_hold_up_others_or_the_end(
    running: Sandbox,
) -> None:
    running.fail("hang-after-commit", method="POST", seconds=3600)
    url = f"{running.api_base}/v3/blogs/{running.blog.id}/posts"
    with pytest.raises(requests.Timeout):
        requests.post(url, json={"title": "x"}, headers=BEARER, timeout=0.2)
    until(lambda: running.store.count("post", "LIVE"), "the commit")
    assert len(requests.get(url, headers=BEARER, timeout=300).json()["items"]) == 1


def test_waits_end_when_the_sandbox_stops() -> None:
    faults = Faults()
    waiting = threading.Thread(target=faults.wait, args=(3600,))
    waiting.start()
    faults.stop()
    waiting.join(60)
    assert not waiting.is_alive()


def test_slow_is_as_slow_as_asked(sandbox: Sandbox) -> None:
    waited: list[float] = []
    sandbox.faults.wait = waited.append  # type: ignore[method-assign]
    sandbox.fail("slow", seconds=4)
    assert Client(sandbox.app).get("/").status_code == 200
    assert waited == [4]


def test_faults_are_ordered_over_http(api: Api) -> None:
    order = {
        "fault": "429",
        "match": {"method": "POST", "path": "/posts"},
        "times": 2,
        "retry_after": 1,
    }
    answer = api.client.post("/_sandbox/faults", json=order)
    assert answer.get_json()["waiting"][0]["kind"] == "429"
    assert create(api).status_code == 429
    assert api.client.delete("/_sandbox/faults").get_json()["waiting"] == []
    assert create(api).status_code == 200


@for_each(
    "order",
    [
        {},
        {"fault": "explode"},
        {"fault": "500", "time": 2},
        {"fault": "500", "times": "2"},
        {"fault": "500", "times": -1},
        {"fault": "500", "match": {"verb": "POST"}},
        {"fault": "500", "match": {"path": "("}},
    ],
)
def test_an_order_that_makes_no_sense_is_refused(api: Api, order: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        from_json(order)
    assert api.client.post("/_sandbox/faults", json=order).status_code == 400
    assert not api.sandbox.faults.waiting()


def test_a_mistyped_fault_gets_a_hint() -> None:
    with pytest.raises(UsageError) as caught:
        Fault("reset-after-comit")
    assert caught.value.hint == 'did you mean "reset-after-commit"?'


def test_the_wire_order_and_the_direct_one_are_the_same() -> None:
    assert from_json({"fault": "slow", "match": {"path": "x"}, "seconds": 1}) == Fault(
        "slow", path="x", seconds=1
    )
