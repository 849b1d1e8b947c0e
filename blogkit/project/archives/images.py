"""Save the images of imported posts in the folder `images/`. The posts still show the old ones."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
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
_AT_ONCE = 4
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
    saver = _Saver(folder, saved, private=private)
    advance = advancing(on_progress, "saving images", len(addresses))
    files: dict[str, str] = {}
    failed: dict[str, str] = {}
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        for url, found in zip(addresses, pool.map(saver.save, addresses), strict=True):
            if isinstance(found, Path):
                files[url] = context.config.relative(found)
            else:
                failed[url] = found
            advance(url)
    finally:
        pool.shutdown(cancel_futures=True)
    return ImportedImages(tuple(addresses), files, failed)


class _Saver:
    """Saves images, several at a time: most of the time is spent waiting for servers."""

    def __init__(self, folder: Path, saved: Mapping[str, Path], *, private: bool) -> None:
        self._folder, self._saved, self._private = folder, saved, private
        self._own = threading.local()  # a session is for one thread
        # https://docs.python.org/3/library/warnings.html#warnings.catch_warnings
        self._measuring = threading.Lock()

    def save(self, url: str) -> Path | str:
        """Return the file of an image, or why it was not saved.

        Raises:
            ConfigError: The disk refuses.
        """
        digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        if digest in self._saved:
            return self._saved[digest]
        try:
            data = self._probe().read(url, _LARGEST)
            with self._measuring:
                ending = _ENDINGS[measure(data, "the answer").format]
        except ProbeError as error:
            return str(error)
        except BlogkitError as error:
            return error.message
        name = PurePosixPath(unquote(urlsplit(url).path)).stem
        path = self._folder / f"{file_words(name, 60) or 'image'}-{digest}.{ending}"
        with writing(path):
            self._folder.mkdir(exist_ok=True)
            create_file(path, data)
        return path

    def _probe(self) -> Probe:
        if not hasattr(self._own, "probe"):
            self._own.probe = Probe(private=self._private)
        probe: Probe = self._own.probe
        return probe
