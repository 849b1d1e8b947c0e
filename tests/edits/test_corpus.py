"""On every post of the corpus, at every anchor that it has: nothing but the region changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from blogkit.edits import Edit, PlaceError, replace_text
from tests.cases import Test, for_each
from tests.edits import corpus
from tests.edits.probe import MARK, anchors, check, check_long, inserted
from tests.sampling import is_whole
from tests.sanitizers.oracle import filters

SAMPLES = list(corpus.samples())
CLASSIC = [sample for sample in SAMPLES if sample.form == "classic"]
BLOCKS = [sample for sample in SAMPLES if sample.form == "blocks"]


def by_name(samples: list[corpus.Sample], local: int = 0) -> Callable[[Test], Test]:
    return for_each("sample", samples, ids=lambda sample: sample.name, local=local)


def test_the_corpus_is_large_and_every_shape_is_there() -> None:
    assert len(SAMPLES) >= 150
    text = "".join(sample.body for sample in SAMPLES)
    for piece in (
        "\r\n",
        "\ufeff",
        "<!-- wp:",
        "MsoNormal",
        "docs-internal-guid",
        "📍",
        "&nbsp;",
        "<script>",
        "[caption",
        '<a name="more">',
    ):
        assert piece in text


@pytest.mark.slow
@by_name(SAMPLES, local=20)
def test_everything_outside_the_region_stays(sample: corpus.Sample) -> None:
    done = 0
    for asked in anchors(sample):
        edit = inserted(sample, asked)
        if isinstance(edit, Edit):
            check(sample, asked, edit)
            done += 1
        else:
            assert not sample.sound or "region" in edit.message, f"{asked.anchor}: {edit.message}"
            assert "cannot insert" in edit.message, edit.message
    assert done or not sample.sound


@pytest.mark.slow
@by_name([sample for sample in SAMPLES if sample.sound and sample.form != "classic"], local=14)
def test_the_document_is_the_old_one_and_the_widget(sample: corpus.Sample) -> None:
    before = tree(sample.body)
    for asked in [*anchors(sample)][::2]:
        edit = inserted(sample, asked)
        if isinstance(edit, Edit):
            assert tree(edit.body, without="probe") == before, asked.anchor


@pytest.mark.wordpress
@pytest.mark.parametrize("label", ["6.1", "7.1"])
def test_paragraphs_of_a_classic_post_stay_as_they_were(label: str) -> None:
    edits = [
        (sample, asked.anchor, edit)
        for sample in CLASSIC
        for asked in anchors(sample)
        if isinstance(edit := inserted(sample, asked), Edit)
    ]
    bodies = [sample.body for sample, _, _ in edits]
    before = filters(label)("autop", bodies)
    after = filters(label)("autop", [edit.body for _, _, edit in edits])
    for (_, anchor, edit), old, new in zip(edits, before, after, strict=True):
        left, region, right = parted(new)
        assert squeezed(left + right) == squeezed(old), anchor
        written = re.sub(r">\s+<", "><", edit.changes[0].text)
        assert re.sub(r">\s+<", "><", region) == written, anchor


@pytest.mark.slow
@by_name(BLOCKS, local=14)
def test_blocks_stay_balanced_and_the_region_is_one_block_of_its_own(sample: corpus.Sample) -> None:
    before = skeleton(sample.body)
    for asked in anchors(sample):
        edit = inserted(sample, asked)
        assert isinstance(edit, Edit), asked.anchor
        (change,) = edit.changes
        assert change.text.strip("\n").startswith("<!-- wp:html -->\n<!-- blogkit:begin probe ")
        assert change.text.strip("\n").endswith("<!-- blogkit:end probe -->\n<!-- /wp:html -->")
        after = skeleton(edit.body)
        depth, place = 0, skeleton(sample.body[: change.start])
        for name in place:
            depth += 0 if name.endswith("/") else -1 if name.startswith("/") else 1
        assert after == [*place, "html", "/html", *before[len(place) :]], asked.anchor
        holder = opened(place)
        assert holder in {None, "group", "column"}, f"{asked.anchor}: inside {holder}"


@pytest.mark.slow
@for_each("form", corpus.FORMS)
def test_a_long_post(form: corpus.BodyForm) -> None:
    """`python -m benchmarks.surgery` does the same in a megabyte."""
    check_long(corpus.large(form, 100_000 if is_whole() else 30_000))


@by_name([sample for sample in SAMPLES if "Miami" in sample.body])
def test_a_text_is_replaced_and_back_without_a_trace(sample: corpus.Sample) -> None:
    edit = replace_text(sample.body, "Miami", "Zanzibar9")
    assert len(edit.places) + len(edit.left) == len(re.findall(r"\bMiami\b", sample.body))
    assert edit.body.count("Zanzibar9") == len(edit.places)
    assert replace_text(edit.body, "Zanzibar9", "Miami").body == sample.body


@pytest.mark.slow
def test_refusals_are_rare() -> None:
    refused = Counter[str]()
    for sample in [*corpus.samples(30)][:: 4 if is_whole() else 9]:
        for asked in anchors(sample):
            refused[
                sample.name.rsplit(" ", 1)[0]
                if isinstance(inserted(sample, asked), PlaceError)
                else "done"
            ] += 1
    assert set(refused) <= {"done", "broken", "broken in classic"}
    assert refused["broken"] + refused["broken in classic"] < refused["done"] / 50


def tree(html: str, without: str = "") -> str:
    """The document, without one region."""
    soup = BeautifulSoup(html, "html.parser")
    if without:
        begin = soup.find(string=lambda text: text.startswith(f" blogkit:begin {without} "))
        root = soup.find(attrs={"data-blogkit-region": without})
        assert (begin is None) != (root is None)
        if root is not None:
            root.extract()
        while begin is not None and not str(begin).startswith(f" blogkit:end {without}"):
            following = begin.next_sibling
            begin.extract()
            begin = following
        if begin is not None:
            begin.extract()
    soup.smooth()
    return squeezed(re.sub(r"<!-- wp:html -->\s*<!-- /wp:html -->", "", str(soup)))


def parted(shown: str) -> tuple[str, str, str]:
    """What WordPress shows: before the region, the region, behind it."""
    start = shown.index(f'<div data-blogkit-region="{MARK.id}"')
    depth = 0
    for match in re.finditer(r"<(/?)div\b[^>]*>", shown[start:]):
        depth += -1 if match[1] else 1
        if not depth:
            return shown[:start], shown[start : start + match.end()], shown[start + match.end() :]
    raise AssertionError("the region does not end")


def squeezed(html: str) -> str:
    """HTML without the white space beside tags."""
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", html).strip()


def skeleton(body: str) -> list[str]:
    """The delimiters of a body in their order: `group`, `/group`, `latest-posts/`."""
    found = re.finditer(r"<!-- (/?)wp:([a-z-]+)(?: \{.*?\})? (/?)-->", body)
    return [f"{match[1]}{match[2]}{match[3]}" for match in found]


def opened(delimiters: list[str]) -> str | None:
    """The block that is open at the end."""
    path: list[str] = []
    for name in delimiters:
        if name.startswith("/"):
            path.pop()
        elif not name.endswith("/"):
            path.append(name)
    return path[-1] if path else None
