from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import UsageError
from blogkit.render import quiz
from blogkit.sanitizers.profiles import FOLDER
from tests.cases import for_each
from tests.growth import assert_linear
from tests.render.drawing import BODY_LINE, call, draw, draw_html, refused, said

URL = "https://example.com/quiz?a=1&b=2"
ESCAPED = "https://example.com/quiz?a=1&amp;b=2"


@for_each(
    ("flag", "post", "site", "expected"),
    [
        ("https://f.example", "https://p.example", "https://s.example", "https://f.example"),
        ("", "https://p.example", "https://s.example", "https://p.example"),
        ("", "", "https://s.example", "https://s.example"),
        ("", "polity-1", "https://s.example", "polity-1"),
        ("https://f.example", "polity-1", "", "https://f.example"),
        ("", "", "", ""),
    ],
)
def test_the_flag_counts_before_the_post_and_the_post_before_the_site(
    flag: str, post: str, site: str, expected: str
) -> None:
    assert quiz.resolve_quiz(flag, post, site) == expected


def test_the_flag_must_be_an_address() -> None:
    with pytest.raises(UsageError, match="polity-1"):
        quiz.resolve_quiz("polity-1", "", "")


@for_each(
    "url",
    [
        "http://example.com",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "https:",
        "https://",
        "https:///path",
        "https://?q",
        "//example.com",
        "example.com/quiz",
        "https://user@example.com",
        "https://user:pass@example.com",
        "https://exa mple.com",
        "https://example.com/a b",
        "https://example.com/\u200b",
        "https://example.com\\@evil.example",
        "https://example.com:port",
        "https://[::1",
        "https://exam<ple.com",
        "ftp://example.com",
        "mailto:a@example.com",
    ],
)
def test_what_is_no_address_of_a_mock_test(url: str) -> None:
    assert quiz.objection(url)


@for_each(
    "url",
    [
        "https://example.com",
        "HTTPS://example.com/x",
        "https://example.com:8443/a?b=c#d",
        "https://उदाहरण.भारत/क",
        "https://[::1]/x",
    ],
)
def test_what_is_one(url: str) -> None:
    assert quiz.objection(url) == ""


def test_http_with_leave_only() -> None:
    assert quiz.objection("http://example.com/", allow_http=True) == ""
    assert quiz.objection("javascript:alert(1)", allow_http=True)


@pytest.mark.parametrize("name", ["polity-1", "GS II polity", "example.com"])
def test_names_of_promises(name: str) -> None:
    assert quiz.is_quiz_name(name)


@for_each("text", ["www.example.com", "example.com/quiz", "javascript:alert(1)", "http://x"])
def test_what_is_meant_as_an_address(text: str) -> None:
    assert not quiz.is_quiz_name(text)


def test_every_placeholder_is_filled_wherever_it_stands() -> None:
    body = """
[one](YOUR_MOCK_TEST_LINK_HERE) [two]({{ quiz_url }}) [three]({{quiz_url}}?from=post) <YOUR_MOCK_TEST_LINK_HERE>

Bare: YOUR_MOCK_TEST_LINK_HERE and {{ quiz_url }}

<a href="YOUR_MOCK_TEST_LINK_HERE" title='{{ quiz_url }}'>raw</a>

- item `{{ quiz_url }}`

```
YOUR_MOCK_TEST_LINK_HERE
```
"""
    html = draw_html(body, quiz_url=URL)
    assert not quiz.QUIZ_PLACEHOLDER.search(html)
    assert quiz.QUIZ_TOKEN not in html
    assert html.count(ESCAPED) == html.count("example.com/quiz") == 11
    assert [a["href"] for a in BeautifulSoup(html, "html.parser").find_all("a")] == [
        URL,
        URL,
        URL + "?from=post",
        URL,
        URL,
    ]


def test_a_headings_id_does_not_show_the_stand_in() -> None:
    (fragment,) = draw("## Take {{ quiz_url }} now", quiz_url=URL).fragments
    assert fragment.anchor == "take-quiz-now"
    assert 'id="take-quiz-now"' in fragment.html
    assert "invalid" not in fragment.html


def test_html_posts_are_filled_too() -> None:
    body = '<p><a href="{{ quiz_url }}">x</a></p>\n<!-- {quiz-button}\nlabel: Go\n-->\n'
    assert draw_html(body, quiz_url=URL, front={"format": "html"}).count(f'href="{ESCAPED}"') == 2
    assert [line for line, _, _ in said(body, front={"format": "html"})] == [
        BODY_LINE,
        BODY_LINE + 1,
    ]


def test_scripts_and_styles_get_the_address_in_their_own_language() -> None:
    url = "https://example.com/a'b)c</script>?x=\u2028é".replace("\u2028", "")
    body = (
        '<script>var u = "YOUR_MOCK_TEST_LINK_HERE";</script>\n\n<style>a{background:url({{'
        " quiz_url }})}</style>\n"
    )
    html = draw_html(body, FOLDER, quiz_url=url)
    script = re.search(r'var u = (".*?");', html)
    assert script
    assert json.loads(script[1]) == quiz.canonical(url)
    assert html.count("</script>") == 1
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert style.isascii()
    assert not re.search(r"[()'\"<]", style.partition("url(")[2].rpartition(")")[0])


@given(st.text(max_size=30))
def test_an_address_with_any_path_stays_inside_its_attribute(path: str) -> None:
    url = f"https://example.com/{path}"
    if quiz.objection(url):
        return
    html = quiz.fill(
        f'<p><a href="{quiz.QUIZ_TOKEN}" title="t">{quiz.QUIZ_TOKEN}</a></p>', quiz.canonical(url)
    )
    (link,) = BeautifulSoup(html, "html.parser").find_all(True)[1:]
    assert link.attrs == {"href": quiz.canonical(url), "title": "t"}
    assert link.text == quiz.canonical(url)


def test_open_placeholders_are_refused_each_with_its_line() -> None:
    body = "One YOUR_MOCK_TEST_LINK_HERE\n\n{{ quiz_url }} and {{quiz_url}}\n\n" + call(
        "quiz-button", "label: Go\nurl: YOUR_MOCK_TEST_LINK_HERE"
    )
    problems = refused(body, front={"quiz": "polity-1", "lines": {"quiz": 2}})
    assert [p.line for p in problems] == [BODY_LINE, BODY_LINE + 2, BODY_LINE + 6]
    assert {p.code for p in problems} == {"open-placeholder"}
    assert all("link set polity-1 URL" in p.hint and "--allow-open" in p.hint for p in problems)
    unnamed = refused(body)
    assert all("quiz:" in p.hint and "--quiz-url" in p.hint for p in unnamed)


def test_a_button_without_an_address_is_refused_at_its_call() -> None:
    assert said("Text\n\n" + call("quiz-button", "label: Go")) == [
        (BODY_LINE + 2, "open-placeholder", "this quiz-button has no address yet")
    ]


def test_placeholders_in_other_fields_of_front_matter_are_refused() -> None:
    front = {"excerpt": "Take it: {{ quiz_url }}", "lines": {"excerpt": 3}}
    assert [(line, code) for line, code, _ in said("x", quiz_url=URL, front=front)] == [
        (3, "open-placeholder")
    ]


def test_a_placeholder_as_quiz_is_an_open_promise() -> None:
    assert draw_html("x", front={"quiz": "YOUR_MOCK_TEST_LINK_HERE"}) == draw_html("x")
    assert said("{{ quiz_url }}", front={"quiz": "YOUR_MOCK_TEST_LINK_HERE"})


def test_open_placeholders_become_words_when_allowed() -> None:
    body = """
[Take the **test**](YOUR_MOCK_TEST_LINK_HERE). Bare: {{ quiz_url }}. <YOUR_MOCK_TEST_LINK_HERE> [other](https://example.com/)

<a class="x" href="{{ quiz_url }}">raw <em>link</em></a> <img src="https://example.com/a.png" longdesc="{{ quiz_url }}" alt="a">

<script>go("YOUR_MOCK_TEST_LINK_HERE")</script>
"""
    document = draw(body, FOLDER, allow_open=True, front={"quiz": "polity-1"})
    html = document.html
    assert document.pending_quiz_links == ("polity-1",)
    assert "Take the <strong>test</strong> (coming soon)." in html
    assert "Bare: coming soon. coming soon <a" in html
    assert "raw <em>link</em> (coming soon)" in html
    assert 'go("#")' in html
    assert quiz.QUIZ_TOKEN not in html
    assert "longdesc" not in html
    assert [a["href"] for a in BeautifulSoup(html, "html.parser").find_all("a")] == [
        "https://example.com/"
    ]


def test_an_open_button_says_coming_soon_when_allowed() -> None:
    document = draw(call("quiz-button", "label: Go"), allow_open=True, front={"key": "miami"})
    assert "<strong>Go</strong> (coming soon)" in document.html
    assert "<a" not in document.html
    assert document.pending_quiz_links == ("miami",)


def test_nothing_is_open_where_nothing_waits() -> None:
    assert draw("No test here.", front={"quiz": "polity-1"}).pending_quiz_links == ()
    assert (
        draw(call("quiz-button", "label: Go\nurl: https://example.com/")).pending_quiz_links == ()
    )


def test_the_posts_own_quiz_counts_when_nobody_chose() -> None:
    assert f'href="{ESCAPED}"' in draw_html(call("quiz-button", "label: Go"), front={"quiz": URL})


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "http://example.com/", "example.com/quiz"])
def test_a_bad_address_is_refused_at_its_line_once(bad: str) -> None:
    problems = said(
        "{{ quiz_url }}\n\n" + call("quiz-button", "label: Go"),
        front={"quiz": bad, "lines": {"quiz": 3}},
    )
    assert [(line, code) for line, code, _ in problems] == [(3, "bad-quiz-url")]


def test_a_bad_address_from_elsewhere_is_not_blamed_on_the_post() -> None:
    (problem,) = refused(
        "{{ quiz_url }}", quiz_url="http://example.com/", front={"quiz": URL, "lines": {"quiz": 3}}
    )
    assert (problem.line, "--quiz-url" in problem.hint, "--allow-http" in problem.message) == (
        0,
        True,
        True,
    )


def test_http_is_a_choice() -> None:
    assert 'href="http://example.com/"' in draw_html(
        "[x]({{ quiz_url }})", quiz_url="http://example.com/", allow_http=True
    )
    assert 'href="http://example.com/"' in draw_html(
        call("quiz-button", "label: Go\nurl: http://example.com/"), allow_http=True
    )
    assert said(call("quiz-button", "label: Go\nurl: http://example.com/"))[0][:2] == (
        BODY_LINE + 2,
        "bad-value",
    )


def test_placeholders_are_found_in_linear_time() -> None:
    assert quiz.with_token("a\n{{ quiz_url }}\n\n{{quiz_url}}")[1] == [1, 3]
    assert_linear(quiz.with_token, lambda size: "{{ quiz_url }} " * (size // 15), 300_000)
