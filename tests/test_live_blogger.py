"""The questions to a real blog, asked of the sandbox: the answers are its switches."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from blogkit.sandbox.quirks import OPTIONS, Quirks
from blogkit.sandbox.server import Sandbox
from scripts.live_blogger import MOST, NOT_ASKED, main
from tests.platforms.blogger.pairs import pairwise
from tests.sampling import is_whole, note
from tests.sandbox.conftest import NOON

ASKED = {name: positions for name, positions in OPTIONS.items() if name not in NOT_ASKED}
ROWS = pairwise({name: [*positions] for name, positions in ASKED.items()})
ENV = "".join(
    f"BLOGKIT_MAIN_{name}=sandbox\n" for name in ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN")
)


def folder(sandbox: Sandbox, place: Path) -> Path:
    (place / ".env").write_text(ENV)
    (place / ".env").chmod(0o600)
    (place / "blogkit.toml").write_text(
        f'[sites.main]\nplatform = "blogger"\nurl = "{sandbox.url}"\napi_base = "{sandbox.api_base}"\n'
    )
    return place


def told(out: str) -> dict[str, str]:
    lines = [line.split() for line in out.splitlines() if "not asked" not in line]
    return {line[0]: line[1] for line in lines if line[0] in ASKED}


SOME = ROWS if is_whole() else ROWS[:8]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=str(number), marks=pytest.mark.slow if number > 3 else ())
        for number, row in enumerate([{}, *SOME])
    ],
)
def test_the_answers_are_the_switches(
    row: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not row:
        note(len(ROWS) - len(SOME))
    with Sandbox(clock=lambda: NOON, switches=Quirks(**row)) as sandbox:
        switches = asdict(sandbox.switches)
        assert main([str(folder(sandbox, tmp_path))], sandbox.clock) == 0
        assert told(capsys.readouterr().out) == {name: switches[name] for name in ASKED}
        assert len(sandbox.log.served()) <= MOST + 1
        assert (sandbox.store.count("post", "LIVE"), sandbox.store.count("post", "DRAFT")) == (0, 0)
        assert sandbox.store.count("post", "SOFT_TRASHED") == 2


def test_what_is_not_asked_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Sandbox(clock=lambda: NOON) as sandbox:
        main([str(folder(sandbox, tmp_path))], sandbox.clock)
    out = capsys.readouterr().out
    for name, reason in NOT_ASKED.items():
        assert f"not asked: {reason}" in next(
            line for line in out.splitlines() if line.startswith(name)
        )


def test_a_blog_with_posts_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Sandbox(clock=lambda: NOON) as sandbox:
        for number in range(6):
            sandbox.blog.insert("post", {"title": f"{number}"}, draft=False)
        place = str(folder(sandbox, tmp_path))
        assert main([place], sandbox.clock) == 1
        assert "has 6 posts" in capsys.readouterr().err
        assert sandbox.log.writes() == []
        assert main([place, "--yes"], sandbox.clock) == 0
        assert sandbox.store.count("post", "LIVE") == 6


@pytest.mark.parametrize("kind", ["quota", "reset-after-commit"])
def test_a_failure_ends_the_questions_and_cleans_up(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Sandbox(clock=lambda: NOON) as sandbox:
        sandbox.fail(kind, method="PUT")
        assert main([str(folder(sandbox, tmp_path))], sandbox.clock) == 1
        assert sandbox.store.count("post", "SOFT_TRASHED") == 2
    done = capsys.readouterr()
    assert "put_omitted_labels             not asked: an earlier request failed" in done.out
    assert "html_comments                  stripped (the default)" in done.out
    assert done.err.startswith("error: ")


def test_posts_that_stay_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Sandbox(clock=lambda: NOON) as sandbox:
        sandbox.fail("quota", method="DELETE")
        assert main([str(folder(sandbox, tmp_path))], sandbox.clock) == 1
        left = sandbox.store.count("post", "SOFT_TRASHED")
    assert (left, capsys.readouterr().err.count("to the trash by hand")) == (1, 1)
