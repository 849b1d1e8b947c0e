"""`blogkit demo`: the tour ends by itself with 0, and shows what it promises."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from tests.cli import process
from tests.cli.conftest import Run

pytestmark = pytest.mark.slow


def test_the_tour_publishes_once_then_nothing_then_one_update(run: Run, tmp_path: Path) -> None:
    done = run("demo", "tour", "--json")
    assert done.code == 0, done.err
    steps = done.json["steps"]
    insert = "blogkit insert quiz-button --set label=Take the quiz --set url=https://example.com/quiz/archive"
    insert += " --label Archive --at before:h2:Conclusion"
    assert [(" ".join(step["command"]), step["exit_code"]) for step in steps] == [
        ("blogkit check", 0),
        ("blogkit publish --yes", 0),
        ("blogkit publish --yes", 0),
        ("blogkit publish --yes", 0),
        ("blogkit status", 0),
        (f"{insert} --dry-run", 0),
        (f"{insert} --yes", 0),
        (f"blogkit undo --yes {steps[7]['command'][-1]}", 0),
        ("blogkit log", 0),
        ("blogkit queue", 0),
        *[("blogkit run", 0)] * 4,
        ("blogkit log", 0),
    ]
    assert [outcome["result"] for outcome in steps[6]["report"]["outcomes"]] == ["done", "done"]
    assert [outcome["result"] for outcome in steps[7]["report"]["outcomes"]] == ["done"]
    assert steps[0]["report"]["problems"] == []
    first, second, third = (
        sorted((o["action"], o["result"], o["state"]) for o in step["report"]["outcomes"])
        for step in steps[1:4]
    )
    assert first == [
        ("create", "done", "draft"),
        *[("create", "done", "live")] * 2,
        ("create", "done", "scheduled"),
    ]
    assert {(action, result) for action, result, _ in second} == {("unchanged", "unchanged")}
    assert sorted((action, result) for action, result, _ in third) == [
        ("unchanged", "unchanged")
    ] * 3 + [("update", "done")]
    assert {post["file"] for post in steps[4]["report"]["posts"]} == {"up to date"}
    assert {path.name for path in (tmp_path / "tour").iterdir()} == {
        "blogkit.toml",
        ".env",
        ".gitignore",
        ".blogkit",
        "posts",
    }


def test_three_posts_of_a_queue_publish_themselves_and_each_is_proven(
    run: Run, tmp_path: Path
) -> None:
    done = run("demo", "tour", "--json")
    handed_over, *proofs = [
        step["report"] for step in done.json["steps"] if step["command"] == ["blogkit", "run"]
    ]
    queued = [result["post"] for result in handed_over["results"]]
    assert len(queued) == 3
    assert [
        [(one["kind"], one["post"], one["outcome"]) for one in report["results"]]
        for report in proofs
    ] == [[("proof", name, "done")] for name in queued]
    assert [report["late"] for report in proofs] == [[], [], []]
    shown = run("log", "-C", "tour").out
    lines = [line for line in shown.splitlines() if line.startswith(tuple(queued))]
    assert len(lines) == 3
    assert all("fired at" in line and "seen at" in line for line in lines)


def test_it_names_commands_files_and_addresses(run: Run, tmp_path: Path) -> None:
    done = run("demo", "tour")
    assert (done.code, done.err) == (0, "times are in Asia/Kolkata\n")
    assert "$ blogkit publish --yes\n" in done.out
    assert f"{tmp_path}/tour/posts/semiconductor-mission.md\n" in done.out
    assert "    http://127.0.0.1:" in done.out
    assert "scheduled for" in done.out
    assert "blogkit demo --serve" in done.out


def test_a_folder_in_use_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/file").touch()
    done = run("demo", "mine")
    assert done.code == 2
    assert "is not empty" in done.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["file"]


def test_a_proxy_in_the_environment_is_no_obstacle(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # where nobody listens
    assert run("demo", "tour").code == 0


@pytest.mark.usefixtures("real_time")
def test_served_until_ctrl_c(tmp_path: Path) -> None:
    with process.started("demo", "tour", "--serve", cwd=tmp_path) as running:
        assert running.stdout is not None
        line = next(line for line in running.stdout if line.startswith("The test blog is at "))
        page = requests.get(line.split()[5], timeout=300)
        assert page.status_code == 200
        assert "The demo blog" in page.text
        assert process.interrupt(running)[0] == 0
