"""What a site may add or rewrite: never at the price of a tag, an address, a script or a word."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blogkit.config.settings import ACCEPTED
from blogkit.sanitizers import rewrites
from blogkit.sanitizers.normal_form import normal_form
from blogkit.sanitizers.rewrites import REWRITES, UNCERTAIN, harmless_changes, same_text
from tests.cases import for_each

LINK = '<p>a <a href="http://x.example/">b</a></p>'


@for_each(
    ("meant", "stored"),
    [
        (LINK, LINK.replace("<a ", '<a rel="nofollow ugc" target="_blank" ')),
        ('<a rel="me" href="/">b</a>', '<a rel="me nofollow" href="/">b</a>'),
        ("<h2>A</h2>", '<h2 id="a">A</h2>'),
        ('<p class="lead">a</p>', '<p class="lead wide">a</p>'),
        (
            '<img src="a.png" alt="x">',
            '<img src="a.png" alt="x" loading="lazy" decoding="async" width="10" height="20">',
        ),
    ],
    ids=["a link", "a relation", "an id", "a class", "an image"],
)
def test_additions_are_noted(meant: str, stored: str) -> None:
    assert harmless_changes(meant, stored)
    assert harmless_changes(stored, meant, REWRITES) is None, "to remove them is a loss"


@for_each(
    ("kind", "meant", "stored"),
    [
        ("https", LINK, LINK.replace("http:", "https:")),
        ("quotes", "<p>“a” – it’s…</p>", '<p>"a" -- it\'s...</p>'),
        ("wpautop", "a\nb\n\n<div>c</div>", "<p>a<br />\nb</p>\n\n<div>c</div>"),
        ("wpautop", "<p>a b</p>", "<p>a</p>\n<p>b</p>"),
    ],
)
def test_what_is_accepted_is_a_loss_otherwise(kind: str, meant: str, stored: str) -> None:
    assert harmless_changes(meant, stored, [kind])
    assert harmless_changes(meant, stored, sorted(REWRITES.keys() - {kind})) is None


@for_each(
    ("meant", "stored"),
    [
        ("<p>a b</p>", "<p>ab</p>"),
        ("<p>ab</p>", "<p>a<br>b</p>"),
        ("<p>a <b>b</b></p>", "<p>a<b>b</b></p>"),
        ("<p>a</p><p>b</p>", "<p>a b</p>"),
        ("<p>a<br>b</p>", "<p>a b</p>"),
        ("<p>Word</p>", "<p>word</p>"),
        (LINK, LINK.replace("http://x", "https://y")),
        (LINK.replace("http", "https"), LINK),
        ("<p>a</p>", '<p style="display:none">a</p>'),
        ("<p>a</p>", '<p class="x" hidden>a</p>'),
        ('<img src="a.png">', '<img src="a.png" width="0" height="0">'),
        ('<img src="a.png">', '<img src="b.png" data-src="a.png">'),
        ('<a href="/">b</a>', '<a href="/" onclick="x()">b</a>'),
        ("<p>a</p>", "<p>a</p><script>x()</script>"),
        ("<pre>a\nb</pre>", "<pre>a<br>b</pre>"),
        ('<script>"a"</script>', "<script>“a”</script>"),
        ("<!-- wp:heading -->", '<!-- wp:heading {"level":3} -->'),
        ("<!-- blogkit:post key=a -->", ""),
    ],
)
def test_nothing_else_is_tolerated(meant: str, stored: str) -> None:
    assert harmless_changes(meant, stored, REWRITES) is None


PIECES = (
    "<h2>Head</h2>",
    '<p>Some <a href="http://x.example/a">linked</a> words.</p>',
    "<ul><li>one</li><li>two</li></ul>",
    "<script>count()</script>",
    '<img src="a.png" alt="pic">',
    "<p>“Quoted” – text…</p>",
    "bare\ntext\n\n",
    "<!-- blogkit:begin q -->",
    "<table><tbody><tr><td>cell</td></tr></tbody></table>",
)
UNIT = re.compile(r"<!--.*?-->|<(script)>.*?</script>|<[a-z]\w*[^<>]*>|\w+")
documents = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)


@given(documents, st.data())
def test_no_kind_accepts_the_loss_of_a_tag_a_script_or_a_word(
    html: str, data: st.DataObject
) -> None:
    units = list(UNIT.finditer(html))
    gone = data.draw(st.sampled_from(units))
    name = re.match(r"<(\w+)", gone[0])
    damaged = html[: gone.start()] + html[gone.end() :]
    if name and f"</{name[1]}>" in damaged[gone.start() :] and not gone[1]:
        at = damaged.index(f"</{name[1]}>", gone.start())
        damaged = damaged[:at] + damaged[at + len(name[0]) + 2 :]
    # Browsers make what a table lacks, and drop cells outside of it as they are written.
    assume(not name or name[1] != "tbody")
    assert harmless_changes(html, damaged, REWRITES) is None


@given(documents, st.data())
def test_no_kind_accepts_another_address(html: str, data: st.DataObject) -> None:
    addresses = list(re.finditer(r'(?<=(?:href|.src)=")[^"]+', html))
    assume(addresses)
    one = data.draw(st.sampled_from(addresses))
    other = f"{html[: one.start()]}{one[0]}b{html[one.end() :]}"
    assert harmless_changes(html, other, REWRITES) is None


@for_each(
    ("meant", "stored", "accept", "same"),
    [
        ("talks in Miami", "Talks In Miami", ("title-case",), True),
        ("talks in Miami", "Talks In Miami", ("quotes",), False),
        ("“a” – b", '"a" - b', ("quotes",), True),
        ("“a” – b", '"a" - b', ("title-case",), False),
        ("talks", "talk", tuple(REWRITES), False),
    ],
)
def test_titles(meant: str, stored: str, accept: tuple[str, ...], same: bool) -> None:
    assert same_text(meant, stored, accept) is same


def test_the_settings_know_the_same_kinds() -> None:
    assert tuple(REWRITES) == ACCEPTED


@for_each(
    ("meant", "stored", "notes"),
    [
        ("<p>a</p><!-- x --><p>b</p>", "<p>a</p><p>b</p>", ["the site removed a comment"]),
        ("<!-- x --><p>a</p><!-- y -->", "<p>a</p>", ["the site removed a comment (2)"]),
        ("<p>a</p><p></p><p> </p>", "<p>a</p>", ["the site removed an empty <p> (2)"]),
        ("<p></p>", "", ["the site removed an empty <p>"]),
        ("<p></p><p>a</p>", "<p>a</p>", ["the site removed an empty <p>"]),
        ("<p class=x></p><p></p><p>a</p>", "<p>a</p>", ["the site removed an empty <p> (2)"]),
        ("<p></p><p>a</p><p></p>", "<p></p><p>a</p><p></p>", []),
        ("<p>a</p><p></p><!-- x -->", "<p>a</p><p></p>", ["the site removed a comment"]),
        ("<!-- x --><p>a</p>", "<!-- x --><p>a</p>", []),
        ("<p>a</p><p>b</p>", "<p>a</p>", None),
        ("<p><br></p>", "", None),
        ("<p><img src=a></p>", "", None),
        ("<!-- blogkit:begin a --><p>a</p><!-- blogkit:end a -->", "<p>a</p>", None),
        ("<p>a</p>", "<p>a</p><!-- x -->", None),
    ],
)
def test_a_platform_may_remove_what_shows_nothing(
    meant: str, stored: str, notes: list[str] | None
) -> None:
    assert harmless_changes(meant, stored, UNCERTAIN) == notes
    if notes:
        assert harmless_changes(meant, stored) is None


shown = st.sampled_from(
    (
        "<p></p>",
        "<p>a b</p>",
        "<p>a</p>",
        "<p>",
        "</p>",
        "<!-- x -->",
        "<br>",
        "a ",
        "b",
        " ",
        "“b”",
    )
)


@given(st.lists(shown, max_size=6), st.lists(shown, max_size=4), st.lists(shown, max_size=4))
def test_to_skip_what_is_alike_at_the_beginning_changes_no_answer(
    alike: list[str], ours: list[str], theirs: list[str]
) -> None:
    meant, stored = "".join(alike + ours), "".join(alike + theirs)
    accepted = [(), tuple(REWRITES), (*REWRITES, *UNCERTAIN)]
    found = [harmless_changes(meant, stored, accept) for accept in accepted]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            rewrites, "_from_first_difference", lambda *both: [normal_form(one) for one in both]
        )
        assert found == [harmless_changes(meant, stored, accept) for accept in accepted]
