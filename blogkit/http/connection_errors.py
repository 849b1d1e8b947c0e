"""Tell why a connection failed, and whether anything was sent."""

from __future__ import annotations

from typing import Literal

import requests
import urllib3.exceptions

from blogkit.http.limits import AnswerTooLarge, DeadlinePassed


def never_sent(error: requests.RequestException) -> bool:
    """Return whether nothing of the request can have reached the site, so that any retry is safe.

    Args:
        error: What requests raised. An error that is not known counts as sent.
    """
    # urllib3 raises `ProxyError` only as long as the proxy itself was not reached.
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError) or _bad_proxy(
        error
    ):
        return True
    if isinstance(error, requests.exceptions.SSLError):
        # These two end the handshake; other errors of TLS may come after the request was sent.
        return "CERTIFICATE_VERIFY_FAILED" in str(error) or "WRONG_VERSION_NUMBER" in str(error)
    return isinstance(_cause(error), urllib3.exceptions.NewConnectionError)


def timed_out(error: requests.RequestException) -> Literal["silent", "incomplete", ""]:
    """Return how an answer failed to come in time.

    Args:
        error: An exchange that reached the site.

    Returns:
        "silent" if no bytes came for too long, "incomplete" if bytes came but the answer did not
        end before its deadline, "" if time was not the reason.
    """
    cause: BaseException | None = error
    late: Literal["silent", ""] = "silent" if isinstance(error, requests.Timeout) else ""
    while cause is not None:
        if isinstance(cause, DeadlinePassed):
            return "incomplete"
        # While the body is read, requests reports a timeout as a lost connection
        # (https://github.com/psf/requests/issues/5430).
        if isinstance(cause, urllib3.exceptions.ReadTimeoutError):
            late = "silent"
        cause = cause.__cause__ or cause.__context__
    return late


def too_large(error: requests.RequestException) -> AnswerTooLarge | None:
    """Return the limit that an answer exceeded, in its body or before; None if it did not."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, AnswerTooLarge):
        cause = cause.__cause__ or cause.__context__
    return cause


def _cause(error: requests.RequestException) -> object:
    """Return what urllib3 raised: the first argument of requests' error, or that one's `reason`."""
    cause = error.args[0] if error.args else None
    return getattr(cause, "reason", cause)


def _bad_proxy(error: requests.RequestException) -> bool:
    """Return whether the proxy's address is unusable: mistyped, or SOCKS without its package."""
    return isinstance(error, requests.exceptions.InvalidProxyURL) or (
        isinstance(error, requests.exceptions.InvalidSchema) and "SOCKS" in str(error)
    )


def connection_reason(error: requests.RequestException) -> str:
    """Return why no connection was made, in words for the user.

    Args:
        error: An error for which `never_sent` is true.
    """
    if _bad_proxy(error):
        return (
            "the proxy named in the environment cannot be used: its address is wrong, or it is"
            " SOCKS (pip install pysocks)"
        )
    if isinstance(error, requests.exceptions.SSLError):
        return (
            "its certificate is not valid for this address"
            if "CERTIFICATE_VERIFY_FAILED" in str(error)
            else "it does not use TLS on that port"
        )
    if isinstance(error, requests.ConnectTimeout):
        return "no response"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy from the environment does not respond"
    return (
        "no such host"
        if isinstance(_cause(error), urllib3.exceptions.NameResolutionError)
        else "connection refused or no route"
    )
