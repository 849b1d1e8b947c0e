"""A widget's style.css: rules for inline styles, and enhancements.

Enhancements are for sites that keep a style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import tinycss2
from markupsafe import Markup

from blogkit.errors import ContentError, Problem, nearest
from blogkit.paths import shown
from blogkit.render.widgets.class_names import neutral
from blogkit.render.widgets.theme import TOKENS, Theme
from blogkit.sanitizers.profiles import Profile

MARKER = "enhancements"
"""The comment that begins with this word ends the rules that are inlined."""

Declarations = Mapping[str, str]
_CLASS = re.compile(r"\.bk-([a-z][a-z0-9-]*)\Z")
_TOKEN = re.compile(r"var\(--bk-([a-z-]+)\)")


@dataclass(frozen=True)
class StyleSheet:
    """A widget's style.css, read.

    Attributes:
        rules: Each part (the class without `bk-`) and its declarations, in canonical form.
        enhancements: The rest, minified.
    """

    rules: Mapping[str, Declarations]
    enhancements: str = ""

    @cached_property
    def enhanced(self) -> frozenset[str]:
        """Return the parts that the enhancements name."""
        return frozenset(re.findall(r"\.bk-([\w-]+)", self.enhancements))


@lru_cache(maxsize=256)  # one result for one text: the path is for messages
def parse_styles(path: Path, widget: str, css: str) -> StyleSheet:
    """Read a style.css.

    Args:
        path: The file, for messages.
        widget: The widget's name, which its classes begin with.
        css: The file's text.

    Returns:
        Rules and enhancements.

    Raises:
        ContentError: Every rule that cannot be inlined or affects more than the widget.
    """
    reader = _Reader(shown(path), widget)
    rules: dict[str, dict[str, str]] = {}
    enhancements = ""
    inlined = True
    for node in tinycss2.parse_stylesheet(css, skip_whitespace=True):
        if node.type == "comment":
            inlined = inlined and not node.value.strip(" -=*\n").lower().startswith(MARKER)
        elif inlined:
            for part, declarations in reader.rule(node):
                rules.setdefault(part, {}).update(declarations)
        else:
            reader.check_scope(node)
            enhancements += minified([node])
    if not enhancements.isascii():
        reader.object(
            None,
            "the enhancements contain a non-ASCII character, which sites turn into an entity (use"
            " CSS escapes)",
        )
    # `style()` asks for the widget's own class, which may have no rule.
    rules.setdefault(neutral(widget), {})
    if reader.problems:
        raise ContentError(reader.problems)
    return StyleSheet(rules, enhancements)


class _Reader:
    """Reads rules and collects problems."""

    def __init__(self, path: str, widget: str) -> None:
        self.path, self.root = path, neutral(widget)
        self.problems: list[Problem] = []

    def object(self, node: Any, message: str) -> None:
        self.problems.append(
            Problem(self.path, node.source_line if node else 0, message, code="bad-style")
        )

    def rule(self, node: Any) -> Iterator[tuple[str, dict[str, str]]]:
        """Return the parts and declarations of a rule before the marker."""
        if node.type != "qualified-rule":
            self.object(
                node,
                f"only rules can be inlined; move this after /* {MARKER} */, or correct it:"
                f' "{minified([node])[:60]}"',
            )
            return
        declarations = self._declarations(node)
        for selector in minified(node.prelude).split(","):
            if match := _CLASS.match(selector.strip()):
                if match[1] != neutral(match[1]):
                    self.object(
                        node,
                        f'reader modes or ad blockers remove ".bk-{match[1]}"; rename it to'
                        f" .bk-{neutral(match[1])}",
                    )
                yield match[1], declarations
            else:
                self.object(
                    node,
                    f'"{selector.strip()}" cannot be inlined: use one class, such as'
                    f" .bk-{self.root}",
                )

    def _declarations(self, node: Any) -> dict[str, str]:
        found: dict[str, str] = {}
        for item in tinycss2.parse_blocks_contents(
            node.content, skip_comments=True, skip_whitespace=True
        ):
            if item.type != "declaration":
                self.object(item, "this is not a declaration (name: value;)")
                continue
            value = minified(item.value) + ("!important" if item.important else "")
            # WordPress up to 6.8 cuts a declaration at an entity's semicolon, and a quote must be
            # one.
            if re.search(r"[\"'\\]", value):
                self.object(
                    item,
                    f'the value of "{item.name}" contains a quote, where sites cut the'
                    " declaration off",
                )
            for token in _TOKEN.findall(value):
                if token not in TOKENS:
                    hint = nearest(token, TOKENS) or f"tokens: {', '.join(sorted(TOKENS))}"
                    self.object(
                        item, f"--bk-{token} is not a theme token and has no fallback; {hint}"
                    )
            found[item.lower_name if not item.name.startswith("--") else item.name] = value
        return found

    def check_scope(self, node: Any) -> None:
        """Report an enhancement that affects more than its own widget."""
        if node.type == "error":
            self.object(node, f"invalid CSS: {node.message}")
        elif node.type == "at-rule" and node.lower_at_keyword in {"media", "supports"}:
            for inner in tinycss2.parse_blocks_contents(
                node.content or [], skip_comments=True, skip_whitespace=True
            ):
                self.check_scope(inner)
        elif node.type == "qualified-rule":
            for selector in minified(node.prelude).split(","):
                if not re.match(rf"\s*\.bk-{re.escape(self.root)}(?![\w-])", selector):
                    self.object(
                        node,
                        f'"{selector.strip()}" affects more than the widget: begin it with'
                        f" .bk-{self.root}",
                    )
        elif node.type == "at-rule":
            self.object(
                node,
                f"@{node.at_keyword} affects more than the widget; use only @media and @supports",
            )


def minified(nodes: list[Any]) -> str:
    """Return CSS in canonical form: no comments, and only significant white space."""
    css = re.sub(r"/\*.*?\*/", "", tinycss2.serialize(nodes), flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = re.sub(r"([{;][\w-]+):\s+", r"\1:", css)
    return css.replace(";}", "}").strip()


class Stylist:
    """A template's `style(…)`: class and inline declarations of parts, as the profile keeps them.

    Args:
        widget: Its name.
        sheet: Its style.css.
        profile: Decides whether styles and classes are written.
        theme: The tokens' values.
        right_to_left: The writing direction of the post.
    """

    def __init__(
        self,
        widget: str,
        sheet: StyleSheet,
        profile: Profile,
        theme: Theme,
        right_to_left: bool = False,
    ) -> None:
        self.root, self.sheet, self.profile, self.theme = neutral(widget), sheet, profile, theme
        self.right_to_left = right_to_left
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

    def _attributes(self, parts: tuple[str, ...]) -> Markup:
        wanted = parts or (self.root,)
        unknown = [part for part in wanted if part not in self.sheet.rules]
        if unknown:
            raise LookupError(
                f'style.css has no rule .bk-{unknown[0]}, which style("{unknown[0]}") needs'
            )
        attributes = "" if self.root not in wanted or not self.right_to_left else ' dir="rtl"'
        if self.profile.inline_style:
            named = [
                f"bk-{part}" for part in wanted if part == self.root or part in self.sheet.enhanced
            ]
            attributes = (f' class="{" ".join(named)}"' if named else "") + attributes
            if css := self.inline(wanted):
                attributes += f' style="{css}"'
        # made of our own class names and of checked CSS
        return Markup(attributes.strip())  # noqa: S704

    def inline(self, parts: tuple[str, ...]) -> str:
        """Return the declarations of these parts; later ones override earlier ones."""
        merged: dict[str, str] = {}
        for part in parts:
            merged.update(self.sheet.rules[part])
        # A declaration whose token the theme leaves to the site is left out: the site's own rule
        # applies.
        wanted = (
            self._sided(name, value)
            for name, value in merged.items()
            if not self.theme.leaves_open(value)
        )
        return self.theme.fill(";".join(map(":".join, wanted)))

    def _sided(self, name: str, value: str) -> tuple[str, str]:
        """Choose the sides of borders and floats: sites and old browsers lack logical ones."""
        start, end = ("right", "left") if self.right_to_left else ("left", "right")
        name = name.replace("border-inline-start", f"border-{start}").replace(
            "border-inline-end", f"border-{end}"
        )
        if name == "float":
            value = {"inline-start": start, "inline-end": end}.get(value, value)
        return name, value
