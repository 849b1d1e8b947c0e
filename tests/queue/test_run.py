"""`blogkit run` hands posts to their sites, once, and publishes what a folder has scheduled."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from blogkit.platforms.base import Platform, State
from blogkit.schedule.queue import QueuedPosts
from blogkit.schedule.run import run
from tests.queue.conftest import Hand, Machine, times


def done(machine: Machine) -> list[tuple[str, bool, str]]:
    """Run once, with this kind of work alone."""
    report = run(machine.open(), kinds=[QueuedPosts()])
    assert not report.errors
    return [(one.due.key, one.ok, one.summary) for one in report.results]


def test_a_post_is_handed_over_once(machine: Machine, blog: Platform) -> None:
    machine.write("apple")
    machine.write("dated", publish="2026-12-24 07:00")
    machine.write("draft", publish="draft")
    machine.write("held", queue="hold")
    assert [(key, ok) for key, ok, _ in done(machine)] == [("apple", True), ("dated", True)]
    assert times(blog) == {"apple": "Mon 30 07:00", "dated": "Thu 24 07:00"}
    project = machine.open()
    assert done(machine) == []
    assert project.timed.requests == 0


def test_nothing_is_left_to_do_when_posts_are_live(
    machine: Machine, blog: Platform, clock: Hand
) -> None:
    machine.write("apple")
    machine.write("dated", publish="2026-11-30 07:00")
    machine.publish()
    clock.advance(days=30)
    assert machine.open().queue.unsent() == []


def test_without_slots_nothing_is_due(machine: Machine) -> None:
    machine.rules("")
    machine.write("apple")
    assert machine.open().queue.unsent() == []


def test_an_error_in_a_file_is_told_and_others_go(machine: Machine, blog: Platform) -> None:
    machine.write("apple")
    path = machine.folder / "posts" / "banana.md"
    machine.write("banana")
    path.write_text(path.read_text(encoding="utf-8") + "\n```{nonsense}\n```\n", encoding="utf-8")
    found = {key: (ok, summary) for key, ok, summary in done(machine)}
    assert found["apple"][0] is True
    assert found["banana"][0] is False
    assert "nonsense" in found["banana"][1]
    assert times(blog) == {"apple": "Mon 30 07:00"}


def test_each_of_several_errors_is_told_with_its_own_post(machine: Machine) -> None:
    for name, widget in (("apple", "nonsense"), ("banana", "rubbish")):
        path = machine.write(name)
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\n```{{{widget}}}\n```\n", encoding="utf-8")
    found = {key: summary for key, _, summary in done(machine)}
    assert "nonsense" in found["apple"]
    assert "rubbish" in found["banana"]


@pytest.mark.parametrize(("hours", "due"), [(1, True), (-1, False)])
def test_a_time_that_passed_is_made_up_for_if_the_file_is_older(
    hours: int, due: bool, machine: Machine, clock: Hand
) -> None:
    """A machine that slept, as against last year's number typed by habit."""
    path = machine.write("dated", publish="2026-11-30 07:00")
    at = datetime(2026, 11, 30, 1, 30, tzinfo=UTC).timestamp()
    os.utime(path, (at - hours * 3600, at - hours * 3600))
    clock.now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert [one.key for one in machine.open().queue.unsent()] == (["dated"] if due else [])


def test_a_folder_publishes_at_the_time(machine: Machine, clock: Hand) -> None:
    (machine.folder / "blogkit.toml").write_text(
        '[sites.main]\nplatform = "folder"\nfolder = "site"\n[schedule]\nslots = ["daily 07:00"]\n',
        encoding="utf-8",
    )
    machine.write("apple")
    machine.publish()
    (one,) = machine.open().queue.unsent()
    assert one.at == datetime(2026, 11, 30, 7, tzinfo=UTC)
    assert done(machine) == []
    clock.now = one.at
    ((key, ok, summary),) = done(machine)
    assert (key, ok) == ("apple", True), summary
    assert summary.startswith("publish scheduled post “The apple story” on main")
    assert list((machine.folder / "site").rglob("*apple*.html"))
    assert machine.open().queue.unsent() == []


@pytest.mark.slow
def test_a_queue_publishes_itself_and_each_post_is_proved(
    machine: Machine, blog: Platform, clock: Hand
) -> None:
    """With all kinds of work, as `blogkit run` every hour does it."""
    for name in ("apple", "banana", "cherry"):
        machine.write(name)
    told = []
    for _ in range(4 * 24):
        report = run(machine.open())
        assert not report.errors
        told += [(one.due.kind, one.due.key, one.ok) for one in report.results]
        clock.advance(hours=1)
    handed_over = [("queue", name, True) for name in ("apple", "banana", "cherry")]
    proved = [("proof", name, True) for name in ("apple", "banana", "cherry")]
    assert told == handed_over + proved
    live = {post.title.split()[1]: post.at for post in blog.list("post", [State.LIVE])}
    assert {name: f"{at:%a %H:%M}" for name, at in sorted(live.items()) if at} == {
        "apple": "Mon 01:30",
        "banana": "Tue 01:30",
        "cherry": "Wed 01:30",
    }
