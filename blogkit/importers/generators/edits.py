"""What is done with a tag of a generator, and what several generators' tags have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.importers.generators.forms import Form

BOX_KINDS = {
    **dict.fromkeys(("info", "primary", "secondary", "abstract"), "info"),
    **dict.fromkeys(("tip", "hint", "success", "important"), "tip"),
    **dict.fromkeys(("warning", "caution", "danger", "error", "attention"), "warning"),
    **dict.fromkeys(("note", "default", ""), "note"),
}
"""What themes call the kinds of a box, and the kind of a callout."""


@dataclass(frozen=True)
class TagEdit:
    """A change of a body.

    Attributes:
        start: Where it begins.
        end: The offset behind it.
        new: What takes its place.
        kind: "changed" for the same in our form, "call" for a widget, "dropped", or "needed" if it
            stays and only its author can replace it.
        words: A widget's name, or why it is dropped or needed.
        hint: What to do; of what is dropped, what to show of it.
    """

    start: int
    end: int
    new: str
    kind: Literal["changed", "call", "dropped", "needed"] = "changed"
    words: str = ""
    hint: str = ""


_VIDEOS: Mapping[str, str] = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://x.com/i/status/{}",
}
_ID = re.compile(r"[\w./-]+")


def embedded(provider: str, id_: str, form: Form) -> str:
    """Return a link to a video or the like; "" if the provider or the id is not known.

    Sites differ in what they embed, so it becomes a link: a WordPress site embeds the addresses it
    knows, if they are alone in a paragraph.

    Args:
        provider: "youtube", "vimeo", "instagram", "gist" or "tweet".
        id_: The provider's id.
        form: The post's format.
    """
    pattern = _VIDEOS.get(provider, "")
    return form.address(pattern.format(id_)) if pattern and _ID.fullmatch(id_) else ""


def figure(values: Mapping[str, str], form: Form) -> tuple[str, str]:
    """Return a figure, and the widget that it is made of ("" for an image).

    Args:
        values: What the tag sets: src, alt, caption, title, link, attr, attrlink, width, height.
        form: The post's format.
    """
    get = values.get
    title = f"**{get('title')}**" if get("title") else ""
    caption = " ".join(part for part in (title, get("caption", "")) if part)
    alt = get("alt", "") or re.sub(r"[*_`]", "", caption)
    if (not caption and not get("attr")) or get("link") or not alt:
        return form.image(get("src", ""), alt, get("link", "")), ""
    fields: dict[str, str | int] = {"src": get("src", ""), "alt": alt, "caption": caption}
    fields |= {"credit": get("attr", ""), "credit_href": get("attrlink", "")}
    if get("width", "").isdigit() and get("height", "").isdigit():
        fields |= {name: int(values[name]) for name in ("width", "height")}
    return form.call("image", fields), "image"


FIGURE_PARAMETERS = ("src", "alt", "caption", "title", "link", "attr", "attrlink")


def tokens(text: str) -> tuple[list[str], dict[str, str]]:
    """Return a tag's positional and named parameters.

    Args:
        text: What follows its name, such as `src="a.jpg" alt='A'`.
    """
    words: list[str] = []
    named: dict[str, str] = {}
    for found in _PARAMETER.finditer(text):
        quoted = found["double"] if found["double"] is not None else found["single"]
        value = found["bare"] if quoted is None else re.sub(r"\\([\"\\])", r"\1", quoted)
        if found["key"]:
            named[found["key"].lower()] = value
        else:
            words.append(value)
    return words, named


_PARAMETER = re.compile(
    r"(?:(?P<key>[A-Za-z_][\w-]*)\s*=\s*)?"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|[`'](?P<single>[^`']*)[`']|(?P<bare>[^\s\"'`=]+))"
)
