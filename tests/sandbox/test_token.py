"""Who gets in, and the words with which the others are turned away."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.cases import for_each
from tests.sandbox.conftest import Api, reason

GOOD = {
    "grant_type": "refresh_token",
    "client_id": "sandbox",
    "client_secret": "sandbox",
    "refresh_token": "sandbox",
}
REDIRECT = "http://127.0.0.1:53682/"
VERIFIER = "v" * 64
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
)


@for_each("header", ["Bearer nonsense", "Bearer ", "Basic c2FuZGJveDpzYW5kYm94", "sandbox"])
def test_a_wrong_token_is_googles_401(api: Api, header: str) -> None:
    answer = api.call("GET", "/posts", headers={"Authorization": header})
    error = answer.get_json()["error"]
    assert answer.status_code == 401
    assert (error["code"], error["status"]) == (401, "UNAUTHENTICATED")
    assert error["message"].startswith(
        "Request had invalid authentication credentials. Expected OAuth 2 access token"
    )
    assert error["errors"] == [
        {
            "message": "Invalid Credentials",
            "domain": "global",
            "reason": "authError",
            "location": "Authorization",
            "locationType": "header",
        }
    ]
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_the_token_may_come_in_the_query(api: Api) -> None:
    assert api.call("GET", "/posts", headers={}, access_token="sandbox").status_code == 200
    assert reason(api.call("GET", "/posts", headers={}, access_token="x")) == (401, "authError")


def test_nobody_may_not_even_read(api: Api) -> None:
    answer = api.call("GET", "/posts", headers={})
    assert reason(answer) == (403, "forbidden")
    assert answer.get_json()["error"]["message"].startswith(
        "Method doesn't allow unregistered callers"
    )


def test_a_key_reads_what_is_public_and_no_more(api: Api) -> None:
    draft, live = api.new(), api.new(draft=False)
    key: dict[str, Any] = {"headers": {}, "key": "sandbox"}
    assert [item["id"] for item in api.call("GET", "/posts", **key).get_json()["items"]] == [
        live["id"]
    ]
    assert reason(api.call("GET", "/posts", status="DRAFT", **key)) == (404, "notFound")
    assert reason(api.call("GET", f"/posts/{draft['id']}", view="ADMIN", **key)) == (
        404,
        "notFound",
    )
    assert reason(api.call("POST", "/posts", {"title": "x"}, **key)) == (401, "required")
    assert reason(api.call("GET", "/v3/users/self", **key)) == (401, "required")
    assert reason(api.call("GET", "/posts", headers={}, key="other")) == (400, "badRequest")


def test_a_refresh_token_buys_an_hour(api: Api) -> None:
    answer = api.client.post("/token", data=GOOD)
    assert answer.status_code == 200
    assert answer.get_json() == {
        "access_token": "sandbox",
        "expires_in": 3600,
        "scope": "https://www.googleapis.com/auth/blogger",
        "token_type": "Bearer",
    }


@for_each(
    ("change", "status", "error"),
    [
        ({"refresh_token": "1//old"}, 400, "invalid_grant"),
        ({"refresh_token": ""}, 400, "invalid_grant"),
        ({"refresh_token": "sandbox-other-client"}, 401, "unauthorized_client"),
        ({"client_id": "x.apps.googleusercontent.com"}, 401, "invalid_client"),
        ({"client_secret": "GOCSPX-x"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "authorization_code", "code": "4/x"}, 400, "invalid_grant"),
    ],
)
def test_the_token_endpoint_refuses_in_googles_flat_form(
    api: Api, change: dict[str, str], status: int, error: str
) -> None:
    answer = api.client.post("/token", data={**GOOD, **change})
    assert (answer.status_code, answer.get_json()["error"]) == (status, error)
    assert set(answer.get_json()) == {"error", "error_description"}


def sign_in(api: Api, **change: str) -> Any:
    query = {
        "client_id": "sandbox",
        "redirect_uri": REDIRECT,
        "response_type": "code",
        "state": "s t",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return api.client.get("/authorize", query_string={**query, **change})


def test_signing_in_with_a_loopback_redirect_and_pkce(api: Api) -> None:
    answer = sign_in(api)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{REDIRECT}?")
    back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert back["state"] == ["s t"]
    form = {
        "grant_type": "authorization_code",
        "code": back["code"][0],
        "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
    }
    who = {"client_id": "sandbox", "client_secret": "sandbox"}
    first = api.client.post("/token", data={**form, **who}).get_json()
    assert (first["refresh_token"], first["access_token"]) == ("sandbox", "sandbox")
    assert api.client.post("/token", data={**form, **who}).get_json()["error"] == "invalid_grant"


def test_signing_in_is_refused_without_the_verifier_or_to_another_host(api: Api) -> None:
    code = parse_qs(urlsplit(sign_in(api).headers["Location"]).query)["code"][0]
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT,
        "code_verifier": "w" * 64,
    }
    answer = api.client.post(
        "/token", data={**form, "client_id": "sandbox", "client_secret": "sandbox"}
    )
    assert answer.get_json()["error"] == "invalid_grant"
    assert sign_in(api, redirect_uri="https://evil.example/").status_code == 400
    assert sign_in(api, client_id="x").status_code == 401
