"""What a blogger does, with what is uncertain about Blogger in every position: no post is published
twice or sent again, and a run that lost its answer or its journal finds its posts.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, Remote, State
from blogkit.regions import find_regions
from blogkit.sandbox.quirks import OPTIONS, Quirks
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run, make_workspace
from tests.platforms.blogger.pairs import Row, pairwise

TURNED = ("html_comments", "empty_paragraphs", "published_precision", "live_status_field")
ROWS = pairwise({"slug_by_title": ["false", "true"], **{name: OPTIONS[name] for name in TURNED}})
EMPTY = "<p></p><p>Rates rose in May.</p><p> </p><table><tr><td>a</td><td></td></tr></table>"
Write = Callable[..., Path]


@pytest.fixture(
    params=[
        pytest.param(row, id=" ".join(row.values()), marks=pytest.mark.slow if number else ())
        for number, row in enumerate(ROWS)
    ]
)
def row(request: pytest.FixtureRequest) -> Row:
    return dict(request.param)


@pytest.fixture
def sandbox(row: Row) -> Iterator[Sandbox]:
    switches = Quirks(insert_throttle="none")
    switches.set(**{name: row[name] for name in TURNED})
    with Sandbox(switches=switches) as server:
        yield server


@pytest.fixture
def workspace(tmp_path: Path, sandbox: Sandbox, row: Row) -> Path:
    root = make_workspace(tmp_path, sandbox)
    settings = root / "blogkit.toml"
    by_title = f"slug_by_title = {row['slug_by_title']}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + by_title, encoding="utf-8")
    return root


@pytest.fixture
def posts(write: Write, workspace: Path, row: Row) -> dict[str, Path]:
    """Files of a live post, a scheduled one with seconds, a draft, and one with empty paragraphs."""
    slug = {"slug": "miami-talks"} if row["slug_by_title"] == "true" else {}
    empty = workspace / "posts/rates.html"
    empty.write_text(f"---\ntitle: Rates of May\npublish: now\n---\n{EMPTY}\n", encoding="utf-8")
    return {
        "live": write(**slug),
        "scheduled": write("dam", "Water rises.", "The dam", publish="2099-03-01 07:00:30"),
        "draft": write("tea", "Leaves wither.", "A cup of tea", publish="draft"),
        "empty": empty,
    }


def there(blog: Platform) -> dict[str, Remote]:
    """Return the posts by title; fail if two have the same."""
    found = list(blog.list("post", PRESENT))
    by_title = {post.title: post for post in found}
    assert len(by_title) == len(found), [post.title for post in found]
    return by_title


def assert_nothing_is_sent(run: Run, sandbox: Sandbox) -> None:
    sandbox.log.clear()
    done = run("publish", "--yes")
    assert (done.code, done.err, sandbox.log.writes()) == (0, "", []), done.out
    assert "unchanged" in done.out


@pytest.mark.usefixtures("posts")
def test_what_is_published_is_not_sent_again(run: Run, sandbox: Sandbox, blog: Platform) -> None:
    done = run("publish", "--yes")
    assert (done.code, done.err) == (0, ""), done.out
    states = {title: post.state for title, post in there(blog).items()}
    assert states == {
        "Talks in Miami": State.LIVE,
        "The dam": State.SCHEDULED,
        "A cup of tea": State.DRAFT,
        "Rates of May": State.LIVE,
    }
    at = there(blog)["The dam"].at
    assert at is not None
    assert at.isoformat() == "2099-03-01T01:31:00+00:00"
    assert "nothing to do" in run("plan").out
    assert_nothing_is_sent(run, sandbox)


@pytest.mark.usefixtures("posts")
def test_after_the_journal_is_lost_all_posts_are_recognised(
    run: Run, workspace: Path, sandbox: Sandbox, blog: Platform
) -> None:
    run("publish", "--yes")
    shutil.rmtree(workspace / ".blogkit")
    before = there(blog)
    sandbox.log.clear()
    assert run("publish", "--yes").code == 0
    assert sandbox.log.writes() == []
    assert there(blog) == before


@pytest.mark.slow
@pytest.mark.sampled(local=2)
@pytest.mark.parametrize("fault", ["reset-after-commit", "500-after-commit", "truncated-json"])
@pytest.mark.usefixtures("posts")
def test_a_new_post_whose_answer_is_lost_is_found(
    run: Run, sandbox: Sandbox, blog: Platform, fault: str
) -> None:
    for _ in range(4):
        sandbox.fail(fault, method="POST", path="/posts$")
    run("publish", "--yes")
    assert run("publish", "--yes").code == 0
    assert set(there(blog)) == {"Talks in Miami", "The dam", "A cup of tea", "Rates of May"}
    assert_nothing_is_sent(run, sandbox)


@pytest.mark.slow
def test_every_post_can_be_changed_in_every_state(
    run: Run, posts: dict[str, Path], sandbox: Sandbox, blog: Platform
) -> None:
    run("publish", "--yes")
    for path in posts.values():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.rstrip() + "\n\n<p>More followed in June.</p>\n", encoding="utf-8")
    done = run("publish", "--yes")
    assert (done.code, done.err) == (0, ""), done.out
    assert ["in June" in post.body for post in there(blog).values()] == [True] * 4
    assert_nothing_is_sent(run, sandbox)


@pytest.mark.slow
def test_a_widget_goes_in_is_replaced_leaves_and_comes_back(
    run: Run, posts: dict[str, Path], blog: Platform
) -> None:
    run("publish", "--yes")
    before = there(blog)["Rates of May"]
    quiz, url = "quiz-button", ("--set", "url=https://example.com/quiz")
    into = (before.ref.id, "--yes")
    posts["empty"].unlink()

    def now() -> str:
        return there(blog)["Rates of May"].body

    def regions() -> list[str]:
        return [region.mark.widget for region in find_regions(now()).regions]

    assert (
        run("insert", quiz, "--set", "label=Start", *url, "--at", "end", "--into", *into).code == 0
    )
    assert regions() == ["quiz-button"]
    inserted = now()
    label = ("--set", "label=Begin")
    replaced = run("replace", f"region:{quiz}", "--with", quiz, *label, *url, *into)
    assert (replaced.code, replaced.err) == (0, ""), replaced.out
    assert "Begin" in now()
    assert run("undo", "--yes").code == 0
    assert now() == inserted
    assert run("remove", quiz, "--from", *into).code == 0
    assert now() == before.body
    assert run("undo", "--yes").code == 0
    assert now() == inserted
