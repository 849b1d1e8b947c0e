"""A browser's own parser sees what the surgery sees, and after it the old document and the
widget: on every post of the corpus.
"""

from __future__ import annotations

import random

import pytest

from blogkit.edits import BodyForm, Edit
from blogkit.html import Tree
from tests.e2e import trees
from tests.edits import corpus
from tests.edits.probe import MARK, Asked, anchors, inserted
from tests.sanitizers.oracle import filters

pytestmark = pytest.mark.browser  # the judges of this folder that need no WordPress

SAMPLES = list(corpus.samples())
PLACES = 8


def asked(sample: corpus.Sample) -> list[Asked]:
    """Some of the anchors of a post, the same at every run."""
    found = list(anchors(sample))
    return random.Random(sample.name).sample(found, min(PLACES, len(found)))


def shown(bodies: list[str], form: BodyForm) -> list[str]:
    """What readers get of posts of this form."""
    return filters("7.1")("autop", bodies) if form == "classic" else bodies


@pytest.mark.parametrize("shape", corpus.SHAPES)
def test_a_browser_sees_the_old_document_and_the_widget(shape: str) -> None:
    names: list[str] = []
    pairs: list[tuple[str, str]] = []
    for sample in SAMPLES:
        if sample.name.rsplit(" ", 1)[0] != shape:
            continue
        edits = {one.anchor: inserted(sample, one) for one in asked(sample)}
        bodies = {anchor: edit.body for anchor, edit in edits.items() if isinstance(edit, Edit)}
        before, *after = shown([sample.body, *bodies.values()], sample.form)
        names += (f"{sample.name}, {anchor}" for anchor in bodies)
        pairs += ((before, body) for body in after)
    assert len(pairs) > 100
    found = dict(zip(names, trees.differences(pairs, MARK.id), strict=True))
    assert {name: difference for name, difference in found.items() if difference} == {}


def test_a_browser_finds_the_elements_where_the_surgery_finds_them() -> None:
    sources = [sample.body.replace("\r\n", "\n").removeprefix("\ufeff") for sample in SAMPLES]
    starts = ends = same_ends = 0
    for source, theirs in zip(sources, trees.spans(sources), strict=True):
        ours = {element.start: element for element in Tree(source).elements}
        for name, start, inner, end, closed in theirs:
            element = ours[start]
            assert (element.name, element.inner) == (name, inner), source[start : start + 80]
            starts += 1
            if closed:
                ends += 1
                same_ends += element.end == end
    assert starts > 20 * len(SAMPLES)
    assert same_ends / ends > 0.998, f"{same_ends} of {ends}"
