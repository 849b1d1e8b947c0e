"""Send requests to sites. All network access of blogkit goes through `HttpClient`."""

from blogkit.http.client import Auth, HttpClient
from blogkit.http.dates import parse_http_date
from blogkit.http.messages import Request, Response, redact_url
from blogkit.http.rate_limit import RateLimiter

__all__ = [
    "Auth",
    "HttpClient",
    "RateLimiter",
    "Request",
    "Response",
    "parse_http_date",
    "redact_url",
]
