"""Let the user sign in to WordPress.com with an application of their own."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from blogkit.config import Site
from blogkit.credentials import Secret, require_origin
from blogkit.errors import UsageError
from blogkit.origins import WORDPRESS_COM
from blogkit.project.connect import Settings
from blogkit.project.sign_in.questions import Ask, Question, Secrets
from blogkit.project.sign_in.trial import server_of


def ask_wordpress_com(
    site: Site, settings: Settings, no_browser: bool, ask: Ask, show: Callable[[str], None]
) -> Secrets:
    """Let the user sign in, in a browser.

    The client secret is used for this sign-in only, so it is not stored.

    Args:
        site: A site that WordPress.com hosts.
        settings: The blog's folder, and where its credentials are.
        no_browser: Ask for the address at which the user's browser ends.
        ask: Asks the user.
        show: Shows a text to the user.

    Returns:
        The token that the user grants.

    Raises:
        UsageError: An answer is missing.
        ConfigError: `api_base` names a server that the client secret is not for.
        AuthenticationError: The user declined, or WordPress.com refused.
        Unreachable: WordPress.com does not answer.
    """
    from blogkit.http import HttpClient
    from blogkit.platforms.wordpress.wordpress_com.sign_in import (
        APPLICATIONS,
        REDIRECT,
        Application,
        sign_in_to_wordpress_com,
    )

    where = (
        f"The client id of an application of yours at {APPLICATIONS} (type: Web; among its redirect"
        f" URLs: {REDIRECT}):"
    )
    client_id = ask(Question("client id", where)).strip()
    client_secret = ask(Question("client secret", secret=True)).strip() if client_id else ""
    if not client_secret:
        raise UsageError(
            f"site {site.name} has no application at WordPress.com",
            hint=f"make one at {APPLICATIONS}, then: blogkit login {site.name}",
        )
    origins = (WORDPRESS_COM, *settings.credentials().confirmed(site.name))
    require_origin(site.name, "the client secret", client_secret, origins, server_of(site))
    token, blog = sign_in_to_wordpress_com(
        HttpClient(site.name, clock=settings.clock, sleep=settings.sleep),
        Application(client_id, client_secret),
        site.blog_id or urlsplit(site.url).hostname or "",
        api_base=site.api_base,
        no_browser=no_browser,
        show=show,
        ask=lambda name: ask(Question(name)),
    )
    show(f"WordPress.com signed you in to {blog or 'a blog that it does not name'}.")
    return {"wordpress_com_token": Secret(token)}
