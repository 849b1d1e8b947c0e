"""Regular expressions that are compiled when a text first needs them.

A command for one post loads 300 patterns and uses a third of them: the others are for other
languages, or for mistakes of which the post has no sign. Compiling them took longer than the
checks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # type checkers take it for a compiled pattern
    lazy_pattern = re.compile
else:

    def lazy_pattern(pattern, flags=0):
        """Return what searches like `re.compile(pattern, flags)`, which is called when it is used.

        Args:
            pattern: The regular expression.
            flags: As those of `re.compile`.
        """
        return LazyPattern(pattern, flags)


class LazyPattern:
    """A regular expression that is compiled when one of its methods is first looked up.

    Attributes:
        pattern: The regular expression.
        flags: Those given, without those that Python adds.
    """

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the compiled pattern."""
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(re.compile(self.pattern, self.flags), name)
        vars(self)[name] = found  # the next access comes without a call
        return found
