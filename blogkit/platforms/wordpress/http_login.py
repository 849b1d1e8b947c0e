"""The login of a web server in front of a WordPress, as staging sites have it.

It is HTTP's own (https://www.rfc-editor.org/rfc/rfc7617), so it takes the `Authorization` header.
WordPress looks for application passwords nowhere else
(https://developer.wordpress.org/reference/functions/wp_validate_application_password/). Either both
accept one user and password, or the web server lets `/wp-json/` through, or WordPress gets its
password in a header of its own, which takes `MU_PLUGIN`.
"""

from __future__ import annotations

import base64
import re
from dataclasses import replace

from blogkit.errors import AuthenticationError
from blogkit.http import HttpClient
from blogkit.http.messages import credentials_in
from blogkit.platforms.wordpress import routes

HEADER = "X-Blogkit-Authorization"
"""Where WordPress gets the application password if `Authorization` is taken."""

MU_PLUGIN = """\
<?php
/* Plugin Name: blogkit behind an HTTP login */
if ( isset( $_SERVER['HTTP_X_BLOGKIT_AUTHORIZATION'] ) ) {
    unset( $_SERVER['PHP_AUTH_USER'], $_SERVER['PHP_AUTH_PW'] );
    $_SERVER['HTTP_AUTHORIZATION'] = $_SERVER['HTTP_X_BLOGKIT_AUTHORIZATION'];
    wp_populate_basic_auth_from_authorization_header();
}
"""
"""The file `wp-content/mu-plugins/blogkit-login.php`, which reads the header as the usual one."""

_BASIC = re.compile(
    r"(?:^|,)\s*Basic\b(?:[^,]*?\brealm=(?:\"([^\"]*)\"|([^\s,]+)))?", re.IGNORECASE
)


class HttpLoginRequired(AuthenticationError):
    """The web server in front of WordPress asks for a login of its own.

    Attributes:
        realm: What the web server calls it; may be "".
    """

    realm: str = ""


def realm_of(challenge: str) -> str | None:
    """Return the realm of a Basic challenge; None if there is no such challenge.

    Args:
        challenge: The header `WWW-Authenticate` of an answer.
    """
    found = _BASIC.search(challenge)
    return (found[1] or found[2] or "") if found else None


def realm_at(http: HttpClient, front: str, rest: str = "", credentials: str = "") -> str | None:
    """Ask a site whether its HTTP login lets a request in, without signing in to WordPress.

    Args:
        http: The client to send the request with.
        front: The address of the blog's front page.
        rest: Where the REST API is, as for `Client`.
        credentials: The user, a colon, and the password; "" for a request without them.

    Returns:
        The realm of the login that refused; None if the request came through.
    """
    way = routes.Way(rest or routes.QUERY, "GET")
    request = routes.read(f"{front.rstrip('/')}/", way, "/", (("_fields", "name"),))
    signed = {"Authorization": basic(credentials)} if credentials else {}
    answer = http.send(
        replace(
            request,
            signed=False,
            headers={**request.headers, **signed},
            secrets=credentials_in(signed),
        )
    )
    return realm_of(answer.headers.get("WWW-Authenticate", "")) if answer.status == 401 else None


def required(error: AuthenticationError, site: str) -> HttpLoginRequired | None:
    """Return the error of a web server's login; None if WordPress itself refused.

    Args:
        error: The client's error for a 401.
        site: The site's name, for the message and its hint.
    """
    realm = realm_of(error.challenge)
    # A plugin may send the challenge, too, in a refusal of the REST API, which has a code.
    if realm is None or re.search(r"\(\w+\)\Z", error.reason):
        return None
    found = HttpLoginRequired(
        f"site {site} is behind an HTTP login ({called(realm)}) of its web server, which does not"
        " let blogkit in",
        site=site,
        status=error.status,
        reason=error.reason,
        hint=f"store its user and password, too: blogkit login {site}",
    )
    found.realm = realm
    return found


def not_passed_on(target: str) -> str:
    """Return what to do if the HTTP login lets blogkit in, and WordPress does not know it.

    Args:
        target: The site's address, for the message.
    """
    return (
        "if the application password is right, WordPress does not get it, because the HTTP login"
        " takes its header. Do one of these three, then sign in again: save the file above as"
        " wp-content/mu-plugins/blogkit-login.php; or add your WordPress login with the"
        " application password, exactly as shown, to the users of the HTTP login; or exempt"
        f" {target}/wp-json/ from it"
    )


def called(realm: str) -> str:
    """Return a realm in quotation marks, for messages."""
    return f"“{realm}”" if realm else "without a name"


def basic(credentials: str) -> str:
    """Return the value of a header that signs in.

    Args:
        credentials: The user, a colon, and the password.
    """
    return f"Basic {base64.b64encode(credentials.encode()).decode()}"
