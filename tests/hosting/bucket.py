"""A bucket on a real server of S3's protocol."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

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
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    try:
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
    finally:
        server.stop()
