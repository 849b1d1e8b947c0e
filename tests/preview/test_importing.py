"""An import in the preview: shown beside its post, written only when the page asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import blogkit
from blogkit.errors import ContentError
from blogkit.preview.access import TOKEN_HEADER, Access
from blogkit.preview.importing import PastedPage, PastedPages
from blogkit.preview.server import preview_app
from blogkit.preview.session import PreviewSession
from tests.cases import for_each
from tests.preview.conftest import BASE

ANSWER = """Sure! Here is the post:

# A Ferry Across the Gulf

The first boat left at six in the morning.

## Key Details

- **Route:** Bhavnagar to Dahej
- **Fare:** ₹480 one way
"""
PLACE = "posts/a-ferry-across-the-gulf.md"


def post(client: FlaskClient, access: Access, path: str, **options: Any) -> Any:
    headers = {"Origin": BASE, TOKEN_HEADER: access.page_token}
    return client.post(path, base_url=BASE, headers=headers, **options)


def test_a_pasted_text_is_shown_and_nothing_is_written(
    client: FlaskClient, access: Access, folder: Path
) -> None:
    assert "Paste a text" in client.get("/import", base_url=BASE).text
    found = post(client, access, "/import", data=ANSWER.encode()).json
    assert (found["title"], found["path"]) == ("A Ferry Across the Gulf", PLACE)
    assert found["lines"][0]["parts"][0]["kind"] == "dropped"
    (box,) = [one for one in found["entries"] if one["kind"] == "recognised"]
    assert found["lines"][box["at"]]["parts"][0]["text"] == "## Key Details"
    assert found["shown"]
    frame = client.get(
        f"/imported-frame?number={found['number']}&line={box['place']}&scheme=dark", base_url=BASE
    )
    assert frame.headers["Content-Security-Policy"].startswith("sandbox;")
    assert "color-scheme:dark" in frame.text
    assert 'id="blogkit-here"' in frame.text
    assert "Bhavnagar to Dahej" in frame.text.partition('id="blogkit-here"')[2]
    again = client.get(f"/imported?number={found['number']}", base_url=BASE).json
    assert again == found
    assert [path.name for path in (folder / "posts").iterdir()] == ["rivers.md"]


def test_it_is_written_once_and_never_over_another_post(
    client: FlaskClient, access: Access, folder: Path
) -> None:
    number = post(client, access, "/import", data=ANSWER.encode()).json["number"]
    asked = {"number": number, "to": PLACE}
    assert post(client, access, "/save-import", json=asked).json == {"post": PLACE}
    text = (folder / PLACE).read_text(encoding="utf-8")
    assert "```{meta-box}" in text
    assert "publish" not in text
    again = post(client, access, "/save-import", json=asked)
    assert again.status_code == 404
    assert "already exists" in again.json["error"]
    other = {"number": number, "to": "posts/ferry.md"}
    assert post(client, access, "/save-import", json=other).json == {"post": "posts/ferry.md"}


@for_each("place", ["../outside.md", "blogkit.toml", "/tmp/outside.md", "widgets/a.md"])
def test_only_posts_are_written(
    client: FlaskClient, access: Access, folder: Path, place: str
) -> None:
    number = post(client, access, "/import", data=ANSWER.encode()).json["number"]
    answer = post(client, access, "/save-import", json={"number": number, "to": place})
    assert answer.status_code == 404
    assert "is not in posts/ or pages/" in answer.json["error"]
    assert not (folder.parent / "outside.md").exists()


HOSTILE = (
    "<h1>Rivers of the plain</h1><script>alert(1)</script><p onclick='x()'>a</p>"
    "<iframe src='https://evil.example/'></iframe><p>The river is wide here.</p>"
)


def test_hostile_html_is_text_on_the_left_and_harmless_on_the_right(
    client: FlaskClient, access: Access
) -> None:
    found = post(client, access, "/import?name=page.html", data=HOSTILE.encode()).json
    parts = {part["text"]: part["kind"] for line in found["lines"] for part in line["parts"]}
    assert parts["<script>alert(1)</script>"] == "dropped"
    frame = client.get(f"/imported-frame?number={found['number']}", base_url=BASE)
    assert frame.headers["Content-Security-Policy"].startswith("sandbox;")
    body = frame.text.partition("<main")[2]
    assert "The river is wide here." in body
    assert not any(word in body for word in ("<script", "onclick"))
    assert '<iframe srcdoc="Embedded: evil.example' in body


def test_a_post_that_cannot_be_shown_tells_why(client: FlaskClient, access: Access) -> None:
    text = ANSWER + "\n```{no-such-widget}\na: b\n```\n"
    found = post(client, access, "/import", data=text.encode()).json
    assert not found["shown"]
    assert "no-such-widget" in found["errors"][0]["message"]
    frame = client.get(f"/imported-frame?number={found['number']}", base_url=BASE)
    assert "Nothing to show yet" in frame.text


def test_an_image_that_is_not_there_yet_does_not_hide_the_post(
    client: FlaskClient, access: Access
) -> None:
    text = ANSWER + '\n![A map](images/map.png)\n\n<p><img alt="The pier" src="pier.jpg"></p>\n'
    found = post(client, access, "/import", data=text.encode()).json
    assert found["shown"]
    assert ['"images/map.png"' in one["message"] for one in found["errors"]] == [True, False]
    frame = client.get(f"/imported-frame?number={found['number']}", base_url=BASE)
    assert 'alt="A map"' in frame.text
    assert "pier.jpg" not in frame.text


def test_what_cannot_be_read_is_refused(client: FlaskClient, access: Access) -> None:
    for data, word in ((b"", "empty"), (b"%PDF-1.7", "PDF"), (b"a\0b", "zero byte")):
        answer = post(client, access, "/import", data=data)
        assert answer.status_code == 422
        assert word in answer.json["error"]
    assert client.get("/imported?number=9", base_url=BASE).status_code == 404
    assert client.get("/imported-frame?number=x", base_url=BASE).status_code == 404


@for_each("path", ["/import", "/save-import"])
def test_only_the_page_itself_imports(
    client: FlaskClient, stranger: FlaskClient, access: Access, path: str
) -> None:
    headers = {"Origin": BASE, TOKEN_HEADER: "wrong"}
    answer = client.post(path, base_url=BASE, data=b"a", headers=headers)
    assert answer.status_code == 403
    headers = {"Origin": "http://evil.example", TOKEN_HEADER: access.page_token}
    assert client.post(path, base_url=BASE, data=b"a", headers=headers).status_code == 403


@pytest.mark.parametrize("path", ["/import", "/imported?number=1", "/imported-frame?number=1"])
def test_without_the_token_no_import_is_shown(stranger: FlaskClient, path: str) -> None:
    assert stranger.get(path, base_url=BASE).status_code == 403


def test_the_command_s_import_is_there_at_the_start(
    session: PreviewSession, access: Access
) -> None:
    pasted = PastedPages(session)
    number = pasted.add(PastedPage(ANSWER.encode(), "answer.md", "answer", to="posts/gulf.md"))
    browser = preview_app(session, access, pasted).test_client()
    entered = browser.get(access.address_of("", imported=number), base_url=BASE)
    assert f'content="0;url=/import?number={number}"' in entered.text
    shown = browser.get(f"/imported?number={number}", base_url=BASE).json
    assert shown["path"] == "posts/gulf.md"


def test_the_library_has_the_same(folder: Path) -> None:
    shown = blogkit.open(folder, environ={}).preview_import(ANSWER, name="answer.md")
    assert shown.report.path == PLACE
    assert shown.post
    assert shown.post.parts
    assert shown.lines[2].parts[0].kind == "taken"
    assert [one.severity for one in shown.problems] == []
    with pytest.raises(ContentError, match="empty"):
        blogkit.open(folder, environ={}).preview_import("")


def test_a_blog_without_a_site_shows_the_source(folder: Path) -> None:
    (folder / "blogkit.toml").write_text("[blog]\n", encoding="utf-8")
    shown = blogkit.open(folder, environ={}).preview_import(ANSWER)
    assert shown.post is None
    assert shown.lines
    assert "site" in shown.problems[0].message
