"""What native code could gain at most: python -m benchmarks.native [--posts 100] [--rounds 5].

Five functions are pure, and could be written in C or Rust. Their answers are recorded in a first
run and looked up in a second, as if they took no time. By Amdahl's law, what the second run saves
is the most that any replacement can gain. It is the processor's time of runs in turn, the shortest of
each kind.
"""

from __future__ import annotations

import argparse
import functools
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import corpus, prepare
from benchmarks.measure import ROOT
from benchmarks.projects import forget
from blogkit.__main__ import tune
from blogkit.project.project import open_project

PARTS = {
    "Markdown events to HTML": ["posts.markdown.parse_markdown"],
    "YAML with the lines of its values": ["posts.yaml12.load.load_yaml"],
    "escapes, and HTML on one line": [
        "render.encode.escape_stable",
        "render.encode.escape_stable_text",
        "render.widgets.templates.line_parts",
    ],
    "Markdown inside fields": ["posts.markdown.inline"],
    "tags against WordPress's filter": ["sanitizers.judge.judge"],
}
ALL = "all five"


def check(root: Path) -> object:
    """Check a project."""
    return open_project(root).check()


WORKS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "prepare, folder": ("folder", prepare.main),
    "prepare, strict": ("strict", prepare.main),
    "check": ("folder", check),
}


class Recorded:
    """A function whose answers are recorded, and looked up from then on."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function, self._answers, self.replays = function, dict[Any, Any](), False

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        # Lists can change: the key leaves them out, and answers are copies.
        key = (*(one for one in arguments if not isinstance(one, list)), *named.items())
        if not self.replays:
            self._answers[key] = self._function(*arguments, **named)
        answer = self._answers[key]
        return answer.copy() if isinstance(answer, list) else answer


@contextmanager
def recorded(part: str) -> Iterator[list[Recorded]]:
    """Put recorders in the places of a part's functions, in all modules that have them."""
    names = [name for key, names in PARTS.items() if part in (key, ALL) for name in names]
    functions = [
        getattr(import_module(f"blogkit.{module}"), name)
        for module, _, name in (each.rpartition(".") for each in names)
    ]
    recorders = {id(function): Recorded(function) for function in functions}
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("blogkit"):
            for name, value in list(vars(module).items()):
                if id(value) in recorders:
                    setattr(module, name, recorders[id(value)])
    yield list(recorders.values())


def share_left(project: Path, work: Callable[[Path], object], part: str, rounds: int) -> float:
    """Return what is left of the time of a run if these functions took none.

    Runs with and without them take turns in this process, and the shortest of each count.
    """
    _seconds(project, work)  # loads all modules
    took: dict[bool, list[float]] = {False: [], True: []}
    with recorded(part) as recorders:
        for number in range(2 * rounds):
            replays = number % 2 == 1
            for recorder in recorders:
                recorder.replays = replays
            took[replays].append(_seconds(project, work))
    return min(took[True]) / min(took[False])


def _seconds(project: Path, work: Callable[[Path], object]) -> float:
    _start_again(project)
    started = time.process_time()
    work(project)
    return time.process_time() - started


def _start_again(project: Path) -> None:
    """Forget what a run remembers, in the folder and in this process."""
    forget(project)
    for value in gc.get_objects():
        if isinstance(value, functools._lru_cache_wrapper):
            module = getattr(value, "__module__", None) or ""
            if module.startswith("blogkit"):
                value.cache_clear()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        project, work, part = options.one
        tune()
        print(share_left(Path(project), WORKS[work][1], part, options.rounds))
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        corpus.write(root / "folder", options.posts, 1)
        corpus.write(root / "strict", options.posts, 1, site=corpus.STRICT)
        print(table(root, options.rounds))


def table(root: Path, rounds: int) -> str:
    """Return the share of each part in each work, as a table in Markdown."""
    lines = [f"| function | {' | '.join(f'`{work}`' for work in WORKS)} |", "|---" * 4 + "|"]
    for part in (*PARTS, ALL):
        left = [_in_a_process(root, work, part, rounds) for work in WORKS]
        lines.append(f"| {part} | {' | '.join(f'{1 - share:.0%}' for share in left)} |")
    lines.append(f"| the run at best | {' | '.join(f'{1 / share:.2f} ×' for share in left)} |")
    return "\n".join(lines)


def _in_a_process(root: Path, work: str, part: str, rounds: int) -> float:
    project = root / WORKS[work][0]
    environ = os.environ | {
        "BLOGKIT_PROCESSES": "1",
        "XDG_CACHE_HOME": str(root / "cache"),
        "XDG_CONFIG_HOME": str(root / "config"),
    }
    command = [sys.executable, "-m", "benchmarks.native", "--rounds", str(rounds)]
    answer = subprocess.run(
        [*command, "--one", str(project), work, part],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(answer.stdout)


if __name__ == "__main__":
    main()
