"""What a site keeps of HTML. Renderers and platforms ask the profile, never a platform's name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Profile:
    """One set of rules.

    name: as shown to users; filter: which model of a site's filter applies ("kses" = WordPress for
    accounts without `unfiltered_html`, "none" = kept as sent); wordpress: the version whose filter
    it is, (major, minor); style_sheet: a `<style>` element survives; script: `<script>` survives;
    inline_style: `style=` survives; details: `<details>` survives; time: `<time datetime>`
    survives; tabindex: `tabindex` survives; anchors: a link to a place in the same post leads
    there; wide_tables: a table of many columns can be read; comments: HTML comments survive;
    shortcodes: `[name]` in the text is read as a call; ascii_only: non-ASCII text comes back as
    entities (also in style and script).
    """

    name: str
    filter: Literal["kses", "none"] = "kses"
    wordpress: tuple[int, int] = (6, 1)
    style_sheet: bool = False
    script: bool = False
    inline_style: bool = True
    details: bool = True
    time: bool = False
    tabindex: bool = False
    anchors: bool = True
    wide_tables: bool = True
    comments: bool = True
    shortcodes: bool = False
    ascii_only: bool = False
    form: Literal["html", "email", "text", "markdown"] = "html"


STRICT = Profile("wordpress-author", shortcodes=True)
EDITOR = Profile(
    "wordpress-editor",
    filter="none",
    style_sheet=True,
    script=True,
    time=True,
    tabindex=True,
    shortcodes=True,
)
BLOGGER = Profile(
    "blogger",
    filter="none",
    style_sheet=True,
    script=True,
    time=True,
    tabindex=True,
    ascii_only=True,
)
FOLDER = Profile("folder", filter="none", style_sheet=True, script=True, time=True, tabindex=True)
FEED = Profile(
    "feed", inline_style=False, details=False, anchors=False, wide_tables=False, comments=False
)

EMAIL = replace(FEED, name="email", filter="none", inline_style=True, form="email")
TEXT = replace(FEED, name="text", filter="none", form="text")
MARKDOWN = replace(TEXT, name="markdown", wide_tables=True, form="markdown")

OUTPUT_PROFILES = {profile.name: profile for profile in (FEED, EMAIL, TEXT, MARKDOWN)}
"""What a post is for readers who do not come to a site."""

PROFILES = {profile.name: profile for profile in (STRICT, EDITOR, BLOGGER, FOLDER, FEED)}
