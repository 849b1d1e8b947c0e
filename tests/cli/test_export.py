"""`blogkit export`: posts of files and of a live site, in forms that other programs import."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from blogkit.platforms.base import Remote
from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import Run
from tests.ports import stopped

SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "blogger": "http://schemas.google.com/blogger/2018",
}


def entries(path: Path) -> list[ElementTree.Element]:
    return ElementTree.parse(path).findall("atom:entry", SPACES)


def test_files_are_exported_as_they_would_be_published(
    run: Run, workspace: Path, write: Callable[..., Path]
) -> None:
    write("harbour", "Boats ]]> left **early**.", "Harbour at six", slug="harbour-six")
    write("market", "Fish, ice and noise.", "The fish market", publish="draft", excerpt="Noise")
    write("published", "It is live already.", "Already on the blog")
    assert run("publish", "posts/published.md", "--yes").code == 0
    write("broken", "{{< figure >}}", "Broken one")
    dry = run("export", "blog.atom", "--format", "blogger-atom", "--dry-run", "--json")
    assert not (workspace / "blog.atom").exists()
    done = run("export", "blog.atom", "--format", "blogger-atom", "--json")
    assert done.code == 1
    assert done.json == {**dry.json, "dry_run": False}
    assert (done.json["posts"], done.json["known"]) == (2, ["posts/published.md"])
    assert [one["place"] for one in done.json["failed"]] == ["posts/broken.md"]
    harbour, market = entries(workspace / "blog.atom")
    body = harbour.findtext("atom:content", "", SPACES)
    assert "<!-- blogkit:post key=harbour -->" in body, "publishing finds the post by it later"
    assert "Boats ]]&gt; left <strong>early</strong>." in body
    assert harbour.findtext("blogger:filename", "", SPACES).endswith("/harbour-six.html")
    assert market.findtext("blogger:status", "", SPACES) == "DRAFT"
    assert market.findtext("blogger:metaDescription", "", SPACES) == "Noise"
    again = run("export", "blog.atom", "--format", "blogger-atom")
    assert again.code == 2
    assert "blog.atom already exists" in again.err
    more = run(
        "export", "blog.atom", "posts/published.md", "--format", "wxr", "--published", "--force"
    )
    assert more.code == 0
    assert "1 post and 0 pages written to blog.atom" in more.out


def test_a_live_site_is_exported_byte_for_byte_and_comes_back(
    run: Run, workspace: Path, by_hand: Callable[..., Remote]
) -> None:
    texts = {
        "First light": "<p>a &amp; b</p>\n<pre> x\t</pre>]]>",
        "दूसरा": "<div style='x'>ख</div><!--more--><p>—</p>",
    }
    bodies = {title: by_hand(title, text, ("One", title)).body for title, text in texts.items()}
    assert run("export", "a.xml", "--format", "wxr", "--from", "main").code == 0
    assert run("export", "b.atom", "--format", "blogger-atom", "--from", "main").code == 0
    found = {
        one.findtext("atom:title", "", SPACES): one.findtext("atom:content", "", SPACES)
        for one in entries(workspace / "b.atom")
    }
    assert found == bodies
    plan = run("import", "b.atom", "--json")
    assert plan.code == 0, plan.err
    unchanged = run("publish", "--yes", "--json")
    assert {one["result"] for one in unchanged.json["outcomes"]} <= {"done", "unchanged"}
    assert run("export", "c.atom", "--format", "blogger-atom", "--from", "main").code == 0
    assert [one.findtext("atom:id", "", SPACES) for one in entries(workspace / "c.atom")] == [
        one.findtext("atom:id", "", SPACES) for one in entries(workspace / "b.atom")
    ], "nothing is published twice"
    assert run("export", "out", "--format", "folder", "--from", "main").code == 0
    files = sorted(path.name for path in (workspace / "out/posts").iterdir())
    assert len(files) == 2
    for path in (workspace / "out/posts").iterdir():
        assert path.read_text(encoding="utf-8").partition("\n---\n")[2] in bodies.values()


def test_a_site_that_fails_leaves_nothing_half_written(
    run: Run, workspace: Path, by_hand: Callable[..., Remote], sandbox: Sandbox
) -> None:
    by_hand()
    (workspace / "a.xml").write_text("kept", encoding="utf-8")
    with stopped(sandbox):
        failed = run("export", "a.xml", "--format", "wxr", "--from", "main", "--force")
    assert failed.code != 0
    assert [path.name for path in workspace.glob("*.xml")] == ["a.xml"]
    assert (workspace / "a.xml").read_text(encoding="utf-8") == "kept"


REFUSED = {
    ("a.xml", "--format", "wxr", "--from", "nowhere"): "nowhere",
    ("a.xml", "posts", "--format", "wxr", "--from", "main"): "at the same time",
    ("none/a.xml", "--format", "wxr"): "no such folder",
    ("posts", "--format", "wxr"): "already exists",
    ("posts", "--format", "folder"): "is not an empty folder",
    (".", "--format", "folder", "--force"): "is the folder of a blog",
    ("-", "--format", "wxr"): "cannot write to standard output",
    ("a.xml", "--format", "rss"): "rss",
}


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("arguments", REFUSED)
def test_what_cannot_be_exported_is_refused_with_a_way_out(
    run: Run, arguments: tuple[str, ...], write: Callable[..., Path]
) -> None:
    write()
    refused = run("export", *arguments)
    assert refused.code == 2
    assert REFUSED[arguments] in refused.err


def test_local_images_are_named(run: Run, workspace: Path, write: Callable[..., Path]) -> None:
    (workspace / "posts/a.png").write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
            "789c6360f8cfc000000301010018dd8db00000000049454e44ae426082"
        )
    )
    write("picture", "See:\n\n![A dot](a.png)", "A picture", publish="draft")
    done = run("export", "a.xml", "--format", "wxr", "--json")
    assert done.code == 1
    (failed,) = done.json["failed"]
    assert failed["place"] == "posts/picture.md"


FILES = {
    "harbour": (
        (
            "title: 'Harbour & <tides>'\npublish: now\ndate: 2024-03-05 07:00\nslug: harbour\n"
            "labels: [Sea, दो]\nseo: {description: 'For \"engines\"'}\n"
            "location: {name: Dahej, lat: 21.7, lng: 72.5}"
        ),
        "Boats ]]> left.\n\n```{callout} Note\nAt *six*.\n```\n\n<!--more-->\n\nMore.",
    ),
    "market": ("title: Market\npublish: draft\nslug: market\nexcerpt: Noise", "Fish & ice."),
    "third-one": ("title: Low tide\npublish: draft\ndate: 2019-05-03 01:30\nslug: low", "Mud."),
    "fourth": ("title: High tide\npublish: draft\ndate: 2018-05-03 01:30", "No mud."),
    "about": ("title: About\ntype: page\npublish: now\nslug: about", "Us."),
}


@pytest.mark.parametrize("form", ["blogger-atom", "wxr", "folder"])
def test_export_import_export_is_the_same(run: Run, workspace: Path, form: str) -> None:
    toml = workspace / "blogkit.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace("[blog]", '[blog]\ntitle = "Coast"'),
        encoding="utf-8",
    )
    (workspace / "pages").mkdir()
    for name, (front, text) in FILES.items():
        path = workspace / ("pages" if "type: page" in front else "posts") / f"{name}.md"
        path.write_text(f"---\n{front}\n---\n{text}\n", encoding="utf-8")
    assert run("export", "first", "--format", form).code == 0
    other = workspace / "other"
    other.mkdir()
    (other / "blogkit.toml").write_bytes((workspace / "blogkit.toml").read_bytes())
    (other / ".env").write_bytes((workspace / ".env").read_bytes())
    (other / ".env").chmod(0o600)
    if form == "folder":
        (workspace / "first").rename(other / "copied")
        for kind in ("posts", "pages"):
            (other / "copied" / kind).rename(other / kind)
    else:
        imported = run("-C", other, "import", workspace / "first", "--as-new", "--json")
        assert imported.code == 0, imported.err
    assert run("-C", other, "check").code == 0
    assert run("-C", other, "export", workspace / "second", "--format", form).code == 0
    if form == "folder":
        assert contents(workspace / "second/posts") == contents(other / "posts")
        assert contents(workspace / "second/pages") == contents(other / "pages")
    else:
        assert undated(workspace / "second") == undated(workspace / "first")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


TIMES = re.compile(
    r"(<(?:wp:post_(?:date|modified)(?:_gmt)?|pubDate|blogger:created|published|updated)>)"
    r"[^\n]*?(</)"
)


def undated(path: Path) -> str:
    """The archive without the time of the export, which posts without a date have."""
    text = path.read_text(encoding="utf-8")
    pieces = re.split(r"(?=<(?:entry|item|channel)>)", text)
    dated = [
        front.splitlines()[0].removeprefix("title: ")
        for front, _ in FILES.values()
        if "\ndate: " in front
    ]
    return "".join(
        one
        if any(title.strip("'") in unescape(one) for title in dated)
        else TIMES.sub(r"\1\2", one)
        for one in pieces
    )
