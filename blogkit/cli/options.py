"""The options that every command shares. They can come before or after the command's name."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from blogkit.cli.shared import warn_of_sign_ins

_F = TypeVar("_F", bound=Callable[..., Any])

RUN_NUMBER = click.IntRange(1, 10**18)
"""Close to the largest number that a database holds."""

_SHARED = ("directory", "as_json", "quiet", "verbose", "no_color", "trust")


def common(function: _F) -> _F:
    """Return the command with -C, --json, --quiet, --verbose, --no-color and --trust.

    `shared` reads their values from `ctx.obj`.
    """

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        shared = click.get_current_context().ensure_object(dict)
        for name in _SHARED:
            value = kwargs.pop(name)
            # The option may have come before the command's name, after it, or both.
            shared[name] = value or shared.get(name)
        result = function(*args, **kwargs)
        warn_of_sign_ins()
        return result

    decorators = [
        click.option(
            "-C",
            "directory",
            type=click.Path(file_okay=False, path_type=Path),
            metavar="DIR",
            help="Run in this folder.",
        ),
        click.option(
            "--json", "as_json", is_flag=True, help="Print a JSON report on standard output."
        ),
        click.option("--quiet", is_flag=True, help="Print errors only."),
        click.option("--verbose", is_flag=True, help="Print more, such as each request."),
        click.option("--no-color", is_flag=True, help="Print without colours (also: NO_COLOR=1)."),
        click.option(
            "--trust",
            is_flag=True,
            help="Use this folder's own code in this run (also: BLOGKIT_TRUST=1).",
        ),
    ]
    decorated: Any = wrapper
    for decorator in reversed(decorators):
        decorated = decorator(decorated)
    return decorated  # type: ignore[no-any-return]  # click's decorators keep the callable


def site_names(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Return the names of sites for the shell's completion; none outside of a blog's folder.

    Args:
        ctx: The command that is being completed.
        _param: Click passes the option.
        incomplete: What is typed so far.
    """
    from blogkit import config
    from blogkit.errors import BlogkitError

    folders = [
        each.params["directory"] for each in (ctx, ctx.find_root()) if each.params.get("directory")
    ]
    try:
        found = config.discover(Path(folders[0]) if folders else Path.cwd())
    except (BlogkitError, OSError):
        return []
    return [name for name in found.sites if name.startswith(incomplete)]


deep_option = click.option(
    "--deep",
    is_flag=True,
    help=(
        "Compare the texts of all posts, also where the site's time stamps show no change"
        " (WordPress)."
    ),
)


def site_option(help_text: str) -> Callable[[_F], _F]:
    """Return the option `--site SITE`, at most once: click would ignore all but the last."""
    return click.option(
        "--site",
        multiple=True,
        callback=_only_one,
        metavar="SITE",
        shell_complete=site_names,
        help=help_text,
    )


def limit_option(function: _F) -> _F:
    """Return the command with `--limit N`: how many live posts a run may change."""
    about = "Send nothing if more than N live posts would change (default: 20)."
    return click.option("--limit", type=click.IntRange(min=0), default=20, metavar="N", help=about)(
        function
    )


def _only_one(_ctx: click.Context, _param: click.Parameter, names: tuple[str, ...]) -> str:
    if len(names) > 1:
        raise click.UsageError(
            "--site takes one site; to use several, list them in the post's `sites:`"
        )
    return names[0] if names else ""
