"""Judge addresses: what WordPress cuts off one whose scheme it does not allow."""

from __future__ import annotations

from blogkit.sanitizers.facts import SCHEMES

_KEPT = SCHEMES | {"blogkit-asset"}
"""A local picture has a real address by the time it is sent."""


def stored_address(address: str) -> str:
    """Return what WordPress makes of an address.

    It takes whatever is before a colon for a scheme, even in `/a?time=10:30`, and removes it with
    everything before it, unless the scheme is allowed or contains `/?`.
    """
    parts = address.strip().split(":")
    for place, part in enumerate(parts[:-1]):
        if "/?" in part:
            return ":".join(parts[place:])
        if part.strip().lower() in _KEPT:
            return ":".join((part.strip().lower(), *parts[place + 1 :]))
    return parts[-1]
