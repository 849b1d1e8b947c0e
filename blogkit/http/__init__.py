"""All network access."""

from blogkit.http.client import Auth, Http
from blogkit.http.message import Answer, Request, redact_url
from blogkit.http.pacing import Gate

__all__ = ["Answer", "Auth", "Gate", "Http", "Request", "redact_url"]
