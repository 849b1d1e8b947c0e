"""Surgery on a post of 200 KB, against a parser that writes the whole post anew: python -m
benchmarks.surgery [--rounds N].
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable
from difflib import SequenceMatcher

from bs4 import BeautifulSoup

from blogkit.edits import insert_widget, remove_widget, replace_text
from blogkit.regions import RegionMeta
from tests.edits import corpus
from tests.edits.probe import check_long

SIZE = 200_000
PIECE = '<div style="margin:24px 0"><p><a href="https://example.com/quiz?paper=1&amp;set=b">Start the mock test</a></p></div>'
WORDS = "Envoys met for two days of talks in a neutral city, and the paper that they signed is longer than anybody had expected it to be. "
SECTION = f"""<h2 class="title">Part {{n}}: talks &amp; terms</h2>
<p>{WORDS * 2}In <b>Miami</b> for two&nbsp;days; the <a href="https://example.com/?a=1&b={{n}}">paper</a> is out.<br>
{WORDS * 2}Nothing here is tidy: it is what people paste.
<p style='text-align: justify;'>“Quoted” and 'straight', a dash – and 10 < 20, an <img src=a.png alt="x > y"> too. {WORDS}</p>
<ul><li>one<li>two <i>three</i></ul>
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    body = post()
    anchor = f"after:h2:Part {body.count('<h2') // 2}: talks & terms"
    contestants: dict[str, Callable[[], str]] = {
        "blogkit: find a heading, splice": lambda: (
            insert_widget(body, PIECE, anchor, RegionMeta("quiz"), form="plain").body
        ),
        "blogkit: find a text, splice": lambda: (
            insert_widget(
                body,
                PIECE,
                "after:text:what people paste.",
                RegionMeta("quiz"),
                form="plain",
                nth=90,
            ).body
        ),
        "blogkit: find a region, take it out": lambda: remove_widget(inserted, "quiz").body,
        "blogkit: replace an address everywhere": lambda: (
            replace_text(body, "https://example.com/", "https://example.org/").body
        ),
        "BeautifulSoup: parse, insert, serialise": lambda: with_soup(body),
    }
    inserted = insert_widget(body, PIECE, anchor, RegionMeta("quiz"), form="plain").body
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; a post of {len(body) / 1000:.0f} KB with"
    )
    print(f"{body.count('<')} tags; medians of {rounds} rounds, in turn\n")
    for name, seconds in median_times(contestants, rounds).items():
        print(f"{name:42} {seconds * 1000:7.1f} ms")
    print()
    print(
        f"lines of the post that changed with blogkit        {changed(body, inserted)} of {body.count(chr(10))}"
    )
    print(
        f"lines of the post that changed with BeautifulSoup  {changed(body, with_soup(body))} of {body.count(chr(10))}"
    )
    insert_into_a_megabyte()


def insert_into_a_megabyte() -> None:
    print("\nseven insertions into a megabyte of each form, with every check of tests/edits")
    for form in corpus.FORMS:
        start = time.perf_counter()
        check_long(corpus.large(form, 1_000_000))
        print(f"{form:42} {time.perf_counter() - start:7.1f} s")


def median_times(contestants: dict[str, Callable[[], str]], rounds: int) -> dict[str, float]:
    """Seconds of each; they take turns, so that a busy machine slows all of them."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(rounds + 1):
        for name, run in contestants.items():
            start = time.perf_counter()
            run()
            if turn:  # the first round warms up
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def post() -> str:
    """A post as people paste it."""
    sections = (SECTION.format(n=number) for number in range(1, SIZE // len(SECTION) + 1))
    return "".join(sections)


def with_soup(body: str) -> str:
    """The same insertion by parsing everything and writing everything."""
    soup = BeautifulSoup(body, "html.parser")
    headings = soup.find_all("h2")
    headings[len(headings) // 2 - 1].insert_after(BeautifulSoup(PIECE, "html.parser"))
    return str(soup)


def changed(before: str, after: str) -> int:
    """Lines of the old text that the new one does not hold as they were; one may have got a
    widget at its end.
    """
    old, new = before.split("\n"), after.split("\n")
    kept = sum(
        block.size
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    )
    return len(old) - kept


if __name__ == "__main__":
    main()
