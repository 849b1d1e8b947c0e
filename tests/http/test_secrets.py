"""A known secret is sent through every way a request can end; it must appear in no log line,
error, hint, reason or repr.
"""

from __future__ import annotations

import base64
import logging
import threading
import traceback
from collections.abc import Callable

import pytest

from blogkit.errors import BlogkitError, SiteError
from blogkit.http import Request, Response
from blogkit.http.messages import credentials_in, redact_url
from tests.cases import for_each
from tests.http.conftest import Connect
from tests.http.server import Script, Scripted, hangs_until, resets, says, truncates

TOKEN = "ya29.S3CRET-token_value"
BASIC = base64.b64encode(f"author:{TOKEN}".encode()).decode()


def echo(status: int) -> Scripted:
    """A debugging page that repeats what it was sent: the whole header, the pair in it, and the
    password.
    """
    return says(
        status, f'{{"error": {{"message": "got Bearer {TOKEN} Basic {BASIC} and {TOKEN}"}}}}'
    )


ENDINGS: dict[str, Scripted] = {
    "ok": says(200),
    "reset": resets,
    "truncated": truncates,
    "silent": hangs_until(threading.Event()),
    "html": says(200, f"<title>{TOKEN}</title>{BASIC}", "text/html"),
    "redirect": says(
        302, Location=f"https://user:{TOKEN}@other.invalid/?access_token={TOKEN}#{TOKEN}"
    ),
    **{f"echo {status}": echo(status) for status in (400, 401, 403, 404, 429, 500, 503)},
}
SIGNERS: dict[str, dict[str, str]] = {
    "bearer": {"Authorization": f"Bearer {TOKEN}"},
    "basic": {"Authorization": f"Basic {BASIC}"},
    "broken header": {"Authorization": f"Bearer {TOKEN}\nX: y"},
    "not latin": {"Authorization": f"Bearer {TOKEN}—"},
}


def everything_said(call: Callable[[], Response]) -> str:
    """All that a user, a log or a crash report could show of one call."""
    try:
        answer = call()
        parts = [repr(answer), answer.summary(), answer.quote(answer.text)]
        try:
            answer.json("main")
        except BlogkitError as error:
            parts += [str(error), error.hint, repr(error)]
    except BlogkitError as error:
        parts = [str(error), error.hint, repr(error), "".join(traceback.format_exception(error))]
        parts += [error.reason] if isinstance(error, SiteError) else []
    return "\n".join(parts)


@for_each("signer", SIGNERS)
@for_each("ending", ENDINGS)
@for_each("method", ["GET", "POST"])
def test_no_secret_is_ever_said(
    script: Script,
    connect: Connect,
    caplog: pytest.LogCaptureFixture,
    ending: str,
    signer: str,
    method: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    script.seen.clear()
    script.answers = [ENDINGS[ending]]
    # only silence waits the time-out out; a busy machine must not turn another ending into silence
    http = connect(
        lambda request, renew: SIGNERS[signer], timeout=(60, 0.05 if ending == "silent" else 60)
    )
    body = f"refresh_token={TOKEN}".encode()
    request = Request(
        method,
        f"{script.url}/x?key={TOKEN}",
        params=(("access_token", TOKEN),),
        data=body,
        headers={"X-Key": TOKEN},
        secrets=(TOKEN,),
    )
    said = everything_said(lambda: http.send(request)) + repr(request)
    logs = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith("blogkit")
    )
    for text in (said, logs):
        assert TOKEN not in text
        assert signer != "basic" or BASIC not in text
    if "broken" not in signer and "latin" not in signer:
        assert script.seen, "the request never left: this proves nothing"
        assert TOKEN in str(script.seen) or BASIC in str(script.seen)


def test_nobody_there_says_nothing_either(connect: Connect) -> None:
    http = connect(lambda request, renew: SIGNERS["bearer"])
    said = everything_said(
        lambda: http.send(Request("GET", f"https://user:{TOKEN}@127.0.0.1:9/?key={TOKEN}"))
    )
    assert TOKEN not in said
    assert "127.0.0.1:9" in said


@for_each(
    ("headers", "found"),
    [
        ({"Authorization": f"Bearer {TOKEN}"}, (f"Bearer {TOKEN}", TOKEN)),
        ({"Authorization": f"basic {BASIC}"}, (f"basic {BASIC}", BASIC, TOKEN)),
        ({"Authorization": "Basic !"}, ("Basic !",)),
        ({"Authorization": f"Bearer {BASIC}"}, (f"Bearer {BASIC}", BASIC)),
        ({"A": "abc", "B": "abcd"}, ("abcd",)),
        ({"A": TOKEN, "B": TOKEN}, (TOKEN,)),
    ],
)
def test_what_no_message_may_quote(headers: dict[str, str], found: tuple[str, ...]) -> None:
    assert credentials_in(headers) == found


def test_redacting_keeps_what_helps() -> None:
    url = redact_url(
        "https://u:p@blog.example/v3/posts?status=DRAFT&access_token=abc&publishDate=2026-01-01T00%3A00%3A00Z#part"
    )
    assert (
        url
        == "https://blog.example/v3/posts?status=DRAFT&access_token=***&publishDate=2026-01-01T00:00:00Z"
    )
