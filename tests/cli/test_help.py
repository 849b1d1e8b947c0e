"""Every command explains itself: what for, an example, and the options that all share; without a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from blogkit.cli import main
from tests.cli.conftest import Run

SHARED = {"directory", "as_json", "quiet", "verbose", "no_color"}


def commands(group: click.Group, *trail: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and every group of commands, with the words that call it."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield (*trail, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *trail, name)


ALL = list(commands(main))


@pytest.mark.parametrize(("words", "command"), ALL, ids=[" ".join(words) for words, _ in ALL])
def test_a_command_explains_itself(run: Run, tmp_path: Path, words: tuple[str, ...], command: click.Command) -> None:
    for flag in ("--help", "-h"):
        done = run(*words, flag)
        assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: blogkit {' '.join(words)} ")
    assert f"blogkit {' '.join(words)}" in " ".join((command.epilog or "").split()), "no example"
    assert "Example" in done.out
    assert {parameter.name for parameter in command.params} >= SHARED
    nameless = [parameter.name for parameter in command.params if isinstance(parameter, click.Option) and not parameter.help]
    assert nameless == []
    assert list(tmp_path.iterdir()) == []


def test_every_command_is_listed(run: Run) -> None:
    listed = {line.split()[0] for line in run("--help").out.partition("Commands:")[2].splitlines() if line.strip()}
    assert listed >= {words[0] for words, _ in ALL}
