"""What pictures may be like when they are uploaded."""

from __future__ import annotations

from blogkit.config import Config
from blogkit.images import Limits


def limits_of(config: Config) -> Limits:
    """Return the limits that `[images]` sets."""
    images = config.images
    return Limits(max_width=images.max_width, quality=images.quality, strip=images.strip)
