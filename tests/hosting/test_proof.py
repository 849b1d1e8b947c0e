"""Readers get a picture: which answers prove it, which may still come, and which are wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from blogkit.errors import ImageNotServed
from blogkit.hosting import Hosting, LocalImage, Placed, placed_at, prove_served, ready_to_send
from blogkit.hosting.proof import served_copy
from blogkit.http.probe import Fetched, Probe
from blogkit.images import Limits
from tests.cases import for_each
from tests.hosting.gallery import Answer, Gallery
from tests.images.samples import drawn, located, opened

BOAT = drawn("PNG", (60, 40))
PROBE = Probe(private=True, timeout=(60.0, 60.0))


def fetch(url: str) -> Fetched:
    return PROBE.fetch(url, 10_000)


OTHER = "the server answered with something else than what was uploaded"


def placed(url: str, content: bytes = BOAT, kind: str = "image/png") -> Placed:
    size = (60, 40) if kind != "image/svg+xml" else (0, 0)
    return Placed(url, "", len(content), kind, hashlib.sha256(content).hexdigest(), *size)


@for_each(
    ("answer", "reason", "later"),
    [
        (Answer(status=404), "the server answered 404", True),
        (Answer(status=503), "the server answered 503", True),
        (Answer(status=403), "the server answered 403", False),
        (Answer(b"<p>sign in", type="text/html"), f"{OTHER}: it is not an image", False),
        (Answer(BOAT[:50]), f"{OTHER}: it is not an image", False),
        (Answer(drawn("PNG", (60, 41))), f"{OTHER}: 60 × 41 pixels, not 60 × 40", False),
        (Answer(drawn("JPEG")), f"{OTHER}: image/jpeg, not image/png", False),
        (Answer(BOAT + bytes(20_000)), "the answer has more than 0.01 MB", False),
        (Answer(status=302, location="ftp://x.example/"), "it redirects to ftp://", False),
        (Answer(status=302, location="/a.png"), "it redirects in a loop", False),
    ],
)
def test_what_readers_do_not_get(
    gallery: Gallery, answer: Answer, reason: str, later: bool
) -> None:
    url = gallery.on("/a.png", answer)
    with pytest.raises(ImageNotServed) as error:
        prove_served(placed(url), fetch)
    assert error.value.message.startswith(f"readers do not get the image {url}: {reason}")
    assert (error.value.later, error.value.url) == (later, url)
    assert error.value.gone == (answer.status == 404)


def test_a_host_without_an_answer_may_answer_later(gallery: Gallery) -> None:
    url = gallery.on("/a.png", Answer(late=True))
    impatient = Probe(private=True, timeout=(60.0, 0.2)).fetch
    with pytest.raises(ImageNotServed, match=r"no answer within 0\.2 s") as error:
        prove_served(placed(url), impatient)
    assert error.value.later


def test_the_same_bytes_prove_it_also_behind_redirects(gallery: Gallery) -> None:
    gallery.on("/b.png", Answer(BOAT))
    url = gallery.on("/a.png", Answer(status=301, location="/b.png"))
    assert prove_served(placed(url), fetch) == "bytes"


def test_a_picture_in_other_bytes_is_a_weaker_proof(gallery: Gallery) -> None:
    url = gallery.on("/a.png", Answer(drawn("PNG", compress_level=0)))
    assert prove_served(placed(url), fetch) == "picture"


def test_browsers_show_a_drawing_only_by_its_type(gallery: Gallery) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    url = gallery.on(
        "/a.svg", Answer(drawing, type="image/svg+xml"), Answer(drawing, type="text/plain")
    )
    assert prove_served(placed(url, drawing, "image/svg+xml"), fetch) == "bytes"
    with pytest.raises(ImageNotServed, match='the server calls it "text/plain"'):
        prove_served(placed(url, drawing, "image/svg+xml"), fetch)


def test_a_private_network_is_not_asked_for_an_address_of_others(gallery: Gallery) -> None:
    url = gallery.on("/a.png", Answer(BOAT))
    with pytest.raises(ImageNotServed, match="it is in a private network") as error:
        prove_served(placed(url), Probe().fetch)
    assert (error.value.later, gallery.seen) == (False, [])


@for_each(("size", "fits"), [((30, 20), True), ((31, 20), True), ((30, 22), False), ((1, 1), True)])
def test_a_copy_has_the_same_proportions(
    gallery: Gallery, size: tuple[int, int], fits: bool
) -> None:
    url = gallery.on("/a.webp", Answer(drawn("WEBP", size)))
    copy = served_copy(placed(url), fetch)
    assert (copy is not None) == fits
    if copy:
        assert (copy.type, copy.width, copy.height, copy.digest) == ("image/webp", *size, "")


class Host:
    """A host that serves a picture after a while."""

    label = "a host"
    waits: Sequence[float] = (1.0, 2.0)

    def __init__(self, gallery: Gallery, *answers: Answer, deploys: bool = False) -> None:
        self._gallery, self._answers, self.deploys = gallery, answers, deploys

    def upload(self, image: LocalImage, limits: Limits) -> Placed:
        ready = ready_to_send(image, limits)
        answers = self._answers or (Answer(ready.content),)
        return placed_at(self._gallery.on(f"/{ready.name}", *answers), "", ready)


def hosted(
    tmp_path: Path, host: Host, content: bytes = BOAT
) -> tuple[Hosting, Placed, list[float]]:
    waited: list[float] = []
    hosting = Hosting("host", host, Limits(), fetch=fetch, sleep=waited.append)
    file = tmp_path / "boat.png"
    file.write_bytes(content)
    image = LocalImage(file, "boat.png", hashlib.sha256(content).hexdigest())
    return hosting, hosting.upload(image), waited


def test_a_new_picture_gets_time_to_arrive(tmp_path: Path, gallery: Gallery) -> None:
    host = Host(gallery, Answer(status=404), Answer(status=503), Answer(BOAT))
    hosting, found, waited = hosted(tmp_path, host)
    assert hosting.prove(found, new=True) == "bytes"
    assert waited == [1.0, 2.0]
    assert hosting.prove(found) == "bytes"
    assert len(gallery.seen) == 3, "it is asked for once a run"


def test_an_old_picture_gets_none(tmp_path: Path, gallery: Gallery) -> None:
    hosting, found, waited = hosted(tmp_path, Host(gallery, Answer(status=404), Answer(BOAT)))
    with pytest.raises(ImageNotServed):
        hosting.prove(found)
    assert waited == []


def test_no_cache_keeps_a_deployment_as_missing(tmp_path: Path, gallery: Gallery) -> None:
    host = Host(gallery, Answer(status=404), Answer(BOAT), deploys=True)
    hosting, found, waited = hosted(tmp_path, host)
    assert hosting.prove(found, new=True) == "bytes"
    looks = [path.partition("?")[2] for path in gallery.seen]
    assert len(set(looks)) == len(looks) == 3
    assert looks[-1] == "", "the address itself is asked for when the picture is there"
    assert waited == [1.0]


def test_what_is_uploaded_tells_no_place(tmp_path: Path, gallery: Gallery) -> None:
    photo = drawn("JPEG", (3000, 20), exif=located())
    hosting, found, _ = hosted(tmp_path, Host(gallery), photo)
    assert hosting.prove(found, new=True) == "bytes"
    sent = fetch(found.url).content
    assert opened(sent).size == (2048, 14)
    assert b"Exif" not in sent
    assert (found.type, found.width) == ("image/jpeg", 2048)
