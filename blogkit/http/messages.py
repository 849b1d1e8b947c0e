"""Hold a request and its response as data, without network access and without printed secrets."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from blogkit.dataclass import dataclass
from blogkit.decoding import HostileJson, decode_json
from blogkit.errors import OutcomeUnknown, ServerError, SiteError

if TYPE_CHECKING:
    import requests

# Rather too much than too little: logs are pasted into public issues, and every site has its own
# names, such as `apikey` and `_wpnonce`.
_SECRET_NAME = re.compile(r"token|secret|pass|key|code|auth|signature|nonce", re.IGNORECASE)
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_MASK = "***"


@dataclass(frozen=True)
class Request:
    """What to send.

    Attributes:
        method: In capitals.
        url: The address, without the parameters in `params`.
        params: Query parameters in order; a name may repeat.
        headers: Headers beside those of the client and the credentials.
        json: A body to encode, None for none.
        data: A verbatim body.
        repeatable: Whether a write is idempotent. Reads always are.
        secrets: Texts that no message may quote.
        only_reads: Whether a POST changes nothing, because of its parameters.
        signed: Whether to send the credentials.
        roams: Whether a read without credentials follows redirects to other hosts, over TLS.
        page: Whether it reads a web page, so that one is an answer like any other.
    """

    method: str
    url: str
    params: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    json: object = None
    data: bytes | None = None
    repeatable: bool = False
    secrets: tuple[str, ...] = ()
    only_reads: bool = False
    signed: bool = True
    roams: bool = False
    page: bool = False

    def __repr__(self) -> str:
        return f"<Request {self.method} {redact_url(self.url)}>"

    @property
    def write(self) -> bool:
        """Whether it may change something."""
        return self.method not in {"GET", "HEAD"} and not self.only_reads

    @property
    def safe_to_repeat(self) -> bool:
        """Whether sending it twice does no more than sending it once."""
        return self.repeatable or not self.write


@dataclass(frozen=True)
class Response:
    """A response.

    Attributes:
        status: The HTTP status.
        headers: The headers; names in any case if the client read it.
        text: The body.
        url: Where it came from.
        write: Whether it answers a write.
        hidden: The credentials that were sent, so that no message quotes them.
    """

    status: int
    headers: Mapping[str, str]
    text: str
    url: str
    write: bool = False
    hidden: tuple[str, ...] = ()

    @classmethod
    def read(
        cls, response: requests.Response, body: bytes, *, write: bool, hidden: tuple[str, ...]
    ) -> Response:
        """Return a response as data.

        JSON is UTF-8 (https://www.rfc-editor.org/rfc/rfc8259#section-8.1), whatever requests
        guesses, unless the header names another charset; a byte order mark is dropped.

        Args:
            response: What requests returned; its own body is not touched.
            body: The body, as `limits.read_body` read it.
            write: Whether it answers a write.
            hidden: The credentials that were sent.
        """
        declared = _CHARSET.search(response.headers.get("Content-Type", ""))
        try:
            text = body.decode(declared.group(1) if declared else "utf-8", errors="replace")
        except (LookupError, UnicodeError):  # no such encoding, or one that cannot replace
            text = body.decode("utf-8", errors="replace")
        return cls(
            response.status_code,
            response.headers,
            text.removeprefix("\ufeff"),
            response.url or "",
            write,
            hidden,
        )

    def __repr__(self) -> str:
        return f"<Response {self.status} {redact_url(self.url)}>"

    def json(self, site: str) -> Any:
        """Return the decoded body.

        Args:
            site: The site's name, for messages.

        Raises:
            ServerError: The body is not JSON.
            OutcomeUnknown: The body is not JSON, and answers a write that may have succeeded.
        """
        try:
            return decode_json(self.text)
        except ValueError as error:
            why = str(error) if isinstance(error, HostileJson) else ""
        # outside the `except`: the decoder's error would be chained, and holds the whole body
        raise self.unusable(site, why or f"something that is not JSON: {self.summary()}")

    def decoded(self) -> Any:
        """Return the decoded body; None if it is not JSON."""
        try:
            return decode_json(self.text)
        except ValueError:
            return None

    def unusable(self, site: str, what: str) -> SiteError:
        """Return the error for a response that is not the API's.

        Args:
            site: The site's name, for the message.
            what: What the site answered with: "a web page".

        Returns:
            `OutcomeUnknown` if a write may have succeeded, else `ServerError`.
        """
        sentence = f"site {site} answered {self.status} with {what} ({redact_url(self.url)})"
        if self.write and self.status < 400:
            hint = "run the same command again; it checks the site first and sends nothing twice"
            return OutcomeUnknown(
                sentence, site=site, status=self.status, reason=self.summary(), hint=hint
            )
        hint = (
            "check the site's address; a security plugin, a login page or maintenance mode may"
            " block it"
        )
        return ServerError(
            sentence, site=site, status=self.status, reason=self.summary(), hint=hint
        )

    def quote(self, text: str, limit: int = 300) -> str:
        """Return the site's own words for a message: without credentials, and on one line.

        Args:
            text: The words.
            limit: The most characters; a longer text ends in "…".
        """
        # the longest first: a shorter one may be part of it
        for secret in sorted(self.hidden, key=len, reverse=True):
            text = text.replace(secret, _MASK)
        text = " ".join(text.split())
        return text if len(text) <= limit else text[: limit - 1] + "…"

    def summary(self) -> str:
        """Return the site's message in short.

        It is the message of a JSON error, in Google's shapes or WordPress's, or the title of a web
        page. https://developers.google.com/blogger/docs/3.0/reference and
        https://developer.wordpress.org/rest-api/ have examples.
        """
        body = self.decoded()
        if body is None:
            title = _TITLE.search(self.text)
            return (
                self.quote(f'a web page titled "{title.group(1).strip()}"' if title else self.text)
                or "an empty response"
            )
        error = body.get("error", body) if isinstance(body, dict) else body
        if isinstance(error, dict):
            said = (
                error.get("message")
                or error.get("error_description")
                or error.get("code")
                or error.get("status")
            )
            code = error.get("code")
            named = f" ({code})" if isinstance(code, str) and code != said else ""
            return self.quote(str(said or f"status {self.status}")) + named
        described = body.get("error_description") if isinstance(body, dict) else ""
        return (
            self.quote(": ".join(str(part) for part in (error, described) if part))
            or f"status {self.status}"
        )


def redact_url(url: str) -> str:
    """Return a URL for logs, without user name, password, fragment and secret query parameters."""
    try:
        parts = urlsplit(url)
        query = [
            (name, _MASK if _SECRET_NAME.search(name) else value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
        ]
        return urlunsplit(
            (
                parts.scheme,
                parts.netloc.rpartition("@")[2],  # the last one: a password may hold another
                parts.path,
                urlencode(query, safe="*:/,"),
                "",
            )
        )
    except ValueError:
        return "(an invalid address)"


def origin(url: str) -> str:
    """Return scheme, host and port of a URL, without user name and password."""
    parts = urlsplit(redact_url(url))
    return f"{parts.scheme}://{parts.netloc}"


def credentials_in(headers: Mapping[str, str]) -> tuple[str, ...]:
    """Return every secret in signing headers, including the password inside a Basic header.

    Args:
        headers: The headers that sign a request.
    """
    found: list[str] = []
    for value in headers.values():
        scheme, _, rest = value.partition(" ")
        found += [value, rest]
        if scheme.lower() == "basic":
            try:
                found.append(base64.b64decode(rest).decode().partition(":")[2])
            except (binascii.Error, UnicodeDecodeError):
                continue
    # A shorter text occurs in ordinary words: masked there, it would tell what it is.
    return tuple(text for text in dict.fromkeys(found) if len(text) > 3)
