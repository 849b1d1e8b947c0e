"""The printer, folder and project that every command starts from."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogkit.cli.output import Output
from blogkit.errors import UsageError
from blogkit.times import both_clocks

if TYPE_CHECKING:  # each of these costs more than `--help` may
    from blogkit.project.project import Project


def the_output() -> Output:
    """Return the run's printer, as the shared options ask for it."""
    shared = click.get_current_context().ensure_object(dict)
    output: Output = shared.setdefault("output", Output())
    output.as_json, output.quiet = bool(shared.get("as_json")), bool(shared.get("quiet"))
    output.no_color = output.no_color or bool(shared.get("no_color"))
    # A tour runs commands inside a command, and each record should be printed once.
    if not shared.get("logging"):
        from blogkit.cli.log_handler import logging_to

        shared["logging"] = True
        root = click.get_current_context().find_root()
        root.with_resource(logging_to(output, everything=bool(shared.get("verbose"))))
    return output


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 post", "2,000 posts".

    Args:
        number: How many.
        noun: The singular; its plural ends in "s".
    """
    return f"{number:,} {noun}{'s' * (number != 1)}"


def start_folder() -> Path:
    """Return the folder that the command works in: -C DIR, or the current folder.

    Raises:
        UsageError: The folder does not exist.
    """
    folder: Path = click.get_current_context().ensure_object(dict).get("directory") or Path.cwd()
    if not folder.is_dir():
        raise UsageError(f"no such folder: {folder}", hint="use -C with an existing folder")
    return folder


def expanded(paths: Iterable[Path]) -> list[Path]:
    """Return the files that patterns such as `posts/*.md` name.

    cmd.exe and PowerShell leave patterns to the program.
    """
    return [each for path in paths for each in _expanded(path)]


def _expanded(path: Path) -> list[Path]:
    text = str(path)
    if not any(sign in text for sign in "*?[") or (start_folder() / path).exists():
        return [path]
    from glob import glob

    # absolute ones, too
    found = sorted(glob(text, root_dir=start_folder(), recursive=True))  # noqa: PTH207
    return [Path(name) for name in found] or [path]


def current_project() -> Project:
    """Return the project around the start folder.

    Raises:
        ConfigError: The blog does not exist, or it cannot be read.
    """
    from blogkit.project.project import open_project

    shared = click.get_current_context().ensure_object(dict)
    project = open_project(
        start_folder(),
        clock=shared.get("clock"),
        sleep=shared.get("sleep", time.sleep),
        trust=trusts_all(),
    )
    shared["project"] = project
    return project


def warn_of_sign_ins() -> None:
    """Tell which sign-ins end soon, of the sites that the command has asked."""
    project: Project | None = click.get_current_context().ensure_object(dict).get("project")
    if project is None:
        return
    for site, end in project.ending_sign_ins().items():
        when = both_clocks(end, project.config.zone)
        the_output().warn(f"the sign-in of site {site} ends on {when}; run: blogkit login {site}")


def trusts_all() -> bool:
    """Return whether the command may use everything in the folder, without asking."""
    return bool(click.get_current_context().ensure_object(dict).get("trust"))
