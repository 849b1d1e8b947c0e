"""The safeguards are inside `Project.plan` and `Plan.apply`: no caller of the library gets
around them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import blogkit
from blogkit.errors import (
    BlogkitError,
    Conflict,
    ContentError,
    JournalError,
    LimitExceeded,
    StalePlan,
    UsageError,
)
from blogkit.platforms.base import Platform, State
from blogkit.sandbox.server import Sandbox
from tests.project.conftest import live_post, write_post


def posts_on(blog: Platform) -> list[str]:
    return sorted(
        post.title for post in blog.list("post", (State.DRAFT, State.LIVE, State.SCHEDULED))
    )


def test_a_plan_sends_nothing_and_apply_sends_it_once(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    write_post(folder)
    plan = project.plan()
    assert [(change.kind, change.writes, change.title) for change in plan] == [
        ("create", True, "Talks in Miami")
    ]
    assert posts_on(blog) == []
    report = plan.apply()
    assert report.ok
    assert report.summary == "1 done"
    assert report.run == 1
    assert [outcome.url for outcome in report] == [
        post.url for post in blog.list("post", (State.LIVE,))
    ]
    assert [change.kind for change in project.plan()] == ["unchanged"]


def test_a_plan_is_applied_once(project: blogkit.Project, folder: Path, blog: Platform) -> None:
    write_post(folder)
    plan = project.plan()
    plan.apply()
    with pytest.raises(StalePlan, match="already been applied"):
        plan.apply()
    assert posts_on(blog) == ["Talks in Miami"]


def test_another_run_makes_a_plan_stale(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    write_post(folder)
    early, late = project.plan(), blogkit.open(folder, environ={}).plan()
    early.apply()
    with pytest.raises(StalePlan, match="run 1 changed a post of this plan"):
        late.apply()
    assert posts_on(blog) == ["Talks in Miami"]
    assert late.report is None


def test_a_run_about_other_posts_leaves_a_plan_fresh(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    one, other = write_post(folder, "one", "One"), write_post(folder, "other", "Other")
    plan = project.plan(one)
    project.plan(other).apply()
    assert plan.apply().ok
    assert posts_on(blog) == ["One", "Other"]


def test_a_run_under_way_makes_a_plan_stale(project: blogkit.Project, folder: Path) -> None:
    write_post(folder)
    other, plans = blogkit.open(folder, environ={}), []

    def plan_meanwhile(event: blogkit.Progress) -> None:
        if event.doing and not plans:
            plans.append(other.plan())

    project.plan().apply(on_progress=plan_meanwhile)
    with pytest.raises(StalePlan, match="run 1"):
        plans[0].apply()


def test_an_edited_file_makes_a_plan_stale(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    path = write_post(folder)
    plan = project.plan()
    write_post(folder, title="Other words, of another length")
    with pytest.raises(StalePlan, match=f"{path} was changed after this plan was made"):
        plan.apply()
    assert posts_on(blog) == []


def test_a_live_edit_goes_stale_with_a_run_under_the_key_of_the_file(
    project: blogkit.Project, folder: Path
) -> None:
    write_post(folder)
    (outcome,) = project.plan().apply()
    edit = project.insert("callout", {"body": "Hello"}, at="end", posts=outcome.url, live=True)
    write_post(folder, title="Another title")
    project.plan().apply()
    with pytest.raises(StalePlan, match="run 2"):
        edit.apply()


def test_a_change_on_the_site_is_left_alone(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    url = live_post(blog, "Old", "<p>Before.</p>")
    plan = project.site("main").post(url).insert("callout", at="end", body="Hello")
    (old,) = blog.list("post", (State.LIVE,))
    from dataclasses import replace

    blog.restore(old.ref, replace(old, body="<p>Somebody was here.</p>"), old)
    report = plan.apply()
    assert report.has_conflict
    assert blog.get(old.ref).body == "<p>Somebody was here.</p>"


def test_the_limit_holds_for_live_posts(project: blogkit.Project, blog: Platform) -> None:
    for number in range(2):
        live_post(blog, f"Old {number}", "<p>Text.</p>", "Archive")
    plan = project.insert(
        "callout",
        {"body": "Hello"},
        at="end",
        posts=blogkit.Selection(label="Archive", site="main"),
    )
    with pytest.raises(LimitExceeded, match="change 2 live posts, more than the limit of 1"):
        plan.apply(limit=1)
    assert not any("Hello" in post.body for post in blog.list("post", (State.LIVE,)))
    assert plan.apply(limit=2).ok, "a plan that was refused can be applied with a higher limit"


def test_no_confirmation_no_request(project: blogkit.Project, folder: Path, blog: Platform) -> None:
    write_post(folder)
    asked: list[int] = []

    def refuse(plan: blogkit.Plan) -> bool:
        asked.append(plan.writing)
        return False

    report = project.plan().apply(confirm=refuse)
    assert (asked, report.declined, report.ok, report.run) == ([1], True, False, None)
    assert posts_on(blog) == []
    assert project.log() == []


def test_a_file_that_is_edited_during_the_question_is_not_sent(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    write_post(folder)

    def edit(_plan: blogkit.Plan) -> bool:
        write_post(folder, title="Other words, of another length")
        return True

    with pytest.raises(StalePlan, match="changed after this plan was made"):
        project.plan().apply(confirm=edit)
    assert posts_on(blog) == []


def test_nothing_to_do_asks_nobody(project: blogkit.Project, folder: Path) -> None:
    write_post(folder)
    project.plan().apply()
    report = project.plan().apply(confirm=lambda _: pytest.fail("there is nothing to confirm"))
    assert report.summary == "1 unchanged"


def test_an_offline_plan_cannot_be_applied(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    write_post(folder)
    with pytest.raises(UsageError, match="offline"):
        project.plan(offline=True).apply()
    assert posts_on(blog) == []


def test_two_processes_do_not_publish_at_once(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    write_post(folder)
    plan = project.plan()
    with (
        blogkit.open(folder, environ={}).exclusive("other work"),
        pytest.raises(JournalError, match="other work"),
    ):
        plan.apply()
    assert posts_on(blog) == []
    assert plan.apply().ok


def test_exclusive_holds_over_plan_and_apply(project: blogkit.Project, folder: Path) -> None:
    write_post(folder)
    with project.exclusive("a worker"):
        plan = project.plan()
        with (
            pytest.raises(JournalError, match="a worker"),
            blogkit.open(folder, environ={}).exclusive("another"),
        ):
            pass
        assert plan.apply().ok
    with blogkit.open(folder, environ={}).exclusive("another"):
        pass


def broken(folder: Path) -> None:
    (folder / "posts/broken.md").write_text(
        "---\ntitle: T\npublish: now\n---\nGo to YOUR_MOCK_TEST_LINK_HERE now.\n", encoding="utf-8"
    )


def same_key(folder: Path) -> None:
    (folder / "posts/copy.md").write_text(
        "---\ntitle: Copy\nkey: miami\n---\nText.\n", encoding="utf-8"
    )


@pytest.mark.parametrize("spoil", [broken, same_key])
def test_one_bad_post_stops_all_on_request(
    project: blogkit.Project, folder: Path, blog: Platform, spoil: Callable[[Path], None]
) -> None:
    write_post(folder)
    spoil(folder)
    with pytest.raises(ContentError) as caught:
        project.plan(all_or_nothing=True)
    assert len(caught.value.problems) == 1
    assert posts_on(blog) == []


def test_one_bad_post_is_left_out_and_makes_the_report_incomplete(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    write_post(folder)
    broken(folder)
    plan = project.plan()
    (error,) = plan.left_out
    assert isinstance(error, ContentError)
    assert [problem.path for problem in error.problems] == ["posts/broken.md"]
    report = plan.apply()
    assert [outcome.result for outcome in report] == ["done"]
    assert (report.ok, report.left_out) == (False, plan.left_out)
    assert len(posts_on(blog)) == 1


def test_of_two_files_of_one_post_neither_is_sent(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    write_post(folder)
    same_key(folder)
    write_post(folder, "rain")
    plan = project.plan()
    assert [change.key for change in plan] == ["rain"]
    (error,) = plan.left_out
    assert "posts/" in str(error)


def test_one_blog_under_two_names_is_refused(folder: Path, sandbox: Sandbox) -> None:
    write_post(folder)
    config = folder / "blogkit.toml"
    text = config.read_text(encoding="utf-8")
    again = (
        text[text.index("[sites.main]") :]
        .replace("[sites.main]", "[sites.again]")
        .replace(sandbox.url, f"{sandbox.api_base}/other/")
    )
    config.write_text(text + "\n" + again, encoding="utf-8")
    (folder / "posts/miami.md").write_text(
        "---\ntitle: T\nsites: [main, again]\npublish: now\n---\nText.\n", encoding="utf-8"
    )
    names = ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN")
    environ = {f"BLOGKIT_{site}_{name}": "sandbox" for site in ("MAIN", "AGAIN") for name in names}
    with pytest.raises(BlogkitError, match="are the same blog"):
        blogkit.open(folder, environ=environ).plan()


def test_a_wrong_clock_is_refused(folder: Path, blog: Platform) -> None:
    write_post(folder)
    project = blogkit.open(folder, environ={}, clock=lambda: datetime.now(UTC) - timedelta(hours=1))
    plan = project.plan()
    with pytest.raises(BlogkitError, match="clock is 60 minutes behind"):
        plan.apply()
    assert posts_on(blog) == []


def test_a_renamed_file_is_not_another_post(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    path = write_post(folder)
    project.plan().apply()
    path.rename(path.with_name("renamed.md"))
    plan = project.plan()
    assert sorted(change.kind for change in plan) == ["orphan", "refused"]
    plan.apply()
    assert posts_on(blog) == ["Talks in Miami"]


def test_safeguards_are_overridden_post_by_post(project: blogkit.Project, folder: Path) -> None:
    write_post(folder)
    with pytest.raises(UsageError, match="only works with named posts"):
        project.plan(ours=True)


def test_an_interrupted_run_keeps_its_report(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    for name in ("one", "two"):
        write_post(folder, name, name.title())
    plan = project.plan()

    def stop(event: blogkit.Progress) -> None:
        if event.outcome:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan.apply(on_progress=stop)
    assert plan.report is not None
    assert plan.report.stopped
    assert not plan.report.ok
    assert plan.report.outcomes[0].result == "done"
    assert posts_on(blog) == ["One"]
    assert project.plan().apply().summary == "1 done, 1 unchanged"


def test_a_listener_that_fails_ends_the_run(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    write_post(folder)

    def fail(event: blogkit.Progress) -> None:
        if event.outcome:
            raise ValueError("a bug of the caller's")

    with pytest.raises(ValueError, match="a bug"):
        project.plan().apply(on_progress=fail)
    (run,) = project.log()
    assert (run.outcome, run.finished is not None) == ("stopped: 1 done", True)
    assert [change.kind for change in project.plan()] == ["unchanged"]


def test_pull_does_not_overwrite_a_file(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    path = write_post(folder)
    (outcome,) = project.plan().apply()
    write_post(folder, title="Changed here")
    before = path.read_bytes()
    with pytest.raises(Conflict):
        project.pull(outcome.url)
    assert path.read_bytes() == before


def test_an_unreachable_site_is_reported_and_tried_again(folder: Path, sandbox: Sandbox) -> None:
    write_post(folder)
    config = folder / "blogkit.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("[sites.main]", 'default_site = "main"\n\n[sites.main]')
        + '\n[sites.local]\nplatform = "folder"\nfolder = "site"\n',
        encoding="utf-8",
    )
    (folder / "posts/miami.md").write_text(
        "---\ntitle: T\nsites: [main, local]\npublish: now\n---\nText.\n", encoding="utf-8"
    )
    project = blogkit.open(
        folder, environ={"BLOGKIT_MAIN_REFRESH_TOKEN": "wrong"}, sleep=lambda _: None
    )
    for _ in range(2):
        plan = project.plan()
        assert list(plan.unavailable) == ["main"]
        assert [change.site for change in plan] == ["local"]
    report = plan.apply()
    assert list(report.unavailable) == ["main"]
    assert not report.ok
