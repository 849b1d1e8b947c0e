"""Put right what assistants get wrong in widget calls: fences, quotes, values with colons."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from blogkit.errors import Problem
from blogkit.importers.html.verify import Prover
from blogkit.importers.report import Repaired
from blogkit.importers.text.blocks import TextBlock
from blogkit.importers.text.rows import Row
from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.calls import near_calls
from blogkit.lint.near_misses.rules import near_repairs
from blogkit.posts.widget_fences import call_name
from blogkit.render.call_writer import lone_post
from blogkit.render.widgets.registry import Registry

_VALUE = re.compile(r"(?P<before>[ \t]*(?:- )?[\w-]+:[ \t]+)(?P<value>[^\s\"'\[{|>&*!#%@`].*)")
_MOST_ROUNDS = 3
_RISKY = re.compile(r":\s|\s#|:$")


def near_fixed(rows: Sequence[Row], registry: Registry) -> tuple[list[Row], list[Repaired]]:
    """Return lines with near misses fixed, as `check --fix` does, and each change.

    Args:
        rows: The lines of a post in Markdown.
        registry: The widgets.
    """
    fixed, found = [*rows], []
    # what becomes a call may have curly quotes in it
    for _ in range(_MOST_ROUNDS):
        more = _fixed_once(fixed, registry)
        found += more
        if not more:
            break
    return fixed, found


def open_calls(rows: Sequence[Row], registry: Registry) -> list[tuple[int, Problem]]:
    """Return what may be meant as a widget call, and cannot be fixed with certainty.

    Args:
        rows: The lines of a post in Markdown.
        registry: The widgets.

    Returns:
        Each problem with the offset of its line.
    """
    misses = [one for one in near_calls(_context(rows, registry)) if not one.repairs]
    return [(rows[one.problem.line - 1].start, one.problem) for one in misses]


def _context(rows: Sequence[Row], registry: Registry) -> LintContext:
    post = lone_post("\n".join(row.text for row in rows), path=Path("import.md"), key="import")
    return LintContext(post, "import.md", date.min, own_widgets=frozenset(registry))


def _fixed_once(rows: list[Row], registry: Registry) -> list[Repaired]:
    """Fix near misses in the lines, and return each change."""
    found: list[Repaired] = []
    for change in reversed(near_repairs(_context(rows, registry))):
        row = rows[change.line - 1]
        end = change.column + len(change.old)
        if row.text[change.column : end] == change.old:
            text = row.text[: change.column] + change.new + row.text[end:]
            rows[change.line - 1] = replace(row, text=text)
            found.append(Repaired(row.line, change.old, change.new))
    return found


def checked_call(
    block: TextBlock, prover: Prover
) -> tuple[str, list[Repaired], list[tuple[int, Problem]]]:
    """Return a widget call with its values quoted where YAML needs it, and its problems.

    Args:
        block: A fence.
        prover: Renders the call.

    Returns:
        The call, each change, and each problem with the offset of its line.
    """
    text = "\n".join(row.text for row in block.rows)
    if not call_name(block.text) or not prover.problems(text):
        return text, [], []
    rows, changes = [*block.rows], []
    for at, row in enumerate(rows[1:-1], 1):
        found = _VALUE.fullmatch(row.text)
        if found and _RISKY.search(found["value"]):
            quoted = json.dumps(found["value"].rstrip(), ensure_ascii=False)
            rows[at] = replace(row, text=found["before"] + quoted)
            changes.append(Repaired(row.line, found["value"], quoted))
    better = "\n".join(row.text for row in rows)
    if changes and not prover.problems(better):
        return better, changes, []
    problems = [
        (block.rows[min(max(one.line - 1, 0), len(rows) - 1)].start, one)
        for one in prover.problems(text)
    ]
    return text, [], problems
