"""`--verbose`: what blogkit's parts log, such as each request, on standard error. They log no secret."""

from __future__ import annotations

import logging

from blogkit.cli.output import Output


class _Teller(logging.Handler):
    def __init__(self, output: Output) -> None:
        super().__init__()
        self._output = output

    def emit(self, record: logging.LogRecord) -> None:
        self._output.note(self.format(record))


def say_all(output: Output) -> None:
    """Every record from now on goes to this printer, and to it alone."""
    log = logging.getLogger("blogkit")
    log.setLevel(logging.DEBUG)
    log.handlers = [handler for handler in log.handlers if not isinstance(handler, _Teller)] + [_Teller(output)]
