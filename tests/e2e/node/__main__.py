"""Install the packages that the tests need, so that a machine without them is found out early."""

from __future__ import annotations

import sys

from tests.e2e.node import packages
from tests.e2e.wordpress.machine import HarnessError

try:
    packages()
except HarnessError as error:
    sys.exit(str(error))
