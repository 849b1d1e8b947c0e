"""Sign in to WordPress.com with an application of the user's own: OAuth2 with a code.

See https://developer.wordpress.com/docs/api/oauth2/
"""

from __future__ import annotations

import secrets
import webbrowser
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

from blogkit.dataclass import dataclass
from blogkit.errors import AuthenticationError, OutcomeUnknown, Unreachable, UsageError
from blogkit.http import HttpClient, Request, Response
from blogkit.origins import WORDPRESS_COM
from blogkit.platforms.wordpress.wordpress_com.landing import Landing, is_refusal

REDIRECT = "http://localhost:8899/"
"""Where the browser ends. The application must have exactly this address among its redirect URLs:
WordPress.com compares them as texts.
"""
APPLICATIONS = "https://developer.wordpress.com/apps/"
"""Where users make an application."""
_AGAIN = "run the same command again"


@dataclass(frozen=True)
class Application:
    """An application of the user's own, which WordPress.com calls the client.

    Attributes:
        client_id: Its number.
        client_secret: Its password; never logged.
        redirect: The redirect URL that it is registered with.
    """

    client_id: str
    client_secret: str
    redirect: str = REDIRECT

    def __repr__(self) -> str:
        return f"<Application {self.client_id}>"


def sign_in_to_wordpress_com(
    http: HttpClient,
    application: Application,
    blog: str,
    *,
    api_base: str = "",
    no_browser: bool = False,
    show: Callable[[str], None],
    ask: Callable[[str], str],
    timeout: int = 300,
) -> tuple[str, str]:
    """Return the token that the user grants, and the address of the blog that it is for.

    The token opens one blog, and does not end.

    Args:
        http: A client that does not sign its requests.
        application: The user's application.
        blog: The host or the number of the blog to ask for.
        api_base: Where both endpoints are, instead of at WordPress.com.
        no_browser: Let the user open the address elsewhere and paste where the browser ends.
        show: Shows a text to the user.
        ask: Asks the user for a line.
        timeout: Seconds to wait for the browser.

    Raises:
        AuthenticationError: The user declines or does not answer in time, or WordPress.com refuses
            the application or its code.
        UsageError: No browser can come back to this machine, or the pasted address belongs to
            another sign-in.
        Unreachable: WordPress.com does not answer.
    """
    base = f"{(api_base or WORDPRESS_COM).rstrip('/')}/oauth2"
    state = secrets.token_urlsafe(24)
    query = {
        "client_id": application.client_id,
        "redirect_uri": application.redirect,
        "response_type": "code",
        "blog": blog,
        "state": state,
    }
    address = f"{base}/authorize?{urlencode(query)}"
    landed = (
        _pasted(address, show, ask)
        if no_browser
        else _caught(address, application.redirect, state, show, timeout)
    )
    return _token(http, f"{base}/token", application, _code(landed, state))


def _pasted(
    address: str, show: Callable[[str], None], ask: Callable[[str], str]
) -> Mapping[str, str]:
    show("Open this address in a browser on any computer, and allow access:")
    for line in ("", address, ""):
        show(line)
    show(
        "The browser then opens a page that cannot be displayed. Copy the full address of that page"
        " and paste it here."
    )
    return {name: values[0] for name, values in parse_qs(urlsplit(ask("address")).query).items()}


def _caught(
    address: str, redirect: str, state: str, show: Callable[[str], None], timeout: int
) -> Mapping[str, str]:
    from blogkit.http.adapter import direct_children

    try:
        landing = Landing(urlsplit(redirect).port or 80, state)
    except OSError:
        raise UsageError(
            f"another program of this machine uses {redirect}", hint=f"{_AGAIN} with --no-browser"
        ) from None
    with landing, direct_children():
        show(
            "Waiting for you to allow access in the browser (press Ctrl-C to stop). If no browser"
            " opens, go to:"
        )
        for line in ("", address, ""):
            show(line)
        try:
            landing.open(webbrowser.get(), address)
        except webbrowser.Error:
            raise UsageError(
                "no browser was found on this machine", hint=f"{_AGAIN} with --no-browser"
            ) from None
        landed = landing.wait(timeout)
    if landed is None:
        raise AuthenticationError(
            f"no answer within {timeout} seconds", hint=f"{_AGAIN}; on a server add --no-browser"
        )
    return landed


def _code(landed: Mapping[str, str], state: str) -> str:
    if is_refusal(landed):
        raise AuthenticationError("access was not granted: you declined", hint=_AGAIN)
    if landed.get("state") != state:
        raise UsageError(
            "this address does not belong to this sign-in",
            hint=f"{_AGAIN} and paste the whole address",
        )
    if "code" in landed:
        return landed["code"]
    raise AuthenticationError("access was not granted: the address contains no code", hint=_AGAIN)


def _token(http: HttpClient, url: str, application: Application, code: str) -> tuple[str, str]:
    form = {
        "client_id": application.client_id,
        "client_secret": application.client_secret,
        "redirect_uri": application.redirect,
        "grant_type": "authorization_code",
        "code": code,
    }
    request = Request(
        "POST",
        url,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        data=urlencode(form).encode(),
        secrets=(application.client_secret, code),
    )
    try:
        answer = http.send(request)
        if answer.status >= 400:
            raise _refused(answer, http.site)
        data = answer.json(http.site)
    except OutcomeUnknown as error:
        raise Unreachable(
            f"site {http.site}: WordPress.com's sign-in does not answer: {error.message}",
            site=http.site,
            hint=_AGAIN,
        ) from None
    token = data.get("access_token") if isinstance(data, dict) else None
    if not isinstance(token, str) or not token:
        raise Unreachable(
            f"site {http.site}: WordPress.com's sign-in returned no token",
            site=http.site,
            hint=_AGAIN,
        )
    return token, str(data.get("blog_url") or "")


def _refused(answer: Response, site: str) -> AuthenticationError:
    """Return the error of a refused code.

    See https://www.rfc-editor.org/rfc/rfc6749#section-5.2
    """
    body = answer.decoded()
    code = str(body.get("error", "")) if isinstance(body, dict) else ""
    hints = {
        "invalid_client": f"check the client id and the client secret at {APPLICATIONS}",
        "invalid_grant": f"a code is valid for a short time; {_AGAIN}",
        "invalid_request": f"check the redirect URL of your application at {APPLICATIONS}",
    }
    reason = answer.summary()
    return AuthenticationError(
        f"site {site}: WordPress.com refused the sign-in: {reason}",
        site=site,
        status=answer.status,
        reason=reason,
        hint=hints.get(code, _AGAIN),
    )
