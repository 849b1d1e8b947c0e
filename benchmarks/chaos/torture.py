"""Runs of blogkit while everything goes wrong, undisturbed ones until nothing is left to do, and
the verdict.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chaos.clutter import Clutter
from benchmarks.chaos.commands import Commands
from benchmarks.chaos.desk import Desk
from benchmarks.chaos.luck import Luck
from benchmarks.chaos.verdict import judge, look
from benchmarks.chaos.visitor import Visitor
from benchmarks.chaos.workspace import Workspace, exchange_states
from tests.crash.job import Ended, Job
from tests.crash.sites import Edited, posts

WRITES = ("request POST", "request PATCH", "request DELETE")
ROUNDS = 12
"""Undisturbed runs after which nothing may be left to do."""
QUIET = {"unchanged", "left"}


@dataclass
class Torture:
    """One blog, and the workspaces that write to it. others: the part of all turns in which
    another command than `publish` runs; forgetful: how often the journal gets lost.
    """

    desk: Desk
    site: Edited
    workspaces: Sequence[Workspace]
    chance: random.Random
    luck: Luck
    others: float = 0
    forgetful: float = 0
    clutter: Clutter = field(init=False)
    visitor: Visitor = field(init=False)
    commands: Commands = field(init=False)

    def __post_init__(self) -> None:
        self.clutter = Clutter(self.desk, self.chance)
        self.visitor = Visitor(self.site, self.desk, self.chance)
        one, see = self.workspaces[0], lambda: posts(self.site)
        self.commands = Commands(self.desk, one, self.chance, see)

    def run(self, turns: int, number: int = 8) -> None:
        """So many turns with this number of posts, then peace and the verdict."""
        for one in self.workspaces:
            one.children.warm_up()
        self.desk.open(number)
        if self.others:
            for old in range(3):
                page = self.desk.old_post(old)
                self.site.add(page.title, page.html(), page.labels)
        for _ in range(turns):
            exchange_states(self.workspaces, self._common)
            self._meddle()
            if self.chance.random() < self.others:
                self._other_command()
            else:
                deciding: set[str] = set()
                self._publish([self._disturbed(one, deciding) for one in self.workspaces])
        self._calm_down()
        undecided = {key for one in self.workspaces for key in one.undecided}
        judge(self.desk, posts(self.site), undecided)
        for one in self.workspaces:
            for what in one.open_ends():
                self.desk.tally.found("open ends", what)

    @property
    def _common(self) -> Path:
        return self.workspaces[0].root.with_suffix(".state")

    def _meddle(self) -> None:
        self.clutter.happen()
        self.desk.change_something(but=self.clutter.cut)
        if self.chance.random() < 0.3:
            self.visitor.work()
        for one in self.workspaces:
            if self.chance.random() < self.forgetful:
                self.desk.tally.count["journals lost"] += 1
                one.lose_journal()

    # publish

    def _disturbed(self, one: Workspace, deciding: set[str]) -> tuple[Workspace, Job]:
        """Everything, or the user's decision about one post. deciding: decided about elsewhere."""
        # A cut file, or two decisions at the same moment, would prove nothing.
        waiting = sorted(one.undecided.keys() - self.clutter.cut - deciding)
        if waiting and self.chance.random() < 0.7:
            key = self.chance.choice(waiting)
            deciding.add(key)
            return one, self._disturb(self._decision(one, key))
        return one, self._disturb(one.publish(), pause=True)

    def _disturb(self, job: Job, *, pause: bool = False) -> Job:
        return self.luck.disturb(job, sorted(self.desk.ids), pause=pause)

    def _decision(self, one: Workspace, key: str) -> Job:
        told = one.undecided.pop(key)
        choice = self.chance.choice(["--ours", "--theirs", "merge"])
        if told == "refused":
            choice = "--recreate"
            if self.desk.pages[key].form == "html" and key not in self.desk.there:
                self.desk.new_id(key)
        if choice == "merge":
            self.desk.take_over(key)
        self.desk.decided(key, choice)
        option = "--ours" if choice == "merge" else choice
        return one.publish(f"posts/{self.desk.pages[key].file}", option)

    def _publish(self, jobs: Sequence[tuple[Workspace, Job]]) -> list[Ended]:
        """All at once."""
        everything = self._run(jobs)
        for (one, job), ended in zip(jobs, everything, strict=True):
            self.desk.tally.count["publishes"] += 1
            self._hear(one, job, ended)
        look(self.desk, posts(self.site), drafts=len(self.workspaces) == 1)
        return everything

    def _hear(self, one: Workspace, job: Job, ended: Ended) -> None:
        last = ended.passed[-1] if ended.passed else "nothing"
        number = self.desk.tally.count["publishes"]
        results = {self.desk.key_of(told): result for told, result in ended.results.items()}
        named = [part for part in job.arguments if part.startswith("posts/")]
        for key, page in self.desk.pages.items():
            told = results.get(key, "")
            if page.form and named in ([], [f"posts/{page.file}"]):
                paused = " paused" * (job.signal == signal.SIGSTOP)
                how = f"ended {ended.code} after {last}, faults {dict(job.faults)}{paused}"
                self.desk.note(key, f"run {number}: {told or 'untold'}, {how}")
            if told in ("conflict", "left", "refused"):
                self.desk.tally.count["conflicts"] += told == "conflict"
                one.undecided[key] = told
            elif told:
                one.undecided.pop(key, None)

    # any command

    def _other_command(self) -> None:
        """One of them, and again if it failed and its user would repeat it, perhaps later."""
        one, order = self.workspaces[0], self.commands.choose(but=self.clutter.cut)
        if order is None:
            return
        (ended,) = self._run([(one, self._disturb(order.job))])
        self.desk.tally.count[order.job.arguments[0]] += 1
        order.hear(ended)
        look(self.desk, posts(self.site))
        if order.again and ended.code:
            if self.chance.random() < 0.3:
                self._publish([(one, one.publish())])
            (ended,) = self._run([(one, order.job)])
            order.hear(ended)
            look(self.desk, posts(self.site))

    def _run(self, jobs: Sequence[tuple[Workspace, Job]]) -> list[Ended]:
        def run(one: Workspace, job: Job) -> Ended:
            return one.children.run(job, stopped=self._in_the_middle)

        with ThreadPoolExecutor(len(jobs)) as pool:
            everything = list(pool.map(run, *zip(*jobs, strict=True)))
        self.site.settle()
        for (_, job), ended in zip(jobs, everything, strict=True):
            self._count(job, ended)
        return everything

    def _count(self, job: Job, ended: Ended) -> None:
        tally = self.desk.tally
        if ended.code in (3, 99) or ended.code < -9 or (not ended.killed and ended.code < 0):
            tally.found("bugs", f"{job.arguments}: exit code {ended.code}: {ended.err[-1500:]}")
        tally.count["writes"] += sum(
            name.startswith(WRITES) and name.endswith("before") and "/token" not in name
            for name in ended.passed
        )
        tally.count["kills"] += ended.killed
        tally.count["Ctrl-C"] += ended.code == 130
        faults, damaged = self.luck.count(job, ended)
        tally.count["faults"] += faults
        tally.count["damaged answers"] += damaged

    def _in_the_middle(self) -> None:
        """Let a person edit the blog just before blogkit reads it."""
        self.desk.tally.count["pauses"] += 1
        self.luck.hold(self.visitor.work)

    # peace

    def _calm_down(self) -> None:
        """Publish without disturbance, and decide each conflict or leave it."""
        self.clutter.tidy()
        last: list[Ended] = []
        for _ in range(ROUNDS):
            last = []
            for one in self.workspaces:
                exchange_states(self.workspaces, self._common)
                last.append(self._settle(one))
            if all(end.code == 0 and set(end.results.values()) <= QUIET for end in last):
                return
        for end in last:
            what = f"{end.code}: {end.out[-3000:]} {end.err[-3000:]}"
            self.desk.tally.found("restless", what)

    def _settle(self, one: Workspace) -> Ended:
        for key in sorted(one.undecided):
            if one.undecided[key] != "left" or self.chance.random() < 0.7:
                self._publish([(one, self._decision(one, key))])
        return self._publish([(one, one.publish())])[0]
