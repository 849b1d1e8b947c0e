"""Predict what a site would remove from HTML, each loss with its line, reason and alternative."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from html.entities import html5
from typing import Literal

from blogkit.sanitizers import hints
from blogkit.sanitizers.pieces import SourcePiece, attributes_of, split_pieces
from blogkit.sanitizers.profiles import FOLDER, Profile
from blogkit.sanitizers.wordpress.attributes import (
    HTML5_ATTRIBUTES,
    KsesAttribute,
    decode_normalised,
    filter_attribute,
    read_attributes,
)
from blogkit.sanitizers.wordpress.css import judge_declarations
from blogkit.sanitizers.wordpress.entities import normalize_entities
from blogkit.sanitizers.wordpress.kses import kses
from blogkit.sanitizers.wordpress.kses_tables import ADDRESSES, ENTITIES, Version, allowed
from blogkit.sanitizers.wordpress.protocols import strip_bad_protocol

_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_SHORTCODE = re.compile(
    r"\[/?(wp_caption|caption|gallery|playlist|audio|video|embed)(?![\w-])[^\]]*\]"
)
_PROMISE, _KEPT = (
    "blogkit-asset://",
    "https://asset.invalid/",
)  # a local image: by the time it is sent it has an address
_MANY = 4096
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class Loss:
    """line_offset: lines after the first; what: would happen; reason: why; fix: what to write
    instead.
    """

    line_offset: int
    what: str
    reason: str
    fix: str = ""
    severity: Literal["error", "warning"] = "error"


def predict_losses(html: str, profile: Profile) -> list[Loss]:
    """Return what the site of this profile would remove; [] if readers get what was written.

    Losses that the model sees only in the result (markup too broken to be named) are summed up in
    one entry.
    """
    if _keeps_all(profile):
        return []
    html = html.replace(_PROMISE, _KEPT)
    pieces = list(split_pieces(html))
    found = list(_markup(html, pieces, profile))
    if profile.filter == "kses":
        found += _references(html, pieces, profile.wordpress)
    if profile.shortcodes:
        found += _shortcodes(html)
    losses = list(dict.fromkeys(loss for _, loss in sorted(found, key=lambda item: item[0])))
    return losses or _unexplained(html, profile)


@cache
def _keeps_all(profile: Profile) -> bool:
    """Whether a site keeps whatever it is sent, as a folder does."""
    return (
        replace(profile, name=FOLDER.name, wordpress=FOLDER.wordpress, form=FOLDER.form) == FOLDER
    )


def _markup(
    html: str, pieces: Sequence[SourcePiece], profile: Profile
) -> Iterator[tuple[int, Loss]]:
    """The losses of tags and comments, each with its offset."""
    judge = _judge_of(profile)
    for piece in pieces:
        if losses := (
            tuple(_judge(piece, profile)) if piece.raw else judge(piece.source, piece.name)
        ):
            line = html.count("\n", 0, piece.start)
            yield from (
                (piece.start, replace(loss, line_offset=line + loss.line_offset)) for loss in losses
            )


@cache
def _judge_of(profile: Profile) -> Callable[[str, str], tuple[Loss, ...]]:
    """What tells the losses of a comment or a tag alone. It judges each once: the posts of a
    workspace are made of the same few hundred.
    """
    return lru_cache(maxsize=_MANY)(
        lambda source, name: tuple(_judge(SourcePiece(source, 0, name), profile))
    )


def _judge(piece: SourcePiece, profile: Profile) -> Iterator[Loss]:
    """The losses of one piece, lines counted from its own."""
    if piece.source.startswith("<!--"):
        yield from _comment(piece.source, profile)
    elif not piece.name:
        if profile.filter == "kses":
            yield Loss(
                0,
                'a bare "<" and the text after it may be removed',
                "WordPress reads it as the start of a tag",
                "write &lt;",
            )
    else:
        yield from _flags(piece, profile)
        if profile.filter == "kses":
            yield from _tag(piece, profile)


def _comment(source: str, profile: Profile) -> Iterator[Loss]:
    if not profile.comments:
        yield Loss(
            0, "the comment would be removed", f"{profile.name} removes comments", "", "warning"
        )
    elif (
        profile.filter == "kses"
        and not source.startswith(("<!-- wp:", "<!-- /wp:"))
        and kses(source, profile.wordpress) != source
    ):
        reason = "WordPress filters comments that contain &, >, tags or two hyphens"
        yield Loss(
            0, "the comment would be changed", reason, "remove them from the comment", "warning"
        )


def _flags(piece: SourcePiece, profile: Profile) -> Iterator[Loss]:
    """Yield losses by the profile alone, without a model of a filter."""
    survives = {"script": profile.script, "style": profile.style_sheet, "details": profile.details}
    if profile.filter == "none":
        survives["time"] = profile.time
    if not survives.get(piece.name, True) and (profile.filter == "none" or piece.name == "details"):
        yield Loss(
            0,
            f"<{piece.name}> would be removed",
            f"{profile.name} removes it",
            hints.for_element(piece.name),
        )
    if not profile.inline_style and any(found.name == "style" for found in attributes_of(piece)):
        yield Loss(
            0,
            f"the style of <{piece.name}> would be removed",
            f"{profile.name} removes styles",
            "",
            "warning",
        )
    if (
        profile.ascii_only
        and piece.name in ("script", "style")
        and (strange := _NOT_ASCII.search(piece.raw))
    ):
        escape = f"\\{ord(strange[0]):x}" if piece.name == "style" else f"\\u{ord(strange[0]):04x}"
        yield Loss(
            piece.raw.count("\n", 0, strange.start()),
            f'"{strange[0]}" inside <{piece.name}> would become &#{ord(strange[0])}; which has no'
            " meaning there",
            f"{profile.name} stores it as a character reference, which does not work inside"
            f" <{piece.name}>",
            f"write {escape}",
        )


def _tag(piece: SourcePiece, profile: Profile) -> Iterator[Loss]:
    version, name = profile.wordpress, piece.name
    if name not in allowed(version):
        text = ", and readers would see its text" if piece.raw.strip() else ""
        reason = _reason(f"<{name}>", version, hints.element_since(name))
        yield Loss(
            0,
            f"<{name}> would be removed{text}",
            reason,
            hints.for_element(name),
            hints.severity(name),
        )
        return
    if quoted := re.search(r"[<>]", piece.attributes):
        reason = "WordPress ends or drops the tag there, even inside quotes"
        yield Loss(
            0,
            f'"{quoted[0]}" inside <{name} …> would break the tag',
            reason,
            "write &gt; and &lt; in attributes",
        )
        return
    for attribute in read_attributes(normalize_entities(piece.attributes, version), version):
        yield from _attribute(name, attribute, version)


def _reason(thing: str, version: Version, since: Version | None) -> str:
    here = (
        f"WordPress {version[0]}.{version[1]} removes {thing} from posts by accounts without"
        " permission for raw HTML"
    )
    return f"{here}; {since[0]}.{since[1]} keeps it" if since and since > version else here


def _attribute(element: str, attribute: KsesAttribute, version: Version) -> Iterator[Loss]:
    name = attribute.name.lower()
    if name == "style":
        style = (
            decode_normalised(attribute.value) if version >= HTML5_ATTRIBUTES else attribute.value
        )
        for verdict in judge_declarations(style, version):
            if verdict.reason:
                what = f'"{verdict.text}" in the style of <{element}> would be removed'
                yield Loss(
                    0,
                    what,
                    verdict.reason,
                    hints.for_property(verdict.prop, verdict.text),
                    "warning",
                )
    elif filter_attribute(element, attribute, version) is None:
        reason = _reason(f"{name} on <{element}>", version, hints.attribute_since(element, name))
        yield Loss(
            0,
            f"the attribute {name} of <{element}> would be removed",
            reason,
            hints.for_attribute(name),
            "warning",
        )


def _references(
    html: str, pieces: Sequence[SourcePiece], version: Version
) -> Iterator[tuple[int, Loss]]:
    """Yield named references that WordPress does not know, and addresses whose scheme it
    removes.
    """
    for match in _NAMED.finditer(html):
        if match[1] in html5 and match[1][:-1] not in ENTITIES:
            line = html.count("\n", 0, match.start())
            what = f'"{match[0]}" would be shown literally'
            yield (
                match.start(),
                Loss(
                    line,
                    what,
                    "WordPress does not know this name",
                    f"write the character {html5[match[1]]}",
                ),
            )
    for piece in pieces:
        for address in _cut_off(piece.source, piece.name, version):
            line = html.count("\n", 0, piece.start)
            what = (
                f'the address "{_short(address)}" would become'
                f' "{_short(strip_bad_protocol(address))}"'
            )
            yield (
                piece.start,
                Loss(
                    line,
                    what,
                    "WordPress removes schemes that it does not allow",
                    "use an https:// address",
                ),
            )


@lru_cache(maxsize=_MANY)
def _cut_off(source: str, name: str, version: Version) -> tuple[str, ...]:
    """The addresses in a tag whose scheme WordPress cuts off."""
    if name not in allowed(version):
        return ()
    found = (
        source[each.start : each.end]
        for each in attributes_of(SourcePiece(source, 0, name))
        if each.name in ADDRESSES
    )
    return tuple(address for address in found if strip_bad_protocol(address) != address)


def _shortcodes(html: str) -> Iterator[tuple[int, Loss]]:
    for match in _SHORTCODE.finditer(html):
        line = html.count("\n", 0, match.start())
        what = f"{_short(match[0])} would run as a shortcode"
        yield (
            match.start(),
            Loss(
                line,
                what,
                "WordPress runs shortcodes, even inside code",
                f"write &#91;{match[0][1:]}",
                "warning",
            ),
        )


def _unexplained(html: str, profile: Profile) -> list[Loss]:
    if profile.filter != "kses":
        return []
    from blogkit.sanitizers.compare import (
        losses,  # loads an HTML parser, which healthy posts do not need
    )

    stored = kses(html, profile.wordpress)
    if stored == html:
        return []
    reason = "WordPress and browsers read this markup differently"
    return [
        Loss(0, sentence.replace("the site", "WordPress", 1), reason, "check its tags and quotes")
        for sentence in losses(html, stored)
    ]


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
