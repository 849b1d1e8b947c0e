"""Posts read for mistakes, without a workspace."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from blogkit.lint import widget_rules as of_widgets
from blogkit.lint.context import LintContext
from blogkit.lint.known_posts import KnownPosts
from blogkit.lint.runner import RULES
from blogkit.posts.loader import load_post

ROOT = Path("/workspace")
KNOWN = KnownPosts(
    lambda: frozenset({"posts/talks.md", "pages/about.md"}),
    lambda: frozenset({"talks", "about", "other-key"}),
)


def reading(
    text: str,
    *,
    name: str = "posts/a.md",
    head: str = "title: Some talks",
    today: date = date(2026, 1, 1),
) -> LintContext:
    """A post of this body; its first line is line 4. A text that begins with --- is the whole
    file.
    """
    source = text if text.startswith("---\n") else f"---\n{head}\n---\n{text}"
    post = load_post(ROOT / name, root=ROOT, zone=ZoneInfo("UTC"), text=source.encode())
    return LintContext(post, name, today, KNOWN, source)


def found(code: str, text: str, **options: object) -> list[int]:
    """The lines on which a check objects to a post."""
    lint = {**RULES, **of_widgets.WIDGET_RULES}[code]
    problems = list(lint(reading(text, **options)))  # type: ignore[arg-type]
    assert {problem.code for problem in problems} <= {code}
    assert all(problem.hint and problem.path for problem in problems)
    return [problem.line for problem in problems]
