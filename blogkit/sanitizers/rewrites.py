"""What a site may do to a post on save without a loss: additions, and rewrites that users accept.

Plugins add `rel` to links and classes to images, make a site's addresses `https://`, or write a
paragraph around each line. Every tag, address, script and word that was sent has to be there, in
its order; only then is the rest judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from blogkit.sanitizers.facts import ADDRESSES
from blogkit.sanitizers.normal_form import Part, normal_form

REWRITES = {
    "title-case": "the title in other capitals",
    "quotes": "typographic quotes, dashes and ellipses for plain ones, or the reverse",
    "wpautop": "more <p> and <br>",
    "https": "https:// for http:// in addresses",
}
"""The rewrites that users may accept with `accept` in `blogkit.toml`, and what each covers."""

UNCERTAIN = ("comments", "empty-paragraphs")
"""Of a platform that may remove them, for all that is known: both show nothing to readers."""

_GROWING = frozenset({"class", "rel"})
"""Attributes that are lists of words, to which words may be added."""
_ADDED = _GROWING | {"id", "target", "loading", "decoding", "fetchpriority", "width", "height"}
_SIZES = frozenset({"width", "height"})
_SIZE = re.compile(r"[1-9][0-9]*")
_BREAKS = frozenset(Part(kind, name) for kind in ("start", "end") for name in ("p", "br"))
_SPACE = Part("text", " ")
_WORDS = re.compile(r" +|[^ ]+")
_PLAIN = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚", "'"), "…": "..."})
_DASHES = re.compile("[-–—]+")


def harmless_changes(meant: str, stored: str, accept: Collection[str] = ()) -> list[str] | None:
    """Return what a site added or rewrote, as sentences; None if it lost or changed anything else.

    Args:
        meant: The HTML that was sent.
        stored: The HTML that the site answers.
        accept: The `REWRITES` that the user accepts, and those of `UNCERTAIN` that the platform may
            do.
    """
    ours, theirs = (list(_pieces(parts)) for parts in _from_first_difference(meant, stored))
    notes: Counter[str] = Counter()
    at, broke = 0, False
    for number, theirs_part in enumerate(theirs):
        # The white space at which a line is broken is gone.
        if broke and at < len(ours) and ours[at] == _SPACE != theirs_part:
            at += 1
        at = _behind_removed(ours, at, theirs[number : number + 2], accept, notes)
        found = _alike(ours[at], theirs_part, accept) if at < len(ours) else None
        if found is not None:
            notes.update(found)
            at, broke = at + 1, False
        elif "wpautop" in accept and theirs_part in _BREAKS:
            notes[f"the site added <{theirs_part.text}>"] += theirs_part.kind == "start"
            broke = True
        else:
            return None
    at = _behind_removed(ours, at, (), accept, notes)
    if ours[at:] not in ([], [_SPACE]):
        return None
    return [f"{text} ({count})" if count > 1 else text for text, count in notes.items() if count]


def _behind_removed(
    ours: Sequence[Part],
    at: int,
    following: Sequence[Part],
    accept: Collection[str],
    notes: Counter[str],
) -> int:
    """Return where to go on behind pieces that the site removed, and that showed nothing."""
    empty = "empty-paragraphs" in accept and not _is_empty_paragraph(following)
    while at < len(ours):
        comment = ours[at].kind == "comment" and ours[at] not in following[:1]
        if "comments" in accept and comment and not _is_marker(ours[at]):
            notes["the site removed a comment"] += 1
            at += 1
        elif empty and _is_empty_paragraph(ours[at : at + 2]):
            notes["the site removed an empty <p>"] += 1
            at += 2
        else:
            break
    return at


def _is_marker(comment: Part) -> bool:
    """Return whether a comment is one of ours, which is found again by it."""
    return comment.text.lstrip().startswith("blogkit:")


def _is_empty_paragraph(parts: Sequence[Part]) -> bool:
    return [(part.kind, part.text) for part in parts] == [("start", "p"), ("end", "p")]


def same_text(meant: str, stored: str, accept: Collection[str]) -> bool:
    """Return whether a title or an excerpt is as it was sent, apart from accepted rewrites.

    Args:
        meant: The text that was sent, as readers see it.
        stored: The text that the site answers.
        accept: The `REWRITES` that the user accepts for it.
    """
    if "quotes" in accept:
        meant, stored = _plain(meant), _plain(stored)
    if "title-case" in accept:
        meant, stored = meant.casefold(), stored.casefold()
    return meant == stored


def _from_first_difference(meant: str, stored: str) -> tuple[Sequence[Part], Sequence[Part]]:
    """Return the parts of two documents without those at the beginning that are alike.

    A part that is followed by another one is left: an empty paragraph is two parts.
    """
    ours, theirs = normal_form(meant), normal_form(stored)
    pairs = enumerate(zip(ours, theirs, strict=False))
    same = next((at for at, (one, two) in pairs if one != two), min(len(ours), len(theirs)))
    start = max(0, same - 1)
    return ours[start:], theirs[start:]


def _pieces(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield a document in pieces: a text is its words and the white space between them."""
    for part in parts:
        if part.kind == "text":
            yield from (Part("text", word) for word in _WORDS.findall(part.text))
        else:
            yield part


def _alike(ours: Part, theirs: Part, accept: Collection[str]) -> list[str] | None:
    """Return what was done to a piece, or None if it is another one."""
    if ours == theirs:
        return []
    if ours.kind == theirs.kind == "text" and "quotes" in accept:
        is_same = _plain(ours.text) == _plain(theirs.text)
        return ["the site changed quotes, dashes or ellipses"] if is_same else None
    if (ours.kind, ours.text) != (theirs.kind, theirs.text) or ours.kind != "start":
        return None
    return _attributes(ours, theirs, accept)


def _attributes(ours: Part, theirs: Part, accept: Collection[str]) -> list[str] | None:
    meant, stored = dict(ours.attributes), dict(theirs.attributes)
    notes = []
    for name in dict.fromkeys([*meant, *stored]):
        before, after = meant.get(name), stored.get(name)
        if before == after:
            continue
        if after is not None and _is_addition(name, before, after):
            notes.append(f"the site added the attribute {name} to <{ours.text}>")
        elif "https" in accept and name in ADDRESSES and _is_secured(before, after):
            notes.append(f"the site made the {name} of <{ours.text}> https://")
        else:
            return None
    return notes


def _is_addition(name: str, before: str | None, after: str) -> bool:
    if before is None:
        return name in _ADDED and (name not in _SIZES or bool(_SIZE.fullmatch(after)))
    return name in _GROWING and set(before.split()) <= set(after.split())


def _is_secured(before: str | None, after: str | None) -> bool:
    return bool(before and after and before.startswith("http://") and after == f"https{before[4:]}")


def _plain(text: str) -> str:
    return _DASHES.sub("-", text.translate(_PLAIN))
