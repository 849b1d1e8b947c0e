"""Posts that come again: made from a template, handed over ahead, and left alone afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from blogkit.errors import ContentError
from blogkit.platforms.base import Platform, State
from blogkit.posts.recurring.template import Filling, fill_template
from blogkit.schedule.queue import QueuedPosts
from blogkit.schedule.run import run
from tests.queue.conftest import Hand, Machine

TEMPLATE = """---
title: Question of {{ date }}
slug: question-{{ date.iso }}
every: mon,thu 06:00
FRONT---
Today, {{ date.weekday }}, is number {{ number }}: what is special about {{ date.iso }}?
"""
MONDAY = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
"""06:00 by the blog's clock."""


def write(machine: Machine, text: str = TEMPLATE, front: str = "from: 2026-11-30\n") -> Path:
    path = machine.folder / "posts" / "question.md"
    path.write_text(text.replace("FRONT", front), encoding="utf-8")
    return path


def on_blog(blog: Platform) -> dict[str, str]:
    posts = blog.list("post", [State.SCHEDULED, State.LIVE])
    return {post.title: post.state for post in posts}


def test_posts_are_handed_over_a_week_ahead(machine: Machine, blog: Platform) -> None:
    write(machine)
    assert machine.publish() == ["done", "done"]
    assert on_blog(blog) == {
        "Question of November 30, 2026": "scheduled",
        "Question of December 3, 2026": "scheduled",
    }
    bodies = [post.body for post in blog.list("post", [State.SCHEDULED])]
    assert any(
        "Today, Thursday, is number 2: what is special about 2026-12-03" in b for b in bodies
    )
    assert machine.publish() == ["unchanged", "unchanged"]


def test_what_was_published_is_left_alone(machine: Machine, blog: Platform, clock: Hand) -> None:
    write(machine)
    machine.publish()
    clock.now = MONDAY.replace(hour=12)
    write(machine, TEMPLATE.replace("special", "new"))
    assert machine.publish() == ["done", "done"]  # Thursday is rendered again, Monday is new
    bodies = {post.title: post.body for post in blog.list("post", [State.SCHEDULED, State.LIVE])}
    assert "special" in bodies["Question of November 30, 2026"]
    assert "new" in bodies["Question of December 3, 2026"]
    assert "new" in bodies["Question of December 7, 2026"]
    assert [one.file for one in machine.open().status()] == ["up to date", "up to date"]


def test_only_the_newest_missed_one_is_made_up_for_once(
    machine: Machine, blog: Platform, clock: Hand
) -> None:
    write(machine)
    clock.now = datetime(2026, 12, 8, 9, tzinfo=UTC)  # after three times
    (late, *ahead) = machine.plan()
    assert "its time was missed: Mon 7 Dec 2026, 06:00" in late
    assert "2 earlier times are skipped" in late
    assert len(ahead) == 2
    machine.publish()
    assert on_blog(blog) == {
        "Question of December 7, 2026": "live",
        "Question of December 10, 2026": "scheduled",
        "Question of December 14, 2026": "scheduled",
    }
    assert machine.publish() == ["unchanged", "unchanged"]


def test_without_from_nothing_is_missed_before_the_first(
    machine: Machine, blog: Platform, clock: Hand
) -> None:
    write(machine, TEMPLATE.replace("number {{ number }}", "the day"), front="")
    machine.publish()
    assert len(on_blog(blog)) == 2
    clock.now = datetime(2026, 12, 15, 9, tzinfo=UTC)
    assert "its time was missed: Mon 14 Dec 2026" in machine.plan()[0]


def test_run_hands_them_over_and_then_has_nothing_to_do(machine: Machine, blog: Platform) -> None:
    write(machine)
    report = run(machine.open(), kinds=[QueuedPosts()])
    assert [(one.due.key, one.ok) for one in report.results] == [
        ("question-2026-11-30", True),
        ("question-2026-12-03", True),
    ]
    assert machine.open().queue.unsent() == []


def test_a_row_of_a_table_for_each_time(machine: Machine, blog: Platform) -> None:
    data = machine.folder / "data"
    data.mkdir()
    rows = [
        "question,a,b,answer",
        '"What is: ""swaraj""?","# self-rule, or more",Home: rule,A',
        "भारत की राजधानी क्या है?,दिल्ली,मुंबई,A",
    ]
    (data / "questions.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    body = (
        "---\ntitle: {{ question }}\nevery: daily 06:00\nFRONT---\nThe question of the day.\n\n"
        "```{mcq} Check yourself\nitems:\n  - text: {{ question }}\n"
        "    options: [{{ a }}, {{ b }}]\n    answer: {{ answer }}\n```\n"
    )
    write(machine, body, "from: 2026-11-30\nitems: data/questions.csv\n")
    assert [
        str(one) for one in machine.open().check("posts/question.md") if one.severity == "error"
    ] == []
    assert machine.publish() == ["done", "done"]  # and then the rows have run out
    posts = {post.title: post.body for post in blog.list("post", [State.SCHEDULED])}
    assert set(posts) == {'What is: "swaraj"?', "भारत की राजधानी क्या है?"}
    assert "# self-rule, or more" in posts['What is: "swaraj"?']
    assert "Home: rule" in posts['What is: "swaraj"?']


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("publish: now\n", "every: sets the time already"),
        ("items: data/none.csv\nfrom: 2026-11-30\n", "does not exist"),
        ("items: data/none.csv\n", "needs from:"),
        ("until: soon\n", '"soon" is not a date'),
    ],
)
def test_wrong_front_matter_is_explained(front: str, message: str, machine: Machine) -> None:
    write(machine, front=front)
    with pytest.raises(ContentError) as raised:
        machine.plan()
    assert message in str(raised.value)


def test_wrong_times_and_names_are_explained(machine: Machine) -> None:
    write(machine, TEMPLATE.replace("mon,thu 06:00", "monday 6am"))
    with pytest.raises(ContentError, match=r"posts/question\.md:4: every: .*24-hour"):
        machine.plan()
    write(machine, TEMPLATE.replace("{{ number }}", "{{ nmber }}"))
    with pytest.raises(ContentError, match=r'posts/question\.md:7: .*"nmber" has no value'):
        machine.plan()


def test_until_and_draft_end_it(machine: Machine, blog: Platform) -> None:
    write(machine, front="from: 2026-11-30\nuntil: 2026-12-02\n")
    machine.publish()
    assert list(on_blog(blog)) == ["Question of November 30, 2026"]
    write(machine, front="publish: draft\n")
    assert machine.open().queue.unsent() == []
    # What is scheduled already is named: nothing makes it any more.
    assert [one.file for one in machine.open().status()] == ["no file"]


def test_a_template_with_an_error_loses_none_of_its_posts(machine: Machine, blog: Platform) -> None:
    write(machine)
    machine.write("apple")
    machine.publish()
    write(machine, TEMPLATE.replace("{{ number }}", "{{ nmber }}"))
    assert [one.key for one in machine.open().status()] == ["apple"]


def test_the_post_of_a_day_can_be_rendered(machine: Machine) -> None:
    write(machine)
    assert "Today, Monday, is number 1" in machine.open().render("posts/question.md").html


def test_values_cannot_break_the_yaml_around_them() -> None:
    source = (
        "---\ntitle: {{ a }}\nlabels: [{{ b }}, fixed]\nexcerpt: >\n  Folded {{ a }}\n  text\nslug: x\n---\n"
        "{{ a }}\n```{note}\nkey: {{ a }}\n- {{ b }}\nkeys: [{{ d }}, {{ b }}]\ntext {{ a }}\n```\n```\nkey: {{ c }}\n```\n"
    )
    filling = Filling({"a": 'x: "y" # z', "b": "1", "c": "k: v", "d": "x, y"})
    filled = fill_template(source, filling, "t.md").split("\n")
    assert filled[1] == 'title: "x: \\"y\\" # z"'
    assert filled[2] == 'labels: ["1", fixed]'
    assert filled.index("slug: x") == 6
    assert filled[8] == 'x: "y" # z'
    assert filled[10] == 'key: "x: \\"y\\" # z"'
    assert filled[11] == "- 1"
    assert filled[12] == 'keys: ["x, y", 1]'
    assert filled[13] == 'text x: "y" # z'
    assert filled[16] == "key: k: v"
    assert len(filled) == source.count("\n") + 1


@pytest.mark.slow
def test_three_weeks_of_runs_publish_each_once(
    machine: Machine, blog: Platform, clock: Hand
) -> None:
    """Also those of a week in which the computer was off: it made its posts ahead."""
    write(machine)
    for hours in [6] * 28 + [24 * 6] + [6] * 28:
        report = run(machine.open())
        assert not report.errors
        assert [one.summary for one in report.results if not one.ok] == []
        clock.advance(hours=hours)
    live = [post.at for post in blog.list("post", [State.LIVE]) if post.at]
    assert sorted(f"{at:%m-%d %H:%M}" for at in live) == [
        f"{day} 00:30" for day in ("11-30", "12-03", "12-07", "12-10", "12-14", "12-17")
    ]
