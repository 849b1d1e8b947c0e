"""Sign requests to WordPress.com with an OAuth2 token."""

from __future__ import annotations

from collections.abc import Mapping

from blogkit.http import Request
from blogkit.origins import WORDPRESS_COM, origin_of


class BearerToken:
    """A token for one server, and for no other.

    See https://developer.wordpress.com/docs/api/oauth2/#making-an-api-call

    Args:
        token: What `sign_in_to_wordpress_com` returned; never logged.
        api_base: The address of the API, if it is not WordPress.com's own.
    """

    def __init__(self, token: str, api_base: str = "") -> None:
        self._origin = origin_of(api_base or WORDPRESS_COM)
        self._headers = {"Authorization": f"Bearer {token}"}

    def __call__(self, request: Request, _renew: bool) -> Mapping[str, str]:
        """Return the signing header, or none for another server.

        It cannot be renewed.
        """
        return self._headers if origin_of(request.url) == self._origin else {}

    def __repr__(self) -> str:
        """Return a text without the token."""
        return "<BearerToken ***>"
