"""WordPress's own filters, for the tests that hold our model to them."""

from __future__ import annotations

import pytest

from tests.e2e.wordpress.tree import LABELS
from tests.sanitizers.oracle import Filters, filters


@pytest.fixture(scope="session", params=LABELS)
def real(request: pytest.FixtureRequest) -> Filters:
    """The real filters of each known WordPress, out of `$BLOGKIT_WORDPRESS_CACHE` or fetched."""
    return filters(request.param)
