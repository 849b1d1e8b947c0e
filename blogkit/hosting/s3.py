"""Keep pictures in a bucket with Amazon's protocol: S3, Cloudflare R2, Backblaze B2, MinIO.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html and `API_HeadObject.html`. Needs
boto3, the extra `s3`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.errors import (
    AuthenticationError,
    BlogkitError,
    NotFound,
    PermissionDenied,
    RateLimited,
    ServerError,
    SiteError,
    Unreachable,
)
from blogkit.extras import install_hint
from blogkit.hosting.host import LocalImage, Placed, placed_at, ready_to_send
from blogkit.images import Limits

_NAME = "images"
"""What messages call the host's place in blogkit.toml."""
_FOREVER = "public, max-age=31536000, immutable"
"""An address never gets other bytes: its name is made from them."""
_CONNECT_SECONDS, _SECONDS = 10, 60
_LOGIN = "blogkit login images"
_BY_STATUS: dict[int, tuple[type[SiteError], str]] = {
    401: (AuthenticationError, _LOGIN),
    403: (PermissionDenied, f"check that the key may write to the bucket, or run: {_LOGIN}"),
    404: (NotFound, "check bucket, endpoint and region in [images] of blogkit.toml"),
    429: (RateLimited, "run the same command again later"),
}
_BY_CODE = {"InvalidAccessKeyId": 401, "SignatureDoesNotMatch": 401, "SlowDown": 429}


@dataclass(frozen=True)
class Keys:
    """What signs requests. It prints as nothing.

    Attributes:
        id: The access key's id.
        secret: The secret key.
    """

    id: str
    secret: str

    def __repr__(self) -> str:
        return "Keys()"


class S3Host:
    """One bucket.

    Args:
        bucket: Its name.
        folder: The folder in it; "" for its top.
        public_folder: Where readers get that folder, without a slash at the end.
        endpoint: The address of the service; "" for Amazon's.
        region: The bucket's region; "" leaves it to the service.
        keys: Returns what signs requests, when the first one is sent.
        attempts: How often a request is sent if the service fails.
    """

    waits: Sequence[float] = (1.0, 2.0, 4.0, 8.0)
    deploys = False

    def __init__(
        self,
        bucket: str,
        folder: str,
        public_folder: str,
        *,
        endpoint: str,
        region: str,
        keys: Callable[[], Keys],
        attempts: int = 4,
    ) -> None:
        self.label = f"the bucket {bucket}"
        self._bucket, self._folder, self._public = bucket, folder, public_folder
        self._endpoint, self._region, self._keys = endpoint, region, keys
        self._attempts = attempts
        self._connected: Any = None

    def upload(self, image: LocalImage, limits: Limits) -> Placed:
        """Return the picture's address; upload it unless the bucket has it in full.

        Args:
            image: The picture.
            limits: What it may be like.

        Raises:
            SiteError: The service refuses it, or does not answer.
            BlogkitError: The picture is damaged, or boto3 is not installed.
        """
        ready = ready_to_send(image, limits)
        key = f"{self._folder}/{ready.name}".lstrip("/")
        if not self._has(key):
            # The same name is the same content, so a second upload makes no copy.
            self._ask(
                "put_object",
                Key=key,
                Body=ready.content,
                ContentType=ready.type,
                CacheControl=_FOREVER,
            )
        return placed_at(f"{self._public}/{ready.name}", key, ready)

    def check(self) -> None:
        """Ask for the bucket, to try the keys.

        Raises:
            SiteError: The service refuses it, or does not answer.
        """
        self._ask("head_bucket")

    def _has(self, key: str) -> bool:
        try:
            self._ask("head_object", Key=key)
        except NotFound:
            return False
        return True

    def _ask(self, operation: str, **values: Any) -> Any:
        from botocore.exceptions import BotoCoreError, ClientError

        if self._connected is None:
            self._connected = self._connect()
        try:
            return getattr(self._connected, operation)(Bucket=self._bucket, **values)
        except ClientError as error:
            raise self._refused(error.response) from None
        except BotoCoreError as error:  # its text names the address, and no secret
            raise Unreachable(
                f"{self.label} does not answer: {type(error).__name__}",
                site=_NAME,
                hint="check endpoint in [images] of blogkit.toml, and your connection",
            ) from None

    def _refused(self, answer: dict[str, Any]) -> SiteError:
        """Return the error for an answer of the service."""
        status = int(answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
        code = str(answer.get("Error", {}).get("Code", ""))
        words = f"{code} ({status})" if code not in ("", str(status)) else str(status)
        usual = (ServerError, "run the same command again later")
        kind, hint = _BY_STATUS.get(_BY_CODE.get(code, status), usual)
        return kind(
            f"{self.label} answered {words}", site=_NAME, status=status, reason=code, hint=hint
        )

    def _connect(self) -> Any:
        try:
            import boto3
            from botocore.config import Config
        except ImportError:
            raise BlogkitError(
                'host = "s3" requires the package boto3', hint=install_hint("s3")
            ) from None
        keys = self._keys()
        return boto3.session.Session().client(
            "s3",
            aws_access_key_id=keys.id,
            aws_secret_access_key=keys.secret,
            endpoint_url=self._endpoint or None,
            region_name=self._region or "us-east-1",
            config=Config(
                connect_timeout=_CONNECT_SECONDS,
                read_timeout=_SECONDS,
                retries={"total_max_attempts": self._attempts, "mode": "standard"},
                # Other services than Amazon's do not know the newer checksums:
                # https://github.com/boto/boto3/issues/4392
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path"} if self._endpoint else {},
            ),
        )
