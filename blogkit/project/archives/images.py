"""Save the images of imported posts in the folder `images/`. The posts still show the old ones."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from blogkit.errors import BlogkitError
from blogkit.files import create_file
from blogkit.http.probe import Probe, ProbeError
from blogkit.images.measure import measure
from blogkit.paths import file_words
from blogkit.project.archives.report import ImportedImages
from blogkit.project.context import ProjectContext
from blogkit.project.files.writing import writing
from blogkit.project.plans.progress import OnProgress, advancing

_LARGEST = 50_000_000
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}


def save_images(
    context: ProjectContext, addresses: Sequence[str], on_progress: OnProgress, *, private: bool
) -> ImportedImages:
    """Save images. One that fails does not stop the others.

    Args:
        context: The call's context.
        addresses: Where they are.
        on_progress: Told each address.
        private: Also ask servers on this machine and in private networks.

    Returns:
        The files, and why others were not saved. A file of an earlier call is not fetched again.

    Raises:
        ConfigError: The disk refuses.
    """
    folder = context.config.root / "images"
    saved = {path.stem.rpartition("-")[2]: path for path in folder.glob("*-????????.*")}
    advance = advancing(on_progress, "saving images", len(addresses))
    probe = Probe(private=private)
    files: dict[str, str] = {}
    failed: dict[str, str] = {}
    for url in addresses:
        digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        try:
            path = saved.get(digest) or _save(probe, url, digest, folder)
            files[url] = context.config.relative(path)
        except ProbeError as error:
            failed[url] = str(error)
        except BlogkitError as error:
            failed[url] = error.message
        advance(url)
    return ImportedImages(tuple(addresses), files, failed)


def _save(probe: Probe, url: str, digest: str, folder: Path) -> Path:
    data = probe.read(url, _LARGEST)
    ending = _ENDINGS[measure(data, "the answer").format]
    name = PurePosixPath(unquote(urlsplit(url).path)).stem
    path = folder / f"{file_words(name, 60) or 'image'}-{digest}.{ending}"
    with writing(path):
        folder.mkdir(exist_ok=True)
        create_file(path, data)
    return path
