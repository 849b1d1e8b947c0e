"""A judge that cannot convict proves nothing: each of them is shown something broken."""

from __future__ import annotations

import pytest

from tests.e2e.blocks import validate_blocks
from tests.e2e.browser import Browser, Visit, markup, served
from tests.e2e.wordpress.site import Site

PAGE = (
    '<!doctype html><html lang="en"><head><title>t</title><meta name="viewport"'
    ' content="width=device-width"></head><body><main>{}</main></body></html>'
)


def test_the_editor_tells_valid_blocks_from_broken_ones(wordpress: Site) -> None:
    posts = {
        "<!-- wp:html --><!-- blogkit:post key=a --><p>x</p><!-- /wp:html -->": "",
        "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->": "",
        '<!-- wp:heading {"level":3} --><h2>x</h2><!-- /wp:heading -->': (
            "Expected tag name `h3`, instead saw `h2`"
        ),
        "<!-- wp:blogkit/card /-->": "an unknown block",
        "<p>not in a block</p>": "text outside of blocks",
        "<!-- wp:quote --><blockquote><!-- wp:list --><p>x</p><!-- /wp:list --></blockquote><!-- /wp:quote -->": (
            "core/list"
        ),
    }
    for verdict, complaint in zip(
        validate_blocks(wordpress, list(posts)), posts.values(), strict=True
    ):
        assert verdict.valid == (not complaint)
        assert complaint in " ".join(verdict.complaints)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<h1>h</h1><p style="color:#aaa;background:#fff">pale</p>', "color-contrast"),
        ('<h1>h</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "image-alt"),
        ("<h1>h</h1><h4>skipped</h4>", "heading-order"),
    ],
)
def test_the_browser_sees_what_axe_forbids(browser: Browser, body: str, rule: str) -> None:
    with served({"/": PAGE.format(body)}) as root:
        (seen,) = browser.look([Visit(f"{root}/", 360)])
    assert [violation.partition(":")[0] for violation in seen.violations] == [rule]


def test_the_browser_may_be_told_where_to_look(browser: Browser) -> None:
    with served(
        {
            "/": PAGE.format(
                '<h1>h</h1><p id="pale" style="color:#aaa;background:#fff">pale</p><p'
                ' id="dark">dark</p>'
            )
        }
    ) as root:
        pale, dark = browser.look(
            [Visit(f"{root}/", 360, within=within) for within in ("#pale", "#dark")]
        )
    assert (len(pale.violations), dark.violations) == (1, [])


def test_the_browser_sees_a_page_that_scrolls_sideways(browser: Browser) -> None:
    with served({"/": PAGE.format('<h1>h</h1><div style="width:600px">wide</div>')}) as root:
        narrow, wide = browser.look([Visit(f"{root}/", 320), Visit(f"{root}/", 1280)])
    assert narrow.sideways
    assert "wide" in narrow.overflowing[0]
    assert (wide.sideways, wide.overflowing, wide.violations, wide.errors) == (False, [], [], [])


def test_the_browser_honours_the_scheme_and_tells_of_foreign_requests_and_errors(
    browser: Browser,
) -> None:
    style = "<style>body{background:#fff;color:#000}@media(prefers-color-scheme:dark){p{color:#eee}}</style>"
    body = (
        f'<h1>h</h1>{style}<p>pale in the dark</p><img alt=""'
        ' src="http://127.0.0.2:9/x.png"><script>nothing.here</script>'
    )
    with served({"/": PAGE.format(body)}) as root:
        light, dark = browser.look([Visit(f"{root}/", 768, scheme) for scheme in ("light", "dark")])
    assert not light.violations
    assert dark.violations[0].startswith("color-contrast")
    assert light.foreign == ["http://127.0.0.2:9/x.png"]
    assert "nothing is not defined" in light.errors[0]


@pytest.mark.parametrize("extra", ["", ' target="_blank"'])
def test_the_browser_follows_a_click(browser: Browser, extra: str) -> None:
    pages = {
        "/": PAGE.format(f'<h1>h</h1><a id="go" href="/quiz?a=1&amp;b=2"{extra}>go</a>'),
        "/quiz": PAGE.format("<h1>quiz</h1>"),
    }
    with served(pages) as root:
        (seen,) = browser.look([Visit(f"{root}/", 360, click="#go")])
    assert seen.landed == f"{root}/quiz?a=1&b=2"


@pytest.mark.browser
def test_the_validator_sees_broken_html() -> None:
    good, *bad = markup(
        [
            PAGE.format(body)
            for body in (
                "<p>fine</p>",
                "<p><div>x</div></p>",
                '<a href="/" href="/">x</a>',
                "<ul><p>x</p></ul>",
            )
        ]
    )
    assert good == []
    assert [[message.partition(":")[0] for message in messages[:1]] for messages in bad] == [
        ["close-order"],
        ["no-dup-attr"],
        ["element-permitted-content"],
    ]
