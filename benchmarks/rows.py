"""The rows of the benchmark: what is measured, and which goal it has."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.backup import Backup, empty
from benchmarks.measure import Command
from benchmarks.projects import BLOGKIT, Project, Writable, edit, forget, leave


@dataclass(frozen=True)
class Goal:
    """The limits of a row; 0 means none.

    Attributes:
        hugo: Times the seconds of Hugo in the same run.
        seconds: On the clock.
        megabytes: Of all processes together.
        start: Milliseconds more than a bare interpreter.
    """

    hugo: float = 0
    seconds: float = 0
    megabytes: float = 0
    start: float = 0


@dataclass(frozen=True)
class Row:
    """A command that is measured.

    Attributes:
        title: What readers call it.
        project: Where it runs.
        command: The program and its arguments.
        goal: What it shall not exceed.
        count: How many posts it handles; its processor time is divided by that.
        before: Runs in the project before each round, and is not measured.
        once: It takes so long that one round has to do.
        budget: Milliseconds of the processor for each post; `make bench` fails above it. 0 = none.
    """

    title: str
    project: str
    command: Command
    goal: Goal = Goal()
    count: int = 1
    before: Callable[[Path], None] = leave
    once: bool = False
    budget: float = 0


PREPARE = (sys.executable, "-m", "benchmarks.prepare", ".")
CHECK = (*BLOGKIT, "check")
PLAN = (*BLOGKIT, "plan")
OFFLINE = (*PLAN, "--offline")
PUBLISH = (*BLOGKIT, "publish", "--yes")
ONE = "posts/post-00000.md"


def projects(posts: int) -> dict[str, Writable]:
    """Return the projects of a benchmark of so many posts."""
    return {
        "new": Project(posts),
        "strict": Project(posts, corpus.STRICT),
        "checked": Project(posts, history=(CHECK,)),
        "planned": Project(posts, history=(OFFLINE,)),
        "published": Project(posts, history=(PUBLISH, PLAN)),
        "edited": Project(posts, history=(PUBLISH, PLAN)),
        "single": Project(1),
        "large": Project(posts * 10),
        "backup": Backup(posts * 10),
    }


def rows(posts: int) -> dict[str, Row]:
    """Return the rows of a benchmark of so many posts, by name."""
    n, many = f"{posts:,}", f"{posts * 10:,}"
    whole = {
        "prepare": Row(
            "prepare, folder profile", "new", PREPARE, Goal(hugo=1.6), posts, forget, budget=7
        ),
        "strict": Row(
            "prepare, strict profile", "strict", PREPARE, Goal(hugo=2.2), posts, forget, budget=8
        ),
        "check": Row(f"check of {n}, cold", "new", CHECK, Goal(hugo=3), posts, forget, budget=9),
        "recheck": Row(
            f"check of {n}, nothing changed", "checked", CHECK, Goal(hugo=0.5), posts, budget=3
        ),
        "plan": Row(f"first plan of {n}", "new", OFFLINE, Goal(), posts, forget),
        "replan": Row(
            "plan --offline of unpublished posts, second time",
            "planned",
            OFFLINE,
            Goal(seconds=0.5),
            posts,
        ),
        "publish": Row(
            f"first publish of {n} to a folder", "new", PUBLISH, Goal(), posts, forget, once=True
        ),
    }
    unchanged = {
        "plan-nothing": Row(f"plan, nothing changed in {n}", "published", PLAN, Goal(seconds=0.2)),
        "publish-nothing": Row(
            f"publish, nothing changed in {n}", "published", PUBLISH, Goal(seconds=0.2)
        ),
        "publish-one": Row(
            f"publish of one changed post of {n}",
            "edited",
            PUBLISH,
            Goal(seconds=0.4),
            before=edit,
        ),
    }
    return whole | unchanged | _one_post(n, many) | _start() | _memory(many, posts * 10)


def _one_post(n: str, many: str) -> dict[str, Row]:
    check, render = (*CHECK, ONE), (*BLOGKIT, "render", ONE)
    blink, little = Goal(seconds=0.22), Goal(seconds=0.4, megabytes=80)
    return {
        "check-one": Row("check of one post in 1", "single", check, before=edit),
        "check-one-of-many": Row(f"check of one post in {n}", "new", check, before=edit),
        "check-one-of-large": Row(
            f"check of one post in {many}", "large", check, little, before=edit
        ),
        "render-one": Row("render of one post in 1", "single", render, blink, before=edit),
        "render-one-of-many": Row(f"render of one post in {n}", "new", render, blink, before=edit),
        "render-one-of-large": Row(
            f"render of one post in {many}", "large", render, blink, before=edit
        ),
    }


def _start() -> dict[str, Row]:
    return {
        "bare": Row("bare interpreter", "single", (sys.executable, "-c", "pass")),
        "help": Row("--help", "single", (*BLOGKIT, "--help"), Goal(start=40)),
    }


def _memory(many: str, count: int) -> dict[str, Row]:
    title, goal = f"check of {many}, cold", Goal(megabytes=300)
    imported = Row(
        f"import of a backup of {many}, 25 KB each",
        "backup",
        (*BLOGKIT, "import", "feed.atom"),
        Goal(seconds=60, megabytes=200),
        count,
        empty,
        once=True,
    )
    check = Row(title, "large", CHECK, goal, count, forget, once=True)
    return {"memory": check, "import": imported}
