"""The main job from the command line on a real WordPress: each post once, a second run writes
nothing; as admin and as author.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blogkit.__main__ import main
from tests.cli.test_publish import DRAFT, LIVE, SCHEDULED, URL
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site

EDIT = {"context": "edit"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f0003860180af2d0d5a0000000049454e44ae426082"
)


@pytest.fixture(params=["admin", "author"])
def workspace(request: pytest.FixtureRequest, wordpress: Site, tmp_path: Path) -> Path:
    """Three posts for the WordPress site, one with a local image; the account's login is in the
    site's `username`.
    """
    user = wordpress.users[request.param]
    (tmp_path / "blogkit.toml").write_text(
        '[blog]\ntimezone = "Asia/Kolkata"\n[sites.school]\nplatform = "wordpress"\nurl ='
        f' "{wordpress.url}"\nusername = "{user.login}"\n',
        encoding="utf-8",
    )
    (tmp_path / ".env").write_text(
        f"BLOGKIT_SCHOOL_APP_PASSWORD={user.application_password}\n"
        f"BLOGKIT_SCHOOL_ORIGIN={wordpress.url}\n",
        encoding="utf-8",
    )
    (tmp_path / ".env").chmod(0o600)
    (tmp_path / "posts").mkdir()
    (tmp_path / "dot.png").write_bytes(PNG)
    image = "\n![A dot](dot.png)\n"
    for name, text in {"polity": LIVE + image, "economy": SCHEDULED, "unfinished": DRAFT}.items():
        (tmp_path / f"posts/{name}-{request.param}.md").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    """`run("publish", "--yes")` → exit code and JSON report."""

    def command(*arguments: str) -> tuple[int, Any]:
        code = main(["-C", str(workspace), *arguments, "--json"], sleep=lambda _seconds: None)
        captured = capsys.readouterr()
        assert captured.out, captured.err
        return code, json.loads(captured.out)

    return command


@pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
def test_the_main_job(
    run: Callable[..., tuple[int, Any]], wordpress: Site, workspace: Path
) -> None:
    code, first = run("publish", "--yes")
    assert code == 0, first
    states = {
        outcome["key"].split("-")[0]: (outcome["result"], outcome["state"], outcome["losses"])
        for outcome in first["outcomes"]
    }
    assert states == {
        "polity": ("done", "live", []),
        "economy": ("done", "scheduled", []),
        "unfinished": ("done", "draft", []),
    }

    ids = {outcome["key"].split("-")[0]: outcome["id"] for outcome in first["outcomes"]}
    live = wordpress.rest("admin", "GET", f"/wp/v2/posts/{ids['polity']}", params=EDIT).json()
    raw = live["content"]["raw"]
    assert (live["title"]["raw"].replace("&amp;", "&"), live["status"]) == (
        "Polity: four articles & a question",
        "publish",
    )
    assert raw.count(URL) == 4
    assert "YOUR_MOCK_TEST_LINK_HERE" not in raw
    assert "quiz_url" not in raw
    assert "blogkit-asset" not in raw
    assert "/wp-content/uploads/" in raw
    tags = wordpress.rest("admin", "GET", "/wp/v2/tags", params={"post": ids["polity"]}).json()
    assert sorted(tag["name"] for tag in tags) == ["GS-II", "Polity"]
    later = wordpress.rest("admin", "GET", f"/wp/v2/posts/{ids['economy']}", params=EDIT).json()
    assert (later["status"], later["date_gmt"]) == ("future", "2030-01-31T01:30:00")

    stamps = {key: modified(wordpress, identity) for key, identity in ids.items()}
    code, second = run("publish", "--yes")
    assert code == 0
    assert {outcome["result"] for outcome in second["outcomes"]} == {"unchanged"}
    assert {key: modified(wordpress, identity) for key, identity in ids.items()} == stamps

    path = next((workspace / "posts").glob("polity*"))
    path.write_text(
        path.read_text(encoding="utf-8").replace("Read this", "Read this again"), encoding="utf-8"
    )
    code, third = run("publish", "--yes")
    assert code == 0
    assert sorted(outcome["result"] for outcome in third["outcomes"]) == [
        "done",
        "unchanged",
        "unchanged",
    ]

    code, health = run("doctor")
    assert code == 0, health


def modified(site: Site, identity: str) -> str:
    """WordPress's own stamp: every write moves it."""
    return str(
        site.rest("admin", "GET", f"/wp/v2/posts/{identity}", params=EDIT).json()["modified_gmt"]
    )
