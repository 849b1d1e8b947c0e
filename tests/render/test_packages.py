"""Widgets of installed packages: real distributions in a folder on the path, as an installer
leaves them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from blogkit.errors import ConfigError, ContentError
from blogkit.render.widgets import packages
from blogkit.render.widgets.code_cache import CodeCache
from blogkit.render.widgets.packages import Offer, offered
from blogkit.render.widgets.registry import Registry, builtin_folder
from tests.render.drawing import call, draw_html, own_widget

Install = Callable[..., Path]
SAYING = (
    '"""A card for an exam."""\n'
    "from blogkit.render.widgets.fields import Field, Fields, Inline, Markdown\n\n\n"
    "class Widget(Fields):\n"
    '    title: Inline = Field("", description="The heading")\n'
    '    body: Markdown = Field("", description="The words")\n'
)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """`install("exam-widgets", "exam_widgets")`: a distribution that offers widgets in that
    module. Returns the module's folder.
    """
    site = tmp_path / "site-packages"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def package(name: str, module: str, source: str = "") -> Path:
        info = site / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[blogkit.widgets]\nwidgets = {module}\n")
        folder = site.joinpath(*module.split("."))
        folder.mkdir(parents=True)
        for parent in [folder, *folder.parents]:
            if parent == site:
                break
            (parent / "__init__.py").write_text(source)
        return folder

    return package


def registry(*own: Path) -> Registry:
    return Registry([*own, builtin_folder()], packages=offered, allowed=lambda _folder: True)


def test_nothing_is_offered_where_nothing_is_installed() -> None:
    assert offered() == ()


def test_a_package_that_is_installed_meanwhile_is_found(install: Install) -> None:
    install("exam-widgets", "exam_widgets")
    assert [offer.package for offer in offered()] == ["exam-widgets"]
    install("more-widgets", "more_widgets")
    assert [offer.package for offer in offered()] == ["exam-widgets", "more-widgets"]


def test_the_next_process_reads_no_metadata_unless_a_package_has_changed(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = CodeCache(tmp_path / "cache")
    installed = [Offer("exam-widgets", install("exam-widgets", "exam_widgets"))]
    packages._entry_points.cache_clear()  # as a new process begins
    with monkeypatch.context() as patched:
        assert list(offered(cache)) == installed
        packages._entry_points.cache_clear()
        patched.setattr("importlib.metadata.entry_points", None)
        assert list(offered(cache)) == installed
    (info,) = (tmp_path / "site-packages").glob("*.dist-info")
    (info / "entry_points.txt").unlink()
    packages._entry_points.cache_clear()
    assert list(offered(cache)) == []


@pytest.mark.parametrize("module", ["exam_widgets", "exam.widgets"])
def test_a_package_offers_folders(install: Install, module: str) -> None:
    folder = install("exam-widgets", module)
    own_widget(folder, "exam-card", widget=SAYING)
    (folder / "templates").mkdir()
    kind = registry()["exam-card"]
    assert (kind.origin, kind.package, kind.purpose) == (
        "package",
        "exam-widgets",
        "A card for an exam.",
    )
    assert offered() == (Offer("exam-widgets", folder),)
    assert "exam-card" in registry().names()
    assert "templates" not in registry()
    assert "<p>Hello</p>" in draw_html(call("exam-card", "", "Hello"), registry=registry())


def test_own_before_packages_before_ours(install: Install, tmp_path: Path) -> None:
    folder = install("exam-widgets", "exam_widgets")
    own_widget(folder, "timeline", template="<p {{ style() }}>theirs</p>")
    assert registry()["timeline"].origin == "package"
    assert "theirs" in draw_html(call("timeline", "x"), registry=registry())
    own_widget(tmp_path / "widgets", "timeline", template="<p {{ style() }}>mine</p>")
    assert registry(tmp_path / "widgets")["timeline"].origin == "workspace"
    assert "mine" in draw_html(call("timeline", "x"), registry=registry(tmp_path / "widgets"))


def test_two_packages_with_the_same_widget_are_asked_by_name(install: Install) -> None:
    for name in ("b-widgets", "a-widgets"):
        own_widget(install(name, name.replace("-", "_")), "box")
    assert registry()["box"].package == "a-widgets"


def test_a_package_that_cannot_be_found_is_named(install: Install) -> None:
    folder = install("exam-widgets", "exam_widgets")
    (folder / "__init__.py").unlink()
    folder.rmdir()
    with pytest.raises(
        ConfigError, match='"exam-widgets" offers widgets in "exam_widgets"'
    ) as caught:
        registry().names()
    assert "pip uninstall exam-widgets" in caught.value.hint


def test_a_package_that_breaks_when_it_is_looked_for_is_named(install: Install) -> None:
    install("broken-widgets", "broken.widgets", source="raise RuntimeError('no')")
    with pytest.raises(ConfigError, match="RuntimeError: no"):
        offered()


def test_an_incomplete_widget_of_a_package_is_refused(install: Install) -> None:
    folder = install("exam-widgets", "exam_widgets")
    own_widget(folder, "box")
    (folder / "box" / "style.css").unlink()
    with pytest.raises(ContentError, match=r"style\.css"):
        registry()["box"]


def test_nobody_is_asked_before_a_widget_is_looked_up() -> None:
    asked: list[bool] = []
    found = Registry([builtin_folder()], packages=lambda: asked.append(True) or ())  # type: ignore[func-returns-value]
    assert not asked
    assert "timeline" in found
    assert found["timeline"]
    assert len(asked) == 1
