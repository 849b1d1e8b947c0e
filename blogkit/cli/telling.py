"""What blogkit's parts log, on standard error: that they had to wait, say, and with `--verbose` each request. They log no secret."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from blogkit.cli.output import Output


class _Teller(logging.Handler):
    def __init__(self, output: Output) -> None:
        super().__init__()
        self._output = output

    def emit(self, record: logging.LogRecord) -> None:
        self._output.note(self.format(record))


@contextmanager
def telling(output: Output, *, everything: bool) -> Iterator[None]:
    """While this lasts, warnings go to the printer; with `everything`, every record."""
    log, teller = logging.getLogger("blogkit"), _Teller(output)
    level = log.level
    log.setLevel(logging.DEBUG if everything else logging.WARNING)
    log.addHandler(teller)
    try:
        yield
    finally:
        log.removeHandler(teller)
        log.setLevel(level)
