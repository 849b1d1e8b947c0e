"""Settings of front matter, from the file to a blog on Blogger and back, by the commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import blogkit
from blogkit.errors import ContentError
from blogkit.platforms.base import Platform, Remote, State
from blogkit.sandbox.server import Sandbox

PLACE = '{name: "Miami, FL", lat: 25.76, lng: -80.19}'


def write(folder: Path, *lines: str, name: str = "talks", title: str = "Talks in Miami") -> Path:
    path = folder / "posts" / f"{name}.md"
    head = "\n".join(["---", f"title: {title}", *lines, "---"])
    path.write_text(f"{head}\nFirst paragraph of the talks.\n", encoding="utf-8")
    return path


def only(blog: Platform) -> Remote:
    (post,) = blog.list("post", [State.LIVE, State.DRAFT, State.SCHEDULED])
    return post


def publish(project: blogkit.Project) -> list[str]:
    plan = project.plan()
    summaries = [change.summary for change in plan]
    report = plan.apply()
    assert report.ok, [str(outcome) for outcome in report]
    return summaries


def test_comments_and_location_go_to_blogger_and_back(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    write(folder, "publish: now", "comments: closed", f"location: {PLACE}")
    publish(project)
    first = only(blog)
    assert first.settings == {
        "comments": "closed",
        "location": {"name": "Miami, FL", "lat": 25.76, "lng": -80.19},
    }
    write(folder, "publish: now", "comments: open", 'location: ""')
    (summary,) = publish(project)
    assert "comments: closed → open" in summary
    assert "location: name: Miami, FL, lat: 25.76, lng: -80.19 → none" in summary
    assert only(blog).settings == {"comments": "open", "location": ""}
    assert project.undo().apply().ok
    assert only(blog).settings == first.settings


def test_a_live_post_gets_another_date(
    project: blogkit.Project, folder: Path, blog: Platform, sandbox: Sandbox
) -> None:
    sandbox.switches.set(patch_published_of_live="redates")
    write(folder, "publish: now", "date: 2020-01-02 07:00")
    publish(project)
    address = only(blog).url
    write(folder, "publish: now", "date: 2019-03-04 07:00")
    (summary,) = publish(project)
    assert summary.startswith("change the date of live post “Talks in Miami” on main")
    post = only(blog)
    assert (post.at and post.at.isoformat(), post.url) == ("2019-03-04T01:30:00+00:00", address)


def test_what_blogger_lacks_is_told_at_its_line(project: blogkit.Project, folder: Path) -> None:
    write(folder, "author: anna", "sticky: true")
    found = [(one.line, one.severity, one.message) for one in project.check()]
    assert (3, "warning", "Blogger has no author:, so it will not be sent") in found
    assert (4, "warning", "Blogger has no sticky:, so it will not be sent") in found


@pytest.mark.parametrize("line", ['password: "open sesame"', "publish: private"])
def test_what_would_be_public_on_blogger_is_an_error(
    project: blogkit.Project, folder: Path, line: str, blog: Platform
) -> None:
    path = write(folder, line)
    with pytest.raises(ContentError) as caught:
        project.plan(path)
    assert [(one.line, one.severity) for one in caught.value.problems] == [(3, "error")]
    assert list(blog.list("post", [State.LIVE, State.DRAFT])) == []


def test_a_file_made_from_a_post_has_its_settings(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    path = write(folder, "publish: now", "comments: closed", f"location: {PLACE}")
    publish(project)
    path.unlink()
    (folder / ".blogkit").rename(folder / "old-journal")
    project.pull(only(blog).url)
    (made,) = (folder / "posts").glob("*.html")
    lines = made.read_text(encoding="utf-8").splitlines()
    assert 'comments: "closed"' in lines
    place = json.loads(next(one for one in lines if one.startswith("location: "))[10:])
    assert place == {"name": "Miami, FL", "lat": 25.76, "lng": -80.19}
    assert [str(change.kind) for change in project.plan()] in (["unchanged"], ["adopt"])
