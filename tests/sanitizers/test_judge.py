from __future__ import annotations

from dataclasses import replace

from blogkit.render.encode import escape_stable
from blogkit.sanitizers.facts import VERSIONS, Version
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import BLOGGER, EDITOR, FEED, FOLDER, PROFILES, STRICT, Profile
from blogkit.sanitizers.verdict import Loss
from tests.cases import for_each
from tests.sanitizers.fragments import clean_samples, cuts
from tests.sanitizers.grammar import Writer
from tests.sanitizers.snippets import SNIPPETS

NEW = replace(STRICT, wordpress=(7, 1))


@for_each("profile", PROFILES.values(), ids=PROFILES)
def test_nothing_loses_nothing(profile: Profile) -> None:
    assert judge("", profile).clean


_LOST_ERRORS = [
    ("<script>x()</script>", "<script> would be removed, and readers would see any text in it"),
    ("<style>a{}</style>", "<style> would be removed, and readers would see any text in it"),
    ('<iframe src="https://e.com"></iframe>', "<iframe> would be removed"),
    ('<a href="javascript:x()">x</a>', 'the address "javascript:x()" would become "x()"'),
    ("<p>&check;</p>", '"&check;" would be shown literally'),
    ("<a href='x&colon;y'>", '"&colon;" would be shown literally'),
]
_LOST_WARNINGS = [
    ('<time datetime="2026">x</time>', "<time> would be removed"),
    ('<a onclick="x()">x</a>', "the attribute onclick of <a> would be removed"),
    (
        '<p style="color:red;display:flex">x</p>',
        '"display:flex" in the style of <p> would be removed',
    ),
    ("<p>[gallery ids=1]</p>", "[gallery ids=1] would run as a shortcode"),
]
_MALFORMED_ERRORS = [
    ("<p>4 < 5</p>", 'a bare "<" and the text after it may be removed'),
    ('<p title="a > b">x</p>', "the attributes of <p> may be lost"),
    ("a < b", 'a bare "<" and the text after it may be removed'),
    ("<p title='<b>'>x</p>", 'a bare "<" and the text after it may be removed'),
    ("<!doctype html>", "this tag or declaration may be removed or shown"),
    ("</p x>", "this tag or declaration may be removed or shown"),
    ("<p", 'a bare "<" and the text after it may be removed'),
    ("&#150;", '"&#150;" would be shown literally'),
]
_MALFORMED_WARNINGS = [
    ("<!-- a > b -->", "the comment would be changed"),
    ('<object data="a.pdf">x</object>', "the attributes of <object> may be lost"),
    ("<p data-a.b=1>", "the attribute data-a.b may be removed"),
    ('<p class="a"id="b">x</p>', "the attributes of <p> may be lost"),
    ('<p class="a" class="b">x</p>', "the attributes of <p> may be lost"),
    ("<code title/>", "the attributes of <code> may be lost"),
    ("<p data-a--b=1>", "the attribute data-a--b may be removed"),
    ("<p title='a\\'>", "a backslash in title may be removed"),
    ("<a href='x&#58;y'>", 'the address "x&#58;y" may be cut'),
    ("<a href='java script:x'>", 'the address "java script:x" may be cut'),
    ("<p style='font-family:&quot;Inter&quot;'>", "the style of <p> may be cut at its &"),
    ("<p style='color'>", '"color" in the style of <p> would be removed'),
    ("<!-- a & b -->", "the comment would be changed"),
    ("<!---->", "the comment would be changed"),
    ("<textarea><b>x</b></textarea>", "the tags in <textarea> may be changed"),
    ("&amp;#39;", '"&amp;#" may be read as a reference'),
    ("a\x07b", "the control character U+0007 would be removed"),
    ("a --> b", '"-->" may be changed'),
    ("<!-- wp:a --><p>x</p>", "the block a is not complete"),
    ("<p>x</p><!-- /wp:a -->", "the block a is not complete"),
    ('<!-- wp:a {"b":"\\u0026"} /-->', "the comment of the block a may be changed"),
    ('<!-- wp:a {"b":12345678901234567890} /-->', "the comment of the block a may be changed"),
    ('<!-- wp:a {"b"} /-->', "the comment of the block a may be changed"),
]


@for_each(
    ("severity", "malformed", "html", "what"),
    [
        *(("error", False, *row) for row in _LOST_ERRORS),
        *(("warning", False, *row) for row in _LOST_WARNINGS),
        *(("error", True, *row) for row in _MALFORMED_ERRORS),
        *(("warning", True, *row) for row in _MALFORMED_WARNINGS),
    ],
)
def test_a_loss_says_what_why_and_what_instead(
    severity: str, malformed: bool, html: str, what: str
) -> None:
    verdict = judge(f"<p>kept</p>\n\n{html}", STRICT)
    (loss,) = [loss for loss in verdict.losses if loss.what == what]
    assert (loss.line_offset, loss.severity, loss.malformed) == (2, severity, malformed)
    assert loss.reason
    assert loss.fix
    assert (
        malformed or len(verdict.losses) == 1 or loss.what == '"&colon;" would be shown literally'
    )


@for_each(
    ("style", "fix"),
    [
        ("display:grid", "use float and width for the layout"),
        ("color:rgb(1 2 3)", "use #rrggbb or #rrggbbaa for colours"),
    ],
)
def test_a_style_has_the_advice_of_its_property_or_of_its_function(style: str, fix: str) -> None:
    (loss,) = judge(f'<p style="{style}">x</p>', STRICT).losses
    assert loss.fix.partition(",")[0] == fix


def test_a_newer_version_that_keeps_it_is_named() -> None:
    (loss,) = judge('<p tabindex="0">x</p>', STRICT).losses
    assert "7.1 keeps it" in loss.reason
    assert judge('<p tabindex="0">x</p>', NEW).clean


def test_lines_count_inside_a_tag_and_after_a_script() -> None:
    found = judge("<p>\na</p>\n<script>\n\n</script>\n<p\n onclick='x'>b</p>", STRICT).losses
    assert [loss.line_offset for loss in found] == [2, 6]


def test_every_loss_is_told_once_a_line() -> None:
    html = "<center>a</center><center>b</center>\n<center>c</center>"
    assert len(judge(html, STRICT).losses) == 2


@for_each(
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
@for_each("profile", [STRICT, NEW, EDITOR, BLOGGER, FOLDER])
def test_what_is_kept_is_no_loss(html: str, profile: object) -> None:
    assert judge(html, profile).clean


def test_raw_html_is_kept_where_the_account_may_post_it() -> None:
    html = "<script>x()</script><style>a{}</style><iframe></iframe><time>x</time>"
    assert judge(html, EDITOR).clean
    assert judge(html, BLOGGER).clean


def test_blogger_breaks_other_characters_in_sheets_and_scripts() -> None:
    sheet, script = judge(
        '<style>a{\ncontent:"—"}</style><script>"₹"</script><p>—</p>', BLOGGER
    ).losses
    assert (sheet.line_offset, sheet.fix) == (1, "write \\2014")
    assert script.fix == "write \\u20b9"


def test_feeds_keep_neither_styles_nor_details_nor_comments() -> None:
    found = [
        loss.what for loss in judge('<details style="color:red"></details><!-- x -->', FEED).losses
    ]
    assert found == [
        "<details> would be removed",
        "the style of <details> would be removed",
        "the comment would be removed",
    ]


@for_each(
    ("sent", "stored"),
    [
        ("<p>a</p><script>x()</script>", "<p>a</p>x()"),
        ("<style>a > b{}</style>", "a > b{}"),
        ("<form><p>a</p></form>", "<p>a</p>"),
        ('<a href="javascript:x()">a</a>', '<a href="x()">a</a>'),
        ('<a href="?from=10:30">a</a>', '<a href="30">a</a>'),
        ('<a href="/a/?from=10:30">a</a>', '<a href="/a/?from=10:30">a</a>'),
        ('<a href="feed:https://e.com/a:b">a</a>', '<a href="feed:https://e.com/a:b">a</a>'),
        ('<a href="/" onclick="x()">a</a>', '<a href="/">a</a>'),
        (
            '<a href="/" download="a.pdf">a</a><a download>b</a>',
            '<a href="/">a</a><a download>b</a>',
        ),
        (
            "a & b &check; &copy 5 &nbsp; &#8212;",
            "a &amp; b &amp;check; &amp;copy 5 &nbsp; &#8212;",
        ),
        ("&amp b", "&amp;amp b"),
        ('<p style="display:flex">a</p>', "<p>a</p>"),
        ('<p style="color:red;display:flex">a</p>', '<p style="color:red">a</p>'),
        ("<P Class='A' onclick=x>b</P>", '<p class="A">b</p>'),
        ('<p data-a="1" tabindex="0">x</p>', '<p data-a="1">x</p>'),
        ("<o:p>x</o:p>", "x"),
    ],
)
def test_what_is_stored_of_an_authors_post(sent: str, stored: str) -> None:
    verdict = judge(sent, STRICT)
    assert not verdict.malformed
    assert verdict.stored == stored


def test_a_removed_script_that_holds_markup_is_not_modelled() -> None:
    assert not judge("<script>a && b</script>", STRICT).malformed
    assert judge("<script>a < b</script>", STRICT).malformed


def test_a_loss_knows_its_offset() -> None:
    (loss,) = judge("<p>a</p>\n<p>b <i onclick=x>c</i></p>", STRICT).losses
    assert loss == Loss(loss.what, loss.reason, loss.fix, "warning", line_offset=1)
    assert loss.start == len("<p>a</p>\n<p>b <i ")


def test_a_picture_that_is_not_uploaded_yet_keeps_its_placeholder() -> None:
    html = '<img src="blogkit-asset://ab/x.png" alt="" onclick="x">'
    assert judge(html, STRICT).stored == '<img src="blogkit-asset://ab/x.png" alt="">'


@for_each("version", VERSIONS)
def test_our_widgets_and_sample_posts_are_clean(version: Version) -> None:
    profile = replace(STRICT, wordpress=version)
    assert [html for html in clean_samples() if not judge(html, profile).clean] == []


def test_ordinary_pasted_pages_are_rarely_malformed() -> None:
    verdicts = [judge(html, STRICT) for html in cuts(1000, seed=3)]
    assert sum(verdict.malformed for verdict in verdicts) < 100
    assert sum(not verdict.clean for verdict in verdicts) > 100


def test_judging_what_is_stored_finds_nothing_more_to_remove() -> None:
    """Sending a stored post again changes nothing that readers see."""
    for html in (*SNIPPETS, *cuts(300, seed=4)):
        for version in VERSIONS:
            profile = replace(STRICT, wordpress=version, shortcodes=False)
            first = judge(html, profile)
            again = judge(first.stored, profile)
            assert first.malformed or again.malformed or again.clean, html


def test_sealed_widgets_lose_nothing() -> None:
    writer = Writer(8)
    for _ in range(100):
        html = escape_stable(writer.widget())
        assert judge(html, STRICT).clean, html


SEEN = ", and readers would see any text in it"


@for_each(
    ("html", "stored", "whats", "malformed"),
    [
        (
            "<svg><text>a</text></svg>",
            "a",
            ["<svg> would be removed", "<text> would be removed"],
            False,
        ),
        ("<math><p>a</p></math>", "<p>a</p>", ["<math> would be removed"], False),
        ("<x-y>a</x-y>", "a", ["<x-y> would be removed"], False),
        ("<p:q>x</p:q>", "x", ["<p:q> would be removed"], True),
        ("<x:y>x</x:y>", "x", ["<x:y> would be removed"], False),
        (
            "<center a='<'>b</center>",
            "<center a='",
            [
                'a bare "<" and the text after it may be removed',
                "this tag or declaration may be removed or shown",
            ],
            True,
        ),
        ("<script></script>", "", [f"<script> would be removed{SEEN}"], False),
        (
            "<script>&check;</script>",
            "&amp;check;",
            [f"<script> would be removed{SEEN}", '"&check;" would be shown literally'],
            False,
        ),
        ("<iframe>a<b></iframe>", "a<b>", ["<iframe> would be removed"], False),
        (
            "<textarea>a &check;</textarea>",
            "<textarea>a &amp;check;</textarea>",
            ['"&check;" would be shown literally'],
            False,
        ),
        ("<title>é</title>", "<title>é</title>", [], False),
        ("<p>a</p ></x >", "<p>a</p>", [], False),
        ("<script>[gallery]</script>", "[gallery]", [f"<script> would be removed{SEEN}"], False),
        *(
            (html, html, ["this tag or declaration may be removed or shown"], True)
            for html in ("</b x>", "<?php x ?>", "<![CDATA[x]]>", "</ x>")
        ),
    ],
)
def test_what_an_authors_post_keeps_of_a_fragment(
    html: str, stored: str, whats: list[str], malformed: bool
) -> None:
    quiet = replace(STRICT, shortcodes=False)
    # a comment beside it, so that it is not read as plain
    verdict = judge(f"{html}<!-- a &amp; b -->", quiet)
    losses = [loss for loss in verdict.losses if "comment" not in loss.what]
    assert [loss.what for loss in losses] == whats
    assert any(loss.malformed for loss in losses) is malformed
    assert verdict.stored.startswith(stored)


@for_each(
    ("html", "starts"),
    [
        ("[[gallery]]", [1]),
        ("[/gallery]", [0]),
        ("<p>[gallery]</p> [gallery]\n[gallery]", [3, 17, 27]),
        ("[1]", []),
    ],
)
def test_what_would_run_as_a_shortcode(html: str, starts: list[int]) -> None:
    found = judge(html, EDITOR).losses
    lines = [html.count("\n", 0, start) for start in starts]
    assert [loss.line_offset for loss in found] == sorted(set(lines))
    assert all(loss.fix.startswith("to show it as text, write &#91;") for loss in found)
    assert judge(html, BLOGGER).clean


def test_losses_are_in_the_order_of_the_text() -> None:
    html = "<p>[gallery]</p>\n<p onclick=1>a</p>\n<!-- wp:a -->\n[gallery]"
    found = judge(html, STRICT).losses
    assert [loss.line_offset for loss in found] == [0, 1, 2, 3]
    assert [loss.start for loss in found] == [
        3,
        html.index("onclick"),
        html.index("<!--"),
        len(html) - 9,
    ]


@for_each(
    ("html", "losses"),
    [
        ("<p style='color:red'>x</p>", ["the style of <p> would be removed"]),
        ("<p style>x</p>", []),
        ("<p>x</p style='color:red'>", ["this tag or declaration may be removed or shown"]),
        (
            "<noscript><b style='color:red'>x</b></noscript>",
            ["<noscript> would be removed", "the style of <b> would be removed"],
        ),
        ("<p class='style'>x</p>", []),
        ("<details>a</details>", ["<details> would be removed"]),
        ("<time>a</time>", ["<time> would be removed"]),
        ("[gallery]", []),
    ],
)
def test_what_a_feed_keeps(html: str, losses: list[str]) -> None:
    assert [loss.what for loss in judge(html, FEED).losses] == losses


def test_only_the_first_odd_character_of_a_sheet_is_told_and_none_of_the_text() -> None:
    (loss,) = judge("<style>é ü</style><title>é</title>é", BLOGGER).losses
    assert (loss.start, loss.fix) == (7, "write \\e9")
    assert loss.what.startswith('"é" inside <style> would become &#233;')


@for_each(
    ("tag", "stored", "whats"),
    [
        ("<br/>", "<br />", []),
        ('<p Title="a">', '<p title="a">', []),
        ("<a download href='/'>", '<a download href="/">', []),
        ("<a download='x'>", "<a>", ["the attribute download of <a> would be removed"]),
        ("<p data-a_b='1'>", '<p data-a_b="1">', []),
        ("<p data-='1'>", '<p data-="1">', ["the attribute data- may be removed"]),
        ("<p data-a-='1'>", '<p data-a-="1">', ["the attribute data-a- may be removed"]),
        ("<p title='a\\\\b'>", '<p title="a\\\\b">', ["a backslash in title may be removed"]),
        ("<object/>", "<object/>", ["the attributes of <object> may be lost"]),
        ("<a href=' /a '>", '<a href="/a">', []),
        ("<a href='/a?b=/?'>", '<a href="/a?b=/?">', []),
        ("<p style='color:red;'>", '<p style="color:red">', []),
        ("<p style=''>", "<p>", []),
    ],
)
def test_what_is_stored_of_a_tag(tag: str, stored: str, whats: list[str]) -> None:
    verdict = judge(f"{tag}<!-- a & b -->", STRICT)
    losses = [loss.what for loss in verdict.losses if "comment" not in loss.what]
    assert losses == whats
    assert verdict.stored.startswith(stored)


@for_each(
    ("html", "what"),
    [
        ("<!-- x >", "this tag or declaration may be removed or shown"),
        ("<!-- x -- >", "this tag or declaration may be removed or shown"),
        ("</b -->", "this tag or declaration may be removed or shown"),
        ("<b -->", "the attributes of <b> may be lost"),
        ("<b-->", "<b--> would be removed"),
        ("<!--->", "the comment would be changed"),
    ],
)
def test_half_a_comment_is_none(html: str, what: str) -> None:
    assert [loss.what for loss in judge(f"a{html}b", STRICT).losses] == [what]


@for_each("tag", ["<b:x>", "<B:x>", "<P:X>"])
def test_some_versions_read_a_name_up_to_its_colon_in_either_case(tag: str) -> None:
    (loss,) = judge(tag, STRICT).losses
    assert (loss.what, loss.malformed) == (f"{tag.lower()} would be removed", True)


def test_what_loses_nothing_is_stored_as_it_is_written() -> None:
    """One look at its distinct tags is enough."""
    html = "<P Class='a'>it's <br/><B >x</B ></P><!-- a -->"
    stored = '<p class="a">it\'s <br /><b>x</b></p><!-- a -->'
    assert judge(html, STRICT).stored == html
    assert judge(f"{html}<center>", STRICT).stored == stored
    between_tags = "a --<B>></B>"
    assert judge(between_tags, STRICT).stored == between_tags


@for_each(
    ("html", "stored", "whats"),
    [
        ("<noscript><p>a</p></noscript>", "<p>a</p>", ["<noscript> would be removed"]),
        ("<svg><title>x</title></svg>", "<title>x</title>", ["<svg> would be removed"]),
        (
            "<svg><title><b>x</b></title></svg>",
            "<title><b>x</b></title>",
            ["<svg> would be removed", "the tags in <title> may be changed"],
        ),
        ("<script>x", "x", [f"<script> would be removed{SEEN}"]),
        ("<p>4 &lt; 5", "<p>4 &lt; 5", []),
    ],
)
def test_what_is_text_only_where_it_stands(html: str, stored: str, whats: list[str]) -> None:
    verdict = judge(html, STRICT)
    assert verdict.stored == stored
    assert sorted(loss.what for loss in verdict.losses) == sorted(whats)


@for_each("name", ["script", "style", "details", "time"])
def test_a_site_without_a_filter_may_remove_an_element_all_the_same(name: str) -> None:
    poor = replace(BLOGGER, script=False, style_sheet=False, details=False, time=False)
    html = f"<{name}>a</{name}>"
    assert [(loss.what, loss.reason) for loss in judge(html, poor).losses] == [
        (f"<{name}> would be removed", "blogger removes it")
    ]
    assert judge(html, poor).stored == html
    assert judge("<b>a</b>", poor).clean


@for_each("html", ['<p class="style" style="color:red">x</p>', "<p>x</p><!-- a -->"])
def test_a_style_or_comment_that_a_feed_removes_is_a_warning(html: str) -> None:
    (loss,) = judge(html, FEED).losses
    assert (loss.severity, loss.reason) == ("warning", "feed removes it")


@for_each(
    ("poorer", "html"),
    [
        ({"inline_style": False}, '<p style="color:red">x</p>'),
        ({"comments": False}, "<!-- x -->"),
        ({"script": False}, "<script>\n</script>"),
        ({"ascii_only": True}, "<style>é"),
    ],
)
def test_each_thing_that_a_site_lacks_is_told_by_itself(poorer: dict[str, bool], html: str) -> None:
    rich = replace(FOLDER, shortcodes=False)
    assert judge(html, rich).losses == ()
    assert len(judge(html, replace(rich, **poorer)).losses) == 1


def test_a_long_shortcode_is_quoted_in_part() -> None:
    (loss,) = judge(f"[gallery ids={'1,' * 99}]", EDITOR).losses
    assert len(loss.what) < 120
    assert "…" in loss.what


def test_a_character_in_the_tag_of_a_script_keeps_its_meaning() -> None:
    assert judge('<script title="é">a</script>', BLOGGER).losses == ()


def test_a_character_in_a_script_is_written_with_four_digits() -> None:
    (loss,) = judge("<script>é</script>", BLOGGER).losses
    assert loss.fix == "write \\u00e9"


@for_each(
    ("style", "stored", "whats"),
    [
        ("color:red;margin:0", "color:red;margin:0", []),
        ("color:red;display:flex;margin:0", "color:red;display:flex;margin:0", []),
        ("font-family:&quot;Inter&quot;", "font-family:&quot;Inter&quot;", []),
        ("color:&check;", "color:&amp;check;", ["the style of <p> may be cut at its &"]),
    ],
)
def test_styles_with_character_references_in_new_versions(
    style: str, stored: str, whats: list[str]
) -> None:
    verdict = judge(f'<p style="{style}">x</p>', NEW)
    assert [loss.what for loss in verdict.losses] == whats
    assert stored in verdict.stored


@for_each(
    ("address", "clean"),
    [
        ("HTTPS://E.com/A", True),
        (" https://e.com/a ", True),
        ("MAILTO:a@e.com", True),
        ("/a b", False),
        ("#a:b", False),
    ],
)
def test_an_address_that_is_kept_is_no_loss(address: str, clean: bool) -> None:
    assert judge(f'<a href="{address}">x</a>', STRICT).clean is clean
