"""Sign requests to Google: exchange a refresh token for short-lived access tokens.

Access tokens stay in memory until they expire or are refused.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from blogkit.errors import AuthenticationError, OutcomeUnknown, SiteError, Unreachable
from blogkit.http import HttpClient, Request, Response

TOKEN_URL = "https://oauth2.googleapis.com/token"  # noqa: S105
_EARLY = 60.0
"""Seconds before its end at which an access token is no longer used."""

_DAY = 86_400
"""No access token is used for longer, in seconds; a number of 400 digits would be no float."""


class RefreshToken:
    """The signer for `HttpClient`.

    See https://developers.google.com/identity/protocols/oauth2/native-app#offline

    Args:
        http: The client that sends the token requests, unsigned.
        url: Google's token address, or a local one.
        client_id: Of the user's own Google project.
        client_secret: Of the user's own Google project; never logged.
        refresh_token: From `blogkit login`; never logged.
        on_lifetime: Told the seconds that the refresh token is still valid, if Google tells.
    """

    def __init__(
        self,
        http: HttpClient,
        *,
        url: str,
        client_id: str,
        client_secret: str,
        refresh_token: str,
        on_lifetime: Callable[[float], None] = lambda _seconds: None,
    ) -> None:
        self._http = http
        self._url = url
        self._form = {
            "grant_type": "refresh_token",
            "client_id": client_id,
            "client_secret": client_secret,
            "refresh_token": refresh_token,
        }
        self._on_lifetime = on_lifetime
        self._lock = threading.Lock()
        self._mine = threading.local()
        self._access = ""
        self._ends = float("-inf")

    # every signer is told what it signs
    def __call__(self, request: Request, renew: bool) -> Mapping[str, str]:  # noqa: ARG002
        """Return the signing header, with a new access token if needed.

        Args:
            request: What is signed; Google's tokens are the same for all.
            renew: The last token that this thread got was refused.

        Raises:
            AuthenticationError: Google does not accept the refresh token or the client.
            Unreachable: Google gave no usable response; the signed request was not sent.
        """
        with self._lock:
            # Not the time of day: setting it back would make an expired token look valid.
            now = time.monotonic()
            # What was refused is what this thread was given last; another thread may have renewed
            # it meanwhile.
            refused = renew and getattr(self._mine, "given", "") == self._access
            if not self._access or now >= self._ends or refused:
                self._refresh(now)
            self._mine.given = self._access
            return {"Authorization": f"Bearer {self._access}"}

    def _refresh(self, now: float) -> None:
        request = Request(
            "POST",
            self._url,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            data=urlencode(self._form).encode(),
            repeatable=True,
            secrets=(self._form["client_secret"], self._form["refresh_token"]),
        )
        site = self._http.site
        try:
            answer = self._http.send(request)
            if answer.status >= 400:
                raise _refusal(answer, site)
            data = answer.json(site)
        except OutcomeUnknown as error:
            # The write that this token was to sign never left, so its outcome is known: nothing
            # happened.
            raise Unreachable(
                f"site {site}: Google's sign-in does not answer: {error.message}",
                site=site,
                hint="try again later",
            ) from None
        if not isinstance(data, dict) or not isinstance(data.get("access_token"), str):
            raise Unreachable(
                f"site {site}: Google's sign-in returned no token",
                site=site,
                hint="try again later",
            )
        lifetime = data.get("expires_in")
        seconds = min(lifetime, _DAY) if isinstance(lifetime, int | float) else 3600
        self._access = data["access_token"]
        self._ends = now + seconds - _EARLY
        if left := lifetime_of(data):
            self._on_lifetime(left)


def lifetime_of(answer: Mapping[str, object]) -> float:
    """Return the seconds that a refresh token is still valid; 0 if Google does not tell.

    Args:
        answer: The token endpoint's answer.
    """
    seconds = answer.get("refresh_token_expires_in")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return 0
    return min(seconds, 100 * 365 * _DAY)


def _refusal(answer: Response, site: str) -> SiteError:
    """Return the error of a refused token request.

    See https://www.rfc-editor.org/rfc/rfc6749#section-5.2
    """
    body = answer.decoded()
    code = str(body.get("error", "")) if isinstance(body, dict) else ""
    login = f"blogkit login {site}"
    hints = {
        "invalid_grant": (
            f"{login} (while your Google project is in testing, sign-ins expire after 7 days; set"
            " it to production)"
        ),
        "invalid_client": f"check the client id and secret, then run: {login}",
        "unauthorized_client": f"the sign-in belongs to another client id; run: {login}",
    }
    message = answer.summary()
    return AuthenticationError(
        f"site {site}: Google does not accept the stored sign-in: {message}",
        site=site,
        status=answer.status,
        reason=message,
        hint=hints.get(code, login),
    )


def access_token(token: str) -> Callable[[Request, bool], Mapping[str, str]]:
    """Return a signer for an access token alone.

    Such a token is valid for about an hour and cannot be renewed.
    """
    headers = {"Authorization": f"Bearer {token}"}
    return lambda _request, _renew: headers
