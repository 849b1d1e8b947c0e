"""Where unpacked WordPress trees and npm packages are kept between runs."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]


def folder() -> Path:
    """`$BLOGKIT_WORDPRESS_CACHE`, else `wordpress/` in `$XDG_CACHE_HOME` or in the repository's
    own `.cache/`.
    """
    named = os.environ.get("BLOGKIT_WORDPRESS_CACHE")
    if named:
        return Path(named).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or REPOSITORY / ".cache").absolute() / "wordpress"


@contextmanager
def locked(cache: Path, name: str) -> Iterator[None]:
    """Hold `name` in the cache while it is being made, so that two test runs do not make it
    twice.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
