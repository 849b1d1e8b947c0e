from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from blogkit.errors import PermissionDenied, Rejected, ServerError, Unreadable
from blogkit.images import measure
from blogkit.platforms.base import Draft, Platform, Ref, Remote, State, Target
from blogkit.platforms.folder import Folder
from blogkit.platforms.folder.site.addresses import page_slug
from blogkit.render.document import Asset, Document, Fragment
from tests.cases import for_each
from tests.contract import PlatformContract
from tests.contract.damaged import Damage
from tests.images.samples import drawn, located

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
    return Folder(
        "main",
        home,
        records=records(home),
        title="News & Notes",
        language="en",
        zone=ZONE,
        clock=clock,
    )


def records(home: Path) -> Path:
    return home.parent / ".blogkit" / "sites"


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
    """The front page, and those of posts and pages."""
    found = sorted(path.relative_to(home).as_posix() for path in home.rglob("*.html"))
    return [path for path in found if path != "404.html" and not path.startswith("label/")]


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
            (record,) = home.parent.rglob(f"{ref.kind}-{ref.id}.json")
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


@for_each(
    ("language", "date", "nothing"),
    [
        ("en", "December 1, 2026", "Nothing is published yet."),
        ("en-IN", "1 December 2026", "Nothing is published yet."),
        ("hi", "1 दिसंबर 2026", "अभी कुछ भी प्रकाशित नहीं हुआ है।"),
        ("tlh", "2026-12-01", "Nothing is published yet."),
    ],
)
def test_pages_are_in_the_language_of_the_blog(
    tmp_path: Path, clock: Clock, language: str, date: str, nothing: str
) -> None:
    home = tmp_path / "site"
    site = Folder("main", home, records=records(home), language=language, zone=ZONE, clock=clock)
    ref = site.create(draft(site)).ref
    assert nothing in (home / "index.html").read_text("utf-8")
    site.set_state(ref, Target(State.LIVE))
    for name in ("index.html", "2026/12/title-a.html"):
        times = BeautifulSoup((home / name).read_text("utf-8"), "html.parser").find_all("time")
        assert [time.get_text() for time in times] == [date]


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
    picture.write_bytes(drawn("PNG"))
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
    assert all((page.parent / source).read_bytes() == drawn("PNG") for source in sources)
    assert f"https://example.com{uploaded.url} and /images/other.png" in page.read_text("utf-8")
    assert len(list((home / "images").iterdir())) == 1


def test_what_it_knows_survives_the_process_and_a_move(
    folder: Folder, home: Path, clock: Clock, tmp_path: Path
) -> None:
    post = live(folder, title="हिन्दी 📍", labels=("अ",))
    again = Folder("main", home, records=records(home), zone=ZONE, clock=clock)
    assert again.get(post.ref) == post
    moved = home.rename(tmp_path / "elsewhere")
    found = Folder(
        "main",
        moved,
        records=records(home),
        zone=ZONE,
        url="https://news.example/x/",
        clock=clock,
    ).find("a", "post")
    assert found is not None
    assert (
        found.url
        == "https://news.example/x/2026/12/%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D%E0%A4%A6%E0%A5%80.html"
    )


def test_what_is_not_live_is_not_in_the_folder_that_is_uploaded(
    folder: Folder, home: Path, clock: Clock
) -> None:
    secret = "<p>secret plans</p>"
    folder.create(draft(folder, body=secret))
    scheduled = folder.create(draft(folder, "b", body=secret)).ref
    folder.set_state(scheduled, Target(State.SCHEDULED, clock.now + timedelta(days=1)))
    folder.trash(live(folder, "c", body=secret).ref)
    folder.set_state(live(folder, "d", body=secret).ref, Target(State.DRAFT))
    found = sorted(path for path in home.rglob("*") if path.is_file())
    assert [path.name for path in found] == ["id", "404.html", "feed.xml", "index.html"]
    assert not [path for path in found if "secret" in path.read_text("utf-8")]
    (place,) = records(home).iterdir()
    assert {each.stat().st_mode & 0o777 for each in (place, *place.parents[:2])} == {0o700}
    assert len(list(place.iterdir())) == 4


def test_what_is_live_is_known_after_all_else_is_lost(
    folder: Folder, home: Path, clock: Clock
) -> None:
    post = live(folder)
    shutil.rmtree(records(home).parent)
    again = Folder("main", home, records=records(home), zone=ZONE, clock=clock)
    assert again.find("a", "post") == post


def test_records_of_older_versions_are_moved_out(folder: Folder, home: Path, clock: Clock) -> None:
    shown = live(folder)
    hidden = [folder.create(draft(folder, key)) for key in "bc"]
    folder.trash(hidden[1].ref)
    (place,) = records(home).iterdir()
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    for path in place.iterdir():
        path.rename(home / ".blogkit-site" / path.name)
    (home / ".blogkit-site" / "id").unlink()
    (home / ".blogkit-site" / "mine.txt").write_text("kept", "utf-8")
    again = Folder("main", home, records=records(home), zone=ZONE, clock=clock)
    assert [again.get(post.ref) for post in (shown, hidden[0])] == [shown, hidden[0]]
    assert [post.ref for post in again.list("post", [State.TRASHED])] == [hidden[1].ref]
    left = sorted(path.name for path in (home / ".blogkit-site").iterdir())
    assert left == ["id", "mine.txt", f"post-{shown.ref.id}.json"]
    moved = next(path for path in records(home).iterdir() if path != place)
    assert {path.name: path.read_bytes() for path in moved.iterdir()} == before


@for_each("state", [State.LIVE, State.DRAFT])
def test_a_change_of_state_that_was_cut_off(tmp_path: Path, state: State) -> None:
    """The record is written to its new place before it goes from the old one."""
    home, clock = tmp_path / "site", Clock()
    folder = Folder("main", home, records=records(home), zone=ZONE, clock=clock)
    ref = folder.create(draft(folder)).ref
    if state is State.DRAFT:
        folder.set_state(ref, Target(State.LIVE))
    (old,) = (path for path in tmp_path.rglob(f"post-{ref.id}.json"))
    kept = old.read_bytes()
    clock.now += timedelta(seconds=1)
    wanted = folder.set_state(ref, Target(state))
    old.write_bytes(kept)
    again = Folder("main", home, records=records(home), zone=ZONE, clock=clock)
    assert (again.get(ref), [post.state for post in again.list("post", list(State))]) == (
        wanted,
        [state],
    )


def test_a_damaged_name_of_records_leads_nowhere(folder: Folder, home: Path) -> None:
    ref = live(folder).ref
    (home / ".blogkit-site/id").write_text("../../elsewhere", "utf-8")
    with pytest.raises(ServerError, match="id is damaged"):
        folder.get(ref)


def test_images_in_a_site_are_small_and_tell_no_place(folder: Folder, tmp_path: Path) -> None:
    photo = tmp_path / "boat.jpg"
    photo.write_bytes(drawn("JPEG", (3000, 40), exif=located()))
    asset = Asset(photo, "boat.jpg", "cd" * 32, "a boat", 4)
    (copied,) = tmp_path.rglob(Path(folder.upload(asset).url).name)
    found = measure(copied.read_bytes(), copied.name)
    assert (found.width, found.located) == (2048, False)
    assert measure(photo.read_bytes(), photo.name).located


def test_a_link_in_the_site_leads_nothing_out(folder: Folder, home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    home.mkdir()
    for name in ("2026", "images"):
        (home / name).symlink_to(outside)
    picture = tmp_path / "a.png"
    picture.write_bytes(drawn("PNG"))
    with pytest.raises(ServerError, match="leads out"):
        live(folder)
    with pytest.raises(ServerError, match="leads out"):
        folder.upload(Asset(picture, "a.png", "a" * 64, "", 1))
    assert list(outside.iterdir()) == []


def test_a_record_names_no_page_outside(folder: Folder, home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("mine", "utf-8")
    ref = live(folder).ref
    (record,) = home.parent.rglob(f"post-{ref.id}.json")
    text = record.read_text("utf-8").replace("2026/12/title-a.html", "../mine.html")
    record.write_text(text, "utf-8")
    with pytest.raises(ServerError, match="leads out"):
        folder.trash(ref)
    assert (tmp_path / "mine.html").read_text("utf-8") == "mine"


def test_a_damaged_record_is_named(folder: Folder, home: Path) -> None:
    ref = folder.create(draft(folder)).ref
    (record,) = home.parent.rglob(f"post-{ref.id}.json")
    record.write_text("{", "utf-8")
    with pytest.raises(Unreadable, match=record.name):
        folder.get(ref)


def test_a_folder_that_is_a_file_is_said_in_our_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    folder = Folder("main", tmp_path / "file", records=records(tmp_path), zone=ZONE)
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


def test_a_file_in_place_of_the_folder_is_named(folder: Folder, home: Path) -> None:
    home.write_text("notes", encoding="utf-8")
    with pytest.raises(ServerError, match="public site") as caught:
        folder.create(draft(folder))
    assert "move it away, or choose another `folder`" in caught.value.hint
