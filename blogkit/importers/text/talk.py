"""Recognise an assistant's words before and after a post."""

from __future__ import annotations

import re
from typing import Literal

Headline = Literal["title", "head", ""]
"""What follows a sentence: the text's only `#` heading, another line like a heading, or text."""
_MADE = r"(?:blog ?posts?|posts?|articles?|drafts?|versions?|rewrites?|write-?ups?|explainers?)"
_ICONS = "\u200d\u2190-\u21ff\u2300-\u2bff\ufe0f\U0001f000-\U0001faff"
_AGREES = (
    r"(?:certainly|sure(?: thing)?|absolutely|of course|great (?:question|idea|topic)|no problem|"
    rf"got it|okay|ok)\b[!,.:— {_ICONS}]*"
)
_OFFERS = (
    r"(?:here(?:'s|’s| is)|below is|"
    r"i(?:'ve|’ve| have) (?:written|created|prepared|drafted|put together))"
)
_OFFERED = rf"{_OFFERS} (?:a|an|the|your|my)\b.{{0,120}}\b{_MADE}\b.{{0,160}}[:!]"
_AGREES_HINDI = r"(?:ज़रूर|जरूर|बिल्कुल|बिलकुल|अवश्य|ठीक है|निश्चित रूप से)\s*[!,.।— ]\s*"
_OFFERED_HINDI = (
    r"(?:यहाँ|यहां|यह रहा|यह रही|ये रहा|ये रही|लीजिए|नीचे|प्रस्तुत है)\s[^।.!:]{0,160}"
    r"(?:पोस्ट|लेख|आर्टिकल|ब्लॉग|ड्राफ़्ट|ड्राफ्ट|मसौदा)[^।.!:]{0,80}[:!।]"
)
_OPENING = re.compile(
    rf"(?:{_AGREES})+(?:{_OFFERED}|{_OFFERS}.{{0,200}}[:!])?|{_OFFERED}|"
    rf"(?:{_AGREES_HINDI})*{_OFFERED_HINDI}",
    re.IGNORECASE,
)
"""Agreement alone, or the offer of a text, wherever it is at the top."""

_END = rf"[\s.:!…{_ICONS}]*"
_ONE = r"(?:blog ?post|post|article|drafts?|versions?|rewrite|write-?up|explainer)"
# the noun names the assistant's text only if the phrase goes on like this: not "post office",
# "the draft of the bill", "Article 370"
_MADE_FOR_YOU = (
    rf"{_ONE}(?:(?: of (?:your|the|this) (?:{_MADE}|text|content))?"
    r"(?=\W*$|\s*[,:;(—–]| (?:-|on|about|for|in|with|based|that|you|ready|below|from|covering|"
    rf"using|written|formatted|optimi[sz]ed|as)\b|\s*[.!][\s{_ICONS}]*(?:$|[A-Z])|\s*[{_ICONS}]))"
)
_OFFER = (
    rf"{_OFFERS} (?:a|an|the|your|my)\b[^.!?]{{0,120}}?\b{_MADE_FOR_YOU}[^.!?]{{0,160}}|"
    r"(?P<plain>(?:the|your)(?: [\w-]+){0,4}? (?:post|article|write-?up|explainer) "
    r"(?:follows|(?:comes|follows|is) below|is ready)|here you go|here it is)|"
    r"here(?:'s|’s| is) what you (?:asked|wanted)[^.!?]{0,60}"
)
_MORE = (
    r"(?:(?:it(?:'s|’s| is| has been)|i(?:'ve|’ve| have)) (?:also )?(?:added|formatted|included|"
    r"kept|made|optimi[sz]ed|ready|structured|used|written)|(?:you can|just|simply|feel free to) "
    r"(?:adjust|copy|customi[sz]e|edit|paste|publish|tweak)|let me know|enjoy|hope)\b[^.!?]{0,160}"
)
"""Further sentences about the text that was offered."""
_SENTENCE = re.compile(
    rf"(?P<agrees>(?:{_AGREES})+)?(?P<offer>{_OFFER})(?:{_END} {_MORE}){{0,3}}{_END}",
    re.IGNORECASE,
)
_FOR_YOU = re.compile(
    rf"{_OFFERS} your\b|\b\d[\d,]*[- ]word\b|\bseo[- ](?:friendly|optimi[sz]ed|ready)|"
    r"\b(?:a|the) polished\b|\bin (?:clean |plain |valid )?(?:markdown|html)\b|"
    r"\bready (?:for|to) (?:blogger|wordpress|copy|paste|post|publish|use)\b|"
    rf"\bbelow[\s.:!{_ICONS}]*$|👇|⬇",
    re.IGNORECASE,
)
"""What bloggers hardly write about their own post, and assistants write about theirs."""
_AGREES_FIRST = re.compile(
    rf"(?:{_AGREES})+(?:here|i(?:'d|’d|'ll|’ll| would| will| can)|let me)\b[^.!?]{{0,160}}{_END}",
    re.IGNORECASE,
)

_YOU_WANT = r"you(?:'d|’d| would)? (?:like|want|need|prefer)"
_EDITS = (
    r"(?:add|adapt|adjust|change|convert|create|draft|expand|format|generate|help|include|make|"
    r"provide|revise|rewrite|shorten|tailor|turn|tweak|write)"
)
_CLOSING = re.compile(
    rf"(?:let me know (?:if|whether|what|when) ?(?:{_YOU_WANT} (?:me|any|this|it|more|changes|"
    rf"to {_EDITS}|an?\b.{{0,40}}\b(?:version|post|article|draft|title|section))\b|any changes)|"
    r"(?:would|do) you (?:like|want) me to|want me to|shall i (?:also|add|make|turn)|"
    rf"if {_YOU_WANT}[^.?!]{{0,80}}\bi(?: can|'ll|’ll|’d|'d) (?:also |then )?{_EDITS}\b|"
    rf"i can also {_EDITS}\b|i hope this (?:helps|post|article|draft)\b|hope this helps|"
    r"feel free to (?:customi[sz]e|modify|adjust|edit|tweak|change)|"
    r"happy to (?:adjust|revise|tweak)|is there anything else (?:you|i)\b|"
    r"this (?:post|article|draft|version) can be (?:tailored|adjusted)|"
    r"क्या (?:आप (?:चाहेंगे|चाहेंगी|चाहते हैं|चाहती हैं) कि मैं|मैं (?:इसमें|इसे|इस पोस्ट|इस लेख))\s|"
    r"(?:अगर|यदि) आप (?:चाहें|चाहते हैं|चाहती हैं),? (?:तो )?मैं\s)",
    re.IGNORECASE,
)
_SHORT, _LONGEST = 400, 700


def is_opening(words: str, headline: Headline) -> bool:
    """Return whether a text's first paragraph is certainly an assistant's.

    Args:
        words: The paragraph, without emphasis around it.
        headline: What follows it.
    """
    if len(words) > _SHORT:
        return False
    if _OPENING.fullmatch(words):
        return True
    found = _SENTENCE.fullmatch(words)
    if not found or not headline:
        return False
    is_for_you = bool(found["plain"] or _FOR_YOU.search(words))
    if headline == "title":
        return is_for_you or bool(found["agrees"])
    return bool(found["agrees"]) and is_for_you


def may_be_opening(words: str, headline: Headline) -> bool:
    """Return whether a text's first paragraph may be an assistant's, which its author can tell.

    Args:
        words: The paragraph, without emphasis around it.
        headline: What follows it.
    """
    if len(words) > _SHORT or not headline:
        return False
    is_agreed = headline == "title" and _AGREES_FIRST.fullmatch(words)
    return bool(is_agreed or _SENTENCE.fullmatch(words))


def is_closing(words: str) -> bool:
    """Return whether a text's last paragraph is an assistant's.

    Args:
        words: The paragraph, without emphasis around it.
    """
    return len(words) <= _LONGEST and bool(_CLOSING.match(words)) and "comment" not in words.lower()
