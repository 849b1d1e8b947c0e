"""An assistant's words around a post are left out; an author's own sentences never are."""

from __future__ import annotations

from blogkit.importers.report import Imported
from blogkit.importers.text.convert import convert_text
from tests.cases import for_each
from tests.importers.reading import missing

TALK = (
    "Great question! Here is a polished, SEO-friendly post.",
    "Of course — here's the article in Markdown, ready for Blogger 👇",
    "Here is your 800-word blog post on monsoons.",
    "I've written the post below 👇",
    "Here you go!",
    "Certainly. The post follows.",
    "Here is your post. It's optimised for SEO. You can paste it into Blogger.",
    "Here's your SEO-optimized article on the Kerala monsoon 🌧️",
    "Sure, here's a blog post about trams",
)
LIKELY = (
    "Here is a post on your rights as a tenant.",
    "Here is a post on SEO for beginners.",
    "Here is an article on getting ready for NEET.",
    "Here is the post that you asked about.",
    "Here's a blog post about trams",
    "Here is the post that everyone asked about.",
    "I have written an article on this before.",
)
OWN = (
    "The draft is ready.",
    "The long-awaited post is here!",
    "Here is the full list of holidays.",
    "Great news for candidates!",
    "Here is the post office timetable.",
    "Here is your post-matric scholarship form.",
    "Here is the draft of the bill.",
    "Here is the first draft of the new law, as published.",
    "Here is the article of the Constitution that matters.",
    "Here is what you need to know.",
    "Here is your complete guide to NEET 2026.",
    "Here are the results!",
    "Here is a blog post. The rain came early.",
    "Below is the list of posts.",
    "The post follows the rules of 2019.",
    "Your admit card is ready.",
    "Of course, nobody expected rain.",
    "Okay, the results are out.",
    "Great question! That is what the examiner said.",
)
REST = "The rain came early, and the farmers of the valley were glad of it.\n"


def imported(text: str) -> Imported:
    done = convert_text(text, is_plain=False)
    assert missing(done) == []
    return done


def asks(done: Imported) -> bool:
    return any("assistant's sentence" in one.what for one in done.needed)


@for_each("talk", TALK)
def test_an_opening_above_the_only_headline_is_left_out(talk: str) -> None:
    for between in ("\n\n", "\n", "\n\n---\n\n", "\n\n***\n"):
        done = imported(f"{talk}{between}# Headline\n\n{REST}")
        assert talk not in done.text
        assert done.dropped[0].words in talk or done.dropped[0].words[:-1] in talk
        assert done.text.endswith(f"---\n\n{REST}")
        assert not asks(done)


@for_each("talk", TALK)
def test_an_opening_above_sections_is_at_least_named(talk: str) -> None:
    for heads in ("## {}", "# Part\n\nMore.\n\n# {}", "**{}**"):
        done = imported(f"{talk}\n\n{heads.format('Section')}\n\n{REST}")
        assert (talk not in done.text) or asks(done)


@for_each("words", LIKELY)
def test_what_may_be_an_opening_stays_and_is_named(words: str) -> None:
    done = imported(f"{words}\n\n# Headline\n\n{REST}")
    assert words in done.text
    assert asks(done)


@for_each("words", OWN)
def test_an_authors_first_sentence_stays(words: str) -> None:
    for head in ("# Headline\n\n", "## Section\n\n", ""):
        done = imported(f"{words}\n\n{head}{REST}")
        assert words in done.text
        assert not done.needed or not asks(done)


def test_the_same_words_within_the_text_stay() -> None:
    for words in (*TALK[:-1], *LIKELY):
        done = imported(f"# Headline\n\n{REST}\n{words}\n\n## Section\n\n{REST}")
        assert words in done.text


def test_a_section_below_front_matter_is_no_headline() -> None:
    words = "Here is your 800-word blog post on monsoons."
    done = imported(f"---\ntitle: Rain\n---\n\n{words}\n\n# The monsoon\n\n{REST}")
    assert words in done.text
    assert asks(done)


def test_an_opening_hides_no_front_matter() -> None:
    done = imported(f"Here you go!\n\n---\ntitle: Rain\nlabels: Weather\n---\n\n{REST}")
    assert done.text == f'---\ntitle: "Rain"\nlabels: ["Weather"]\n---\n\n{REST}'
    assert done.dropped[0].words == "Here you go!"


def test_a_closing_line_below_a_rule_is_left_out() -> None:
    for rule in ("\n---\n", "\n---\n\n", "\n***\n"):
        done = imported(f"# Rain\n\n{REST}{rule}*Let me know if you would like changes!*\n")
        assert done.text == f'---\ntitle: "Rain"\n---\n\n{REST}'
    # right below a line, it makes a heading of it
    done = imported(f"# Rain\n\n{REST}\nEnd\n---\n*Let me know if you would like changes!*\n")
    assert done.text.endswith("End\n---\n")


def test_code_about_such_words_stays() -> None:
    code = "```\nHere you go!\n\n# Headline\n---\nLet me know if you want changes\n```\n"
    assert code in imported(f"# Rain\n\n{REST}\n{code}").text
    assert code in imported(f"{code}\n## Section\n\n{REST}").text


def test_repeated_words_cost_no_time() -> None:
    """The patterns would try every way to divide them."""
    for words in (
        "Sure! " * 60,
        "Certainly! 👇 " * 30,
        "Here is a post. " + "It's optimised " * 25,
    ):
        done = imported(f"{words.strip()} x?\n\n# Headline\n\n{REST}")
        assert words.strip() in done.text
