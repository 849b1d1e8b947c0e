from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from blogkit.errors import PermissionDenied, Rejected, ServerError, Unreadable
from blogkit.platforms.base import Draft, Platform, Ref, Remote, State, Target
from blogkit.platforms.folder import Folder
from blogkit.platforms.folder.pages import page_slug
from blogkit.render.document import Asset, Document, Fragment
from tests.cases import for_each
from tests.contract import PlatformContract
from tests.contract.damaged import Damage

ZONE = ZoneInfo("Asia/Kolkata")
NOW = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)  # already December in the blog's zone


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "public site"


@pytest.fixture
def folder(home: Path, clock: Clock) -> Folder:
    return Folder("main", home, title="News & Notes", language="en", zone=ZONE, clock=clock)


def draft(folder: Folder, key: str = "a", body: str = "<p>Text</p>", **fields: object) -> Draft:
    document = Document(key, (Fragment("paragraph", body),))
    written = {
        "key": key,
        "kind": "post",
        "title": f"Title {key}",
        "body": folder.compose(document),
        **fields,
    }
    return Draft(**written)  # type: ignore[arg-type]


def live(folder: Folder, key: str = "a", **fields: object) -> Remote:
    return folder.set_state(folder.create(draft(folder, key, **fields)).ref, Target(State.LIVE))  # type: ignore[arg-type]


def pages(home: Path) -> list[str]:
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*.html"))


class TestFolder(PlatformContract):
    @pytest.fixture
    def now(self) -> datetime:
        return NOW

    @pytest.fixture
    def platform(self, folder: Folder) -> Platform:
        return folder

    @pytest.fixture
    def damage(self, home: Path) -> Damage:
        def damage(ref: Ref, field: str) -> None:
            record = home / ".blogkit-site" / f"{ref.kind}-{ref.id}.json"
            data = json.loads(record.read_bytes())
            record.write_text(json.dumps({**data, field: None, "excerpt": "damaged"}), "utf-8")

        return damage


def test_what_is_live_is_a_page_and_linked(folder: Folder, home: Path) -> None:
    post = live(folder, title="Talks <open> & more", labels=("GS-II",), excerpt='Two "days"')
    assert pages(home) == ["2026/12/talks-open-more.html", "index.html"]
    assert Path(unquote(urlsplit(post.url).path)) == home / "2026/12/talks-open-more.html"
    index = BeautifulSoup((home / "index.html").read_text("utf-8"), "html.parser")
    link = index.find("a", string="Talks <open> & more")
    assert link is not None
    assert (home / str(link["href"])).is_file()
    page = BeautifulSoup((home / "2026/12/talks-open-more.html").read_text("utf-8"), "html.parser")
    assert [h.get_text() for h in page.find_all("h1")] == ["Talks <open> & more"]
    assert page.find("meta", attrs={"name": "description"})["content"] == 'Two "days"'  # type: ignore[index]
    assert "GS-II" in page.get_text()
    back = page.find("a", string="News & Notes")
    assert back is not None
    assert (home / "2026/12" / str(back["href"])).resolve() == (home / "index.html").resolve()


def test_a_draft_has_no_page(folder: Folder, home: Path) -> None:
    folder.create(draft(folder))
    assert pages(home) == ["index.html"]
    assert "Title" not in (home / "index.html").read_text("utf-8")


def test_a_scheduled_post_appears_at_the_first_build_after_its_time(
    folder: Folder, home: Path, clock: Clock
) -> None:
    ref = folder.create(draft(folder)).ref
    at = NOW + timedelta(hours=1)
    folder.set_state(ref, Target(State.SCHEDULED, at))
    assert folder.build() == []
    assert pages(home) == ["index.html"]
    clock.now = at
    assert folder.get(ref).state is State.SCHEDULED
    assert [post.ref for post in folder.build()] == [ref]
    assert (folder.get(ref).state, folder.get(ref).at) == (State.LIVE, at)
    assert pages(home) == ["2026/12/title-a.html", "index.html"]


def test_any_write_builds_what_is_due(folder: Folder, home: Path, clock: Clock) -> None:
    ref = folder.create(draft(folder)).ref
    folder.set_state(ref, Target(State.SCHEDULED, NOW + timedelta(hours=1)))
    clock.now = NOW + timedelta(hours=2)
    live(folder, "b")
    assert pages(home) == ["2026/12/title-a.html", "2026/12/title-b.html", "index.html"]


def test_a_permalink_stays_and_a_page_that_is_taken_back_leaves_nothing(
    folder: Folder, home: Path
) -> None:
    post = live(folder)
    renamed = folder.update(post.ref, draft(folder, title="Another title"), post)
    assert renamed.url == post.url
    folder.set_state(post.ref, Target(State.DRAFT))
    assert pages(home) == ["index.html"]
    assert not (home / "2026").exists()
    assert folder.set_state(post.ref, Target(State.LIVE)).url == post.url


def test_equal_titles_get_different_addresses_and_nobodys_file_is_overwritten(
    folder: Folder, home: Path
) -> None:
    folder.create(draft(folder, "x"))
    (home / "2026/12").mkdir(parents=True)
    (home / "2026/12/same.html").write_text("mine", "utf-8")
    urls = [live(folder, key, title="Same").url.rpartition("/")[2] for key in "ab"]
    assert urls == ["same-2.html", "same-3.html"]
    assert (home / "2026/12/same.html").read_text("utf-8") == "mine"
    page = folder.set_state(
        folder.create(draft(folder, "c", kind="page", title="Index")).ref, Target(State.LIVE)
    )
    assert page.url.endswith("/index-2.html")


def test_a_folder_with_somebodys_site_is_left_alone(folder: Folder, home: Path) -> None:
    home.mkdir()
    (home / "index.html").write_text("<h1>My own site</h1>", "utf-8")
    assert not folder.health().ok
    with pytest.raises(Rejected, match=r"index\.html belongs to another program"):
        folder.create(draft(folder))
    assert [path.name for path in home.iterdir()] == ["index.html"]


def test_images_are_copied_once_and_found_from_the_page(
    folder: Folder, home: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "my map (1).png"
    picture.write_bytes(b"png")
    asset = Asset(picture, "images/my map (1).png", "ab" * 32, "a map", 4)
    uploaded = folder.upload(asset)
    body = (
        f'<p><img src="{uploaded.url}" alt="a map"> https://example.com{uploaded.url} and'
        " /images/other.png</p>"
    )
    live(folder, body=body, featured=asset)
    page = home / "2026/12/title-a.html"
    sources = re.findall(r'src="([^"]+)"', page.read_text("utf-8"))
    assert len(sources) == 2
    assert all((page.parent / source).read_bytes() == b"png" for source in sources)
    assert f"https://example.com{uploaded.url} and /images/other.png" in page.read_text("utf-8")
    assert len(list((home / "images").iterdir())) == 1


def test_what_it_knows_survives_the_process_and_a_move(
    folder: Folder, home: Path, clock: Clock, tmp_path: Path
) -> None:
    post = live(folder, title="हिन्दी 📍", labels=("अ",))
    again = Folder("main", home, zone=ZONE, clock=clock)
    assert again.get(post.ref) == post
    moved = home.rename(tmp_path / "elsewhere")
    found = Folder("main", moved, zone=ZONE, url="https://news.example/x/", clock=clock).find(
        "a", "post"
    )
    assert found is not None
    assert (
        found.url
        == "https://news.example/x/2026/12/%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D%E0%A4%A6%E0%A5%80.html"
    )


def test_drafts_are_in_no_file_that_a_web_server_shows(folder: Folder, home: Path) -> None:
    folder.create(draft(folder, body="<p>secret plans</p>"))
    visible = [
        path
        for path in home.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(home).parts)
    ]
    assert visible == [home / "index.html"]
    assert not [path for path in home.rglob(".*") if path.name != ".blogkit-site"], (
        "a temporary file was left"
    )


def test_a_damaged_record_is_named(folder: Folder, home: Path) -> None:
    ref = folder.create(draft(folder)).ref
    record = home / ".blogkit-site" / f"post-{ref.id}.json"
    record.write_text("{", "utf-8")
    with pytest.raises(Unreadable, match=record.name):
        folder.get(ref)


def test_a_folder_that_is_a_file_is_said_in_our_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    folder = Folder("main", tmp_path / "file", zone=ZONE)
    assert not folder.health().ok
    with pytest.raises((ServerError, PermissionDenied), match="site main"):
        folder.create(draft(folder))


@for_each(
    ("title", "slug"),
    [
        ("US–Russia talks open in Miami!", "us-russia-talks-open-in-miami"),
        ("हिन्दी में समाचार", "हिन्दी-में-समाचार"),
        ("../../etc/passwd", "etc-passwd"),
        ("📍", "post"),
        ("x" * 500, "x" * 120),
        ("ä" * 100, "ä" * 60),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert page_slug(title) == slug


def test_a_slug_that_is_no_name_is_refused_beforehand(folder: Folder) -> None:
    problems = folder.check(draft(folder, slug="../Über uns"), None)
    assert [(problem.code, problem.hint) for problem in problems] == [("slug", 'write "über-uns"')]
    assert list(folder.check(replace(draft(folder), slug="über-uns"), None)) == []
