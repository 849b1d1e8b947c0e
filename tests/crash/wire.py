"""What may become of one request between a client and a site, whatever the site: faults on the
wire, by name.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import requests

Exchange = Callable[[], requests.Response]

HEADER = "X-Blogkit-Fault"
"""The real WordPress's fault switch: any other name of a fault is for it
(tests/e2e/wordpress/config/faults.php).
"""


def exchange(send: Exchange, request: requests.PreparedRequest, fault: str) -> requests.Response:
    """Send the request under a fault; "" is none."""
    if fault in FAULTS:
        return FAULTS[fault](send)
    if fault:
        request.headers[HEADER] = fault
    return send()


def asked(method: str, address: str) -> tuple[str, str]:
    """The method and the route that the site sees: WordPress takes both from parameters, too."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    route = query.get("rest_route", parts.path.removeprefix("/wp-json"))
    return query.get("_method", method), route


def _reset(_send: Exchange) -> requests.Response:
    raise requests.ConnectionError("connection reset before anything arrived")


def _reset_after(send: Exchange) -> requests.Response:
    send().close()
    raise requests.ConnectionError("connection reset")


def _timeout(_send: Exchange) -> requests.Response:
    raise requests.ReadTimeout("no answer")


def _timeout_after(send: Exchange) -> requests.Response:
    send().close()
    raise requests.ReadTimeout("no answer")


def _truncated(send: Exchange) -> requests.Response:
    answer = send()
    whole = answer.content
    answer._content = whole[: len(whole) // 2]
    return answer


def _page(send: Exchange) -> requests.Response:
    """Done there, and something in between answers in the site's place."""
    answer = send()
    answer._content = (
        b"<html><head><title>One moment, please</title></head><body>Checking your"
        b" browser</body></html>"
    )
    answer.status_code, answer.headers["Content-Type"] = 200, "text/html"
    return answer


FAULTS: dict[str, Callable[[Exchange], requests.Response]] = {
    "reset": _reset,
    "reset-after-commit": _reset_after,
    "timeout": _timeout,
    "timeout-after-commit": _timeout_after,
    "truncated": _truncated,
    "page-after-commit": _page,
}
