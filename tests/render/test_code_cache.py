"""The cache of compiled templates: what it keeps, and when it is not believed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from blogkit.render.widgets.code_cache import NO_CODE_CACHE, CodeCache
from blogkit.render.widgets.compiled import _code, compiled
from blogkit.render.widgets.registry import builtin_folder
from blogkit.render.widgets.styles import kept_styles, parse_styles
from blogkit.render.widgets.templates import environment

VALUE = (1, "two", {"three": ("four",)})
KEY = ("template", "text")


@pytest.fixture
def cache(tmp_path: Path) -> CodeCache:
    return CodeCache(tmp_path / "cache")


class Maker:
    """Makes a value, and counts how often."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> object:
        self.calls += 1
        return VALUE


def only_file(cache: CodeCache) -> Path:
    assert cache.folder
    (file,) = cache.folder.iterdir()
    return file


def test_a_value_is_made_once(cache: CodeCache) -> None:
    make = Maker()
    assert [cache.get(KEY, make) for _ in range(3)] == [VALUE] * 3
    assert make.calls == 1
    assert cache.get(("template", "other text"), make) == VALUE
    assert make.calls == 2


def test_without_a_folder_nothing_is_kept() -> None:
    make = Maker()
    assert [NO_CODE_CACHE.get(KEY, make) for _ in range(2)] == [VALUE] * 2
    assert make.calls == 2


def test_what_fails_is_not_kept(cache: CodeCache) -> None:
    with pytest.raises(ZeroDivisionError):
        cache.get(KEY, lambda: 1 / 0)
    assert cache.get(KEY, Maker()) == VALUE


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-3])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def change(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[40] ^= 1
    file.write_bytes(data)


def open_to_others(file: Path) -> None:
    file.chmod(0o666)


def open_the_folder(file: Path) -> None:
    file.parent.chmod(0o777)


def link(file: Path) -> None:
    elsewhere = file.rename(file.parent.parent / "elsewhere.bin")
    file.symlink_to(elsewhere)


@pytest.mark.parametrize("harm", [cut, empty, change, open_to_others, open_the_folder, link])
def test_a_file_that_may_be_another_users_or_damaged_is_not_run(
    cache: CodeCache, harm: Callable[[Path], None]
) -> None:
    make = Maker()
    cache.get(KEY, make)
    harm(only_file(cache))
    assert cache.get(KEY, make) == VALUE
    assert make.calls == 2


def test_a_file_of_another_user_is_not_run(
    cache: CodeCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Maker()
    cache.get(KEY, make)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert cache.get(KEY, make) == VALUE
    assert make.calls == 2


def test_a_cache_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert CodeCache(tmp_path / "file/cache").get(KEY, Maker()) == VALUE


def test_old_files_are_removed(cache: CodeCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blogkit.render.widgets.code_cache._MOST_FILES", 3)
    for number in range(6):
        cache.get((str(number),), Maker())
        os.utime(max(cache.folder.iterdir(), key=lambda f: f.stat().st_ctime_ns), (number, number))
    assert len(list(cache.folder.iterdir())) == 3


def test_templates_render_alike_from_the_cache_and_keep_apart(
    cache: CodeCache, tmp_path: Path
) -> None:
    """One text is compiled differently for a widget that may be anybody's."""
    path = tmp_path / "template.html"
    path.write_text('<p {{ style("box") }}>{{ name }}{{ "x"|sign }}</p>', encoding="utf-8")
    written = set()
    for _ in range(2):
        _code.cache_clear()
        for sandboxed in (False, True):
            jinja = environment([tmp_path], sandboxed=sandboxed)
            made = compiled(jinja, "w/template.html", path, ("box",), cache)
            constants = dict.fromkeys(made.constants, "style")
            written.add((made.template.render(name="<n>", **constants), len(made.constants)))
            assert type(made.template) is jinja.template_class
    _code.cache_clear()
    assert len(written) == 1
    assert cache.folder
    assert len(list(cache.folder.iterdir())) == 2


def test_styles_are_alike_from_the_cache(cache: CodeCache) -> None:
    path = builtin_folder() / "table/style.css"
    css = path.read_text(encoding="utf-8")
    made = [kept_styles(path, "table", css, cache) for _ in range(2)]
    assert made == [parse_styles(path, "table", css)] * 2
    assert [*made[1].rules] == [*made[0].rules]  # their order counts
    assert only_file(cache)
