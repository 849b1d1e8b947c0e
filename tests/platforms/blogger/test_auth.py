from __future__ import annotations

import threading
from urllib.parse import parse_qs

import pytest
import requests
import responses

from blogkit.errors import AuthenticationError, Unreachable
from blogkit.http import HttpClient, Request
from blogkit.platforms.blogger.auth import TOKEN_URL, RefreshToken, access_token

ANY = Request("GET", "https://blogger.googleapis.com/v3/x")


def signer() -> RefreshToken:
    http = HttpClient("main", sleep=lambda seconds: None)
    return RefreshToken(
        http, url=TOKEN_URL, client_id="id", client_secret="s3cret-one", refresh_token="s3cret-two"
    )


def grants(*tokens: str, **more: object) -> None:
    for token in tokens:
        responses.post(TOKEN_URL, json={"access_token": token, "expires_in": 3599, **more})


@responses.activate
def test_a_token_is_fetched_once_and_kept() -> None:
    grants("first")
    auth = signer()
    assert auth(ANY, False) == auth(ANY, False) == {"Authorization": "Bearer first"}
    (call,) = responses.calls
    assert parse_qs(
        str(call.request.body, "ascii")
        if isinstance(call.request.body, bytes)
        else str(call.request.body)
    ) == {
        "grant_type": ["refresh_token"],
        "client_id": ["id"],
        "client_secret": ["s3cret-one"],
        "refresh_token": ["s3cret-two"],
    }


@responses.activate
def test_a_refused_token_is_replaced() -> None:
    grants("first", "second")
    auth = signer()
    auth(ANY, False)
    assert auth(ANY, True) == {"Authorization": "Bearer second"}


@responses.activate
def test_threads_that_were_refused_together_renew_once() -> None:
    grants("first", "second", "third")
    auth = signer()
    gate = threading.Barrier(4)

    def refused() -> None:
        auth(ANY, False)
        gate.wait(60)
        auth(ANY, True)

    threads = [threading.Thread(target=refused) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(responses.calls) == 2
    assert auth(ANY, False) == {"Authorization": "Bearer second"}


@responses.activate
def test_a_token_at_its_end_is_not_used() -> None:
    responses.post(TOKEN_URL, json={"access_token": "short", "expires_in": 30})
    grants("next")
    auth = signer()
    auth(ANY, False)
    assert auth(ANY, False) == {"Authorization": "Bearer next"}


@pytest.mark.parametrize(
    ("status", "body", "hint"),
    [
        (
            400,
            {"error": "invalid_grant", "error_description": "Token has been expired or revoked."},
            "7 days",
        ),
        (401, {"error": "invalid_client"}, "client id and secret"),
        (400, {"error": "unauthorized_client"}, "another client id"),
        (403, "<html><title>No</title>", "blogkit login main"),
    ],
)
@responses.activate
def test_a_dead_sign_in_says_how_to_get_another(status: int, body: object, hint: str) -> None:
    responses.post(
        TOKEN_URL, status=status, **({"body": body} if isinstance(body, str) else {"json": body})
    )
    with pytest.raises(AuthenticationError) as caught:
        signer()(ANY, False)
    assert hint in caught.value.hint
    assert "blogkit login main" in caught.value.hint


@pytest.mark.parametrize("kind", ["500", "no token", "html", "lost"])
@responses.activate
def test_a_sign_in_that_does_not_work_wrote_nothing(kind: str) -> None:
    if kind == "500":
        responses.post(TOKEN_URL, status=500)
    elif kind == "no token":
        responses.post(TOKEN_URL, json={"scope": "x"})
    elif kind == "html":
        responses.post(TOKEN_URL, body="<html>")
    else:
        responses.post(TOKEN_URL, body=requests.ConnectionError("lost"))
    with pytest.raises(Unreachable) as caught:
        signer()(Request("POST", ANY.url), False)
    assert "s3cret" not in f"{caught.value!r}{caught.value.hint}"


@responses.activate
def test_a_secret_that_the_server_echoes_is_masked() -> None:
    responses.post(
        TOKEN_URL,
        status=400,
        json={"error": "invalid_grant", "error_description": "bad s3cret-two of s3cret-one"},
    )
    with pytest.raises(AuthenticationError) as caught:
        signer()(ANY, False)
    assert "s3cret" not in f"{caught.value!r}{caught.value.reason}"
    assert "bad *** of ***" in caught.value.message


@responses.activate
def test_an_access_token_alone_signs_until_it_is_refused() -> None:
    responses.get(ANY.url, status=401, json={"error": {"message": "Invalid Credentials"}})
    with pytest.raises(AuthenticationError, match="Invalid Credentials"):
        HttpClient("main", auth=access_token("only-this")).send(ANY)
    assert {call.request.headers["Authorization"] for call in responses.calls} == {
        "Bearer only-this"
    }
