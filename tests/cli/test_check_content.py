"""`blogkit check` on what posts say: codes, `--fix`, `--list`, and what is switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.lint.registry import CHECKS
from tests.cli.conftest import Run

BROKEN = "---\ntitle: Talks\n---\nThe cafÃ© is [here](https://example.com).\n"


@pytest.fixture
def post(workspace: Path) -> Path:
    path = workspace / "posts/talks.md"
    path.write_text(BROKEN, encoding="utf-8", newline="")
    return path


def test_findings_have_line_reason_fix_and_code(run: Run, post: Path) -> None:
    done = run("check")
    assert done.code == 1
    assert (
        'posts/talks.md:4: error: "Ã©" is "é" decoded with the wrong encoding [mojibake]\n    run:'
        " blogkit check --fix" in done.err
    )
    assert "posts/talks.md:4: warning:" in done.err
    problems = run("check", "--json").json["problems"]
    assert {(problem["code"], problem["severity"], problem["line"]) for problem in problems} == {
        ("mojibake", "error", 4),
        ("cta-without-label", "warning", 4),
    }


def test_errors_stop_a_publish_and_warnings_are_for_check_alone(run: Run, post: Path) -> None:
    refused = run("publish", "--yes")
    assert refused.code == 1
    assert "mojibake" in refused.err or "wrong encoding" in refused.err
    assert "nothing was sent" in refused.err
    assert run("check", "--fix").code == 0
    published = run("publish", "--yes")
    assert published.code == 0
    assert "does not describe its target" not in published.err


def test_fixing_changes_what_it_says_and_nothing_else(run: Run, post: Path) -> None:
    raw = b"\xef\xbb\xbf" + BROKEN.replace("\n", "\r\n").encode()
    post.write_bytes(raw)
    post.chmod(0o640)
    shown = run("check", "--fix", "--dry-run")
    assert 'posts/talks.md:4: would change "Ã©" to "é"' in shown.out
    assert (shown.code, post.read_bytes()) == (1, raw)
    fixed = run("check", "--fix")
    assert 'posts/talks.md:4: changed "Ã©" to "é"' in fixed.out
    assert (fixed.code, post.read_bytes()) == (0, raw.replace("Ã©".encode(), "é".encode()))
    assert post.stat().st_mode & 0o777 == 0o640
    assert run("check", "--fix", "--json").json["fixed"] == []
    assert [path.name for path in post.parent.iterdir()] == ["talks.md"]


def test_a_dry_run_is_of_a_fix(run: Run, post: Path) -> None:
    assert run("check", "--dry-run").code == 2


def test_checks_can_be_switched_off(run: Run, post: Path, workspace: Path) -> None:
    config = workspace / "blogkit.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text + '\n[check]\noff = ["mojibake", "cta-without-label"]\n', encoding="utf-8"
    )
    assert run("check").out == "1 post checked: no problems\n"
    assert run("check", "--fix", "--json").json["fixed"] == []
    assert run("publish", "--yes").code == 0


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('off = ["mojibak"]', 'did you mean "mojibake"?'),
        ('off = "mojibake"', "off must be a list"),
        ('of = ["mojibake"]', 'did you mean "off"?'),
    ],
)
def test_what_cannot_be_switched_off_is_named(
    run: Run, post: Path, workspace: Path, table: str, said: str
) -> None:
    config = workspace / "blogkit.toml"
    config.write_text(
        config.read_text(encoding="utf-8") + f"\n[check]\n{table}\n", encoding="utf-8"
    )
    for command in (("check",), ("publish", "--yes")):
        done = run(*command)
        assert done.code == 1
        assert said in done.err


def test_the_checks_are_listed_without_a_workspace(run: Run) -> None:
    listed = run("check", "--list")
    assert listed.code == 0
    assert [line.split()[0] for line in listed.out.splitlines()[1:]] == list(CHECKS)
    assert [check["code"] for check in run("check", "--list", "--json").json["checks"]] == list(
        CHECKS
    )


def test_links_between_posts_are_followed(run: Run, post: Path, workspace: Path) -> None:
    post.write_text(
        "---\ntitle: Talks\n---\nSee [the rest](posts/rest.md) and [more of it](rest-key).\n",
        encoding="utf-8",
    )
    assert [problem["code"] for problem in run("check", "--json").json["problems"]] == [
        "unknown-internal-link"
    ] * 2
    (workspace / "posts/rest.md").write_text(
        "---\ntitle: Rest\nkey: rest-key\n---\nA.\n", encoding="utf-8"
    )
    assert run("check", post, "--json").json["problems"] == []


def test_a_post_that_cannot_be_rendered_is_read_all_the_same(run: Run, post: Path) -> None:
    post.write_text(
        "---\ntitle: Talks\n---\n[here](https://example.com)\n\n```{tabel}\n```\n", encoding="utf-8"
    )
    assert {problem["code"] for problem in run("check", "--json").json["problems"]} == {
        "unknown-widget",
        "cta-without-label",
    }


def test_what_blogkit_writes_itself_is_named_until_its_author_replaces_it(
    run: Run, workspace: Path
) -> None:
    assert run("new", "post", "A first post").code == 0
    checked = run("check")
    assert (checked.code, checked.out) == (0, "1 post: 3 warnings\n")
    post = workspace / "posts/a-first-post.md"
    text = post.read_text(encoding="utf-8")
    body = text[text.index("In the first") :]
    post.write_text(text.replace(body, "Two delegations met.\n"), encoding="utf-8")
    assert run("check").out == "1 post checked: no problems\n"


def test_errors_come_first_and_the_total_last(run: Run, workspace: Path) -> None:
    head = "---\ntitle: {}\n---\n"
    (workspace / "posts/a.md").write_text(
        head.format("First talks") + "[here](/a)\n", encoding="utf-8"
    )
    (workspace / "posts/b.md").write_text(
        head.format("Second round") + "```timeline\nevents: []\n```\n", encoding="utf-8"
    )
    (workspace / "posts/c.markdown").write_text(head.format("Third"), encoding="utf-8")
    (workspace / "posts/d.MD").write_text(head.format("Fourth"), encoding="utf-8")
    checked = run("check")
    assert checked.out == "2 posts: 1 error, 3 warnings\n"
    assert checked.err.index("posts/b.md:4: error:") < checked.err.index("posts/a.md:4: warning:")
    assert "posts/c.markdown is left out: its name ends in .markdown" in checked.err
    assert "rename it to posts/d.md" in checked.err
    assert checked.err.count("d.MD") == 1
    assert run("check", "--fix").code == 1  # the call has no events
    fixed = (workspace / "posts/b.md").read_text(encoding="utf-8")
    assert fixed.endswith("```{timeline}\nevents: []\n```\n")
