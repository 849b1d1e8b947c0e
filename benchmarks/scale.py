"""How many workers and how large a database for a load: python -m benchmarks.scale.

A simulation under a virtual clock: blogs have due work at the times at which people publish, mostly
in the same few hours; each worker process does some jobs at a time; sites answer after a while. The
costs are those that `python -m benchmarks.cluster.costs` measures; others can be given.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
import sys
from dataclasses import dataclass

DAY = 86_400
HOUR = 3_600


@dataclass(frozen=True)
class Costs:
    """What one job costs.

    Attributes:
        requests: Requests to the site.
        latency: Seconds that the site takes for each.
        cpu: Seconds of a core of the worker.
        database_cpu: Seconds of a core of the database server.
        sweep_cpu: Seconds of a core to look for due work in one blog.
        kept: Bytes in the database for each job, for ever: the post before and after, packed.
    """

    requests: int = 10
    latency: float = 0.4
    cpu: float = 0.16
    database_cpu: float = 0.016
    sweep_cpu: float = 0.025
    kept: int = 18_000


@dataclass(frozen=True)
class Load:
    """How much is to be done.

    Attributes:
        blogs: The number of blogs.
        per_day: Jobs a day for each: handed over, proven, edited.
        share: The share of a day's jobs that fall into the busiest hour.
        on_time: The share of those that are due at its first minute: people choose 07:00.
    """

    blogs: int
    per_day: float = 3.0
    share: float = 0.25
    on_time: float = 0.5


@dataclass(frozen=True)
class Outcome:
    """The busiest hour.

    Attributes:
        workers: Processes.
        late: Seconds by which the 99th of 100 jobs began late.
        worst: Seconds by which the last began late.
        busy: The share of its cores that the workers use in that hour.
    """

    workers: int
    late: float
    worst: float
    busy: float


def busiest_hour(load: Load, luck: random.Random) -> list[float]:
    """Return when jobs are due in the busiest hour, in seconds."""
    count = round(load.blogs * load.per_day * load.share)
    first = round(count * load.on_time)
    return sorted(
        [luck.uniform(0, 60) for _ in range(first)]
        + [luck.uniform(0, HOUR) for _ in range(count - first)]
    )


def simulate(
    due: list[float], workers: int, *, at_a_time: int, sweep: float, costs: Costs
) -> Outcome:
    """Return how the busiest hour goes with some workers.

    A worker process has one core: its jobs wait for their sites at the same time, but compute in
    turn. A job begins at the first sweep after it is due that finds a free place.
    """
    places = [0.0] * (workers * at_a_time)  # when each is free
    cores = [0.0] * workers
    heapq.heapify(places)
    late = []
    for number, time in enumerate(due):
        found = math.ceil(time / sweep) * sweep
        start = max(found, heapq.heappop(places))
        core = number % workers
        cores[core] = max(cores[core], start) + costs.cpu
        computed = cores[core]
        heapq.heappush(places, computed + costs.requests * costs.latency)
        late.append(start - time)
    late.sort()
    busy = len(due) * costs.cpu / (workers * HOUR)
    return Outcome(
        workers, late[int(len(late) * 0.99) - 1] if late else 0.0, late[-1] if late else 0.0, busy
    )


def workers_for(
    load: Load, costs: Costs, *, late: float = 60.0, at_a_time: int = 4, sweep: float = 15.0
) -> Outcome:
    """Return the smallest number of workers with which 99 of 100 jobs begin within `late` seconds."""
    due = busiest_hour(load, random.Random(1))
    low, high = 0, 1
    while simulate(due, high, at_a_time=at_a_time, sweep=sweep, costs=costs).late > late:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        enough = simulate(due, middle, at_a_time=at_a_time, sweep=sweep, costs=costs).late <= late
        low, high = (low, middle) if enough else (middle, high)
    return simulate(due, high, at_a_time=at_a_time, sweep=sweep, costs=costs)


def report(load: Load, costs: Costs) -> str:
    """Return the figures for a load, as a line of a table."""
    outcome = workers_for(load, costs)
    jobs = load.blogs * load.per_day
    peak = jobs * load.share * (load.on_time / 60 if load.on_time else 1 / HOUR)
    sweep_cores = load.blogs * costs.sweep_cpu / 15
    database = (
        min(peak, outcome.workers * 4 / (costs.requests * costs.latency)) * costs.database_cpu
    )
    gigabytes = jobs * 365 * costs.kept / 1e9
    cells = (
        f"{load.blogs:,}",
        f"{jobs:,.0f}",
        f"{outcome.workers}",
        f"{outcome.late:.0f} s",
        f"{sweep_cores:.1f}",
        f"{database:.1f}",
        f"{gigabytes:,.1f} GB",
    )
    return "| " + " | ".join(cells) + " |"


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blogs", type=int, nargs="*", default=[10, 1_000, 100_000])
    parser.add_argument("--per-day", type=float, default=3.0)
    parser.add_argument("--latency", type=float, default=Costs.latency)
    parser.add_argument("--cpu", type=float, default=Costs.cpu)
    options = parser.parse_args(arguments)
    costs = Costs(latency=options.latency, cpu=options.cpu)
    print(
        "| blogs | jobs a day | workers | 99 % begin within | cores for sweeps | database cores | grows in a year |"
    )
    print("|---|---|---|---|---|---|---|")
    for blogs in options.blogs:
        print(report(Load(blogs, options.per_day), costs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
