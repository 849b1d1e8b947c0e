"""`make torture` in short: many runs, killed and disturbed, on the rehearsal server."""

from __future__ import annotations

import signal
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.chaos.scenes import ON_SANDBOX, on_sandbox
from benchmarks.chaos.tally import COMMANDS, NEVER, SEEN
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from tests.crash.children import Children
from tests.crash.job import Job
from tests.crash.sites import OnSandbox, make_workspace, posts
from tests.sampling import is_whole

pytestmark = pytest.mark.slow

RARE = (*COMMANDS, "Ctrl-C", "pauses", "moves there", "deletes there")
"""What may not happen in so few turns."""


TURNS, SEED, UNSEEN = (45, 1, 0) if is_whole() else (20, 2, 2)
"""Outside of CI, some of what goes wrong may not be among so few turns."""


def test_nothing_twice_nothing_lost_nothing_overwritten(tmp_path: Path, children: Children) -> None:
    with Children(like=children) as other:
        tally = on_sandbox([children, other], TURNS, SEED, tmp_path)
    assert tally.findings == [], f"seed {SEED}"
    assert {name: tally.count[name] for name in NEVER} == dict.fromkeys(NEVER, 0)
    done = {name: tally.count[name] for name in SEEN}
    assert len([name for name in SEEN if name not in RARE and not done[name]]) <= UNSEEN, done
    assert sum(done[name] for name in COMMANDS) >= TURNS // 9
    assert done["publishes"] >= TURNS - 5
    assert done["kills"] >= TURNS // 9


@pytest.mark.parametrize(
    ("sabotage", "scene", "turns", "seed", "found"),
    [
        ("copies", "titles", 6, 3, "duplicates"),
        ("caches", "old", 10, 2, "overwritten"),
    ],
)
def test_a_safeguard_that_is_switched_off_is_missed(
    tmp_path: Path,
    children: Children,
    sabotage: str,
    scene: str,
    turns: int,
    seed: int,
    found: str,
) -> None:
    """A count of 0 proves that a safeguard works only if the count would not be 0 without it."""
    scenes = [replace(one, calm=True) for one in ON_SANDBOX if one.name == scene]
    with Children(sabotage, like=children) as one, Children(sabotage, like=children) as other:
        tally = on_sandbox([one, other], turns, seed, tmp_path, scenes=scenes)
    assert tally.count[found] >= 1
    assert tally.count["bugs"] == 0


def test_an_edit_in_the_middle_of_a_large_run_stands(tmp_path: Path, children: Children) -> None:
    """Somebody edits the last post while the first ones are being written."""
    with Sandbox(switches=Quirks(daily_insert_limit="none", insert_throttle="none")) as sandbox:
        site = OnSandbox(sandbox)
        root = make_workspace(tmp_path / "workspace", site)

        def write(text: str) -> None:
            for number in range(12):
                (root / f"posts/{number:02}.md").write_text(
                    f"---\ntitle: T{number:02}\npublish: now\n---\n{text}\n", encoding="utf-8"
                )

        def edit() -> None:
            (last,) = (post for post in posts(site) if post.title == "T11")
            site.write(last, body=f"{last.body}<p>By hand.</p>")

        write("Old.")
        assert children.run(Job(("publish", "--yes"), root)).code == 0
        write("New.")
        children.run(
            Job(
                ("publish", "--yes"),
                root,
                at=0,
                only="request PATCH answered",
                signal=signal.SIGSTOP,
            ),
            stopped=edit,
        )
        (last,) = (post for post in posts(site) if post.title == "T11")
        assert "By hand." in last.body
