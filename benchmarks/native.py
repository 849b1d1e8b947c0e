"""What native code could gain at most: python -m benchmarks.native [--posts 100] [--rounds 5].

Five functions are pure, and could be written in C or Rust. Their answers are recorded in a first
run and looked up in a second, as if they took no time. By Amdahl's law, what the second run saves
is the most that any replacement can gain. Each figure is the processor's time of a process of its
own, the best of some rounds in turn.
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
        "render.widgets.templates.one_line",
    ],
    "Markdown inside fields": ["posts.markdown.inline"],
    "tags against WordPress's filter": ["sanitizers.judge.judge"],
}
ALL, NONE = "all five", "none"


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
        key = (arguments, *named.items())
        if self.replays:
            return self._answers[key]
        answer = self._answers[key] = self._function(*arguments, **named)
        return answer


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


def milliseconds(project: Path, work: Callable[[Path], object], part: str, posts: int) -> float:
    """Return what a post takes in this process if these functions took no time."""
    forget(project)
    work(project)  # loads all modules
    with recorded(part) as recorders:
        _start_again(project)
        work(project)
        _start_again(project)
        for recorder in recorders:
            recorder.replays = True
        started = time.process_time()
        work(project)
        return (time.process_time() - started) * 1000 / posts


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
        print(milliseconds(Path(project), WORKS[work][1], part, options.posts))
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        corpus.write(root / "folder", options.posts, 1)
        corpus.write(root / "strict", options.posts, 1, site=corpus.STRICT)
        print(table(root, options.posts, options.rounds))


def table(root: Path, posts: int, rounds: int) -> str:
    """Return the shares of each part as a table in Markdown."""
    parts = [NONE, *PARTS, ALL]
    found: dict[tuple[str, str], float] = {}
    for _ in range(rounds):
        for work in WORKS:
            for part in parts:
                took = _in_a_process(root, work, part, posts)
                found[work, part] = min(took, found.get((work, part), took))
    lines = [f"| function | {' | '.join(f'`{work}`' for work in WORKS)} |", "|---" * 4 + "|"]
    for part in parts[1:]:
        shares = [1 - found[work, part] / found[work, NONE] for work in WORKS]
        lines.append(f"| {part} | {' | '.join(f'{share:.0%}' for share in shares)} |")
    gains = [found[work, NONE] / found[work, ALL] for work in WORKS]
    lines.append(f"| the run at best | {' | '.join(f'{gain:.2f} ×' for gain in gains)} |")
    return "\n".join(lines)


def _in_a_process(root: Path, work: str, part: str, posts: int) -> float:
    project = root / WORKS[work][0]
    environ = os.environ | {
        "BLOGKIT_PROCESSES": "1",
        "XDG_CACHE_HOME": str(root / "cache"),
        "XDG_CONFIG_HOME": str(root / "config"),
    }
    command = [sys.executable, "-m", "benchmarks.native", "--posts", str(posts)]
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
