"""Who gets an answer: this machine's own page, in the browser that opened the printed address."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from blogkit.preview.access import TOKEN_HEADER, Access
from blogkit.preview.session import PreviewSession
from tests.cases import for_each
from tests.preview.conftest import BASE

PAGES = ("/", "/posts", "/post?post=posts/rivers.md", "/frame?post=posts/rivers.md", "/events")
PAGES += ("/static/preview.js", "/source?post=posts/rivers.md&line=1")


@for_each("page", PAGES)
def test_without_the_token_nothing_is_answered(stranger: FlaskClient, page: str) -> None:
    assert stranger.get(page, base_url=BASE).status_code == 403


@for_each("token", ["", "wrong", "é"])
def test_a_wrong_token_is_refused(stranger: FlaskClient, token: str) -> None:
    assert stranger.get("/", query_string={"token": token}, base_url=BASE).status_code == 403
    assert stranger.get("/", base_url=BASE).status_code == 403


def test_the_token_becomes_a_cookie_that_no_other_site_can_send(
    stranger: FlaskClient, access: Access
) -> None:
    answer = stranger.get(f"/?token={access.token}&post=posts/rivers.md", base_url=BASE)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert access.token not in cookie + answer.text
    assert 'content="0;url=/?post=posts/rivers.md"' in answer.text
    assert stranger.get("/", base_url=BASE).status_code == 200


def test_the_token_opens_no_other_path(stranger: FlaskClient, access: Access) -> None:
    assert stranger.get(f"/posts?token={access.token}", base_url=BASE).status_code == 403


HOSTS = [
    "http://evil.example:8766",
    "http://127.0.0.1",
    "http://127.0.0.1:80",
    "http://127.0.0.2:8766",
]
HOSTS += ["http://localhost.evil.example:8766", "http://[::1]:8766", "http://0.0.0.0:8766"]


@for_each("base", HOSTS)
def test_another_host_name_is_refused(client: FlaskClient, access: Access, base: str) -> None:
    """A name that an attacker's DNS points to this machine is another host."""
    client.set_cookie(access.cookie_name, access.cookie, domain=urlsplit(base).hostname or "")
    assert client.get("/", base_url=base).status_code == 403
    assert client.get(f"/?token={access.token}", base_url=base).status_code == 403


@for_each(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8766"]
)
def test_another_origin_is_refused(client: FlaskClient, access: Access, origin: str) -> None:
    for page in PAGES:
        assert client.get(page, base_url=BASE, headers={"Origin": origin}).status_code == 403
    headers = {"Origin": origin, TOKEN_HEADER: access.page_token}
    assert client.post("/plan", base_url=BASE, json={}, headers=headers).status_code == 403


@for_each("site", ["cross-site", "same-site"])
def test_a_request_that_another_page_causes_is_refused(client: FlaskClient, site: str) -> None:
    for page in PAGES:
        headers = {"Sec-Fetch-Site": site}
        assert client.get(page, base_url=BASE, headers=headers).status_code == 403


def test_localhost_is_this_machine_too(client: FlaskClient, access: Access) -> None:
    client.set_cookie(access.cookie_name, access.cookie, domain="localhost")
    assert client.get("/", base_url="http://localhost:8766").status_code == 200


@for_each("missing", ["origin", "token", "both"])
def test_a_change_needs_the_page_s_own_token_and_origin(
    client: FlaskClient, access: Access, missing: str
) -> None:
    headers = {"Origin": BASE, TOKEN_HEADER: access.page_token}
    for name in {"origin": ["Origin"], "token": [TOKEN_HEADER], "both": ["Origin", TOKEN_HEADER]}[
        missing
    ]:
        del headers[name]
    for path in ("/plan", "/publish"):
        assert client.post(path, base_url=BASE, json={}, headers=headers).status_code == 403


@for_each("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_reading_takes_get_only(client: FlaskClient, access: Access, method: str) -> None:
    headers = {"Origin": BASE, TOKEN_HEADER: access.page_token}
    answer = client.open("/posts", method=method, base_url=BASE, headers=headers)
    allowed = {"OPTIONS": 200}  # it names the methods, and nothing else
    assert answer.status_code == allowed.get(method, 405)
    assert "Access-Control-Allow-Origin" not in answer.headers


@for_each("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_publishing_takes_post_only(client: FlaskClient, access: Access, method: str) -> None:
    headers = {"Origin": BASE, TOKEN_HEADER: access.page_token}
    assert client.open("/publish", method=method, base_url=BASE, headers=headers).status_code == 405


@for_each("page", PAGES[:4] + PAGES[5:] + ("/nowhere", "/frame"))
def test_every_answer_has_the_headers(client: FlaskClient, page: str) -> None:
    headers = client.get(page, base_url=BASE).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy or policy.startswith("sandbox;")
    assert "script-src 'self'" in policy or "script-src" not in policy
    assert "http" not in policy
    assert "base-uri 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


def test_a_refusal_has_them_too(stranger: FlaskClient) -> None:
    answer = stranger.get("/", base_url="http://evil.example:8766")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_page_has_no_inline_script_and_no_inline_style(client: FlaskClient) -> None:
    page = client.get("/", base_url=BASE).text
    assert "<style" not in page
    assert " style=" not in page
    assert " on" not in page.partition("<body>")[2].replace(" once", "")
    assert page.count("<script") == page.count('<script type="module" src="/static/') > 0


PATHS = ["../blogkit.toml", "posts/../blogkit.toml", "/etc/passwd", "posts", "", ".env", "C:\\x"]
PATHS += ["posts/rivers.md/", "posts//rivers.md", "posts%2f..%2fblogkit.toml", "\\\\server\\share"]
PATHS += ["posts\\rivers.md", "posts/rivers.md\0", "posts/con.md"]


@for_each("path", PATHS, ids=repr)
def test_only_the_posts_of_the_folder_are_shown(
    client: FlaskClient, access: Access, path: str
) -> None:
    """A name is looked up among the posts' names; it never becomes a path."""
    for page in ("/post", "/frame", "/source"):
        query = {"post": path, "line": "1"}
        answer = client.get(page, query_string=query, base_url=BASE)
        assert answer.status_code == 404
        assert answer.is_json
    headers = {"Origin": BASE, TOKEN_HEADER: access.page_token}
    answer = client.post("/static/../access.py", base_url=BASE, headers=headers)
    assert answer.status_code in (404, 405)


@for_each("name", ["../access.py", "%2e%2e/access.py", "..\\access.py", "preview.html", ""])
def test_only_the_page_s_own_files_are_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}", base_url=BASE).status_code == 404


def test_an_image_needs_the_secret_part_and_must_be_in_a_post(
    client: FlaskClient, access: Access, session: PreviewSession, folder: Path
) -> None:
    from PIL import Image

    Image.new("RGB", (4, 4), "red").save(folder / "posts" / "dot.png")
    (folder / "posts" / "rivers.md").write_text(
        "---\ntitle: Rivers\n---\n![A dot](dot.png)\n", encoding="utf-8"
    )
    page = client.get("/frame?post=posts/rivers.md", base_url=BASE).text
    address = page.partition('src="/asset/')[2].partition('"')[0]
    key, digest, name = address.split("/")
    assert key == access.asset_key
    answer = client.get(f"/asset/{address}", base_url=BASE)
    assert answer.status_code == 200
    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    for wrong in (f"x/{digest}/{name}", f"{key}/{'0' * 64}/{name}", f"{key}/{digest}/a/b.png"):
        assert client.get(f"/asset/{wrong}", base_url=BASE).status_code == 404
    assert client.get(f"/asset/{address}", base_url="http://evil.example:8766").status_code == 403


def test_secrets_are_not_in_what_is_printed_for_developers(access: Access) -> None:
    for secret in (access.token, access.cookie, access.page_token, access.asset_key):
        assert len(secret) >= 43
        assert secret not in repr(access)


def test_a_refusal_has_a_reason_and_a_way_on(client: FlaskClient) -> None:
    page = client.get("/nothing", base_url=BASE, headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "The preview has nothing at this address" in page.text
    assert 'href="/"' in page.text
    asked = client.get("/widget", base_url=BASE)  # without the widget's name
    assert (asked.status_code, asked.is_json) == (400, True)
    asked = client.get("/post", base_url=BASE)
    assert (asked.status_code, asked.json["hint"]) == (400, "reload the page")
