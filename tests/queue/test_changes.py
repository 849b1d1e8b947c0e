"""`blogkit queue`: the calendar, other times for posts, and posts that are held."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blogkit.__main__ import main
from blogkit.errors import ContentError, UsageError
from blogkit.platforms.base import Platform, State, Target
from blogkit.project.queue.ics import to_ics
from blogkit.sandbox.server import Sandbox
from tests.queue.conftest import SUNDAY, Hand, Machine, by_hand, times

FRUITS = ("apple", "banana", "cherry")
MONDAY, TUESDAY, WEDNESDAY = "Mon 30 07:00", "Tue 01 07:00", "Wed 02 07:00"


@pytest.fixture
def queued(machine: Machine, blog: Platform) -> Machine:
    """Three posts with slots."""
    for name in FRUITS:
        machine.write(name)
    machine.publish()
    return machine


def entries(machine: Machine, *, offline: bool = False) -> list[tuple[str, str, str]]:
    found = machine.open().queue.calendar(offline=offline)
    return [
        (
            one.key or one.title,
            f"{one.at.astimezone(UTC):%a %d %H:%M}" if one.at else "-",
            one.state,
        )
        for one in found
    ]


def test_the_calendar_has_what_is_scheduled_and_what_will_be(
    machine: Machine, blog: Platform
) -> None:
    by_hand(blog, "From elsewhere", Target(State.SCHEDULED, datetime(2026, 12, 1, tzinfo=UTC)))
    machine.write("apple")
    machine.publish()
    machine.write("banana")
    machine.write("cherry", queue="hold")
    machine.write("dated", publish="2026-12-24 07:00")
    calendar = [
        ("apple", "Mon 30 01:30", "scheduled"),
        ("From elsewhere", "Tue 01 00:00", "scheduled"),
        ("banana", "Tue 01 01:30", "not sent yet"),
        ("dated", "Thu 24 01:30", "not sent yet"),
        ("cherry", "-", "held"),
    ]
    assert entries(machine) == calendar
    assert entries(machine, offline=True) == [one for one in calendar if "else" not in one[0]]
    assert machine.publish() == ["unchanged", "done", "done", "done"]
    assert times(blog)["banana"] == TUESDAY  # as the calendar promised


def test_another_machine_shows_the_same_calendar(
    queued: Machine, tmp_path: Path, sandbox: Sandbox, clock: Hand
) -> None:
    other = Machine(tmp_path / "two", sandbox, clock)
    for machine in (queued, other):
        for name in (*FRUITS, "damson"):
            machine.write(name)
    assert entries(other) == entries(queued)
    assert entries(other)[-1] == ("damson", "Thu 03 01:30", "not sent yet")


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("move", "order"),
    [
        (("cherry", "first"), "cherry apple banana"),
        (("apple", "last"), "banana cherry apple"),
        (("cherry", "before", "banana"), "apple cherry banana"),
        (("apple", "before", "cherry"), "banana apple cherry"),
        (("apple", "first"), "apple banana cherry"),
    ],
)
def test_a_post_moves_and_those_in_between_make_room(
    move: tuple[str, ...], order: str, queued: Machine, blog: Platform
) -> None:
    before = times(blog)
    plan = queued.open().queue.move(*move)
    report = plan.apply()
    assert times(blog) == dict(zip(order.split(), (MONDAY, TUESDAY, WEDNESDAY), strict=True))
    assert queued.publish() == ["unchanged"] * 3
    if report.run and plan.writing:
        queued.open().undo(report.run).apply()
        assert times(blog) == before


def test_a_post_that_is_not_sent_yet_moves_too(queued: Machine, blog: Platform) -> None:
    queued.write("damson")
    queued.open().queue.move("damson", "before", "cherry").apply()
    assert times(blog) == {
        "apple": MONDAY,
        "banana": TUESDAY,
        "damson": WEDNESDAY,
        "cherry": "Thu 03 07:00",
    }


def test_a_post_gets_any_time(queued: Machine, blog: Platform) -> None:
    queued.open().queue.move("posts/banana.md", "2026-12-05 18:45").apply()
    queued.write("damson")
    queued.publish()
    assert times(blog)["banana"] == "Sat 05 18:45"
    assert times(blog)["damson"] == TUESDAY  # the slot is free again


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("move", "reason", "hint"),
    [
        (("aple", "first"), 'no post has the file or key "aple"', '"apple"'),
        (("apple", "frist"), '"frist" is neither', '"first"'),
        (("apple", "2026-11-01 07:00"), "is not ahead", "later"),
        (("apple", "2026-12-01"), "has no time", "07:00"),
        (("apple", "now"), "neither a time nor a place", "first"),
        (("apple", "before", "apple"), "is the post that moves", "blogkit queue"),
        (("apple", "before", "dated"), "dated.md is not in the queue", "publish: queue"),
        (("apple", "before", "held"), "has no time in the queue of main", "blogkit queue"),
        (("held", "first"), "held.md is held", "blogkit queue resume held"),
    ],
)
def test_what_cannot_move_is_explained(
    move: tuple[str, ...], reason: str, hint: str, queued: Machine
) -> None:
    queued.write("dated", publish="2026-12-24 07:00")
    queued.write("held", queue="hold")
    with pytest.raises(UsageError) as raised:
        queued.open().queue.move(*move)
    assert reason in raised.value.message
    assert hint in raised.value.hint


def test_a_post_that_went_live_does_not_move(queued: Machine, clock: Hand) -> None:
    clock.advance(days=1)
    with pytest.raises(UsageError, match="it has had its turn"):
        queued.open().queue.move("apple", "last")


def test_hold_and_resume_change_one_line_and_the_site(queued: Machine, blog: Platform) -> None:
    path = queued.folder / "posts" / "apple.md"
    before = path.read_bytes()
    held = queued.open().queue.hold("apple").apply()
    assert path.read_bytes() == before.replace(b"\n---\nAll", b"\nqueue: hold\n---\nAll")
    assert times(blog) == {"banana": TUESDAY, "cherry": WEDNESDAY}
    assert queued.publish() == ["unchanged"] * 3
    assert held.run is not None
    queued.open().queue.resume("apple").apply()
    assert path.read_bytes() == before
    assert times(blog)["apple"] == MONDAY


def test_a_hold_is_undone_with_its_file(queued: Machine, blog: Platform) -> None:
    path = queued.folder / "posts" / "apple.md"
    before = path.read_bytes()
    queued.open().queue.hold("apple").apply()
    queued.open().undo().apply()
    assert path.read_bytes() == before
    assert times(blog)["apple"] == MONDAY
    assert queued.publish() == ["unchanged"] * 3


def test_line_ends_and_a_byte_order_mark_stay(queued: Machine) -> None:
    path = queued.folder / "posts" / "apple.md"
    odd = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(odd)
    queued.open().queue.hold("apple").apply()
    assert path.read_bytes() == odd.replace(b"\r\n---\r\nAll", b"\r\nqueue: hold\r\n---\r\nAll")
    queued.open().queue.resume("apple").apply()
    assert path.read_bytes() == odd


def test_the_calendar_as_icalendar(machine: Machine) -> None:
    path = machine.write("apple")
    title = "कल की बात: दुनिया भर में हलचल, और; बहुत कुछ " * 2
    text = path.read_text(encoding="utf-8").replace("The apple story", f'"{title}"')
    path.write_text(text, encoding="utf-8")
    ics = to_ics(machine.open().queue.calendar(), "My blog", SUNDAY)
    lines = ics.encode().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    whole = ics.replace("\r\n ", "")
    assert "DTSTART:20261130T013000Z\r\n" in whole
    assert "UID:apple@main.blogkit\r\n" in whole
    wanted = " ".join(title.split()).replace(",", "\\,").replace(";", "\\;")
    assert f"SUMMARY:{wanted}\r\n" in whole


def test_the_command(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(machine.folder)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments), sleep=lambda _seconds: None)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    # A folder has the machine's own clock, as the command has.
    (machine.folder / "blogkit.toml").write_text(
        '[sites.main]\nplatform = "folder"\nfolder = "site"\n', encoding="utf-8"
    )
    assert run("queue")[1] == "nothing is scheduled; write publish: queue in a post to queue it\n"
    machine.write("apple")
    code, out, err = run("queue")
    assert (code, "no free slot" in out) == (0, True)
    assert 'slots = ["mon-fri 07:00"]' in err
    machine.rules('[schedule]\nslots = ["daily 07:00"]\n')
    (entry,) = json.loads(run("queue", "--json")[1])["queue"]
    assert entry["state"] == "not sent yet"
    assert entry["path"] == "posts/apple.md"
    assert "BEGIN:VCALENDAR" in run("queue", "--ics")[1]
    assert run("queue", "move", "apple", "before")[0] == 2
    code, out, _ = run("queue", "hold", "apple", "--dry-run")
    assert (code, "hold posts/apple.md in the queue" in out) == (0, True)
    assert b"hold" not in (machine.folder / "posts/apple.md").read_bytes()
    code, out, err = run("queue", "hold", "apple", "--yes", "--json")
    assert json.loads(out)["files"] == ["posts/apple.md"], err
    assert b"queue: hold" in (machine.folder / "posts/apple.md").read_bytes()


def test_nothing_moves_if_a_post_that_would_move_has_an_error(
    queued: Machine, blog: Platform
) -> None:
    path = queued.write("durian")
    path.write_text(path.read_text(encoding="utf-8") + "\n```{nonsense}\n```\n", encoding="utf-8")
    with pytest.raises(ContentError, match="nonsense"):
        queued.open().queue.move("durian", "first")
