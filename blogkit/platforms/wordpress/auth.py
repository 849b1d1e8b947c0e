"""Sign requests with an application password.

See https://developer.wordpress.org/rest-api/using-the-rest-api/authentication/
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from blogkit.errors import ConfigError
from blogkit.http import Request
from blogkit.platforms.wordpress.http_login import HEADER, basic


class ApplicationPassword:
    """Basic authentication for one site, and for no other host.

    Args:
        url: The site's address.
        username: A login or e-mail address.
        password: As WordPress shows it, with or without its spaces; never logged.
        http_login: The user, a colon and the password of a login of the web server in front of
            the site; "" if there is none.

    Raises:
        ConfigError: The user name cannot be sent, because it is empty or has a colon.
    """

    def __init__(self, url: str, username: str, password: str, http_login: str = "") -> None:
        # A colon ends the user name (https://www.rfc-editor.org/rfc/rfc7617#section-2).
        if not username or ":" in username:
            raise ConfigError(
                f'"{username}" cannot be a WordPress user name',
                hint=(
                    "set `username` in blogkit.toml to your WordPress login (not the application"
                    " password's name)"
                ),
            )
        self._home = _home(url)
        own = basic(f"{username}:{password.strip()}")
        self._headers = {"Authorization": own}
        if http_login:
            self._headers = {"Authorization": basic(http_login), HEADER: own}

    def __call__(self, request: Request, _renew: bool) -> Mapping[str, str]:
        """Return the signing headers, or none for another host.

        It cannot be renewed.
        """
        return self._headers if _home(request.url) == self._home else {}

    def __repr__(self) -> str:
        """Return a text without the password."""
        return "<ApplicationPassword ***>"


def _home(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return (
        parts.scheme,
        parts.hostname or "",
        parts.port or {"http": 80, "https": 443}.get(parts.scheme),
    )
