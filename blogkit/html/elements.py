"""The elements of HTML by how they behave: https://html.spec.whatwg.org/multipage/parsing.html."""

from __future__ import annotations


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = _set(
    """
    area base basefont bgsound br col embed frame hr img input keygen link meta param source track
    wbr
    """
)
"""Without content and end tag."""

RAW_TEXT = _set("script style textarea title xmp iframe noembed noframes noscript")
"""Their content is text, whatever it looks like."""

RCDATA = _set("textarea title")
"""Those of them in whose text character references are read."""

HIDDEN = _set("script style")
"""Their content is not for readers."""

PREFORMATTED = _set("pre textarea script style")
"""White space is kept inside them."""

HEADINGS = _set("h1 h2 h3 h4 h5 h6")

CELLS = _set("td th")
ROW_GROUPS = _set("tbody thead tfoot")
TABLE = CELLS | ROW_GROUPS | _set("table tr caption colgroup")
"""A table and its parts."""

CLOSES_P = HEADINGS | _set(
    """
    address article aside blockquote center details dialog dd dir div dl dt fieldset figcaption
    figure footer form header hgroup hr li listing main menu nav ol p plaintext pre search section
    summary table ul xmp
    """
)
"""A paragraph ends where one of them begins."""

BLOCK = CLOSES_P | TABLE - {"colgroup"}
"""They begin on a line of their own."""

SEPARATORS = HEADINGS | _set(
    """
    address article aside blockquote body br caption center col colgroup dd details dialog div dl
    dt fieldset figcaption figure footer form head header hgroup hr html iframe legend li link
    main menu meta nav noscript ol optgroup option p pre script search section style summary table
    tbody td template tfoot th thead title tr ul
    """
)
"""White space beside their edges is not seen, and words on both sides of an edge are two words."""

INLINE = _set(
    """
    a abbr acronym b bdi bdo big br button cite code data dfn em font i img input ins del kbd
    label map mark meter nobr output picture q ruby s samp select small span strike strong sub sup
    time tt u var wbr
    """
)

FORMATTING = _set("a b big code em font i nobr s small strike strong tt u")
"""Inline elements that go on after a block in which they were closed too early, and before one in
which they were not."""

PASSAGE = _set(
    """
    b big code em font i s small span strike strong tt u ins del mark sub sup abbr cite q kbd var
    samp
    """
)
"""Inline elements that editors put around whole passages, blocks and all."""

FLOW = _set(
    """
    address article aside blockquote center dd details dialog div fieldset footer form header li
    main nav search section
    """
)
"""They can contain any block."""

SCOPE = _set(
    """
    applet caption html table td th marquee object template foreignobject desc title annotation-
    xml mi mo mn ms mtext
    """
)
"""An end tag does not reach out of them."""

_ALSO_SPECIAL = _set("applet button col colgroup iframe input select style script textarea")
SPECIAL = BLOCK | SCOPE | _ALSO_SPECIAL
"""The end tag of an inline element does not reach out of them."""

LISTS = _set("ul ol dl dir menu")

RUBY = _set("rb rt rtc rp")

FOREIGN = _set("svg math")

ISLANDS = {"svg": _set("foreignobject desc title"), "math": _set("mi mo mn ms mtext")}
"""The elements of SVG and MathML inside which HTML goes on ("integration points")."""

OUT_OF_FOREIGN = _set(
    """
    b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li
    listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var
    """
)
"""They end an SVG or a formula that was left open."""

IMPLIED_END = _set(
    """
    p li dt dd tr td th tbody thead tfoot option optgroup colgroup rb rt rtc rp
    """
)
"""Their end tag may be left out."""

SPREAD = _set(
    """
    address area article aside blockquote caption col colgroup dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li map menu nav ol p
    pre section style summary table tbody td tfoot th thead tr ul
    """
)
"""Every WordPress puts blank lines around them when it makes paragraphs of a post
(https://developer.wordpress.org/reference/functions/wpautop/). Found by showing running copies each
element between two words."""
