"""Try new credentials before they are stored."""

from __future__ import annotations

from dataclasses import replace

from blogkit.config import Site
from blogkit.credentials import origin_variable, variable
from blogkit.origins import WORDPRESS_COM, origin_of
from blogkit.project.connect import Settings, connect
from blogkit.project.health import HealthCheck
from blogkit.project.sign_in.ends import check_sign_in_end
from blogkit.project.sign_in.questions import Secrets


def on_trial(settings: Settings, site: Site, secrets: Secrets) -> Settings:
    """Return settings in which a site has new credentials.

    Args:
        settings: The blog's folder, and where its credentials are.
        site: The site.
        secrets: They come from the user, who was told where they go.
    """
    trial = {variable(site.name, name): secret.reveal() for name, secret in secrets.items()}
    if trial:
        trial[origin_variable(site.name)] = server_of(site)
    return replace(settings, environ={**settings.environ, **trial})


def try_credentials(settings: Settings, site: Site, secrets: Secrets) -> list[HealthCheck]:
    """Check a site with new credentials.

    Args:
        settings: The blog's folder, and where its credentials are.
        site: The site.
        secrets: The credentials; none tries what is stored.

    Returns:
        What the site answered.
    """
    tried = on_trial(settings, site, secrets)
    checks = [HealthCheck(*check) for check in connect(site, tried).health().checks]
    return [*checks, *check_sign_in_end(tried, site.name)]


def accepted(checks: list[HealthCheck]) -> bool:
    """Return whether the credentials are right.

    Other checks may fail, such as that of a permission: the credentials are kept.

    Args:
        checks: What the site answered.
    """
    return all(check.ok for check in checks if check.name in ("reachable", "signed in"))


def server_of(site: Site) -> str:
    """Return the server that a site's credentials go to, besides Google's."""
    return origin_of(site.api_base or (WORDPRESS_COM if site.at_wordpress_com else site.url))
