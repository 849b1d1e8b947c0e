"""Convert timelines, boxes of key details and question lists to widget calls.

A function returns None for what is something else, and raises `Uncertain` for what is doubtful.
"""

from __future__ import annotations

import re
from typing import Any

from blogkit.importers.html.dates import MONTH
from blogkit.importers.html.inline import Line, Uncertain, broken_and, icon_and, is_icon
from blogkit.importers.html.shapes import WidgetCandidate, WidgetMatch, shape_of, title_of
from blogkit.importers.question_words import QUESTION_MARKS
from blogkit.render.formats.dates import are_dates

TIMELINE = re.compile(r"timeline|chronolog|milestone|घटनाक्रम|समयरेखा|ٹائم لائن", re.IGNORECASE)
DETAILS = re.compile(
    r"key[ _-]*(?:detail|fact|info|highlight)|quick[ _-]*(?:facts?|info|look)|at[ _-]a["
    r" _-]glance|\binfo[ _-]?(?:box|card|grid)|"
    r"\bfact[ _-]?(?:box|file|sheet)|\bmeta[ _-]?(?:box|grid|info)|\b\w+-details\b|\bdetails-\w+|"
    r"मुख्य (?:बातें|तथ्य|विवरण|जानकारी)|اہم (?:تفصیلات|نکات|حقائق)",
    re.IGNORECASE,
)
QUESTIONS = re.compile(
    r"\bpyqs?\b|previous[ _-]*years?|(?:practice|mains|prelims|exam|important)["
    r" _-]*questions?|question-?list",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"\b(?:1\d|20)\d\d(?:s|\b)|\b\d+"
    rf" (?:BCE?|CE|AD)\b|\b{MONTH}\b|\b(?:Now|Present|Today|Ongoing|Currently|Current)\b|\bDay"
    r" \d+\b",
)
_LONGEST_LABEL = 48
_LABELLED = re.compile(
    r"(?:\*\*(?P<bold>[^*]{1,60}?)\*\*\s*:?|(?P<plain>[^:*\[\]`]{1,48}):)\s+(?P<value>\S.*)"
)
_ASKS = re.compile(
    r"(?:critically |briefly"
    r" )?(?:discuss|examine|analy[sz]e|explain|comment|evaluate|elucidate|assess|account|describe|compare|write|"  # noqa: E501
    r"short note|enumerate|illustrate|justify|what|why|how|which|who|when|do you|is |are"
    r" |should|consider)",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"(?:GS|GS Paper|Paper|General Studies|General Studies Paper)[ -]?(?:IV|I{1,3}|[1-4])"
)
_EXAM = re.compile(
    r"((?:UPSC|SSC|State PSC|[A-Z]{2,5}PSC|NDA|CDS|CAPF|IBPS|RRB|NET)[A-Za-z ]*?) ((?:19|20)\d\d)"
)


def timeline(candidate: WidgetCandidate) -> WidgetMatch | None:
    """Return a call of `timeline`; None if nothing identifies the element as one.

    Raises:
        Uncertain: It is called a timeline, but is not a list of events with dates.
    """
    if not candidate.speaks_of(TIMELINE):
        return None
    shape = shape_of(candidate)
    if len(shape.groups) < 2:
        return None
    return WidgetMatch(
        "timeline", title_of(shape.heads), {"events": [_event(lines) for lines in shape.groups]}
    )


def _event(lines: list[Line]) -> dict[str, Any]:
    if len(lines) > 1 and is_icon(lines[0].text):
        label, title, *text = _parted(lines[1:])
        label = f"{lines[0].text} {label}"
    else:
        label, title, *text = _parted(lines)
    event = {moment_field(label): label, "title": title}
    if text:
        event["text"] = text[0]
    return {**event, "current": True} if label.casefold() == "now" else event


def moment_field(label: str) -> str:
    """Return the field of an event's time: 2021-12 is a date, which the language writes."""
    return "date" if are_dates([label]) else "label"


def _parted(lines: list[Line]) -> list[str]:
    """Return an event's label, title and optional text."""
    first, *rest = lines
    if len(rest) > 2:
        raise Uncertain(f'"{first.text[:40]}" has more lines than an event can have')
    if rest and is_moment(first.text):
        title, *text = rest
        return [
            first.markdown(bold=False).rstrip(": "),
            title.markdown(bold=False),
            *(line.markdown() for line in text),
        ]
    label, title_ = _label_and_rest(first)
    if len(rest) > 1:
        raise Uncertain(f'"{first.text[:40]}" has more lines than an event can have')
    return [label, title_, *(line.markdown() for line in rest)]


def _label_and_rest(line: Line) -> tuple[str, str]:
    if split := line.split():
        label, rest = split[0].markdown(bold=False), split[1].markdown(bold=False)
    else:
        label, _, rest = re.sub(r"\s+[–—-]\s+", ": ", line.markdown(), count=1).partition(": ")
    label, rest = label.strip(" :–—-"), rest.strip(" ").lstrip(":–—- ")
    if not rest or not is_moment(label) or re.search(r"[*`\[]", label):
        raise Uncertain(f'"{line.text[:40]}" has no date')
    return label, rest


def is_moment(text: str) -> bool:
    """Return whether a short text names a time."""
    return len(text) <= _LONGEST_LABEL and bool(_MOMENT.search(text))


def meta_box(candidate: WidgetCandidate) -> WidgetMatch | None:
    """Return a call of `meta-box`; None if nothing identifies the element as one.

    Raises:
        Uncertain: It is called key details, but is not a list of labels and values.
    """
    if not candidate.speaks_of(DETAILS):
        return None
    shape = shape_of(candidate)
    if len(shape.groups) < 2:
        return None
    icon, title = icon_and(title_of(shape.heads))
    items = [_detail(lines) for lines in shape.groups]
    return WidgetMatch(
        "meta-box", title, {**({"icon": icon} if icon and title else {}), "items": items}
    )


def _detail(lines: list[Line]) -> dict[str, Any]:
    icon = ""
    if len(lines) == 3 and is_icon(lines[0].text):
        icon, lines = lines[0].text, lines[1:]
    if len(lines) == 2:
        label, value = lines[0].markdown(bold=False), lines[1].markdown()
        if not icon:
            icon, label = icon_and(label)
    elif len(lines) == 1:
        icon, label, value = _labelled(lines[0])
    else:
        raise Uncertain(f'"{lines[0].text[:40]}" is not a label and a value')
    label = label.rstrip(": ")
    if not (label and value) or len(label) > _LONGEST_LABEL:
        raise Uncertain(f'"{lines[0].text[:40]}" is not a label and a value')
    return {**({"icon": icon} if icon else {}), "label": label, "value": value}


def _labelled(line: Line) -> tuple[str, str, str]:
    broken, words = broken_and(line.markdown())
    icon, words = icon_and(words)
    if broken and (found := _LABELLED.fullmatch(words)):
        return "", f"{broken} {found['bold'] or found['plain']}", found["value"]
    if found := _LABELLED.fullmatch(words):
        return icon, found["bold"] or found["plain"], found["value"]
    split = line.split()
    if split and not is_icon(split[0].text):
        icon, label = icon_and(split[0].markdown(bold=False))
        return icon, label, split[1].markdown().lstrip(": ")
    raise Uncertain(f'"{line.text[:40]}" is not a label and a value')


def questions(candidate: WidgetCandidate) -> WidgetMatch | None:
    """Return a call of `questions`; None if nothing identifies the element as one.

    Raises:
        Uncertain: It is called a list of questions, but does not read like one.
    """
    if not candidate.speaks_of(QUESTIONS):
        return None
    shape = shape_of(candidate)
    if len(shape.groups) < 2:
        return None
    if any(len(lines) != 1 for lines in shape.groups):
        raise Uncertain("its questions are not one paragraph each")
    badge = ""
    if len(shape.heads) == 2 and len(shape.heads[0].text) <= 16:
        badge = shape.heads.pop(0).markdown(bold=False)
    texts = [lines[0].markdown() for lines in shape.groups]
    start = shape.start if shape.ordered else 1
    # the widget counts itself, so "1. " and the like go if they are what it would show
    numbered = [re.match(rf"{start + n}[.)] ", text) for n, text in enumerate(texts)]
    if not shape.ordered and all(numbered):
        texts = [text[found.end() :] for text, found in zip(texts, numbered, strict=True) if found]
    items = [question_of(text) for text in texts]
    head = {"badge": badge} if badge else {}
    return WidgetMatch(
        "questions",
        title_of(shape.heads),
        {**head, **({"start": start} if start != 1 else {}), "items": items},
    )


def question_of(text: str) -> dict[str, Any]:
    """Return the fields of an exam question, from its Markdown.

    Raises:
        Uncertain: It does not read like a question.
    """
    plain = re.sub(r"[*_]", "", text)
    asked = re.search(r"\s*\(([^()\[\]]+)\)\s*\Z", text)
    facts = _facts(asked[1]) if asked else {}
    bare = re.sub(r"\s*\([^()]*\)\s*\Z", "", plain).rstrip()
    if not (bare.endswith(QUESTION_MARKS) or facts or _ASKS.match(plain.lstrip("Q0123456789.): "))):
        raise Uncertain(f'"{plain[:40]}" does not read like a question')
    return {"text": text[: asked.start()] if asked and facts else text, **facts}


def _facts(words: str) -> dict[str, Any]:
    """Return exam, paper, subject, marks and length in brackets, in display order.

    It is {} for other text.
    """
    facts: dict[str, Any] = {}
    for part in (part.strip() for part in re.split(r"[,;:|]| [–—-] ", words)):
        if found := _EXAM.fullmatch(part):
            name, value = "exam", {"exam": found[1], "year": int(found[2])}
        elif re.fullmatch(r"(?:19|20)\d\d", part):
            name, value = "year", {"year": int(part)}
        elif _PAPER.fullmatch(part):
            name, value = "paper", {"paper": part}
        elif re.fullmatch(r"\d+ marks?", part, re.IGNORECASE):
            name, value = "marks", {"marks": part}
        elif re.fullmatch(r"\d+ words?", part, re.IGNORECASE):
            name, value = "words", {"words": part}
        elif re.fullmatch(r"[A-Z][A-Za-z&' -]{2,60}", part) and "paper" in facts:
            name, value = "subject", {"subject": part}
        else:
            return {}
        # The widget shows them in its own order. In another one, words of the page would move.
        order = ("exam", "year", "paper", "subject", "marks", "words")
        if any(order.index(name) <= order.index(given) for given in facts):
            return {}
        facts |= value
    return facts
