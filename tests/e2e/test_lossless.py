"""Each field of a real WordPress post is set, changed and undone; no other field changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from blogkit.__main__ import main
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site

OWN_TIMES = frozenset({"modified", "modified_gmt"})
DERIVED = frozenset(
    {"_links", "class_list", "guid", "permalink_template", "generated_slug", "link", "slug"}
)
EVERY_VERSION = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
Run = Callable[..., tuple[int, Any]]


class Blog:
    """A folder of posts for one account of a site, and the command line."""

    def __init__(
        self, folder: Path, site: Site, role: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self.site, self.role = folder, site, role
        self.runs: list[str] = []
        self._capsys = capsys
        user = site.users[role]
        (folder / "posts").mkdir(parents=True)
        (folder / "pages").mkdir()
        (folder / "blogkit.toml").write_text(
            '[blog]\ntimezone = "Asia/Kolkata"\n[sites.school]\nplatform = "wordpress"\nurl ='
            f' "{site.url}"\nusername = "{user.login}"\n',
            encoding="utf-8",
        )
        env = folder / ".env"
        env.write_text(
            f"BLOGKIT_SCHOOL_APP_PASSWORD={user.application_password}\n"
            f"BLOGKIT_SCHOOL_ORIGIN={site.url}\n",
            encoding="utf-8",
        )
        env.chmod(0o600)

    def run(self, *arguments: str) -> tuple[int, Any]:
        """Exit code and JSON report."""
        code = main(["-C", str(self.folder), *arguments, "--json"], sleep=lambda _seconds: None)
        captured = self._capsys.readouterr()
        assert captured.out, captured.err
        return code, json.loads(captured.out)

    def write(self, name: str, title: str, *lines: str, text: str = "Talks opened today.") -> None:
        head = "\n".join(["---", f"title: {json.dumps(title)}", *lines, "---"])
        (self.folder / name).write_text(f"{head}\n{text}\n", encoding="utf-8")

    def publish(self, name: str) -> Mapping[str, Any]:
        """The outcome of publishing one file, which must go well."""
        code, report = self.run("publish", "--yes", str(self.folder / name))
        assert code == 0, report
        (outcome,) = report["outcomes"]
        self.runs.append(str(self.run("log", "--most", "1")[1]["runs"][0]["run"]))
        return outcome

    def undo(self) -> None:
        """Take back the last publication that was not taken back."""
        code, report = self.run("undo", self.runs.pop(), "--yes")
        assert code == 0, report

    def raw(self, number: str, kind: str = "posts") -> dict[str, Any]:
        """Everything that the site keeps of a post, as an administrator sees it."""
        params = {"context": "edit"}
        shown = self.site.rest("admin", "GET", f"/wp/v2/{kind}/{number}", params=params).json()
        kept = {name: value for name, value in shown.items() if name not in OWN_TIMES | DERIVED}
        for name in ("title", "content", "excerpt"):
            kept[name] = shown[name]["raw"]
        return kept


@pytest.fixture
def connect(
    wordpress: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], Blog]:
    return lambda role: Blog(tmp_path / role, wordpress, role, capsys)


POST_FIELDS = {
    # line, WordPress's field, its value then; another line, its value then
    "password": ('password: "open sesame"', "password", "open sesame", 'password: ""', ""),
    "comments": ("comments: closed", "comment_status", "closed", "comments: open", "open"),
    "pings": ("pings: open", "ping_status", "open", "pings: closed", "closed"),
    "format": ("format: aside", "format", "aside", "format: quote", "quote"),
    "date": (
        "date: 2031-01-31 07:00",
        "date_gmt",
        "2031-01-31T01:30:00",
        "date: 2030-01-31 07:00",
        "2030-01-31T01:30:00",
    ),
}
EDITORS_FIELDS = {"sticky": ("sticky: true", "sticky", True, "sticky: false", False)}
PAGE_FIELDS = {
    "order": ("order: 4", "menu_order", 4, "order: 7", 7),
    "comments": ("comments: open", "comment_status", "open", "comments: closed", "closed"),
    "excerpt": ('excerpt: "A & B"', "excerpt", "A &amp; B", 'excerpt: ""', ""),
}


def set_change_and_undo(
    blog: Blog, name: str, title: str, fields: Mapping[str, tuple[Any, ...]]
) -> None:
    """Each field goes there and back, and what a change touches is that field only."""
    kind = name.split("/")[0]
    blog.write(name, title)
    number = blog.publish(name)["id"]
    for line, field, value, other_line, other in fields.values():
        before = blog.raw(number, kind)
        assert before[field] != value, field
        blog.write(name, title, line)
        blog.publish(name)
        assert changed(before, blog.raw(number, kind)) == {field: value}
        first = blog.raw(number, kind)
        blog.write(name, title, other_line)
        blog.publish(name)
        assert changed(first, blog.raw(number, kind)) == {field: other}
        for earlier in (first, before):
            blog.undo()
            assert without_floating_date(blog.raw(number, kind)) == without_floating_date(earlier)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that differ; `date` is `date_gmt` in the site's zone."""
    same = {name for name, value in before.items() if after[name] == value}
    differing = {name: value for name, value in after.items() if name not in same | {"date"}}
    if (
        before["status"] == "draft"
        and differing.keys() > {"date_gmt"}
        and (after["date_gmt"][:4] == before["date_gmt"][:4])
    ):
        del differing["date_gmt"]  # a draft without a date has that of its last change
    return differing


def without_floating_date(post: Mapping[str, Any]) -> dict[str, Any]:
    """A draft without a date of its own shows the time of its last change."""
    dates = ("date", "date_gmt")
    this_year = not post["date_gmt"].startswith("203")
    return {n: v for n, v in post.items() if not (n in dates and this_year)}


@EVERY_VERSION
def test_each_field_of_a_post_as_admin(connect: Callable[[str], Blog]) -> None:
    fields = POST_FIELDS | EDITORS_FIELDS
    set_change_and_undo(connect("admin"), "posts/admin.md", "Monsoon arrives early", fields)


@EVERY_VERSION
def test_each_field_of_a_post_as_author(connect: Callable[[str], Blog]) -> None:
    set_change_and_undo(connect("author"), "posts/author.md", "Wheat prices in June", POST_FIELDS)


@EVERY_VERSION
def test_each_field_of_a_page(connect: Callable[[str], Blog]) -> None:
    set_change_and_undo(connect("admin"), "pages/lossless.md", "How we work", PAGE_FIELDS)
