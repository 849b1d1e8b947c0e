"""A user's timer of systemd, on Linux (systemd.timer(5), systemd.service(5))."""

from __future__ import annotations

import re

from blogkit.schedule.units.task import TimedTask

_PLAIN = re.compile(r"[A-Za-z0-9_@+=:,./-]+")


def service_text(task: TimedTask) -> str:
    """Return the unit that runs blogkit once.

    Args:
        task: What to start.
    """
    program, *arguments = task.words
    line = " ".join([_quoted(program), *(_quoted(word).replace("$", "$$") for word in arguments)])
    return (
        "# Written by: blogkit schedule install\n"
        "[Unit]\n"
        f"Description=blogkit: do what is due in {_plain(task.folder)}\n"
        "\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"ExecStart={line}\n"
        "TimeoutStartSec=1h\n"
    )


def timer_text(task: TimedTask) -> str:
    """Return the unit that starts the service; what was missed while the machine was off is made
    up for once.

    Args:
        task: What to start.
    """  # noqa: D205
    return (
        "# Written by: blogkit schedule install\n"
        "[Unit]\n"
        f"Description=blogkit: look for what is due in {_plain(task.folder)}\n"
        "\n"
        "[Timer]\n"
        f"OnCalendar={_calendar(task.minutes)}\n"
        "AccuracySec=15s\n"
        "Persistent=true\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def _calendar(minutes: int) -> str:
    """Return the times of day, in the form of systemd.time(7)."""
    if minutes < 60:
        return f"*:0/{minutes}"
    return f"0/{minutes // 60}:00" if minutes < 24 * 60 else "daily"


def _quoted(word: str) -> str:
    """Return a word as systemd reads it: in quotes, with C escapes and its own specifiers."""
    if _PLAIN.fullmatch(word):
        return word
    return '"' + re.sub(r'(["\\])', r"\\\1", word).replace("%", "%%") + '"'


def _plain(text: str) -> str:
    # a line that ends with a backslash would go on in the next one
    return text.replace("%", "%%").rstrip("\\")
