"""Measure blogkit against its goals and its peers, and print the table of benchmarks/README.md.

    python -m benchmarks                                 the whole table, with the peers that are installed
    python -m benchmarks --peers                         install the peers first, into .cache/peers
    python -m benchmarks --only prepare --posts 200      one row, in seconds
    python -m benchmarks --only prepare hugo --rounds 3  a row and a peer
    python -m benchmarks --list                          the names of all rows

Whole processes are measured in interleaved rounds, after one round that warms up and looks at the
memory; medians are printed. On a busy machine, compare the CPU and the ratios.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.budget import exceeded
from benchmarks.measure import Cost, median, run
from benchmarks.peers import known
from benchmarks.peers.install import install
from benchmarks.projects import Workshop
from benchmarks.rows import Row, projects, rows
from benchmarks.table import per_post, table
from benchmarks.yardstick import slowness

FEWEST = 500
"""With fewer posts, the start of Python weighs too much for a budget."""


def main() -> int:
    options = _options()
    if options.peers:
        install()
    peers = known.peers()
    generators = {n: peer.row(options.posts) for n, peer in peers.items() if peer.command}
    all_rows = generators | rows(options.posts)
    if options.list:
        print("\n".join(f"{name:20} {row.title}" for name, row in all_rows.items()))
        return 0
    for name in options.only:
        if name not in all_rows:
            sys.exit(f'no row "{name}"; run: python -m benchmarks --list')
    chosen = {name: row for name, row in all_rows.items() if name in (options.only or all_rows)}
    with tempfile.TemporaryDirectory() as root:
        sites = known.sites(peers, options.posts)
        workshop = Workshop(Path(root), {**projects(options.posts), **sites})
        before = slowness()
        costs = measure(chosen, workshop, options.rounds)
        slow = (before + slowness()) / 2
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()};"
        f" medians of {options.rounds} interleaved rounds\n"
    )
    print("\n".join(table(chosen, costs)))
    for peer in peers.values():
        if not peer.command:
            print(f"{peer.title} was not measured; to install it, add --peers")
    names = [name for name, row in chosen.items() if row.budget and row.count >= FEWEST]
    return exceeded(
        {name: per_post(chosen[name], costs[name]) / slow for name in names},
        {name: chosen[name].budget for name in names},
    )


def measure(chosen: Mapping[str, Row], workshop: Workshop, rounds: int) -> dict[str, Cost]:
    """Return what each row costs: they take turns, so that a busy machine slows all alike."""
    warm: dict[str, Cost] = {}
    timed: dict[str, list[Cost]] = {name: [] for name in chosen}
    for number in range(rounds + 1):
        for name, row in chosen.items():
            if number and row.once:
                continue
            folder = workshop.folder(row.project)
            row.before(folder)
            cost, _ = run(row.command, folder, workshop.environ, watch=not number)
            if number:
                timed[name].append(cost)
            else:
                warm[name] = cost
            if sys.stderr.isatty():
                print(f"\r{number}/{rounds} {name:24}", end="\r", file=sys.stderr, flush=True)
    return {name: with_memory(warm[name], costs) for name, costs in timed.items()}


def with_memory(warm: Cost, costs: list[Cost]) -> Cost:
    """Return the median of the rounds, with the memory that only the first looked at."""
    typical = median(costs or [warm])
    return Cost(typical.wall, typical.cpu, max(warm.largest, typical.largest), warm.total)


def _options() -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[], metavar="ROW")
    parser.add_argument("--peers", action="store_true", help="install the peers")
    parser.add_argument("--list", action="store_true", help="list the rows")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
