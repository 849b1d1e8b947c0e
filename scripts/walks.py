"""Count the three walks of docs/architecture.md as a program makes them: `python -m scripts.walks`.

A hop is a call from a function of one file of blogkit to a function of another, counted once for
each pair of functions, however often it is made. A call that comes through another package counts
as made by the blogkit function that led there. Imports are not counted.

The route is what a reader follows who wants to know how the walk gets to its end: the files of the
functions that are under way there, outermost first.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import blogkit
from blogkit.edits.edit import insert_widget
from blogkit.project.files import scaffold
from blogkit.regions import RegionMeta
from blogkit.sandbox.server import Sandbox

HOME = f"{Path(blogkit.__file__).parent}/"
POST = "---\ntitle: The {0} post\npublish: now\n---\nThe {0} text.\n\n## Conclusion\n\nThe end.\n"


class Function(NamedTuple):
    """A function of blogkit, by its file and its name."""

    file: str
    name: str


class Walk:
    """The calls between files, until a function is reached."""

    def __init__(self, is_end: Callable[[Function, FrameType], bool]) -> None:
        self.hops: Counter[tuple[Function, Function]] = Counter()
        self.route: list[str] = []
        self._is_end = is_end

    def see(self, frame: FrameType, event: str, _argument: Any) -> None:
        callee = function_of(frame)
        if event != "call" or self.route or callee is None:
            return
        around = list(callers(frame))
        if around and around[0].file != callee.file:
            self.hops[around[0], callee] += 1
        if self._is_end(callee, frame):
            files = [callee.file, *(caller.file for caller in around)]
            self.route = list(dict.fromkeys(reversed(files)))

    def __str__(self) -> str:
        files = Counter(callee.file for _, callee in self.hops)
        most = ", ".join(f"{file} {count}" for file, count in files.most_common(4))
        route = " → ".join(self.route)
        return f"{len(self.hops)} hops, {len(files)} files (most: {most})\n  route of {len(self.route)}: {route}"


def function_of(frame: FrameType) -> Function | None:
    path, name = frame.f_code.co_filename, frame.f_code.co_name
    if not path.startswith(HOME) or name == "<module>":
        return None
    return Function(path.removeprefix(HOME), name)


def callers(frame: FrameType) -> Iterator[Function]:
    around = frame.f_back
    while around:
        if found := function_of(around):
            yield found
        around = around.f_back


@contextmanager
def walking(is_end: Callable[[Function, FrameType], bool]) -> Iterator[Walk]:
    """Trace this thread. The sandbox answers in others."""
    walk = Walk(is_end)
    sys.setprofile(walk.see)
    try:
        yield walk
    finally:
        sys.setprofile(None)


def at(file: str, name: str) -> Callable[[Function, FrameType], bool]:
    return lambda callee, _frame: callee == (file, name)


def at_a_write(callee: Function, frame: FrameType) -> bool:
    is_sending = callee == ("http/client.py", "_exchange")
    return is_sending and bool(frame.f_locals["request"].write)


def walks(root: Path, url: str) -> Iterator[tuple[str, Walk]]:
    """Make each walk once before it is counted, so that everything is imported and signed in."""
    scaffold.sample(root, url, datetime.now(UTC))
    project = blogkit.open(root, environ={}, sleep=lambda _seconds: None)
    paths = [root / "posts" / f"{name}.md" for name in ("first", "second")]
    for path in paths:
        path.write_text(POST.format(path.stem), encoding="utf-8")
    project.plan(paths[0]).apply()
    with walking(at("sync/plan/decision.py", "plan")) as walk:
        plan = project.plan(paths[1])
    yield "publish, from Project.plan to the decision", walk
    with walking(at_a_write) as walk:
        (outcome,) = plan.apply()
    yield "publish, from Plan.apply to the request", walk
    blogkit.widget("callout", body="Hello").html()
    with walking(at("render/encode.py", "escape_stable")) as walk:
        blogkit.widget("callout", body="Hello").html()
    yield "render, from a widget's data to its HTML", walk
    live = project.site("main").post(outcome.url)
    fields: dict[str, Any] = {"label": "Start", "url": "https://example.com/quiz"}
    live.insert("quiz-button", at="end", **fields)
    with walking(at("edits/edit.py", "_spliced")) as walk:
        live.insert("quiz-button", at="before:h2:Conclusion", **fields)
    yield "insert, from LivePost.insert to the splice", walk
    body = live.fetch().body
    with walking(at("edits/edit.py", "_spliced")) as walk:
        insert_widget(body, "<p>x</p>", "before:h2:Conclusion", RegionMeta("x"), form="blogger")
    yield "insert, from insert_widget to the splice", walk


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Sandbox() as server:
        for name, walk in walks(Path(folder) / "blog", server.url):
            print(f"{name}: {walk}")


if __name__ == "__main__":
    main()
