"""Functions with short cuts against the plain way, on posts made to break them and on whatever
Hypothesis finds.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import localcontext

import pytest
from hypothesis import example, given, reject
from hypothesis import strategies as st

from blogkit.errors import ContentError
from blogkit.html import tag_name, texts_and_tags, tokenize
from blogkit.lint import active_content, runner, titles
from blogkit.lint.languages.link_words import says_nothing
from blogkit.lint.mojibake import find
from blogkit.lint.near_misses import addresses, calls, links, placeholders
from blogkit.lint.outline import Outline, prose_with_quotes
from blogkit.platforms.wordpress import gutenberg
from blogkit.posts import markdown, maths, slugs
from blogkit.posts.front_matter import split_front_matter
from blogkit.render import headings, quiz, urls
from blogkit.render.data.table_footnotes import TableFootnotes, footnote_marks, split_footnotes
from blogkit.render.encode import escape_stable, escape_stable_text
from blogkit.render.formats.dates import locale
from blogkit.render.formats.numbers import _GROUPS, FigureKind, NumberFormat, _pattern
from blogkit.render.widgets.templates import one_line
from blogkit.sanitizers.judge import _markup, judge
from blogkit.sanitizers.normal_form import normal_form
from blogkit.sanitizers.profiles import FOLDER, PROFILES, STRICT
from blogkit.sanitizers.styles import judge_style
from tests.cases import for_each
from tests.fast import reference
from tests.fast.adversarial import INLINE, Author
from tests.lint.reader import reading
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


ATTRIBUTES = st.lists(
    st.sampled_from(
        (
            *('id="a"', 'id="b c=d"', "style=\"x:url('y')\"", 'style="a:b;c:d"', 'title="Words"'),
            *('title="W [x]"', 'href="?a=1&amp;b=2"', 'href="https://e.com/?a=1"', 'alt=""'),
            *("alt=x", "hidden", 'ID="a"', 'data-x="\\0"', 'data-x="\x01"', " ", "/"),
        )
    ),
    max_size=4,
    unique_by=lambda attribute: attribute.partition("=")[0].lower(),
)


@given(ATTRIBUTES)
def test_a_tag_is_sealed_as_attribute_by_attribute(attributes: list[str]) -> None:
    tag = f"<{' '.join(('p', *attributes))}>"
    assert escape_stable(tag) == reference.seal(tag)


@given(st.text(st.characters(max_codepoint=127), max_size=30))
@example("India's  'Net-Zero' & 50 %\x00")
def test_a_slug_of_ascii_is_made_as_any_other(text: str) -> None:
    assert slugs.slugify(text) == slugs._slug(text)


@given(st.lists(st.sampled_from(("---", "--- ", "...", "a: b", "", " ", "x")), max_size=8))
@example(["---"])
@example(["", "---", "---"])
def test_front_matter_is_found_as_line_by_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    expected = reference.front_matter(lines)
    try:
        assert split_front_matter(text, "a.md") == expected
    except ContentError:
        assert expected is None


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
@example("<p>a<b title='<i>'>c</b></P >d")
@example("a < b")
def test_texts_and_tags_are_those_of_the_tokenizer(html: str) -> None:
    parts = texts_and_tags(html)
    if parts is None:
        return
    tokens = [
        (kind, f"{'/' * (kind == 'end')}{name}", html[start:end])
        for kind, name, start, end, _ in tokenize(html)
    ]
    assert tokens == [
        (kind, name, part)
        for number, part in enumerate(parts)
        for kind, name in [_kind(part) if number % 2 else ("text", "")]
        if part
    ]


def _kind(tag: str) -> tuple[str, str]:
    return ("end" if tag[1] == "/" else "start"), tag_name(tag)


ACTIVE = st.lists(
    st.sampled_from(
        (
            *("<a href=", "<img src=", "<p title=", "<svg><animate values=", "<set to =", "</p>"),
            *("style=", " href=", " onload=", " ONCLICK =", "hidden", "<input", "type=password"),
            *('"', "'", ">", "<", "=", " ", "/", ";", "x", "C:\\", "~me/", "/Users/x/", "file:"),
            *("javascript:", "data:text/html", "vbscript:", "&#106;avascript:", "java&Tab;script:"),
            *("&amp;", "&sol;Users&sol;x&sol;", "&#45;", "<script>", "</script>", "<!-- ", "-->"),
        )
    ),
    max_size=9,
).map("".join)


@given(st.one_of(ACTIVE, markup()))
@example('<a title=">&amp;" href="&#106;avascript:x">')
@example("<p title='>'><a href='java&#10;script:x'>a</a>")
@example('<svg><animate values="a>;&#106;avascript:x"></svg>')
def test_active_content_is_found_with_and_without_the_first_look(html: str) -> None:
    found = {*active_content._in_tree(html, scripting=True)}
    if "<noscript" in html.lower():
        found |= {*active_content._in_tree(html, scripting=False)}
    assert set(active_content.find_active(html)) == found


PARAGRAPHS = st.lists(
    st.sampled_from(
        (
            *("<em>a</em>", "<code>&lt;x&gt;</code>", '<a href="/a" title="t">b</a>', "<br />"),
            *("<em>", "</em>", "<a>", "</a>", "<del><em>x</em></del>", '<em class="x">a</em>'),
            *("a", " ", "\n", "<img src='a' />", "<b>b</b>", "<p>", "</p>", "<!-- -->", "<"),
        )
    ),
    max_size=6,
).map("".join)
TAGS = st.sampled_from(
    [("p", "p")]
    + [(f"h2{given}", "h2") for given in ("", " id=a-1", ' id="अ-1"', ' id=""', " id='a'")]
    + [(f'h3 id="{name}"', "h3") for name in ("a&amp;b", "a'b", "a\x01", " a ", "[x]", "a>b")]
    + [('h2 class="a"', "h2"), ('h2 id="a"', "h3"), ("H2", "h2"), ('h1 id="a" id="b"', "h1")]
)


@given(st.builds(lambda tags, words: f"<{tags[0]}>{words}</{tags[1]}>", TAGS, PARAGRAPHS))
@example("<p></p>")
@example('<p> <a href="/a"></a> </p>')
@example('<h2 id="a&#39;"> b </h2>')
def test_a_plain_paragraph_or_heading_is_the_block_that_its_tree_makes(html: str) -> None:
    assert gutenberg.to_blocks(html) == gutenberg._from_tree(html.strip())


@given(st.builds(lambda tags, words: f"<{tags[0]}>{words}</{tags[1]}>", TAGS, PARAGRAPHS))
@example('<h2 id="a"> b &amp; c\n</h2>')
@example('<h2 id="a"></h2>')
@example('<h2 id="a">b<sup>1</sup></h2>')
def test_a_plain_heading_is_listed_as_any_other(html: str) -> None:
    assert [*headings._in_html(html)] == [*headings._in_html(f"{html}<i></i>")]


@given(st.lists(st.one_of(markup(), st.just(quiz.QUIZ_TOKEN)), max_size=4).map("".join))
@example(f'<a href="{quiz.QUIZ_TOKEN}">{quiz.QUIZ_TOKEN}</a>')
def test_a_quiz_link_is_filled_in_with_and_without_a_comment(html: str) -> None:
    for url in ("https://example.com/?a=1&b='--", "https://example.com/-_%20é"):
        slowly = quiz.fill(f"<!-- -->{html}", url)
        assert quiz.fill(html, url) == slowly.removeprefix("<!-- -->")


LISTS = st.lists(
    st.sampled_from(
        (
            *("<ol>", "<ul>", "</ol>", "</ul>", "<li>", "</li>") * 2,
            *("a", " ", "<em>b</em>", "<br />", "<p>c</p>", '<ol start="2">', "<em>", "\xa0", "<"),
        )
    ),
    max_size=9,
).map("".join)
ITEM = st.one_of(st.sampled_from(("a", "", " <em>b</em> ", "<b>c</b>")), PARAGRAPHS, LISTS)
NESTED = st.recursive(
    ITEM,
    lambda inner: st.builds(
        lambda name, items, gap: f"<{name}>{gap.join(f'<li>{it}</li>' for it in items)}</{name}>",
        st.sampled_from(("ol", "ul")),
        st.lists(st.tuples(ITEM, st.one_of(st.just(""), inner)).map("".join), max_size=3),
        st.sampled_from(("", " ")),
    ),
    max_leaves=6,
)


@given(st.one_of(NESTED, LISTS.map(lambda inside: f"<ol>{inside}</ol>")))
@example("<ul><li>a <ol><li>b</li></ol> <ul><li>c</li></ul></li> <li></li></ul>")
@example("<ul><li>a</li></ul> <ul><li>b</li></ul>")
@example("<ul><li>a <ul><li>b</li></ul> c</li></ul>")
@example("<ol></ol>")
def test_a_plain_list_is_the_block_that_its_tree_makes(html: str) -> None:
    assert gutenberg.to_blocks(html) == gutenberg._from_tree(html.strip())


STOPS = ("placeholder", "mojibake", "whole-page", "near-widget", "near-placeholder")
SLIPS = st.lists(
    st.sampled_from(
        (
            *("```", "````", "~~~", ":::", "“““", "{callout}", "{ table }", "callout", "timeline"),
            *(" ", "\n", "\t", "> ", "- ", "title: x", "{{ quiz }}", "{quiz-button}", "{quiz-url}"),
            *(
                "YOUR_LINK",
                "](your-link)",
                "](link)",
                "<!-- {callout} -->",
                "[callout]",
                "{\tcallout}",
            ),
            *("`x`", "cafÃ©", "<style>", "<body>", "[INSERT NAME]", "YOUR_X_HERE"),
        )
    ),
    max_size=12,
).map("".join)


@given(SLIPS)
@example("::: {callout}\nx\n:::")
@example("~~~~{callout}\nx\n~~~~")
@example("{\tcallout}")
@example("\t```~~~")
def test_what_stops_a_post_is_found_with_and_without_the_first_look(body: str) -> None:
    try:
        context = reading(f"---\ntitle: A post\n---\n{body}\n")
    except ContentError:  # a fence without an end
        return
    plainly = {each for code in STOPS for each in runner.RULES[code](context)}
    assert runner.refusals(context) == sorted(each for each in plainly if each.severity == "error")
    # `check` does not ask for the refusals; publishing knows nothing of the file's text
    assert {*runner.refusals(replace(context, source=""))} <= {*runner.run_rules(context)}


@given(st.text("\\()[]$x^ \n`", max_size=12))
@example(r"\(x^2\)")
def test_formulas_are_found_with_and_without_the_first_look(text: str) -> None:
    masked = maths.Maths(text).text
    found = list(maths._formulas(text))
    assert (masked != text) == bool(found)
    assert not found or maths.may_have_maths(text)


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


@given(
    st.from_regex(r"[+-]?[0-9]{1,32}(\.[0-9]{1,9})?", fullmatch=True, alphabet="+-.0123456789"),
    st.sampled_from([None, 0, 2, 12]),
)
@example("-0.5", 0)
@example("00012345678.50", None)
@example("9" * 40, 1)
def test_numbers_in_english_are_those_of_babel(text: str, decimals: int | None) -> None:
    """Written without it, because it takes longer to load than a post to render."""
    for language in _GROUPS:
        figures = NumberFormat("number", decimals, locale=language)
        digits, value = figures._digits(text, ()), figures.value(text)
        known = locale(language)
        assert known
        assert value is not None
        with localcontext(prec=60):
            written = _pattern(figures, known, digits).apply(value, known)
        assert figures.write(text) == "+" * text.startswith("+") + written


@for_each("language", ["en", "en-AU", "hi"])
def test_a_number_may_have_more_digits_than_pythons_decimals(language: str) -> None:
    kinds: tuple[FigureKind, ...] = ("number", "currency", "percent")
    for kind in kinds:
        written = NumberFormat(kind, currency="INR", locale=language).write("7" * 40)
        assert sum(sign == "7" for sign in written) == 40


def test_the_adversary_always_writes_the_same() -> None:
    assert [Author(n).post() for n in range(5)] == [Author(n).post() for n in range(5)]


@given(st.lists(st.sampled_from((*INLINE, "\0", "\ud800", "é", "> ", "\n", "<b>")), max_size=9))
def test_the_prose_of_a_body_is_the_body_with_the_rest_blanked(pieces: list[str]) -> None:
    body = "".join(pieces)
    for text in (prose_with_quotes(body, "md"), Outline.of(body, "md").own):
        assert len(text) == len(body)
        assert all(one in (written, " ") for one, written in zip(text, body, strict=True))
        assert [at for at, one in enumerate(text) if one == "\n"] == [
            at for at, one in enumerate(body) if one == "\n"
        ]


@given(st.text(st.characters(max_codepoint=0x7F), max_size=12))
@example("[Click here]")
@example("» ")
def test_words_in_ascii_are_compared_as_all_others(text: str) -> None:
    unseen = f"{text}\u200b"  # no letter, but not in ASCII
    assert titles._plain(text) == titles._plain(unseen)
    assert says_nothing(text) == says_nothing(unseen)


NEARLY = [
    *("](www.example.com", "](<http//www.example.com>", 'href="example.org/a', "[x]:", "url: "),
    *("www.example.com", ")", "`code`", "<!-- c -->", "```{box}\n", "```\n", "\n", " ", '"', "ſ"),
    *("[x] (https://a.example)", "(x)[https://a.example]", "[", "]", "(", "](", "](https://", "é"),
    *("{{ quiz_url }}", "{quiz}", "[[MOCK-TEST]]", "% quız %", "YOUR_LINK_HERE", "](#your-url)"),
    *("{{ mock test }}", "href='quiz", "](https://example.com/ſ-test)", "your_mock_test_link_here"),
    *("```table\n", "a: b\n", ":::callout\n", ":::\n", "‘‘‘{box}\n", "[toc]", "{{toc}}", "<quote>"),
    *("<!-- {toc} -->", "'''{toc}\n", "~~~ {.quote}\n", "> ", "    "),
]


@given(st.lists(st.sampled_from((*NEARLY, *INLINE)), max_size=12).map("".join))
@example("](www.example.com`code`)")
@example("[x]: `a` www.example.com")
@example("[toc]")
@example("YOUR_Mock_test_LINK_HERE](YOUR_Mock_test_LINK_HERE)")
def test_near_misses_are_found_with_and_without_the_first_look(body: str) -> None:
    try:
        context = reading(body)
    except ContentError:  # such as a footnote without a text: nothing else of it is checked
        reject()
    assert list(addresses.bare_addresses(context)) == list(addresses._found(context))
    assert list(calls.near_calls(context)) == list(calls._found(context))
    assert list(links.near_links(context)) == list(links._found(context))
    assert list(placeholders.near_placeholders(context)) == list(placeholders._found(context))
