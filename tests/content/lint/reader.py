"""Posts read for mistakes, without a workspace."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from blogkit.content.lint.reading import Known, Reading
from blogkit.content.lint.run import LINTS
from blogkit.content.load import load
from blogkit.render import lint as of_widgets

ROOT = Path("/workspace")
KNOWN = Known(lambda: frozenset({"posts/talks.md", "pages/about.md"}), lambda: frozenset({"talks", "about", "other-key"}))


def reading(text: str, *, name: str = "posts/a.md", head: str = "title: Some talks", today: date = date(2026, 1, 1)) -> Reading:
    """A post of this body; its first line is line 4. A text that begins with --- is the whole file."""
    source = text if text.startswith("---\n") else f"---\n{head}\n---\n{text}"
    post = load(ROOT / name, root=ROOT, zone=ZoneInfo("UTC"), text=source.encode())
    return Reading(post, name, today, KNOWN, source)


def found(code: str, text: str, **options: object) -> list[int]:
    """The lines on which a check objects to a post."""
    lint = {**LINTS, **of_widgets.LINTS}[code]
    problems = list(lint(reading(text, **options)))  # type: ignore[arg-type]
    assert {problem.code for problem in problems} <= {code}
    assert all(problem.hint and problem.path for problem in problems)
    return [problem.line for problem in problems]
