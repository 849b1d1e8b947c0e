"""docs/looks.md shows the presets as they are: `make looks` was run after the last change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.bytes import weigh
from blogkit.platforms.folder.site.style import looks
from scripts.docs import ROOT
from scripts.looks import page, peers


@pytest.mark.slow
def test_it_is_up_to_date() -> None:
    assert page.changed() == [], "run: make looks"
    assert page.PAGE.read_text(encoding="utf-8") == page.page(), "run: make looks"


@pytest.mark.slow
def test_a_page_weighs_about_what_the_docs_say(tmp_path: Path) -> None:
    said = re.search(
        r"is about (\d+) KB, or ([\d.]+) KB as it travels", page.TEXT.read_text("utf-8")
    )
    assert said
    pages = [weigh(page.site(look, tmp_path / look).read_text("utf-8")) for look in looks()]
    for one in pages:
        assert one.raw == pytest.approx(1000 * float(said[1]), rel=0.05)
        assert one.gzip == pytest.approx(1000 * float(said[2]), rel=0.05)
        assert one.gzip <= 6000


def test_every_picture_is_there_and_small() -> None:
    pictures = sorted(page.PICTURES.iterdir())
    assert [path.name for path in pictures] == page.expected()
    every = list((ROOT / "docs/images").rglob("*.*"))
    assert max(path.stat().st_size for path in pictures) < 120_000
    assert sum(path.stat().st_size for path in every) < 3_000_000


@pytest.mark.slow
def test_a_change_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = {look: page.digest(look) for look in looks()[:2]}
    assert len({*before.values()}) == 2
    other = tmp_path / "sample.md"
    text = peers.SAMPLE.read_text(encoding="utf-8").replace("The first gate", "A second gate")
    other.write_text(text, encoding="utf-8")
    monkeypatch.setattr(peers, "SAMPLE", other)
    monkeypatch.setattr(peers, "HERE", tmp_path)
    assert page.digest(looks()[0]) != before[looks()[0]]


def test_peers_show_what_the_sample_holds() -> None:
    shown = peers.blocks()
    assert peers.title() == "Sona-Kiran: a canal through three districts"
    for event in peers.fields("timeline")["events"]:
        assert event["text"] in shown
        assert event["title"] in peers.timelinejs(Path("/modules"))
    for row in peers.fields("table")["rows"]:
        assert f"<td>{row[0]}</td><td>{row[1]}</td>" in peers.datatables(Path("/modules"))
