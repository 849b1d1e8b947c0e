"""The `[images]` table: what uploaded images may be like, and which host has those of Blogger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from blogkit.config.notify import is_safe_address
from blogkit.dataclass import dataclass
from blogkit.errors import nearest

if TYPE_CHECKING:
    from blogkit.config.settings import Site
    from blogkit.config.site_reader import SiteReader

SHOWN_SIZES = ("thumbnail", "medium", "large", "full")
"""The values of `size`, which `image_size:` in a post takes, too."""
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "wordpress": (),
    "s3": ("bucket", "public_url"),
    "github": ("repository", "public_url"),
    "manual": (),
}
IMAGE_HOSTS = tuple(_NEEDED)
"""The values of `host`."""
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "wordpress": ("site",),
    "s3": ("bucket", "endpoint", "region", "prefix", "public_url"),
    "github": ("repository", "branch", "prefix", "public_url", "api_base"),
    "manual": (),
}
_SUCH_AS = {
    "bucket": 'bucket = "my-pictures"',
    "repository": 'repository = "me/pictures"',
    "public_url": 'public_url = "https://pictures.example.com", where readers get the images',
}
_IMAGES: dict[str, type] = {
    "max_width": int,
    "quality": int,
    "strip": bool,
    "size": str,
    "host": str,
    **{name: str for names in _ALLOWED.values() for name in names},
}
# Patterns of this package are compiled when a setting needs them, as every command reads settings.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
_BUCKET = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
_REGION = r"[a-z0-9-]+"
# https://docs.github.com/en/rest/repos/contents: owner and name are parts of the path
_REPOSITORY = r"[A-Za-z0-9][A-Za-z0-9-]*/(?!\.{1,2}\Z)[A-Za-z0-9._-]+"
_FOLDER = r"(?!.*(?:^|/)\.{1,2}(?:/|\Z))[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*"
_PATTERNS = {
    "bucket": (_BUCKET, "must be a bucket's name, such as my-pictures"),
    "region": (_REGION, 'must be a region, such as "eu-central-1" or "auto"'),
    "repository": (_REPOSITORY, 'must be OWNER/NAME, such as "me/pictures"'),
    "branch": (_FOLDER, 'must be a branch, such as "main"'),
    "prefix": (_FOLDER, 'must be a folder of plain letters, such as "blog/2026"'),
}


@dataclass(frozen=True)
class Images:
    """The `[images]` table.

    Attributes:
        max_width: In pixels; wider images are made smaller. 0 for any.
        quality: Of JPEG, WebP and AVIF files that are made smaller or rotated.
        strip: Whether to remove metadata, such as the place where a photo was taken.
        size: The size at which WordPress shows them, one of `SHOWN_SIZES`.
        host: Where the images of sites without an upload go, one of `IMAGE_HOSTS`; "" for nowhere.
        site: The WordPress site that keeps them (host "wordpress").
        bucket: The bucket's name (host "s3").
        endpoint: The address of the service; "" for Amazon's (host "s3").
        region: The bucket's region; "" leaves it to the service (host "s3").
        prefix: The folder in the bucket or in the repository; "" for its top.
        public_url: Where readers get the bucket or the repository.
        repository: OWNER/NAME (host "github").
        branch: The branch that Pages serves; "" for the repository's default (host "github").
        api_base: Another address for GitHub's API; "" for GitHub's own (host "github").
    """

    max_width: int = 2048
    quality: int = 85
    strip: bool = True
    size: str = "large"
    host: str = ""
    site: str = ""
    bucket: str = ""
    endpoint: str = ""
    region: str = ""
    prefix: str = ""
    public_url: str = ""
    repository: str = ""
    branch: str = ""
    api_base: str = ""

    def identity(self, sites: Mapping[str, Site]) -> str:
        """Return what tells the host from others in the journal; "" if there is none.

        Args:
            sites: The sites of the project.
        """
        if self.host == "wordpress":
            return f"wordpress {sites[self.site].url.rstrip('/')}" if self.site in sites else ""
        if self.host in ("", "manual"):
            return self.host
        return f"{self.host} {self.folder_url}"

    @property
    def folder_url(self) -> str:
        """The public address of the folder in the bucket or the repository, without a slash."""
        return f"{self.public_url.rstrip('/')}/{self.prefix}".rstrip("/")


def read_images(reader: SiteReader, raw: Any, sites: Mapping[str, Site]) -> Images:
    """Return the settings of the table; report what is wrong in it.

    Args:
        reader: Collects the problems.
        raw: The table, not checked yet.
        sites: The sites of the file.
    """
    table = reader.table("images", raw, _IMAGES)
    blogs = [site.name for site in sites.values() if site.platform == "wordpress"]
    if table.get("host") == "wordpress" and len(blogs) == 1:
        table.setdefault("site", blogs[0])
    images = Images(**table)
    if images.max_width < 0:
        message = "max_width must be a number of pixels, or 0 for images of any width"
        reader.problem("images", "max_width", message)
    if not 1 <= images.quality <= 100:
        reader.problem("images", "quality", "quality must be a number from 1 to 100")
    if images.size not in SHOWN_SIZES:
        message = f'size: "{images.size}" is not one of: {", ".join(SHOWN_SIZES)}'
        reader.problem("images", "size", message)
    _check_host(reader, images, table)
    if images.host == "wordpress" and images.site not in blogs:
        known = ", ".join(blogs) or "none yet"
        given = f'"{images.site}" is not a WordPress site' if images.site else "site is missing"
        hint = nearest(images.site, blogs) or f"WordPress sites in this file: {known}"
        reader.problem("images", "site" if images.site else "host", f"{given}; {hint}")
    if images.host in ("s3", "github") and "images" in sites:
        message = "this site would share its secrets' variables with [images]; choose another name"
        reader.problem("sites.images", "", message)
    return images


def _check_host(reader: SiteReader, images: Images, table: Mapping[str, Any]) -> None:
    """Report a host that does not exist, and settings that it lacks or does not have."""
    if images.host not in ("", *IMAGE_HOSTS):
        hint = nearest(images.host, IMAGE_HOSTS) or "one of: " + ", ".join(IMAGE_HOSTS)
        reader.problem("images", "host", f'host is "{images.host}"; {hint}')
        return
    for name in sorted({name for names in _ALLOWED.values() for name in names} & table.keys()):
        if name not in _ALLOWED.get(images.host, ()):
            hosts = " or ".join(f'"{host}"' for host, names in _ALLOWED.items() if name in names)
            reader.problem("images", name, f"{name} needs host = {hosts}")
    for name in _NEEDED.get(images.host, ()):
        if not getattr(images, name):
            message = f'{name} is missing, which host = "{images.host}" needs: {_SUCH_AS[name]}'
            reader.problem("images", "host", message)
    for name, (pattern, message) in _PATTERNS.items():
        value = getattr(images, name)
        if value and not re.fullmatch(pattern, value):
            reader.problem("images", name, f'{name} {message}, not "{value}"')
    for name in ("endpoint", "api_base"):
        reader.address("images", name, getattr(images, name), required=False, allow_http=False)
    if images.public_url and not is_safe_address(images.public_url):
        message = "public_url must be an https:// address: browsers show no other images in a blog"
        reader.problem("images", "public_url", message)
