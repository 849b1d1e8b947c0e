"""Write and find markers in a post's body: the post's key, and the regions of widgets.

Nothing here does I/O.
"""

from blogkit.regions.find import (
    MarkerError,
    Region,
    ScanResult,
    digest_of,
    find_regions,
    marked,
    missing_markers,
)
from blogkit.regions.marker import RegionMeta, Style
from blogkit.regions.sentinel import (
    decode_key,
    encode_key,
    find_sentinel,
    sentinel,
    sentinel_id,
    sentinel_search,
    with_key_attribute,
    with_sentinel_id,
    without_key_attribute,
    without_keys,
)

__all__ = [
    "MarkerError",
    "Region",
    "RegionMeta",
    "ScanResult",
    "Style",
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
    "with_key_attribute",
    "with_sentinel_id",
    "without_key_attribute",
    "without_keys",
]
