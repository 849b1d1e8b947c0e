"""What a rule about near misses finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from blogkit.dataclass import dataclass
from blogkit.errors import Problem
from blogkit.lint.context import LintContext
from blogkit.lint.encoding import Repair


@dataclass(frozen=True)
class Miss:
    """A near miss.

    Attributes:
        problem: What `check` reports.
        repairs: The changes that `check --fix` makes; () where more than one is possible.
    """

    problem: Problem
    repairs: tuple[Repair, ...] = ()


MissRule = Callable[[LintContext], Iterator[Miss]]
_FIX = "run: blogkit check --fix"


def miss(
    context: LintContext,
    code: str,
    line: int,
    message: str,
    hint: str,
    *repairs: Repair,
    is_certain: bool = True,
) -> Miss:
    """Return a near miss.

    Args:
        context: The post.
        code: The check's code.
        line: The file's line.
        message: What is wrong.
        hint: What to do, where it cannot be fixed.
        *repairs: The changes that fix it.
        is_certain: Whether it can be nothing else; if not, it is only a warning.
    """
    problem = context.problem(line, code, message, _FIX if repairs else hint)
    if not is_certain:
        problem = replace(problem, severity="warning")
    return Miss(problem, repairs)


def problems_of(rule: MissRule) -> Callable[[LintContext], Iterator[Problem]]:
    """Return a rule's findings as `check` needs them.

    Args:
        rule: The rule.
    """

    def lint(context: LintContext) -> Iterator[Problem]:
        return (found.problem for found in rule(context))

    return lint
