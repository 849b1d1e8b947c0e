"""Uploaded images get the form that WordPress makes responsive, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from blogkit.platforms.base import Draft, Uploaded
from blogkit.platforms.wordpress.media import Sizes, with_images
from blogkit.platforms.wordpress.post_body import block
from blogkit.render.document import Asset, Fragment
from tests.cases import for_each

SHA = "ab12" * 16
HARBOUR = Asset(Path("/blog/images/harbour.jpg"), "images/harbour.jpg", SHA, "The harbour", 3)
FULL = f"https://school.example/u/harbour-{SHA[:12]}.jpg"
LARGE = FULL.replace(".jpg", "-1024x683.jpg")
IMAGE = f'<img src="{HARBOUR.url}" alt="The harbour" />'


def draft(body: str) -> Draft:
    return Draft("k", "post", "t", body, assets=(HARBOUR,))


def placed(body: str, home: Uploaded = Uploaded(LARGE, "123"), like: str = "") -> str:  # noqa: B008
    return with_images(draft(body), {HARBOUR.url: home}, like).body


def prose(html: str) -> str:
    return block(Fragment("image", html))


def test_an_image_alone_becomes_what_the_editor_makes_of_an_upload() -> None:
    assert placed(prose(f"<p>{IMAGE}</p>")) == (
        '<!-- wp:image {"id":123,"sizeSlug":"large","linkDestination":"none"} -->\n'
        '<figure class="wp-block-image size-large">'
        f'<img src="{LARGE}" alt="The harbour" class="wp-image-123" /></figure>\n'
        "<!-- /wp:image -->"
    )


def test_a_link_and_a_title_stay() -> None:
    linked = f'<p><a href="/a">{IMAGE[:-3]} title="At night" /></a></p>'
    assert placed(prose(linked)) == (
        '<!-- wp:image {"id":123,"sizeSlug":"large","linkDestination":"custom"} -->\n'
        '<figure class="wp-block-image size-large"><a href="/a">'
        f'<img src="{LARGE}" alt="The harbour" class="wp-image-123" title="At night" />'
        "</a></figure>\n<!-- /wp:image -->"
    )


def test_a_small_image_has_only_its_full_size() -> None:
    body = placed(prose(f"<p>{IMAGE}</p>"), Uploaded(FULL, "9"))
    assert '{"id":9,"sizeSlug":"full","linkDestination":"none"}' in body
    assert f'size-full"><img src="{FULL}" alt="The harbour" class="wp-image-9" />' in body


@for_each("name", ["html", "paragraph", "list-item", "table"])
def test_an_image_in_a_widget_or_a_line_of_text_gets_the_class(name: str) -> None:
    assert placed(f"<!-- wp:{name} --><p>a {IMAGE} b</p><!-- /wp:{name} -->") == (
        f'<!-- wp:{name} --><p>a <img src="{LARGE}" alt="The harbour" class="wp-image-123" /> b</p>'
        f"<!-- /wp:{name} -->"
    )


def test_classes_of_its_own_come_first() -> None:
    body = placed(f'<img class="bk-hero" src="{HARBOUR.url}">')
    assert body == f'<img class="bk-hero wp-image-123" src="{LARGE}">'


@for_each("name", ["image", "gallery", "cover", "media-text", "x/card"])
def test_an_authors_own_block_gets_the_address_only(name: str) -> None:
    own = f'<!-- wp:{name} {{"a":1}} -->\n<figure class="own">{IMAGE}</figure>\n<!-- /wp:{name} -->'
    assert placed(own) == own.replace(HARBOUR.url, LARGE)


def test_other_images_stay_as_they_are() -> None:
    other = '<!-- wp:html --><img src="https://e.com/a-1024x683.png" alt="b"><!-- /wp:html -->'
    assert placed(f"{other}\n\n{prose(f'<p>{IMAGE}</p>')}").startswith(f"{other}\n\n<!-- wp:image")


def test_a_file_without_an_id_has_only_an_address() -> None:
    body = prose(f"<p>{IMAGE}</p>")
    assert placed(body, Uploaded(FULL)) == body.replace(HARBOUR.url, FULL)


@for_each("home", [Uploaded(FULL), Uploaded(FULL, "7"), Uploaded(LARGE, "7")])
def test_a_post_on_the_site_is_compared_in_the_form_that_it_has(home: Uploaded) -> None:
    body = f"{prose(f'<p>{IMAGE}</p>')}\n<!-- wp:html --><p>{IMAGE}</p><!-- /wp:html -->"
    there = placed(body, home)
    assert placed(body, Uploaded(LARGE, "123"), like=there) == there
    assert with_images(draft(body), {}, like=there).body == there


MEDIUM = FULL.replace(".jpg", "-300x200.jpg")


def sized(
    size: str, like: str = "", default: str = "large", *, renew: bool = False
) -> tuple[str, list[str]]:
    """The image in a post that asks for a size, and the sizes that the library was asked for."""
    asked: list[str] = []

    def resized(home: Uploaded, wanted: str) -> Uploaded:
        asked.append(wanted)
        return Uploaded({"medium": MEDIUM, "large": LARGE}.get(wanted, FULL), home.id, wanted)

    settings = {"image_size": size} if size else {}
    post = replace(draft(prose(f"<p>{IMAGE}</p>")), settings=settings)
    uploaded = {HARBOUR.url: Uploaded(LARGE, "123")}
    sizes = Sizes(resized, default)
    return with_images(post, uploaded, like, renew=renew, sizes=sizes).body, asked


@for_each(("size", "default", "address"), [("medium", "large", MEDIUM), ("", "full", FULL)])
def test_a_post_or_the_blog_chooses_the_size(size: str, default: str, address: str) -> None:
    name = size or default
    body, asked = sized(size, default=default)
    assert asked == [name]
    assert f'"sizeSlug":"{name}"' in body
    assert f'size-{name}"><img src="{address}"' in body


def test_the_usual_size_takes_no_request() -> None:
    assert sized("large") == sized("") == (placed(prose(f"<p>{IMAGE}</p>")), [])


def test_a_size_that_a_person_chose_on_the_site_stays() -> None:
    there, _ = sized("medium")
    assert sized("", like=there) == (there, [])
    assert sized("", like=there, default="full") == (there, [])
    assert sized("", like=there, renew=True) == (there, [])


def test_an_update_gives_an_image_of_an_older_version_its_id() -> None:
    bare = placed(prose(f"<p>{IMAGE}</p>"), Uploaded(FULL))
    assert sized("", like=bare)[0] == bare
    assert sized("", like=bare, renew=True) == sized("")


def test_a_line_in_the_post_changes_the_size_on_the_site() -> None:
    there, _ = sized("medium")
    assert sized("medium", like=there) == (there, [])
    assert sized("full", like=there) == (sized("full")[0], ["full"])
    inline = placed(f"<!-- wp:paragraph --><p>{IMAGE}</p><!-- /wp:paragraph -->")
    assert sized("medium", like=inline) == (there, ["medium"])
