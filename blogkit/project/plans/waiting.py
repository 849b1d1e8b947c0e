"""Tell in a plan which new posts a site takes only later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from blogkit.journal.store import Journal
from blogkit.project.context import ProjectContext
from blogkit.sync.actions import Action
from blogkit.sync.pace import too_early
from blogkit.times import both_clocks


def tell_waiting(
    context: ProjectContext, journal: Journal, planned: Mapping[str, Sequence[Action]]
) -> dict[str, list[Action]]:
    """Return the actions; those that will have to wait have the time in their summary.

    Args:
        context: The call's context.
        journal: What earlier runs left.
        planned: The actions of each site.
    """
    dated = {}
    for site, actions in planned.items():
        times = too_early(actions, context.sites.platform(site), journal, context.clock())
        dated[site] = [
            replace(
                action,
                summary=f"{action.summary} (waits until"
                f" {both_clocks(times[action.key], action.desired.zone)})",
            )
            if action.key in times
            else action
            for action in actions
        ]
    return dated
