"""`publish: queue`: posts take the site's free slots, and every machine computes the same ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blogkit.config import load_config
from blogkit.platforms.base import Platform, State, Target
from blogkit.project.connect import Settings, connect
from blogkit.sandbox.server import Sandbox
from tests.queue.conftest import RULES, Hand, Machine, by_hand, times


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


def test_a_missed_slot_is_told_and_the_next_one_taken(
    machine: Machine, blog: Platform, clock: Hand, sandbox: Sandbox
) -> None:
    machine.write("apple")
    sandbox.fail("503", path="publish", times=9)
    assert machine.publish() != ["done"]
    sandbox.faults.clear()
    assert times(blog) == {}
    clock.advance(days=1)
    (line,) = machine.plan()
    assert "Tue 1 Dec 2026, 07:00" in line
    assert "it missed its slot on Mon 30 Nov 2026, 07:00 IST" in line
    machine.publish()
    assert times(blog) == {"apple": "Tue 01 07:00"}


def test_a_slot_that_passes_while_a_person_thinks_is_not_used(
    machine: Machine, blog: Platform, clock: Hand
) -> None:
    machine.write("apple")
    plan = machine.open().plan()
    clock.advance(days=1)
    (outcome,) = plan.apply()
    assert outcome.result == "failed"
    assert "its slot has passed: Mon 30 Nov 2026, 07:00" in outcome.message
    assert list(blog.list("post", [State.LIVE])) == []
    machine.publish()
    assert times(blog) == {"apple": "Tue 01 07:00"}


def test_a_post_that_was_deleted_takes_no_slot_until_it_is_created_again(
    machine: Machine, blog: Platform
) -> None:
    machine.write("apple")
    machine.publish()
    (post,) = blog.list("post", [State.SCHEDULED])
    blog.trash(post.ref)
    machine.write("banana")
    assert machine.publish() == ["refused", "done"]
    assert times(blog) == {"banana": "Mon 30 07:00"}
    machine.publish("apple", recreate=True)
    assert times(blog) == {"banana": "Mon 30 07:00", "apple": "Tue 01 07:00"}


def test_check_names_a_site_without_slots(machine: Machine) -> None:
    machine.rules("")
    machine.write("apple")
    (problem,) = [one for one in machine.open().check() if one.code == "no-slots"]
    assert (problem.line, problem.severity) == (3, "warning")


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


def splits() -> Iterator[list[tuple[str, ...]]]:
    """All at once, and parts of any size in any order."""
    yield [NAMES]
    for seed in range(6):
        names, parts = list(NAMES), []
        chance = random.Random(seed)
        chance.shuffle(names)
        while names:
            size = chance.randint(1, 2)
            parts.append(tuple(names[:size]))
            names = names[size:]
        yield parts


@pytest.mark.sampled
@pytest.mark.parametrize("split", list(splits()), ids=str)
def test_two_machines_agree_however_the_work_is_split(
    split: list[tuple[str, ...]], tmp_path: Path, sandbox: Sandbox, clock: Hand
) -> None:
    one, two = (Machine(tmp_path / name, sandbox, clock) for name in ("one", "two"))
    for machine in (one, two):
        for name in NAMES:
            machine.write(name, priority=int(name == "cherry"))
        machine.write("dated", publish="2026-12-02 07:00")
    machines = [(one, two)[number % 2] for number in range(len(split))]
    # The first two are planned before either is applied, as where both start at the same moment.
    planned = [
        machine.open().plan(*[f"posts/{name}.md" for name in names])
        for machine, names in zip(machines[:2], split[:2], strict=True)
    ]
    for plan in planned:
        plan.apply(rebuild=True)
    for machine, names in list(zip(machines, split, strict=True))[2:]:
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
