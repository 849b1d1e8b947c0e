"""Find words not meant for readers: placeholders, and instructions pasted with the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.errors import Problem
from blogkit.lint.context import LintContext
from blogkit.lint.languages.instructions import INSTRUCTIONS_ABROAD
from blogkit.lint.required_words import Either, Needles
from blogkit.patterns import lazy_pattern

_PLACEHOLDER = Needles(
    lazy_pattern(
        # The quiz token is a placeholder that blogkit itself fills in.
        r"\b(?!YOUR_MOCK_TEST_LINK_HERE)YOUR_[A-Z0-9_]*[A-Z0-9]_HERE\b|\b(?:INSERT|ADD|PASTE|REPLACE)_[A-Z0-9_]+_HERE\b"
        r"|\[(?:INSERT|ADD|YOUR|PASTE|ENTER) [A-Z][A-Z ]+\]|\bAI GENERATED"
        r" (?:HEADER|IMAGE)\b|\b[Ll]orem ipsum dolor\b"
    ),
    parts=(
        *("_HERE", "[INSERT ", "[ADD ", "[YOUR ", "[PASTE ", "[ENTER "),
        *("AI GENERATED ", "orem ipsum dolor"),
    ),
    in_line=True,
)
_AD_AREA = Needles(
    lazy_pattern(r"^[ \t]*(?:[Aa]ds? [Aa]rea|ADS? AREA)[ \t]*$", re.MULTILINE),
    parts=(
        *(f"{ad} {area}" for ad in ("Ad", "Ads", "ad", "ads") for area in ("Area", "area")),
        *("AD AREA", "ADS AREA"),
    ),
    in_line=True,
    at_start=True,
)
PLACEHOLDER_TEXT = Either((_PLACEHOLDER, _AD_AREA))
ENGLISH_INSTRUCTION = Needles(
    lazy_pattern(
        r"\bhow to add your [\w -]{0,30}(?:link|code|script)\b|\bafter pasting (?:this|the)"
        r" (?:code|html|script)\b"
        r"|\b(?:find|locate) the (?:javascript|css|html) section\b|\bpaste (?:this|the"
        r" (?:above|below)) (?:code|html) (?:in|into|to)\b"
        r"|\breplace [\"“'‘][^\"”'’\n]{2,60}[\"”'’] with your\b"
        r"|\bas an ai (?:language )?(?:model|assistant)\b|\bas of my last (?:knowledge"
        r" )?(?:update|cutoff)\b|\bmy knowledge cutoff\b"
        r"|\bfeel free to (?:customi[sz]e|modify|adjust) (?:this|the)"
        r" (?:code|html|template|article|post)\b"
        r"|\blet me know if you(?:'d|’d| would) like (?:me|any changes)\b",
        re.IGNORECASE,
    ),
    (
        *("how to add your", "after pasting", "paste this", "paste the above", "paste the below"),
        *("the javascript section", "the css section", "the html section", "with your"),
        *("as an ai", "as of my last", "my knowledge cutoff", "feel free to", "let me know if you"),
    ),
    in_line=True,
)
ENGLISH_ANSWER = Needles(
    lazy_pattern(
        r"^[ \t]*(?:certainly|sure|absolutely)[!,.] (?:here(?:'s|’s| is| are)|below is)\b"
        r"|^[ \t]*here(?:'s|’s| is) (?:the|your) (?:updated|revised|rewritten|complete) "
        r"(?:code|html|article|post|version)\b",
        re.IGNORECASE | re.MULTILINE,
    ),
    ("certainly", "sure", "absolutely", "here"),
    in_line=True,
    at_start=True,
)
"""How an assistant begins an answer."""
INSTRUCTION = Either((ENGLISH_INSTRUCTION, ENGLISH_ANSWER, *INSTRUCTIONS_ABROAD))


def placeholder(context: LintContext) -> Iterator[Problem]:
    """Yield placeholder text. Text in quotation marks or code is exempt."""
    for line, words in [*_found(PLACEHOLDER_TEXT, context), *_addresses(context)]:
        message = f'"{words}" is a placeholder that readers would see'
        yield context.problem(
            line,
            "placeholder",
            message,
            "replace or delete it; if you are writing about it, put it in `code`",
        )


def leaked_instruction(context: LintContext) -> Iterator[Problem]:
    """Yield instructions from a template or an AI assistant. Quotes are exempt."""
    for line, words in _found(INSTRUCTION, context):
        message = f'"{words}" is addressed to the author, not to readers'
        yield context.problem(line, "leaked-instruction", message, "delete it")


def _found(needles: Needles | Either, context: LintContext) -> Iterator[tuple[int, str]]:
    if needles.may_hold(context.searched_fields):
        for _, text, line in context.fields:
            for match in needles.finditer(text):
                yield line, match[0].strip()
    for match in needles.finditer(context.searched_own):
        if not context.is_quoted(match.start(), match.end()):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield context.line(start), match[0].strip()


def _addresses(context: LintContext) -> Iterator[tuple[int, str]]:
    """Yield placeholders used as the address of a link or an image."""
    places = [
        (element.line, value)
        for element in context.elements
        if element.name in ("a", "img", "iframe", "form", "button")
        for value in element.attributes.values()
        if value
    ]
    if not PLACEHOLDER_TEXT.may_hold("\n".join(value for _, value in places)):
        return
    for line, value in places:
        if match := PLACEHOLDER_TEXT.search(value):
            yield line, match[0].strip()
