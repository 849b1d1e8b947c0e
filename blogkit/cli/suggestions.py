"""Offer the nearest command or option to a mistyped one, but never one that changes something."""

from __future__ import annotations

from collections.abc import Iterable

import click

from blogkit.errors import closest

_READING = frozenset(
    {
        *("check", "render", "plan", "status", "open", "todo", "diff", "regions", "log", "doctor"),
        *("completion", "list", "show"),
    }
)
"""The commands and subcommands that only read, in every group that has them."""

_HARMLESS = frozenset(
    {
        *("--dry-run", "--offline", "--deep", "--json", "--quiet", "--verbose", "--no-color"),
        *("--help", "--version", "--site", "--search", "--since", "--label", "--list", "--most"),
        *("--format", "--as", "--page", "--profile", "--no-browser"),
    }
)
"""The options with which a command reads, shows or selects less or the same. All others may let it
write, or lift a guard.
"""


def nearest_command(name: str, commands: Iterable[str]) -> str:
    """Return a question that offers the closest command if it only reads; "" otherwise.

    Args:
        name: What the user wrote.
        commands: The names of all commands, also of those that write: a command that reads is not
            offered in place of a closer one that writes.
    """
    offer = closest(name, commands)
    return f'did you mean "{offer}"?' if offer in _READING else ""


def usage_message(error: click.ClickException) -> str:
    """Return click's message, without its offers of commands and options that may write.

    Args:
        error: A wrong use of a command.
    """
    offers = getattr(error, "possibilities", None)
    if not offers:
        return error.format_message()
    fits = offers[0] in _READING | _HARMLESS
    return f"{error.message.rstrip('.')}{f'; did you mean {offers[0]}?' if fits else ''}"
