"""Tell what an exchange without a usable response means: the error, and which repeats are safe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import requests

from blogkit.dataclass import dataclass
from blogkit.decoding import decode_leading
from blogkit.errors import (
    ConfigError,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    SiteError,
    Unreachable,
)
from blogkit.http.connection_errors import connection_reason, never_sent, timed_out, too_large
from blogkit.http.dates import parse_http_date
from blogkit.http.messages import Request, Response, origin, redact_url

_MAX_WAIT = 60.0
"""The longest Retry-After, in seconds, that a command waits for; a longer one is an error."""

_DAY = 86_400.0
"""No site means a longer Retry-After, in seconds; a number of 400 digits is not a time."""


@dataclass(frozen=True)
class FailedExchange:
    """An exchange without a usable response.

    Attributes:
        error: What to raise when no repeat is left.
        again: How many repeats are safe.
        why: What happened, in a few words for the log: "could not be reached".
        wait: The seconds that the site asked for; None if it named none.
        all: Whether every thread must wait, not only this request.
        answer: What came instead of the API's response, for the platform to name.
    """

    error: SiteError
    again: int
    why: str = ""
    wait: float | None = None
    all: bool = False
    answer: Response | None = None


class FailureRules:
    """The rules of one site.

    Args:
        site: The site's name in blogkit.toml.
        clock: Returns the current time, aware; a Retry-After may be a date.
        timeout: Seconds that the client waits for an answer.
        retries: How often a request that is safe to repeat is repeated.
        throttled: Whether a response means "slow down, nothing was done".
    """

    def __init__(
        self,
        site: str,
        *,
        clock: Callable[[], datetime],
        timeout: float,
        retries: int,
        throttled: Callable[[Response], bool],
    ) -> None:
        self._site = site
        self._clock = clock
        self._timeout = timeout
        self._retries = retries
        self._throttled = throttled

    def judge_response(self, request: Request, answer: Response) -> Response | FailedExchange:
        """Return the response if the platform can use it, otherwise the failure.

        Args:
            request: What was sent; only reads and idempotent writes may be repeated.
            answer: What came back.
        """
        wait = self._retry_after(answer)
        patient = self._retries if wait is None or wait <= _MAX_WAIT else 0
        reason = answer.summary()
        said = reason.removesuffix(".")
        # "Slow down" means that nothing was done, so even a create may be repeated.
        if self._throttled(answer):
            return FailedExchange(
                self._rate_limited(answer, wait, reason),
                patient,
                f"asks to slow down ({answer.status}: {said})",
                wait,
                all=True,
            )
        if answer.status >= 500:
            # a server may fail after it has saved, so a create is not repeated
            again = patient if request.safe_to_repeat else 0
            what = f"answered {answer.status}: {said}"
            return FailedExchange(
                self._failed(request, what, answer.status, reason), again, what, wait
            )
        expected = request.write or request.page or _holds_json(answer.text)
        if answer.status < 300 and not expected:
            # Cut off, or a web page in the API's place: a read may be repeated, and what comes then
            # is the platform's to judge.
            what = (
                "broke off its response"
                if answer.text.lstrip().startswith(("{", "["))
                else f"answered {answer.status} with {said}"
            )
            return FailedExchange(
                self._failed(request, what, answer.status, said), 1, what, answer=answer
            )
        return answer

    def of_exception(self, request: Request, error: requests.RequestException) -> FailedExchange:
        """Return the failure of an exchange that raised an error.

        Its message does not quote the error, whose text may hold headers or the whole URL.

        Args:
            request: What was to be sent.
            error: What requests raised.

        Raises:
            ConfigError: The address or the credentials make no request.
        """
        if never_sent(error):
            where, reason = origin(request.url), connection_reason(error)
            sentence = f"site {self._site}: cannot connect to {where}: {reason}"
            hint = "check the connection, and the site's `url` (and `api_base`) in blogkit.toml"
            return FailedExchange(
                Unreachable(sentence, site=self._site, hint=hint), 1, "could not be reached"
            )
        again = self._retries if request.safe_to_repeat else 0
        if large := too_large(error):
            what, again = f"sent more than {large.limit / 1e6:g} MB in one answer", 0
        elif late := timed_out(error):
            # A site that is slow twice stays slow, and other sites wait for it.
            what = f"did not answer within {self._timeout:g} s"
            again = 0 if late == "incomplete" else min(again, 1)
        elif isinstance(
            error,
            requests.ConnectionError
            | requests.exceptions.ChunkedEncodingError
            | requests.exceptions.ContentDecodingError,
        ):
            what = "closed the connection before its response was complete"
        else:
            raise self.unusable(request.url) from None
        return FailedExchange(self._failed(request, what), again, what)

    def unusable(self, url: str) -> ConfigError:
        """Return the error of an address or credentials that make no request.

        Args:
            url: The address; secrets in it are not quoted.
        """
        return ConfigError(
            f"site {self._site}: cannot build a request from its address or credentials"
            f" ({redact_url(url)})",
            hint=(
                "check `url` in blogkit.toml for typing errors; if a secret contains line breaks,"
                f" run blogkit login {self._site}"
            ),
        )

    def _rate_limited(self, answer: Response, wait: float | None, reason: str) -> RateLimited:
        asks = "slow down" if wait is None else f"wait {wait:g} s"
        later = "wait a while" if wait is None else f"wait {wait:g} s"
        return RateLimited(
            f"site {self._site} asks to {asks}: {reason.removesuffix('.')}",
            retry_after=wait,
            site=self._site,
            status=answer.status,
            reason=reason,
            hint=f"{later}, then run the same command again; finished posts are not sent again",
        )

    def _retry_after(self, answer: Response) -> float | None:
        # Seconds or a date: https://www.rfc-editor.org/rfc/rfc9110.html#name-retry-after
        value = answer.headers.get("Retry-After", "").strip()
        if value.isdecimal():
            return min(float(value), _DAY)
        moment = parse_http_date(value)
        if moment is None:
            return None
        return min(max(0.0, (moment - self._clock()).total_seconds()), _DAY)

    def _failed(self, request: Request, what: str, status: int = 0, reason: str = "") -> SiteError:
        sentence = f"site {self._site} {what} ({request.method} {redact_url(request.url)})"
        if request.write:
            hint = "run the same command again; it checks the site first and sends nothing twice"
            return OutcomeUnknown(
                f"{sentence}; the change may have been made",
                site=self._site,
                status=status,
                reason=reason,
                hint=hint,
            )
        return ServerError(
            sentence, site=self._site, status=status, reason=reason, hint="try again later"
        )


def _holds_json(text: str) -> bool:
    """Return whether JSON may be in a body: at its end, or at its start with something after it."""
    if text.rstrip().endswith(("}", "]")):
        return True
    try:
        decode_leading(text.lstrip())
    except ValueError:
        return False
    return True
