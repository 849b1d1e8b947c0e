"""A bucket on a real server of S3's protocol."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

from tests.schedule.sinks import served

KEY, SECRET = "AKIASTANDIN", "a-secret-of-the-bucket"


@dataclass
class Bucket:
    """url: the server's address; client: of the bucket's owner."""

    url: str
    client: Any
    name: str

    @property
    def public(self) -> str:
        return f"{self.url}/{self.name}"

    def keys(self) -> list[str]:
        """The names of the files in it."""
        listed = self.client.list_objects_v2(Bucket=self.name)
        return [one["Key"] for one in listed.get("Contents", [])]


@contextmanager
def open_bucket() -> Iterator[Bucket]:
    """Run a server with one bucket that everybody may read. All servers of a process share them."""
    # `ThreadedMotoServer` takes half a second to stop, and makes its application for each server.
    server = make_server(
        "127.0.0.1", 0, _application(), threaded=True, request_handler=MotoRequestHandler
    )
    url = f"http://127.0.0.1:{server.port}"
    with served(server):
        client = boto3.client(
            "s3",
            endpoint_url=url,
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
        )
        bucket = Bucket(url, client, f"pictures-{uuid.uuid4().hex[:8]}")
        client.create_bucket(Bucket=bucket.name, ACL="public-read")
        yield bucket


@cache
def _application() -> DomainDispatcherApplication:
    return DomainDispatcherApplication(create_backend_app)
