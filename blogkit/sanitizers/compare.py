"""Compare sent HTML with stored HTML as a browser reads them, and describe what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from blogkit.sanitizers.alignment import align
from blogkit.sanitizers.normal_form import WHITE, NormalForm, declarations, normal_form

_SHOWN = 60
_PLACES = 3


def losses(meant: str, stored: str) -> list[str]:
    """Return what a site changed, as sentences with counts; [] if both are the same document.

    Args:
        meant: The HTML that was sent.
        stored: The HTML that the site answers. How it is written does not count; see
            `normal_form`.
    """
    ours, theirs = normal_form(meant), normal_form(stored)
    if ours.tokens == theirs.tokens:
        return []
    sentences = [
        *_elements(ours, theirs),
        *_attributes(ours, theirs),
        *_comments(ours, theirs),
        *_text(ours, theirs),
    ]
    return sentences or [_elsewhere(ours, theirs)]


def _listed(counts: Counter[str], form: str) -> str:
    return ", ".join(f"{form.format(name)} ({count})" for name, count in sorted(counts.items()))


def _elements(ours: NormalForm, theirs: NormalForm) -> Iterator[str]:
    had, has = (
        Counter(name for name, _ in ours.elements),
        Counter(name for name, _ in theirs.elements),
    )
    if gone := had - has:
        yield f"the site removed: {_listed(gone, '{}')}"
    if new := has - had:
        yield f"the site added {_listed(new, '<{}>')}"


def _attributes(ours: NormalForm, theirs: NormalForm) -> Iterator[str]:
    found: Counter[str] = Counter()
    names = [name for name, _ in ours.elements], [name for name, _ in theirs.elements]
    for tag, start, end, other, _ in align(*names):
        for step in range(end - start if tag == "equal" else 0):
            name, wanted = ours.elements[start + step]
            found.update(_attribute_changes(name, wanted, theirs.elements[other + step][1]))
    for sentence, count in found.items():
        yield f"{sentence} ({count})" if count > 1 else sentence


def _attribute_changes(element: str, wanted: dict[str, str], got: dict[str, str]) -> Iterator[str]:
    for name, value in wanted.items():
        if name not in got:
            yield f"the site removed the attribute {name} of <{element}>"
        elif got[name] != value and name == "style":
            yield from _style_changes(element, value, got[name])
        elif got[name] != value:
            yield (
                f'the site changed the attribute {name} of <{element}>: "{_short(value)}" →'
                f' "{_short(got[name])}"'
            )
    for name in got.keys() - wanted.keys():
        yield f"the site added the attribute {name} to <{element}>"


def _style_changes(element: str, wanted: str, got: str) -> Iterator[str]:
    before, after = declarations(wanted), declarations(got)
    kept = dict(after)
    changes = 0
    for prop, value in before:
        if prop not in kept:
            changes += 1
            yield f"the site removed the style property {prop} of <{element}>"
        elif (prop, value) not in after:
            changes += 1
            yield (
                f'the site changed the style property {prop} of <{element}>: "{_short(value)}" →'
                f' "{_short(kept[prop])}"'
            )
    if not changes:
        yield f'the site changed the style of <{element}>: "{_short(wanted)}" → "{_short(got)}"'


def _comments(ours: NormalForm, theirs: NormalForm) -> Iterator[str]:
    had, has = Counter(ours.comments), Counter(theirs.comments)
    for text, count in (had - has).items():
        yield f"the site removed or changed the comment <!-- {_short(text)} -->" + (
            f" ({count})" if count > 1 else ""
        )
    for text, count in (has - had).items():
        yield f"the site added the comment <!-- {_short(text)} -->" + (
            f" ({count})" if count > 1 else ""
        )


def _text(ours: NormalForm, theirs: NormalForm) -> Iterator[str]:
    before, after = "".join(ours.text).split(), "".join(theirs.text).split()
    if "".join(before) == "".join(after):
        return
    changes = [code for code in align(before, after) if code[0] != "equal"]
    for _, start, end, new_start, new_end in changes[:_PLACES]:
        was, now = _short(" ".join(before[start:end])), _short(" ".join(after[new_start:new_end]))
        if not was:
            yield f'the site shows more text: "{now}"'
        elif not now:
            yield f'the site removed the text: "{was}"'
        else:
            yield f'the site changed the text: "{was}" → "{now}"'
    if len(changes) > _PLACES:
        yield f"the site changed the text in {len(changes) - _PLACES} more places"


def _elsewhere(ours: NormalForm, theirs: NormalForm) -> str:
    for mine, other in zip([*ours.tokens, ""], [*theirs.tokens, ""], strict=False):
        if mine != other:
            return (
                f'the site changed the structure or the whitespace: "{_short(mine.lstrip("~="))}" →'
                f' "{_short(other.lstrip("~="))}"'
            )
    return "the site changed the structure at the end"


def _short(text: str) -> str:
    text = WHITE.sub(" ", text).strip()
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
