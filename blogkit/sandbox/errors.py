"""Build the error bodies of the Blogger API, in Google's words if they are documented.

Where the words are on record nowhere (daily limit, publishing twice), they are ours and the shape
is Google's.
"""

from __future__ import annotations

import json
from typing import Any, Final

STATUS: Final = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    412: "FAILED_PRECONDITION",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
_MORE: Final = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


class Refused(Exception):
    """An error response.

    Args:
        code: The HTTP status.
        reason: Google's name of the error.
        message: Google's words.
        domain: Google's name of what the error is about; "" leaves it out.
        short: The message of `errors[0]`, if it differs.
        where: The location and locationType of `errors[0]`, such as ("fields", "parameter").
    """

    def __init__(
        self,
        code: int,
        reason: str,
        message: str,
        *,
        domain: str = "global",
        short: str = "",
        where: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason
        self.message = message
        self.domain = domain
        self.short = short
        self.where = where

    def body(self) -> dict[str, Any]:
        """Return the JSON body."""
        error = {
            "message": self.short or self.message,
            "domain": self.domain,
            "reason": self.reason,
        }
        # Errors of Google's JSON front end have no domain: clients must not require the key.
        if not self.domain:
            del error["domain"]
        if self.where:
            error["location"], error["locationType"] = self.where
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                "errors": [error],
                "status": STATUS[self.code],
            }
        }


def not_found() -> Refused:
    """Return the error of what is missing, a draft without a view, or not yours.

    Google never tells which.
    """
    return Refused(404, "notFound", "Not Found")


def bad_field(name: str) -> Refused:
    """Return the error of a value that is not acceptable.

    Args:
        name: Google's name of the field.
    """
    return Refused(400, "invalid", f"We're sorry, but the value for field {name} was not valid.")


def page_too_large() -> Refused:
    """Return the error of `maxResults` above 500.

    https://github.com/OpenLiveWriter/OpenLiveWriter/issues/329 has its text.
    """
    return Refused(
        400,
        "invalid",
        "We're sorry, but the value for field max_results is larger than the maximum allowed page"
        " size of 500.",
    )


def bad_payload(message: str) -> Refused:
    """Return the error of JSON that the front end cannot map to a message; it has no domain.

    Args:
        message: What is wrong, in Google's words.
    """
    return Refused(400, "invalid", f"Invalid JSON payload received. {message}", domain="")


def bad_value(name: str, type_name: str, value: object) -> Refused:
    """Return the error of a parameter or field of the wrong type.

    Args:
        name: The field, as in Google's protocol: "post.labels[0]".
        type_name: The type that it should have.
        value: What it has.
    """
    return Refused(
        400,
        "invalid",
        f"Invalid value at '{name}' ({type_name}), {json.dumps(value, ensure_ascii=False)}",
        domain="",
    )


def missing_parameter(name: str) -> Refused:
    """Return the error of a required query parameter that is missing."""
    return Refused(400, "required", f"Required parameter: {name}", where=(name, "parameter"))


def bad_credentials() -> Refused:
    """Return the error of a token that is not one, or one that has expired."""
    return Refused(
        401,
        "authError",
        f"Request had invalid authentication credentials. {_MORE}",
        short="Invalid Credentials",
        where=("Authorization", "header"),
    )


def no_credentials() -> Refused:
    """Return the error of an API key where a person's token is needed."""
    message = f"Request is missing required authentication credential. {_MORE}"
    return Refused(
        401, "required", message, short="Login Required.", where=("Authorization", "header")
    )


def unregistered() -> Refused:
    """Return the error of a request with neither a token nor a key."""
    message = (
        "Method doesn't allow unregistered callers (callers without established identity). "
        "Please use API Key or other form of API consumer identity to call this API."
    )
    return Refused(403, "forbidden", message)


def bad_key() -> Refused:
    """Return the error of an API key that Google never gave out."""
    return Refused(400, "badRequest", "API key not valid. Please pass a valid API key.")


def forbidden() -> Refused:
    """Return the error of an account that may not do this: removed author, wrong account."""
    return Refused(
        403, "forbidden", "We're sorry, but you don't have permission to access this resource."
    )


def permission_denied() -> Refused:
    """Return the error of a blog that has taken too many new posts: it names no limit."""
    return Refused(403, "forbidden", "The caller does not have permission")


def insufficient_scopes() -> Refused:
    """Return the error of a token that was granted for less."""
    message = "Request had insufficient authentication scopes."
    return Refused(403, "insufficientPermissions", message, short="Insufficient Permission")


def api_disabled() -> Refused:
    """Return the error if the API is not enabled in the project of the OAuth client."""
    message = (
        "Blogger API v3 has not been used in project 1234567890 before or it is disabled. Enable it"
        " by visiting"
        " https://console.developers.google.com/apis/api/blogger.googleapis.com/overview?project=1234567890"
        " then retry. If you enabled this API recently, wait a few minutes for the action to"
        " propagate to our systems and retry."
    )
    return Refused(403, "accessNotConfigured", message, domain="usageLimits")


def quota_exceeded() -> Refused:
    """Return the error if the day's new posts are used up."""
    return Refused(
        403,
        "quotaExceeded",
        "The daily limit of new posts for this blog has been reached.",
        domain="usageLimits",
    )


def rate_limited(code: int = 429) -> Refused:
    """Return the error of too many requests.

    Args:
        code: 429 from the newer front end, 403 from the older one.
    """
    # Google sends both statuses for the same limit, so the reason decides, not the status.
    if code == 403:
        return Refused(403, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits")
    return Refused(429, "rateLimitExceeded", "Resource has been exhausted (e.g. check quota).")


def precondition_failed() -> Refused:
    """Return the error if If-Match names another version."""
    return Refused(412, "conditionNotMet", "Precondition Failed", where=("If-Match", "header"))


def backend_error(code: int) -> Refused:
    """Return the error of Google's own failures.

    Args:
        code: 500 or 503.
    """
    message = (
        "Internal error encountered." if code == 500 else "The service is currently unavailable."
    )
    return Refused(code, "backendError", message)


def not_provided(what: str) -> Refused:
    """Return the error of what is in Google's document, and not in the sandbox."""
    return Refused(
        501, "notImplemented", f"The sandbox does not provide {what}. Google's Blogger API does."
    )
