"""Which tags, attributes, protocols and entities WordPress keeps in a post, by the version that
brought them.

Facts from https://developer.wordpress.org/reference/functions/wp_kses_allowed_html/, held against
6.1, 6.8 and 7.1 by a test. The versions between those were read, not run; what 7.0 brought may have
come with 6.9.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html.entities import name2codepoint

Version = tuple[int, ...]

ENTITIES = frozenset({*name2codepoint, "apos"})

_PROTOCOLS = (
    "http https ftp ftps mailto news irc irc6 ircs gopher nntp feed telnet mms rtsp sms svn tel fax"
    " xmpp webcal urn"
)
PROTOCOLS = frozenset(_PROTOCOLS.split())

_ADDRESSES = """
    action archive background cite classid codebase data formaction href icon longdesc manifest poster profile src usemap xmlns"""
ADDRESSES = frozenset(_ADDRESSES.split())
"""Attributes whose protocol is checked."""

_GLOBAL: Mapping[Version, str] = {
    (
        0,
        0,
    ): (
        "aria-describedby aria-details aria-hidden aria-label aria-labelledby class data-* dir id"
        " lang role style title xml:lang"
    ),
    (6, 3): "aria-controls aria-current aria-expanded",
    (6, 4): "aria-live hidden",
    (7, 1): "tabindex",
}

_CELL = (
    "abbr align axis bgcolor char charoff colspan headers height nowrap rowspan scope valign width"
)
_GROUP = "align char charoff valign"
_PLAIN = (
    "address abbr acronym b bdo big br cite code del dd dfn dl dt em fieldset i kbd mark rb rp rt"
    " rtc ruby s samp small strike strong sub sup title tt u var"
)
_ALIGNED = (
    "article aside caption details div figure figcaption footer h1 h2 h3 h4 h5 h6 header hgroup"
    " legend li main nav p span section summary"
)
_OWN: Mapping[str, str] = {
    **dict.fromkeys(_PLAIN.split(), ""),
    **dict.fromkeys(_ALIGNED.split(), "align"),
    **dict.fromkeys(("td", "th"), _CELL),
    **dict.fromkeys(("tbody", "tfoot", "thead"), _GROUP),
    **dict.fromkeys(("col", "colgroup"), f"{_GROUP} span width"),
    "a": "download href name rel rev target",
    "area": "alt coords href nohref shape target",
    "audio": "autoplay controls loop muted preload src",
    "blockquote": "cite",
    "button": "disabled name type value",
    "del": "datetime",
    "details": "align open",
    "font": "color face size",
    "hr": "align noshade size width",
    "img": "align alt border height hspace loading longdesc src usemap vspace width",
    "ins": "cite datetime",
    "label": "for",
    "li": "align value",
    "map": "name",
    "menu": "type",
    "object": "data type",
    "ol": "reversed start type",
    "pre": "width",
    "q": "cite",
    "table": "align bgcolor border cellpadding cellspacing rules summary width",
    "textarea": "cols disabled name readonly rows",
    "tr": f"{_GROUP} bgcolor",
    "track": "default kind label src srclang",
    "ul": "type",
    "video": "autoplay controls height loop muted playsinline poster preload src width",
}

_LATER: Mapping[Version, Mapping[str, str]] = {
    (7, 0): {
        "button": "aria-haspopup popovertarget popovertargetaction",
        "data": "value",
        "details": "name",
        "dialog": "closedby open popover",
        "div": "popover",
        "meter": "high low max min optimum value",
        "progress": "max value",
        "search": "",
        "time": "datetime",
        "ul": "popover",
        "wbr": "",
    },
    (7, 1): {"button": "command commandfor", "dialog": "autofocus"},
}

MATH_FROM: Version = (7, 0)
_MATH_GLOBAL = "displaystyle scriptlevel mathbackground mathcolor mathsize"
_MATH_PLAIN = (
    "mtext mn ms mrow msqrt mroot mstyle merror mphantom msub msup msubsup mmultiscripts"
    " mprescripts semantics math mi mo mspace mfrac mpadded munder mover munderover mtable mtr mtd"
    " annotation menclose"
)
_MATH_OWN: Mapping[str, str] = {
    "math": "display",
    "mi": "mathvariant",
    "mo": (
        "form fence separator lspace rspace stretchy symmetric maxsize minsize largeop"
        " movablelimits"
    ),
    "mspace": "width height depth",
    "mfrac": "linethickness",
    "mpadded": "width height depth lspace voffset",
    **dict.fromkeys(("munder", "mover", "munderover"), "accentunder accent"),
    "mtable": (
        "columnalign rowspacing columnspacing align rowalign columnlines rowlines frame"
        " framespacing width"
    ),
    "mtr": "columnalign rowalign",
    "mtd": "columnspan rowspan columnalign rowalign",
    "annotation": "encoding",
    "menclose": "notation",
}


@cache
def allowed(version: Version) -> Mapping[str, frozenset[str]]:
    """Return the allowed attributes of each tag for a WordPress version; `data-*` means all data
    attributes.
    """
    everywhere = {
        name for since, names in _GLOBAL.items() if since <= version for name in names.split()
    }
    own = {tag: set(names.split()) for tag, names in _OWN.items()}
    for since, additions in _LATER.items():
        if since <= version:
            for tag, names in additions.items():
                own.setdefault(tag, set()).update(names.split())
    tags = {tag: frozenset(names | everywhere) for tag, names in own.items()}
    if version >= MATH_FROM:
        tags |= {
            tag: frozenset({*f"{_MATH_GLOBAL} {_MATH_OWN.get(tag, '')}".split(), *everywhere})
            for tag in _MATH_PLAIN.split()
        }
    return tags
