"""Sign in to Google as an installed app: by loopback redirect with PKCE.

On a server, the user pastes an address from another machine instead.

See https://developers.google.com/identity/protocols/oauth2/native-app
"""

from __future__ import annotations

import os
import threading
import webbrowser
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from blogkit.errors import AuthenticationError, BlogkitError, ConfigError, Unreachable, UsageError
from blogkit.extras import install_hint
from blogkit.origins import is_loopback
from blogkit.platforms.blogger.auth import TOKEN_URL, lifetime_of

_SCOPE = "https://www.googleapis.com/auth/blogger"
_AUTHORIZE = "https://accounts.google.com/o/oauth2/v2/auth"
# Nothing listens there: the browser shows an error, and the code is in its address bar.
_PASTED = "http://127.0.0.1:8899/"
_AGAIN = "run the same command again"


def sign_in(
    client_id: str,
    client_secret: str,
    *,
    api_base: str = "",
    no_browser: bool = False,
    show: Callable[[str], None],
    ask: Callable[[str], str],
    timeout: int = 300,
) -> tuple[str, float]:
    """Return the refresh token that the user grants, and the seconds that it is valid; 0: no end.

    Args:
        client_id: The id of the user's OAuth client.
        client_secret: Its password.
        api_base: Where both endpoints are, instead of at Google; for the sandbox.
        no_browser: Let the user open the address elsewhere and paste where the browser ends.
        show: Shows a text to the user.
        ask: Asks the user for a line.
        timeout: Seconds to wait for the browser.

    Raises:
        AuthenticationError: The user declines, unticks the Blogger box, or does not answer in
            time.
        ConfigError: google-auth-oauthlib is not installed.
        UsageError: This machine has no browser, or the pasted address belongs to another sign-in.
        Unreachable: Google does not answer.
    """
    flow = _flow(client_id, client_secret, api_base.rstrip("/"))
    try:
        credentials = _paste(flow, show, ask) if no_browser else _loopback(flow, show, timeout)
    except BlogkitError:
        raise
    except Exception as error:  # oauthlib's and requests' own types, whose texts may quote the code
        raise _refused(error) from None
    granted = credentials.granted_scopes or credentials.scopes or []
    if _SCOPE not in granted or not credentials.refresh_token:
        raise AuthenticationError(
            "Google did not grant access to Blogger",
            hint="sign in again and keep the Blogger box ticked",
        )
    return str(credentials.refresh_token), lifetime_of(flow.oauth2session.token)


def _flow(client_id: str, client_secret: str, api_base: str) -> Any:
    try:
        from google_auth_oauthlib.flow import InstalledAppFlow
    except ImportError:
        raise ConfigError(
            "signing in to Blogger needs google-auth-oauthlib",
            hint=install_hint("google"),
        ) from None
    from blogkit.http.adapter import mount

    client = {
        "client_id": client_id,
        "client_secret": client_secret,
        "auth_uri": f"{api_base}/authorize" if api_base else _AUTHORIZE,
        "token_uri": f"{api_base}/token" if api_base else TOKEN_URL,
        "redirect_uris": ["http://127.0.0.1"],
    }
    flow = InstalledAppFlow.from_client_config({"installed": client}, scopes=[_SCOPE])
    mount(flow.oauth2session)
    # Users may untick a scope; oauthlib would raise a Warning for it
    # (https://github.com/snarfed/bridgy/issues/1763).
    os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"  # noqa: S105
    if api_base.startswith("http://") and is_loopback(urlsplit(api_base).hostname or ""):
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    return flow


def _loopback(flow: Any, show: Callable[[str], None], timeout: int) -> Any:
    from blogkit.http.adapter import direct_children

    browser = webbrowser.get()  # raises where there is none
    asked = flow.authorization_url

    def ask_in_browser(**options: str) -> Any:
        address, state = asked(**options)
        show(
            "Waiting for you to allow access in the browser (press Ctrl-C to stop). If no browser"
            " opens, go to:"
        )
        for line in ("", address, ""):
            show(line)
        # A browser in the terminal returns when its page has loaded, and the page is served only
        # after this returned.
        threading.Thread(target=browser.open, args=(address, 1), daemon=True).start()
        return address, state

    flow.authorization_url = ask_in_browser
    try:
        with direct_children():
            return flow.run_local_server(
                host="127.0.0.1",
                port=0,
                open_browser=False,
                timeout_seconds=timeout,
                authorization_prompt_message=None,
                success_message=(
                    "blogkit has received your answer. You can close this page and go back to the"
                    " terminal."
                ),
                access_type="offline",
                # Google gives a refresh token only with the first consent, or if asked for consent
                # again
                # (https://developers.google.com/identity/protocols/oauth2/web-server#offline).
                prompt="consent",
            )
    except AttributeError:  # no answer in time: there is no address to read a code from
        raise AuthenticationError(
            f"no answer within {timeout} seconds", hint=f"{_AGAIN}; on a server add --no-browser"
        ) from None


def _refused(error: Exception) -> BlogkitError:
    """Translate an OAuth error by its code, which contains no secret.

    See https://www.rfc-editor.org/rfc/rfc6749#section-5.2
    """
    said = str(getattr(error, "error", "")) or type(error).__name__
    if said == "access_denied":
        return AuthenticationError(
            "access was not granted: you declined, or this account may not use the OAuth client",
            hint=_AGAIN,
        )
    if said == "mismatching_state":
        return AuthenticationError(
            "the answer does not belong to this sign-in and was ignored", hint=_AGAIN
        )
    if said in ("invalid_client", "unauthorized_client"):
        return AuthenticationError(
            "Google does not know this OAuth client",
            hint="download the client file again, and pass it with --client",
        )
    if isinstance(error, webbrowser.Error):
        return UsageError(
            "no browser was found on this machine", hint=f"{_AGAIN} with --no-browser"
        )
    if isinstance(error, OSError):  # requests' errors are
        return Unreachable(
            "cannot reach Google's token endpoint",
            hint="check your connection, then run the same command again",
        )
    return AuthenticationError(f"Google refused the sign-in ({said})", hint=_AGAIN)


def _paste(flow: Any, show: Callable[[str], None], ask: Callable[[str], str]) -> Any:
    flow.redirect_uri = _PASTED
    address, state = flow.authorization_url(access_type="offline", prompt="consent")
    show("Open this address in a browser on any computer, and allow access:")
    for line in ("", address, ""):
        show(line)
    show(
        "The browser then opens a page that cannot be displayed. Copy the full address of that page"
        " and paste it here."
    )
    landed = parse_qs(urlsplit(ask("address").strip()).query)
    if landed.get("state") != [state]:
        raise UsageError(
            "this address does not belong to this sign-in",
            hint="run the same command again and paste the whole address",
        )
    if "code" not in landed:
        why = (
            "you declined"
            if landed.get("error") == ["access_denied"]
            else "the address contains no code"
        )
        raise AuthenticationError(f"access was not granted: {why}", hint=_AGAIN)
    flow.fetch_token(code=landed["code"][0])
    return flow.credentials
