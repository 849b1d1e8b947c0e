"""Know when sign-ins end, in time to sign in again.

While the OAuth client's Google project is in testing, a sign-in ends after seven days
(https://developers.google.com/identity/protocols/oauth2#expiration); Google tells the seconds that
are left with each token.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from blogkit.project.connect import Settings
from blogkit.times import both_clocks

if TYPE_CHECKING:  # every command asks for `ending`
    from blogkit.project.health import HealthCheck

WARNING = timedelta(days=3)
"""How long before its end a sign-in is reported."""


def sign_in_end(settings: Settings, name: str) -> datetime | None:
    """Return when a site's sign-in ends; None if it does not, or this is not known.

    Sends no request: the end is known from the last token, or was stored at login.

    Args:
        settings: Configuration and credentials.
        name: The site's name.
    """
    if end := settings.sign_in_ends.get(name):
        return end
    site = settings.config.site(name)
    if site.platform != "blogger":
        return None
    from blogkit.project.sign_in.signing import address_of

    stored = settings.credentials().get(name, "refresh_token", address_of(site))
    return stored.ends if stored else None


def ending(settings: Settings, sites: Iterable[str], within: timedelta) -> Mapping[str, datetime]:
    """Return the sign-ins that end soon or have ended, by site.

    Args:
        settings: Configuration, credentials and clock.
        sites: The sites' names.
        within: How soon.
    """
    ends = {name: sign_in_end(settings, name) for name in sites}
    latest = settings.clock() + within
    return {name: end for name, end in ends.items() if end is not None and end <= latest}


def check_sign_in_end(settings: Settings, name: str) -> list[HealthCheck]:
    """Return the check of a site's sign-in; none if it does not end, as far as is known.

    Args:
        settings: Configuration, credentials and clock.
        name: The site's name.
    """
    from blogkit.project.health import HealthCheck

    end = sign_in_end(settings, name)
    if end is None:
        return []
    now = settings.clock()
    message = f"the sign-in {_in_words(end, now, settings.config.zone)}"
    fix = (
        f"run: blogkit login {name}   (in the Google Cloud console, Google Auth Platform > Audience"
        " > Publish app, sign-ins of your own project last)"
    )
    return [HealthCheck("sign-in lasts", end > now + WARNING, message, fix)]


def _in_words(end: datetime, now: datetime, zone: tzinfo) -> str:
    when = f"on {both_clocks(end, zone)}"
    if end <= now:
        return f"ended {when}"
    hours = int((end - now) / timedelta(hours=1))
    days = hours // 24
    left = f"{days} day{'s' * (days != 1)}" if days else f"{hours} hour{'s' * (hours != 1)}"
    return f"ends in {left}, {when}"
