"""Posts of archives that cannot be published as they are, and how the import tells."""

from __future__ import annotations

from pathlib import Path

import blogkit
from tests.archive.samples import entry, item, takeout, wxr
from tests.cases import for_each


def test_posts_without_a_date_become_drafts(project: blogkit.Project, folder: Path) -> None:
    feed, export = folder.parent / "feed.atom", folder.parent / "export.xml"
    feed.write_bytes(
        takeout(
            entry(1, "Undated", "<p>When?</p>", published=""),
            entry(2, "American", "<p>Months first.</p>", published="03/05/2019"),
            entry(3, "Soon", "<p>Some day.</p>", published="", status="SCHEDULED"),
            entry(4, "About", "<p>A page.</p>", published="", kind="PAGE"),
            entry(5, "Idea", "<p>A draft.</p>", published="", status="DRAFT"),
        )
    )
    zeros = {"date": "0000-00-00 00:00:00"}
    items = [
        item(n, f"Zeros {n}", f"<p>Zeros {n}.</p>", status=status, **zeros)
        for n, status in enumerate(("publish", "future", "private", "pending"))
    ]
    broken = "Mon, 30 Nov -0001 00:00:00 +0000"
    export.write_bytes(wxr(*items).replace(b"Fri, 03 May 2019 01:30:00 +0000", broken.encode()))
    report = project.import_archive(feed)
    assert report.undated == [f"posts/{name}.html" for name in ("undated", "american", "soon")]
    assert 'publish: "now"\n' in (folder / "pages/about.html").read_text()
    dated = folder / report.undated[0]
    dated.write_text(dated.read_text().replace("draft", "now"))
    assert project.import_archive(feed).undated == report.undated[1:]
    dated.write_text(dated.read_text().replace("now", "draft"))
    other = project.import_archive(export)
    assert other.undated == [f"posts/zeros-{n}.html" for n in range(3)]
    for name in (*report.undated, *other.undated):
        assert 'publish: "draft"\n' in (folder / name).read_text()


SITES = {
    "blogger": "",
    "folder": '[sites.disk]\nplatform = "folder"\nfolder = "out"\n',
    "wordpress": '[sites.disk]\nplatform = "wordpress"\nurl = "https://x.example"\nusername = "asha"\n',
}


@for_each("platform", SITES, ids=str)
def test_files_that_the_site_would_refuse_are_listed(
    project: blogkit.Project, folder: Path, platform: str
) -> None:
    """No file has front matter that `blogkit check` refuses without a word of the import."""
    if table := SITES[platform]:
        (folder / "blogkit.toml").write_text(f'[blog]\ntimezone = "UTC"\n{table}')
    long = "%e0%a4%97" * 120
    label = '<category domain="post_tag" nicename="a-b">a,b</category>'
    verse = '<category domain="post_format" nicename="post-format-verse">Verse</category>'
    export = folder.parent / f"{platform}.xml"
    export.write_bytes(
        wxr(
            item(1, "Console", "<p>One.</p>", slug="con"),
            item(2, "Long", "<p>Two.</p>", slug=long),
            item(3, "Comma", "<p>Three.</p>", terms=label),
            item(4, "Verse", "<p>Four.</p>", terms=verse),
            item(5, "Fine", "<p>Five.</p>"),
            url=f"https://{platform}.example",
        )
    )
    opened = blogkit.open(folder, environ={})
    report = opened.import_archive(export)
    errors = [one for one in opened.check() if one.severity == "error"]
    assert report.flawed == {one.path: one.message for one in errors}
    assert len(report.flawed) == {"blogger": 2, "folder": 2, "wordpress": 1}[platform]
    assert f'# slug: "{"ग" * 120}"\n' in (folder / report.files[1]).read_text(encoding="utf-8")
    opened.undo(report.run).apply()
