"""Which live posts a command is about: those that are named, or all that fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any, TypeVar

import click

from blogkit.cli.options import site_option
from blogkit.cli.output import Output
from blogkit.cli.refs import Found, listed, resolve_all
from blogkit.cli.workbench import Workbench, expanded
from blogkit.errors import UsageError
from blogkit.journal.store import Journal
from blogkit.platforms.base import Remote

_FILES = (".md", ".html")
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Selection:
    """refs: posts by name; label, since, search, everything: of a site, all that fit."""

    refs: tuple[str, ...] = ()
    site: str = ""
    label: str = ""
    since: datetime | None = None
    search: str = ""
    everything: bool = False

    @property
    def listed(self) -> bool:
        """The site has to be listed."""
        return bool(self.label or self.since or self.search or self.everything)


def selection_options(function: F) -> F:
    """The options that choose posts; they arrive as `Selection`'s fields, apart from the names."""
    decorators = [
        site_option("On this site (default: that of the address, else the default site)."),
        click.option("--label", default="", metavar="LABEL", help="All posts with this label, category or tag."),
        click.option(
            "--since", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="DATE", help="All posts that went live since then."
        ),
        click.option("--search", default="", metavar="TEXT", help="All posts in whose title or text this stands."),
        click.option("--all", "everything", is_flag=True, help="All posts and pages."),
    ]
    decorated: Any = function
    for decorator in reversed(decorators):
        decorated = decorator(decorated)
    return decorated  # type: ignore[no-any-return]  # click's decorators keep the callable


def select(bench: Workbench, journal: Journal, output: Output, chosen: Selection) -> list[Found]:
    """The posts, each once. Raises `UsageError` when none are named, or both kinds of choice are made."""
    if bool(chosen.refs) == chosen.listed:
        raise UsageError("say which posts: name them, or --all, --label, --since, --search; not both", hint="see the command's --help")
    if chosen.refs:
        refs = [name for ref in chosen.refs for name in _named(ref)]
        return resolve_all(bench, journal, refs, chosen.site)
    found = []
    with output.progress(0, f"looking at {chosen.site or bench.workspace.default_site}") as advance:
        for one in listed(bench, journal, chosen.site, chosen.label):
            advance(one.remote.title)
            if _fits(bench, one.remote, chosen):
                found.append(one)
    return found


def _named(ref: str) -> list[str]:
    """The post that is meant, or the files of a pattern."""
    is_pattern = ref.endswith(_FILES) and "://" not in ref and any(sign in ref for sign in "*?[")
    return [str(path) for path in expanded(Path(ref))] if is_pattern else [ref]


def _fits(bench: Workbench, post: Remote, chosen: Selection) -> bool:
    if chosen.since is not None:
        since = chosen.since.replace(tzinfo=bench.workspace.zone)
        if post.at is None or post.at < since:
            return False
    wanted = chosen.search.casefold()
    return not wanted or any(wanted in text.casefold() for text in (post.title, post.body, unescape(post.body)))
