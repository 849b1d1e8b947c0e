"""The contract of every platform, including the errors it may raise.

`tests/contract/` tests all platforms against it.
"""

from __future__ import annotations

from blogkit.platforms.base.capabilities import ByHand, Capabilities, Health, TermStorage
from blogkit.platforms.base.draft import Draft, Uploaded, addresses_in, with_addresses
from blogkit.platforms.base.listings import OnUnreadable, get_one_by_one, raise_unreadable
from blogkit.platforms.base.platform import Platform
from blogkit.platforms.base.post import (
    PostKind,
    Ref,
    Remote,
    State,
    Target,
    differing,
    settings_between,
)
from blogkit.platforms.base.site import ListsItself

__all__ = [
    "ByHand",
    "Capabilities",
    "Draft",
    "Health",
    "ListsItself",
    "OnUnreadable",
    "Platform",
    "PostKind",
    "Ref",
    "Remote",
    "State",
    "Target",
    "TermStorage",
    "Uploaded",
    "addresses_in",
    "differing",
    "get_one_by_one",
    "raise_unreadable",
    "settings_between",
    "with_addresses",
]
