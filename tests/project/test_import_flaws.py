"""Posts of archives that cannot be published as they are, and how the import tells."""

from __future__ import annotations

from pathlib import Path

import blogkit
from tests.archive.samples import entry, item, takeout, wxr


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
    other = project.import_archive(export)
    assert other.undated == [f"posts/zeros-{n}.html" for n in range(3)]
    for name in (*report.undated, *other.undated):
        assert 'publish: "draft"\n' in (folder / name).read_text()
