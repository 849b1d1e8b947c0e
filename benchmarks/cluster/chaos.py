"""Write posts for many blogs while workers die, the database restarts and sites fail; then count."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.cluster.tally import ClusterTally
from blogkit.cluster.database import QueueDatabase
from tests.cluster.blogs import INTERVAL, WatchedBlog, watched_blogs
from tests.cluster.workers import CONCURRENCY, WorkerProcess, database, failures, jobs, workers
from tests.postgres import Server, serving

FAULTS = (
    ("reset-after-commit", "POST"),
    ("503-after-commit", "POST"),
    ("500-after-commit", "PATCH"),
    ("truncated-json", "POST"),
    ("reset", ""),
    ("500", ""),
    ("html-maintenance", "GET"),
    ("expired-token", ""),
)
PAUSE = 8
"""Seconds for which a site asks all workers to slow down."""
_SETTLED = 3.0
"""Seconds within which a request that was under way arrives. A busy machine may hold it back for
longer: each job has one at most.
"""
# Each turn that is handed out, with the one before; each pause, with its beginning and its end.
_AUDIT = """
CREATE TABLE audit (name TEXT, old TIMESTAMPTZ, new TIMESTAMPTZ);
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO blogkit_queue.audit VALUES (NEW.name, CASE TG_OP WHEN 'UPDATE' THEN OLD.last_paced END, NEW.last_paced);
RETURN NEW; END $$;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OF last_paced ON blogkit_turn FOR EACH ROW
WHEN (NEW.last_paced IS NOT NULL) EXECUTE FUNCTION audit();
CREATE TABLE pauses (began TIMESTAMPTZ, ends TIMESTAMPTZ);
CREATE FUNCTION pauses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO blogkit_queue.pauses VALUES (clock_timestamp(), NEW.not_before); RETURN NEW; END $$;
CREATE TRIGGER pauses AFTER INSERT OR UPDATE OF not_before ON blogkit_turn FOR EACH ROW
WHEN (NEW.not_before IS NOT NULL) EXECUTE FUNCTION pauses()
"""


@dataclass(frozen=True)
class Ordeal:
    """How many of everything."""

    workers: int = 4
    blogs: int = 50
    actions: int = 2000
    kills: int = 25
    restarts: int = 4
    faults: int = 150
    pauses: int = 5


FULL = Ordeal()
SHORT = Ordeal(blogs=8, actions=80, kills=4, restarts=1, faults=10, pauses=1)


@dataclass
class Crew:
    """The worker processes. Each that is killed is followed by another."""

    blogs: Path
    url: str
    out: Path
    stack: ExitStack
    sabotage: str = ""
    members: list[WorkerProcess] = field(default_factory=list)
    started: int = 0

    def start(self) -> None:
        out = self.out / f"worker-{self.started}.out"
        self.started += 1
        worker = WorkerProcess(self.blogs, self.url, out, sabotage=self.sabotage)
        self.members.append(self.stack.enter_context(worker))

    def kill(self, number: int) -> None:
        self.members.pop(number).kill()
        self.start()


@dataclass
class Arena:
    """One run. troubled: stretches of time in which a pause may be lost: workers die with it, and
    without the database each keeps its own.
    """

    ordeal: Ordeal
    luck: random.Random
    server: Server
    blogs: Sequence[WatchedBlog]
    crew: Crew
    patience: float
    tally: ClusterTally = field(default_factory=ClusterTally)
    troubled: list[tuple[float, float]] = field(default_factory=list)

    def run(self) -> None:
        """Write all posts in waves, with something going wrong between them, so that a site that
        is to fail has something to do.
        """
        steps = max(10, self.ordeal.actions // 25)
        todo = self._shuffled(steps)
        for step in range(steps):
            if self._met():
                return
            for trouble in todo[step]:
                getattr(self, f"_{trouble}")()
            first, last = (self.ordeal.actions * (step + more) // steps for more in (0, 1))
            for number in range(first, last):
                self.blogs[number % len(self.blogs)].write(number)
                self.tally.count["actions"] += 1
            self._breathe()
        end = time.monotonic() + self.patience
        while not (self._through() or self._met()) and time.monotonic() < end:
            time.sleep(0.2)

    def _through(self) -> bool:
        if not all(blog.complete for blog in self.blogs) or jobs(self.crew.url):
            return False
        if failures(self.crew.url):  # the next sweep forgets those that are over
            return False
        # one that was started just now could not end well yet
        return workers(self.crew.url) >= len(self.crew.members)

    def _met(self) -> bool:
        """Whether a second writer was seen that was waited for."""
        return any(blog.watch.meeting and blog.watch.overlaps for blog in self.blogs)

    def _shuffled(self, steps: int) -> list[list[str]]:
        todo: list[list[str]] = [[] for _ in range(steps)]
        for trouble in ("kills", "restarts", "faults", "pauses"):
            for _ in range(getattr(self.ordeal, trouble)):
                self.luck.choice(todo).append(trouble)
        return todo

    def _breathe(self) -> None:
        """Let the workers come near; they are not to be through with it."""
        end = time.monotonic() + 30
        most = 2 * len(self.blogs)
        while sum(len(blog.missing()) for blog in self.blogs) > most and time.monotonic() < end:
            if self._met():
                return
            time.sleep(0.1)
        time.sleep(self.luck.uniform(0.05, 0.5))

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        began = time.time()
        try:
            yield
        finally:
            self.troubled.append((began - 1, time.time() + 1))

    def _kills(self) -> None:
        with self._trouble():
            self.crew.kill(self.luck.randrange(len(self.crew.members)))
        self.tally.count["kills"] += 1

    def _restarts(self) -> None:
        with self._trouble():
            self.server.stop()
            self.server.launch()
        self.tally.count["restarts"] += 1

    def _faults(self) -> None:
        kind, method = self.luck.choice(FAULTS)
        self.luck.choice(self.blogs).sandbox.fail(kind, method=method, path="v3/")
        self.tally.count["faults"] += 1

    def _pauses(self) -> None:
        blog = self.luck.choice(self.blogs)
        blog.sandbox.fail("429", path="v3/", retry_after=PAUSE)

    def count(self) -> None:
        """Count what must never have happened."""
        never, count = self.tally.never, self.tally.count
        for blog in self.blogs:
            never("duplicates", (f"{title} ({blog.name})" for title in blog.duplicates))
            never("lost", blog.missing())
            never("two writers", (f"{blog.name}: {each}" for each in blog.watch.overlaps))
            count["creates"] += len(blog.watch.creates)
            count["requests to slow down"] += len(blog.watch.paused)
        never("stuck jobs", jobs(self.crew.url))
        never("failures left", failures(self.crew.url))
        self._count_turns()
        self._count_pauses()

    def _count_turns(self) -> None:
        with database(self.crew.url) as db:
            rows = db.execute(
                "SELECT name, extract(epoch FROM new - old) FROM blogkit_queue.audit"
            ).fetchall()
        self.tally.never(
            "turns too close",
            (f"{name}: {gap} s" for name, gap in rows if gap is not None and gap < INTERVAL - 1e-6),
        )
        turns = Counter(name for name, _ in rows)
        for blog in self.blogs:
            creates = blog.watch.creates
            had = turns[f"site {blog.sandbox.api_base.removeprefix('http://')}"]
            self.tally.never(
                "creates without a turn",
                [f"one of {blog.name}: {creates}, {had} turns"] * (len(creates) - had),
            )

    def _count_pauses(self) -> None:
        query = (
            "SELECT extract(epoch FROM began), extract(epoch FROM ends) FROM blogkit_queue.pauses"
        )
        with database(self.crew.url) as db:
            pauses = [(float(began), float(ends)) for began, ends in db.execute(query)]
        late = [
            f"{blog.name}: {at - began:.2f} s after it began, {ends - at:.2f} s before its end"
            for began, ends in pauses
            for blog in self.blogs
            for at in blog.watch.requests
            if began + _SETTLED < at < ends - 0.05 and not self._in_trouble(began, ends)
        ]
        self.tally.never("requests in a pause", late[self.ordeal.workers * CONCURRENCY :])
        self.tally.never(
            "pauses not shared",
            (
                f"{blog.name} asked at {at:.2f}; {pauses}"
                for blog in self.blogs
                for at in blog.watch.paused
                if not self._in_trouble(at, at + PAUSE)
                and not any(at <= began <= at + PAUSE for began, _ in pauses)
            ),
        )

    def _in_trouble(self, began: float, ended: float) -> bool:
        return any(start < ended and end > began for start, end in self.troubled)


def _wait_for(url: str, count: int) -> None:
    """Let all workers start, so that the first one does not do all the work."""
    end = time.monotonic() + 120
    while workers(url) < count and time.monotonic() < end:
        time.sleep(0.1)


def torment(
    ordeal: Ordeal,
    seed: int,
    folder: Path,
    *,
    sabotage: str = "",
    patience: float = 600,
    meeting: float = 0,
) -> ClusterTally:
    """Run one ordeal.

    Args:
        ordeal: How many of everything.
        seed: Decides who suffers what; not when.
        folder: For the blogs and what workers print.
        sabotage: A safeguard to switch off, to see that this notices.
        patience: Seconds after the last wave in which all posts are to be live.
        meeting: Seconds for which writes wait for a second writer. The run ends once there is one.
    """
    with ExitStack() as stack:
        server = stack.enter_context(serving())
        watched = watched_blogs(folder / "blogs", ordeal.blogs, latency=0.01, meeting=meeting)
        blogs = stack.enter_context(watched)
        url = server.url()
        queue = QueueDatabase(url)
        queue.prepare()
        with database(url) as db:
            db.execute("SET search_path = blogkit_queue")
            db.execute(_AUDIT)
        crew = Crew(folder / "blogs", url, folder, stack, sabotage)
        for _ in range(ordeal.workers):
            crew.start()
        _wait_for(url, ordeal.workers)
        arena = Arena(ordeal, random.Random(seed), server, blogs, crew, patience)
        arena.run()
        for worker in crew.members:
            worker.signal(signal.SIGTERM)  # to all, before the first is waited for
        ends = [worker.wait() for worker in crew.members]
        arena.tally.never("unclean ends", (code for code in ends if code))
        arena.count()
        return arena.tally
