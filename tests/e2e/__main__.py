"""Get what the tests need: programs, npm's packages, the files of each WordPress. `make e2e` then
waits for no download.
"""

from __future__ import annotations

import sys

from tests.e2e import easyblogger, node
from tests.e2e.wordpress import cache, machine
from tests.e2e.wordpress.machine import HarnessError
from tests.e2e.wordpress.tree import LABELS, tree

try:
    machine.ensure((*machine.WORDPRESS, *machine.BROWSER))
    node.packages()
    easyblogger.packages()
    for label in LABELS:
        tree(label, cache.folder())
except HarnessError as error:
    sys.exit(str(error))
