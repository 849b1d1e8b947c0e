from __future__ import annotations

import re
import webbrowser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import tinycss2

from blogkit.render.widgets.registry import builtin_folder
from tests.cli.conftest import Run


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    path = tmp_path / "blogkit.toml"
    path.write_text('[sites.here]\nplatform = "folder"\nfolder = "site"\n', encoding="utf-8")
    return path


def test_css_is_one_sheet_for_all_widgets(run: Run, toml: Path) -> None:
    done = run("theme", "css")
    assert done.code == 0
    assert done.out.isascii()
    assert done.out.startswith(
        ":root{--bk-accent:light-dark(#18181b,#f4f4f5);--bk-on-accent:light-dark(#ffffff,#18181b);"
        "--bk-badge:light-dark(#18181b,#f4f4f5);"
        "--bk-muted:color-mix(in srgb,currentcolor 76%,transparent)}\n"
    )
    rules = tinycss2.parse_stylesheet(done.out, skip_comments=True, skip_whitespace=True)
    assert not [rule for rule in rules if rule.type == "error"]
    for folder in builtin_folder().iterdir():
        behind = (
            (folder / "style.css").read_text(encoding="utf-8").partition("/* enhancements")[2]
            if folder.is_dir()
            else ""
        )
        assert (f"/* {folder.name} */" in done.out) == (".bk-" in behind)
    assert "@media print" in done.out
    assert ":hover" in done.out
    assert "display:grid" in done.out


def test_css_has_the_colours_of_the_theme(run: Run, toml: Path) -> None:
    toml.write_text(
        toml.read_text() + '[theme]\npreset = "exam"\nmuted = "light-dark(#444,#bbb)"\n'
    )
    css = run("theme", "css").out
    assert "--bk-accent:#4f5bd5" in css
    assert "--bk-muted:light-dark(#444,#bbb)" in css
    assert not re.search(r"var\(--bk-(?:line|radius|space|pad)", css)
    assert run("--json", "theme", "css").json["css"] == css


def test_list_shows_presets_and_ones_own(run: Run, toml: Path) -> None:
    toml.write_text(toml.read_text() + '[theme]\naccent = "#2563eb"\n')
    done = run("theme", "list")
    assert [line.split()[0] for line in done.out.splitlines()[:11]] == [
        "preset",
        "editorial",
        "exam",
        "minimal",
        "newsroom",
        "notebook",
        "saffron",
        "forest",
        "old-saffron",
        "slate",
        "yours",
    ]
    assert "#2563eb" in done.out
    themes = run("--json", "theme", "list").json["themes"]
    assert themes["yours"]["accent"] == "#2563eb"
    assert all(one["contrast"] >= 4.5 for one in themes.values())


def test_the_contrast_in_the_list_is_that_of_ones_own_parts_too(run: Run, toml: Path) -> None:
    part = 'date = "background:navy;color:#7a7aff"'
    toml.write_text(f"{toml.read_text()}[theme.parts.timeline]\n{part}\n")
    themes = run("--json", "theme", "list").json["themes"]
    assert (themes["yours"]["contrast"], themes["minimal"]["contrast"]) == (4.6, 5.4)


def test_list_needs_no_blog(run: Run) -> None:
    done = run("theme", "list")
    assert (done.code, "yours" in done.out, "minimal" in done.out) == (0, False, True)


def test_colours_that_cannot_be_read_stop_it(run: Run, toml: Path) -> None:
    toml.write_text(toml.read_text() + '[theme]\naccent = "#ffeb3b"\non_accent = "#fff"\n')
    done = run("theme", "css")
    assert (done.code, done.out) == (1, "")
    assert 'on_accent "#fff" on accent "#ffeb3b"' in done.err


def test_list_shows_the_presets_in_the_browser(
    run: Run, toml: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    class Looker(webbrowser.BaseBrowser):
        def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
            opened.append(url)
            return True

    webbrowser.register("none", None, None)  # so that the lists exist before they are changed
    monkeypatch.setattr(webbrowser, "_browsers", {})
    monkeypatch.setattr(webbrowser, "_tryorder", [])
    webbrowser.register("a looker", None, Looker())
    toml.write_text(toml.read_text() + '[theme]\npreset = "exam"\naccent = "#c9302c"\n')
    page = run("--json", "theme", "list", "--open").json["page"]
    assert opened == [page]
    html = Path(unquote(urlsplit(page).path)).read_text(encoding="utf-8")
    heads = re.findall(r"<section><h2>(.*?)</h2>", html)
    assert heads[:7] == ["yours", "editorial", "exam", "minimal", "newsroom", "notebook", "saffron"]
    assert html.count('class="bk-timeline"') == len(heads) == 10
    assert "var(--bk-accent,#c9302c)" in html
    assert "The lowest contrast of text is " in html
    assert run("--json", "theme", "list").json["page"] == ""
