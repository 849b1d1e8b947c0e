"""Timed jobs: each edit is made at its time, once, with the guards of the command."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

import blogkit
from blogkit.errors import UsageError
from blogkit.jobs import Insert, Remove, Replace, SetLink, Undo, WidgetData
from blogkit.platforms.base import Draft, Platform, Remote, State, Target
from blogkit.project.connect import Settings, connect
from blogkit.sandbox.faults import Fault
from blogkit.schedule.run import run
from blogkit.schedule.work import WorkResult
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import edit
from tests.schedule.conftest import START, Blog

HOUR = timedelta(hours=1)
BANNER = WidgetData(settings={"body": "The sale ends at noon.", "kind": "info"})
Make = Callable[..., Remote]


@pytest.fixture
def live(blog: Blog) -> Platform:
    """The blog as its owner sees it who has no blogkit."""
    config = blog.open().config
    settings = Settings(config, {}, clock=blog.clock, sleep=lambda _seconds: None)
    return connect(config.site("main"), settings)


@pytest.fixture
def old(live: Platform) -> Make:
    def make(title: str, body: str = "<p>One</p>", *labels: str) -> Remote:
        ref = live.create(Draft("", "post", title, body, labels=labels)).ref
        return live.set_state(ref, Target(State.LIVE))

    return make


def body(live: Platform, title: str = "Old") -> str:
    (found,) = [post.body for post in live.list("post", PRESENT) if post.title == title]
    return found


def tick(blog: Blog, **step: float) -> list[WorkResult]:
    """Let time pass, and do what is due then."""
    blog.clock.advance(**step)
    return run(blog.open()).results


def banner(*posts: str, label: str = "") -> Insert:
    chosen = blogkit.Selection(tuple(posts), label=label, site="main" if label else "")
    return Insert("callout", "end", chosen, BANNER, id="banner")


def test_a_banner_comes_and_leaves_again(blog: Blog, old: Make, live: Platform) -> None:
    post = old("Old")
    insert, remove = blog.open().do_later(banner(post.url), START + HOUR, until=START + 3 * HOUR)
    assert (insert.status, remove.follows) == ("waiting", insert.id)
    assert tick(blog, minutes=59) == []
    assert body(live) == post.body
    (came,) = tick(blog, minutes=1)
    assert (came.ok, came.run, "The sale ends" in body(live)) == (True, 1, True)
    assert tick(blog, hours=1) == []
    (left,) = tick(blog, hours=1)
    assert (left.ok, left.run, body(live)) == (True, 2, post.body)
    assert tick(blog, hours=9) == []
    project = blog.open()
    assert [job.status for job in project.jobs(everything=True)] == ["done", "done"]
    assert [one.command for one in project.log()] == ["remove (job 2)", "insert (job 1)"]


def test_the_widget_leaves_the_posts_that_got_it(blog: Blog, old: Make, live: Platform) -> None:
    for title in ("Old", "Older"):
        old(title, "<p>One</p>", "Polity")
    blog.open().do_later(banner(label="Polity"), START + HOUR, until=START + 2 * HOUR)
    assert [one.ok for one in tick(blog, hours=1)] == [True]
    for post in live.list("post", PRESENT):
        live.restore(post.ref, replace(post, labels=("History",)), post)
    assert [one.ok for one in tick(blog, hours=1)] == [True]
    assert {body(live, title) for title in ("Old", "Older")} == {"<p>One</p>"}


def test_text_is_replaced_and_the_run_undone_at_a_time(
    blog: Blog, old: Make, live: Platform
) -> None:
    post = old("Old", "<p>Soon: the test</p>")
    project = blog.open()
    words = Replace("text:the test", "the test, part 2", blogkit.Selection((post.url,)))
    project.do_later(words, START + HOUR)
    project.do_later(Undo(1), START + 2 * HOUR)
    assert [one.ok for one in tick(blog, hours=1)] == [True]
    assert body(live) == "<p>Soon: the test, part 2</p>"
    assert [one.ok for one in tick(blog, hours=1)] == [True]
    assert body(live) == post.body


def test_an_undone_file_is_not_published(blog: Blog, live: Platform) -> None:
    blog.write("rivers")
    project = blog.open()
    assert project.plan().apply().ok
    file = blog.folder / "posts/rivers.md"
    before = file.read_bytes()
    edit(live, "About rivers", body=body(live, "About rivers").replace("hills", "mountains"))
    project.pull("rivers")
    assert b"mountains" in file.read_bytes()
    project.do_later(Undo(project.log(1)[0].id), START + HOUR)
    assert [one.ok for one in tick(blog, hours=1)] == [True]
    assert file.read_bytes() == before
    assert "mountains" in body(live, "About rivers")


def test_a_link_is_set_at_a_time(blog: Blog, old: Make, live: Platform) -> None:
    blog.write("rivers")
    path = blog.folder / "posts/rivers.md"
    text = path.read_text().replace("---\n", "---\nquiz: rivers-1\n", 1)
    path.write_text(text + "\n[The test]({{ quiz_url }}) has ten questions.\n")
    post = old("Old")
    button = WidgetData(settings={"label": "Start"})
    here = blogkit.Selection((post.url,))
    project = blog.open()
    insert = Insert("quiz-button", "end", here, button, quiz="rivers-1")
    assert insert.plan(project).apply().ok
    project.do_later(SetLink("rivers-1", "https://example.com/r"), START + HOUR)
    assert [one.ok for one in tick(blog, hours=1)] == [True]
    assert 'href="https://example.com/r"' in body(live)
    assert 'href="https://example.com/r"' in body(live, "About rivers")


def test_a_post_that_a_person_edited_keeps_the_edit(blog: Blog, old: Make, live: Platform) -> None:
    post = old("Old")
    blog.open().do_later(banner(post.url), START + HOUR, until=START + 2 * HOUR)
    edit(live, "Old", body="<p>One, and more</p>")
    assert [one.ok for one in tick(blog, hours=1)] == [True]
    assert body(live).startswith("<p>One, and more</p>")
    edit(live, "Old", body=body(live).replace("at noon", "at one"))
    (left,) = tick(blog, hours=1)
    assert (left.ok, "blogkit jobs retry 2" in left.hint) == (False, True), left
    assert "at one" in body(live)
    assert tick(blog, hours=1) == [], "it is told once"
    (failed,) = blog.open().jobs()
    assert (failed.status, "edited" in failed.note) == ("failed", True)


def test_what_failed_is_done_after_a_retry_by_command(
    blog: Blog, old: Make, live: Platform
) -> None:
    post = old("Old")
    blog.open().do_later(Remove("banner", blogkit.Selection((post.url,))), START + HOUR)
    (failed,) = tick(blog, hours=1)
    assert not failed.ok
    assert banner(post.url).plan(blog.open()).apply().ok
    blog.open().retry_jobs(1)
    (done,) = run(blog.open()).results
    assert (done.ok, body(live)) == (True, post.body)


def test_a_post_that_is_gone_is_told(blog: Blog, old: Make, live: Platform) -> None:
    post = old("Old")
    blog.open().do_later(banner(post.url), START + HOUR, until=START + 2 * HOUR)
    live.trash(post.ref)
    (failed,) = tick(blog, hours=1)
    assert (failed.ok, "has no post" in failed.summary) == (False, True), failed
    assert [one.ok for one in tick(blog, hours=1)] == [True]
    assert [job.status for job in blog.open().jobs(everything=True)] == ["failed", "cancelled"]


def test_a_post_that_went_while_the_banner_was_in_it(blog: Blog, old: Make, live: Platform) -> None:
    post = old("Old")
    blog.open().do_later(banner(post.url), START + HOUR, until=START + 2 * HOUR)
    tick(blog, hours=1)
    live.trash(post.ref)
    assert [one.ok for one in tick(blog, hours=1)] == [True]


def test_the_limit_is_that_of_the_job(blog: Blog, old: Make, live: Platform) -> None:
    for title in ("Old", "Older"):
        old(title, "<p>One</p>", "Polity")
    blog.open().do_later(banner(label="Polity"), START + HOUR, limit=1)
    (failed,) = tick(blog, hours=1)
    assert (failed.ok, "2 live posts" in failed.summary) == (False, True)
    assert body(live) == "<p>One</p>"


def test_one_failure_does_not_stop_the_next_job(blog: Blog, old: Make, live: Platform) -> None:
    post = old("Old")
    project = blog.open()
    project.do_later(Remove("none", blogkit.Selection((post.url,))), START + HOUR)
    project.do_later(banner(post.url), START + HOUR)
    assert [one.ok for one in tick(blog, hours=1)] == [False, True]
    assert "The sale ends" in body(live)


def test_a_site_that_is_down_is_tried_again(blog: Blog, old: Make, live: Platform) -> None:
    post = old("Old")
    blog.open().do_later(banner(post.url), START + HOUR)
    blog.sandbox.faults.add(Fault("503", path="/posts", times=50))
    (failed,) = tick(blog, hours=1)
    assert not failed.ok
    assert [job.status for job in blog.open().jobs()] == ["waiting"]
    blog.sandbox.faults.clear()
    assert tick(blog, seconds=30) == []
    (done,) = tick(blog, seconds=31)
    assert (done.ok, "The sale ends" in body(live)) == (True, True)


def test_a_machine_that_slept_through_a_banner_tells_it(
    blog: Blog, old: Make, live: Platform
) -> None:
    post = old("Old")
    blog.open().do_later(banner(post.url), START + HOUR, until=START + 2 * HOUR)
    first, second = tick(blog, hours=5)
    assert (first.ok, "missed" in first.summary, second.ok) == (False, True, True)
    assert body(live) == post.body
    assert tick(blog, hours=1) == []
    with pytest.raises(UsageError, match="cannot be done any more"):
        blog.open().retry_jobs(1)


def test_a_late_job_is_done_once(blog: Blog, old: Make, live: Platform) -> None:
    post = old("Old")
    blog.open().do_later(banner(post.url), START + HOUR)
    assert [one.ok for one in tick(blog, hours=7)] == [True]
    assert tick(blog, hours=7) == []
    assert body(live).count("The sale ends") == 1


def test_a_cancelled_banner_neither_comes_nor_leaves(blog: Blog, old: Make, live: Platform) -> None:
    post = old("Old")
    project = blog.open()
    project.do_later(banner(post.url), START + HOUR, until=START + 2 * HOUR)
    assert [job.id for job in project.cancel_jobs(1)] == [1, 2]
    assert tick(blog, hours=9) == []
    with pytest.raises(UsageError, match="job 1 is cancelled"):
        project.retry_jobs(1)
    with pytest.raises(UsageError, match="no job 7"):
        project.cancel_jobs(7)


def test_a_job_means_the_same_in_another_folder(blog: Blog, old: Make, live: Platform) -> None:
    post = old("Old")
    (blog.folder / "parts").mkdir()
    (blog.folder / "parts/box.html").write_text("<p>A box</p>")
    inside = blogkit.open(blog.folder / "parts", environ={}, clock=blog.clock, sleep=blog.sleep)
    inside.do_later(Insert("box.html", "end", blogkit.Selection((post.url,))), START + HOUR)
    assert [one.ok for one in tick(blog, hours=1)] == [True]
    assert "<p>A box</p>" in body(live)
    outside = blog.folder.parent / "box.html"
    outside.write_text("<p>A box</p>")
    with pytest.raises(UsageError, match="not in your blog's folder"):
        inside.do_later(
            Insert(str(outside), "end", blogkit.Selection((post.url,))), START + 9 * HOUR
        )


def test_an_adopted_post_gets_the_edit_in_its_file_and_on_the_blog(
    blog: Blog, old: Make, live: Platform
) -> None:
    post = old("Old")
    project = blog.open()
    project.pull(post.url, as_html=True)
    (file,) = (blog.folder / "posts").glob("*.html")
    before = file.read_bytes()
    project.do_later(banner(post.url), START + HOUR, until=START + 2 * HOUR)
    assert [one.ok for one in tick(blog, hours=1)] == [True]
    assert "The sale ends" in body(live)
    assert "The sale ends" in file.read_text()
    assert [one.ok for one in tick(blog, hours=1)] == [True]
    assert (body(live), file.read_bytes()) == (post.body, before)


@pytest.mark.parametrize(
    ("at", "until", "reason"),
    [
        (START, None, "is past"),
        (START + HOUR, START + HOUR, "before it comes"),
        (datetime(2027, 1, 1), None, "no time zone"),  # noqa: DTZ001
    ],
)
def test_times_that_cannot_be_are_refused(
    blog: Blog, at: datetime, until: datetime | None, reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        blog.open().do_later(banner("1"), at, until=until)
    with pytest.raises(UsageError, match="only an insertion"):
        blog.open().do_later(Undo(1), START + HOUR, until=START + 2 * HOUR)


def test_jobs_need_a_journal_that_lasts(blog: Blog) -> None:
    path = blog.folder / "blogkit.toml"
    path.write_text(path.read_text().replace("[blog]\n", '[blog]\nstate = "file"\n'))
    with pytest.raises(UsageError, match='state = "file"'):
        blog.open().do_later(banner("1"), START + HOUR)


def test_a_job_of_a_newer_blogkit_is_told_and_kept(blog: Blog, old: Make) -> None:
    post = old("Old")
    blog.open().do_later(banner(post.url), START + HOUR)
    path = blog.folder / ".blogkit/journal.sqlite"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE job SET request = '{\"fly\": {}}'")
    (failed,) = tick(blog, hours=1)
    assert (failed.ok, "update blogkit" in failed.hint) == (False, True)


def test_nothing_due_sends_nothing(blog: Blog, old: Make) -> None:
    post = old("Old")
    blog.open().do_later(banner(post.url), START + HOUR)
    blog.sandbox.log.clear()
    report = run(blog.open())
    assert (report.results, report.next, blog.sandbox.log.to_json()) == ([], START + HOUR, [])
