"""Write and find markers in a post's body: the post's key, and the regions of widgets.

Nothing here does I/O.

A plan needs the post's key only, so what reads regions loads when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.lazy import exports
from blogkit.regions.sentinel import (
    beside_key,
    creation_id,
    decode_key,
    encode_key,
    find_sentinel,
    sentinel,
    sentinel_id,
    sentinel_search,
    with_creation_id,
    with_key_attribute,
    with_sentinel_id,
    without_key_attribute,
    without_key_block,
    without_keys,
    without_sentinel,
)

if TYPE_CHECKING:
    from blogkit.regions.find import (
        digest_of,
        find_regions,
        marked,
        missing_markers,
    )
    from blogkit.regions.marker import RegionMeta, Style
    from blogkit.regions.scan_result import MarkerError, Region, ScanResult

__all__ = [
    "MarkerError",
    "Region",
    "RegionMeta",
    "ScanResult",
    "Style",
    "beside_key",
    "creation_id",
    "decode_key",
    "digest_of",
    "encode_key",
    "find_regions",
    "find_sentinel",
    "marked",
    "missing_markers",
    "sentinel",
    "sentinel_id",
    "sentinel_search",
    "with_creation_id",
    "with_key_attribute",
    "with_sentinel_id",
    "without_key_attribute",
    "without_key_block",
    "without_keys",
    "without_sentinel",
]

__getattr__ = exports(__name__, __all__, ("scan_result", "marker", "find"))
