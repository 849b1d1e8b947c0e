"""WordPress's responses other than plain success.

These are PHP warnings before the JSON, and refusals by their code
(https://developer.wordpress.org/rest-api/using-the-rest-api/; the codes are in the source of each
controller).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from blogkit.decoding import decode_leading
from blogkit.errors import (
    AuthenticationError,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    Rejected,
    ServerError,
    SiteError,
)
from blogkit.html import decode
from blogkit.http import Response

_log = logging.getLogger("blogkit.wordpress")

_TAGS = re.compile(r"<[^>]*>")
_CODE = re.compile(r"\((\w+)\)\Z")
_AFTER = re.compile(r"<[^/]|\ufeff")
_MAX_STARTS = 20
"""Places within warnings where JSON may begin; each one costs a pass over the answer."""


class TermExists(Rejected):
    """The category or tag to create already exists.

    Attributes:
        term_id: Its id; 0 if the response does not tell.
    """

    term_id: int


def data(answer: Response, site: str) -> Any:
    """Return a response's JSON, also between PHP warnings and what a cache plugin adds.

    Args:
        answer: A successful response.
        site: The site's name, for messages.

    Raises:
        ServerError: A read got something other than JSON.
        OutcomeUnknown: A write did, so it may have happened.
    """
    text = answer.text.lstrip()
    for start in _starts(text):
        try:
            found, rest = decode_leading(text[start:])
        except ValueError:
            continue
        # Not a bracket of a warning, which goes on in words, and not a script within a page.
        if start and rest and not _AFTER.match(rest):
            continue
        around = answer.quote(decode(_TAGS.sub("", f"{text[:start]} {rest}"))).strip()
        if around:
            _log.warning("site %s shows PHP warnings to visitors: %s", site, around)
        return found
    return answer.json(site)


def _starts(text: str) -> Iterator[int]:
    """Yield the places where JSON may begin."""
    if text.startswith(("{", "[")):
        yield 0
        return
    # With `display_errors` on, PHP prints its warnings before the JSON.
    for match in islice(re.finditer(r"(?<=>)\s*[\[{]|^[\[{]", text, re.MULTILINE), _MAX_STARTS):
        yield match.end() - 1


def from_wordpress(answer: Response) -> bool:
    """Return whether a refusal is the REST API's own, not that of a web server or a firewall."""
    return answer.status >= 400 and _refusal(answer)[2]


def raise_for_wordpress(answer: Response, site: str, doing: str = "") -> None:
    """Raise the typed error of a refusal; return on success.

    Args:
        answer: Any response.
        site: The site's name, for the message and its hint.
        doing: What was asked for, such as 'create the category "News"'.

    Raises:
        AuthenticationError: The credentials are wrong, or did not arrive.
        PermissionDenied: The account may not do this, or a firewall stopped the request.
        NotFound: No such post, route or blog.
        TermExists: The category or tag exists already.
        Rejected: Any other refusal.
    """
    if answer.status < 400:
        return
    code, detail, spoken = _refusal(answer)
    kind, hint = _KNOWN.get(code) or _by_status(answer.status, site, spoken)
    if code == "rest_invalid_param" and "template: " in detail:
        hint = "the site's theme has no such template: correct template: in the file, or remove it"
    plain = detail.removesuffix(".")
    message = (
        f"site {site} does not accept the credentials: {plain}"
        if kind is AuthenticationError
        else f"site {site} refuses to {doing or 'answer'}: {plain}"
    )
    # A web server or plugin answered, not the REST API: its own refusals are JSON with a `code`.
    if not spoken:
        message += f" ({answer.status}, not from WordPress itself)"
    reason = f"{detail} ({code})" if code else detail
    error = kind(
        message, site=site, status=answer.status, reason=reason, hint=hint.format(site=site)
    )
    if isinstance(error, TermExists):
        error.term_id = _term_id(answer)
    raise error


def _by_status(status: int, site: str, spoken: bool) -> tuple[type[SiteError], str]:
    if status in {404, 410}:
        return (
            NotFound,
            (
                ""
                if spoken
                else "check that `url` in blogkit.toml is the front page of a WordPress blog"
            ),
        )
    if status == 413:
        return (
            Rejected,
            (
                "the file is too large for the web server; make it smaller, or raise the server's"
                " limit"
            ),
        )
    if not spoken:
        return PermissionDenied, _WALL
    if status == 401:
        return AuthenticationError, f"blogkit login {site}"
    if status == 403:
        return PermissionDenied, f"see what this account may do: blogkit doctor {site}"
    return Rejected, ""


def unrecognised_user(
    error: AuthenticationError, site: str, *, token: bool = False
) -> AuthenticationError:
    """Return the error of a rejected sign-in, with a hint that fits its cause.

    The causes are a wrong password, and a request that came without one because the server dropped
    the header.

    Args:
        error: The client's error for a 401.
        site: The site's name, for the message and its hint.
        token: Whether a token signed the request, and not a password.
    """
    code = _CODE.search(error.reason)
    kind, hint = _KNOWN.get(code[1] if code else "", (SiteError, ""))
    if token:
        hint = _SIGN_IN
    elif kind is not AuthenticationError:
        hint = _KNOWN["rest_not_logged_in"][1]
    message = f"site {site} does not accept the credentials: {error.reason}"
    return AuthenticationError(
        message, site=site, status=error.status, reason=error.reason, hint=hint.format(site=site)
    )


def understood(error: OutcomeUnknown | ServerError, site: str, doing: str) -> SiteError:
    """Return the refusal behind a 5xx status, or the error itself.

    Args:
        error: The client's error for a 5xx status or an unclear outcome.
        site: The site's name, for the message.
        doing: What was asked for.
    """
    code = _CODE.search(error.reason)
    kind, hint = _AS_BROKEN.get(code[1] if code else "", (None, ""))
    if kind is None:
        return error
    message = f"site {site} refuses to {doing}: {error.reason}"
    return kind(message, site=site, status=error.status, reason=error.reason, hint=hint)


def _refusal(answer: Response) -> tuple[str, str, bool]:
    """Return WordPress's code, its message, and whether the REST API sent it.

    The message includes that of each parameter.
    """
    body = answer.decoded()
    if isinstance(body, dict) and body.get("error") in _AT_WORDPRESS_COM:
        return body["error"], answer.quote(str(body.get("message") or body["error"])), True
    if not isinstance(body, dict) or not isinstance(body.get("code"), str):
        return "", answer.summary(), False
    more = body.get("data")
    params = more.get("params") if isinstance(more, dict) else None
    said = [str(body.get("message") or "")]
    if isinstance(params, dict):
        said += [f"{name}: {text}" for name, text in params.items()]
    return (
        _code(body["code"], more),
        answer.quote(decode(_TAGS.sub("", " · ".join(said)))),
        True,
    )


def _code(outer: str, more: object) -> str:
    """Return a code, or the real one inside `rest_invalid_param`: the account may not see a state.

    Args:
        outer: The code of the refusal.
        more: Its `data`.
    """
    details = more.get("details") if isinstance(more, dict) else None
    status = details.get("status") if isinstance(details, dict) else None
    if not isinstance(status, dict) or status.get("code") != "rest_forbidden_status":
        return outer
    inner = status.get("data")
    stranger = isinstance(inner, dict) and inner.get("status") == 401
    return "rest_not_logged_in" if stranger else "rest_forbidden_status"


def _term_id(answer: Response) -> int:
    more = answer.decoded().get("data")
    number = str(more.get("term_id") if isinstance(more, dict) else more)
    return int(number) if re.fullmatch(r"[0-9]{1,18}", number) else 0


_WALL = (
    "a firewall or security plugin may block the REST API; allow /wp-json/ and ?rest_route= in it"
)
_LOGIN = (
    "make a new application password in WordPress (Users → Profile), then: blogkit login {site}"
)
_SIGN_IN = "sign in again: blogkit login {site}"
# Its servers refuse in a shape of their own what never reaches a site:
# https://github.com/snarfed/bridgy/issues/220 and https://github.com/snarfed/bridgy/issues/308
_AT_WORDPRESS_COM: dict[str, tuple[type[SiteError], str]] = {
    "invalid_token": (AuthenticationError, _SIGN_IN),
    "authorization_required": (AuthenticationError, _SIGN_IN),
    "unauthorized": (
        PermissionDenied,
        "sign in with an account of this blog, and choose this blog: blogkit login {site}",
    ),
    "unknown_blog": (
        NotFound,
        (
            "check `url` in blogkit.toml: WordPress.com has no blog there; www. counts, and"
            " `blog_id` may name the blog's number instead"
        ),
    ),
}
SUBMIT = "publish: pending to submit posts for review"
_OTHERS = "this account may change only its own posts; sign in as the author or as an editor"
_KNOWN: dict[str, tuple[type[SiteError], str]] = {
    **_AT_WORDPRESS_COM,
    "incorrect_password": (AuthenticationError, _LOGIN),
    "invalid_username": (
        AuthenticationError,
        (
            "check `username` in blogkit.toml: it must be the login, not the application password's"
            " name"
        ),
    ),
    "invalid_email": (
        AuthenticationError,
        (
            "check `username` in blogkit.toml: it must be the login, not the application password's"
            " name"
        ),
    ),
    "application_passwords_disabled": (
        AuthenticationError,
        (
            "application passwords are switched off: serve the site over https, and allow them in"
            " its security plugin"
        ),
    ),
    "application_passwords_disabled_for_user": (
        AuthenticationError,
        "ask the site's administrator to allow application passwords for this account",
    ),
    "rest_not_logged_in": (
        AuthenticationError,
        "find out whether the password is wrong or the server drops it: blogkit doctor {site}",
    ),
    "rest_forbidden_status": (
        PermissionDenied,
        "this account may not see drafts; it needs the role Author for posts, Editor for pages",
    ),
    "rest_cannot_publish": (
        PermissionDenied,
        f"this account may only write drafts: write {SUBMIT}, or give it the role Author",
    ),
    "rest_cannot_edit": (PermissionDenied, _OTHERS),
    "rest_cannot_edit_others": (PermissionDenied, _OTHERS),
    "rest_cannot_delete": (PermissionDenied, _OTHERS),
    "rest_forbidden_context": (PermissionDenied, _OTHERS),
    "rest_cannot_create": (
        PermissionDenied,
        "give the account the role Author (posts and images) or Editor (also pages and categories)",
    ),
    "rest_cannot_assign_term": (PermissionDenied, "this account may not use that category or tag"),
    "rest_no_route": (
        NotFound,
        "the site does not offer this part of the REST API; a plugin may have disabled it",
    ),
    "rest_upload_hash_mismatch": (
        Rejected,
        "the file changed during the upload; run the same command again",
    ),
    "term_exists": (TermExists, ""),
    "wp_die": (PermissionDenied, _WALL),
    "empty_content": (Rejected, "write a title or a body"),
}
_TYPES = (
    "WordPress accepts JPEG, PNG, GIF, WebP and (from 6.5) AVIF up to the server's size limit, but"
    " not SVG"
)
_AS_BROKEN: dict[str, tuple[type[SiteError], str]] = {
    "rest_upload_sideload_error": (Rejected, _TYPES),
    "rest_upload_unknown_error": (Rejected, _TYPES),
    "rest_trash_not_supported": (
        PermissionDenied,
        (
            "the site has no trash, and blogkit never deletes permanently; delete the post in"
            " WordPress or enable the trash (EMPTY_TRASH_DAYS)"
        ),
    ),
}
