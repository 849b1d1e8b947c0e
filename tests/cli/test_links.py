"""Links that have a name before they have an address: set once, and every waiting post has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, Remote, State
from blogkit.regions import find_regions
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run, edit

Make = Callable[..., Remote]
Write = Callable[..., Path]
QUIZ = "https://example.com/quiz/polity-12?set=1&paper=2"
ESCAPED = QUIZ.replace("&", "&amp;")
BUTTON = "How a bill becomes law.\n\n```{quiz-button}\nlabel: Test yourself\n```"
COURT = "The court sits in Delhi. [Take the test]({{ quiz_url }}) when you have read it."
PAGES = "Two houses make a parliament, and neither sits all year round."


def bodies(blog: Platform) -> dict[str, str]:
    return {post.title: post.body for post in blog.list("post", PRESENT)}


def test_every_waiting_post_is_filled_in_one_run(
    run: Run, write: Write, blog: Platform, workspace: Path
) -> None:
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12")
    write("court", COURT, "The supreme court", quiz="polity-12")
    write("other", PAGES, "Two houses", quiz="polity-12")
    waiting = run("publish", "--yes")
    assert waiting.code == 1
    assert "blogkit link set polity-12 URL" in waiting.err
    assert set(bodies(blog)) == {"Two houses"}
    done = run("link", "set", "polity-12", QUIZ, "--yes")
    assert done.code == 0, done
    assert ESCAPED in bodies(blog)["How a bill becomes law"]
    assert ESCAPED in bodies(blog)["The supreme court"]
    assert f'"polity-12" = "{QUIZ}"' in (workspace / "links.toml").read_text()
    assert [one["command"] for one in run("log", "--json").json["runs"]] == ["link set", "publish"]
    assert "nothing to do" in run("publish", "--yes").out


def test_coming_soon_becomes_the_link_and_undo_takes_both_back(
    run: Run, write: Write, blog: Platform, workspace: Path
) -> None:
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12")
    assert run("publish", "--allow-open", "--yes").code == 0
    before = bodies(blog)
    assert "coming soon" in before["How a bill becomes law"]
    assert run("link", "set", "polity-12", QUIZ, "--yes").code == 0
    after = bodies(blog)
    assert (ESCAPED in after["How a bill becomes law"], "coming soon" in str(after)) == (
        True,
        False,
    )
    undone = run("undo", "--yes")
    assert (undone.code, bodies(blog)) == (0, before), undone
    assert not (workspace / "links.toml").exists()
    assert run("link", "set", "polity-12", QUIZ + "b", "--yes").code == 0
    assert ESCAPED + "b" in bodies(blog)["How a bill becomes law"]


def test_another_address_replaces_the_first(
    run: Run, write: Write, blog: Platform, workspace: Path
) -> None:
    (workspace / "links.toml").write_text(
        f'# ours\npolity-12 = "{QUIZ}"  # the old\nother = "https://a.example/"\n'
    )
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12")
    assert run("publish", "--yes").code == 0
    assert run("link", "set", "polity-12", "https://b.example/q", "--yes").code == 0
    assert 'href="https://b.example/q"' in bodies(blog)["How a bill becomes law"]
    assert (workspace / "links.toml").read_text() == (
        '# ours\n"polity-12" = "https://b.example/q"\nother = "https://a.example/"\n'
    )


def test_a_widget_in_a_live_post_waits_with_the_name(
    run: Run, by_hand: Make, blog: Platform
) -> None:
    post = by_hand("Old", "<p>One</p><h2>Conclusion</h2><p>Two</p>")
    insert = (
        "insert",
        "quiz-button",
        "--set",
        "label=Start",
        "--quiz",
        "polity-12",
        "--at",
        "before:h2:Conclusion",
    )
    assert run(*insert, "--into", post.url, "--yes").code == 0
    assert "coming soon" in bodies(blog)["Old"]
    done = run("link", "set", "polity-12", QUIZ, "--yes")
    assert (done.code, "fill the link polity-12" in done.out) == (0, True), done
    (region,) = find_regions(bodies(blog)["Old"]).regions
    assert ESCAPED in bodies(blog)["Old"][region.inner : region.inner_end]
    assert "nothing to do" in run("link", "set", "polity-12", QUIZ, "--yes").out
    assert "nothing to do" in run("upgrade", post.url, "--yes").out
    assert run("undo", "--yes").code == 0
    assert "coming soon" in bodies(blog)["Old"]
    assert run("undo", "1", "--yes").code == 0
    assert bodies(blog)["Old"] == post.body


def test_a_widget_that_a_person_changed_is_left_alone(
    run: Run, by_hand: Make, write: Write, blog: Platform
) -> None:
    post = by_hand("Old", "<p>One</p>")
    run(
        "insert",
        "quiz-button",
        "--set",
        "label=Start",
        "--quiz",
        "polity-12",
        "--at",
        "end",
        "--into",
        post.url,
        "--yes",
    )
    edit(blog, "Old", body=bodies(blog)["Old"].replace("coming soon", "next week"))
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12")
    done = run("link", "set", "polity-12", QUIZ, "--yes")
    assert done.code == 4
    assert "next week" in bodies(blog)["Old"]
    assert ESCAPED in bodies(blog)["How a bill becomes law"]


def test_a_post_that_is_gone_does_not_stop_the_others(
    run: Run, by_hand: Make, write: Write, blog: Platform
) -> None:
    post = by_hand("Old", "<p>One</p>")
    run(
        "insert",
        "quiz-button",
        "--set",
        "label=Start",
        "--quiz",
        "polity-12",
        "--at",
        "end",
        "--into",
        post.url,
        "--yes",
    )
    blog.trash(post.ref)
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12")
    assert run("link", "set", "polity-12", QUIZ, "--yes").code == 0
    assert ESCAPED in bodies(blog)["How a bill becomes law"]


def test_an_adopted_post_has_the_link_in_its_file(
    run: Run, by_hand: Make, blog: Platform, workspace: Path
) -> None:
    post = by_hand("Old", "<p>One</p>")
    assert run("pull", post.url, "--html").code == 0
    insert = (
        "insert",
        "quiz-button",
        "--set",
        "label=Start",
        "--quiz",
        "polity-12",
        "--at",
        "end",
        "--into",
        post.url,
    )
    assert run(*insert, "--yes").code == 0
    assert run("publish", "--yes").code == 0
    done = run("link", "set", "polity-12", QUIZ, "--yes")
    assert (done.code, "blogkit publish" in done.out) == (0, True), done
    (file,) = (workspace / "posts").glob("*.html")
    assert ESCAPED in file.read_text()
    assert run("publish", "--yes").code == 0
    assert ESCAPED in bodies(blog)["Old"]


def test_nothing_is_written_before_the_yes(
    run: Run, write: Write, workspace: Path, sandbox: Sandbox
) -> None:
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12")
    sandbox.log.clear()
    shown = run("link", "set", "polity-12", QUIZ, "--dry-run")
    assert (shown.code, "How a bill becomes law" in shown.out) == (0, True)
    assert run("link", "set", "polity-12", QUIZ).code == 2
    assert (sandbox.log.writes(), (workspace / "links.toml").exists()) == ([], False)


def test_the_limit_guards_live_posts(
    run: Run, write: Write, blog: Platform, workspace: Path
) -> None:
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12")
    run("publish", "--allow-open", "--yes")
    refused = run("link", "set", "polity-12", QUIZ, "--yes", "--limit", "0")
    assert (refused.code, "--limit 1" in refused.err) == (1, True), refused
    assert not (workspace / "links.toml").exists()
    assert "coming soon" in bodies(blog)["How a bill becomes law"]


def test_only_posts_that_use_the_link_are_sent(
    run: Run, write: Write, blog: Platform, workspace: Path
) -> None:
    toml = workspace / "blogkit.toml"
    toml.write_text(toml.read_text() + 'quiz_url = "daily"\n')
    write("bill", BUTTON, "How a bill becomes law")
    write("other", PAGES, "Two houses")
    assert run("link", "set", "daily", QUIZ, "--yes").code == 0
    assert set(bodies(blog)) == {"How a bill becomes law"}


def test_a_draft_stays_a_draft(run: Run, write: Write, blog: Platform) -> None:
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12", publish="draft")
    run("publish", "--yes")
    assert run("link", "set", "polity-12", QUIZ, "--yes").code == 0
    (post,) = blog.list("post", PRESENT)
    assert (post.state, ESCAPED in post.body) == (State.DRAFT, True)


def test_a_link_without_posts_is_set_with_a_warning(
    run: Run, write: Write, workspace: Path
) -> None:
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12")
    done = run("link", "set", "polity-21", QUIZ)
    assert (done.code, "polity-12" in done.err) == (0, True), done
    assert "polity-21" in (workspace / "links.toml").read_text()
    assert run("undo", "--yes").code == 0
    assert not (workspace / "links.toml").exists()


@pytest.mark.parametrize(
    ("name", "url", "reason"),
    [
        ("polity/12", QUIZ, "not a valid name"),
        ("polity-12", "example.com/quiz", "https://example.com/quiz"),
        ("polity-12", "javascript:alert(1)", "must begin with https"),
        ("polity-12", "http://example.com/quiz", "not encrypted"),
        ("polity-12", "https://me:pass@example.com/", "user name or password"),
    ],
)
def test_what_is_not_a_link_is_refused(
    run: Run, workspace: Path, name: str, url: str, reason: str
) -> None:
    refused = run("link", "set", name, url, "--yes")
    assert (refused.code, reason in refused.err) == (2, True), refused
    assert not (workspace / "links.toml").exists()


def test_the_list_names_who_waits(run: Run, write: Write, by_hand: Make) -> None:
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12")
    write("court", COURT, "The supreme court", quiz="history 3")
    post = by_hand("Old", "<p>One</p>")
    run(
        "insert",
        "quiz-button",
        "--set",
        "label=Start",
        "--quiz",
        "polity-12",
        "--at",
        "end",
        "--into",
        post.url,
        "--yes",
    )
    run("link", "set", "history 3", QUIZ, "--yes")
    links = run("link", "list", "--json").json["links"]
    assert [(one["name"], one["url"], one["posts"], one["live"]) for one in links] == [
        ("history 3", QUIZ, ["posts/court.md"], []),
        ("polity-12", "", ["posts/bill.md"], ["Old"]),
    ]
    assert "pending" in run("link", "list").out


@pytest.mark.parametrize("text", ["polity-12 = 3\n", "polity-12 = https://a\n", "[a]\nb = ''\n"])
def test_a_damaged_file_is_an_error_with_its_place(
    run: Run, write: Write, workspace: Path, text: str
) -> None:
    (workspace / "links.toml").write_text(text)
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12")
    for command in (("publish", "--yes"), ("link", "list"), ("link", "set", "a", QUIZ, "--yes")):
        failed = run(*command)
        assert (failed.code, "links.toml" in failed.err) == (1, True), failed


def test_an_insert_takes_a_name_only_where_it_belongs(run: Run, by_hand: Make) -> None:
    post = by_hand("Old", "<p>One</p>")
    here = ("--at", "end", "--into", post.url, "--yes")
    callout = ("insert", "callout", "--set", "body=Read this.", "--quiz", "polity-12")
    assert "no place for a quiz link" in run(*callout, *here).err
    bad = run(
        "insert",
        "quiz-button",
        "--set",
        "label=Start",
        "--quiz",
        "https://me:pw@example.com/",
        *here,
    )
    assert "user name or password" in bad.err


def test_dead_links_are_found(
    run: Run, write: Write, by_hand: Make, workspace: Path, sandbox: Sandbox
) -> None:
    here = by_hand("Old", "<p>One</p>").url
    toml = workspace / "blogkit.toml"
    toml.write_text(toml.read_text() + "allow_http = true\n")
    write("bill", BUTTON, "How a bill becomes law", quiz=here)
    (workspace / "links.toml").write_text(f'"gone" = "{sandbox.url}/none.html"\n')
    checked = run("link", "check", "--private", "--json")
    assert checked.code == 1
    assert [(one["state"], one["places"]) for one in checked.json["links"]] == [
        ("dead", ["gone in links.toml"]),
        ("ok", ["posts/bill.md"]),
    ]
    refused = run("link", "check", "gone")
    assert (refused.code, "--private" in refused.err + refused.out) == (1, True)
    assert run("link", "check", "none").code == 2


def test_one_run_fills_every_site(
    run: Run, write: Write, by_hand: Make, blog: Platform, workspace: Path
) -> None:
    toml = workspace / "blogkit.toml"
    more = '\n[sites.pages]\nplatform = "folder"\nfolder = "public"\n'
    text = toml.read_text().replace("[blog]\n", '[blog]\ndefault_site = "main"\n')
    toml.write_text(text + more)
    write("bill", BUTTON, "How a bill becomes law", quiz="polity-12", sites="[main, pages]")
    old = by_hand("Old", "<p>One</p>")
    wait = ("insert", "quiz-button", "--set", "label=Start", "--quiz", "polity-12", "--at", "end")
    assert run(*wait, "--into", old.url, "--yes").code == 0
    done = run("link", "set", "polity-12", QUIZ, "--yes", "--json")
    assert done.code == 0, done
    assert sorted((one["site"], one["result"]) for one in done.json["outcomes"]) == [
        ("main", "done"),
        ("main", "done"),
        ("pages", "done"),
    ]
    (page,) = (workspace / "public").glob("**/*law*.html")
    assert ESCAPED in page.read_text()
    assert all(ESCAPED in body for body in bodies(blog).values())
    assert len(run("log", "--json").json["runs"]) == 2
