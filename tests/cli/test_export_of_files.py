"""What `blogkit export` keeps of files: their front matter, and the addresses they had."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import blogkit
from blogkit.config import load_config
from blogkit.platforms.base import Remote
from blogkit.posts.front_matter_schema import KEYS
from blogkit.project.connect import Settings, open_journal
from tests.archive.samples import entry, item, takeout, wxr
from tests.cli.conftest import Run
from tests.cli.test_export import SPACES, entries
from tests.journal.samples import memory

FLAWS = (
    "date: nonsense",
    'seo: "x"',
    "comments: maybe",
    "colour: red",
    "language: not a code",
    'title: ""',
    "sites: [nowhere]",
    "key: flaw-0",
)


def test_a_post_with_wrong_front_matter_is_left_out(run: Run, workspace: Path) -> None:
    for number, flaw in enumerate(FLAWS):
        title = "" if flaw.startswith("title") else f"title: Flaw {number}\n"
        text = f"---\n{title}publish: now\n{flaw}\n---\nText {number} of a post.\n"
        (workspace / f"posts/flaw-{number}.md").write_text(text, encoding="utf-8")
    (workspace / "posts/good.md").write_text(
        "---\ntitle: Good\npublish: now\n---\nFine.\n", encoding="utf-8"
    )
    done = run("export", "a.atom", "--format", "blogger-atom", "--json")
    places = [f"posts/flaw-{number}.md" for number in range(len(FLAWS))]
    assert sorted(one["place"] for one in done.json["failed"]) == places
    (only,) = entries(workspace / "a.atom")
    assert only.findtext("atom:title", "", SPACES) == "Good"


def test_files_are_judged_as_the_archive_needs_not_as_their_site(run: Run, tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(
        '[blog]\ntimezone = "Asia/Kolkata"\n[sites.main]\nplatform = "folder"\nfolder = "out"\n',
        encoding="utf-8",
    )
    posts = {
        "private": "publish: private",
        "pending": "publish: pending",
        "con": "publish: now\nslug: con\nsticky: true",
        "novel": "publish: now\ncategories: [GS-III/Polity, News > World]\ntype: book",
        "by-id": "publish: now\ncategories: ['id:508', 'slug:polity', Plain]",
        "script": "publish: now",
    }
    for name, front in posts.items():
        body = "<script>alert(1)</script>" if name == "script" else f"Text of {name}."
        (tmp_path / f"posts/{name}.md").write_text(
            f"---\ntitle: The {name} post\n{front}\n---\n{body}\n", encoding="utf-8"
        )
    done = run("export", "a.xml", "--format", "wxr", "--json")
    assert [one["place"] for one in done.json["failed"]] == ["posts/script.md"]
    assert (
        "categories that only their site knows, such as id:508, were left out (2)"
        in (done.json["notes"])
    )
    text = (tmp_path / "a.xml").read_text(encoding="utf-8")
    for word in ("private", "pending", "book", "con"):
        assert f"<![CDATA[{word}]]>" in text
    names = re.findall(r"<wp:cat_name><!\[CDATA\[(.*?)\]\]>", text)
    assert sorted(names) == ["GS-III", "News", "Plain", "Polity", "World"]


KEPT = {
    "title": '"Kept: all of it"',
    "type": '"page"',
    "labels": '["One"]',
    "categories": '["GS-III/Polity"]',
    "tags": '["Two"]',
    "publish": '"queue"',
    "queue": '"hold"',
    "priority": "3",
    "excerpt": '"Short"',
    "image": '"https://pictures.example/a.jpg"',
    "image_alt": '"A picture"',
    "image_caption": '"By the sea"',
    "image_title": '"sea"',
    "slug": '"kept"',
    "allow": '["script"]',
    "language": '"hi"',
    "date": '"2024-03-05 07:00"',
    "author": '"asha"',
    "password": '"open"',
    "sticky": "true",
    "comments": '"hidden"',
    "pings": '"closed"',
    "format": '"aside"',
    "parent": '"about"',
    "template": '"wide.php"',
    "order": "4",
    "taxonomies": '{"genre": ["Novels"]}',
    "seo": '{"title": "T", "description": "D", "robots": "noindex"}',
    "meta": '{"rating": "5"}',
    "location": '{"name": "Dahej", "lat": 21.7, "lng": 72.5}',
}
"""A value for each key, in the form that an export writes."""
PAGES = {"type", "parent", "order"}
QUEUED = {"publish", "queue", "priority"}
NOT_OF_OTHER_PROJECTS = {
    *("key", "sites", "post_id", "imported_from"),
    "old_address",  # only if slug and date do not tell it
    "old_date",  # only of drafts and pages
    "quiz",  # is in the text
    "image_size",  # only of local images, which are not exported
    *("every", "from", "until", "items"),  # of templates, which are not exported
}


def test_a_folder_keeps_every_key_of_front_matter(run: Run, workspace: Path) -> None:
    assert {*KEPT, *NOT_OF_OTHER_PROJECTS} == {*KEYS}
    common = {"title", "slug"}
    parts = {
        "post": KEPT.keys() - PAGES - QUEUED,
        "page": common | PAGES,
        "queued": common | QUEUED,
    }
    written = {}
    for name, keys in parts.items():
        values = {key: KEPT[key] for key in KEPT if key in keys} | {"slug": f'"{name}"'}
        values |= {"publish": '"now"'} if name == "post" else {}
        lines = written[name] = [f"{key}: {value}" for key, value in values.items()]
        text = "\n".join(["---", *lines, "---", f"A text for {name}.\n"])
        text += "\n<script>alert(1)</script>\n" if name == "post" else ""
        (workspace / f"posts/{name}.md").write_text(text, encoding="utf-8")
    assert run("export", "out", "--format", "folder").code == 0
    for name, lines in written.items():
        path = workspace / "out" / ("pages" if name == "page" else "posts") / f"{name}.html"
        text = path.read_text(encoding="utf-8")
        assert set(lines) - set(text.split("\n")) == set(), name
    for form in ("wxr", "blogger-atom"):
        notes = run("export", "a", "--format", form, "--force", "--json").json["notes"]
        for words in (
            "posts in the queue are drafts: the file has no queue (1)",
            "posts lost their language (1)",
            "posts lost their robots tags (1)",
            "posts lost the caption of their featured image (1)",
        ):
            assert words in notes


def test_addresses_of_the_old_blog_outlive_import_and_export(run: Run, workspace: Path) -> None:
    kept = ("2018/05/blog-post_12", "2019/05/Upper-Case", "2017/01/moved", "p/blog-page_5")
    posts = [
        entry(
            number,
            f"Ship {number}",
            f"<p>Ship {number} sails.</p>",
            kind="PAGE" if path.startswith("p/") else "POST",
            filename=f"/{path}.html",
        )
        for number, path in enumerate(kept, 1)
    ]
    (workspace / "old.atom").write_bytes(takeout(*posts))
    (workspace / "old.xml").write_bytes(wxr(item(9, "Ship 9", "<p>Nine.</p>", slug="ship_9")))
    for name in ("old.atom", "old.xml"):
        assert run("import", name, "--as-new").code == 0
    assert run("check").code == 0
    done = run("export", "new.atom", "--format", "blogger-atom", "--json")
    found = {
        one.findtext("blogger:filename", "", SPACES) for one in entries(workspace / "new.atom")
    }
    assert found == {*(f"/{path}.html" for path in kept), "/2019/05/ship_9.html"}
    assert done.json["notes"] == []
    assert run("export", "new.xml", "--format", "wxr").code == 0
    text = (workspace / "new.xml").read_text(encoding="utf-8")
    assert set(re.findall(r"<wp:post_name><!\[CDATA\[(.*?)\]\]", text)) == {
        *(path.rpartition("/")[2] for path in kept),
        "ship_9",
    }
    assert run("export", "out", "--format", "folder").code == 0
    lines = "".join(one.read_text(encoding="utf-8") for one in workspace.glob("out/p*/*.html"))
    assert set(re.findall('old_address: "(.*?)"', lines)) == {
        *(f"/{path}.html" for path in kept),
        "/ship_9/",
    }


def test_published_posts_keep_the_state_and_date_of_their_site(
    run: Run,
    workspace: Path,
    write: Callable[..., Path],
    by_hand: Callable[..., Remote],
) -> None:
    live = by_hand("Lighthouse", "<p>It turns at night.</p>")
    assert run("adopt", live.ref.id).code == 0
    write("harbour", "Boats leave at six.", "The harbour", date="2020-02-01 07:00")
    assert run("publish", "--yes").code == 0
    write("harbour", "Boats leave at six.", "The harbour")
    write("new", "Not on the blog.", "A new post", publish="")
    assert run("export", "a.atom", "--format", "blogger-atom", "--published").code == 0
    found = {
        one.findtext("atom:title", "", SPACES): (
            one.findtext("blogger:status", "", SPACES),
            datetime.fromisoformat(one.findtext("atom:published", "", SPACES)),
        )
        for one in entries(workspace / "a.atom")
    }
    assert found.pop("A new post")[0] == "DRAFT"
    old = datetime(2020, 2, 1, 1, 30, tzinfo=UTC)
    assert found == {"Lighthouse": ("LIVE", live.at), "The harbour": ("LIVE", old)}


def test_a_post_of_wordpress_is_not_taken_for_public(tmp_path: Path) -> None:
    """The journal calls private posts live, too."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(
        '[sites.main]\nplatform = "wordpress"\nurl = "https://a.example"\nusername = "x"\n',
        encoding="utf-8",
    )
    for key, publish in {"by-hand": "", "queued": "queue", "open": "now", "lost": ""}.items():
        number = "post_id: '9'\n" if key == "lost" else ""
        (tmp_path / f"posts/{key}.md").write_text(
            f"---\ntitle: The {key} post\npublish: {publish}\n{number}---\nText of {key}.\n",
            encoding="utf-8",
        )
    at = datetime(2020, 2, 1, 1, 30, tzinfo=UTC)
    with open_journal(Settings(load_config(tmp_path))) as journal:
        journal.remember(memory("by-hand", at=at, desired_state="keep"))
        journal.remember(memory("queued", at=at, desired_state=f"at {at.isoformat()}"))
    project = blogkit.open(tmp_path, environ={})
    done = project.export("a.atom", format="blogger-atom", published=True)
    problems = [one for _, error in done.failed for one in getattr(error, "problems", ())]
    assert {one.path for one in problems} == {"posts/by-hand.md", "posts/lost.md"}
    assert all("--from main" in one.hint for one in problems)
    assert {
        one.findtext("atom:title", "", SPACES): one.findtext("blogger:status", "", SPACES)
        for one in entries(tmp_path / "a.atom")
    } == {"The queued post": "LIVE", "The open post": "LIVE"}


def test_the_date_of_an_imported_draft_is_kept_and_not_used(run: Run, workspace: Path) -> None:
    begun = "2019-05-02T20:00:00.000Z"
    feed = takeout(
        entry(1, "Low tide", "<p>Mud as far as one sees.</p>", status="DRAFT", published=begun),
        entry(2, "The crew", "<p>Who sails with us.</p>", kind="PAGE", published=begun),
    )
    (workspace / "old.atom").write_bytes(feed)
    assert run("import", "old.atom", "--as-new").code == 0
    (draft,) = (workspace / "posts").glob("low*.html")
    assert 'old_date: "2019-05-03 01:30"\n' in draft.read_text(encoding="utf-8")
    assert run("export", "new.atom", "--format", "blogger-atom").code == 0
    dates = [one.findtext("atom:published", "", SPACES) for one in entries(workspace / "new.atom")]
    assert dates == [begun, begun]
    lossy = run("export", "new.xml", "--format", "wxr", "--json")
    assert lossy.json["notes"] == [
        "drafts lost the date of their old blog: WordPress would publish them with it (1)"
    ]
    assert [one["result"] for one in run("publish", "--yes", "--json").json["outcomes"]] == [
        "done",
        "done",
    ]
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace('publish: "draft"', "publish: now"), encoding="utf-8")
    live = run("publish", "--yes")
    assert "publish draft “Low tide”" in live.out
    assert "2019" not in live.out
    draft.write_text(text.replace("2019-05-03 01:30", "soon"), encoding="utf-8")
    failed = run("export", "c.atom", "--format", "blogger-atom", "--published")
    assert 'old_date: "soon" is not a date' in failed.out + failed.err


def test_no_file_takes_the_key_of_a_published_post_from_an_archive(
    run: Run, workspace: Path, write: Callable[..., Path]
) -> None:
    path = write("third-one", "Mud as far as one sees.", "Low tide")
    assert run("export", "out.atom", "--format", "blogger-atom").code == 0
    assert run("publish", "posts/third-one.md", "--yes").code == 0
    path.unlink()
    assert run("import", "out.atom", "--as-new").code == 0
    assert [file.name for file in (workspace / "posts").iterdir()] == ["low-tide.html"]
