"""Compare sent HTML with stored HTML as a browser reads them, and describe what changed."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from blogkit.html import declarations
from blogkit.sanitizers.normal_form import Part, normal_form
from blogkit.sanitizers.verdict import shorten

_PLACES = 3


def losses(sent: str, stored: str) -> list[str]:
    """Return what a site changed, as sentences with counts; [] if both are the same document.

    Args:
        sent: The HTML that was sent.
        stored: The HTML that the site answers. How it is written does not count; see
            `normal_form`.
    """
    ours, theirs = normal_form(sent), normal_form(stored)
    if ours == theirs:
        return []
    found = Counter((*_markup(ours, theirs), *_texts(ours, theirs)))
    sentences = [f"{text} ({count})" if count > 1 else text for text, count in found.items()]
    pairs = zip_longest(ours, theirs, fillvalue=Part("text", ""))
    was, now = next((shorten(one.text), shorten(two.text)) for one, two in pairs if one != two)
    return sentences or [f'the site changed the structure or the white space: "{was}" → "{now}"']


def _markup(ours: Sequence[Part], theirs: Sequence[Part]) -> Iterator[str]:
    """Yield how tags and comments differ; what has no counterpart is paired with its like."""
    added: dict[str, deque[Part]] = defaultdict(deque)
    for part in (Counter(theirs) - Counter(ours)).elements():
        added[_name(part)].append(part)
    for part in (Counter(ours) - Counter(theirs)).elements():
        if name := _name(part):
            others = added[name]
            yield from (
                _changes(part, others.popleft())
                if others
                else [f"the site removed {shorten(name)}"]
            )
    for name, others in added.items():
        yield from (f"the site added {shorten(name)}" for _ in others if name)


def _name(part: Part) -> str:
    if part.kind == "comment":
        return f"<!-- {part.text} -->"
    return f"<{part.text}>" if part.kind == "start" else ""


def _changes(ours: Part, theirs: Part) -> Iterator[str]:
    wanted, got = dict(_properties(ours)), dict(_properties(theirs))
    for name, value in wanted.items():
        if name not in got:
            yield f"the site removed the {name} of <{ours.text}>"
        elif got[name] != value:
            change = f'"{shorten(value)}" → "{shorten(got[name])}"'
            yield f"the site changed the {name} of <{ours.text}>: {change}"
    for name in got:
        if name not in wanted:
            yield f"the site added the {name} to <{ours.text}>"


def _properties(part: Part) -> Iterator[tuple[str, str]]:
    for name, value in part.attributes:
        if name == "style":
            yield from ((f"style property {prop}", text) for prop, text in declarations(value))
        else:
            yield f"attribute {name}", value


def _texts(ours: Sequence[Part], theirs: Sequence[Part]) -> Iterator[str]:
    before, after = _lines(ours), _lines(theirs)
    if "".join(before).replace(" ", "") == "".join(after).replace(" ", ""):
        return
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    pairs = [*zip_longest(gone.elements(), new.elements(), fillvalue="")]
    for was, now in pairs[:_PLACES]:
        yield _text_change(was.split(), now.split())
    if len(pairs) > _PLACES:
        yield f"the site changed the text in {len(pairs) - _PLACES} more places"


def _lines(parts: Sequence[Part]) -> list[str]:
    """Return the text of each block."""
    text = "".join(
        "\n" if part.is_edge else part.text if part.kind in {"text", "pre"} else ""
        for part in parts
    )
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _text_change(was: Sequence[str], now: Sequence[str]) -> str:
    start = _alike(was, now)
    end = _alike(was[start:][::-1], now[start:][::-1])
    before, after = (shorten(" ".join(words[start : len(words) - end])) for words in (was, now))
    if not before:
        return f'the site shows more text: "{after}"'
    if not after:
        return f'the site removed the text: "{before}"'
    return f'the site changed the text: "{before}" → "{after}"'


def _alike(words: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts have in common at their beginning."""
    pairs = enumerate(zip(words, other, strict=False))
    return next((n for n, (one, two) in pairs if one != two), min(len(words), len(other)))
