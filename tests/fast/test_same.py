"""Functions with short cuts against the plain way, on posts made to break them and on whatever
Hypothesis finds.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blogkit.lint.mojibake import find
from blogkit.lint.outline import _blank
from blogkit.posts import markdown
from blogkit.render import urls
from blogkit.render.data.table_footnotes import TableFootnotes, footnote_marks, split_footnotes
from blogkit.render.encode import escape_stable, escape_stable_text
from blogkit.render.formats.numbers import NumberFormat, _pattern
from blogkit.render.widgets.templates import one_line
from blogkit.sanitizers.judge import _markup, judge
from blogkit.sanitizers.normal_form import normal_form
from blogkit.sanitizers.profiles import FOLDER, PROFILES, STRICT
from blogkit.sanitizers.styles import judge_style
from tests.cases import for_each
from tests.fast import reference
from tests.fast.adversarial import INLINE, Author
from tests.sanitizers.grammar import TYPED, Writer
from tests.sanitizers.snippets import SNIPPETS

WORDS = st.lists(
    st.one_of(st.sampled_from((*TYPED, *INLINE)), st.text(max_size=4)), max_size=10
).map("".join)
SEEDS = st.integers(0, 2**32)
NEW = replace(STRICT, wordpress=(7, 1))


@st.composite
def markup(draw: st.DrawFn) -> str:
    """HTML of every kind: well-formed or not, one line or many."""
    writer = Writer(draw(SEEDS))
    made = (
        lambda: writer.html(wild=False),
        lambda: writer.html(wild=True),
        writer.body,
        writer.widget,
        writer.text,
        lambda: draw(st.sampled_from(SNIPPETS)),
        lambda: draw(WORDS),
    )
    return draw(st.sampled_from(("", " ", "\n"))).join(
        draw(st.sampled_from(made))() for _ in range(draw(st.integers(1, 3)))
    )


@given(WORDS)
@example("&#39; &amp;#39; -- .. 1x2 (tm) Wordpress :) ;) 8) http://x https://y :a ;b")
def test_text_is_sealed_as_character_by_character(text: str) -> None:
    assert escape_stable_text(text) == reference.seal_text(text)


@given(SEEDS)
def test_html_is_sealed_as_token_by_token(seed: int) -> None:
    html = Writer(seed).widget()
    assert escape_stable(html) == reference.seal(html)


@given(SEEDS)
def test_one_line_is_the_same_line(seed: int) -> None:
    html = Writer(seed).widget()
    for written in (
        html,
        html.replace("><", ">\n  <"),
        f"a {html} b<hr>c <pre>\n x\n</pre>\n{html}",
    ):
        assert one_line(written) == reference.one_line(written)


@given(markup())
@example(
    "<p>\n<script>é\n</script>\n<center>a</center>\n<center>b</center>\n<a"
    " href='javascript:x()'>&check;</a> < [gallery]"
)
def test_neither_what_was_judged_before_nor_another_loss_changes_a_verdict(html: str) -> None:
    for profile in (*PROFILES.values(), NEW):
        first = judge(html, profile)
        for remembering in (judge_style, _markup):
            remembering.cache_clear()
        assert judge(html, profile) == first
        if profile.filter == "kses":  # a loss leads past the short cut for what is clean
            slowly = judge(f"<center>\n{html}", profile)
            losses = [replace(loss, line_offset=loss.line_offset - 1) for loss in slowly.losses[1:]]
            assert tuple(losses) == first.losses
            assert normal_form(slowly.stored) == normal_form(f"\n{first.stored}")


@given(markup())
def test_a_folder_keeps_everything(html: str) -> None:
    assert judge(html, FOLDER).clean
    assert judge(html, FOLDER).stored == html


@for_each(
    "text",
    [
        "~~a~~",
        "*a*",
        "_a_",
        "`a`",
        "<b>",
        "a > b",
        "&amp;",
        "[a](https://b.c)",
        "![a](b)",
        "\\*",
        "# a #",
        "#",
        "\0",
        "a\tb\n",
        "\xa0a\xa0",
    ],
)
def test_each_sign_that_means_something_goes_to_the_parser(text: str) -> None:
    assert markdown.inline(text) == markdown._inline(text)


@given(st.one_of(WORDS, st.text("~*_`!#&;ab \u2003\xa0", max_size=8)))
@example("  a\u2003")
@example("a - b + 1. c | d $e$ {f} ^g^ \"h\" 'i'")
@example("http://example.com www.example.com a@b.org")
def test_plain_words_are_what_the_parser_makes_of_them(text: str) -> None:
    assert markdown.inline(text) == markdown._inline(text)


@given(WORDS, st.sampled_from((urls._KEPT, urls._KEPT.replace(":", ""), "", "-")))
def test_addresses_are_encoded_as_character_by_character(text: str, kept: str) -> None:
    assert urls.percent_encoded(text, kept) == reference.percent_encoded(text, kept)


@given(
    st.one_of(
        WORDS, WORDS.map(lambda text: text.encode("utf-8", "ignore").decode("cp1252", "replace"))
    )
)
@example("cafÃ© Ð¿Ñ€Ð¸ â€œxâ€ πŸ‡ΊπŸ‡Έ")
def test_broken_text_is_found_with_and_without_the_first_look(text: str) -> None:
    assert find.find_mojibake(text) == reference.mojibake(find, text)


@given(WORDS)
def test_blanks_leave_only_line_breaks(text: str) -> None:
    assert _blank(text) == "".join("\n" if c == "\n" else " " for c in text)


@given(WORDS)
@example("a[^x]")
@example("a [^x][^y] ")
@example("`[^x]` \\[^x] [^x] b")
def test_marks_of_notes_are_found_where_the_patterns_find_them(text: str) -> None:
    from blogkit.render.data import table_footnotes

    assert list(footnote_marks(text)) == [
        match[2] for match in table_footnotes._MARK.finditer(text) if match[2]
    ]
    trailing = table_footnotes._TRAILING.match(text)
    assert trailing
    assert split_footnotes(text) == (trailing[1], trailing[2])
    notes = TableFootnotes({})
    assert notes.html(text) == table_footnotes.re.sub(
        f"{table_footnotes._OPEN}([0-9]+){table_footnotes._CLOSE}",
        r" <sup>[\1]</sup>",
        markdown.inline(table_footnotes._MARK.sub(TableFootnotes({})._placeholder, text)),
    )


@pytest.mark.parametrize(
    "figures",
    [
        NumberFormat("number"),
        NumberFormat("percent"),
        NumberFormat("currency", currency="INR", locale="hi"),
    ],
)
def test_a_pattern_that_is_remembered_writes_the_same(figures: NumberFormat) -> None:
    numbers = [f"{n}.{'5' * places}" for n in (0, 7, 1234567) for places in (1, 2, 3)]
    remembered = [figures.write(text) for text in (*numbers, *numbers)]
    fresh = [_pattern.cache_clear() or figures.write(text) for text in (*numbers, *numbers)]  # type: ignore[func-returns-value]
    assert remembered == fresh


def test_the_adversary_always_writes_the_same() -> None:
    assert [Author(n).post() for n in range(5)] == [Author(n).post() for n in range(5)]
