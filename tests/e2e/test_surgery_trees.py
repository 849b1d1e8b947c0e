"""A browser's own parser sees what the surgery sees, and after it the old document and the
widget: on every post of the corpus.
"""

from __future__ import annotations

import random

import pytest

from blogkit.edits import Edit
from blogkit.html import Tree
from blogkit.sanitizers.wordpress.autop import wpautop
from tests.e2e import trees
from tests.edits import corpus
from tests.edits.probe import MARK, Asked, anchors, inserted

pytestmark = pytest.mark.browser  # the judges of this folder that need no WordPress

SAMPLES = list(corpus.samples())
PLACES = 8


def asked(sample: corpus.Sample) -> list[Asked]:
    """Some of the anchors of a post, the same at every run."""
    found = list(anchors(sample))
    return random.Random(sample.name).sample(found, min(PLACES, len(found)))


@pytest.mark.parametrize("shape", corpus.SHAPES)
def test_a_browser_sees_the_old_document_and_the_widget(shape: str) -> None:
    names, pairs = [], []
    for sample in SAMPLES:
        if sample.name.rsplit(" ", 1)[0] != shape:
            continue
        shown = (lambda body: wpautop(body, (7, 1))) if sample.form == "classic" else str
        for one in asked(sample):
            edit = inserted(sample, one)
            if isinstance(edit, Edit):
                names.append(f"{sample.name}, {one.anchor}")
                pairs.append((shown(sample.body), shown(edit.body)))
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
    assert starts > 8_000
    assert same_ends / ends > 0.999, f"{same_ends} of {ends}"
