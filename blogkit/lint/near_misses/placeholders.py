"""Find misspelt placeholders of the quiz link, and addresses that were never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.body_lines import BodyLine
from blogkit.lint.near_misses.miss import Miss, miss

PLACEHOLDER_CODE = "near-placeholder"
_QUIZ = re.compile(
    r"(?P<open>\{\{|\[\[|\{%|<%|\$\{|\{|%)[ \t]*"
    r"(?P<name>(?:quiz|mock[ _-]?test)[ _-]?(?:url|link|address|href)?)[ \t]*"
    r"(?P<close>\}\}|\]\]|%\}|%>|\}|%)",
    re.IGNORECASE,
)
_RIGHT = re.compile(r"\{\{[ \t]*quiz_url[ \t]*\}\}")
_YOURS = re.compile(
    r"(?<![\w/.-])#?(?P<word>YOUR[_-](?!MOCK_TEST_LINK_HERE)(?:[A-Z0-9]+[_-]){0,4}(?:LINK|URL|ADDRESS)(?:[_-]HERE)?)\b|"
    r"(?<=\]\()#?your[-_ ](?:[a-z0-9]+[-_ ]){0,3}(?:link|url|address)(?:[-_ ]here)?(?=\))|"
    r"(?<=href=[\"'])#?your[-_ ](?:[a-z0-9]+[-_ ]){0,3}(?:link|url|address)(?:[-_ ]here)?(?=[\"'])|"
    r"(?<=\]\()(?:https?://)?(?:link|url|insert[-_]link|paste[-_]link)(?:[-_]here)?(?=\))"
)
PLACEHOLDER_SUSPECT = re.compile(
    r"[\[{%][ \t]*(?:quiz(?!-button\})|mock[ _-]?test)|your[-_ ].{0,40}(?:link|url|address)|"
    r"\]\((?:https?://)?(?:link|url|insert|paste)",
    re.IGNORECASE,
)
"""A quick look for what can be an error."""
_QUOTES = "\"'“”‘’«»`"


def near_placeholders(context: LintContext) -> Iterator[Miss]:
    """Yield placeholders that blogkit does not know, and addresses such as #YOUR_LINK."""
    if not PLACEHOLDER_SUSPECT.search(context.post.body):
        return
    parts = context.parts
    for line in (*parts.prose, *parts.data):
        yield from _quiz(context, line)
        for found in _YOURS.finditer(line.text):
            if _is_quoted(line, found) or re.fullmatch(r"YOUR_[A-Z0-9_]+_HERE", found[0]):
                continue  # the check placeholder reports the latter
            message = f'"{found[0]}" is not an address; readers would follow it to nothing'
            hint = "write the address, or {{ quiz_url }} for the mock test's"
            yield miss(context, PLACEHOLDER_CODE, line.number, message, hint)


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
    doubled = found["open"] in ("{{", "[[")
    return _PAIRS[found["open"]] == found["close"] and bool(names_link or doubled)


def _is_quoted(line: BodyLine, found: re.Match[str]) -> bool:
    """Return whether a sentence only talks about it; the values of a call may be in quotes."""
    before, after = line.text[: found.start()], line.text[found.end() :][:1]
    if line.in_call or before.endswith(('="', "='")):
        return False
    return before[-1:] != "" and before[-1] in _QUOTES and after != "" and after in _QUOTES
