"""Connect to what a site shows everybody, without signing in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from blogkit.config import Site
from blogkit.errors import BlogkitError
from blogkit.project.connect import Settings, accepting, timeout_of

if TYPE_CHECKING:  # requests is imported when it is needed
    from blogkit.http import Request
    from blogkit.platforms.base import Platform
    from blogkit.platforms.blogger.public_feed import PublicFeed


def connect_public(site: Site, settings: Settings, refusal: BlogkitError) -> Platform | None:
    """Return what readers see of a site, without its sign-in; None if blogkit cannot read that.

    Args:
        site: The site's settings in blogkit.toml.
        settings: The clock and the folder; no credentials are used.
        refusal: What everything raises that needs the sign-in.
    """
    feed = public_feed(site, settings)
    if feed is None:
        return None
    from blogkit.http import HttpClient
    from blogkit.platforms.blogger.public_view import PublicView

    def refuse(_request: Request, _renew: bool) -> Mapping[str, str]:
        raise refusal

    view = PublicView(
        site.name,
        site.url,
        feed=feed,
        http=HttpClient(site.name, auth=refuse, on_request=settings.requests.add),
        zone=settings.config.zone,
        api_base=site.api_base,
        slug_by_title=site.slug_by_title,
        clock=settings.clock,
    )
    return accepting(site, view)


def public_feed(site: Site, settings: Settings) -> PublicFeed | None:
    """Return the feed that a site shows everybody; None if blogkit cannot read that.

    Args:
        site: The site's settings in blogkit.toml.
        settings: The clock.
    """
    if site.platform != "blogger":
        return None
    from blogkit.http import HttpClient
    from blogkit.platforms.blogger.public_feed import PublicFeed

    http = HttpClient(
        site.name,
        clock=settings.clock,
        sleep=settings.sleep,
        timeout=timeout_of(site),
        on_request=settings.requests.add,
    )
    return PublicFeed(site.name, site.url, http)
