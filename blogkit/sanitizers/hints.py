"""What to use instead of what a site removes."""

from __future__ import annotations

from typing import Literal

from blogkit.sanitizers.facts import Version

_ELEMENTS = {
    "script": (
        "remove the script, or post from an account that may publish raw HTML (an editor or"
        " administrator)"
    ),
    "style": "move the rules to style attributes or to the theme's CSS",
    "iframe": "link to the page instead: <a href=…>",
    "form": "link to a page that holds the form",
    "input": "link to a page that holds the form",
    "select": "link to a page that holds the form",
    "svg": 'use an <img src="….svg">, an emoji or text',
    "picture": "use one <img>; WordPress adds the sizes itself",
    "source": "name one file with src on the <audio> or <video>",
    "time": "write the date in the text",
    "center": 'use style="text-align:center"',
    "link": "move the rules to style attributes or to the theme's CSS",
}
_ATTRIBUTES = {
    "srcset": "WordPress adds srcset to images of its own library",
    "sizes": "WordPress adds sizes to images of its own library",
    "decoding": "WordPress adds it itself",
    "fetchpriority": "WordPress adds it itself",
    "download": "write download without a file name",
    "tabindex": "use a link or a button inside, which can be focused",
}
_PROPERTIES = {
    "display": "use float and width for the layout",
    "list-style": "use list-style-type",
    "margin-inline": "use margin-inline-start and margin-inline-end",
    "margin-block": "use margin-block-start and margin-block-end",
    "padding-inline": "use padding-inline-start and padding-inline-end",
    "padding-block": "use padding-block-start and padding-block-end",
    "text-decoration-color": "use text-decoration",
    "overflow-x": "use overflow",
    "overflow-y": "use overflow",
    "outline": "use border",
}

_SHOWS_NOTHING = frozenset(
    {
        "bdi",
        "center",
        "data",
        "dialog",
        "search",
        "time",
        "wbr",
        "picture",
        "body",
        "html",
        "head",
        "font",
        "base",
    }
)


def for_element(name: str) -> str:
    """Return what to use instead of an element."""
    return _ELEMENTS.get(name, "use an element that WordPress keeps, such as <div> or <span>")


def for_attribute(name: str) -> str:
    """Return what to use instead of an attribute."""
    if name.startswith("on"):
        return "remove the script, or post from an account that may publish raw HTML"
    return _ATTRIBUTES.get(name, "remove it, or store the information in a data- attribute")


def for_property(name: str, text: str) -> str:
    """Return what to use instead of a declaration."""
    if "(" in text:
        return "use #rrggbb or #rrggbbaa for colours, or write the value inside var(--name, …)"
    return _PROPERTIES.get(name, "remove it, or move it to a class in the theme's CSS")


def severity(name: str) -> Literal["error", "warning"]:
    """Return whether readers would notice if this tag were removed and its content kept."""
    return "warning" if name in _SHOWS_NOTHING else "error"


def removed(thing: str, version: Version, since: Version | None) -> str:
    """Return why WordPress removes an element or attribute, and which version keeps it."""
    here = (
        f"WordPress {version[0]}.{version[1]} removes {thing} from posts by accounts without"
        " permission for raw HTML"
    )
    return f"{here}; {since[0]}.{since[1]} keeps it" if since and since > version else here
