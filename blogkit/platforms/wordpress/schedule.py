"""State transitions: which `status` and `date_gmt` to send.

WordPress silently changes combinations that contradict each other, so those are refused here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from blogkit.errors import Rejected
from blogkit.platforms.base import Remote, State, Target
from blogkit.platforms.statuses import word_of
from blogkit.platforms.wordpress import api

MIN_LEAD = 75
"""Seconds. WordPress publishes at once what is due in less than 60 s; the rest is the time that
a request may take on its way
(https://developer.wordpress.org/reference/functions/wp_insert_post/).
"""

_SOON = timedelta(seconds=60)


def fields(
    remote: Remote, date: datetime | None, target: Target, now: datetime, site: str
) -> dict[str, Any]:
    """Return the fields to send, empty if the post is already in the target state.

    Args:
        remote: The post as it is.
        date: Its date, which a draft may have, too.
        target: The state to reach.
        now: The site's clock.
        site: The site's name, for messages.

    Raises:
        Rejected: WordPress would do something else than asked.
    """
    state = remote.state
    if target.state is State.SCHEDULED:
        return _scheduled(state, date, target, now, site)
    if target.state is State.LIVE:
        return _live(remote, date, target, now, site)
    if target.state is not State.DRAFT:
        raise Rejected(f"site {site}: cannot set a post to {target.state}", site=site)
    if state is State.DRAFT and target.status in ("", word_of(remote)):
        return {}
    fields: dict[str, Any] = {"status": target.status or "draft"}
    # A draft that keeps a date in the future would be scheduled again by the next "publish".
    kept = api.wordpress_time(target.at) if target.at else None
    return fields | {"date_gmt": kept} if state is State.SCHEDULED or kept else fields


def _scheduled(
    state: State, at: datetime | None, target: Target, now: datetime, site: str
) -> dict[str, Any]:
    if target.at is None:
        raise Rejected(
            f"site {site}: a scheduled post needs a time",
            site=site,
            hint="write `publish: 2026-12-01 07:00`, say",
        )
    if state in {State.SCHEDULED, State.LIVE} and at == _whole(target.at):
        return {}
    lead = (target.at - now).total_seconds()
    if lead <= 0:
        raise Rejected(
            f"site {site}: {_shown(target.at)} has passed, so WordPress would publish at once",
            site=site,
            hint="use `publish: now` or a time in the future",
        )
    if lead < MIN_LEAD:
        raise Rejected(
            f"site {site}: {_shown(target.at)} is {lead:.0f} s ahead; WordPress publishes at once"
            " anything due within a minute",
            site=site,
            hint=f"use `publish: now` or a time at least {MIN_LEAD} s ahead",
        )
    return {"status": "future", "date_gmt": api.wordpress_time(target.at)}


def _live(
    remote: Remote, date: datetime | None, target: Target, now: datetime, site: str
) -> dict[str, Any]:
    if target.at is not None and target.at - now >= _SOON:
        raise Rejected(
            f"site {site}: {_shown(target.at)} is in the future, so the post would be scheduled,"
            " not live",
            site=site,
        )
    wanted = _whole(target.at) if target.at else None
    shown = remote.status or "publish"  # a live post is public or private
    status = target.status or ("private" if shown == "private" else "publish")
    if remote.state is State.LIVE and wanted in {None, date} and status == shown:
        return {}
    if wanted is None and date is not None and date > now:
        wanted = now  # "publish" alone leaves a post with a later date scheduled
    return (
        {"status": status, "date_gmt": api.wordpress_time(wanted)} if wanted else {"status": status}
    )


def verify(remote: Remote, target: Target, site: str) -> None:
    """Check that a write had the desired effect.

    Args:
        remote: The post in the response.
        target: The state that was asked for.
        site: The site's name, for messages.

    Raises:
        Rejected: State or time differ, for instance because of a plugin.
    """
    # A post that was to be scheduled and is live at that very time went live meanwhile.
    if remote.state is not target.state and not (
        target.state is State.SCHEDULED and remote.state is State.LIVE and remote.at == target.at
    ):
        raise Rejected(
            f"site {site}: the post should be {target.state} but is {remote.state}",
            site=site,
            hint=(
                "a plugin, such as an editorial workflow, may have changed it; check the post in"
                " WordPress"
            ),
        )
    if target.status not in ("", word_of(remote)):
        raise Rejected(
            f"site {site}: the post should be {target.status} but is"
            f" {remote.status or remote.state}",
            site=site,
            hint="set it in WordPress; this account may not be allowed to",
        )
    if target.at and remote.state is not State.DRAFT and remote.at != _whole(target.at):
        found = _shown(remote.at) if remote.at else "no time"
        raise Rejected(
            f"site {site}: the post should have the time {_shown(target.at)} but has {found}",
            site=site,
        )


def _whole(moment: datetime) -> datetime:
    """Return the time in whole seconds, WordPress's precision."""
    return moment.astimezone(UTC).replace(microsecond=0)


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
