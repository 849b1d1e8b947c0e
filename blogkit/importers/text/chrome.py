"""Find the lines of a pasted text that are not part of the post."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blogkit.importers.html.boilerplate import CHROME, drop_reason, is_count
from blogkit.importers.text.rows import Row, in_fences, unmarked
from blogkit.lint.placeholders import INSTRUCTION
from blogkit.render.quiz import QUIZ_PLACEHOLDER

CHAT = "chat text around the post"
_MADE = r"(?:blog ?posts?|posts?|articles?|drafts?|versions?|rewrites?|write-?ups?|explainers?)"
_AGREES = (
    r"(?:certainly|sure(?: thing)?|absolutely|of course|great (?:question|idea|topic)|no problem|"
    r"got it|okay|ok)\b[!,.:— ]*"
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
"""Agreement alone, or the offer of a text."""
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
_ALONE = re.compile(
    r"(?:chatgpt|gemini|claude|copilot|you|user|assistant) said:?|"
    r"copy code|copy to clipboard|copy link|regenerate(?: response)?|retry|"
    r"good response|bad response|read aloud|show (?:thinking|drafts|more)|hide thinking|"
    r"(?:thought|reasoned|worked) for (?:a few|a couple of|\d+) (?:seconds?|minutes?)|"
    r"export to (?:sheets|docs)|open in (?:editor|canvas)|"
    r"was this response (?:helpful|better)\??.{0,30}|searched the web|"
    r"(?:chatgpt|gemini|claude|copilot|ai|perplexity)(?: is ai and)? can make mistakes.{0,80}|"
    r"ask anything|message chatgpt|new chat|upgrade (?:plan|to plus)|skip to content|"
    r"chat history|\d+ sources?|send a message|"
    r"forwarded(?: many times)?|<media omitted>|"
    r"(?:image|video|audio|document|sticker|gif|contact card) omitted",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:#{1,6} )?\**(?:chatgpt|gemini|claude|copilot|you|user|assistant) said:?\**", re.IGNORECASE
)
_BESIDE = frozenset(
    {"copy", "edit", "share", "listen", "like", "dislike", "markdown", "html", "you", "chatgpt"}
    | {"gemini", "claude", "copilot", "sources", "more", "retry", "4o", "canvas", "text"}
)
"""What belongs to a chat's page only beside another line of it."""
MARKS = re.compile(
    r"【\d+[^】]{0,40}】|:contentReference\[[^\]]{0,40}\](?:\{[^}]{0,40}\})?|\[oaicite:\d+\]|"
    r"\ue200[^\ue201]{0,120}\ue201|[\ue200-\ue206]|\[cite_start\]|\[cite: ?[\d, ]+\]"
)
"""References that assistants put into texts, and that lead nowhere outside the chat."""
SENT = re.compile(
    r"\s*(?:\[\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?\] "
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)? - )"
    r"~?\s?[^:\n]{1,40}: ?",
    re.IGNORECASE,
)
"""What WhatsApp writes before a message that is copied or exported: its time and its sender."""
_SHORT, _LONGEST = 400, 700


def reasons_of(rows: Sequence[Row]) -> list[str]:
    """Return for each line why it is not part of the post; "" if it is."""
    code = in_fences(rows)
    reasons = ["" if at in code else _reason(row) for at, row in enumerate(rows)]
    shown = [at for at, row in enumerate(rows) if row.words]
    for at, row in enumerate(rows):
        if not reasons[at] and _is_prompt(rows, at):
            reasons[at] = CHAT if row.words else ""
    for _ in range(2):
        for place, at in enumerate(shown):
            beside = {reasons[other] for other in shown[max(place - 1, 0) : place + 2]}
            words = rows[at].words
            if not reasons[at] and CHROME in beside and is_count(words):
                reasons[at] = CHROME
            elif not reasons[at] and CHAT in beside and words.lower() in _BESIDE:
                reasons[at] = CHAT
    _mark_ends(rows, reasons)
    # the count above the title, where a theme shows the number of comments
    first = [at for at in shown[:6] if not reasons[at]]
    if len(first) > 1 and is_count(rows[first[0]].words) and CHROME in reasons:
        reasons[first[0]] = CHROME
    for at in first[1:3]:
        if is_count(rows[at].words) and CHROME in [reasons[one] for one in shown if one < at]:
            reasons[at] = CHROME
    return reasons


def asks_for_quiz(rows: Sequence[Row]) -> bool:
    """Return whether an instruction tells the author to add the link of a mock test."""
    return any(QUIZ_PLACEHOLDER.search(row.text) and INSTRUCTION.search(row.text) for row in rows)


def _reason(row: Row) -> str:
    words = unmarked(re.sub(r"^(?:#{1,6}|>)\s+", "", row.words))
    if not words or len(words) > 900 or row.words.startswith(("|", ">")):
        return ""
    if _ALONE.fullmatch(words):
        return CHAT
    return drop_reason(words)


def _is_prompt(rows: Sequence[Row], at: int) -> bool:
    """Return whether a line is what its author asked: between "You said:" and the answer."""
    before = [row.words for row in rows[:at] if _SAID.fullmatch(row.words)]
    after = any(_SAID.fullmatch(row.words) for row in rows[at:])
    asks = before and re.search(r"(?:you|user) said", before[-1], re.IGNORECASE)
    return bool(asks) and after


def _mark_ends(rows: Sequence[Row], reasons: list[str]) -> None:
    """Mark an assistant's words before and after the post, with the rules beside them."""
    groups = _paragraphs(rows, reasons)
    if len(groups) > 1 and _is_opening(rows, groups[0]):
        _mark(reasons, groups[0])
        if re.fullmatch(r"[-*_]{3,}", rows[groups[1][0]].words):
            _mark(reasons, groups[1])
    while len(groups := _paragraphs(rows, reasons)) > 1 and _is_closing(rows, groups[-1]):
        _mark(reasons, groups[-1])
        if re.fullmatch(r"[-*_]{3,}", rows[groups[-2][0]].words):
            _mark(reasons, groups[-2])


def _mark(reasons: list[str], group: list[int]) -> None:
    for at in group:
        reasons[at] = CHAT


def _paragraphs(rows: Sequence[Row], reasons: Sequence[str]) -> list[list[int]]:
    groups: list[list[int]] = [[]]
    for at, row in enumerate(rows):
        if row.words and not reasons[at]:
            groups[-1].append(at)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _is_opening(rows: Sequence[Row], group: list[int]) -> bool:
    words = unmarked(" ".join(rows[at].words for at in group))
    return len(words) <= _SHORT and bool(_OPENING.fullmatch(words))


def _is_closing(rows: Sequence[Row], group: list[int]) -> bool:
    words = unmarked(" ".join(rows[at].words for at in group))
    return len(words) <= _LONGEST and bool(_CLOSING.match(words)) and "comment" not in words.lower()
