"""The options that choose live posts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from blogkit.cli.options import site_option
from blogkit.cli.shared import expanded
from blogkit.project.live.selection import Selection

_F = TypeVar("_F", bound=Callable[..., Any])


def selection_options(function: _F) -> _F:
    """Return the command with the options that choose posts; `chosen` reads them."""
    decorators = [
        site_option(
            "The site (default: the one that the address belongs to, or the default site)."
        ),
        click.option(
            "--label",
            default="",
            metavar="LABEL",
            help="Choose posts with this label, category or tag.",
        ),
        click.option(
            "--since",
            type=click.DateTime(["%Y-%m-%d"]),
            default=None,
            metavar="DATE",
            help="Choose posts that went live on or after DATE.",
        ),
        click.option(
            "--search",
            default="",
            metavar="TEXT",
            help="Choose posts with TEXT in their title or text.",
        ),
        click.option("--all", "everything", is_flag=True, help="Choose all posts and pages."),
    ]
    decorated: Any = function
    for decorator in reversed(decorators):
        decorated = decorator(decorated)
    return decorated  # type: ignore[no-any-return]  # click's decorators keep the callable


def chosen(refs: tuple[str, ...], options: dict[str, Any]) -> Selection:
    """Return the selection that the options ask for.

    Args:
        refs: The posts that are named.
        options: The command's options; those of the selection are taken out.
    """
    names = ("site", "label", "since", "search")
    refs = tuple(name for ref in refs for name in _named(ref))
    return Selection(
        refs, all=options.pop("everything"), **{name: options.pop(name) for name in names}
    )


def _named(ref: str) -> list[str]:
    is_file = ref.endswith((".md", ".html")) and "://" not in ref
    # Windows passes `*.md` on as it is, and other shells expand it.
    return [str(path) for path in expanded([Path(ref)])] if is_file else [ref]
