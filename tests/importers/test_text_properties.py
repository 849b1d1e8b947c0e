"""Texts that nobody wrote: no word is lost, nothing is raised, and the post can be loaded."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit.importers.text.convert import convert_text
from tests.importers.reading import missing, post_of

EXAMPLES = settings().max_examples
VOCABULARY = """
Talks Doha 1947 2024: Now UPSC (GS-II) marks * ** _x_ [a] `c` ~~d~~ a|b #1 1. - + : — • “q” 📍 🇮🇳 Ã© πŸ“
हिन्दी {x} ? Discuss Why? quiz A) (b) B. Answer: Q1. <i> & ; é \\ Key Details Timeline FAQ
"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=7).map(" ".join)
PROSE = st.lists(
    st.sampled_from(["the", "river", "Rises", "slowly", "every", "June", "in", "Kashi", "again."]),
    min_size=3,
    max_size=12,
).map(" ".join)
LABELLED = st.tuples(PROSE, PROSE).map(lambda pair: f"{pair[0][:30].strip('. ')}: {pair[1]}")
BULLETS = st.lists(st.one_of(LABELLED, PROSE), min_size=1, max_size=4)
OPTIONS = st.lists(PROSE, min_size=2, max_size=4).map(
    lambda texts: "\n".join(f"{'ABCD'[n]}) {text}" for n, text in enumerate(texts))
)
TAME = (
    PROSE,
    BULLETS.map(lambda texts: "\n".join(f"- {text}" for text in texts)),
    BULLETS.map(lambda texts: "\n".join(f"  • {text}" for text in texts)),
    BULLETS.map(lambda texts: "Key Details\n\n" + "\n".join(f"- {text}" for text in texts)),
    st.lists(PROSE, min_size=2, max_size=4).map(
        lambda texts: (
            "Timeline\n\n" + "\n".join(f"- {1950 + n}: {text}" for n, text in enumerate(texts))
        )
    ),
    st.tuples(PROSE, OPTIONS, st.sampled_from("ABCD"), PROSE).map(
        lambda one: f"Q1. {one[0]}?\n{one[1]}\nAnswer: {one[2]}\nExplanation: {one[3]}"
    ),
    st.lists(st.tuples(PROSE, PROSE), min_size=2, max_size=3).map(
        lambda pairs: "\n\n".join(f"Q: {a}?\nA: {b}" for a, b in pairs)
    ),
    st.lists(st.tuples(PROSE, PROSE), min_size=2, max_size=3).map(
        lambda rows: "\n".join(f"{a}\t{b}" for a, b in rows)
    ),
    st.lists(st.tuples(PROSE, PROSE), min_size=2, max_size=3).map(
        lambda rows: "\n".join(f"| {a} | {b} |" for a, b in rows)
    ),
)
NUMBERED = BULLETS.map(lambda texts: "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1)))
"""Markdown counts by itself, so these numbers are words of plain text only."""
BLOCKS = st.one_of(*TAME, NUMBERED, WORDS, st.tuples(PROSE, WORDS).map("\n".join))
HEADED = st.tuples(st.sampled_from(["## FAQ", "## Timeline", "# ", "**Key Facts**"]), PROSE)
MARKDOWN = st.one_of(
    *TAME,
    HEADED.map("\n\n".join),
    st.lists(PROSE, min_size=2, max_size=3).map(
        lambda texts: "## FAQ\n\n" + "\n\n".join(f"**{text}?**\n\n{text}" for text in texts)
    ),
    PROSE.map(lambda text: f"[{text}](https://example.com/a) and **{text}**"),
)
TEXTS = st.lists(BLOCKS, min_size=1, max_size=6).map("\n\n".join)


@given(TEXTS)
@settings(max_examples=EXAMPLES)
def test_no_word_of_plain_text_is_lost(text: str) -> None:
    result = convert_text(text, is_plain=True)
    assert post_of(result).title == result.title
    assert missing(result) == []


@given(TEXTS)
@settings(max_examples=EXAMPLES)
def test_markdown_becomes_a_post_and_the_same_one_again(text: str) -> None:
    result = convert_text(text, is_plain=False)
    assert post_of(result).title == result.title
    assert convert_text(text, is_plain=False) == result


@given(st.lists(MARKDOWN, min_size=1, max_size=6).map("\n\n".join))
@settings(max_examples=EXAMPLES)
def test_no_word_of_markdown_is_lost(text: str) -> None:
    assert missing(convert_text(text, is_plain=False)) == []
