"""Local images on a real WordPress: what the site stores, what its pages show, and what a reader's
browser loads; as admin and as author.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from blogkit.images import measure
from tests.e2e.blocks import validate_blocks
from tests.e2e.browser import Browser, Visit
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace
from tests.images.samples import located

Run = Callable[..., tuple[int, Any]]
EDIT = {"context": "edit"}
BOTH = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
POST = """\
---
title: "{title}"
publish: now
{more}---
{text}

![The harbour at noon](harbour.jpg)

A list of them, with the smallest first:

- ![A rowing boat](boat.png) the smallest

```{{image}} The harbour again, from the hill
src: harbour.jpg
alt: The harbour from the hill
```

![The harbour once more](harbour.jpg)
"""


@pytest.fixture(params=["admin", "author"])
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def blog(role: str, wordpress: Site, tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, wordpress, role)


@pytest.fixture
def folder(role: str, blog: Workspace) -> Path:
    """A blog's folder with a wide photo and a small drawing."""
    # Each role has a photo of its own, so that both upload one.
    tint = 40 if role == "admin" else 90
    photo(blog.root / "harbour.jpg", (1600, 1067), tint)
    photo(blog.root / "boat.png", (120, 80), tint)
    return blog.root


def photo(path: Path, size: tuple[int, int], tint: int, **options: Any) -> None:
    noise = Image.effect_noise(size, 60)
    Image.merge("RGB", (noise, noise.rotate(180), Image.new("L", size, tint))).save(path, **options)


@pytest.fixture
def run(blog: Workspace) -> Run:
    """`run("publish", "--yes")` → exit code and JSON report."""
    return blog.run


def write(folder: Path, role: str, title: str, more: str = "") -> Path:
    """A post with a title, a key and a text of its own: the site keeps those of other tests."""
    name = f"{title} {role}"
    text = " ".join(f"{word} {zlib.crc32(f'{name} {word}'.encode()):x}." for word in name.split())
    path = folder / f"posts/{name.lower().replace(' ', '-').replace(',', '')}.md"
    path.write_text(POST.format(title=name, more=more, text=text), encoding="utf-8")
    return path


def published(run: Run) -> dict[str, Any]:
    code, report = run("publish", "--yes")
    assert code == 0, report
    [outcome] = report["outcomes"]
    assert outcome["losses"] == [], outcome
    return dict(outcome)


def stored(site: Site, number: str) -> dict[str, Any]:
    return dict(site.rest("admin", "GET", f"wp/v2/posts/{number}", params=EDIT).json())


@BOTH
def test_local_images_are_responsive(
    wordpress: Site, browser: Browser, run: Run, folder: Path, role: str
) -> None:
    write(folder, role, "Ships at the harbour, as seen by")
    outcome = published(run)
    assert outcome["result"] == "done"
    post = stored(wordpress, outcome["id"])
    raw = post["content"]["raw"]
    [number] = set(re.findall(r'<!-- wp:image \{"id":(\d+),"sizeSlug":"large",', raw))
    assert raw.count(f"wp-image-{number}") == raw.count("-1024x683.jpg") == 3
    [verdict] = validate_blocks(wordpress, [raw])
    assert verdict.complaints == ()

    page = wordpress.page(post["link"])
    images = [tag for tag in re.findall(r"<img[^>]+>", page) if "uploads/" in tag]
    assert len(images) == 4
    for tag in images:
        assert all(f" {name}=" in tag for name in ("width", "height", "class", "decoding")), tag
    for tag in [tag for tag in images if "harbour" in tag]:
        assert all(f" {name}=" in tag for name in ("srcset", "sizes")), tag
    # The first three are at the top of the page, for all that WordPress knows.
    assert ' loading="lazy"' in images[-1]

    narrow, wide = browser.look([Visit(post["link"], width) for width in (360, 1280)])
    for small, large in zip(narrow.images, wide.images, strict=True):
        if "harbour" in small["chosen"]:
            assert 0 < small["width"] < large["width"], (small, large)
    assert (narrow.sideways, wide.sideways) == (False, False)

    _, again = run("publish", "--yes")
    assert [outcome["result"] for outcome in again["outcomes"]] == ["unchanged"]
    (folder / ".blogkit/journal.sqlite").unlink()
    _, adopted = run("plan")
    assert [action["action"] for action in adopted["actions"]] == ["adopt"], adopted

    bare = re.sub(r' class="wp-image-\d+"|-1024x683(?=\.jpg)| size-(?:large|full)(?=")', "", raw)
    bare = re.sub(r"(<!-- wp:image) \{[^}]*\}", r"\1", bare)
    older = {"content": bare}
    wordpress.rest("admin", "POST", f"wp/v2/posts/{outcome['id']}", json=older)
    _, as_before = run("plan")
    assert [action["action"] for action in as_before["actions"]] == ["adopt"], as_before


@BOTH
def test_the_library_gets_what_readers_need_and_nothing_private(
    wordpress: Site, folder: Path, run: Run, role: str
) -> None:
    photo(folder / "harbour.jpg", (3000, 2000), 30, exif=located(6))
    photo(folder / "boat.png", (2400, 1600), 130, exif=located())
    assert b"Exif" in (folder / "harbour.jpg").read_bytes()
    write(folder, role, "A harbour without a place, taken by")
    raw = stored(wordpress, published(run)["id"])["content"]["raw"]
    for name, size in (("harbour", (2000, 3000)), ("boat", (2048, 1365))):
        [number] = {
            tag[1]
            for tag in re.finditer(r'<img [^>]*class="[^"]*wp-image-(\d+)[^>]*>', raw)
            if name in tag[0]
        }
        media = wordpress.rest("admin", "GET", f"wp/v2/media/{number}", params=EDIT).json()
        title = {"harbour": "The harbour at noon", "boat": "A rowing boat"}[name]
        assert (media["title"]["raw"], media["alt_text"]) == (title, title)
        folder_of_uploads = wordpress.docroot / "wp-content/uploads"
        original = media["media_details"].get("original_image")
        main = folder_of_uploads / media["media_details"]["file"]
        sent = main.with_name(original) if original else main
        found = measure(sent.read_bytes(), sent.name)
        assert (found.width, found.height) == size
        for file in main.parent.glob(f"{name}-{media['slug'].rpartition('-')[2]}*"):
            assert b"Exif\0" not in file.read_bytes()
            assert b"eXIf" not in file.read_bytes()


@BOTH
@pytest.mark.parametrize("kind", ["webp", "avif"])
def test_newer_formats_as_the_site_takes_them(
    wordpress: Site, folder: Path, run: Run, role: str, kind: str
) -> None:
    (folder / "harbour.jpg").unlink()
    photo(folder / f"harbour.{kind}", (1500, 900), 60 if role == "admin" else 70)
    path = write(folder, role, f"The harbour in the format {kind}, saved by")
    path.write_text(path.read_text("utf-8").replace("harbour.jpg", f"harbour.{kind}"), "utf-8")
    raw = stored(wordpress, published(run)["id"])["content"]["raw"]
    ending = "jpg" if kind == "avif" and wordpress.label == debian.OLDEST else kind
    assert len(re.findall(rf"/harbour-[0-9a-f]{{12}}(?:-\d+x\d+)?\.{ending}\"", raw)) == 3


@BOTH
def test_a_drawing_and_a_broken_photo_are_named_before_anything_is_sent(
    wordpress: Site, folder: Path, run: Run, role: str
) -> None:
    (folder / "boat.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    (folder / "harbour.jpg").write_bytes(b"not an image")
    path = write(folder, role, "Broken photos of the harbour, sent by")
    path.write_text(path.read_text("utf-8").replace("boat.png", "boat.svg"), "utf-8")
    code, report = run("check")
    codes = {problem["code"]: problem["severity"] for problem in report["problems"]}
    assert (codes["image-type"], codes["bad-image"], code) == ("warning", "error", 1)
    code, _ = run("publish", "--yes")
    assert code == 1
    found = wordpress.rest("admin", "GET", "wp/v2/posts", params={"search": "Broken photos"})
    assert found.json() == []


@BOTH
def test_the_size_of_images_is_changed_and_put_back(
    wordpress: Site, folder: Path, run: Run, role: str
) -> None:
    with (folder / "blogkit.toml").open("a", encoding="utf-8") as file:
        file.write('[images]\nsize = "medium"\n')
    path = write(folder, role, "The harbour in three sizes, measured by")
    number = published(run)["id"]
    post = stored(wordpress, number)
    assert shown_size(wordpress, post) == ("medium", "-300x200.jpg")
    files = library(wordpress)

    text = path.read_text("utf-8")
    path.write_text(text.replace("publish: now", "publish: now\nimage_size: thumbnail"), "utf-8")
    assert published(run)["result"] == "done"
    before = stored(wordpress, number)
    assert shown_size(wordpress, before) == ("thumbnail", "-150x150.jpg")
    path.write_text(text.replace("publish: now", "publish: now\nimage_size: full"), "utf-8")
    _, plan = run("plan")
    assert [action["action"] for action in plan["actions"]] == ["update"], plan
    assert published(run)["result"] == "done"
    assert shown_size(wordpress, stored(wordpress, number))[0] == "full"
    assert library(wordpress) == files
    _, again = run("publish", "--yes")
    assert [outcome["result"] for outcome in again["outcomes"]] == ["unchanged"]

    assert run("undo", "--yes")[0] == 0
    assert stored(wordpress, number)["content"]["raw"] == before["content"]["raw"]


@BOTH
def test_a_size_that_a_person_chose_in_the_editor_stays(
    wordpress: Site, folder: Path, run: Run, role: str
) -> None:
    path = write(folder, role, "The harbour, made smaller by a person, for")
    number = published(run)["id"]
    raw = stored(wordpress, number)["content"]["raw"]
    smaller = raw.replace("-1024x683.jpg", "-300x200.jpg").replace("size-large", "size-medium")
    smaller = smaller.replace('"sizeSlug":"large"', '"sizeSlug":"medium"')
    wordpress.rest("admin", "POST", f"wp/v2/posts/{number}", json={"content": smaller})
    _, seen = run("plan")
    assert [action["action"] for action in seen["actions"]] == ["adopt"], seen
    published(run)
    with path.open("a", encoding="utf-8") as file:
        file.write("\nAnother paragraph, written in the file.\n")
    assert published(run)["result"] == "done"
    now = stored(wordpress, number)["content"]["raw"]
    assert now.count("-300x200.jpg") == now.count("-1024x683.jpg") + 3 == 3
    assert "Another paragraph" in now


def shown_size(site: Site, post: dict[str, Any]) -> tuple[str, str]:
    """The size and the end of the address of the photo, which all of its copies have."""
    raw = post["content"]["raw"]
    [size] = set(
        re.findall(r'"sizeSlug":"([a-z]+)"[^\n]*\n<figure class="wp-block-image size-\1"', raw)
    )
    [ending] = set(re.findall(r"/harbour-[0-9a-f]{12}([^\"]*)\"", raw))
    [verdict] = validate_blocks(site, [raw])
    assert verdict.complaints == ()
    return size, ending


def library(site: Site) -> set[int]:
    params = {"per_page": "100", "_fields": "id"}
    return {item["id"] for item in site.rest("admin", "GET", "wp/v2/media", params=params).json()}


@BOTH
def test_texts_of_the_featured_image_are_corrected_and_put_back(
    wordpress: Site, folder: Path, run: Run, role: str
) -> None:
    photo(folder / "cover.jpg", (1400, 900), 210 if role == "admin" else 220)
    texts = "image: cover.jpg\nimage_alt: A ship at night\n"
    path = write(folder, role, "A cover with a text, chosen by", texts)
    post = stored(wordpress, published(run)["id"])
    number = post["featured_media"]
    assert texts_of(wordpress, number) == ("A ship at night", "", "A ship at night")

    text = path.read_text("utf-8").replace("A ship at night", 'Two ships & "1 < 2"')
    path.write_text(
        text.replace("image: ", "image_caption: Photo by <em>Asha</em>\nimage: "), "utf-8"
    )
    _, plan = run("plan")
    [action] = plan["actions"]
    assert action["action"] == "update", plan
    assert 'image_alt: A ship at night → Two ships & "1 < 2"' in action["story"]
    assert "image_caption: none → Photo by <em>Asha</em>" in action["story"]
    assert texts_of(wordpress, number)[0] == "A ship at night"
    done = published(run)
    assert done["result"] == "done"
    changed = ('Two ships & "1 < 2"', "Photo by <em>Asha</em>", "A ship at night")
    assert texts_of(wordpress, number) == changed
    _, again = run("publish", "--yes")
    assert [outcome["result"] for outcome in again["outcomes"]] == ["unchanged"]

    code, report = run("undo", "--yes")
    assert code == 0, report
    assert texts_of(wordpress, number) == ("A ship at night", "", "A ship at night")
    assert stored(wordpress, done["id"])["content"] == post["content"]


def texts_of(site: Site, number: int) -> tuple[str, str, str]:
    media = site.rest("admin", "GET", f"wp/v2/media/{number}", params=EDIT).json()
    return html.unescape(media["alt_text"]), media["caption"]["raw"], media["title"]["raw"]
