"""Show log records on standard error: waits and, with `--verbose`, each request.

They hold no secret.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from blogkit.cli.output import Output


class _OutputHandler(logging.Handler):
    def __init__(self, output: Output) -> None:
        super().__init__()
        self._output = output

    def emit(self, record: logging.LogRecord) -> None:
        self._output.note(self.format(record))


@contextmanager
def logging_to(output: Output, *, everything: bool) -> Iterator[None]:
    """Print log records within the block.

    Args:
        output: The printer.
        everything: Print all records; otherwise only warnings.
    """
    log, handler = logging.getLogger("blogkit"), _OutputHandler(output)
    # Restored at the end: another program may call the commands in its own process.
    level = log.level
    log.setLevel(logging.DEBUG if everything else logging.WARNING)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
