"""Predict what a site would do to HTML: what it removes, why, and what it keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import zip_longest

from blogkit.html import Token, attributes, tokenize
from blogkit.html.elements import FOREIGN, RAW_TEXT, RCDATA
from blogkit.sanitizers import facts, hints
from blogkit.sanitizers.attributes import judge_tag
from blogkit.sanitizers.comments import judge_comment, unbalanced_blocks
from blogkit.sanitizers.profiles import FOLDER, Profile
from blogkit.sanitizers.references import judge_text
from blogkit.sanitizers.verdict import Loss, Verdict, shorten

_SHORTCODE = re.compile(
    r"\[/?(?:wp_caption|caption|gallery|playlist|audio|video|embed)(?=[\s/\]])[^\[\]]*\]"
)
_TAG = re.compile(r"(<[^<>]*>)")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NAME = re.compile(r"([a-z][a-z0-9-]*)(?:[:.][a-z0-9:.-]*)?")
_BRACKET = re.compile(r"[<>]")
_END_TAG = re.compile(r"</[A-Za-z][A-Za-z0-9:-]*\s*>")
_BROKEN = (
    Loss(
        "this tag or declaration may be removed or shown",
        "WordPress may rewrite what is not a complete tag or comment",
        "remove it, or write &lt; for a bare <",
        malformed=True,
    ),
)
_MANY = 4096

Judged = tuple[str, Iterable[Loss]]
"""What a site keeps of a token, and the losses with offsets from its start."""


def judge(html: str, profile: Profile) -> Verdict:
    """Predict what the site of this profile would do to a fragment.

    Args:
        html: The fragment.
        profile: What the site keeps.

    Returns:
        The losses in order, each once a line, and the HTML that the site would store.
    """
    if _keeps_all(profile) or _is_plain(html, profile):
        return Verdict((), html)
    return _judge(html, profile)


def _is_plain(html: str, profile: Profile) -> bool:
    """Return whether nothing is lost, by a look at the distinct tags alone.

    Widgets and ordinary prose are made of the same few hundred tags, each judged once.
    """
    pieces = _TAG.split(html)
    keeps = _tags_of(profile)
    if not all(map(keeps, set(pieces[1::2]))):
        return False
    if profile.filter == "kses" and judge_text("\n".join(pieces[::2]))[1]:
        return False
    return not (profile.shortcodes and _SHORTCODE.search(html))


@cache
def _tags_of(profile: Profile) -> Callable[[str], bool]:
    """Return what tells whether a tag is kept whatever is around it."""

    @lru_cache(maxsize=_MANY)
    def keeps(tag: str) -> bool:
        tokens = tokenize(tag, scripting=False)
        if len(tokens) != 1 or tokens[0].kind not in {"start", "end"}:
            return False
        is_apart = tokens[0].name in RAW_TEXT | FOREIGN | {"plaintext"}
        return not is_apart and not _judge(tag, profile).losses

    return keeps


def _judge(html: str, profile: Profile) -> Verdict:
    losses = list(_shortcodes(html)) if profile.shortcodes else []
    pieces: list[str] = []
    tokens = tokenize(html, scripting=False)
    for token, following in zip_longest(tokens, tokens[1:]):
        piece, found = _token(html, token, following, profile)
        pieces.append(piece)
        losses += (replace(loss, start=token.start + loss.start) for loss in found)
    stored = "".join(pieces)
    if profile.filter == "kses":
        losses += unbalanced_blocks(html)
        losses += _BROKEN if _reads_otherwise(stored, tokens) else ()
    return Verdict(tuple(dict.fromkeys(_with_lines(html, losses))), stored)


def _with_lines(html: str, losses: list[Loss]) -> Iterator[Loss]:
    line = counted = 0
    for loss in sorted(losses, key=lambda loss: loss.start):
        line += html.count("\n", counted, loss.start)
        counted = loss.start
        yield replace(loss, line_offset=line)


def _reads_otherwise(stored: str, tokens: list[Token]) -> bool:
    """Return whether tags become text because the SVG or formula around them is removed."""
    return any(token.name in FOREIGN for token in tokens) and any(
        token.kind in {"raw", "cut"} and "<" in stored[token.start : token.end]
        for token in tokenize(stored, scripting=False)
    )


@cache
def _keeps_all(profile: Profile) -> bool:
    """Return whether a site keeps whatever it is sent, as a folder does."""
    alike = replace(profile, name=FOLDER.name, wordpress=FOLDER.wordpress, form=FOLDER.form)
    return alike == FOLDER


def _token(html: str, token: Token, following: Token | None, profile: Profile) -> Judged:
    kind, name, start, end, _ = token
    source = html[start:end]
    if kind == "start":
        is_raw = following is not None and following.kind in {"raw", "cut"} and following.name
        shown = html[following.start : following.end] if following and is_raw else ""
        is_torn = any(loss.malformed for loss in judge_text(shown)[1])
        return _start(source, name, profile, bool(shown.strip()), is_torn)
    if kind == "comment" and source.startswith("<!--"):
        return judge_comment(source, profile)
    if kind in {"raw", "cut"} and name:
        return _raw(source, name, profile)
    if profile.filter != "kses":
        return source, ()
    if kind == "text":
        return judge_text(source)
    if kind == "end" and _END_TAG.fullmatch(source):
        return (f"</{name}>" if name in facts.elements(profile.wordpress) else ""), ()
    return source, _BROKEN


@lru_cache(maxsize=_MANY)
def _start(source: str, name: str, profile: Profile, shows_text: bool, is_torn: bool) -> Judged:
    losses = list(_by_profile(source, name, profile))
    if profile.filter != "kses":
        return source, losses
    version = profile.wordpress
    if name in facts.elements(version):
        stored, found = judge_tag(source, name, version)
        return stored, (*losses, *found)
    text = ", and readers would see its text" if shows_text else ""
    reason = hints.removed(f"<{name}>", version, facts.element_since(name))
    simple = _NAME.fullmatch(name)
    is_read_as_other = not simple or simple[1] in facts.elements(version)
    is_torn = is_torn or is_read_as_other or bool(_BRACKET.search(source[1:-1]))
    losses.append(
        Loss(
            f"<{name}> would be removed{text}",
            reason,
            hints.for_element(name),
            hints.severity(name),
            malformed=is_torn,
        )
    )
    return "", losses


def _by_profile(source: str, name: str, profile: Profile) -> Iterator[Loss]:
    """Yield losses that need no model of a filter."""
    survives = {"script": profile.script, "style": profile.style_sheet, "details": profile.details}
    if profile.filter == "none":
        survives["time"] = profile.time
    if not survives.get(name, True) and (profile.filter == "none" or name == "details"):
        what, reason = f"<{name}> would be removed", f"{profile.name} removes it"
        yield Loss(what, reason, hints.for_element(name))
    if not profile.inline_style and "style" in source:
        found = attributes(source, Token("start", name, 0, len(source)))
        if any(attribute.name == "style" for attribute in found):
            what = f"the style of <{name}> would be removed"
            yield Loss(what, f"{profile.name} removes styles", "", "warning")


def _raw(source: str, name: str, profile: Profile) -> Judged:
    """Judge what browsers take for text and WordPress for markup: the content of `<script>`."""
    losses: list[Loss] = []
    if profile.ascii_only and name in {"script", "style"}:
        losses += _not_ascii(source, name, profile)
    if profile.filter != "kses":
        return source, losses
    if name in facts.elements(profile.wordpress) and "<" in source:
        return source, (*losses, *_BROKEN)
    stored, found = judge_text(source)
    return stored, (*losses, *found) if name in RCDATA else losses


def _not_ascii(source: str, name: str, profile: Profile) -> Iterator[Loss]:
    if found := _NOT_ASCII.search(source):
        code = ord(found[0])
        yield Loss(
            f'"{found[0]}" inside <{name}> would become &#{code}; which has no meaning there',
            f"{profile.name} stores it as a character reference, which does not work inside"
            f" <{name}>",
            f"write \\{code:x}" if name == "style" else f"write \\u{code:04x}",
            start=found.start(),
        )


def _shortcodes(html: str) -> Iterator[Loss]:
    for found in _SHORTCODE.finditer(html):
        call = shorten(found[0])
        what, reason = f"{call} would run as a shortcode", "WordPress runs them, even inside code"
        yield Loss(what, reason, f"write &#91;{call[1:]}", "warning", start=found.start())
