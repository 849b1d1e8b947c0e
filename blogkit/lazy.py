"""Packages whose names load when they are first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any


def exports(
    package: str, names: Sequence[str], lightest_first: Sequence[str]
) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package (https://peps.python.org/pep-0562/).

    Args:
        package: The package's `__name__`.
        names: Its `__all__`.
        lightest_first: Its modules that define these names. They are loaded in this order until
            one has the name.
    """

    def load(name: str) -> Any:
        for module in lightest_first if name in names else ():
            value = getattr(import_module(f"{package}.{module}"), name, None)
            if value is not None:
                setattr(sys.modules[package], name, value)  # the next access comes without a call
                return value
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return load
