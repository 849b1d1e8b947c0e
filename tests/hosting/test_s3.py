"""Pictures in a bucket, on a real server of the protocol."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from blogkit.errors import (
    AuthenticationError,
    NotFound,
    PermissionDenied,
    RateLimited,
    ServerError,
    SiteError,
    Unreachable,
)
from blogkit.hosting import Hosting, LocalImage
from blogkit.hosting.s3 import Keys, S3Host
from blogkit.http.probe import Probe
from blogkit.images import Limits
from tests.cases import for_each
from tests.hosting.bucket import KEY, SECRET, Bucket
from tests.images.samples import drawn


def host_of(bucket: Bucket, folder: str = "", *, name: str = "", endpoint: str = "") -> S3Host:
    return S3Host(
        name or bucket.name,
        folder,
        f"{bucket.public}/{folder}".rstrip("/"),
        endpoint=endpoint or bucket.url,
        region="",
        keys=lambda: Keys(KEY, SECRET),
        attempts=1,
    )


def image(folder: Path, content: bytes, name: str = "Blaues Boot.png") -> LocalImage:
    file = folder / name
    file.write_bytes(content)
    return LocalImage(file, name, hashlib.sha256(content).hexdigest())


def test_a_picture_is_uploaded_once_and_served(tmp_path: Path, bucket: Bucket) -> None:
    boat = image(tmp_path, drawn("PNG"))
    hosting = Hosting(
        "s3", host_of(bucket, "blog"), Limits(), fetch=Probe(private=True).fetch, sleep=print
    )
    placed = hosting.upload(boat)
    assert placed.key == f"blog/blaues-boot-{boat.sha256[:12]}.png"
    assert hosting.prove(placed, new=True) == "bytes"
    stored = bucket.client.head_object(Bucket=bucket.name, Key=placed.key)
    assert stored["ContentType"] == "image/png"
    assert "immutable" in stored["CacheControl"]
    again = host_of(bucket, "blog").upload(boat, Limits())
    later = bucket.client.head_object(Bucket=bucket.name, Key=placed.key)
    assert (again, later["LastModified"]) == (placed, stored["LastModified"])
    assert bucket.keys() == [placed.key]


def test_the_same_picture_under_two_names_is_two_files(tmp_path: Path, bucket: Bucket) -> None:
    host, content = host_of(bucket), drawn("PNG")
    host.upload(image(tmp_path, content, "a.png"), Limits())
    host.upload(image(tmp_path, drawn("PNG", (30, 20)), "a.png"), Limits())
    assert len(bucket.keys()) == 2, "another picture of the same name is another file"


def test_a_bucket_that_is_not_there_and_a_server_that_is_not(
    tmp_path: Path, bucket: Bucket
) -> None:
    boat = image(tmp_path, drawn("PNG"))
    with pytest.raises(NotFound, match="the bucket no-such-one answered NoSuchBucket"):
        host_of(bucket, name="no-such-one").upload(boat, Limits())
    with pytest.raises(NotFound):
        host_of(bucket, name="no-such-one").check()
    host_of(bucket).check()
    with pytest.raises(Unreachable, match=f"the bucket {bucket.name} does not answer") as error:
        host_of(bucket, endpoint="http://127.0.0.1:9").upload(boat, Limits())
    assert SECRET not in f"{error.value} {error.value.hint}"


@for_each(
    ("status", "code", "kind"),
    [
        (403, "AccessDenied", PermissionDenied),
        (403, "SignatureDoesNotMatch", AuthenticationError),
        (403, "InvalidAccessKeyId", AuthenticationError),
        (503, "SlowDown", RateLimited),
        (500, "InternalError", ServerError),
    ],
)
def test_refusals_are_told(status: int, code: str, kind: type[SiteError]) -> None:
    host = S3Host("b", "", "https://p.example", endpoint="", region="", keys=lambda: Keys("", ""))
    answer = {"ResponseMetadata": {"HTTPStatusCode": status}, "Error": {"Code": code}}
    error = host._refused(answer)
    assert type(error) is kind
    assert error.message == f"the bucket b answered {code} ({status})"
    assert error.hint


def test_keys_are_not_printed() -> None:
    assert "secret" not in f"{Keys('id', 'secret')}"
