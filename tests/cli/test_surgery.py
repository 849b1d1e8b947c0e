"""Widgets in posts that were live before: put in, found, drawn anew, taken out, undone; every
other byte as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, Remote
from blogkit.regions import find_regions
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run, edit

Make = Callable[..., Remote]
Write = Callable[..., Path]
OLD = (
    "<p>Caf&eacute; <b>one</p>\r\n<h2 class=x>Key facts</h2>\n<p>Two &nbsp;"
    ' 📍\n<h2><i>Conclusion</i></h2>\n<p>Three</p><script>a("</p>")</script> \n'
)
QUIZ = ("insert", "quiz-button", "--set", "label=Start", "--set", "url=https://example.com/quiz")


def body(blog: Platform, title: str = "Old") -> str:
    (found,) = [post.body for post in blog.list("post", PRESENT) if post.title == title]
    return found


@pytest.fixture
def old(by_hand: Make, blog: Platform) -> Remote:
    by_hand("Old", OLD)
    return next(post for post in blog.list("post", PRESENT))


def test_a_widget_goes_in_before_a_heading_and_out_again(
    run: Run, old: Remote, blog: Platform
) -> None:
    done = run(*QUIZ, "--into", old.url, "--at", "before:h2:Conclusion", "--yes")
    assert done.code == 0
    assert "insert quiz-button at before:h2:Conclusion in live post “Old” on main" in done.out
    now = body(blog)
    (region,) = find_regions(now).regions
    assert (region.mark.id, region.mark.widget, region.edited) == (
        "quiz-button",
        "quiz-button",
        False,
    )
    assert now[: region.start] + now[region.end :] == old.body
    assert now[region.end :].startswith("<h2><i>Conclusion")
    assert 'href="https://example.com/quiz"' in now[region.start : region.end]
    assert run("remove", "quiz-button", "--from", old.url, "--yes").code == 0
    assert body(blog) == old.body


def test_twice_is_once_and_undo_puts_it_back(
    run: Run, old: Remote, blog: Platform, sandbox: Sandbox
) -> None:
    command = (*QUIZ, "--into", old.ref.id, "--at", "end", "--yes")
    run(*command)
    once = body(blog)
    sandbox.log.clear()
    assert "nothing to do in “Old”" in run(*command).out
    assert sandbox.log.writes() == []
    assert body(blog) == once
    assert run("undo", "--yes").code == 0
    assert body(blog) == old.body


def test_dry_run_shows_the_difference_and_sends_nothing(
    run: Run, old: Remote, sandbox: Sandbox
) -> None:
    sandbox.log.clear()
    done = run(*QUIZ, "--into", old.url, "--at", "before:h2:Conclusion", "--dry-run")
    assert done.code == 0
    assert "https://example.com/quiz" in done.out
    assert "1 post checked, 1 to change" in done.out
    assert sandbox.log.writes() == []
    assert run(*QUIZ, "--into", old.url, "--at", "end").code == 2


def test_an_anchor_that_is_not_there_lists_what_is(run: Run, old: Remote, blog: Platform) -> None:
    done = run(*QUIZ, "--into", old.url, "--at", "before:h2:Conclusions", "--yes")
    assert done.code == 1
    assert "Conclusion" in done.err + done.out
    assert body(blog) == old.body
    assert run(*QUIZ, "--into", old.url, "--at", "nowhere", "--yes").code == 2
    assert run("insert", "quizbutton", "--into", old.url, "--at", "end").code == 2
    assert "no posts chosen" in run(*QUIZ, "--at", "end").err


def test_several_places_need_a_choice(run: Run, by_hand: Make, blog: Platform) -> None:
    post = by_hand("Old", "<h2>Same</h2><p>a</p><h2>Same</h2><p>b</p>")
    done = run(*QUIZ, "--into", post.url, "--at", "before:h2:Same", "--yes")
    assert (done.code, "--nth" in done.err + done.out, "--every" in done.err + done.out) == (
        1,
        True,
        True,
    )
    assert run(*QUIZ, "--into", post.url, "--at", "before:h2:Same", "--nth", "2", "--yes").code == 0
    assert (
        body(blog).index("<p>a</p>")
        < body(blog).index("example.com/quiz")
        < body(blog).index("<p>b</p>")
    )


def test_all_posts_with_a_label_with_one_confirmation(
    run: Run, by_hand: Make, blog: Platform
) -> None:
    for number in range(3):
        by_hand(f"Polity {number}", "<p>Text.</p>", ("Polity",))
    by_hand("Other", "<p>Text.</p>")
    done = run(*QUIZ, "--label", "Polity", "--at", "end", "--yes")
    assert (done.code, "3 posts checked, 3 to change" in done.out) == (0, True)
    assert [
        title
        for title in ("Polity 0", "Polity 1", "Polity 2", "Other")
        if "quiz" in body(blog, title)
    ] == [
        "Polity 0",
        "Polity 1",
        "Polity 2",
    ]
    assert run("undo", "--yes").code == 0
    assert {body(blog, f"Polity {number}") for number in range(3)} == {"<p>Text.</p>"}


def test_search_and_since_choose_posts(run: Run, by_hand: Make, blog: Platform) -> None:
    by_hand("One", "<p>About caf&eacute;s.</p>")
    by_hand("Two", "<p>About tea.</p>")
    assert "1 post checked" in run(*QUIZ, "--search", "Cafés", "--at", "end", "--dry-run").out
    assert "0 posts checked" in run(*QUIZ, "--since", "2999-01-01", "--at", "end", "--dry-run").out
    assert "2 posts checked" in run(*QUIZ, "--since", "2000-01-01", "--at", "end", "--dry-run").out


def test_a_post_that_has_a_file_is_changed_there(
    run: Run, write: Write, blog: Platform, sandbox: Sandbox
) -> None:
    write()
    run("publish", "--yes")
    sandbox.log.clear()
    done = run(*QUIZ, "--into", "posts/miami.md", "--at", "end", "--yes")
    assert (done.code, "the post has a file, posts/miami.md" in done.err + done.out) == (1, True)
    assert sandbox.log.writes() == []
    assert run(*QUIZ, "--into", "miami", "--at", "end", "--yes", "--live").code == 0
    assert "example.com/quiz" in body(blog, "Talks in Miami")
    assert run("status", "--json").json["posts"][0]["file"] == "edited there"
    assert run("undo", "--yes").code == 0
    assert run("status", "--json").json["posts"][0]["file"] == "up to date"


def test_posts_without_the_place_are_all_named(run: Run, by_hand: Make) -> None:
    titles = [f"{topic} in 2026" for topic in ("Rain", "Wind", "Tea", "Rice", "Law", "Tax", "Mud")]
    for number, title in enumerate(titles):
        by_hand(title, f"<p>{title}, {number}.</p>")
    done = run(*QUIZ, "--all", "--at", "before:h2:Conclusion", "--dry-run")
    (summary,) = [line for line in done.out.splitlines() if line.startswith("7 posts checked")]
    assert summary.endswith("7 where the place was not found:")
    assert {f"    “{title}”" for title in titles} <= set(done.out.splitlines())


def test_posts_of_an_archive_without_the_place_are_passed_over(
    run: Run, by_hand: Make, blog: Platform
) -> None:
    by_hand("One", "<h2>Conclusion</h2><p>a</p>")
    by_hand("Two", "<p>b</p>")
    done = run(*QUIZ, "--all", "--at", "before:h2:Conclusion", "--yes")
    assert (
        done.code,
        "2 posts checked, 1 to change, 1 where the place was not found (“Two”)" in done.out,
    ) == (0, True)
    assert body(blog, "Two") == "<p>b</p>"
    done = run("remove", "quiz-button", "--all", "--yes", "--json")
    assert (done.code, done.json["without"], len(done.json["outcomes"])) == (0, ["Two"], 1)
    assert body(blog, "One") == "<h2>Conclusion</h2><p>a</p>"


def test_a_second_one_of_the_same_name_is_the_first_written_anew_and_says_so(
    run: Run, old: Remote, blog: Platform
) -> None:
    run(*QUIZ, "--into", old.url, "--at", "end", "--yes")
    other = [part.replace("Start", "Begin") for part in QUIZ]
    done = run(*other, "--into", old.url, "--at", "start", "--dry-run")
    assert "re-render quiz-button where it is (line" in done.out
    assert "to add a second quiz-button, use another --id" in done.out
    assert run(*other, "--into", old.url, "--at", "start", "--id", "top", "--yes").code == 0
    assert [row["id"] for row in run("regions", old.url, "--json").json["regions"]] == [
        "top",
        "quiz-button",
    ]


def test_one_post_that_cannot_be_changed_stops_no_other(
    run: Run, by_hand: Make, blog: Platform
) -> None:
    by_hand("One", "<h2>Same</h2><p>a</p><h2>Same</h2>")
    by_hand("Two", "<h2>Same</h2><p>a</p><h2>Same</h2><h2>Same</h2>")
    done = run(*QUIZ, "--all", "--at", "before:h2:Same", "--nth", "3", "--yes")
    assert (done.code, "cannot edit “One” on main" in done.err + done.out) == (1, True)
    assert "quiz" in body(blog, "Two")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("insert", "quiz-button", "--all", "--at", "end"), "--set"),
        (("insert", "toc", "--all", "--at", "end"), "headings of a post's file"),
        (("insert", "quiz-button", "--all", "--at", "after:h2"), "after:h2:"),
        (("insert", "quiz-button", "--all", "--at", "h2:Notes"), "before:h2:Notes"),
        (("upgrade", "--widget", "quizbutton", "--all"), 'did you mean "quiz-button"?'),
    ],
)
def test_what_makes_no_sense_is_said_before_any_post_is_asked_for(
    run: Run, old: Remote, sandbox: Sandbox, command: tuple[str, ...], words: str
) -> None:
    done = run(*command, "--yes")
    assert (done.code in (1, 2), words in done.err) == (True, True), done


def test_an_adopted_post_is_changed_in_its_file(
    run: Run, old: Remote, blog: Platform, workspace: Path, sandbox: Sandbox
) -> None:
    run("adopt", "--all")
    (path,) = (workspace / "posts").glob("*.html")
    before = path.read_bytes()
    sandbox.log.clear()
    insert = (*QUIZ, "--all", "--at", "before:h2:Conclusion")
    assert run(*insert, "--dry-run").code == 0
    assert path.read_bytes() == before
    done = run(*insert, "--yes")
    assert (
        done.code,
        "changed: posts/old.html; to send them, run blogkit publish" in done.out,
    ) == (0, True)
    assert sandbox.log.writes() == []
    assert "example.com/quiz" in path.read_text()
    assert run("publish", "--yes").code == 0
    now = body(blog)
    (region,) = find_regions(now).regions
    assert now[: region.start] + now[region.end :] == old.body
    assert run("remove", "quiz-button", "--all", "--yes").code == 0
    assert path.read_bytes() == before


def test_a_file_is_in_nobodys_way_where_nothing_would_change(
    run: Run, write: Write, by_hand: Make
) -> None:
    write()
    run("publish", "--yes")
    by_hand("Old", "<p>YOUR_MOCK_TEST_LINK_HERE</p>")
    assert run("upgrade", "--all", "--yes").code == 0
    done = run(
        "replace",
        "text:YOUR_MOCK_TEST_LINK_HERE",
        "--with",
        "https://example.com/quiz",
        "--all",
        "--yes",
    )
    assert (done.code, "1 where the place was not found" in done.out) == (0, True)


def test_an_edit_in_the_meantime_is_not_overwritten_by_undo(
    run: Run, old: Remote, blog: Platform
) -> None:
    run(*QUIZ, "--into", old.url, "--at", "end", "--yes")
    edited = body(blog).replace("Three", "Three and a half")
    edit(blog, "Old", body=edited)
    assert run("undo", "--yes").code == 4
    assert body(blog) == edited


def test_a_region_edited_by_hand_is_left_alone(run: Run, old: Remote, blog: Platform) -> None:
    run(*QUIZ, "--into", old.url, "--at", "end", "--yes")
    edited = body(blog).replace(">Start", ">Go")
    edit(blog, "Old", body=edited)
    (row,) = run("regions", old.url, "--json").json["regions"]
    assert (row["id"], row["state"]) == ("quiz-button", "edited by hand")
    for command in (
        ("upgrade", old.url, "--yes"),
        ("remove", "quiz-button", "--from", old.url, "--yes"),
    ):
        assert run(*command).code == 4
    assert body(blog) == edited
    assert run("remove", "quiz-button", "--from", old.url, "--force", "--yes").code == 0
    assert body(blog) == old.body


def test_widgets_are_drawn_anew_from_their_data_with_a_newer_template(
    run: Run, old: Remote, blog: Platform, workspace: Path
) -> None:
    run(*QUIZ, "--into", old.url, "--at", "before:h2:Conclusion", "--yes")
    assert "nothing to do" in run("upgrade", "--all", "--yes").out
    run("widget", "eject", "quiz-button")
    template = workspace / "widgets/quiz-button/template.html"
    template.write_text(template.read_text().replace("unlinked }}</a>", "unlinked }} now</a>"))
    assert run("upgrade", "--widget", "timeline", "--all", "--yes").out.count("upgrade") == 0
    done = run("upgrade", "--widget", "quiz-button", "--all", "--yes")
    assert (done.code, "upgrade quiz-button in live post “Old”" in done.out) == (0, True)
    now = body(blog)
    (region,) = find_regions(now).regions
    assert "Start now" in now[region.start : region.end]
    assert now[: region.start] + now[region.end :] == old.body


def test_a_piece_of_html_goes_in_as_it_is_and_is_replaced(
    run: Run, old: Remote, blog: Platform, workspace: Path
) -> None:
    (workspace / "note.html").write_text("<div>\n <p>Note.</p>\n</div>\n")
    assert (
        run(
            "insert", "note.html", "--into", old.url, "--at", "after:p:1", "--id", "n", "--yes"
        ).code
        == 0
    )
    assert "<p>Note.</p>" in body(blog)
    (workspace / "note.html").write_text("<p>Another.</p>")
    assert run("replace", "region:n", old.url, "--with", "note.html", "--yes").code == 0
    assert "Note." not in body(blog)
    (region,) = find_regions(body(blog)).regions
    assert body(blog)[: region.start] + body(blog)[region.end :] == old.body
    assert run("insert", "nothing.html", "--into", old.url, "--at", "end").code == 2


def test_active_content_goes_in_only_by_its_kind(
    run: Run, old: Remote, blog: Platform, workspace: Path
) -> None:
    """The post has a script already, which is no leave for another one."""
    note = workspace / "note.html"
    note.write_text("<p>Note.</p>\n<p onclick='a()'>x</p>\n<iframe srcdoc=x></iframe>")
    insert = ("insert", "note.html", "--into", old.url, "--at", "end", "--yes")
    done = run(*insert)
    assert (done.code, body(blog)) == (1, old.body)
    assert "note.html:2: error: onclick of <p> runs code in readers' browsers" in done.err
    assert "note.html:3: error: <iframe srcdoc>" in done.err
    assert "add --allow handler" in done.err
    assert run(*insert, "--allow", "handler").code == 1
    assert run(*insert, "--allow", "handler", "--allow", "iframe").code == 0
    assert "onclick" in body(blog)
    note.write_text("<script>a(1)</script>")
    done = run("replace", "region:note", old.url, "--with", "note.html", "--yes")
    assert (done.code, "note.html:1: error: <script> runs code" in done.err) == (1, True)


def test_a_text_is_replaced_by_no_active_content(run: Run, by_hand: Make, blog: Platform) -> None:
    by_hand("Old", '<a href="LINK">x</a><a href="javascript:go()">y</a><script>LINK()</script>')
    replace = ("replace", "text:LINK", "--all", "--yes", "--with")
    done = run(*replace, "javascript:steal()")
    assert (done.code, '"javascript:steal()" of <a> runs code' in done.err) == (1, True)
    assert "steal" not in body(blog)
    assert run(*replace, "https://example.com/quiz").code == 0
    assert "javascript:go()" in body(blog), "what was there stays"


def test_the_placeholder_is_filled_wherever_it_stands(
    run: Run, by_hand: Make, blog: Platform
) -> None:
    mark, url = "YOUR_MOCK_TEST_LINK_HERE", "https://example.com/quiz?a=1&b='2'"
    by_hand("Old", f'<p>Go to {mark}.</p><a href="{mark}">x</a><script>go("{mark}")</script>')
    by_hand("Other", "<p>None here.</p>")
    done = run("replace", f"text:{mark}", "--with", url, "--all", "--yes")
    assert done.code == 0
    now = body(blog)
    assert mark not in now
    assert "Go to https://example.com/quiz?a=1&amp;b=" in now
    assert 'href="https://example.com/quiz?a=1&amp;b=' in now
    assert "3 places" in done.out
    assert body(blog, "Other") == "<p>None here.</p>"
    assert run("undo", "--yes").code == 0
    assert body(blog).count(mark) == 3


def test_an_interrupted_edit_is_settled_by_the_next_look(
    run: Run, old: Remote, blog: Platform, sandbox: Sandbox
) -> None:
    sandbox.fail("reset-after-commit", method="PATCH")
    sandbox.fail("500", method="GET", path=f"/posts/{old.ref.id}", times=20, after=2)
    run(*QUIZ, "--into", old.ref.id, "--at", "end", "--yes")
    sandbox.faults.clear()
    once = body(blog)
    assert "nothing to do" in run(*QUIZ, "--into", old.ref.id, "--at", "end", "--yes").out
    assert body(blog) == once
    assert find_regions(once).regions


def interrupt(run: Run, old: Remote, sandbox: Sandbox, fault: str) -> None:
    """Leave an edit of a post without a known end."""
    sandbox.fail(fault, method="PATCH", times=20)
    sandbox.fail("500", method="GET", path=f"/posts/{old.ref.id}", times=20, after=2)
    assert run(*QUIZ, "--into", old.ref.id, "--at", "end", "--yes").code == 1
    sandbox.faults.clear()


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("fault", "edited", "told"),
    [
        ("reset-after-commit", "", "done (found done by the next run)"),
        ("reset", "", "failed (it did not arrive, by the next look)"),
        ("reset", "<p>By hand.</p>", "nothing tells whether it arrived"),
        ("reset-after-commit", "<p>By hand.</p>", "nothing tells whether it arrived"),
    ],
)
def test_status_names_an_interrupted_edit_and_publish_settles_it(
    run: Run, old: Remote, blog: Platform, sandbox: Sandbox, fault: str, edited: str, told: str
) -> None:
    interrupt(run, old, sandbox, fault)
    if edited:
        post = sandbox.blog.get(old.ref.kind, old.ref.id)
        sandbox.blog.change(post, {"content": body(blog) + edited}, whole=False)
    before = body(blog)
    done = run("status")
    assert "run 1 did not report whether this arrived: insert quiz-button" in done.err
    assert [edit["post_id"] for edit in run("status", "--json").json["open_edits"]] == [old.ref.id]
    assert run("publish", "--yes").code == 0
    assert body(blog) == before
    assert told in run("log", "1").out
    assert run("status", "--json").json["open_edits"] == []


def test_a_files_key_is_not_taken_for_another_posts_id(
    run: Run, workspace: Path, write: Write, old: Remote, blog: Platform
) -> None:
    write(old.ref.id, title="Mine")
    done = run(*QUIZ, "--into", f"posts/{old.ref.id}.md", "--at", "end", "--yes")
    assert done.code == 2
    assert body(blog) == old.body


def test_a_file_behind_a_link_is_changed_and_the_link_stays(
    run: Run, workspace: Path, old: Remote
) -> None:
    run("adopt", old.ref.id)
    link, file = workspace / "posts/old.html", workspace / "old.html"
    link.rename(file)
    link.symlink_to(file)
    assert run(*QUIZ, "--into", old.ref.id, "--at", "end", "--yes").code == 0
    assert link.is_symlink()
    assert b'data-blogkit-region="quiz-button"' in file.read_bytes()
