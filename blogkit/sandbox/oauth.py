"""Authenticate: the bearer token, the API key, and Google's token endpoint with its sign-in page.

Client id, client secret, refresh token, access token and key are all the word `sandbox`; anything
else is refused as Google does it
(https://developers.google.com/identity/protocols/oauth2/native-app).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from werkzeug.wrappers import Request

from blogkit.sandbox import errors

WORD: Final = "sandbox"
"""The one credential that is accepted, for everything."""
_SCOPE: Final = "https://www.googleapis.com/auth/blogger"
_TESTING: Final = timedelta(seconds=604_799)  # as recorded in October 2026
LIFETIME: Final = 3600
"""Seconds that an access token is said to be valid."""


def signed_in(request: Request, *, writes: bool) -> bool:
    """Return True for the token, False for just the key (reads only).

    Args:
        request: The request.
        writes: Whether the method changes anything.

    Raises:
        Refused: The credentials are missing or not valid, or a key comes with a write.
    """
    scheme, _, header = request.headers.get("Authorization", "").partition(" ")
    token = (
        header.strip()
        if scheme.lower() == "bearer"
        else request.args.get("access_token") or request.args.get("oauth_token")
    )
    # Another scheme, such as Basic, is an attempt to sign in as well, and a wrong one.
    if token or scheme:
        if token == WORD:
            return True
        raise errors.bad_credentials()
    key = request.args.get("key")
    if not key:
        raise errors.unregistered()
    if key != WORD:
        raise errors.bad_key()
    if writes:
        raise errors.no_credentials()
    return False


class TokenRefused(Exception):
    """The token endpoint's flat error (https://www.rfc-editor.org/rfc/rfc6749#section-5.2).

    Args:
        status: The HTTP status.
        error: The error's code.
        description: The error's words.
    """

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, "error_description": description}


@dataclass
class Grants:
    """The sign-ins: unused authorisation codes, and when the refresh token ends.

    Attributes:
        clock: Returns the current time.
        lasting: Returns whether a sign-in has no end.
        codes: The redirect address, PKCE challenge and scope of each.
    """

    clock: Callable[[], datetime]
    lasting: Callable[[], bool]
    codes: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    _end: datetime | None = None

    def authorize(self, query: Mapping[str, str]) -> str:
        """Return the browser's next address; the user always agrees.

        Args:
            query: The parameters of the sign-in page.

        Raises:
            TokenRefused: Google would show an error page.
        """
        target = query.get("redirect_uri", "")
        if query.get("client_id") != WORD:
            raise TokenRefused(401, "invalid_client", "The OAuth client was not found.")
        # A desktop client may use any port of the loopback address, and no other host
        # (https://www.rfc-editor.org/rfc/rfc8252#section-7.3).
        if urlsplit(target).scheme != "http" or urlsplit(target).hostname not in (
            "127.0.0.1",
            "localhost",
            "::1",
        ):
            raise TokenRefused(
                400, "redirect_uri_mismatch", "The redirect_uri is not a loopback address."
            )
        if (
            query.get("response_type") != "code"
            or query.get("code_challenge_method", "S256") != "S256"
        ):
            raise TokenRefused(
                400,
                "invalid_request",
                "The sandbox knows response_type=code and code_challenge_method=S256 only.",
            )
        code = f"4/{secrets.token_urlsafe(16)}"
        self.codes[code] = (target, query.get("code_challenge", ""), query.get("scope", _SCOPE))
        answer = {"code": code, "scope": query.get("scope", _SCOPE)} | (
            {"state": query["state"]} if "state" in query else {}
        )
        return f"{target}{'&' if urlsplit(target).query else '?'}{urlencode(answer)}"

    def token(self, form: Mapping[str, str], authorization: str = "") -> dict[str, Any]:
        """Return an access token for a refresh token or a code.

        Args:
            form: The fields of the request.
            authorization: Its Authorization header, which may hold the client's id and secret.

        Raises:
            TokenRefused: The client, the code or the token is not valid.
        """
        _check_client(form, authorization)
        grant = form.get("grant_type", "")
        granted = {
            "access_token": WORD,
            "expires_in": LIFETIME,
            "scope": _SCOPE,
            "token_type": "Bearer",
        }
        if grant == "refresh_token":
            # The typical mistake: a token from Google's OAuth Playground, made for its own client.
            if form.get("refresh_token") == f"{WORD}-other-client":
                raise TokenRefused(401, "unauthorized_client", "Unauthorized")
            if form.get("refresh_token") != WORD:
                raise TokenRefused(400, "invalid_grant", "Token has been expired or revoked.")
            if self._end is not None and self._end <= self.clock():
                raise TokenRefused(400, "invalid_grant", "Token has been expired or revoked.")
            return granted | self._lifetime()
        if grant == "authorization_code":
            # a code is valid once: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
            target, challenge, scope = self.codes.pop(form.get("code", ""), ("", "", ""))
            verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            if not target or target != form.get("redirect_uri"):
                raise TokenRefused(400, "invalid_grant", "Bad Request")
            # https://www.rfc-editor.org/rfc/rfc7636#section-4.6
            if challenge and base64.urlsafe_b64encode(verifier).decode().rstrip("=") != challenge:
                raise TokenRefused(400, "invalid_grant", "Invalid code verifier.")
            self._end = None if self.lasting() else self.clock() + _TESTING
            return {**granted, "scope": scope, "refresh_token": WORD, **self._lifetime()}
        raise TokenRefused(400, "unsupported_grant_type", f"Invalid grant_type: {grant}")

    def _lifetime(self) -> dict[str, int]:
        left = self._end - self.clock() if self._end else None
        return {"refresh_token_expires_in": int(left.total_seconds())} if left else {}


def _check_client(form: Mapping[str, str], authorization: str) -> None:
    identity, secret = form.get("client_id"), form.get("client_secret")
    if authorization.lower().startswith("basic "):
        try:
            identity, _, secret = (
                base64.b64decode(authorization[6:], validate=True).decode().partition(":")
            )
        except (binascii.Error, UnicodeDecodeError):
            identity = None
    if identity != WORD:
        raise TokenRefused(401, "invalid_client", "The OAuth client was not found.")
    if secret != WORD:
        raise TokenRefused(401, "invalid_client", "The provided client secret is invalid.")
