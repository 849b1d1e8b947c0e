"""The look of all widgets: `[theme]` in blogkit.toml, checked for contrast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from blogkit.dataclass import dataclass
from blogkit.errors import ConfigError, nearest
from blogkit.render.looks.colours import Colour, colour
from blogkit.render.looks.declarations import REMOVED, Declarations, override
from blogkit.render.looks.pairs import LOWEST, LOWEST_SHAPE, Pair, part_pairs, token_pairs, unread
from blogkit.render.looks.presets import (
    ALL_WIDGETS,
    DEFAULT,
    Mark,
    Preset,
    preset_named,
    read_parts,
    wrong_marks,
)
from blogkit.render.looks.tokens import NAMES, Tokens

if TYPE_CHECKING:
    from blogkit.render.widgets.code_cache import CodeCache

OwnParts = tuple[tuple[str, str, str], ...]
"""The blog's own declarations: widget, part and text."""


@dataclass(frozen=True)
class Theme(Tokens):
    """A look: tokens, a preset, and the blog's own parts and signs.

    Attributes:
        preset: The preset whose parts and signs apply. Its tokens are those of this theme only if
            `theme_from_settings` made it.
        own_parts: The blog's own declarations, which win.
        own_marks: The blog's own signs, which win.

    Raises:
        ConfigError: A value cannot be read, or a text has too little contrast.
    """

    preset: str = DEFAULT
    own_parts: OwnParts = ()
    own_marks: tuple[tuple[str, Mark], ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        for pair in self.pairs():
            if not pair.is_readable:
                hint = _visible_accent(self) if pair.lowest == LOWEST_SHAPE else ""
                raise contrast_error(pair, "[theme] ", hint)

    def pairs(self) -> Iterator[Pair]:
        """Return every text and background that the tokens make, with their lowest contrast."""
        return token_pairs(self)

    @cached_property
    def look(self) -> Preset:
        """The preset."""
        return preset_named(self.preset)

    def mark(self, name: str, *, ours: bool) -> Mark:
        """Return a sign or a switch; "" if the look has none of this name.

        Args:
            name: Its name, such as "timeline-marker".
            ours: Whether it is for a built-in widget: presets leave the design of others alone.
        """
        marks = {**(self.look.marks if ours else {}), **dict(self.own_marks)}
        return marks.get(name, "")

    def parts(
        self, widget: str, root: str, base: Mapping[str, Declarations], *, ours: bool
    ) -> dict[str, dict[str, str]]:
        """Return the declarations of a widget's parts, as this look has them.

        Args:
            widget: Its name.
            root: The part of the widget itself.
            base: The declarations of its style.css.
            ours: Whether it is a built-in widget: presets leave the design of others alone.

        Raises:
            ConfigError: The blog has its own declarations for a part that the widget lacks, or
                they make a text unreadable.
        """
        found = {part: dict(declared) for part, declared in base.items()}
        own = self._own.get(widget, {})
        preset = (self.look.parts.get(ALL_WIDGETS, {}), self.look.parts.get(widget, {}))
        for table in (*(preset if ours else ()), own):
            for part, declared in table.items():
                if part in found:
                    override(found[part], declared)
        if own:
            self._check_own(widget, root, own, found)
        return found

    @cached_property
    def _own(self) -> Mapping[str, Mapping[str, Declarations]]:
        tables: dict[str, dict[str, str]] = {}
        for widget, part, css in self.own_parts:
            tables.setdefault(widget, {})[part] = css
        parts, wrong = read_parts(tables)
        if wrong:
            raise ConfigError(f"blogkit.toml: [theme] {wrong[0]}")
        return parts

    def _check_own(
        self,
        widget: str,
        root: str,
        own: Mapping[str, Declarations],
        found: Mapping[str, Declarations],
    ) -> None:
        place = f"[theme.parts.{widget}] "
        for part, declared in own.items():
            if part not in found:
                hint = nearest(part, found) or f"parts: {', '.join(found)}"
                raise ConfigError(f'blogkit.toml: {place}has no part "{part}"', hint=hint)
            kept = {name: value for name, value in declared.items() if value != REMOVED}
            if value := unread(kept, self):
                raise ConfigError(
                    f'{place}{part}: cannot read the colour "{value}"',
                    hint="write #rrggbb, or light-dark(#rrggbb,#rrggbb)",
                )
        for pair in part_pairs(found, root, self):
            if not pair.is_readable:
                raise contrast_error(pair, place)


def contrast_error(pair: Pair, place: str, hint: str = "") -> ConfigError:
    """Return the error for a pair that cannot be read.

    Args:
        pair: The pair.
        place: What the message begins with, such as `[theme] `.
        hint: What to do; "" for the usual.
    """
    seen = "readable" if pair.lowest == LOWEST else "visible"
    usual = (
        f"use a contrast of at least {pair.lowest}; see `blogkit theme list`, or use"
        " light-dark(#hex,#hex)"
    )
    return ConfigError(
        f"{place}{pair.text} on {pair.ground} is not {seen} in {pair.mode} themes:"
        f" contrast {pair.ratio:.1f}",
        hint=hint or usual,
    )


def _visible_accent(theme: Theme) -> str:
    """Return a hint with the accent and a paler one for dark pages; "" if no paler one fits."""
    accent = colour(theme.accent)
    if accent is None:
        return ""
    for percent in range(1, 100):
        paler = Colour(1, 1, 1, percent / 100).over(accent)
        both = f"light-dark({theme.accent},{paler.hex()})"
        values = {name: getattr(theme, name) for name in NAMES} | {"accent": both}
        if all(pair.is_readable for pair in token_pairs(Tokens(**values))):
            return f'use accent = "{both}"'
    return ""


@cache
def default_theme() -> Theme:
    """Return the look without any settings. To check its contrasts takes as long as a widget."""
    return Theme()


def theme_from_settings(settings: Mapping[str, Any], cache: CodeCache | None = None) -> Theme:
    """Return the theme of `[theme]`: the preset, overridden by single tokens, parts and signs.

    Args:
        settings: The table.
        cache: Keeps what was read of the preset for the next process.

    Raises:
        ConfigError: A name or a value is wrong, or a text has too little contrast.
    """
    given = {name.replace("-", "_"): value for name, value in settings.items()}
    preset = preset_named(given.pop("preset", DEFAULT), cache)
    if not settings:
        return default_theme()
    parts, marks = given.pop("parts", {}), given.pop("marks", {})
    for name in given:
        if name not in NAMES:
            known = [*NAMES, "preset", "parts", "marks"]
            hint = nearest(name, known) or f"tokens: {', '.join(NAMES)}; and preset, parts, marks"
            raise ConfigError(f'blogkit.toml: [theme] has no "{name}"', hint=hint)
    _, wrong = read_parts(parts)
    for objection in (*wrong, *wrong_marks(marks)):
        raise ConfigError(f"blogkit.toml: [theme] {objection}")
    own = tuple((w, part, css) for w, table in parts.items() for part, css in table.items())
    return Theme(
        **{**preset.tokens, **given},
        preset=preset.name,
        own_parts=own,
        own_marks=tuple(marks.items()),
    )
