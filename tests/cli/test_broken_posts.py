"""Broken posts: left out with file and line, all in one run; the others go, and no file is
touched.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.cli.conftest import Run

HEAD = "---\ntitle: T\n---\n"
BROKEN: dict[str, tuple[bytes, str]] = {
    "not-utf8": (b"---\ntitle: T\n---\nna\xefve\n", ":4: "),
    "empty": (b"", ": "),
    "no-front-matter": (b"Just text.\n", ":1: "),
    "unclosed-front-matter": (b"---\ntitle: T\nText.\n", ":1: "),
    "unclosed-fence": (f"{HEAD}```{{timeline}}\nevents: []\n".encode(), ":4: "),
    "unknown-key": (b"---\ntitle: T\nlabel: [x]\n---\nText.\n", ":3: "),
    "bad-date": (b"---\ntitle: T\npublish: 2026-13-45 07:00\n---\nText.\n", ":3: "),
    "duplicate-key": (b"---\ntitle: T\ntitle: U\n---\nText.\n", ":3: "),
    "unknown-widget": (f"{HEAD}```{{timline}}\nevents: []\n```\n".encode(), ":4: "),
    "unknown-field": (
        f"{HEAD}```{{timeline}}\nevents:\n  - {{date: 2022, titel: x}}\n```\n".encode(),
        ":6: ",
    ),
    "wrong-type": (f"{HEAD}```{{timeline}}\nevents: soon\n```\n".encode(), ":5: "),
    "open-placeholder": (
        b"---\ntitle: T\npublish: now\n---\nGo to YOUR_MOCK_TEST_LINK_HERE now.\n",
        ":5: ",
    ),
    "javascript-quiz": (
        b"---\ntitle: T\nquiz: 'javascript:alert(1)'\n---\n{{ quiz_url }}\n",
        ":3: ",
    ),
    "local-image-on-blogger": (f"{HEAD}![x](images/x.png)\n".encode(), ":4: "),
    "too-many-labels": (
        f"---\ntitle: T\nlabels: [{', '.join(f'l{n}' for n in range(21))}]\n---\nText.\n".encode(),
        ":3: ",
    ),
    "bad-yaml": (b"---\ntitle: [T\n---\nText.\n", ":"),
}


def titles(sandbox: Sandbox) -> list[str]:
    """What readers see."""
    return [post.title for post in sandbox.store.find(Wanted("post", ("LIVE",)))]


@pytest.mark.slow
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_post_is_left_out_and_the_others_go(
    run: Run, workspace: Path, sandbox: Sandbox, name: str
) -> None:
    data, place = BROKEN[name]
    good, bad = workspace / "posts/good.md", workspace / f"posts/{name}.md"
    good.write_bytes(b"---\ntitle: Good\npublish: now\n---\nFine.\n")
    bad.write_bytes(data)
    strict = run("publish", "--yes", "--all-or-nothing")
    assert strict.code == 1
    assert f"posts/{name}.md{place}" in strict.err
    assert "nothing was sent" in strict.err
    assert sandbox.log.writes() == []
    done = run("publish", "--yes", "--json")
    assert done.code == 1
    assert f"posts/{name}.md{place}" in done.err
    assert {problem["path"] for problem in done.json["problems"]} == {f"posts/{name}.md"}
    assert [post["title"] for post in done.json["outcomes"]] == ["Good"]
    assert titles(sandbox) == ["Good"]
    assert (bad.read_bytes(), good.read_bytes()) == (
        data,
        b"---\ntitle: Good\npublish: now\n---\nFine.\n",
    )


def test_all_of_them_come_in_one_run(run: Run, workspace: Path, sandbox: Sandbox) -> None:
    for name, (data, _) in BROKEN.items():
        (workspace / f"posts/{name}.md").write_bytes(data)
    done = run("publish", "--yes", "--json")
    assert done.code == 1
    content_errors = {problem["path"] for problem in done.json["problems"]}
    assert content_errors == {f"posts/{name}.md" for name in BROKEN}
    assert sandbox.log.served() == []


def test_two_files_of_one_key_are_refused(run: Run, workspace: Path, sandbox: Sandbox) -> None:
    (workspace / "posts/a.md").write_text("---\ntitle: A\nkey: same\n---\nx\n", encoding="utf-8")
    (workspace / "posts/b.md").write_text("---\ntitle: B\nkey: same\n---\nx\n", encoding="utf-8")
    done = run("publish", "--yes")
    assert done.code == 1
    assert "same" in done.err
    assert sandbox.log.writes() == []
