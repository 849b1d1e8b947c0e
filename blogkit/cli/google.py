"""Google's sign-in for an installed app: loopback redirect with PKCE, or an address pasted back from another machine.

https://developers.google.com/identity/protocols/oauth2/native-app
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from blogkit.errors import ConfigError, NotSignedIn, UsageError
from blogkit.secrets import Secret

SCOPE = "https://www.googleapis.com/auth/blogger"
AUTHORIZE = "https://accounts.google.com/o/oauth2/v2/auth"
TOKEN = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
_PASTED = "http://127.0.0.1:8899/"


def sign_in(
    client_id: str,
    client_secret: str,
    *,
    api_base: str = "",
    no_browser: bool = False,
    say: Callable[[str], None],
    ask: Callable[[str], str],
    timeout: int = 300,
) -> Secret:
    """The refresh token that the user grants. api_base moves both endpoints (the sandbox); timeout is in seconds.

    Raises `NotSignedIn` when the user declines, unticks the Blogger box, or does not answer in time.
    """
    try:
        from google_auth_oauthlib.flow import InstalledAppFlow
    except ImportError:
        raise ConfigError("signing in to Blogger needs google-auth-oauthlib", hint='run: pip install "blogkit[google]"') from None
    base = api_base.rstrip("/")
    endpoints = (f"{base}/authorize", f"{base}/token") if base else (AUTHORIZE, TOKEN)
    client = {"client_id": client_id, "client_secret": client_secret, "auth_uri": endpoints[0], "token_uri": endpoints[1]}
    flow = InstalledAppFlow.from_client_config({"installed": {**client, "redirect_uris": ["http://127.0.0.1"]}}, scopes=[SCOPE])
    # Users may untick a scope; oauthlib would raise a Warning for it (https://github.com/snarfed/bridgy/issues/1763).
    os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"  # noqa: S105 - a switch, no secret
    if base.startswith("http://127.0.0.1"):
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    credentials = _paste(flow, say, ask) if no_browser else _loopback(flow, say, timeout)
    granted = credentials.granted_scopes or credentials.scopes or []
    if SCOPE not in granted or not credentials.refresh_token:
        raise NotSignedIn("Google granted no access to Blogger", hint="sign in again and leave the Blogger box ticked")
    return Secret(credentials.refresh_token)


def _loopback(flow: Any, say: Callable[[str], None], timeout: int) -> Any:
    message = "Opening your browser. If nothing opens, go to:\n{url}"
    say("Waiting for you to allow access in the browser (Ctrl-C stops) …")
    try:
        return flow.run_local_server(
            host="127.0.0.1",
            port=0,
            timeout_seconds=timeout,
            authorization_prompt_message=message,
            success_message="blogkit is signed in. You can close this page.",
            access_type="offline",
            prompt="consent",
        )
    except AttributeError:  # no answer in time: there is no address to read a code from
        raise NotSignedIn(f"no answer within {timeout} seconds", hint="run the same command again; on a server add --no-browser") from None
    except Exception as error:  # oauthlib's own types, whose texts may quote the code
        raise NotSignedIn(f"Google refused the sign-in ({type(error).__name__})", hint="run the same command again") from None


def _paste(flow: Any, say: Callable[[str], None], ask: Callable[[str], str]) -> Any:
    flow.redirect_uri = _PASTED
    address, state = flow.authorization_url(access_type="offline", prompt="consent")
    say(f"Open this address in a browser anywhere, and allow access:\n\n{address}\n")
    say("The browser then lands on a page that cannot be shown. Copy that page's whole address.")
    landed = parse_qs(urlsplit(ask("address").strip()).query)
    if landed.get("state") != [state]:
        raise UsageError("that address does not belong to this sign-in", hint="run the command again and paste the whole address")
    if "code" not in landed:
        raise NotSignedIn(f"access was not granted: {landed.get('error', ['no code in the address'])[0]}", hint="run the command again")
    try:
        flow.fetch_token(code=landed["code"][0])
    except Exception as error:  # oauthlib's own types, whose texts may quote the code
        raise NotSignedIn(f"Google refused the sign-in ({type(error).__name__})", hint="run the command again") from None
    return flow.credentials
