"""The texts of a featured image are corrected on the site, or the update fails and tells why."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import PermissionDenied, Rejected
from blogkit.platforms.base import Draft, Remote
from blogkit.platforms.wordpress import api
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.render.document import Asset
from tests.images.samples import drawn
from tests.platforms.wordpress.conftest import Script, post, refusal

MEDIA, ONE, POST = "/wp/v2/media", "/wp/v2/media/12", "/wp/v2/posts/7"
TEXT = "<p>x</p>\n<!-- blogkit:post key=miami -->"
FOUND = api.remote_from_wordpress(api.read_post(post(featured_media=12), "post"))


def shown(alt: str = "", caption: str = "", title: str = "Cover") -> dict[str, Any]:
    return {"id": 12, "alt_text": alt, "caption": {"raw": caption}, "title": {"raw": title}}


@pytest.fixture
def cover(tmp_path: Path) -> Asset:
    path = tmp_path / "cover.png"
    path.write_bytes(drawn("PNG"))
    return Asset(path, "cover.png", hashlib.sha256(path.read_bytes()).hexdigest(), "", 1)


def draft(cover: Asset | None, **texts: str) -> Draft:
    settings = {f"image_{name}": text for name, text in texts.items()}
    return Draft("miami", "post", "Talks open", TEXT, featured=cover, settings=settings)


def prepared(script: Script, cover: Asset, *answers: dict[str, Any]) -> None:
    address = f"https://school.example/u/cover-{cover.sha256[:12]}.png"
    script.on("GET", MEDIA, [{"id": 12, "source_url": address}])
    script.on("GET", POST, post(featured_media=12))
    for answer in answers:
        script.on("GET", ONE, answer)


def test_only_the_texts_that_differ_are_sent(site: WordPress, script: Script, cover: Asset) -> None:
    prepared(script, cover, shown("Old", "Same & more".replace("&", "&amp;")))
    script.on("POST", ONE, shown("New", "Same &amp; more"))
    wanted = draft(cover, alt="New", caption="Same & more")
    done = site.update(FOUND.ref, wanted, FOUND)
    assert script.writes() == [(ONE, {"alt_text": "New"})]
    assert done.settings["image_alt"] == "New"
    assert done.settings["image_caption"] == "Same & more"


@pytest.mark.parametrize("before", [0, 3])
def test_texts_go_to_the_image_that_the_post_gets(
    site: WordPress, script: Script, cover: Asset, before: int
) -> None:
    prepared(script, cover, shown("Old"))
    script.on("POST", ONE, shown("New"))
    script.on("POST", POST, post(featured_media=12))
    found = api.remote_from_wordpress(api.read_post(post(featured_media=before), "post"))
    done = site.update(found.ref, draft(cover, alt="New"), found, fresh=True)
    assert script.writes() == [(ONE, {"alt_text": "New"}), (POST, {"featured_media": 12})]
    assert done.settings["image_alt"] == "New"


def test_undo_of_a_first_image_touches_no_other(site: WordPress, script: Script) -> None:
    script.on("POST", POST, post(featured_media=0))
    now = replace(FOUND, settings={**FOUND.settings, "image_alt": "A ship"})
    before = replace(FOUND, featured_id="", settings={**FOUND.settings, "image_alt": ""})
    site.restore(FOUND.ref, before, now, fresh=True)
    assert script.writes() == [(POST, {"featured_media": 0})]


def test_nothing_is_asked_for_without_texts_or_image(
    site: WordPress, script: Script, cover: Asset
) -> None:
    prepared(script, cover)
    site.update(FOUND.ref, draft(cover), FOUND)
    site.update(FOUND.ref, draft(None, alt="A ship"), FOUND)
    assert ONE not in [route for _, route, *_ in script.seen]
    assert site.with_settings(FOUND, ["comments"]) == FOUND
    assert site.with_settings(replace(FOUND, featured_id=""), ["image_alt"]).settings == {
        **FOUND.settings
    }


def test_texts_that_the_plan_saw_are_not_asked_for_again(
    site: WordPress, script: Script, cover: Asset
) -> None:
    prepared(script, cover)
    seen = replace(FOUND, settings={**FOUND.settings, "image_alt": "A ship"})
    assert (
        site.update(FOUND.ref, draft(cover, alt="A ship"), seen).settings["image_alt"] == "A ship"
    )
    assert script.writes() == []


def test_a_plan_reads_the_texts_as_they_are_written(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, shown("1 &lt; 2", "By <em>Asha</em> &amp; co", "It&#8217;s"))
    assert {
        name: text
        for name, text in site.with_settings(FOUND, ["image_alt"]).settings.items()
        if name.startswith("image_")
    } == {
        "image_alt": "1 < 2",
        "image_caption": "By <em>Asha</em> &amp; co",
        "image_title": "It&#8217;s",
    }


@pytest.mark.parametrize("raw", ["", "A &amp; b", "&lt;em&gt;", "<em>a</em> &amp; b", "It&#8217;s"])
def test_undo_puts_the_very_bytes_back(site: WordPress, script: Script, raw: str) -> None:
    script.on("GET", POST, post(featured_media=12))
    script.on("GET", ONE, shown(caption=raw))
    before = site.with_settings(FOUND, ["image_caption"])
    now = replace(before, settings={**before.settings, "image_caption": "Changed"})
    script.clear()
    script.on("GET", POST, post(featured_media=12))
    script.on("GET", ONE, shown(caption="Changed"))
    script.on("POST", ONE, shown(caption=raw))
    site.restore(FOUND.ref, before, now)
    assert script.writes() == [(ONE, {"caption": raw})]


def test_another_persons_image_is_refused_before_the_post_is_touched(
    site: WordPress, script: Script, cover: Asset
) -> None:
    prepared(script, cover)
    script.on("GET", ONE, refusal("rest_forbidden_context"), 403)
    script.on("GET", ONE, {"id": 12, "alt_text": "Old"})
    script.on("POST", ONE, refusal("rest_cannot_edit"), 403)
    with pytest.raises(PermissionDenied, match="the texts of the featured image"):
        site.update(FOUND.ref, replace(draft(cover, alt="New"), title="Other"), FOUND)
    assert [route for route, _ in script.writes()] == [ONE]


def test_another_persons_image_with_the_same_text_is_fine(
    site: WordPress, script: Script, cover: Asset
) -> None:
    prepared(script, cover)
    script.on("GET", ONE, refusal("rest_forbidden_context"), 403)
    script.on("GET", ONE, {"id": 12, "alt_text": "Same"})
    assert site.update(FOUND.ref, draft(cover, alt="Same"), FOUND).settings["image_alt"] == "Same"
    assert script.writes() == []


@pytest.mark.parametrize("kept", ["Old", "New without a tag"])
def test_a_text_that_the_site_changes_is_no_success(
    site: WordPress, script: Script, cover: Asset, kept: str
) -> None:
    prepared(script, cover, shown("Old"))
    script.on("POST", ONE, shown(kept))
    with pytest.raises(Rejected, match=f"did not keep image_alt: New <b> → {kept}"):
        site.update(FOUND.ref, draft(cover, alt="New <b>"), FOUND)


def test_a_lost_answer_is_looked_up(site: WordPress, script: Script, cover: Asset) -> None:
    prepared(script, cover, shown("Old"), shown("New"))
    script.on("POST", ONE, "<html>Bad gateway</html>", 502)
    assert site.update(FOUND.ref, draft(cover, alt="New"), FOUND).settings["image_alt"] == "New"


def test_check_names_texts_without_an_image(site: WordPress, cover: Asset) -> None:
    assert [problem.code for problem in site.check(draft(cover, alt="A", caption="B"), None)] == []
    [problem] = site.check(draft(None, caption="B"), None)
    assert (problem.code, problem.severity) == ("setting-image", "warning")
    assert "image_caption: describes an image that the post does not have" in problem.message


def test_check_names_a_size_without_an_image_in_the_text(site: WordPress, cover: Asset) -> None:
    sized = replace(draft(None), settings={"image_size": "medium"})
    [problem] = site.check(sized, None)
    assert (problem.code, problem.severity) == ("setting-image", "warning")
    assert "image_size: the text has no local image" in problem.message
    assert not site.check(replace(sized, assets=(cover,)), None)


def test_a_new_post_corrects_the_text_of_a_file_that_was_there(
    site: WordPress, script: Script, cover: Asset
) -> None:
    prepared(script, cover, shown("Old"))
    script.on("POST", ONE, shown("New"))
    script.on("POST", "/wp/v2/posts", post(featured_media=12), 201)
    made: Remote = site.create(draft(cover, alt="New"))
    assert [route for route, _ in script.writes()] == [ONE, "/wp/v2/posts"]
    assert made.settings["image_alt"] == "New"


def test_the_text_of_an_image_in_the_library_can_be_set(
    site: WordPress, script: Script, cover: Asset
) -> None:
    address = f"https://school.example/u/cover-{cover.sha256[:12]}.png"
    prepared(script, cover, shown("Old"))
    script.on("POST", ONE, shown("New"))
    site.update(FOUND.ref, replace(draft(None, alt="New"), featured_url=address), FOUND)
    assert script.writes() == [(ONE, {"alt_text": "New"})]


@pytest.mark.parametrize(("code", "status"), [("rest_forbidden", 403), ("rest_no_route", 404)])
def test_a_plan_goes_on_where_a_plugin_hides_the_media_library(
    site: WordPress, script: Script, code: str, status: int
) -> None:
    script.on("GET", ONE, refusal(code), status)
    assert site.with_settings(FOUND, ["image_alt"]) == FOUND
