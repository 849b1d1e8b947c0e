"""Find misspelt placeholders of the quiz link, and addresses that were never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.body_lines import BodyLine
from blogkit.lint.near_misses.generator_tags import LIQUID_OBJECT
from blogkit.lint.near_misses.miss import Miss, miss
from blogkit.lint.placeholders import PLACEHOLDER_TEXT
from blogkit.lint.required_words import SearchedText
from blogkit.patterns import lazy_pattern
from blogkit.render.quiz import QUIZ_PLACEHOLDER

PLACEHOLDER_CODE = "near-placeholder"
_QUIZ = lazy_pattern(
    r"(?P<open>\{\{|\[\[|\{%|<%|\$\{|\{|%)[ \t]*"
    r"(?P<name>(?:quiz|mock[ _-]?test)[ _-]?(?:url|link|address|href)?)[ \t]*"
    r"(?P<close>\}\}|\]\]|%\}|%>|\}|%)",
    re.IGNORECASE,
)
_RIGHT = lazy_pattern(r"\{\{[ \t]*quiz_url[ \t]*\}\}")
_YOURS = lazy_pattern(
    r"(?<![\w/.-])#?YOUR[_-](?!MOCK_TEST_LINK_HERE)(?:[A-Z0-9]+[_-]){0,4}"
    r"(?:LINK|URL|ADDRESS)(?:[_-]HERE)?\b"
)
_ADDRESS = lazy_pattern(
    r"(?:\]\(<?|href=[\"'])(?P<address>[^()<>\"'\n]{1,200}?)(?=[)>\"']|[ \t]+[\"'])"
)
_ASKS = "(?:INSERT|PASTE|ADD|PUT|ENTER|TEST|QUIZ|YOUR|THE)[-_ ]"
_UNFILLED = (
    lazy_pattern(rf"(?:https?://)?(?:{_ASKS})?(?:[A-Z0-9]+[-_ ]){{0,2}}(?:LINK|URL)(?:[-_ ]HERE)?"),
    lazy_pattern(rf"#{_ASKS}(?:[A-Z0-9]+[-_ ]){{0,2}}(?:LINK|URL)(?:[-_ ]HERE)?"),
    # `#link` and `#link-here` can be headings, which are in small letters with hyphens
    lazy_pattern(r"#(?:[A-Z0-9]+[-_ ]){0,2}(?:LINK|URL)[-_ ]HERE|#(?:link|url)_here"),
    lazy_pattern(
        r"(?:https?://)?(?:(?:insert|paste|add)[-_ ](?:(?:your|the)[-_ ])?)?(?:link|url)"
        r"(?:[-_ ]here)?"
    ),
    lazy_pattern(
        r"#?(?:https?://)?(?:www\.)?your[-_ ]?(?:[a-z0-9]+[-_ ]){0,3}"
        r"(?:link|url|address|web-?site|site|domain|blog)(?:[-_ ]here)?"
        r"(?:\.[a-z.]{2,12}(?:/\S*)?)?",
        re.IGNORECASE,
    ),
)
"""What templates have in the place of an address."""
_BARE_QUIZ = lazy_pattern(
    r"#?\$?(?:quiz_?(?:url|link)|QUIZ[-_]?(?:URL|LINK)|mock_?test_(?:url|link)|MOCK_TEST_(?:URL|LINK))"
)
_BRACES = lazy_pattern(
    rf"\{{\{{?[ \t]*(?!{LIQUID_OBJECT})[\w. -]*(?:quiz|test|link|url)[\w. -]*\}}{{0,2}}",
    re.IGNORECASE,
)
_QUIZ_SUSPECT = rb"[ \t]*(?:quiz(?!-button\})|mock[ _-]?test)"
_UNFILLED_SUSPECT = rb"[^()<>\"'\n]{0,240}(?:link|url|quiz|test|your)"
_YOUR_SUSPECT = lazy_pattern(rb"YOUR[_-](?!MOCK_TEST_LINK_HERE)")
_SUSPECTS = (
    *(lazy_pattern(re.escape(sign) + _QUIZ_SUSPECT) for sign in (b"[", b"{", b"%")),
    lazy_pattern(rb"\]\(<?" + _UNFILLED_SUSPECT),
    lazy_pattern(rb"href=[\"']" + _UNFILLED_SUSPECT),
)
"""For bytes in lower case; a character has up to four. There are several patterns because Python
finds the first sign of one quickly, but not that of one of several.
"""
_QUOTES = "\"'“”‘’«»`"


def may_have_placeholder(body: SearchedText) -> bool:
    """Return whether a body may hold what is an error; False is certain."""
    return (
        body.is_folded
        or bool(_YOUR_SUSPECT.search(body.data))
        or any(suspect.search(body.low) for suspect in _SUSPECTS)
    )


def near_placeholders(context: LintContext) -> Iterator[Miss]:
    """Yield placeholders that blogkit does not know, and addresses such as #YOUR_LINK."""
    if may_have_placeholder(context.searched_body):
        yield from _found(context)


def _found(context: LintContext) -> Iterator[Miss]:
    parts = context.parts
    for line in (*parts.prose, *parts.data):
        yield from _quiz(context, line)
        told = list(_YOURS.finditer(line.text))
        for found in told:
            if not _is_quoted(line, found):
                yield from _unfilled(context, line, found[0])
        for found in _ADDRESS.finditer(line.text):
            if not any(found.start() < one.end() and one.start() < found.end() for one in told):
                yield from _address(context, line, found)


def _unfilled(context: LintContext, line: BodyLine, words: str) -> Iterator[Miss]:
    if not PLACEHOLDER_TEXT.search(words):  # the check placeholder reports those
        message = f'"{words}" is not an address; readers would follow it to nothing'
        hint = "write the address, or {{ quiz_url }} for the mock test's"
        yield miss(context, PLACEHOLDER_CODE, line.number, message, hint)


def _address(context: LintContext, line: BodyLine, found: re.Match[str]) -> Iterator[Miss]:
    address = found["address"]
    if QUIZ_PLACEHOLDER.search(address):
        return
    if _BARE_QUIZ.fullmatch(address):
        message = f'"{address}" is not the placeholder of the quiz link'
        repair = line.repair(found.start("address"), address, "{{ quiz_url }}")
        yield miss(context, PLACEHOLDER_CODE, line.number, message, "", repair)
    elif _BRACES.fullmatch(address):
        quiz = _QUIZ.fullmatch(address)
        if not quiz or not _is_pair(quiz):  # else `_quiz` reports it
            message = f'"{address}" is not the placeholder of the quiz link'
            hint = "write {{ quiz_url }}, or the address itself"
            yield miss(context, PLACEHOLDER_CODE, line.number, message, hint)
    elif any(pattern.fullmatch(address) for pattern in _UNFILLED):
        yield from _unfilled(context, line, address)


def _quiz(context: LintContext, line: BodyLine) -> Iterator[Miss]:
    for found in _QUIZ.finditer(line.text):
        if _RIGHT.fullmatch(found[0]) or _is_quoted(line, found) or not _is_pair(found):
            continue
        message = f'"{found[0]}" is not the placeholder of the quiz link'
        repair = line.repair(found.start(), found[0], "{{ quiz_url }}")
        yield miss(context, PLACEHOLDER_CODE, line.number, message, "", repair)


_PAIRS = {"{{": "}}", "[[": "]]", "{%": "%}", "<%": "%>", "${": "}", "{": "}", "%": "%"}


def _is_pair(found: re.Match[str]) -> bool:
    # `{quiz-button}` may be a widget's name in a sentence; a placeholder names the link
    names_link = re.search(r"(?:url|link|address|href)\Z", found["name"], re.IGNORECASE)
    if found["open"] in ("{{", "{") and found["close"] in ("}}", "}") and names_link:
        return True  # also with a brace too few
    doubled = found["open"] in ("{{", "[[")
    return _PAIRS[found["open"]] == found["close"] and bool(names_link or doubled)


def _is_quoted(line: BodyLine, found: re.Match[str]) -> bool:
    """Return whether a sentence only talks about it; the values of a call may be in quotes."""
    before, after = line.text[: found.start()], line.text[found.end() :][:1]
    if line.in_call or before.endswith(('="', "='")):
        return False
    return before[-1:] != "" and before[-1] in _QUOTES and after != "" and after in _QUOTES
