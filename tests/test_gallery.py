"""The gallery shows the widgets as they are: `make gallery` was run after the last change."""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.render.widgets.registry import Registry, builtin_folder
from scripts import gallery
from tests.render.drawing import own_widget


@pytest.mark.slow
def test_it_is_up_to_date() -> None:
    assert [kind.name for kind in gallery.changed()] == [], "run: make gallery"
    assert gallery.strangers() == []
    assert gallery.PAGE.read_text(encoding="utf-8") == gallery.page(), "run: make gallery"


def test_every_widget_has_its_pictures_and_they_are_small() -> None:
    names = Registry([builtin_folder()]).names()
    pictures = sorted(gallery.PICTURES.iterdir())
    assert [path.name for path in pictures] == sorted(
        f"{name}-{preset}-{scheme}.png" for name in names for preset, scheme in gallery.VIEWS
    )
    assert {path.stem for path in gallery.BEFORE.iterdir()} <= set(names)
    sizes = [path.stat().st_size for path in pictures]
    assert min(sizes) > 1_000
    assert sum(sizes) < 2_000_000


def test_a_change_is_seen(tmp_path: Path) -> None:
    digests = {
        gallery.digest(own_widget(tmp_path / name, **files)["box"])
        for name, files in {
            "as-it-was": {},
            "words": {"example": "```{box} Title\nOther words\n```\n"},
            "template": {
                "template": (
                    "<div {{ style() }}>\n  <p><em>{{ title }}</em></p>\n  {{ body }}\n</div>\n"
                )
            },
            "style": {"style": ".bk-box { margin: 8px }\n"},
            "enhancements": {
                "style": (
                    ".bk-box { margin: 0 }\n/* enhancements */\n.bk-box { break-inside: avoid }\n"
                )
            },
        }.items()
    }
    assert len(digests) == 5


@pytest.mark.slow
def test_the_check_says_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(gallery, "PAGE", tmp_path / "gallery.md")
    assert gallery.main(check=True) == 1
    assert "timeline changed since the gallery was made: make gallery" in capsys.readouterr().out
