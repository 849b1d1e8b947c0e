"""A widget's style.css: rules for inline styles, and enhancements.

Enhancements are for sites that keep a style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.paths import shown
from blogkit.render.looks.declarations import Declarations, minified, read_declarations
from blogkit.render.widgets.class_names import neutral
from blogkit.render.widgets.code_cache import CodeCache

MARKER = "enhancements"
"""The comment that begins with this word ends the rules that are inlined."""

_CLASS = re.compile(r"\.bk-([a-z][a-z0-9-]*)\Z")


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


def kept_styles(path: Path, widget: str, css: str, cache: CodeCache) -> StyleSheet:
    """Read a style.css, from the cache if it is there.

    Args:
        path: As `parse_styles`.
        widget: As there.
        css: As there.
        cache: Keeps what was read.

    Returns:
        Rules and enhancements.

    Raises:
        ContentError: As there.
    """

    def read() -> tuple[dict[str, dict[str, str]], str]:
        sheet = parse_styles(path, widget, css)
        return {part: dict(found) for part, found in sheet.rules.items()}, sheet.enhancements

    return StyleSheet(*cache.get(("style", widget, css), read))


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
    import tinycss2  # what it reads is cached, so that most commands do without it

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
        declarations = read_declarations(node.content, self.object)
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

    def check_scope(self, node: Any) -> None:
        """Report an enhancement that affects more than its own widget."""
        import tinycss2

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
