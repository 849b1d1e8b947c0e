"""`publish: queue`: posts take the site's free slots, and every machine computes the same ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import blogkit
from blogkit.config import load_config
from blogkit.platforms.base import Draft, Platform, Remote, State, Target
from blogkit.project.connect import Settings, connect
from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import make_workspace

SUNDAY = datetime(2026, 11, 29, 12, tzinfo=UTC)
RULES = '[schedule]\nslots = ["mon-fri 07:00"]\n'
WORDS = ("harbour", "orchard", "railway", "glacier", "lantern", "monsoon", "violin", "quarry")


class Hand:
    """A clock that a test moves. The machine and the blog share it."""

    def __init__(self) -> None:
        self.now = SUNDAY

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def sandbox(clock: Hand) -> Iterator[Sandbox]:
    """A local Blogger with that clock."""
    with Sandbox(clock=clock) as server:
        yield server


class Machine:
    """A copy of the blog's folder with a journal of its own."""

    def __init__(self, folder: Path, sandbox: Sandbox, clock: Callable[[], datetime]) -> None:
        self.folder = make_workspace(folder, sandbox)
        self._clock = clock
        self.rules(RULES)

    def rules(self, text: str) -> None:
        path = self.folder / "blogkit.toml"
        before = path.read_text(encoding="utf-8").partition("[schedule]")[0]
        path.write_text(before + text, encoding="utf-8")

    def write(self, name: str, publish: str = "queue", **fields: object) -> Path:
        """A post about `name`, with a text of its own."""
        path = self.folder / "posts" / f"{name}.md"
        lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
        words = random.Random(name).choices(WORDS, k=40)
        text = f"All about {name}: {' '.join(words)} {name}."
        path.write_text(
            f"---\ntitle: The {name} story\npublish: {publish}\n{lines}---\n{text}\n",
            encoding="utf-8",
        )
        return path

    def open(self) -> blogkit.Project:
        return blogkit.open(self.folder, environ={}, clock=self._clock, sleep=lambda _seconds: None)

    def plan(self, *names: str, **options: Any) -> list[str]:
        return [str(change) for change in self.open().plan(*self._paths(names), **options)]

    def publish(self, *names: str, **options: Any) -> list[str]:
        plan = self.open().plan(*self._paths(names), **options)
        report = plan.apply(rebuild=True)  # the other machine has published there, too
        return [str(one.result) for one in report.outcomes]

    def _paths(self, names: tuple[str, ...]) -> list[str]:
        return [f"posts/{name}.md" for name in names]


@pytest.fixture
def machine(tmp_path: Path, sandbox: Sandbox, clock: Hand) -> Machine:
    return Machine(tmp_path / "one", sandbox, clock)


@pytest.fixture
def blog(machine: Machine, clock: Hand) -> Platform:
    """The site as its owner sees it who has no blogkit."""
    config = load_config(machine.folder)
    settings = Settings(config, {}, clock=clock, sleep=lambda _seconds: None)
    return connect(config.site("main"), settings)


def times(blog: Platform) -> dict[str, str]:
    """What is scheduled on the blog, by title, in the blog's zone."""
    zone = timedelta(hours=5, minutes=30)
    posts = blog.list("post", [State.SCHEDULED])
    return {
        post.title.split()[1]: f"{post.at.astimezone(UTC) + zone:%a %d %H:%M}"
        for post in posts
        if post.at
    }


def by_hand(blog: Platform, title: str, target: Target) -> Remote:
    ref = blog.create(Draft("", "post", title, "<p>Written in the editor.</p>")).ref
    return blog.set_state(ref, target)


def test_posts_take_the_slots_in_the_order_of_priority_then_key(
    machine: Machine, blog: Platform
) -> None:
    for name in ("cherry", "apple", "banana"):
        machine.write(name)
    machine.write("zebra", priority=1)
    machine.publish()
    assert times(blog) == {
        "zebra": "Mon 30 07:00",
        "apple": "Tue 01 07:00",
        "banana": "Wed 02 07:00",
        "cherry": "Thu 03 07:00",
    }
    assert machine.publish() == ["unchanged"] * 4


def test_a_post_keeps_its_slot_when_others_come(machine: Machine, blog: Platform) -> None:
    machine.write("banana")
    machine.publish()
    machine.write("apple", priority=9)
    machine.publish()
    assert times(blog) == {"banana": "Mon 30 07:00", "apple": "Tue 01 07:00"}


def test_posts_of_others_occupy_their_times(machine: Machine, blog: Platform) -> None:
    monday = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)
    by_hand(blog, "From elsewhere", Target(State.SCHEDULED, monday))
    machine.write("apple")
    machine.publish()
    assert times(blog)["apple"] == "Tue 01 07:00"


def test_a_post_with_a_time_of_its_own_occupies_it_also_before_it_is_sent(
    machine: Machine, blog: Platform
) -> None:
    machine.write("dated", publish="2026-11-30 07:00")
    machine.write("apple")
    machine.publish("apple")
    assert times(blog) == {"apple": "Tue 01 07:00"}
    machine.publish()
    assert times(blog) == {"apple": "Tue 01 07:00", "dated": "Mon 30 07:00"}


def test_spacing_and_the_number_of_a_day_count_live_posts(
    machine: Machine, blog: Platform, clock: Hand
) -> None:
    machine.rules('[schedule]\nslots = ["daily 07:00", "daily 19:00"]\nper_day = 1\n')
    by_hand(blog, "From elsewhere", Target(State.LIVE))  # Sunday, 17:30 in the blog's zone
    for name in ("apple", "banana"):
        machine.write(name)
    machine.publish()
    assert times(blog) == {"apple": "Mon 30 07:00", "banana": "Tue 01 07:00"}


def test_a_live_post_has_had_its_turn(machine: Machine, blog: Platform, clock: Hand) -> None:
    machine.write("apple")
    machine.publish()
    clock.advance(days=2)
    machine.write("banana")
    assert machine.publish() == ["unchanged", "done"]
    assert times(blog) == {"banana": "Wed 02 07:00"}
    assert machine.publish() == ["unchanged", "unchanged"]


def test_a_person_may_choose_another_time_on_the_blog(machine: Machine, blog: Platform) -> None:
    machine.write("apple")
    machine.publish()
    (post,) = blog.list("post", [State.SCHEDULED])
    blog.set_state(post.ref, Target(State.SCHEDULED, datetime(2026, 12, 5, 4, tzinfo=UTC)))
    machine.write("banana")
    assert machine.publish() == ["unchanged", "done"]
    assert times(blog) == {"apple": "Sat 05 09:30", "banana": "Mon 30 07:00"}


def test_a_held_post_is_a_draft_until_it_is_resumed(machine: Machine, blog: Platform) -> None:
    machine.write("apple")
    machine.write("banana", queue="hold")
    machine.publish()
    assert times(blog) == {"apple": "Mon 30 07:00"}
    machine.write("apple", queue="hold")
    machine.write("banana")
    machine.publish()
    assert times(blog) == {"banana": "Tue 01 07:00"}
    machine.publish()
    assert times(blog) == {"banana": "Tue 01 07:00"}


def test_a_held_site_takes_its_queue_back(machine: Machine, blog: Platform, clock: Hand) -> None:
    machine.write("apple")
    machine.publish()
    clock.advance(days=1)
    machine.write("banana")
    machine.publish()
    machine.rules(f"{RULES}hold = true\n")
    assert machine.publish() == ["unchanged", "done"]  # what is live stays
    assert times(blog) == {}
    machine.rules(RULES)
    machine.publish()
    assert times(blog) == {"banana": "Tue 01 07:00"}


def test_without_slots_the_post_is_refused_with_the_line_to_add(machine: Machine) -> None:
    machine.rules("")
    machine.write("apple")
    (line,) = machine.plan()
    assert "apple" in line
    assert "there are no slots for main" in line
    (change,) = machine.open().plan()
    assert 'slots = ["mon-fri 07:00"]' in change.hint
    assert not change.writes


def test_when_all_slots_are_taken_the_post_is_refused(machine: Machine, blog: Platform) -> None:
    machine.rules('[schedule]\nslots = ["1st 07:00"]\nblackout = ["2026-01-01..2099-01-01"]\n')
    machine.write("apple")
    (line,) = machine.plan()
    assert "no slot is free in the next five years" in line


def test_offline_the_journal_serves_instead_of_the_site(machine: Machine) -> None:
    machine.write("apple")
    machine.publish()
    machine.write("banana")
    lines = machine.plan(offline=True)
    assert "nothing to do" in lines[0]
    assert "Tue 1 Dec 2026, 07:00" in lines[1]


def test_the_next_post_has_the_turn_of_no_other(machine: Machine, blog: Platform) -> None:
    """Posts that the call does not name keep their place."""
    for name in ("apple", "banana"):
        machine.write(name)
    machine.publish("banana")
    assert times(blog) == {"banana": "Tue 01 07:00"}
    machine.publish("apple")
    assert times(blog) == {"banana": "Tue 01 07:00", "apple": "Mon 30 07:00"}


NAMES = ("apple", "banana", "cherry", "damson")
SPLITS = [
    [NAMES],
    *([(name,) for name in order] for order in ([*NAMES], [*reversed(NAMES)])),
    [("damson", "banana"), ("apple", "cherry")],
    [("cherry",), ("apple", "banana", "damson")],
]


@pytest.mark.parametrize("split", SPLITS, ids=str)
def test_two_machines_agree_however_the_work_is_split(
    split: list[tuple[str, ...]], tmp_path: Path, sandbox: Sandbox, clock: Hand
) -> None:
    one, two = (Machine(tmp_path / name, sandbox, clock) for name in ("one", "two"))
    for machine in (one, two):
        for name in NAMES:
            machine.write(name, priority=int(name == "cherry"))
        machine.write("dated", publish="2026-12-02 07:00")
    plans = [(one, two)[number % 2] for number in range(len(split))]
    # Each is planned before any is applied, as where two machines start at the same moment.
    planned = [
        machine.open().plan(*[f"posts/{name}.md" for name in names])
        for machine, names in zip(plans, split, strict=True)
    ]
    for plan in planned[:1]:
        plan.apply()
    for machine, names in list(zip(plans, split, strict=True))[1:]:
        machine.publish(*names)
    config = load_config(one.folder)
    site = connect(
        config.site("main"), Settings(config, {}, clock=clock, sleep=lambda _seconds: None)
    )
    assert times(site) == {
        "cherry": "Mon 30 07:00",
        "apple": "Tue 01 07:00",
        "banana": "Thu 03 07:00",
        "damson": "Fri 04 07:00",
    }
    assert all("nothing to do" in line or "track" in line for line in two.plan(*NAMES))
