from __future__ import annotations

from dataclasses import replace

import pytest

from blogkit.sanitizers.compare import losses
from blogkit.sanitizers.encode import escape_stable
from blogkit.sanitizers.losses import predict_losses
from blogkit.sanitizers.profiles import BLOGGER, EDITOR, FEED, FOLDER, PROFILES, STRICT, Profile
from blogkit.sanitizers.wordpress.kses import kses
from tests.sanitizers.grammar import Writer
from tests.sanitizers.snippets import SNIPPETS

NEW = replace(STRICT, wordpress=(7, 1))


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_nothing_loses_nothing(profile: Profile) -> None:
    assert predict_losses("", profile) == []


@pytest.mark.parametrize(
    ("html", "what", "severity"),
    [
        (
            "<script>x()</script>",
            "<script> would be removed, and readers would see its text",
            "error",
        ),
        ("<style>a{}</style>", "<style> would be removed, and readers would see its text", "error"),
        ('<iframe src="https://e.com"></iframe>', "<iframe> would be removed", "error"),
        ('<time datetime="2026">x</time>', "<time> would be removed", "warning"),
        ('<a onclick="x()">x</a>', "the attribute onclick of <a> would be removed", "warning"),
        (
            '<p style="color:red;display:flex">x</p>',
            '"display:flex" in the style of <p> would be removed',
            "warning",
        ),
        (
            '<a href="javascript:x()">x</a>',
            'the address "javascript:x()" would become "x()"',
            "error",
        ),
        ("<p>4 < 5</p>", 'a bare "<" and the text after it may be removed', "error"),
        ('<p title="a > b">x</p>', '">" inside <p …> would break the tag', "error"),
        ("<p>&check;</p>", '"&check;" would be shown literally', "error"),
        ("<!-- a > b -->", "the comment would be changed", "warning"),
        ("<p>[gallery ids=1]</p>", "[gallery ids=1] would run as a shortcode", "warning"),
    ],
)
def test_a_loss_says_what_why_and_what_instead(html: str, what: str, severity: str) -> None:
    (loss,) = predict_losses(f"<p>kept</p>\n\n{html}", STRICT)
    assert (loss.line_offset, loss.what, loss.severity) == (2, what, severity)
    assert loss.reason
    assert loss.fix


def test_a_newer_version_that_keeps_it_is_named() -> None:
    (loss,) = predict_losses('<p tabindex="0">x</p>', STRICT)
    assert "7.1 keeps it" in loss.reason
    assert predict_losses('<p tabindex="0">x</p>', NEW) == []


def test_lines_count_inside_a_tag_and_after_a_script() -> None:
    found = predict_losses("<p>\na</p>\n<script>\n\n</script>\n<p\n onclick='x'>b</p>", STRICT)
    assert [loss.line_offset for loss in found] == [2, 5]


def test_every_loss_is_told_once_a_line() -> None:
    assert (
        len(predict_losses("<center>a</center><center>b</center>\n<center>c</center>", STRICT)) == 2
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>a &amp; b — “c”</p>",
        '<a href="https://e.com/?a=1&b=2" target="_blank">x</a>',
        "<!-- blogkit:post key=a --><!--more-->",
        '<!-- wp:html {"a":"x--y"} --><p>b</p><!-- /wp:html -->',
        '<img src="blogkit-asset://ab12/photo.png" alt="">',
        '<p>it\'s <br/> "quoted"</p>',
        '<p style="color: red; width: 1px;">x</p>',
    ],
)
@pytest.mark.parametrize("profile", [STRICT, NEW, EDITOR, BLOGGER, FOLDER])
def test_what_is_kept_is_no_loss(html: str, profile: object) -> None:
    assert predict_losses(html, profile) == []


def test_raw_html_is_kept_where_the_account_may_post_it() -> None:
    html = "<script>x()</script><style>a{}</style><iframe></iframe><time>x</time>"
    assert predict_losses(html, EDITOR) == []
    assert predict_losses(html, BLOGGER) == []


def test_blogger_breaks_other_characters_in_sheets_and_scripts() -> None:
    sheet, script = predict_losses(
        '<style>a{\ncontent:"—"}</style><script>"₹"</script><p>—</p>', BLOGGER
    )
    assert (sheet.line_offset, sheet.fix) == (1, "write \\2014")
    assert script.fix == "write \\u20b9"


def test_feeds_keep_neither_styles_nor_details_nor_comments() -> None:
    found = [
        loss.what
        for loss in predict_losses('<details style="color:red"></details><!-- x -->', FEED)
    ]
    assert found == [
        "<details> would be removed",
        "the style of <details> would be removed",
        "the comment would be removed",
    ]


def test_no_loss_goes_unsaid() -> None:
    """Where nothing is reported, the filtered document is the document that was sent."""
    writer = Writer(7)
    for version in ((6, 1), (6, 8), (7, 1)):
        profile = replace(STRICT, wordpress=version, shortcodes=False)
        for html in (
            *SNIPPETS,
            *(writer.html(wild=wild) for wild in (False, True) for _ in range(150)),
        ):
            changed = losses(html, kses(html, version))
            assert not changed or predict_losses(html, profile), (html, changed)


def test_sealed_widgets_lose_nothing() -> None:
    writer = Writer(8)
    for _ in range(100):
        html = escape_stable(writer.widget())
        assert predict_losses(html, STRICT) == [], html
