"""What a reader's phone must load for each widget, against the published weight of what people use
instead: python -m benchmarks.bytes.

Ours are the widgets' own examples in the strict form: HTML alone, no further request. The peers'
figures are what one of theirs needs: scripts and style sheets of the named release, raw and gzip
-9, without the fonts and images that some ask for on top.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from blogkit.posts.post import Post
from blogkit.render.looks.theme import Theme
from blogkit.render.renderer import render_post
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.sanitizers.profiles import STRICT

QUIZ = "https://example.com/quiz/miami"


@dataclass(frozen=True)
class Weight:
    """Bytes, raw and compressed, and how many requests they take. 0 compressed = not published."""

    raw: int
    gzip: int = 0
    requests: int = 0


PEERS = {
    "timeline": {
        "TimelineJS3 3.9.11": Weight(318_538, 75_984, 8),
        "vis-timeline 8.5.4": Weight(568_643, 159_644, 2),
        "Cool Timeline 2.9.8": Weight(210_970, 57_000, 6),
        "Spectra content timeline": Weight(45_509, 4_200, 2),
    },
    "table": {
        "TablePress 3.3.4 with sorting": Weight(208_268, 70_000, 4),
        "DataTables 3.1.5": Weight(153_634, 46_232, 2),
        "great_tables 1.1.0": Weight(10_765, 1_978, 0),
        "core table block": Weight(3_952, 1_000, 1),
    },
    "faq": {
        "Spectra FAQ": Weight(4_624, 0, 2),
        "Kadence accordion": Weight(12_809, 0, 1),
        "Bootstrap 5.3.9 accordion": Weight(313_029, 54_684, 2),
    },
    "toc": {"Spectra TOC": Weight(14_004, 0, 2), "Kadence TOC": Weight(6_996, 0, 1)},
    "callout": {"Spectra inline notice": Weight(2_356, 0, 1)},
    "cards": {
        "Spectra info box": Weight(11_768, 0, 1),
        "sphinx-design 0.8.0": Weight(62_271, 10_583, 2),
    },
    "meta-box": {"GOV.UK Frontend 6.6.0 summary list": Weight(183_127, 27_435, 2)},
    "steps": {"USWDS 3.14.0 process list": Weight(605_904, 82_559, 2)},
    "mcq": {
        "quizdown 0.4.1": Weight(297_141, 90_084, 1),
        "h5p-standalone 3.8.2": Weight(210_029, 61_929, 4),
    },
}
"""One page's load for one of each, measured from the packages named, without the content itself."""


def widgets() -> dict[str, Weight]:
    """Each widget's example, in a post with two headings for those that list them."""
    registry = Registry([builtin_folder()])
    return {name: weigh(strict(registry[name].example)) for name in registry.names()}


def strict(call: str, theme: Theme | None = None) -> str:
    """The first widget of a post that is this Markdown, as an author's WordPress gets it."""
    root = Path.cwd()
    post = Post(
        root / "example.md", "example", "post", "Example", f"{call}\n\n## One\n\n## Two\n", 1, "md"
    )
    registry = Registry([builtin_folder()])
    document = render_post(
        post, registry=registry, profile=STRICT, quiz_url=QUIZ, root=root, theme=theme
    )
    return next(part.html for part in document.fragments if part.widget)


def weigh(html: str) -> Weight:
    """The weight of finished HTML; compressed alone, with nothing around it."""
    data = html.encode()
    return Weight(len(data), len(gzip.compress(data, 9)))


def lines() -> Iterator[str]:
    """The printed table."""
    found = widgets()
    yield f"{'widget':34} {'raw':>9} {'gzip':>9} {'requests':>9}"
    for name, weight in found.items():
        yield _line(name, weight)
        for peer, heavy in PEERS.get(name, {}).items():
            yield f"{_line('    ' + peer, heavy)}   {heavy.raw / weight.raw:6.0f} times"
    yield _line("all of them", Weight(sum(weight.raw for weight in found.values()), 0))


def _line(name: str, weight: Weight) -> str:
    packed = f"{weight.gzip:,}" if weight.gzip else "–"
    return f"{name:34} {weight.raw:9,} {packed:>9} {weight.requests:9}"


def main() -> None:
    for line in lines():
        print(line)


if __name__ == "__main__":
    main()
