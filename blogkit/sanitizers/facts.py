"""What WordPress keeps of the posts of an account without `unfiltered_html`, by version.

The tables are the output of `python -m tests.sanitizers.probe`, which saves a fragment for each name
that HTML, SVG, MathML and CSS know on running copies of WordPress 6.1 to 7.1, and looks which come
back. `tests/sanitizers/test_real_wordpress.py` compares them again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html.entities import name2codepoint

Version = tuple[int, int]
Table = Mapping[str, frozenset[str]]

_CONTINUED = re.compile(r"\n {12}")

_ELEMENTS: dict[Version, str] = {
    (6, 1): """
        *: aria-describedby aria-details aria-hidden aria-label aria-labelledby class dir id lang
            role style title xml:lang
        a: download href name rel rev target
        abbr acronym address b bdo big br cite code dd dfn dl dt em fieldset i kbd mark object rb
            rp rt rtc ruby s samp small strike strong sub sup title tt u var:
        area: alt coords href nohref shape target
        article aside caption div figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup legend
            main nav p section span summary: align
        audio: autoplay controls loop muted preload src
        blockquote q: cite
        button: disabled name type value
        col colgroup: align char charoff span valign width
        del: datetime
        details: align open
        font: color face size
        hr: align noshade size width
        img: align alt border height hspace loading longdesc src usemap vspace width
        ins: cite datetime
        label: for
        li: align value
        map: name
        menu ul: type
        ol: reversed start type
        pre: width
        table: align bgcolor border cellpadding cellspacing rules summary width
        tbody tfoot thead: align char charoff valign
        td th: abbr align axis bgcolor char charoff colspan headers height nowrap rowspan scope
            valign width
        textarea: cols disabled name readonly rows
        tr: align bgcolor char charoff valign
        track: default kind label src srclang
        video: autoplay controls height loop muted playsinline poster preload src width
    """,
    (6, 3): """
        *: aria-controls aria-current aria-expanded
    """,
    (6, 4): """
        *: aria-live hidden
    """,
    (7, 1): """
        *: tabindex
        annotation: displaystyle encoding mathbackground mathcolor mathsize scriptlevel
        button: aria-haspopup command commandfor popovertarget popovertargetaction
        data: value
        details: name
        dialog: autofocus closedby open popover
        div ul: popover
        math: display displaystyle mathbackground mathcolor mathsize scriptlevel
        menclose: displaystyle mathbackground mathcolor mathsize notation scriptlevel
        merror mmultiscripts mn mphantom mprescripts mroot mrow ms msqrt mstyle msub msubsup msup
            mtext semantics: displaystyle mathbackground mathcolor mathsize scriptlevel
        meter: high low max min optimum value
        mfrac: displaystyle linethickness mathbackground mathcolor mathsize scriptlevel
        mi: displaystyle mathbackground mathcolor mathsize mathvariant scriptlevel
        mo: displaystyle fence form largeop lspace mathbackground mathcolor mathsize maxsize
            minsize movablelimits rspace scriptlevel separator stretchy symmetric
        mover munder munderover: accent accentunder displaystyle mathbackground mathcolor mathsize
            scriptlevel
        mpadded: depth displaystyle height lspace mathbackground mathcolor mathsize scriptlevel
            voffset width
        mspace: depth displaystyle height mathbackground mathcolor mathsize scriptlevel width
        mtable: align columnalign columnlines columnspacing displaystyle frame framespacing
            mathbackground mathcolor mathsize rowalign rowlines rowspacing scriptlevel width
        mtd: columnalign columnspan displaystyle mathbackground mathcolor mathsize rowalign
            rowspan scriptlevel
        mtr: columnalign displaystyle mathbackground mathcolor mathsize rowalign scriptlevel
        progress: max value
        search wbr:
        time: datetime
    """,
}
"""Elements, each with the attributes that it keeps; `*` is every element. Each version keeps what
the ones before it keep."""

_PROPERTIES: dict[Version, str] = {
    (6, 1): """
        align-content align-items align-self background background-attachment
            background-blend-mode background-color background-image background-position
            background-size border border-bottom border-bottom-color border-bottom-left-radius
            border-bottom-right-radius border-bottom-style border-bottom-width border-collapse
            border-color border-left border-left-color border-left-style border-left-width
            border-radius border-right border-right-color border-right-style border-right-width
            border-spacing border-style border-top border-top-color border-top-left-radius
            border-top-right-radius border-top-style border-top-width border-width caption-side
            clear color column-count column-fill column-gap column-rule column-span column-width
            columns cursor direction filter flex flex-basis flex-direction flex-flow flex-grow
            flex-shrink flex-wrap float font font-family font-size font-style font-variant
            font-weight gap grid-auto-columns grid-auto-rows grid-column-end grid-column-gap
            grid-column-start grid-gap grid-row-end grid-row-gap grid-row-start
            grid-template-columns grid-template-rows height justify-content justify-items
            justify-self letter-spacing line-height list-style-type margin margin-block-end
            margin-block-start margin-bottom margin-inline-end margin-inline-start margin-left
            margin-right margin-top max-height max-width min-height min-width object-fit
            object-position overflow padding padding-block-end padding-block-start padding-bottom
            padding-inline-end padding-inline-start padding-left padding-right padding-top row-gap
            text-align text-decoration text-indent text-transform vertical-align width
    """,
    (6, 2): """
        aspect-ratio bottom left position right top z-index
    """,
    (6, 3): """
        box-shadow
    """,
    (6, 4): """
        writing-mode
    """,
    (6, 5): """
        background-repeat
    """,
    (6, 6): """
        container-type grid-column grid-row
    """,
    (6, 7): """
        opacity
    """,
    (6, 9): """
        white-space
    """,
    (7, 0): """
        display
    """,
    (7, 1): """
        alignment-baseline baseline-shift clip-path clip-rule color-interpolation
            color-interpolation-filters color-rendering cx cy d dominant-baseline fill
            fill-opacity fill-rule flood-color flood-opacity font-size-adjust font-stretch
            glyph-orientation-horizontal glyph-orientation-vertical image-rendering lighting-color
            marker marker-end marker-mid marker-start mask mask-type paint-order pointer-events r
            rx ry shape-rendering stop-color stop-opacity stroke stroke-dasharray
            stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
            stroke-width text-anchor text-rendering transform transform-origin unicode-bidi
            vector-effect visibility word-spacing x y
    """,
}
"""Properties of inline styles. WordPress documents since when it keeps `white-space` and `display`:
https://developer.wordpress.org/reference/functions/safecss_filter_attr/#changelog"""

_FUNCTIONS: dict[Version, str] = {
    (6, 1): """
        calc clamp max min minmax var: *
        conic-gradient linear-gradient radial-gradient repeating-conic-gradient
            repeating-linear-gradient repeating-radial-gradient: background background-image
        url: background background-image cursor
    """,
    (6, 3): """
        repeat: *
        url: filter
    """,
    (7, 1): """
        -webkit-linear-gradient: background background-image
        circle ellipse hue-rotate inset matrix matrix3d path perspective polygon rect rotate
            rotate3d rotateX rotateY rotateZ scale scale3d scaleX scaleY scaleZ shape skew skewX
            skewY translate translate3d translateX translateY translateZ xywh: *
        url: clip-path fill marker marker-end marker-mid marker-start mask stroke
    """,
}
"""Functions in inline styles, each with the properties that keep it; `*` is every property."""

ADDRESSES = frozenset({"cite", "href", "longdesc", "poster", "src", "usemap"})
"""Attributes that hold an address."""

_SCHEMES = """
    fax feed ftp ftps gopher http https irc irc6 ircs mailto mms news nntp rtsp sms svn tel telnet
    urn webcal xmpp
"""
SCHEMES = frozenset(_SCHEMES.split())
"""Schemes that an address keeps."""

REFERENCES = frozenset({*name2codepoint, "apos"})
"""Names of character references: those of HTML 4, and `&apos;`."""

VERSIONS: tuple[Version, ...] = tuple(sorted({*_ELEMENTS, *_PROPERTIES, *_FUNCTIONS}))
"""The versions that keep more than the one before."""


@cache
def elements(version: Version) -> Table:
    """Return the elements that a version keeps, each with its attributes."""
    kept = _until(version, _ELEMENTS)
    everywhere = kept.pop("*")
    # its attributes depend on where the file is that it shows
    return {name: own | everywhere for name, own in kept.items()} | {"object": frozenset()}


@cache
def properties(version: Version) -> frozenset[str]:
    """Return the style properties that a version keeps."""
    return frozenset(
        name for since, names in _PROPERTIES.items() if since <= version for name in names.split()
    )


@cache
def functions(version: Version) -> Table:
    """Return the functions that a version keeps in styles, each with its properties."""
    return _until(version, _FUNCTIONS)


def element_since(name: str) -> Version | None:
    """Return the version from which posts keep an element, or None if none does."""
    return next((version for version in VERSIONS if name in elements(version)), None)


def attribute_since(element: str, name: str) -> Version | None:
    """Return the version from which posts keep an attribute of an element, or None if none does."""
    kept = ((version, elements(version).get(element, frozenset())) for version in VERSIONS)
    return next((version for version, names in kept if name in names), None)


def property_since(name: str) -> Version | None:
    """Return the version from which posts keep a style property, or None if none does."""
    return next((version for version in VERSIONS if name in properties(version)), None)


def _until(version: Version, table: Mapping[Version, str]) -> dict[str, frozenset[str]]:
    kept: dict[str, frozenset[str]] = {}
    for since, text in table.items():
        if since <= version:
            for names, values in _lines(text):
                for name in names:
                    kept[name] = kept.get(name, frozenset()) | values
    return kept


def _lines(text: str) -> Iterator[tuple[list[str], frozenset[str]]]:
    """Yield the entries of a table: its names, and what belongs to them."""
    for line in _CONTINUED.sub(" ", text).strip().split("\n"):
        names, _, values = line.partition(":")
        yield names.split(), frozenset(values.split())
