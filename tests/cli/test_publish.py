"""The main job from the command line: files become posts on the rehearsal server, and Google's
own client reads them back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build

from blogkit.platforms.base import Platform
from blogkit.project.files import scaffold
from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import Run, edit
from tests.ports import stopped

Write = Callable[..., Path]
LIVE = """\
---
title: "Polity: four articles & a question"
labels: [Polity, GS-II]
publish: now
quiz: https://example.com/quiz/polity?set=2&from=blog
---
Read this, then [take the test]({{ quiz_url }}).

<p><a href="YOUR_MOCK_TEST_LINK_HERE">Start</a> or open {{ quiz_url }} yourself.</p>

```{quiz-button} Test yourself
label: Start the mock test
```
"""
SCHEDULED = '---\ntitle: Economy\nlabels: [Economy]\npublish: "2030-01-31 07:00"\n---\nLater.\n'
DRAFT = "---\ntitle: Unfinished\n---\nNot yet.\n"
URL = "https://example.com/quiz/polity?set=2&amp;from=blog"


@pytest.fixture
def posts(workspace: Path) -> Path:
    """Three posts: one for now, one for 2030, one draft."""
    for name, text in {"polity.md": LIVE, "economy.md": SCHEDULED, "unfinished.md": DRAFT}.items():
        (workspace / "posts" / name).write_text(text, encoding="utf-8")
    return workspace / "posts"


def google(sandbox: Sandbox) -> Any:
    """Google's official client, signed in to the sandbox through its token endpoint."""
    credentials = Credentials(
        None,
        refresh_token="sandbox",
        client_id="sandbox",
        client_secret="sandbox",
        token_uri=f"{sandbox.api_base}/token",
    )
    return build(
        "blogger",
        "v3",
        credentials=credentials,
        static_discovery=True,
        client_options={"api_endpoint": sandbox.api_base + "/"},
    )


def read_back(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    """Every post by title, as Google's client sees it."""
    with google(sandbox) as client:
        blog = client.blogs().getByUrl(url=sandbox.url).execute()["id"]
        found: dict[str, dict[str, Any]] = {}
        for status in ("LIVE", "DRAFT", "SCHEDULED"):
            answer = (
                client.posts()
                .list(blogId=blog, status=status, view="AUTHOR", maxResults=500)
                .execute()
            )
            for item in answer.get("items", []):
                assert item["title"] not in found, "published twice"
                found[item["title"]] = {**item, "status": status}
        return found


def test_each_post_is_created_once_and_a_second_run_writes_nothing(
    run: Run, posts: Path, sandbox: Sandbox
) -> None:
    before = {path.name: path.read_bytes() for path in posts.iterdir()}
    first = run("publish", "--yes", "--json")
    assert first.code == 0, first.err
    assert {o["key"]: (o["action"], o["result"], o["state"]) for o in first.json["outcomes"]} == {
        "polity": ("create", "done", "live"),
        "economy": ("create", "done", "scheduled"),
        "unfinished": ("create", "done", "draft"),
    }

    found = read_back(sandbox)
    assert {title: item["status"] for title, item in found.items()} == {
        "Polity: four articles & a question": "LIVE",
        "Economy": "SCHEDULED",
        "Unfinished": "DRAFT",
    }
    live = found["Polity: four articles & a question"]
    assert sorted(live["labels"]) == ["GS-II", "Polity"]
    assert live["content"].count(URL) == 4
    assert "YOUR_MOCK_TEST_LINK_HERE" not in live["content"]
    assert "quiz_url" not in live["content"]
    assert found["Economy"]["published"] == "2030-01-31T07:00:00+05:30"

    sandbox.log.clear()
    second = run("publish", "--yes", "--json")
    assert second.code == 0, second.err
    assert {o["result"] for o in second.json["outcomes"]} == {"unchanged"}
    assert sandbox.log.writes() == []
    assert read_back(sandbox) == found
    assert {path.name: path.read_bytes() for path in posts.iterdir()} == before


def test_an_edit_is_one_write(run: Run, posts: Path, sandbox: Sandbox) -> None:
    run("publish", "--yes")
    (posts / "polity.md").write_text(LIVE.replace("Read this", "Read this again"), encoding="utf-8")
    sandbox.log.clear()
    done = run("publish", "--yes", "--json")
    assert [served.method for served in sandbox.log.writes()] == ["PATCH"]
    assert [o["action"] for o in done.json["outcomes"] if o["result"] == "done"] == ["update"]
    assert "Read this again" in read_back(sandbox)["Polity: four articles & a question"]["content"]


def test_an_edit_on_the_blog_is_never_overwritten(run: Run, posts: Path, sandbox: Sandbox) -> None:
    run("publish", "--yes")
    with google(sandbox) as client:
        blog = client.blogs().getByUrl(url=sandbox.url).execute()["id"]
        identity = read_back(sandbox)["Polity: four articles & a question"]["id"]
        content = (
            client.posts().get(blogId=blog, postId=identity, view="AUTHOR").execute()["content"]
        )
        client.posts().patch(
            blogId=blog, postId=identity, body={"content": content + "<p>By hand.</p>"}
        ).execute()
    (posts / "polity.md").write_text(LIVE.replace("Read this", "Read this again"), encoding="utf-8")
    sandbox.log.clear()
    done = run("publish", "--yes", "--json")
    assert done.code == 4
    assert sandbox.log.writes() == []
    assert "By hand." in read_back(sandbox)["Polity: four articles & a question"]["content"]


@pytest.mark.sampled
@pytest.mark.parametrize(
    "fault", ["reset-after-commit", "500-after-commit", "truncated-json", "html-maintenance"]
)
def test_an_answer_that_is_lost_makes_no_second_post(
    run: Run, posts: Path, sandbox: Sandbox, fault: str
) -> None:
    for name in ("economy.md", "unfinished.md"):
        (posts / name).unlink()
    sandbox.fail(fault, method="POST", path="/posts")
    for _ in range(2):
        run("publish", "--yes")
    found = read_back(sandbox)
    assert {title: item["status"] for title, item in found.items()} == {
        "Polity: four articles & a question": "LIVE"
    }


def test_without_yes_and_without_a_person_nothing_is_sent(
    run: Run, posts: Path, sandbox: Sandbox
) -> None:
    done = run("publish")
    assert done.code == 2
    assert "--yes" in done.err
    assert "create live post" in done.out
    assert sandbox.log.writes() == []


@pytest.mark.parametrize("command", [("plan",), ("publish", "--dry-run")])
def test_looking_writes_nothing(
    run: Run, posts: Path, sandbox: Sandbox, command: tuple[str, ...]
) -> None:
    done = run(*command, "--json")
    assert done.code == 0
    assert {action["action"] for action in done.json["actions"]} == {"create"}
    assert sandbox.log.writes() == []


def test_status_names_both_clocks(run: Run, posts: Path) -> None:
    assert {row["file"] for row in run("status", "--json").json["posts"]} == {"new"}
    run("publish", "--yes")
    for flags in ([], ["--offline"]):
        done = run("status", *flags)
        assert "scheduled for Thu 31 Jan 2030, 07:00 IST (01:30 UTC)" in done.out
        assert done.out.count("up to date") == 3


def test_wrong_credentials_name_the_next_command(run: Run, posts: Path, workspace: Path) -> None:
    (workspace / ".env").write_text(
        (workspace / ".env").read_text().replace("TOKEN=sandbox", "TOKEN=1//not-this-one"),
        encoding="utf-8",
    )
    done = run("publish", "--yes")
    assert done.code == 1
    assert "blogkit login main" in done.err
    assert "not-this-one" not in done.out + done.err


def test_a_missing_secret_is_named(run: Run, posts: Path, workspace: Path) -> None:
    (workspace / ".env").unlink()
    done = run("publish", "--yes")
    assert done.code == 1
    assert "BLOGKIT_MAIN_CLIENT_ID" in done.err or "BLOGKIT_MAIN_REFRESH_TOKEN" in done.err


def test_a_server_that_is_not_there(run: Run, posts: Path, sandbox: Sandbox) -> None:
    with stopped(sandbox):
        done = run("publish", "--yes")
    assert done.code == 1
    assert "cannot connect" in done.err


def test_the_quiz_address_may_come_from_the_command_line(
    run: Run, posts: Path, sandbox: Sandbox
) -> None:
    assert run("publish", "--yes", "--quiz-url", "https://example.com/other").code == 0
    assert (
        "https://example.com/other"
        in read_back(sandbox)["Polity: four articles & a question"]["content"]
    )


def test_an_open_placeholder_may_be_published_as_coming_soon(
    run: Run, posts: Path, sandbox: Sandbox
) -> None:
    text = "".join(line for line in LIVE.splitlines(keepends=True) if not line.startswith("quiz:"))
    (posts / "polity.md").write_text(text, encoding="utf-8")
    refused = run("publish", "--yes")
    assert refused.code == 1
    assert "posts/polity.md:6" in refused.err
    assert "Polity: four articles & a question" not in read_back(sandbox)
    assert run("publish", "--yes", "--allow-open").code == 0
    content = read_back(sandbox)["Polity: four articles & a question"]["content"]
    assert "coming soon" in content.lower()
    assert "YOUR_MOCK_TEST_LINK_HERE" not in content
    assert "quiz_url" not in content


def test_pages_go_where_pages_are(run: Run, workspace: Path, sandbox: Sandbox) -> None:
    (workspace / "pages").mkdir()
    (workspace / "pages/about.md").write_text(
        "---\ntitle: About\npublish: now\n---\nWho we are.\n", encoding="utf-8"
    )
    assert run("publish", "--yes").code == 0
    with google(sandbox) as client:
        blog = client.blogs().getByUrl(url=sandbox.url).execute()["id"]
        assert [page["title"] for page in client.pages().list(blogId=blog).execute()["items"]] == [
            "About"
        ]


def test_the_samples_publish(run: Run, workspace: Path, sandbox: Sandbox) -> None:
    from datetime import UTC, datetime

    for path in scaffold.sample(workspace / "x", sandbox.api_base, datetime.now(UTC)):
        path.rename(workspace / "posts" / path.name)
    assert run("publish", "--yes").code == 0
    assert {item["status"] for item in read_back(sandbox).values()} == {
        "DRAFT",
        "LIVE",
        "SCHEDULED",
    }


def edit_on_the_blog(sandbox: Sandbox, title: str) -> None:
    """As its owner would, in Blogger's editor."""
    with google(sandbox) as client:
        blog = client.blogs().getByUrl(url=sandbox.url).execute()["id"]
        post = read_back(sandbox)[title]
        client.posts().patch(
            blogId=blog, postId=post["id"], body={"content": post["content"] + "<p>By hand.</p>"}
        ).execute()


@pytest.mark.parametrize(("flag", "kept"), [("--ours", False), ("--theirs", True)])
def test_a_conflict_is_settled_as_its_hint_says(
    run: Run, posts: Path, sandbox: Sandbox, flag: str, kept: bool
) -> None:
    run("publish", "--yes")
    title = "Polity: four articles & a question"
    edit_on_the_blog(sandbox, title)
    (posts / "polity.md").write_text(LIVE.replace("Read this", "Read this again"), encoding="utf-8")
    refused = run("publish", "--yes")
    assert refused.code == 4
    assert flag in refused.out + refused.err
    assert run("publish", "posts/polity.md", "--yes", flag).code == 0
    content = read_back(sandbox)[title]["content"]
    assert ("By hand." in content) == kept
    assert ("Read this again" in content) != kept
    assert {o["result"] for o in run("publish", "--yes", "--json").json["outcomes"]} == {
        "unchanged"
    }


def test_a_deleted_post_comes_back_only_on_request(run: Run, posts: Path, sandbox: Sandbox) -> None:
    run("publish", "--yes")
    with google(sandbox) as client:
        blog = client.blogs().getByUrl(url=sandbox.url).execute()["id"]
        client.posts().delete(blogId=blog, postId=read_back(sandbox)["Economy"]["id"]).execute()
    refused = run("publish", "--yes")
    assert refused.code == 1
    assert "--recreate" in refused.out + refused.err
    assert "Economy" not in read_back(sandbox)
    assert run("publish", "posts/economy.md", "--yes", "--recreate").code == 0
    assert read_back(sandbox)["Economy"]["status"] == "SCHEDULED"


@pytest.mark.parametrize(
    "flags", [["--ours"], ["--recreate"], ["posts/polity.md", "--ours", "--theirs"]]
)
def test_a_safeguard_is_not_lifted_wholesale(
    run: Run, posts: Path, sandbox: Sandbox, flags: list[str]
) -> None:
    assert run("publish", "--yes", *flags).code == 2
    assert sandbox.log.served() == []


def test_two_sites_on_one_command_line_are_refused(run: Run, posts: Path, sandbox: Sandbox) -> None:
    done = run("publish", "--yes", "--site", "main", "--site", "main")
    assert done.code == 2
    assert "one site" in done.err
    assert sandbox.log.served() == []


def test_a_renamed_file_makes_no_second_post(run: Run, posts: Path, sandbox: Sandbox) -> None:
    run("publish", "--yes")
    (posts / "economy.md").rename(posts / "economy-of-india.md")
    refused = run("publish", "--yes")
    assert refused.code == 1
    assert "key: economy" in refused.out + refused.err
    titles = [item["title"] for item in read_back(sandbox).values()]
    assert titles.count("Economy") == 1

    path = posts / "economy-of-india.md"
    path.write_text(SCHEDULED.replace("title:", "key: economy\ntitle:"), encoding="utf-8")
    assert {o["result"] for o in run("publish", "--yes", "--json").json["outcomes"]} == {
        "unchanged"
    }


def test_a_renamed_and_rewritten_file_is_known_by_a_title_that_its_post_had(
    run: Run, write: Write, blog: Platform, sandbox: Sandbox
) -> None:
    before = write("rain", "Rain fell in the north.", "Rain")
    assert run("publish", "--yes").code == 0
    edit(blog, "Rain", title="Rain and hail")
    assert run("publish", "posts/rain.md", "--yes", "--theirs").code == 0
    before.unlink()
    write("weather", "Storms are expected in every district of the south.", "Rain")
    refused = run("publish", "--yes")
    assert refused.code == 1
    assert "key: rain" in refused.out + refused.err
    assert list(read_back(sandbox)) == ["Rain and hail"]


def test_a_post_of_the_same_title_is_new_when_its_author_says_so(
    run: Run, posts: Path, sandbox: Sandbox
) -> None:
    run("publish", "--yes")
    (posts / "unfinished.md").rename(posts / "daily.md")
    assert run("publish", "posts/daily.md", "--yes").code == 1
    assert run("publish", "posts/daily.md", "--yes", "--as-new").code == 0
    sandbox.log.clear()
    assert run("publish", "posts/daily.md", "--yes").code == 0
    assert sandbox.log.writes() == []


def test_two_files_may_have_one_title_when_their_author_says_so(run: Run, posts: Path) -> None:
    run("publish", "--yes")
    (posts / "another.md").write_text(DRAFT, encoding="utf-8")
    refused = run("publish", "--yes")
    assert refused.code == 1
    assert "--as-new" in refused.out + refused.err
    assert run("publish", "posts/another.md", "--as-new", "--yes").code == 0
    assert run("publish", "--yes", "--json").code == 0
