"""Predict what a site would remove from HTML, each loss with its line, reason and alternative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import Literal

from blogkit.survival import advice
from blogkit.survival.css import judge
from blogkit.survival.encode import RAW_TEXT
from blogkit.survival.entities import normalize_entities
from blogkit.survival.kses import kses
from blogkit.survival.kses_attributes import HTML5_ATTRIBUTES, Attribute, attributes, decode, kept
from blogkit.survival.kses_tables import ADDRESSES, ENTITIES, Version, allowed
from blogkit.survival.profile import Profile
from blogkit.survival.protocols import strip_bad_protocol

_PIECE = re.compile(r"""<!--.*?-->|<(/?)([A-Za-z][A-Za-z0-9-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>|<""", re.DOTALL)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_SHORTCODE = re.compile(r"\[/?(wp_caption|caption|gallery|playlist|audio|video|embed)(?![\w-])[^\]]*\]")
_PROMISE, _KEPT = "blogkit-asset://", "https://asset.invalid/"  # a local image: by the time it is sent it has an address
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class Loss:
    """line_offset: lines after the first; what: would happen; reason: why; fix: what to write instead."""

    line_offset: int
    what: str
    reason: str
    fix: str = ""
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class _Piece:
    """A tag, a comment or a stray `<` of the source. text: the raw content of a script or style sheet that begins here."""

    source: str
    start: int
    close: bool = False
    name: str = ""
    attributes: str = ""
    raw: str = ""


def what_is_lost(html: str, profile: Profile) -> list[Loss]:
    """Return what the site of this profile would remove; [] if readers get what was written.

    Losses that the model sees only in the result (markup too broken to be named) are summed up in one entry.
    """
    html = html.replace(_PROMISE, _KEPT)
    found: list[tuple[int, Loss]] = []
    for piece in _pieces(html):
        line = html.count("\n", 0, piece.start)
        found += [(piece.start, loss) for loss in _judge(piece, line, profile)]
    if profile.filter == "kses":
        found += _references(html, profile.wordpress)
    if profile.shortcodes:
        found += _shortcodes(html)
    losses = list(dict.fromkeys(loss for _, loss in sorted(found, key=lambda item: item[0])))
    return losses or _unexplained(html, profile)


def _pieces(html: str) -> Iterator[_Piece]:
    position = 0
    while match := _PIECE.search(html, position):
        position = match.end()
        name = (match[2] or "").lower()
        raw = ""
        if name in RAW_TEXT and not match[1]:
            end = re.compile(rf"</{name}", re.IGNORECASE).search(html, position)
            stop = end.start() if end else len(html)
            raw, position = html[position:stop], stop
        yield _Piece(match[0], match.start(), bool(match[1]), name, match[3] or "", raw)


def _judge(piece: _Piece, line: int, profile: Profile) -> Iterator[Loss]:
    if piece.source.startswith("<!--"):
        yield from _comment(piece.source, line, profile)
    elif not piece.name:
        if profile.filter == "kses":
            yield Loss(line, 'a bare "<" and the text after it may be removed', "WordPress reads it as the start of a tag", "write &lt;")
    elif not piece.close:
        yield from _flags(piece, line, profile)
        if profile.filter == "kses":
            yield from _tag(piece, line, profile)


def _comment(source: str, line: int, profile: Profile) -> Iterator[Loss]:
    if not profile.comments:
        yield Loss(line, "the comment would be removed", f"{profile.name} removes comments", "", "warning")
    elif profile.filter == "kses" and not source.startswith(("<!-- wp:", "<!-- /wp:")) and kses(source, profile.wordpress) != source:
        reason = "WordPress filters comments that contain &, >, tags or two hyphens"
        yield Loss(line, "the comment would be changed", reason, "remove them from the comment", "warning")


def _flags(piece: _Piece, line: int, profile: Profile) -> Iterator[Loss]:
    """Yield losses by the profile alone, without a model of a filter."""
    survives = {"script": profile.script, "style": profile.style_sheet, "details": profile.details}
    if profile.filter == "none":
        survives["time"] = profile.time
    if not survives.get(piece.name, True) and (profile.filter == "none" or piece.name == "details"):
        yield Loss(line, f"<{piece.name}> would be removed", f"{profile.name} removes it", advice.for_element(piece.name))
    if not profile.inline_style and re.search(r"\sstyle\s*=", piece.attributes, re.IGNORECASE):
        yield Loss(line, f"the style of <{piece.name}> would be removed", f"{profile.name} removes styles", "", "warning")
    if profile.ascii_only and (strange := _NOT_ASCII.search(piece.raw)):
        escape = f"\\{ord(strange[0]):x}" if piece.name == "style" else f"\\u{ord(strange[0]):04x}"
        yield Loss(
            line + piece.raw.count("\n", 0, strange.start()),
            f'"{strange[0]}" inside <{piece.name}> would become &#{ord(strange[0])}; which has no meaning there',
            f"{profile.name} stores it as a character reference, which does not work inside <{piece.name}>",
            f"write {escape}",
        )


def _tag(piece: _Piece, line: int, profile: Profile) -> Iterator[Loss]:
    version, name = profile.wordpress, piece.name
    if name not in allowed(version):
        text = ", and readers would see its text" if piece.raw.strip() else ""
        reason = _reason(f"<{name}>", version, advice.element_since(name))
        yield Loss(line, f"<{name}> would be removed{text}", reason, advice.for_element(name), advice.severity(name))
        return
    if quoted := re.search(r"[<>]", piece.attributes):
        reason = "WordPress ends or drops the tag there, even inside quotes"
        yield Loss(line, f'"{quoted[0]}" inside <{name} …> would break the tag', reason, "write &gt; and &lt; in attributes")
        return
    for attribute in attributes(normalize_entities(piece.attributes, version), version):
        yield from _attribute(name, attribute, line, version)


def _reason(thing: str, version: Version, since: Version | None) -> str:
    here = f"WordPress {version[0]}.{version[1]} removes {thing} from posts by accounts without permission for raw HTML"
    return f"{here}; {since[0]}.{since[1]} keeps it" if since and since > version else here


def _attribute(element: str, attribute: Attribute, line: int, version: Version) -> Iterator[Loss]:
    name = attribute.name.lower()
    if name == "style":
        style = decode(attribute.value) if version >= HTML5_ATTRIBUTES else attribute.value
        for verdict in judge(style, version):
            if verdict.reason:
                what = f'"{verdict.text}" in the style of <{element}> would be removed'
                yield Loss(line, what, verdict.reason, advice.for_property(verdict.prop, verdict.text), "warning")
    elif kept(element, attribute, version) is None:
        reason = _reason(f"{name} on <{element}>", version, advice.attribute_since(element, name))
        yield Loss(line, f"the attribute {name} of <{element}> would be removed", reason, advice.for_attribute(name), "warning")


def _references(html: str, version: Version) -> Iterator[tuple[int, Loss]]:
    """Yield named references that WordPress does not know, and addresses whose scheme it removes."""
    for match in _NAMED.finditer(html):
        if match[1] in html5 and match[1][:-1] not in ENTITIES:
            line = html.count("\n", 0, match.start())
            what = f'"{match[0]}" would be shown literally'
            yield match.start(), Loss(line, what, "WordPress does not know this name", f"write the character {html5[match[1]]}")
    for piece in _pieces(html):
        for attribute in re.finditer(r"""([A-Za-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""", piece.attributes):
            address = attribute[2] if attribute[2] is not None else attribute[3]
            if attribute[1].lower() in ADDRESSES and piece.name in allowed(version) and strip_bad_protocol(address) != address:
                line = html.count("\n", 0, piece.start)
                what = f'the address "{_short(address)}" would become "{_short(strip_bad_protocol(address))}"'
                yield piece.start, Loss(line, what, "WordPress removes schemes that it does not allow", "use an https:// address")


def _shortcodes(html: str) -> Iterator[tuple[int, Loss]]:
    for match in _SHORTCODE.finditer(html):
        line = html.count("\n", 0, match.start())
        what = f"{_short(match[0])} would run as a shortcode"
        yield match.start(), Loss(line, what, "WordPress runs shortcodes, even inside code", f"write &#91;{match[0][1:]}", "warning")


def _unexplained(html: str, profile: Profile) -> list[Loss]:
    if profile.filter != "kses":
        return []
    from blogkit.survival.compare import losses  # loads an HTML parser, which healthy posts do not need

    stored = kses(html, profile.wordpress)
    if stored == html:
        return []
    reason = "WordPress and browsers read this markup differently"
    return [Loss(0, sentence.replace("the site", "WordPress", 1), reason, "check its tags and quotes") for sentence in losses(html, stored)]


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
