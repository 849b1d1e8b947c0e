"""What a site keeps of HTML. Renderers and platforms ask the profile, never a platform's name."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Literal

from blogkit.dataclass import dataclass


@dataclass(frozen=True)
class Profile:
    """One set of rules.

    Attributes:
        name: Its name, as shown to users.
        filter: Which model of a site's filter applies: `kses` for WordPress with accounts without
            `unfiltered_html`, `none` if everything is kept as sent.
        wordpress: The version whose filter it is, as (major, minor).
        style_sheet: Whether `<style>` survives.
        script: Whether `<script>` survives.
        inline_style: Whether `style=` survives.
        details: Whether `<details>` survives.
        time: Whether `<time datetime>` survives.
        tabindex: Whether `tabindex` survives.
        anchors: Whether a link to a place in the same post leads there.
        wide_tables: Whether a table of many columns can be read.
        comments: Whether HTML comments survive.
        shortcodes: Whether `[name]` in the text is read as a call.
        ascii_only: Whether other characters come back as references, also in styles and scripts.
        form: What a post becomes.
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

    @cached_property
    def removed_elements(self) -> frozenset[str]:
        """Elements that a site removes, whatever its filter keeps."""
        kept = {"details": self.details}
        if self.filter == "none":
            kept |= {"script": self.script, "style": self.style_sheet, "time": self.time}
        return frozenset(name for name, survives in kept.items() if not survives)


STRICT = Profile("wordpress-author", shortcodes=True)
FOLDER = Profile("folder", filter="none", style_sheet=True, script=True, time=True, tabindex=True)
EDITOR = replace(FOLDER, name="wordpress-editor", shortcodes=True)
BLOGGER = replace(FOLDER, name="blogger", ascii_only=True)
FEED = Profile(
    "feed", inline_style=False, details=False, anchors=False, wide_tables=False, comments=False
)

EMAIL = replace(FEED, name="email", filter="none", inline_style=True, form="email")
TEXT = replace(FEED, name="text", filter="none", form="text")
MARKDOWN = replace(TEXT, name="markdown", wide_tables=True, form="markdown")

OUTPUT_PROFILES = {profile.name: profile for profile in (FEED, EMAIL, TEXT, MARKDOWN)}
"""What a post is for readers who do not come to a site."""

PROFILES = {profile.name: profile for profile in (STRICT, EDITOR, BLOGGER, FOLDER, FEED)}
