"""Print how long it takes to predict what WordPress keeps: python -m benchmarks.sanitizers.

The posts are those of the other benchmarks: each its own, with five widgets, rendered for an author
without permission for raw HTML. The processor's time is measured, in interleaved rounds.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import corpus
from blogkit.posts.loader import load_post
from blogkit.render.document import Document
from blogkit.render.renderer import render_post
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.normal_form import normal_form
from blogkit.sanitizers.profiles import STRICT

POSTS = 200
ROUNDS = 5
MEGABYTE = 1_000_000


def rendered() -> list[Document]:
    """Return generated posts as WordPress gets them."""
    registry = Registry([builtin_folder()])
    root = Path.cwd()
    documents = []
    for number in range(POSTS):
        post = load_post(
            root / f"posts/{number}.md",
            root=root,
            zone=ZoneInfo("UTC"),
            text=corpus.post(number).encode(),
        )
        documents.append(
            render_post(post, registry=registry, profile=STRICT, root=root, allow_open=True)
        )
    return documents


def processor_time(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that a call takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def judge_all(documents: list[Document]) -> None:
    """Judge each fragment of each post, as a run over a project does."""
    for document in documents:
        for fragment in document.fragments:
            judge(fragment.html, STRICT)


def main() -> None:
    """Print a line for each measurement."""
    documents = rendered()
    size = statistics.mean(len(document.html) for document in documents)
    body = "\n".join(document.html for document in documents)
    large = (body * (MEGABYTE // len(body) + 1))[:MEGABYTE]
    work: dict[str, Callable[[], object]] = {
        f"a rendered post of {size / 1000:.1f} KB": lambda: judge_all(documents),
        "250 KB in one piece": lambda: judge(large[: MEGABYTE // 4], STRICT),
        "1 MB in one piece": lambda: judge(large, STRICT),
        "1 MB in one piece, with losses": lambda: judge(f"{large}<script>", STRICT),
        f"normal form of a post of {size / 1000:.1f} KB": lambda: [
            normal_form(document.html) for document in documents
        ],
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, call in work.items():
            posts = 1 if "piece" in name else POSTS
            times[name].append(processor_time(call) / posts)
    for name, values in times.items():
        print(f"{name:35} {statistics.median(values) * 1000:8.2f} ms")


if __name__ == "__main__":
    main()
