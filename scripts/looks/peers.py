"""The sample post's timeline and table as other tools show them, and the post as WordPress's
newest default theme shows it.

TimelineJS and DataTables come from npm, WordPress is the one of the tests.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import yaml

from scripts.pictures import Shot, take
from tests.e2e.wordpress import cache, lifecycle
from tests.e2e.wordpress.npm import npm

HERE = Path(__file__).parent
SAMPLE = HERE / "sample.md"
WORDPRESS = "7.1"
WIDTHS = (360, 1280)
HEIGHTS = {"timelinejs": 600, "datatables": 460, "wordpress": 2000}
HEAD = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport"'
    ' content="width=device-width,initial-scale=1"><title>A peer</title>'
)


def title() -> str:
    """The sample's title."""
    return str(yaml.safe_load(SAMPLE.read_text(encoding="utf-8").split("---")[1])["title"])


def fields(widget: str) -> dict[str, Any]:
    """The fields of a widget in the sample, and its title."""
    text = SAMPLE.read_text(encoding="utf-8")
    found = re.search(rf"^```{{{widget}}} ?(.*)\n(?:---\n)?([\s\S]*?)^```$", text, re.MULTILINE)
    assert found is not None
    return {"title": found[1], **yaml.safe_load(found[2])}


def timelinejs(modules: Path) -> str:
    """The page of a TimelineJS with the sample's events."""

    def date(text: str) -> dict[str, str]:
        return dict(zip(("year", "month"), text.split("-"), strict=False))

    found = fields("timeline")
    events = [
        {
            "start_date": date(str(event["date"])),
            "text": {"headline": event["title"], "text": f"<p>{event['text']}</p>"},
        }
        for event in found["events"]
    ]
    data = {"title": {"text": {"headline": found["title"]}}, "events": events}
    home = (modules / "@knight-lab/timelinejs/dist").as_uri()
    return (
        f'{HEAD}<link rel="stylesheet" href="{home}/css/timeline.css"><style>body{{margin:0}}'
        f'#line{{height:600px}}</style><div id="line"></div><script src="{home}/js/timeline.js">'
        f"</script><script>new TL.Timeline('line',{json.dumps(data)},"
        "{hash_bookmark:false,start_at_slide:1,font:null})</script>"
    )


def datatables(modules: Path) -> str:
    """The page of a DataTables, in its own style, with the sample's rows."""
    found = fields("table")
    names = [column if isinstance(column, str) else column["label"] for column in found["columns"]]
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in found["rows"]
    )
    sheets = ("-dt/css/dataTables", "-responsive-dt/css/responsive")
    links = "".join(
        f'<link rel="stylesheet" href="{(modules / f"datatables.net{name}.dataTables.css").as_uri()}">'
        for name in sheets
    )
    codes = (
        *("/js/dataTables", "-dt/js/dataTables.dataTables"),
        *("-responsive/js/dataTables.responsive", "-responsive-dt/js/responsive.dataTables"),
    )
    scripts = "".join(
        f'<script src="{(modules / f"datatables.net{name}.js").as_uri()}"></script>'
        for name in codes
    )
    return (
        f"{HEAD}{links}<style>body{{font:17px/1.6 system-ui,sans-serif;margin:16px}}</style>"
        f'<h2>{escape(found["title"])}</h2><table id="t" class="display" style="width:100%">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{scripts}"
        "<script>new DataTable('#t',{responsive:true})</script>"
    )


def blocks() -> str:
    """The sample as an author would write it with the blocks that WordPress has."""
    timeline, table, facts = fields("timeline"), fields("table"), fields("meta-box")
    button, faq = fields("quiz-button"), fields("faq")
    events = "".join(
        f"<!-- wp:list-item --><li><strong>{event['date']}: {event['title']}</strong><br>"
        f"{event['text']}</li><!-- /wp:list-item -->"
        for event in timeline["events"]
    )
    names = [column if isinstance(column, str) else column["label"] for column in table["columns"]]
    parts = [
        _paragraph(
            "The Sona floods in July and the Kiran runs dry in March. A canal of 214 kilometres is"
            " to lead the water of the one into the bed of the other."
        ),
        _table(
            [[f"<strong>{each['label']}</strong>", each["value"]] for each in facts["items"]], []
        ),
        _heading("Forty years in four dates"),
        f'<!-- wp:list --><ul class="wp-block-list">{events}</ul><!-- /wp:list -->',
        _heading("Who gains what"),
        _table([[str(cell) for cell in row] for row in table["rows"]], names),
        '<!-- wp:quote --><blockquote class="wp-block-quote">'
        + _paragraph("For the exam: learn barrage, command area and catchment.")
        + "</blockquote><!-- /wp:quote -->",
        _paragraph(button["text"]),
        _button(button["label"]),
        *(
            f'<!-- wp:details --><details class="wp-block-details"><summary>{each["question"]}'
            f"</summary>{_paragraph(each['answer'])}</details><!-- /wp:details -->"
            for each in faq["items"]
        ),
    ]
    return "\n".join(part.replace("**", "") for part in parts)


def _paragraph(text: str) -> str:
    return f"<!-- wp:paragraph --><p>{text}</p><!-- /wp:paragraph -->"


def _button(label: str) -> str:
    return (
        '<!-- wp:buttons --><div class="wp-block-buttons"><!-- wp:button --><div'
        ' class="wp-block-button"><a class="wp-block-button__link wp-element-button"'
        f' href="https://example.com/quiz">{label}</a></div><!-- /wp:button --></div>'
        "<!-- /wp:buttons -->"
    )


def _heading(text: str) -> str:
    return f'<!-- wp:heading --><h2 class="wp-block-heading">{text}</h2><!-- /wp:heading -->'


def _table(rows: list[list[str]], head: list[str]) -> str:
    top = "".join(f"<th>{name}</th>" for name in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    thead = f"<thead><tr>{top}</tr></thead>" if head else ""
    return (
        f'<!-- wp:table --><figure class="wp-block-table"><table class="has-fixed-layout">{thead}'
        f"<tbody>{body}</tbody></table></figure><!-- /wp:table -->"
    )


@contextmanager
def wordpress(work: Path) -> Iterator[str]:
    """The address of the sample on a WordPress of its own."""
    site = lifecycle.up(WORDPRESS, work / "wordpress", cache=cache.folder())
    try:
        post = {"title": title(), "content": blocks(), "status": "publish"}
        answer = site.rest("admin", "POST", "wp/v2/posts", json=post)
        yield str(answer.json()["link"])
    finally:
        lifecycle.down(work / "wordpress")


def main(pictures: Path) -> None:
    """Take the pictures of all peers."""
    with tempfile.TemporaryDirectory(prefix="blogkit-peers-") as name:
        work = Path(name)
        shutil.copy(HERE / "package.json", work)
        npm("install", "--no-package-lock", "--ignore-scripts", cwd=work)
        pages = {}
        for peer in (timelinejs, datatables):
            file = work / f"{peer.__name__}.html"
            file.write_text(peer(work / "node_modules"), encoding="utf-8", newline="\n")
            pages[peer.__name__] = file.as_uri()
        with wordpress(work) as address:
            pages["wordpress"] = address
            take(
                Shot(
                    pictures / f"{peer}-{width}.png",
                    width,
                    url=url,
                    height=HEIGHTS[peer],
                    pause=1500,
                )
                for peer, url in pages.items()
                for width in WIDTHS
            )
