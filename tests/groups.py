"""Tests of one `xdist_group` run in one worker, also with pytest 9.2: a plugin of pytest.

pytest-xdist 3.8 appends the group to an attribute from which pytest 9.2 no longer makes the test's
id, and then hands out every test by itself, without a word
(https://github.com/pytest-dev/pytest-xdist/issues/1386).
"""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Write the id with its group where this version of pytest reads it."""
    for item in items:
        named = vars(item).get("_nodeid")
        if named and hasattr(item, "_id"):
            item._id = type(item._id).parse(named)
