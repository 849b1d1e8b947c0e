"""WordPress trees out of an npm package: the same bytes today and in a year.

WordPress Playground publishes WordPress as zips of its PHP files, without comments and without the
scripts and styles that only browsers ask for:
https://github.com/WordPress/wordpress-playground/tree/trunk/packages/playground/wordpress-builds
"""

from __future__ import annotations

import base64
import hashlib
import tarfile
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from tests.e2e.wordpress.machine import HarnessError
from tests.e2e.wordpress.npm import npm

PACKAGE = "@wp-playground/wordpress-builds@0.9.19"
INTEGRITY = "sha512-dlqvh/MJDpE5W68vgPPKUjpip6zMuBh59L3D18ZX+pdwurC4q4ydrTww/3sTMV69BBcoH6kF93YtAtujNC5Mpw=="
ZIPS = {
    "6.2": "wp-6.2.zip",
    "6.3": "wp-6.3.zip",
    "6.4": "wp-6.4.zip",
    "6.5": "wp-6.5.zip",
    "6.6": "wp-beta.zip",
}
"""The zip of each branch; `wp-nightly.zip` is left out, because an alpha is neither 6.6 nor 6.7."""


def unpack(docroots: Mapping[str, Path], work: Path) -> None:
    """Fetch the package into the folder `work`, and fill the docroot of each given branch."""
    wanted = {f"package/src/wordpress/{ZIPS[label]}": docroots[label] for label in docroots}
    with tarfile.open(_fetched(work), "r|gz") as package:
        for entry in package:
            if (docroot := wanted.pop(entry.name, None)) and (member := package.extractfile(entry)):
                with zipfile.ZipFile(BytesIO(member.read())) as files:
                    files.extractall(docroot)
    if wanted:
        raise HarnessError(f"{PACKAGE} does not hold {', '.join(wanted)}")


def _fetched(work: Path) -> Path:
    npm("pack", PACKAGE, "--pack-destination", work, cwd=work, timeout=300)
    (package,) = work.glob("*.tgz")
    with package.open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").digest()
    found = f"sha512-{base64.b64encode(digest).decode()}"
    if found != INTEGRITY:
        raise HarnessError(f"{PACKAGE} is {found}, but the tests pin {INTEGRITY}")
    return package
