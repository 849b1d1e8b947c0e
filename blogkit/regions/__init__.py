"""Markers in a post's body: the sentinel with the post's key, and the regions of widgets. Pure."""

from blogkit.regions.find import Damage, Found, Region, digest_of, find_regions, marked, not_kept
from blogkit.regions.marker import Mark, Style
from blogkit.regions.sentinel import decode_key, encode_key, find_sentinel, sentinel, sentinel_search

__all__ = [
    "Damage",
    "Found",
    "Mark",
    "Region",
    "Style",
    "decode_key",
    "digest_of",
    "encode_key",
    "find_regions",
    "find_sentinel",
    "marked",
    "not_kept",
    "sentinel",
    "sentinel_search",
]
