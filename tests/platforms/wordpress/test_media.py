from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import OutcomeUnknown, Rejected
from blogkit.images import Limits, measure
from blogkit.platforms.base import Draft, Uploaded, with_addresses
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.media import human_title, upload_file_name
from blogkit.render.document import Asset
from tests.images.samples import drawn, located
from tests.platforms.wordpress.conftest import Connect, Script, post, refusal

MEDIA = "/wp/v2/media"
FLAGS = drawn("PNG")
"""A small image without metadata, which is sent as it is."""


@pytest.fixture
def asset(tmp_path: Path) -> Asset:
    path = tmp_path / "Größe & (1).PNG"
    path.write_bytes(FLAGS)
    return Asset(
        path, "images/Größe & (1).PNG", hashlib.sha256(FLAGS).hexdigest(), "Two «flags»", 5
    )


def item(asset: Asset, number: int = 12, name: str = "") -> dict[str, object]:
    return {
        "id": number,
        "slug": "x",
        "source_url": f"https://school.example/u/{name or upload_file_name(asset)}",
    }


def test_a_file_is_sent_once_with_its_hash_in_the_name_and_its_text(
    site: WordPress, script: Script, asset: Asset
) -> None:
    script.on("GET", MEDIA, [])
    script.on("POST", MEDIA, item(asset), 201)
    assert (
        site.upload(asset)
        == site.upload(asset)
        == Uploaded(f"https://school.example/u/{upload_file_name(asset)}", "12", "full")
    )
    assert [method for method, *_ in script.seen] == ["GET", "POST"]
    _, _, query, sent = script.seen[1]
    assert (query["alt_text"], sent) == ("Two «flags»", FLAGS)
    assert upload_file_name(asset) == f"groe-1-{asset.sha256[:12]}.png"
    assert (
        script.headers[1]["Content-Disposition"]
        == f'attachment; filename="{upload_file_name(asset)}"'
    )
    assert script.headers[1]["Content-Type"] == "image/png"
    assert script.headers[1]["Content-MD5"] == hashlib.md5(FLAGS).hexdigest()


def test_a_file_that_is_there_is_not_sent_again(
    site: WordPress, script: Script, asset: Asset
) -> None:
    other = item(asset, 10, f"about-{asset.sha256[:8]}.png")
    scaled = item(asset, 11, upload_file_name(asset).replace(".png", "-scaled.png"))
    script.on("GET", MEDIA, [other, scaled])
    assert site.upload(asset).id == "11"
    assert script.seen[0][2]["search"] == asset.sha256[:12]
    assert script.writes() == []


def test_a_lost_answer_is_looked_up_before_it_is_unknown(
    site: WordPress, script: Script, asset: Asset
) -> None:
    script.on("GET", MEDIA, [])
    script.on("POST", MEDIA, "<html>Bad gateway</html>", 502)
    script.on("GET", MEDIA, [item(asset)])
    assert site.upload(asset).id == "12"


def test_a_lost_answer_of_a_lost_file_is_unknown(
    site: WordPress, script: Script, asset: Asset
) -> None:
    script.on("GET", MEDIA, [])
    script.on("POST", MEDIA, "<html>Bad gateway</html>", 502)
    with pytest.raises(OutcomeUnknown):
        site.upload(asset)


def test_a_refused_type_is_a_refusal_although_the_status_says_broken(
    site: WordPress, script: Script, asset: Asset
) -> None:
    script.on("GET", MEDIA, [])
    script.on(
        "POST",
        MEDIA,
        refusal(
            "rest_upload_sideload_error", "Sorry, you are not allowed to upload this file type."
        ),
        500,
    )
    with pytest.raises(Rejected, match="file type") as caught:
        site.upload(asset)
    assert asset.name in caught.value.message
    assert "SVG" in caught.value.hint


def test_a_file_that_changed_meanwhile_is_not_sent(
    site: WordPress, script: Script, asset: Asset
) -> None:
    script.on("GET", MEDIA, [])
    asset.path.write_bytes(b"other")
    with pytest.raises(Rejected, match="changed"):
        site.upload(asset)
    assert script.writes() == []


@pytest.mark.parametrize(
    "written", ["{}", "{}#a", "blogkit-asset://{sha}/Gr%C3%B6%C3%9Fe%20&amp;%20(1).PNG"]
)
def test_promises_are_kept_however_the_name_is_written(asset: Asset, written: str) -> None:
    promise = written.format(asset.url, sha=asset.sha256)
    draft = Draft(
        "k",
        "post",
        "t",
        f'<p><img src="{promise}" alt="x" /> <img src="{promise}" /></p>',
        assets=(asset,),
    )
    kept = with_addresses(draft, {asset.url: Uploaded("https://e.com/a.png?x=1&y=2", "1")})
    assert (
        kept.body == '<p><img src="https://e.com/a.png?x=1&amp;y=2" alt="x" /> <img'
        ' src="https://e.com/a.png?x=1&amp;y=2" /></p>'
    )


def test_only_promises_of_known_files_are_touched(asset: Asset) -> None:
    body = f'<img src="blogkit-asset://{"0" * 64}/x.png" />'
    assert (
        with_addresses(
            Draft("k", "post", "t", body, assets=(asset,)),
            {asset.url: Uploaded("https://e.com/a.png")},
        ).body
        == body
    )


def test_a_post_is_created_with_its_files_uploaded_first(
    site: WordPress, script: Script, asset: Asset
) -> None:
    script.on("GET", MEDIA, [])
    script.on("POST", MEDIA, item(asset), 201)
    script.on("POST", "/wp/v2/posts", post(featured_media=12), 201)
    body = f'<img src="{asset.url}" />'
    assert (
        site.create(Draft("k", "post", "t", body, assets=(asset,), featured=asset)).featured_id
        == "12"
    )
    assert [route for route, _ in script.writes()] == [MEDIA, "/wp/v2/posts"]
    fields = script.writes()[1][1]
    assert (fields["featured_media"], fields["content"]) == (
        12,
        f'<img src="https://school.example/u/{upload_file_name(asset)}" class="wp-image-12" />',
    )


@pytest.mark.parametrize("details", [{}, [], None, {"sizes": []}, {"sizes": {"medium": {}}}])
def test_a_file_that_the_site_cannot_resize_is_shown_as_it_is(
    site: WordPress, script: Script, asset: Asset, details: object
) -> None:
    if isinstance(details, dict) and details.get("sizes"):
        details = {"sizes": {"medium": {"source_url": "https://school.example/u/m.png"}}}
    script.on("GET", MEDIA, [])
    script.on("POST", MEDIA, {**item(asset), "media_details": details}, 201)
    assert site.upload(asset).url == f"https://school.example/u/{upload_file_name(asset)}"


def test_the_large_rendition_is_what_posts_show(
    site: WordPress, script: Script, asset: Asset
) -> None:
    large = "https://school.example/u/x-1024x683.png"
    sizes = {"sizes": {"large": {"source_url": large}}}
    script.on("GET", MEDIA, [])
    script.on("POST", MEDIA, {**item(asset), "media_details": sizes}, 201)
    assert site.upload(asset) == Uploaded(large, "12", "large")
    assert script.seen[1][2]["_fields"].endswith(",media_details")


def test_a_featured_address_must_be_in_the_library(
    site: WordPress, script: Script, asset: Asset
) -> None:
    script.on("GET", MEDIA, [item(asset, 12, "flag-2.png"), item(asset, 13, "flag.png")])
    script.on("POST", "/wp/v2/posts", post(featured_media=13), 201)
    assert (
        site.create(
            Draft("k", "post", "t", "x", featured_url="http://school.example/u/flag.png")
        ).featured_id
        == "13"
    )
    with pytest.raises(Rejected, match="media library") as caught:
        site.create(Draft("k", "post", "t", "x", featured_url="https://school.example/u/other.png"))
    assert "local file" in caught.value.hint


def test_the_library_gets_a_title_for_people_and_a_slug_of_its_own(
    site: WordPress, script: Script, asset: Asset
) -> None:
    script.on("GET", MEDIA, [])
    script.on("POST", MEDIA, item(asset), 201)
    site.upload(replace(asset, caption="Flags <at> noon"))
    query = script.seen[1][2]
    assert (query["title"], query["caption"]) == ("Two «flags»", "Flags &lt;at&gt; noon")
    assert query["slug"] == upload_file_name(asset).removesuffix(".png")


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        ({"title": "A name", "alt": "Text", "caption": "Below"}, "A name"),
        ({"alt": "Text", "caption": "Below"}, "Text"),
        ({"alt": "", "caption": "Below"}, "Below"),
        ({"alt": ""}, "Größe & (1)"),
        ({"alt": "", "path": Path("/b/two_flags--at-noon.jpg")}, "Two flags at noon"),
        ({"alt": "word " * 40}, "word " * 20 + "…"),
    ],
)
def test_the_title_is_the_best_name_that_there_is(
    asset: Asset, texts: dict[str, Any], title: str
) -> None:
    assert human_title(replace(asset, **texts)) == title


@pytest.mark.parametrize(
    "code", ["rest_upload_sideload_error", "rest_upload_image_type_not_supported"]
)
@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_a_site_that_takes_no_newer_formats_gets_a_jpeg(
    site: WordPress, script: Script, tmp_path: Path, code: str, kind: str
) -> None:
    path = tmp_path / f"boat.{kind.lower()}"
    path.write_bytes(drawn(kind))
    boat = Asset(path, path.name, hashlib.sha256(path.read_bytes()).hexdigest(), "A boat", 1)
    script.on("GET", MEDIA, [])
    script.on("POST", MEDIA, refusal(code), 500 if "sideload" in code else 400)
    script.on("POST", MEDIA, item(boat), 201)
    assert site.upload(boat).id == "12"
    assert script.headers[2]["Content-Type"] == "image/jpeg"
    assert f"boat-{boat.sha256[:12]}.jpg" in script.headers[2]["Content-Disposition"]
    assert script.seen[2][3][:2] == b"\xff\xd8"


def test_what_is_sent_has_no_place_and_the_limits_of_the_blog(
    connect: Connect, script: Script, tmp_path: Path
) -> None:
    path = tmp_path / "boat.jpg"
    path.write_bytes(drawn("JPEG", (300, 200), exif=located()))
    boat = Asset(path, path.name, hashlib.sha256(path.read_bytes()).hexdigest(), "A boat", 1)
    script.on("GET", MEDIA, [])
    script.on("POST", MEDIA, item(boat), 201)
    connect(images=Limits(max_width=150)).upload(boat)
    found = measure(script.seen[1][3], "sent")
    assert (found.width, found.height, found.located) == (150, 100, False)
    assert boat.sha256[:12] in script.headers[1]["Content-Disposition"]


SIZES = {"sizes": {"medium": {"source_url": "https://school.example/u/flags-300x200.png"}}}


@pytest.mark.parametrize(
    ("size", "name"),
    [("medium", "flags-300x200.png"), ("large", "flags.png"), ("full", "flags.png")],
)
def test_a_file_has_an_address_for_each_of_its_sizes(
    site: WordPress, script: Script, asset: Asset, size: str, name: str
) -> None:
    script.on("GET", f"{MEDIA}/12", {**item(asset, 12, "flags.png"), "media_details": SIZES})
    wanted = f"https://school.example/u/{name}"
    body = f'<p><img src="{asset.url}"></p>'
    draft = Draft("k", "post", "t", body, assets=(asset,), settings={"image_size": size})
    found = Uploaded("https://school.example/u/flags.png", "12")
    for _ in range(2):
        done = site.with_uploads(draft, {asset.url: found})
        assert done.body == f'<p><img src="{wanted}" class="wp-image-12"></p>'
    assert len(script.seen) == (0 if size == "large" else 1)


def test_a_file_that_was_just_uploaded_is_not_asked_for_its_sizes(
    site: WordPress, script: Script, asset: Asset
) -> None:
    script.on("GET", MEDIA, [])
    script.on("POST", MEDIA, {**item(asset, 12, "flags.png"), "media_details": SIZES}, 201)
    body = f'<p><img src="{asset.url}"></p>'
    draft = Draft("k", "post", "t", body, assets=(asset,), settings={"image_size": "medium"})
    done = site.with_uploads(draft, {asset.url: site.upload(asset)})
    assert "flags-300x200.png" in done.body
    assert len(script.seen) == 2


def test_an_image_that_the_library_no_longer_has_keeps_its_address(
    site: WordPress, script: Script, asset: Asset
) -> None:
    script.on("GET", f"{MEDIA}/12", refusal("rest_post_invalid_id"), 404)
    body = f'<p><img src="{asset.url}"></p>'
    draft = Draft("k", "post", "t", body, assets=(asset,), settings={"image_size": "medium"})
    done = site.with_uploads(draft, {asset.url: Uploaded("https://school.example/u/a.png", "12")})
    assert 'src="https://school.example/u/a.png"' in done.body
