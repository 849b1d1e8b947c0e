"""The images of a backup are saved one by one; what is none, or leads inside, is listed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import blogkit
from blogkit.errors import ConfigError
from blogkit.project.archives import images
from tests.archive.samples import entry, item, takeout, wxr
from tests.images.samples import drawn

PNG = drawn("PNG")

ANSWERS = {
    "/boat.jpg": (200, PNG),
    "/%E0%A4%A8%E0%A4%BE%E0%A4%B5": (200, PNG),
    "/gone.png": (404, PNG),
    "/page.png": (200, b"<html><img src=x></html>"),
    "/drawing.svg": (200, b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "/large.png": (200, PNG + bytes(200_000)),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        target = "/boat.jpg" if self.path == "/moved.jpg" else ""
        status, data = ANSWERS.get(self.path, (302 if target else 500, b""))
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture
def host() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_images_are_saved_and_failures_are_listed(
    project: blogkit.Project, folder: Path, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "_LARGEST", 100_000)
    names = [*ANSWERS, "/moved.jpg", "/broken.gif"]
    body = "".join(f"<IMG alt=''\nSRC='{host}{name}'>" for name in names)
    other = (
        f"<a href='{host}/boat.jpg'><img src=/local.png></a><img src='data:image/png;base64,AA'>"
    )
    feed = folder.parent / "feed.atom"
    feed.write_bytes(takeout(entry(1, "Boats", body), entry(2, "Ships", other)))
    refused = project.import_archive(feed, images=True)
    assert set(refused.images.failed.values()) == {"it is in a private network"}
    assert not (folder / "images").exists()
    report = project.import_archive(feed, images=True, private=True)
    assert [address.removeprefix(host) for address in report.images.addresses] == names
    saved = {url.removeprefix(host): name for url, name in report.images.files.items()}
    assert list(saved) == ["/boat.jpg", "/%E0%A4%A8%E0%A4%BE%E0%A4%B5", "/moved.jpg"]
    assert all((folder / name).read_bytes() == PNG for name in saved.values())
    assert saved["/boat.jpg"].startswith("images/boat-")
    assert saved["/%E0%A4%A8%E0%A4%BE%E0%A4%B5"].startswith("images/नाव-")
    assert {url.removeprefix(host): why for url, why in report.images.failed.items()} == {
        "/gone.png": "the server answered 404",
        "/page.png": "the answer is not an image that blogkit can read",
        "/drawing.svg": "the answer is not an image that blogkit can read",
        "/large.png": "the answer has more than 0.1 MB",
        "/broken.gif": "the server answered 500",
    }
    for name in saved.values():
        (folder / name).write_bytes(b"mine")
    again = project.import_archive(feed, images=True, private=True)
    assert again.images.files == report.images.files
    assert all((folder / name).read_bytes() == b"mine" for name in saved.values())


def test_the_featured_image_of_wordpress_is_one_of_the_images(
    project: blogkit.Project, folder: Path, host: str
) -> None:
    export = folder.parent / "export.xml"
    photo = f"<wp:attachment_url>{host}/boat.jpg</wp:attachment_url>"
    export.write_bytes(
        wxr(
            item(1, "Boats", meta={"_thumbnail_id": "2"}),
            item(2, "boat", "", kind="attachment", status="inherit", more=photo),
        )
    )
    report = project.import_archive(export, images=True, private=True)
    assert list(report.images.files) == [f"{host}/boat.jpg"]
    assert f'image: "{host}/boat.jpg"\n' in (folder / report.files[0]).read_text()


def test_a_disk_that_refuses_is_an_error_of_its_own(
    project: blogkit.Project, folder: Path, host: str
) -> None:
    feed = folder.parent / "feed.atom"
    feed.write_bytes(takeout(entry(1, "Boats", f"<img src='{host}/boat.jpg'>")))
    (folder / "images").write_bytes(b"a file")
    with pytest.raises(ConfigError):
        project.import_archive(feed, images=True, private=True)
