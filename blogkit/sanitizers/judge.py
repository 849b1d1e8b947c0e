"""Predict what a site would do to HTML: what it removes, why, and what it keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from blogkit.html import LineIndex, attribute, lower, texts_and_tags, tokenize
from blogkit.html.blocks import unpaired
from blogkit.html.elements import HIDDEN
from blogkit.patterns import lazy_pattern
from blogkit.sanitizers.attributes import Stored, judge_tag
from blogkit.sanitizers.comments import judge_comment
from blogkit.sanitizers.facts import Version, kept
from blogkit.sanitizers.hints import UNSEEN, instead, removed
from blogkit.sanitizers.profiles import Profile
from blogkit.sanitizers.texts import judge_text
from blogkit.sanitizers.verdict import Loss, Verdict, shorten, unsure

_SHORTCODE = lazy_pattern(
    r"\[/?(?:wp_caption|caption|gallery|playlist|audio|video|embed)(?=[\s/\]])[^\[\]]*\]"
)
_MARKUP = re.compile(r"(<!--[^<]*?-->|<[^<>]*>)")
"""What WordPress and browsers take for a tag or a comment, unless it is malformed."""
_TAG = lazy_pattern(r"<(/?)(([A-Za-z][A-Za-z0-9-]*)(?:[:.][\w:.-]*)?)(\s*|[\s/][^<>]*)>", re.ASCII)
_MARKUP_IN_TEXT = lazy_pattern(r"<(?i:(textarea|title)\b[^<>]*>[^<]*<(?!/\1))")
_BROKEN = Loss(
    "this tag or declaration may be removed or shown",
    "WordPress may rewrite what is not a complete tag or comment",
    "remove it, or write &lt; for a bare <",
    malformed=True,
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def judge(html: str, profile: Profile) -> Verdict:
    """Predict what the site of this profile would do to a fragment.

    Args:
        html: The fragment.
        profile: What the site keeps.

    Returns:
        The losses in order, each once a line, and the HTML that the site would store.
    """
    stored, losses = html, [*_by_profile(html, profile)]
    if profile.filter == "kses":
        stored, found = _filtered(html, profile.wordpress)
        losses += found
    losses += _shortcodes(html) if profile.shortcodes and "[" in html else ()
    if not losses:
        return Verdict((), stored)
    lines = LineIndex(html)
    losses.sort(key=lambda loss: loss.start)
    placed = (replace(loss, line_offset=lines.before(loss.start)) for loss in losses)
    return Verdict(tuple(dict.fromkeys(placed)), stored)


def _filtered(html: str, version: Version) -> tuple[str, list[Loss]]:
    """Return what WordPress stores, and the losses.

    Widgets and ordinary prose are made of the same few hundred tags, each judged once.
    """
    pieces, stored = texts_and_tags(html) or _MARKUP.split(html), html
    losses: list[Loss] = []
    is_clean = not any(_markup(piece, version)[1] for piece in set(pieces[1::2]))
    if not is_clean or judge_text("\n".join(pieces[::2]))[1]:
        at = 0
        for number, piece in enumerate(pieces):
            pieces[number], found = _markup(piece, version) if number % 2 else judge_text(piece)
            losses += (replace(loss, start=at + loss.start) for loss in found)
            at += len(piece)
        stored = "".join(pieces)
    if tag := _MARKUP_IN_TEXT.search(html):
        losses.append(unsure(f"the tags in <{tag[1]}> may be changed", "remove them", tag.start()))
    if block := unpaired(html):
        fix = "write both <!-- wp:… --> and <!-- /wp:… -->"
        losses.append(unsure(f"the block {block.name} is not complete", fix, block.start))
    return stored, losses


@lru_cache(maxsize=8192)
def _markup(source: str, version: Version) -> Stored:
    if source.startswith("<!--") and source.endswith("-->"):
        return source, judge_comment(source)
    tag = _TAG.fullmatch(source)
    if not tag or (tag[1] and tag[4].strip()):
        return source, (_BROKEN,)
    name = lower(tag[2])
    if name in kept(version):
        return (f"</{name}>", ()) if tag[1] else judge_tag(source, name, version)
    return "", () if tag[1] else (_removed(name, lower(tag[3]), version),)


def _removed(name: str, read: str, version: Version) -> Loss:
    """Return the loss of an element; some versions read the part of its name before a colon."""
    text = ", and readers would see any text in it" if name in HIDDEN else ""
    return Loss(
        f"<{name}> would be removed{text}",
        removed(version, name),
        instead("elements", name),
        "warning" if name in UNSEEN else "error",
        malformed=read in kept(version),
    )


def _by_profile(html: str, profile: Profile) -> Iterator[Loss]:
    """Yield losses that need no model of a filter."""
    lost = profile.removed_elements
    if not lost and profile.inline_style and profile.comments and not profile.ascii_only:
        return
    reason = f"{profile.name} removes it"
    for token in tokenize(html, scripting=False):
        kind, name, start, end, _ = token
        if kind == "start" and name in lost:
            yield Loss(f"<{name}> would be removed", reason, instead("elements", name), start=start)
        if kind == "start" and not profile.inline_style and attribute(html, token, "style"):
            what = f"the style of <{name}> would be removed"
            yield Loss(what, reason, severity="warning", start=start)
        if kind == "comment" and not profile.comments:
            yield Loss("the comment would be removed", reason, severity="warning", start=start)
        is_code = profile.ascii_only and kind in {"raw", "cut"} and name in HIDDEN
        if is_code and (found := _NOT_ASCII.search(html, start, end)):
            code = ord(found[0])
            yield Loss(
                f'"{found[0]}" inside <{name}> would become &#{code}; which has no meaning there',
                f"{profile.name} stores it as a character reference",
                f"write \\{code:x}" if name == "style" else f"write \\u{code:04x}",
                start=found.start(),
            )


def _shortcodes(html: str) -> Iterator[Loss]:
    for found in _SHORTCODE.finditer(html):
        call = shorten(found[0])
        yield Loss(
            f"{call} would run as a shortcode",
            "WordPress runs them, even inside code",
            f"to show it as text, write &#91;{call[1:]}; if it should run, ignore this",
            "warning",
            start=found.start(),
        )
