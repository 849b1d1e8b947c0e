"""What the block editor's serialiser changes is no difference; everything else is one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blogkit.html.spelling import respell
from tests.cases import for_each

SAME = {
    "void elements in rich text": ("<p>a<br />b</p>", "<p>a<br>b</p>"),
    "void elements of a block": ('<img src="a" alt="b" />', '<img src="a" alt="b"/>'),
    "order of attributes": ('<h2 class="c" id="i">x</h2>', '<h2 id="i" class="c">x</h2>'),
    "an anchor in the comment": ("<!-- wp:heading -->", '<!-- wp:heading {"anchor":"i"} -->'),
    "a class of 6.1": (
        '<!-- wp:heading {"level":3} -->',
        '<!-- wp:heading {"level":3,"className":"wp-block-heading"} -->',
    ),
    "a list's class of 6.1": ("<!-- wp:list -->", '<!-- wp:list {"className":"wp-block-list"} -->'),
    "a table's default": ("<!-- wp:table -->", '<!-- wp:table {"hasFixedLayout":false} -->'),
    "the name of our block": (
        '<!-- wp:html {"lock":{"move":true}} -->',
        '<!-- wp:html {"lock":{"move":true},"metadata":{"name":"blogkit"}} -->',
    ),
    "references": ("<p>&#091;a&#8217;s &quot;b&quot;</p>", '<p>[a’s "b"</p>'),
    "the name of a core block": ("<!-- wp:core/paragraph -->", "<!-- wp:paragraph -->"),
}
OTHER = {
    "a word": ("<p>a</p>", "<p>b</p>"),
    "white space": ("<p>a b</p>", "<p>a  b</p>"),
    "markup that was text": ("<p>&lt;b></p>", "<p><b></p>"),
    "an attribute": ('<a href="x">a</a>', '<a href="x" rel="nofollow">a</a>'),
    "a class": ('<!-- wp:heading {"className":"big"} -->', "<!-- wp:heading -->"),
    "a lock": ('<!-- wp:html {"lock":{"move":true}} -->', "<!-- wp:html -->"),
    "another name": ('<!-- wp:html {"metadata":{"name":"Mine"}} -->', "<!-- wp:html -->"),
    "another level": ('<!-- wp:heading {"level":3} -->', "<!-- wp:heading -->"),
    "a comment": ("<!-- a -->", "<!-- b -->"),
    "an end tag": ("<div><p>a</p></div>", "<div><p>a</div>"),
    "an empty element of SVG": ("<svg><path/></svg>", "<svg><path></svg>"),
    "a script": ("<script>a&amp;b</script>", "<script>a&b</script>"),
    "broken JSON": ("<!-- wp:html {a} -->", "<!-- wp:html -->"),
}


@for_each("what", SAME)
def test_the_editors_spelling_is_no_difference(what: str) -> None:
    one, other = SAME[what]
    assert respell(one) == respell(other)


@for_each("what", OTHER)
def test_whatever_a_person_may_change_is_one(what: str) -> None:
    one, other = OTHER[what]
    assert respell(one) != respell(other)


@given(st.text(alphabet="ab <>&;#/\"'=-!\n", max_size=60))
def test_text_that_differs_in_words_stays_different(text: str) -> None:
    assert respell(f"{text} end") != respell(f"{text} and")
