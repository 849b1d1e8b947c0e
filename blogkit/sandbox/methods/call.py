"""Describe a request to a method of the API, after routing and checking."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from blogkit.sandbox import errors
from blogkit.sandbox.serializers import USER, Shapes

PAGE: Final = 10
"""How many entries or comments a listing returns by default."""
LARGEST_PAGE: Final = 500
"""The largest `maxResults` of a listing."""
Answer = dict[str, Any] | None
"""The body of a response; None is an empty one, 204."""


@dataclass(frozen=True)
class ApiCall:
    """A request after routing and checking.

    Attributes:
        ids: The ids in its path, by name.
        query: Its declared parameters.
        body: Its JSON.
        shapes: Builds the response.
        signed_in: Whether a token came along, not just a key.
        if_match: Its If-Match header.
    """

    ids: dict[str, str]
    query: dict[str, Any]
    body: dict[str, Any]
    shapes: Shapes
    signed_in: bool
    if_match: str = ""

    @property
    def insider(self) -> bool:
        """Whether an author's or administrator's view was requested and is allowed."""
        return self.signed_in and self.query.get("view") in ("AUTHOR", "ADMIN")


def require_self(call: ApiCall) -> None:
    """Check that the user in the path is the signed-in one.

    Raises:
        Refused: The request has no token, or the user is unknown.
    """
    if not call.signed_in:
        raise errors.no_credentials()
    # An id is a string: 19 digits do not fit into the floating-point numbers of many JSON parsers.
    if call.ids["userId"] not in ("self", USER):
        raise errors.not_found()


def page_limit(call: ApiCall) -> int:
    """Return how many items the requested page may have.

    Raises:
        Refused: The page is too large.
    """
    wanted: int = call.query["maxResults"] or PAGE
    if wanted > LARGEST_PAGE:
        raise errors.page_too_large()
    return wanted


def token_after(moment: datetime, identity: str) -> str:
    """Return the token of the page after an item.

    Args:
        moment: The time that the listing is sorted by, in UTC.
        identity: The item's id.
    """
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    # Opaque, so that no client builds one; the padding would have to be escaped in an address.
    return base64.urlsafe_b64encode(f"{stamp} {identity}".encode()).decode().rstrip("=")


def resume_after(token: str | None) -> tuple[str, str] | None:
    """Return the last item of the previous page, as (stamp, id); None without a token.

    Raises:
        Refused: The token is not valid.
    """
    if not token:
        return None
    try:
        stamp, identity = (
            base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode().split(" ")
        )
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise errors.bad_field("page_token") from None
    return stamp, identity
