"""Why a site removes something, and what to use instead: the texts are in `advice.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from blogkit.sanitizers.facts import Version, since

_ADVICE: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("advice.json").read_bytes()
)
UNSEEN = frozenset(_ADVICE.pop("severity")["warning"].split())
"""Elements whose tags may go: readers do not notice, if the content is kept."""
_INSTEAD = {
    kind: {name: text for names, text in texts.items() for name in names.split()}
    for kind, texts in _ADVICE.items()
}


def instead(kind: Literal["elements", "attributes", "properties"], name: str) -> str:
    """Return what to use instead of something that WordPress removes.

    Args:
        kind: What it is.
        name: Its name; `on*` for the attributes that hold a script, `()` for a function.
    """
    return _INSTEAD[kind].get(name, _INSTEAD[kind]["*"])


def removed(version: Version, element: str, attribute: str | None = None) -> str:
    """Return why WordPress removes an element or attribute, and which version keeps it.

    Args:
        version: The version of the site.
        element: The element.
        attribute: The attribute; None if the element itself is removed.
    """
    newer = since(element, attribute)
    thing = f"{attribute} on <{element}>" if attribute else f"<{element}>"
    here = (
        f"WordPress {version[0]}.{version[1]} removes {thing} from posts by accounts without"
        " permission for raw HTML"
    )
    return f"{here}; {newer[0]}.{newer[1]} keeps it" if newer and newer > version else here
