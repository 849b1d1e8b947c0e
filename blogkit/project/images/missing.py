"""Tell in a plan which pictures a person has to upload before their post can go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from blogkit.journal.store import Journal
from blogkit.project.context import ProjectContext
from blogkit.sync.actions import Action


def tell_missing(
    context: ProjectContext, journal: Journal, planned: Mapping[str, Sequence[Action]]
) -> dict[str, list[Action]]:
    """Return the actions; those that lack a picture have it in their summary.

    Only with `host = "manual"`: other hosts get the pictures when the posts are sent.

    Args:
        context: The call's context.
        journal: Knows the addresses of pictures.
        planned: The actions of each site.
    """
    if context.config.images.host != "manual":
        return {site: [*actions] for site, actions in planned.items()}
    host = context.config.image_host
    there = {one.sha256 for one in journal.pictures.all() if one.host == host and one.there}
    hosted = [
        site for site in planned if context.sites.platform(site).capabilities.image_host == host
    ]
    return {
        site: [_told(action, there) if site in hosted else action for action in actions]
        for site, actions in planned.items()
    }


def _told(action: Action, there: set[str]) -> Action:
    if not action.writes or action.desired.path is None:
        return action
    assets = action.desired.draft.assets
    missing = list(dict.fromkeys(one.name for one in assets if one.sha256 not in there))
    if not missing:
        return action
    more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    return replace(
        action,
        summary=f"{action.summary} (first upload {missing[0]}{more})",
        hint=action.hint or "to see what to upload, and what to do then, run: blogkit images list",
    )
