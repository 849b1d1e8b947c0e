"""A template's `style(…)`, `styled(…)` and `mark(…)`: how each part of a widget looks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from blogkit.render.looks.declarations import Declarations, override
from blogkit.render.looks.presets import Mark
from blogkit.render.looks.root_variables import root_style, token_sign
from blogkit.render.looks.sides import mirrored, physical
from blogkit.render.looks.theme import Theme
from blogkit.render.looks.typesetting import LATIN, Typesetting
from blogkit.render.widgets.class_names import neutral
from blogkit.render.widgets.styles import StyleSheet
from blogkit.sanitizers.profiles import Profile

_TOKEN = re.compile(r"var\(--bk-([a-z-]+)\)")


class Stylist:
    """The attributes of a widget's elements, as a profile keeps them and a look has them.

    Args:
        widget: Its name.
        sheet: Its style.css.
        profile: Decides whether styles and classes are written.
        theme: The look.
        right_to_left: The writing direction of the post.
        typesetting: What the script of its text needs.
        ours: Whether it is a built-in widget, which presets may style.
    """

    def __init__(
        self,
        widget: str,
        sheet: StyleSheet,
        profile: Profile,
        theme: Theme,
        right_to_left: bool = False,
        *,
        typesetting: Typesetting = LATIN,
        ours: bool = False,
    ) -> None:
        self.root, self.sheet, self.profile, self.theme = neutral(widget), sheet, profile, theme
        self.right_to_left = right_to_left
        self._ours, self._typesetting = ours, typesetting
        self._parts: Mapping[str, Declarations] = theme.parts(
            widget, self.root, sheet.rules, ours=ours
        )
        self._made: dict[tuple[str, ...], Markup] = {}

    def __call__(self, *parts: str) -> Markup:
        """Return the attributes of an element with these parts; without any, of the widget itself.

        A class is written for the widget itself and for what the enhancements name: the others are
        not referenced.
        """
        made = self._made.get(parts)
        if made is None:
            made = self._made[parts] = self._attributes(parts)
        return made

    def styled(self, part: str) -> bool:
        """Return whether the look has declarations for a part: decoration without any is left out.

        The answer is the same for all profiles, so that all have the same elements.
        """
        self._require((part,))
        return bool(self._parts[part])

    def mark(self, name: str) -> Mark:
        """Return a sign or a switch of the look, such as "◆"; "" if it has none."""
        return self.theme.mark(name, ours=self._ours)

    def _require(self, parts: tuple[str, ...]) -> None:
        unknown = [part for part in parts if part not in self._parts]
        if unknown:
            raise LookupError(
                f'style.css has no rule .bk-{unknown[0]}, which style("{unknown[0]}") needs'
            )

    def _attributes(self, parts: tuple[str, ...]) -> Markup:
        wanted = parts or (self.root,)
        self._require(wanted)
        is_root = self.root in wanted
        attributes = ' dir="rtl"' if is_root and self.right_to_left else ""
        if self.profile.inline_style:
            named = [
                f"bk-{part}" for part in wanted if part == self.root or part in self.sheet.enhanced
            ]
            attributes = (f' class="{" ".join(named)}"' if named else "") + attributes
            css = self.inline(wanted, is_root=is_root)
            if is_root and self._has_variables:
                css = root_style(css)
            if css:
                attributes += f' style="{css}"'
        # made of our own class names and of checked CSS
        return Markup(attributes.strip())  # noqa: S704

    @property
    def _has_variables(self) -> bool:
        """Whether the widget's root may declare variables: mail programs know none."""
        return self.profile.form != "email"

    def inline(self, parts: tuple[str, ...], *, is_root: bool = False) -> str:
        """Return the declarations of these parts; later ones override earlier ones.

        Args:
            parts: Their names.
            is_root: Whether they are the widget itself.
        """
        merged: dict[str, str] = {}
        for part in parts:
            override(merged, self._parts[part])
        # A declaration whose token the theme leaves to the site is left out: the site's own rule
        # applies.
        wanted = (
            self._sided(name, value)
            for name, value in self._typesetting.fitted(merged, is_root=is_root).items()
            if not self.theme.leaves_open(value)
        )
        css = ";".join(map(":".join, wanted))
        if self._has_variables:
            return _TOKEN.sub(lambda match: token_sign(match[1], self.theme), css)
        return self.theme.fill(css)

    def _sided(self, name: str, value: str) -> tuple[str, str]:
        """Choose the sides of a declaration: sites and old browsers lack logical ones."""
        name, value = physical(name, value)
        return mirrored(name, value) if self.right_to_left else (name, value)
