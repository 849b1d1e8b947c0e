"""The server around it all: where it listens, what it keeps, what it writes down, what it may
know.
"""

from __future__ import annotations

import ast
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import requests
from werkzeug.test import Client

import blogkit.sandbox
from blogkit.errors import ConfigError, UsageError
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from tests.cases import for_each
from tests.sandbox.conftest import BEARER, NOON, Api


@for_each("host", ["0.0.0.0", "::", "192.168.1.5", "example.com", ""])
def test_it_refuses_to_listen_where_others_could_reach_it(host: str) -> None:
    with pytest.raises(UsageError, match="cannot listen on"):
        Sandbox(host=host)


def test_it_announces_itself(running: Sandbox) -> None:
    for path in ("", "v3/users/self", "_sandbox/log", "nowhere"):
        answer = requests.get(running.url + path, headers=BEARER, timeout=300)
        assert answer.headers["Server"] == "blogkit-sandbox"


def test_it_answers_to_this_machines_own_names_only(api: Api) -> None:
    assert api.client.get("/", headers={"Host": "rebound.example:8765"}).status_code == 403
    for name in ("localhost:1", "127.0.0.1:1", "[::1]:1"):
        assert api.client.get("/", headers={"Host": name}).status_code == 200


def test_a_taken_port_is_a_clear_error(running: Sandbox) -> None:
    with pytest.raises(UsageError, match=f"cannot listen on 127.0.0.1:{running.port}") as caught:
        Sandbox(port=running.port).start()
    assert caught.value.message.endswith(f":{running.port}: another program uses this port")
    assert "--port 0" in caught.value.hint


def test_it_serves_until_told_to_stop() -> None:
    ready, urls = threading.Event(), []

    def tell(url: str) -> None:
        urls.append(url)
        ready.set()

    sandbox = Sandbox()
    thread = threading.Thread(target=sandbox.serve, args=(tell,))
    thread.start()
    assert ready.wait(60)
    assert requests.get(urls[0], timeout=300).status_code == 200
    sandbox.stop()
    thread.join(60)
    assert not thread.is_alive()
    sandbox.stop()


def test_serving_on_a_taken_port_says_so(running: Sandbox) -> None:
    with pytest.raises(UsageError, match="cannot listen"):
        Sandbox(port=running.port).serve(lambda _url: None)


def test_posts_survive_a_restart(tmp_path: Path) -> None:
    data = tmp_path / "blog.db"
    with Sandbox(data, clock=lambda: NOON) as first:
        made = first.blog.insert(
            "post", {"title": "Kept", "labels": ["a"], "location": {"name": "Miami"}}, draft=False
        )
    with Sandbox(data, clock=lambda: NOON) as second:
        assert second.store.get(made.id) == made
        assert second.blog.insert("post", {"title": "New"}, draft=True).id != made.id
        assert requests.get(second.api_base + made.path, timeout=300).status_code == 200
    assert [path.name for path in tmp_path.iterdir()] == ["blog.db"]


def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    text, other, newer = tmp_path / "notes.txt", tmp_path / "other.db", tmp_path / "newer.db"
    text.write_text("my notes, which are no database" * 50, encoding="utf-8")
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE mine (x)")
    Sandbox(newer).stop()
    with closing(sqlite3.connect(newer)) as db:
        db.execute("PRAGMA user_version = 99")
    for path in (text, other, newer, tmp_path / "no" / "folder.db"):
        before = path.read_bytes() if path.exists() else None
        with pytest.raises(ConfigError) as caught:
            Sandbox(path)
        assert str(path) in caught.value.message
        assert "--data" in caught.value.hint
        assert (path.read_bytes() if path.exists() else None) == before


def test_many_writers_lose_nothing(running: Sandbox) -> None:
    running.switches.set(daily_insert_limit="none", insert_throttle="none")
    url = f"{running.api_base}/v3/blogs/{running.blog.id}/posts"

    def create(_n: int) -> str:
        answer = requests.post(url, json={"title": "Same title"}, headers=BEARER, timeout=300)
        return str(answer.json()["url"])

    with ThreadPoolExecutor(8) as pool:
        urls = list(pool.map(create, range(40)))
    assert len(set(urls)) == 40
    assert running.store.count("post", "LIVE") == 40


def test_a_failed_write_leaves_no_trace(api: Api) -> None:
    made = api.new("T")

    def change_and_fail() -> None:
        with api.sandbox.store.transaction():
            api.sandbox.blog.change(
                api.sandbox.blog.get("post", made["id"]), {"title": "U"}, whole=False
            )
            assert api.seen(made["id"])["title"] == "U"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert api.seen(made["id"])["title"] == "T"


def test_the_log_counts_writes_and_keeps_no_secrets(api: Api) -> None:
    api.new("Secret title")
    api.get("/posts", access_token="sandbox", key="k3y", status="LIVE")
    api.client.post("/token", data={"refresh_token": "t0ken"})
    log = api.client.get("/_sandbox/log")
    assert [(r["method"], r["status"]) for r in log.get_json()["requests"]] == [
        ("POST", 200),
        ("GET", 200),
        ("POST", 401),
    ]
    assert log.get_json()["writes"] == 1
    assert log.get_json()["requests"][1]["query"] == [["status", "LIVE"]]
    for secret in ("Secret title", "k3y", "t0ken", "access_token", "Bearer"):
        assert secret not in log.text
    assert api.client.delete("/_sandbox/log").get_json() == {"requests": [], "writes": 0}


def test_the_clock_is_moved_over_http(api: Api) -> None:
    moved = api.client.post("/_sandbox/clock", json={"at": "2026-12-01T07:00:00+05:30"})
    assert moved.get_json() == {"now": "2026-12-01T01:30:00+00:00"}
    assert api.client.post("/_sandbox/clock", json={"advance": 3600}).get_json() == {
        "now": "2026-12-01T02:30:00+00:00"
    }
    assert api.new()["updated"] == "2026-12-01T08:00:00+05:30"
    for bad in ({"at": "2026-12-01T07:00:00"}, {"at": "soon"}, {}, {"advance": 1, "at": "x"}, []):
        assert api.client.post("/_sandbox/clock", json=bad).status_code == 400
    assert api.client.get("/_sandbox/clock").get_json() == {"now": "2026-12-01T02:30:00+00:00"}


def test_switches_are_moved_over_http(api: Api) -> None:
    moved = api.client.post("/_sandbox/switches", json={"if_match": "412"}).get_json()
    assert moved["switches"]["if_match"] == "412"
    assert moved["options"]["if_match"] == ["ignored", "412"]
    for bad in ({"if_match": "413"}, {"if_match": 412}, {"nope": "x"}, ["x"]):
        assert api.client.post("/_sandbox/switches", json=bad).status_code == 400
    assert api.sandbox.switches.if_match == "412"


def test_a_foreign_page_cannot_move_them_with_a_form(api: Api) -> None:
    answer = api.client.post(
        "/_sandbox/switches", data='{"if_match": "412"}', content_type="text/plain"
    )
    assert answer.status_code == 415
    assert api.sandbox.switches.if_match == "ignored"


def test_the_application_alone_takes_the_same_options(tmp_path: Path) -> None:
    options = {"switches": Quirks(if_match="412"), "title": "Mine", "zone": "UTC"}
    sandbox = Sandbox(tmp_path / "x.db", **options)
    assert "Mine" in Client(sandbox.app).get("/").text
    assert (sandbox.switches.if_match, str(sandbox.blog.zone)) == ("412", "UTC")
    sandbox.stop()
    with pytest.raises(UsageError, match="'Mars/Olympus' is not a time zone"):
        Sandbox(zone="Mars/Olympus")


def test_it_knows_nothing_of_blogkit_but_the_errors() -> None:
    folder = Path(str(blogkit.sandbox.__file__)).parent
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for name in names:
                own = name == "blogkit" or (
                    name.startswith("blogkit.") and not name.startswith("blogkit.sandbox")
                )
                assert not own or name == "blogkit.errors", f"{path.name} imports {name}"
                assert not name.startswith("google"), f"{path.name} imports {name}"
