"""Send requests: timeouts, retries where they are safe, typed errors, and logs without secrets."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import requests
import urllib3.exceptions

from blogkit import __version__
from blogkit.errors import AuthenticationError, ConfigError, ServerError, Unreachable
from blogkit.http.dates import parse_http_date
from blogkit.http.failures import FailedExchange, FailureRules
from blogkit.http.limits import CONNECT_SECONDS, MAX_BYTES, SECONDS, read_body
from blogkit.http.messages import Request, Response, credentials_in, origin, redact_url
from blogkit.http.rate_limit import RateLimiter
from blogkit.http.session import keep_authorization, new_session
from blogkit.http.waits import Waits
from blogkit.origins import is_loopback

_log = logging.getLogger("blogkit.http")

Auth = Callable[[Request, bool], Mapping[str, str]]
"""The headers that sign a request; True asks for renewed credentials because the site refused
the last ones.
"""


_PAST_CACHES = {"Cache-Control": "no-cache"}
"""An answer that a cache has kept may lack an edit, and decide a write that undoes it.

https://www.rfc-editor.org/rfc/rfc9111.html#name-no-cache
"""
_REDIRECTS = 5
_MOVED = {301, 307, 308}
_LONG = 10.0
"""Longer waits, in seconds, are announced, so that the program does not seem to hang."""


class HttpClient:
    """One site's connection, shared by its threads.

    Args:
        site: The site's name in blogkit.toml, for messages.
        auth: Signs requests. None sends them anonymously, and a 401 is returned as a response.
        session: Sends them; absent = one with pooled connections and without cookies.
        clock: Returns the current time, aware.
        sleep: Waits for a number of seconds.
        timeout: Seconds to connect, and seconds to wait for an answer.
        max_bytes: The largest answer that is read, after decompression.
        retries: How often a request that is safe to repeat is repeated.
        throttled: Whether a response means "slow down, nothing was done". WordPress and Blogger use
            different ones.
        allow_http: Sign requests to other machines without TLS.
        on_request: Called, by the thread that sends it, for each request that is sent.
        rate_limiter: The rate limit of the site; absent = one for this process.

    Attributes:
        site: The site's name in blogkit.toml.
        rate_limiter: The rate limit of the site, for all threads.
        clock_offset: How far the site's clock is ahead of ours, by the Date of its last response.
    """

    def __init__(
        self,
        site: str,
        *,
        auth: Auth | None = None,
        session: requests.Session | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
        timeout: tuple[float, float] = (CONNECT_SECONDS, SECONDS),
        max_bytes: int = MAX_BYTES,
        retries: int = 3,
        throttled: Callable[[Response], bool] = lambda answer: answer.status == 429,
        allow_http: bool = False,
        on_request: Callable[[], None] = lambda: None,
        rate_limiter: RateLimiter | None = None,
    ) -> None:
        self.site = site
        self.rate_limiter = rate_limiter or RateLimiter(sleep=sleep)
        self.clock_offset = timedelta()
        self._auth = auth
        self._session = session or new_session(timeout[1])
        self._clock = clock
        self._sleep = sleep
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._failures = FailureRules(
            site, clock=clock, timeout=timeout[1], retries=retries, throttled=throttled
        )
        self._allow_http = allow_http
        self._on_request = on_request

    def send(self, request: Request) -> Response:
        """Return the site's response, including refusals (4xx), which the platform understands.

        Raises:
            Unreachable: Nothing was sent: no connection, or the address has moved elsewhere.
            AuthenticationError: The site rejects the credentials, also renewed ones.
            RateLimited: The site still asks to slow down after every retry; nothing was done.
            ServerError: A read failed, or the site redirects in a loop.
            OutcomeUnknown: A write got no usable response: it may or may not have happened.
            ConfigError: The address makes no request, or the password would be sent unencrypted.
        """
        credentials = self._sign(request, renew=False)
        renewed = False
        failures = 0
        waits = Waits(self.site)
        while True:
            outcome = self._attempt(request, credentials)
            if isinstance(outcome, Response):
                if outcome.status != 401 or self._auth is None or not request.signed:
                    waits.tell(outcome)
                    return outcome
                fresh = {} if renewed else self._sign(request, renew=True)
                # A password is the same however often it is asked for; a token was confirmed just
                # now, even the same one.
                if renewed or (
                    fresh == credentials and "Bearer " not in fresh.get("Authorization", "")
                ):
                    raise self._not_signed_in(outcome)
                credentials, renewed = fresh, True
                continue
            if failures >= outcome.again:
                if outcome.answer is not None:
                    return outcome.answer
                raise outcome.error
            failures += 1
            waits.add(outcome, self._back_off(outcome, failures))

    def _sign(self, request: Request, *, renew: bool) -> dict[str, str]:
        if self._auth is None or not request.signed:
            return {}
        try:
            address = urlsplit(request.url)
        except ValueError:
            raise self._failures.unusable(request.url) from None
        if (
            address.scheme == "http"
            and not self._allow_http
            and not is_loopback(address.hostname or "")
        ):
            raise ConfigError(
                f"site {self.site}: {redact_url(request.url)} is not encrypted, so signing in would"
                " expose the password",
                hint="use the site's https:// address",
            )
        return {**self._auth(request, renew)}

    def _not_signed_in(self, answer: Response) -> AuthenticationError:
        error = AuthenticationError(
            f"site {self.site} does not accept the credentials:"
            f" {answer.summary().removesuffix('.')}",
            site=self.site,
            status=401,
            reason=answer.summary(),
            hint=f"blogkit login {self.site}",
        )
        error.challenge = answer.quote(answer.headers.get("WWW-Authenticate", ""))
        return error

    def _back_off(self, failure: FailedExchange, failures: int) -> float:
        """Return the seconds until the next attempt."""
        seconds = failure.wait if failure.wait is not None else 0.5 * 2**failures
        tell = _log.warning if seconds >= _LONG else _log.info
        tell("%s %s: waiting %g s", self.site, failure.why, seconds)
        if failure.all:
            self.rate_limiter.hold(seconds)
        else:
            self._sleep(seconds)
        return seconds

    def _attempt(
        self, request: Request, credentials: Mapping[str, str]
    ) -> Response | FailedExchange:
        """Make one attempt, following the redirects that `_follow` allows."""
        url, hops = request.url, 0
        while True:
            self.rate_limiter.wait()
            try:
                answer = self._exchange(request, url, credentials)
            except requests.RequestException as error:
                failure = self._failures.of_exception(request, error)
                _log.debug(
                    "%s %s got no response: %s",
                    request.method,
                    redact_url(url),
                    failure.error.message,
                )
                return failure
            except (ValueError, urllib3.exceptions.LocationParseError):
                raise self._failures.unusable(url) from None
            target = answer.headers.get("Location", "")
            if not (300 <= answer.status < 400 and target):
                return self._failures.judge_response(request, answer)
            url = self._follow(request, url, target, answer.status)
            hops += 1
            if hops > _REDIRECTS:
                raise ServerError(
                    f"site {self.site} redirects in a loop at {redact_url(url)}",
                    site=self.site,
                    status=answer.status,
                )

    def _exchange(self, request: Request, url: str, credentials: Mapping[str, str]) -> Response:
        self._on_request()
        response = self._session.request(
            request.method,
            url,
            # a redirect's target holds the parameters that it wants
            params=list(request.params) if url == request.url else None,
            headers={
                "Accept": "application/json",
                "User-Agent": f"blogkit/{__version__}",
                **_PAST_CACHES,
                **request.headers,
                **credentials,
            },
            json=request.json,
            data=request.data,
            timeout=self._timeout,
            # Not left to requests, which follows a redirected POST with a GET, as browsers do: the
            # write would be lost, and its answer would look like success.
            # https://requests.readthedocs.io/en/latest/user/quickstart/#redirection-and-history
            allow_redirects=False,
            auth=keep_authorization,
            # So that `read_body` decides how much of the body is read, and not the server.
            stream=True,
        )
        self._compare_clocks(response.headers.get("Date", ""))
        _log.debug(
            "%s %s %d %.3f s",
            request.method,
            redact_url(response.url),
            response.status_code,
            response.elapsed.total_seconds(),
        )
        return Response.read(
            response,
            read_body(response, self._max_bytes),
            write=request.write,
            hidden=(*credentials_in(credentials), *request.secrets),
        )

    def _compare_clocks(self, date: str) -> None:
        moment = parse_http_date(date)
        if moment is not None:
            # A schedule is compared with the site's clock: WordPress publishes at once what is due
            # by its own.
            self.clock_offset = moment - self._clock()

    def _follow(self, request: Request, url: str, target: str, status: int) -> str:
        """Return a redirect's target, if credentials may go there and nothing is written."""
        try:
            target = urljoin(url, target)
            old, new = urlsplit(url), urlsplit(target)
            port = new.port or 443
        except ValueError:
            raise ServerError(
                f"site {self.site}: {redact_url(url)} redirects to an invalid address",
                site=self.site,
                status=status,
            ) from None
        # The usual move from http to https, on 443 only: another port of the host may belong to
        # another user's server, which must not get the password.
        upgraded = (old.scheme, new.scheme, port) == (
            "http",
            "https",
            443,
        ) and old.hostname == new.hostname
        anonymous = request.roams and not request.signed and new.scheme == "https"
        same = (old.scheme, old.netloc) == (new.scheme, new.netloc)
        if not request.write and (upgraded or same or anonymous):
            return target
        # A 301, 307 or 308 comes in place of the action, so nothing was done. A 302 or 303 may also
        # come after it: https://www.rfc-editor.org/rfc/rfc9110.html#name-redirection-3xx
        kind = Unreachable if status in _MOVED else ServerError
        raise kind(
            f"site {self.site}: {redact_url(url)} redirects to {redact_url(target)}; blogkit does"
            " not send credentials or writes there",
            site=self.site,
            status=status,
            hint=f"if {origin(target)} is the site's real address, set it as `url` in blogkit.toml",
        )
