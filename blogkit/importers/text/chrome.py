"""Find the lines of a pasted text that are not part of the post."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from blogkit.importers.html.boilerplate import CHROME, drop_reason, is_count
from blogkit.importers.text import talk
from blogkit.importers.text.rows import Row, heading_of, in_fences, unmarked
from blogkit.lint.placeholders import INSTRUCTION
from blogkit.render.quiz import QUIZ_PLACEHOLDER

CHAT = "chat text around the post"
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
_RULE = re.compile(r"[-*_]{3,}")
_LONGEST_HEAD = 100


def reasons_of(rows: Sequence[Row], *, is_titled: bool = False) -> list[str]:
    """Return for each line why it is not part of the post; "" if it is.

    Args:
        rows: The lines.
        is_titled: Whether front matter is above them, so that no line of theirs is the headline.
    """
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
    _mark_ends(rows, reasons, is_titled)
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


def maybe_opening(rows: Sequence[Row]) -> Row | None:
    """Return the first line of what may be an assistant's words before the post; else None.

    Args:
        rows: The lines of the post, without those that were left out.
    """
    first = _first_paragraph(rows, [""] * len(rows))
    if not first or not talk.may_be_opening(_words(rows, first), _headline_below(rows, first)):
        return None
    return rows[first[0]]


def _mark_ends(rows: Sequence[Row], reasons: list[str], is_titled: bool) -> None:
    """Mark an assistant's words before and after the post, with the rules beside them."""
    while first := _first_paragraph(rows, reasons):
        below = _headline_below(rows, first)
        if not talk.is_opening(_words(rows, first), "head" if below and is_titled else below):
            break
        _mark(reasons, first)
        groups = _paragraphs(rows, reasons)
        if _RULE.fullmatch(rows[groups[0][0]].words):
            _mark(reasons, groups[0])
    code = in_fences(rows)
    while len(groups := _paragraphs(rows, reasons)) > 1 and groups[-1][0] not in code:
        if not talk.is_closing(_words(rows, groups[-1])):
            break
        _mark(reasons, groups[-1])
        rule = groups[-2][0]
        # right below a line it makes a heading of that line
        if _RULE.fullmatch(rows[rule].words) and not (rule and rows[rule - 1].words):
            _mark(reasons, groups[-2])


def _mark(reasons: list[str], group: list[int]) -> None:
    for at in group:
        reasons[at] = CHAT


def _words(rows: Sequence[Row], group: list[int]) -> str:
    return unmarked(" ".join(rows[at].words for at in group))


def _first_paragraph(rows: Sequence[Row], reasons: Sequence[str]) -> list[int]:
    """Return the lines above the first heading or blank line; [] if nothing follows them."""
    groups = _paragraphs(rows, reasons)
    if not groups or groups[0][0] in in_fences(rows):
        return []
    first = [*takewhile(lambda at: not heading_of(rows[at].text), groups[0])]
    return first if len(groups) > 1 or len(first) < len(groups[0]) else []


def _headline_below(rows: Sequence[Row], group: list[int]) -> talk.Headline:
    """Return what a paragraph is above; a rule between them does not count."""
    start = next(
        (
            at
            for at, row in enumerate(rows)
            if at > group[-1] and row.words and not _RULE.fullmatch(row.words)
        ),
        None,
    )
    if start is None:
        return ""
    code, words = in_fences(rows), rows[start].words
    heads = [heading_of(row.text) for at, row in enumerate(rows) if at not in code]
    below = rows[start + 1].words if start + 1 < len(rows) else ""
    if found := heading_of(rows[start].text):
        # several of them are the sections of a text that may begin with the paragraph
        is_only = found[0] == 1 and sum(head[0] == 1 for head in heads if head) == 1
        return "title" if is_only else "head"
    is_line = len(words) <= _LONGEST_HEAD and words[-1] not in ".,;:!" and not below
    return "head" if is_line or re.fullmatch("={3,}|-{3,}", below) else ""


def _paragraphs(rows: Sequence[Row], reasons: Sequence[str]) -> list[list[int]]:
    """Return the lines of each paragraph; a rule is one of its own."""
    code = in_fences(rows)
    groups: list[list[int]] = [[]]
    for at, row in enumerate(rows):
        is_rule = at not in code and _RULE.fullmatch(row.words)
        if not row.words or reasons[at] or is_rule:
            groups.append([])
        if row.words and not reasons[at]:
            groups[-1].append(at)
        if is_rule:
            groups.append([])
    return [group for group in groups if group]
