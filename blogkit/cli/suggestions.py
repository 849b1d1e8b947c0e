"""Offer the nearest command or option to a mistyped one, but never one that changes something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import click

from blogkit.errors import UsageError, closest

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


def guiding(advice: Callable[[Sequence[str]], str]) -> type[click.Group]:
    """Return a kind of group that tells what to do instead of a subcommand that does not exist.

    Args:
        advice: Returns the hint for the words after the group's name.
    """

    class Guiding(click.Group):
        def resolve_command(
            self, ctx: click.Context, args: list[str]
        ) -> tuple[str | None, click.Command | None, list[str]]:
            words = [word for word in args if not word.startswith("-")]
            if words and args[0] == words[0] and self.get_command(ctx, words[0]) is None:
                command = " ".join(ctx.command_path.split()[1:])
                raise UsageError(f'{command} has no command "{words[0]}"', hint=advice(words))
            return super().resolve_command(ctx, args)

    return Guiding
