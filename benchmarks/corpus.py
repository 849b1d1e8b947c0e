"""Posts like those that exam-prep and news blogs publish: about 8 KB, headings, lists, a table, a
quote, five widgets.

The text is generated from a seed, so that every machine measures the same bytes.
"""

from __future__ import annotations

import random
from pathlib import Path

_ENGLISH = (
    "the of and to in is that for was on as with by at from it an be this which are court minister"
    " policy water border treaty budget growth monsoon rural energy satellite mission federal"
    " council assembly judgement rights reform tribal coastal digital currency inflation export"
    " startup health vaccine forest tiger corridor river basin heritage census literacy there where"
    " area measure research survey"
)
WORDS = _ENGLISH.split()
FACTS = (
    "The bill was passed on Friday, {day} March {year}, after a week of debate.",
    "According to a {year} survey, {day} per cent of the area is forest.",
    "Certainly, here the council was sure of its measure.",
    "The new scheme will replace the one of {year} within a month.",
    "Research suggests that ₹{day},500 crore were spent in {year}.",
    "Chess was a pastime of the court until {year}.",
    "Students find the answer in the report of {day} June {year}.",
)
"""Sentences with the words for which `blogkit.lint` looks closer, as English posts have them."""
TOPICS = (
    "Polity",
    "Economy",
    "Geography",
    "Science",
    "Environment",
    "History",
    "Ethics",
    "International Relations",
)

CONFIG = """\
[blog]
title = "Benchmark"
timezone = "Asia/Kolkata"

[sites.main]
"""
FOLDER = 'platform = "folder"\nfolder = "site"\n'
STRICT = 'platform = "wordpress"\nurl = "https://blog.example"\nusername = "author"\n'


def write(root: Path, count: int, seed: int = 1, *, site: str = FOLDER) -> None:
    """Write a project with `count` posts under `root`."""
    (root / "posts").mkdir(parents=True)
    (root / "blogkit.toml").write_text(CONFIG + site, encoding="utf-8")
    for number in range(count):
        (root / "posts" / f"post-{number:05}.md").write_text(post(number, seed), encoding="utf-8")


def post(number: int, seed: int = 1) -> str:
    """One post file."""
    r = random.Random(seed * 1_000_003 + number)
    title = f"{_words(r, 6).capitalize()} {number}"
    parts = [
        (
            f'---\ntitle: "{title}"\nlabels: [{r.choice(TOPICS)}, GS-{r.randint(1, 4)}]\npublish: now\n'
            f"quiz: https://example.com/quiz/{number}?a=1&b=2\n---\n"
        ),
        _prose(r, 3),
        _meta_box(r),
        f"## {_words(r, 4).capitalize()}\n",
        _prose(r, 3),
        _timeline(r),
        f"## {_words(r, 5).capitalize()}\n",
        _list(r),
        _table(r),
        _prose(r, 2),
        f"> {_sentence(r)}\n",
        f"### {_words(r, 3).capitalize()}\n",
        _prose(r, 3),
        _table(r),
        "## Conclusion\n",
        _prose(r, 2),
        f"```{{quiz-button}} Test yourself\nlabel: Start the mock test\nquestions: {r.randint(5, 50)}\n```\n",
    ]
    return "\n".join(parts)


def _words(r: random.Random, count: int) -> str:
    return " ".join(r.choice(WORDS) for _ in range(count))


def _sentence(r: random.Random) -> str:
    if r.random() < 0.15:
        return r.choice(FACTS).format(day=r.randint(10, 28), year=r.randint(1947, 2026))
    words = [r.choice(WORDS) for _ in range(r.randint(10, 20))]
    words[3] = f"**{words[3]}**"
    if r.random() < 0.3:
        words[6] = f"[{words[6]}](https://example.com/{words[7]})"
    return " ".join(words).capitalize() + "."


def _prose(r: random.Random, paragraphs: int) -> str:
    return (
        "\n\n".join(
            " ".join(_sentence(r) for _ in range(r.randint(3, 5))) for _ in range(paragraphs)
        )
        + "\n"
    )


def _list(r: random.Random) -> str:
    return (
        "\n".join(
            f"{n}. {_sentence(r)}\n   - {_words(r, 8)}\n   - {_words(r, 8)}" for n in range(1, 5)
        )
        + "\n"
    )


def _meta_box(r: random.Random) -> str:
    rows = "\n".join(
        f'  - {{icon: 📌, label: {_words(r, 1).capitalize()}, value: "{_words(r, 4)}"}}'
        for _ in range(3)
    )
    return f"```{{meta-box}} Key details\nitems:\n{rows}\n```\n"


def _timeline(r: random.Random) -> str:
    rows = "\n".join(
        f'  - {{date: {2018 + n}-0{n + 1}, title: "{_words(r, 4)}", text: "{_sentence(r)}"}}'
        for n in range(5)
    )
    return f"```{{timeline}} How it happened\nevents:\n{rows}\n```\n"


def _table(r: random.Random) -> str:
    rows = "\n".join(
        f'  - ["{_words(r, 2)}", "{_words(r, 5)}", {r.randint(1, 99_999)}]' for _ in range(4)
    )
    return f"```{{table}} {_words(r, 4).capitalize()}\ncolumns: [Name, Meaning, {{label: Number, kind: number}}]\nrow_header: true\nrows:\n{rows}\n```\n"
