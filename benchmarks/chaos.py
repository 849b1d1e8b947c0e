"""Publish at random while everything goes wrong, and count what must never happen: python -m
benchmarks.chaos [--site sandbox|wordpress].

Files change, people edit and delete on the blog, requests fail in every way, processes are killed
at any boundary or any time, and the next run follows at once. No post may be there twice, none may
be missing or old in the end, and no edit may be overwritten unless the user said so.
"""

from __future__ import annotations

import argparse
import random
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.chaos_desk import Desk, Tally, keyed
from blogkit.journal.store import Journal
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from tests.crash.children import Children
from tests.crash.job import Ended, Job
from tests.crash.sites import Edited, OnSandbox, OnWordPress, make_workspace, posts
from tests.crash.wire import FAULTS
from tests.e2e.wordpress import cache, debian, lifecycle
from tests.e2e.wordpress.site import Site as RealSite

SEEN = (
    "publishes",
    "writes",
    "kills",
    "Ctrl-C",
    "pauses",
    "faults",
    "edits there",
    "moves there",
    "deletes there",
    "conflicts",
)
NEVER = ("duplicates", "lost", "overwritten", "open ends", "bugs", "restless")
SWITCH = (
    *(
        "before-save",
        "after-save",
        "html403",
        "json403",
        "warnings",
        "json503",
        "json429",
        "json429-long",
    ),
    *("half", "page-after", "maintenance", "moved", "no-login"),
)
SANDBOX_FAULTS = (
    *(
        "429",
        "500",
        "503",
        "500-after-commit",
        "503-after-commit",
        "reset",
        "reset-after-commit",
        "truncated-json",
        "html-maintenance",
    ),
    *("expired-token", "quota", "rate-limit-403", "404", "forbidden", "redirect"),
)
WRITES = ("request POST", "request PATCH", "request DELETE")


@dataclass
class Torture:
    """One workspace and one site. faults: those that may meet a request on the wire; sandbox: the
    site, if it has faults of its own; pauses: stop runs before a look for an edit. With several
    writers at work, one of them is then between its look and its write, and neither Blogger nor
    WordPress supports conditional writes: those milliseconds are nobody's to close.
    """

    desk: Desk
    site: Edited
    children: Children
    chance: random.Random
    tally: Tally
    faults: tuple[str, ...]
    sandbox: Sandbox | None = None
    pauses: bool = True

    def run(self, publishes: int, number: int = 8) -> None:
        """So many runs of `blogkit publish` with this number of posts, undisturbed ones until
        nothing is left to do, the verdict.
        """
        self.desk.open(number)
        for _ in range(publishes):
            self._meddle()
            self._publish(self._bad_luck(self._arguments()))
        self._calm_down()
        self.desk.judge(posts(self.site))
        with Journal.open(self.desk.root / ".blogkit/journal.sqlite") as journal:
            self.tally.count["open ends"] += len(journal.unsettled("main")) + bool(journal.damage())

    # what happens between two runs

    def _meddle(self) -> None:
        self.desk.change_something()
        if self.chance.random() < 0.3:
            self._somebody_works_on_the_blog()

    def _somebody_works_on_the_blog(self) -> None:
        there = [
            post
            for key, found in keyed(posts(self.site)).items()
            if key in self.desk.pages
            for post in found
        ]
        if not there:
            return
        post = self.chance.choice(there)
        (key,) = keyed([post])
        doing = self.chance.choices(
            ["body", "title", "labels", "move", "delete"], [10, 3, 3, 3, 2]
        )[0]
        if doing == "move":
            self.desk.note(key, f"moved there from {post.state}")
            self.site.move(post)
        elif doing == "delete":
            self.desk.note(key, f"deleted there: {post.ref.id}")
            self.desk.deleted(key)
            self.site.delete(post, trash=self.chance.random() < 0.5)
        else:
            marker = self.desk.edited(key, doing)
            self.site.write(
                post,
                **{
                    "body": {"body": f"{post.body}<p>{marker}</p>"},
                    "title": {"title": f"{post.title} {marker}"},
                }.get(doing, {"labels": [*post.labels, *post.tags, marker]}),
            )
        self.tally.count[
            f"{'deletes' if doing == 'delete' else 'moves' if doing == 'move' else 'edits'} there"
        ] += 1

    def _arguments(self) -> tuple[str, ...]:
        """Everything, or the user's decision about one post."""
        if self.desk.undecided and self.chance.random() < 0.7:
            return self._decide(self.chance.choice(sorted(self.desk.undecided)))
        return ()

    def _decide(self, key: str) -> tuple[str, ...]:
        result = self.desk.undecided[key]
        choice = (
            "--recreate"
            if result == "refused"
            else self.chance.choice(["--ours", "--theirs", "merge"])
        )
        if choice == "merge":
            self.desk.take_over(key)
        self.desk.decided(key, choice)
        return (f"posts/{key}.md", "--ours" if choice == "merge" else choice)

    def _in_the_middle(self) -> None:
        """Somebody works on the blog just before one of our looks at it."""
        self.tally.count["pauses"] += 1
        waiting = self.sandbox.faults.waiting() if self.sandbox else []
        if self.sandbox:
            self.sandbox.faults.clear()
        self._somebody_works_on_the_blog()
        for fault in waiting:
            assert self.sandbox
            self.sandbox.faults.add(fault)

    # a run

    def _bad_luck(self, arguments: tuple[str, ...]) -> Job:
        chance, at, only, after, ends_by = self.chance, None, "", None, signal.SIGKILL
        luck = chance.random()
        if luck < 0.4:
            only = chance.choice(["", "journal", "request", "request POST"])
            at = chance.randrange(chance.choice([8, 25, 60, 200]))
        elif luck < 0.55:
            after = chance.uniform(0, 0.25 if self.sandbox else 2.5)
        elif luck < 0.6:
            at, only, ends_by = chance.randrange(60), "request", signal.SIGINT
        elif luck < 0.75 and self.pauses and not arguments:
            at, only, ends_by = (
                chance.randrange(chance.choice([3, 6, 30])),
                "GET .* before",
                signal.SIGSTOP,
            )
        faults = self._faults() if chance.random() < 0.4 else {}
        return Job(
            ("publish", "--yes", "--json", *arguments),
            self.desk.root,
            at,
            only,
            ends_by,
            after,
            faults,
        )

    def _faults(self) -> dict[int, str]:
        """One or two. The sandbox has its own, and is told at once."""
        if self.sandbox and self.chance.random() < 0.7:
            for _ in range(self.chance.choice([1, 1, 2])):
                kind, method = (
                    self.chance.choice(SANDBOX_FAULTS),
                    self.chance.choice(["", "POST", "PATCH", "GET"]),
                )
                wait = self.chance.choice([None, 1, 30])
                self.sandbox.fail(
                    kind,
                    method=method,
                    path="/v3/",
                    after=self.chance.randrange(self.chance.choice([4, 20])),
                    times=self.chance.choice([1, 1, 2, 5]),
                    retry_after=wait,
                )
            return {}
        return {
            self.chance.randrange(self.chance.choice([10, 30])): self.chance.choice(self.faults)
            for _ in range(self.chance.choice([1, 1, 2, 4]))
        }

    def _publish(self, job: Job) -> Ended:
        ended = self.children.run(job, stopped=self._in_the_middle)
        if self.sandbox:
            self.sandbox.faults.clear()
        self.site.settle()
        self.tally.count["publishes"] += 1
        self.tally.count["writes"] += sum(
            name.startswith(WRITES) and name.endswith("before") and "/token" not in name
            for name in ended.passed
        )
        self.tally.count["kills"] += ended.killed
        self.tally.count["Ctrl-C"] += ended.code == 130
        requests = sum(
            name.startswith("request") and name.endswith("before") for name in ended.passed
        )
        self.tally.count["faults"] += sum(number < requests for number in job.faults)
        if self.sandbox:
            self.tally.count["faults"] += sum(
                bool(served.fault) for served in self.sandbox.log.served()
            )
            self.sandbox.log.clear()
        self._hear(job, ended)
        self.desk.look(posts(self.site))
        return ended

    def _hear(self, job: Job, ended: Ended) -> None:
        if ended.code in (3, 99) or ended.code < -9 or (not ended.killed and ended.code < 0):
            self.tally.found("bugs", f"exit code {ended.code}: {ended.err[-1500:]}")
        last = ended.passed[-1] if ended.passed else "nothing"
        for key in self.desk.pages:
            told = ended.results.get(key, "")
            if len(job.arguments) == 3 or key in job.arguments[3]:
                self.desk.note(
                    key,
                    f"run {self.tally.count['publishes']}: {told or 'untold'}, ended {ended.code} after {last}, faults {dict(job.faults)}{' paused' * (job.signal == signal.SIGSTOP)}",
                )
            if told in ("conflict", "left", "refused"):
                self.tally.count["conflicts"] += told == "conflict"
                self.desk.undecided[key] = told
            elif told:
                self.desk.undecided.pop(key, None)

    def _calm_down(self) -> None:
        """Nobody disturbs any more. Whatever waits for a decision gets one, or is left as it is."""
        for _ in range(12):
            for key in sorted(self.desk.undecided):
                if self.desk.undecided[key] != "left" or self.chance.random() < 0.7:
                    self._publish(
                        Job(("publish", "--yes", "--json", *self._decide(key)), self.desk.root)
                    )
            ended = self._publish(Job(("publish", "--yes", "--json"), self.desk.root))
            if ended.code == 0 and set(ended.results.values()) <= {"unchanged", "left"}:
                return
        self.tally.found("restless", f"{ended.code}: {ended.out[-3000:]} {ended.err[-3000:]}")


def on_sandbox(children: Children, publishes: int, seed: int, folder: Path) -> Tally:
    """A quarter of the runs each: with addresses from titles, with addresses from slugs, with
    several writers, and with many posts.
    """
    tally = Tally()
    for name, by_slug, writers, many in (
        ("titles", False, 1, 8),
        ("slugs", True, 1, 8),
        ("writers", False, 3, 8),
        ("many", False, 1, 24),
    ):
        chance = random.Random(f"{seed} {name}")
        with Sandbox(switches=Quirks(daily_insert_limit="none")) as sandbox:
            site = OnSandbox(sandbox, by_slug=by_slug, writers=writers)
            desk = Desk(make_workspace(folder / name, site), chance, tally, by_slug)
            Torture(
                desk, site, children, chance, tally, tuple(FAULTS), sandbox, pauses=writers == 1
            ).run(-(-publishes // 4), many)
    return tally


def on_wordpress(
    children: Children, publishes: int, seed: int, folder: Path, real: RealSite
) -> Tally:
    """The newest WordPress, as an author, with its own fault switch: half of the runs with one
    writer, half with four.
    """
    tally = Tally()
    for writers in (1, 4):
        chance = random.Random(f"{seed} {writers}")
        site = OnWordPress(real, writers=writers)
        desk = Desk(
            make_workspace(folder / f"writers-{writers}", site),
            chance,
            tally,
            by_slug=True,
            prefix=f"torture-{writers}-",
        )
        Torture(desk, site, children, chance, tally, (*FAULTS, *SWITCH), pauses=writers == 1).run(
            -(-publishes // 2)
        )
    return tally


@contextmanager
def newest_wordpress() -> Iterator[RealSite]:
    """A real one, up for as long as this lasts."""
    home = Path(tempfile.mkdtemp(prefix="blogkit-torture-")) / "site"
    try:
        yield lifecycle.up(debian.NEWEST, home, cache=cache.folder())
    finally:
        lifecycle.down(home)


def report(tally: Tally, site: str, seconds: float) -> int:
    """Print the tally; 1 when something happened that must not."""
    for finding in tally.findings:
        print(finding)
    print(f"\n{site}, {seconds:.0f} s")
    for name in (*SEEN, *NEVER):
        print(f"{tally.count[name]:7} {name}")
    return int(any(tally.count[name] for name in NEVER))


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when nothing happened that must not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--site", choices=["sandbox", "wordpress"], default="sandbox")
    parser.add_argument(
        "--publishes",
        type=int,
        help="runs of `blogkit publish` (default: 1000 on the sandbox, 200 on WordPress)",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=secrets.randbelow(1_000_000),
        help="to see the same days again (kills by the clock apart)",
    )
    options = parser.parse_args(arguments)
    publishes = options.publishes or {"sandbox": 1000, "wordpress": 200}[options.site]
    print(f"{publishes} publishes on {options.site}, seed {options.seed}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="blogkit-torture-") as folder, Children() as children:
        if options.site == "sandbox":
            tally = on_sandbox(children, publishes, options.seed, Path(folder))
        else:
            with newest_wordpress() as real:
                started = time.monotonic()
                tally = on_wordpress(children, publishes, options.seed, Path(folder), real)
    return report(tally, options.site, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
