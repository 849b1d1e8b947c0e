"""Run commands on a terminal, answer their questions, and keep what the screen shows at the end."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SIZE = (30, 92)
_PATIENCE = 300
_SEQUENCE = re.compile(r"\x1b\[([?0-9;]*)([A-Za-z])|\x1b[()][A-Z0-9]|\x1b[=>78]")


class StuckError(Exception):
    """A command asked something else, or did not end; the message has its screen."""


@dataclass(frozen=True)
class Shown:
    """What a command left on the screen.

    Attributes:
        text: The lines, with their colours as escape sequences, and with what was typed.
        seconds: How long it ran.
    """

    text: str
    seconds: float


def on_terminal(
    command: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    answers: Sequence[tuple[str, str]] = (),
) -> Shown:
    """Run a command to its end.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        environ: Its whole environment.
        answers: Each question, as it ends on the screen, and what to type there.

    Raises:
        StuckError: It failed, or did not ask one of the questions.
    """
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, SIZE)
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=folder, env=dict(environ), stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    raw, waiting, seen = "", list(answers), 0
    while (chunk := _read(ours, began + _PATIENCE)) is not None:
        raw += chunk.decode("utf-8", "replace")
        while waiting and waiting[0][0] in _plain(raw[seen:]):
            seen = len(raw)
            os.write(ours, f"{waiting.pop(0)[1]}\n".encode())
    os.close(ours)
    code = process.wait()
    if code or waiting:
        asked = f"; it did not ask “{waiting[0][0]}”" if waiting else ""
        raise StuckError(f"{' '.join(command)} ended with {code}{asked}:\n{_plain(raw)}")
    return Shown(screen(raw), time.monotonic() - began)


def _read(terminal: int, until: float) -> bytes | None:
    """Return what was drawn; None at the end, or if nothing comes for too long."""
    ready, _, _ = select.select([terminal], [], [], max(0.0, until - time.monotonic()))
    if not ready:
        return None
    try:
        return os.read(terminal, 65536) or None
    except OSError:  # Linux answers EIO when the other side is closed
        return None


def _plain(text: str) -> str:
    return _SEQUENCE.sub("", text)


def screen(raw: str) -> str:
    """Return the lines that are left when a terminal has drawn everything.

    Args:
        raw: What a program wrote, with escape sequences. Progress bars draw over themselves.
    """
    lines: list[list[str]] = [[]]
    row = column = 0
    colour = ""
    at = 0
    while at < len(raw):
        found = _SEQUENCE.match(raw, at)
        sign = raw[at]
        at = found.end() if found else at + 1
        if found:
            count, kind = found[1] or "", found[2]
            if kind == "m":
                colour = "" if count in ("", "0") else colour + found[0]
            elif kind == "A":
                row = max(0, row - int(count or 1))
            elif kind == "K":
                lines[row] = [] if count == "2" else lines[row][:column]
        elif sign == "\n":
            row += 1
            if row == len(lines):
                lines.append([])
        elif sign == "\r":
            column = 0
        elif sign >= " ":
            line = lines[row]
            line += [" "] * (column - len(line))
            line[column : column + 1] = [f"{colour}{sign}\x1b[0m" if colour else sign]
            column += 1
    text = "\n".join("".join(line).rstrip() for line in lines)
    return re.sub(
        r"(\x1b\[[0-9;]*m)([^\x1b]*)\x1b\[0m(?:\1([^\x1b]*)\x1b\[0m)+", _joined, text
    ).rstrip()


def _joined(match: re.Match[str]) -> str:
    """Return neighbours of one colour as one piece."""
    return f"{match[1]}{_plain(match[0])}\x1b[0m"
