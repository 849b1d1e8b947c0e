"""Every command explains itself: what for, an example, and the options that all share; without a
workspace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from blogkit.cli import SECTIONS, main
from tests.cases import for_each
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


@for_each(("words", "command"), ALL, ids=[" ".join(words) for words, _ in ALL])
def test_a_command_explains_itself(
    run: Run, tmp_path: Path, words: tuple[str, ...], command: click.Command
) -> None:
    for flag in ("--help", "-h"):
        done = run(*words, flag)
        assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: blogkit {' '.join(words)} ")
    assert f"blogkit {' '.join(words)}" in " ".join((command.epilog or "").split()), "no example"
    assert "Example" in done.out
    assert {parameter.name for parameter in command.params} >= SHARED
    nameless = [
        parameter.name
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert nameless == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("words", "command"), ALL, ids=[" ".join(words) for words, _ in ALL])
def test_help_has_no_control_characters(
    run: Run, words: tuple[str, ...], command: click.Command
) -> None:
    """Click's mark for lines to keep is a backspace, which it prints unless it is on its own."""
    shown = run(*words, "--help").out
    assert [sign for sign in shown if ord(sign) < 32 and sign != "\n"] == [], command.help


GROUPS = ["Start", "Write", "Publish", "Automate", "Live posts", "Undo and history", "Set-up"]


def listed(out: str) -> dict[str, list[str]]:
    """Return the commands of `blogkit --help` by their section."""
    parts = re.findall(r"^([A-Z][\w -]+):\n((?:  .+\n?)+)", out, re.MULTILINE)
    return {title: re.findall(r"^  ([a-z]+)\b", lines, re.MULTILINE) for title, lines in parts}


def test_every_command_is_listed_in_one_section(run: Run) -> None:
    sections = listed(run("--help").out)
    assert list(sections) == ["Options", *GROUPS]
    names = [name for title in GROUPS for name in sections[title]]
    assert sorted(names) == sorted({words[0] for words, _ in ALL})
    assert names == main.list_commands(click.Context(main))


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_the_line_of_each_command_is_whole_and_lines_up(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = run("--help").out
    flat = " ".join(out.split())
    for section in SECTIONS.values():
        for name, (_, line) in section.items():
            assert line.endswith("."), name
            assert f"{name} {line}" in flat
    if columns == "80":
        commands_of = out.partition("\nStart:\n")[2]
        assert (
            len({len(found) for found in re.findall(r"^(  [a-z]+ +)\S", commands_of, re.MULTILINE)})
            == 1
        )


def test_the_lines_of_a_group_are_whole_sentences(run: Run) -> None:
    for words, command in ALL:
        if isinstance(command, click.Group):
            flat = " ".join(run(*words, "--help").out.split())
            for name, inner in command.commands.items():
                assert inner.short_help
                assert f"{name} {inner.short_help}" in flat
                assert "..." not in inner.short_help
