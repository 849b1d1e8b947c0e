"""Fragments by the thousand: made by a grammar, mutated from our samples, cut out of pasted pages.

Everything comes from a seed, so that a failure can be repeated.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path

from blogkit.html import Tree, tokenize
from blogkit.render.encode import escape_stable
from blogkit.sanitizers.profiles import PROFILES
from blogkit.widget_tools.neutral import violations
from tests.edits import corpus
from tests.sanitizers.grammar import TYPED, Writer
from tests.sanitizers.snippets import SNIPPETS
from tests.widgets.sample_posts import SAMPLES, drawn

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "tests/importers/pages"
_LONGEST = 6000


@cache
def pages() -> tuple[str, ...]:
    """Return the pages that people pasted, and the bodies of posts as they are found in the wild."""
    found = [path.read_bytes().decode("utf-8", "replace") for path in sorted(PAGES.glob("*.html"))]
    return (*found, *(sample.body for sample in corpus.samples()))


@cache
def clean_samples() -> tuple[str, ...]:
    """Return what we write ourselves: every widget, and the sample posts."""
    widgets = sorted(ROOT.glob("widgets/*/expected/strict.html"))
    posts = [drawn(post, PROFILES["wordpress-author"]) for post in SAMPLES.values()]
    return (
        *(path.read_text(encoding="utf-8").strip() for path in widgets),
        *(fragment.html for post in posts for fragment in post.fragments),
    )


@cache
def samples() -> tuple[str, ...]:
    """Return our own output for every profile, and the pieces of what people pasted."""
    other = sorted(ROOT.glob("widgets/*/expected/full.html"))
    texts = (path.read_text(encoding="utf-8").strip() for path in other)
    return (*clean_samples(), *texts, *SNIPPETS)


def cuts(count: int, seed: int) -> Iterator[str]:
    """Yield elements, and runs of them, cut out of pasted pages."""
    chance = random.Random(seed)
    trees = [Tree(page, scripting=False) for page in pages()]
    for _ in range(count):
        tree = chance.choice(trees)
        whole = [tree.root, *(element for element in tree.elements if element.children)]
        items = chance.choice(whole).items
        if not items:
            yield ""
            continue
        first = chance.randrange(len(items))
        last = min(len(items), first + chance.choice((1, 1, 2, 3, 5))) - 1
        yield tree.html[items[first].start : items[last].end][:_LONGEST]


def mutants(count: int, seed: int) -> Iterator[str]:
    """Yield our samples with a few pieces removed, repeated, moved or replaced."""
    chance = random.Random(seed)
    writer = Writer(seed)
    divided = [[text[t.start : t.end] for t in tokenize(text)] for text in samples()]
    for _ in range(count):
        pieces = list(chance.choice(divided))
        first = chance.randrange(len(pieces))
        pieces = pieces[first : first + chance.choice((1, 3, 8, 20))]
        for _ in range(chance.choice((0, 1, 1, 2))):
            _mutate(pieces, chance.choice(divided), chance, writer)
        yield "".join(pieces)


def _mutate(pieces: list[str], other: Sequence[str], chance: random.Random, writer: Writer) -> None:
    at = chance.randrange(len(pieces) + 1)
    kind = chance.choice("drtwcs")
    if kind == "d":
        del pieces[at : at + 1]
    elif kind == "r":
        pieces.insert(at, chance.choice(other))
    elif kind == "t":
        pieces.insert(at, writer.text())
    elif kind == "w":
        pieces.insert(at, writer.html(wild=chance.random() < 0.2))
    elif pieces and at < len(pieces) and len(pieces[at]) > 1:
        text, place = pieces[at], chance.randrange(len(pieces[at]))
        new = "" if kind == "c" else chance.choice("<>\"'&;:/=- \n\\()[]{}éa1")
        pieces[at] = text[:place] + new + text[place + 1 :]


def grammar(count: int, seed: int) -> Iterator[str]:
    """Yield fragments from the grammar, most of them well-formed."""
    writer = Writer(seed)
    for number in range(count):
        kind = number % 10
        if kind < 5:
            yield writer.html(wild=False)
        elif kind < 6:
            yield writer.html(wild=True)
        elif kind < 7:
            yield writer.body()
        elif kind < 8:
            yield writer.widget()
        else:
            yield f"<p style='{writer.style()}'>{writer.text()}</p>".replace("&#39;", "")


def every(each: int, seed: int) -> dict[str, list[str]]:
    """Return fragments of every kind by the name of the kind."""
    return {
        "grammar": list(grammar(each, seed)),
        "mutated samples": list(mutants(each, seed)),
        "pasted pages": list(cuts(each, seed)),
    }


_INSIDE = {
    "table": ("caption", "thead", "tbody", "tfoot"),
    "thead": ("tr",),
    "tbody": ("tr",),
    "tfoot": ("tr",),
    "tr": ("td", "th"),
    "ul": ("li",),
    "ol": ("li",),
    "dl": ("dt", "dd", "div"),
    "figure": ("p", "table", "blockquote", "figcaption"),
}
_words = str.split
_ANY = tuple(
    _words(
        "article aside blockquote details div dl figure footer header hr nav ol section table ul p"
        " h1 h2 h3 h4 h5 h6 summary pre p p p"
    )
)
_TEXTUAL = frozenset(_words("p h1 h2 h3 h4 h5 h6 dt caption figcaption summary pre"))
_INLINE = tuple(_words("a abbr b cite code em i kbd mark q s small span strong sub sup time u"))
_EITHER = frozenset(_words("li dd td th"))


class Builder:
    """Writes HTML as a widget does after `escape_stable`: blocks apart, text in text elements."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._writer = Writer(seed)

    def blocks(self, names: Sequence[str] = _ANY, depth: int = 0) -> str:
        """Return one to three blocks."""
        many = self._random.choice((1, 1, 2, 3))
        return " ".join(self._block(self._random.choice(names), depth) for _ in range(many))

    def _block(self, name: str, depth: int) -> str:
        if name == "hr":
            return f"<hr{self._attributes()}>"
        holds_text = name in _TEXTUAL or (name in _EITHER and self._random.random() < 0.6)
        inside = "" if depth > 4 else self.blocks(_INSIDE.get(name, _ANY), depth + 1)
        if holds_text or depth > 4:
            text = self._inline(0) if name in _TEXTUAL | _EITHER else ""
            lists = self.blocks(("ul", "ol"), depth + 1) if name == "li" and depth < 4 else ""
            inside = f"{text} {lists}" if lists and self._random.random() < 0.2 else text
        return f"<{name}{self._attributes()}>{inside}</{name}>"

    def _inline(self, depth: int) -> str:
        parts = []
        for _ in range(self._random.choice((1, 1, 2, 3))):
            kind = self._random.choice("ttttteeib")
            text = escape(self._writer.some((*TYPED, " ", " "), 1, 6), quote=False)
            if kind == "t" or depth > 2:
                parts.append(text)
            elif kind == "e":
                name = self._random.choice(_INLINE)
                parts.append(f"<{name}{self._attributes()}>{self._inline(depth + 1)}</{name}>")
            else:
                parts.append("x<br>y" if kind == "b" else f'<img src="a.png"{self._attributes()}>')
        return self._random.choice(("", " ")).join(parts)

    def _attributes(self) -> str:
        names = ("title", "class", "href", "data-x", "alt", "style", "id", "aria-label")
        found = ""
        for name in dict.fromkeys(self._random.choices(names, k=self._random.choice((0, 0, 1, 2)))):
            value = "color:red" if name == "style" else self._writer.some(TYPED, 0, 4)
            if self._random.random() < 0.95:
                value = value.replace("[", "(").replace("Word", "W")
            found += f' {name}="{escape(value)}"'
        return found


def neutral(count: int, seed: int) -> list[str]:
    """Return fragments that meet the conditions of `blogkit.widget_tools.neutral`."""
    builder = Builder(seed)
    found: list[str] = []
    while len(found) < count:
        html = escape_stable(builder.blocks())
        if not violations(html):
            found.append(html)
    return found
