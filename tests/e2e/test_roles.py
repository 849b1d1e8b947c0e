"""What each role may do, as the table in docs/sites.md tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace

DOCS = Path(__file__).parents[2] / "docs/sites.md"
DRAFT: tuple[str, ...] = ()
ASKED: dict[str, tuple[str, ...]] = {
    "A draft": DRAFT,
    "`publish: pending`, for review": ("publish: pending",),
    "`publish: now`": ("publish: now",),
    "`publish:` with a time": ("publish: 2031-01-31 07:00",),
    "`publish: private`": ("publish: private",),
    "`password`": ("password: open sesame",),
    "`sticky`": ("sticky: true",),
    "`author`, another one than the account": ("author: id:{other}",),
    "`excerpt`, `comments`, `format`": ("excerpt: Short", "comments: closed", "format: aside"),
    "A new tag": ("tags: [tag of {role}]",),
    "A new category": ("categories: [Category of {role}]",),
    "A local image": ("image: dot.png",),
    "A script or an iframe in the text, with `allow`": ("allow: [script, iframe]",),
    "A page": ("type: page",),
    "`undo` of a new draft": DRAFT,
}
SCRIPT = "<script>document.title = 1</script>"
PLACES = ("harbour", "market", "library", "station", "museum", "temple", "school", "bridge")
EVENTS = ("flooded in June", "reopened after repairs")


def promised() -> dict[str, dict[str, str]]:
    """The table: by what is asked for, and by role."""
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("| what | administrator |"))
    head, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines[start : lines.index("", start)]
    ]
    return {what: dict(zip(head[1:], cells, strict=True)) for what, *cells in rows}


def worked(blog: Workspace, what: str, title: str) -> bool:
    other = blog.site.users["author" if blog.user != "author" else "editor"].id
    lines = [line.format(role=blog.user, other=other) for line in ASKED[what]]
    body = f"Here is what we know: {title.lower()}."
    if "script" in what:
        body += f"\n\n{SCRIPT}"
    name = "".join(filter(str.isalnum, title.lower()))
    path = blog.write(name, "\n".join([f"title: {title}", *lines]), body)
    code, report = blog.run("publish", "--yes", path)
    if code == 0 and "undo" in what:
        code, report = blog.run("undo", "--yes")
    assert code in (0, 1), report
    return code == 0


@pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
@pytest.mark.parametrize("role", ["administrator", "editor", "author", "contributor"])
def test_each_role_may_do_what_the_table_promises(
    role: str, wordpress: Site, tmp_path: Path
) -> None:
    user = "admin" if role == "administrator" else role
    blog = Workspace(tmp_path / "blog", wordpress, user)
    # a file of its own, because one that is in the library needs no upload
    Image.new("RGB", (len(role), 2)).save(blog.root / "dot.png")
    table = promised()
    assert table.keys() == ASKED.keys()
    wrong = {}
    for number, (what, cells) in enumerate(table.items()):
        event, place = EVENTS[number // len(PLACES)], PLACES[number % len(PLACES)]
        cell = cells[role]
        expected = cell == "yes" or f"(WordPress {wordpress.label}: yes)" in cell
        found = worked(blog, what, f"The {place} {event} {user}")
        if found != expected:
            wrong[what] = found
    assert wrong == {}
