"""Posts of every shape on a real WordPress: insert, undo, adopt, publish change what was asked for,
and not one byte or field beside it.

`BLOGKIT_POSTS=200` takes so many posts instead of 40. A contributor has drafts, as that account may
not change what is live.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from blogkit.edits import body_form_of, remove_widget
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace
from tests.edits.corpus import Pen, blocks, classic, shown_by_wordpress

ACCOUNTS = [
    (debian.OLDEST, "author"),
    ("6.8", "editor"),
    (debian.NEWEST, "admin"),
    (debian.NEWEST, "editor"),
    (debian.NEWEST, "contributor"),
]
COUNT = int(os.environ.get("BLOGKIT_POSTS", "40"))
VOLATILE = {"modified", "modified_gmt", "_links"}
OWN_DATE = "2031-05-01T07:00:00"
QUIZ = (
    "insert",
    "quiz-button",
    "--set",
    "label=Start",
    "--set",
    "url=https://example.com/quiz",
    "--at",
    "end",
    "--yes",
)

HINDI = "<p>आज की मुख्य ख़बरें: संसद में बहस, बाज़ार में तेज़ी।</p>"
SHORTCODES = "[gallery ids=1]\n\nText [quiz id=7] goes on.\n\n[caption]x[/caption]"
ENTITIES = (
    "<p>R&amp;D &#8217;s &nbsp; &lt;tag&gt; &quot;x&quot; 4 &gt; 3 &copy; <br />\nC:\\new</p>"
)
MIXED = "<!-- wp:paragraph -->\n<p>Block.</p>\n<!-- /wp:paragraph -->\n\n<p>Loose text.</p>\n\n"
SHAPES: dict[str, Callable[[Pen], str]] = {
    "classic": classic,
    "blocks": blocks,
    "mixed": lambda pen: f"{MIXED}{blocks(pen)}\n\n{pen.inline()}",
    "shortcodes": lambda pen: f"{pen.inline()}\n\n{SHORTCODES}\n\n{pen.inline()}",
    "entities": lambda pen: f"{ENTITIES}\n{classic(pen)}",
    "Hindi": lambda pen: f"{HINDI}\n\n<h2>निष्कर्ष</h2>\n\n<p>{pen.words()}</p>",
}


def bodies() -> Iterator[tuple[str, str]]:
    """Titles and texts, each with a sentence of its own."""
    for number in range(COUNT):
        name = list(SHAPES)[number % len(SHAPES)]
        pen = Pen(f"varied {number}")
        text = shown_by_wordpress(SHAPES[name](pen))
        yield f"Varied {name} no. {number}", f"{text}\n<p>Post no. {number} ends.</p>"


@pytest.mark.parametrize(("wordpress", "login"), ACCOUNTS, indirect=["wordpress"])
def test_only_what_was_asked_for_changes(wordpress: Site, login: str, tmp_path: Path) -> None:
    label = f"Varied {login}"
    ids = publish_by_hand(wordpress, login, label)
    blog = Workspace(tmp_path / "blog", wordpress, login)
    run = blog.run
    before = shown(wordpress, ids)

    limit = ("--limit", str(COUNT))
    live = login != "contributor"
    chosen = ("--label", label) if live else [word for one in ids for word in ("--into", one)]
    code, report = run(*QUIZ, *chosen, *limit)
    assert "outcomes" in report, report
    results = [outcome["result"] for outcome in report["outcomes"]]
    assert code == 0, str([one for one in report["outcomes"] if one["result"] != "done"])
    assert results == ["done"] * COUNT
    after = shown(wordpress, ids)
    for number, post in after.items():
        was, now = content(before[number]), content(post)
        assert remove_widget(now, "quiz-button").body == was
        assert others(post) == others(before[number])
        assert body_form_of(now, "wordpress") == body_form_of(was, "wordpress")

    assert run("undo", "--yes", *limit)[0] == 0
    assert fields(shown(wordpress, ids)) == fields(before)

    stamps = {number: post["modified_gmt"] for number, post in shown(wordpress, ids).items()}
    code, report = run("adopt", *(("--label", label) if live else ids))
    assert (code, len(report["files"])) == (0, COUNT)
    code, report = run("publish", "--yes")
    assert {outcome["result"] for outcome in report["outcomes"]} == {"unchanged"}
    now = shown(wordpress, ids)
    assert fields(now) == fields(before)
    assert {number: post["modified_gmt"] for number, post in now.items()} == stamps

    for path in (blog.root / "posts").iterdir():
        data = path.read_bytes()
        assert data.count(b" ends.</p>") == 1
        path.write_bytes(data.replace(b" ends.</p>", b" is at an end.</p>"))
    code, report = run("publish", "--yes", *limit)
    assert (code, {outcome["result"] for outcome in report["outcomes"]}) == (0, {"done"})
    for number, post in shown(wordpress, ids).items():
        assert content(post) == content(before[number]).replace(" ends.</p>", " is at an end.</p>")
        assert others(post) == others(before[number])


def publish_by_hand(site: Site, login: str, label: str) -> list[str]:
    """Write the posts as a person would, with fields that blogkit is not asked about."""
    tag = site.rest("admin", "POST", "wp/v2/tags", json={"name": label}).json()["id"]
    ids = []
    for number, (title, body) in enumerate(bodies()):
        post = {
            "title": f"{title} <em>by</em> {login} &amp; co",
            "content": body,
            "status": "draft" if login == "contributor" else "publish",
            "tags": [tag],
            "excerpt": f"Excerpt {number} with <b>HTML</b>" if number % 3 == 0 else "",
            "comment_status": "closed" if number % 2 else "open",
            "format": "aside" if number % 5 == 0 else "standard",
        }
        if login == "contributor" and number % 2:
            post["date"] = OWN_DATE
        answer = site.rest(login, "POST", "wp/v2/posts", json=post)
        assert answer.status_code == 201, answer.text
        ids.append(str(answer.json()["id"]))
    return ids


def shown(site: Site, ids: list[str]) -> dict[str, dict[str, Any]]:
    """Each post with all its fields, as WordPress shows them for editing."""
    found: dict[str, dict[str, Any]] = {}
    for at in range(0, len(ids), 100):
        some = ids[at : at + 100]
        chosen = {"include": ",".join(some), "per_page": "100", "status": "any"}
        params = {"context": "edit", **chosen}
        posts = site.rest("admin", "GET", "wp/v2/posts", params=params).json()
        found |= {str(post["id"]): post for post in posts}
    assert sorted(found) == sorted(ids)
    return found


def content(post: dict[str, Any]) -> str:
    return str(post["content"]["raw"])


def others(post: dict[str, Any]) -> dict[str, Any]:
    """All fields but the text, and what follows from it."""
    # A draft without a date of its own shows the time of its last change.
    floats = post["status"] == "draft" and post["date"] != OWN_DATE
    apart = {*VOLATILE, "content", *(("date", "date_gmt") if floats else ())}
    kept = {name: value for name, value in post.items() if name not in apart}
    return {**kept, "excerpt": post["excerpt"]["raw"]}


def fields(posts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {number: (content(post), others(post)) for number, post in posts.items()}
