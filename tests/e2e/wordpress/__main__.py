"""`python -m tests.e2e.wordpress`: a real WordPress by hand."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.e2e.wordpress import cache, debian, lifecycle
from tests.e2e.wordpress.machine import HarnessError
from tests.e2e.wordpress.tree import LABELS, tree


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; 0 when done, 1 with the reason on standard error."""
    options = _parser().parse_args(arguments)
    home: Path = options.home or cache.folder() / "sites" / options.wp
    try:
        _COMMANDS[options.command](options, home)
    except HarnessError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _up(options: argparse.Namespace, home: Path) -> None:
    if (home / "site.json").exists():
        raise HarnessError(
            f"{home} holds a site already; end it with: python -m tests.e2e.wordpress down --wp"
            f" {options.wp}"
        )
    lifecycle.down(home)  # what an interrupted start left behind
    print(lifecycle.up(options.wp, home, cache=cache.folder(), port=options.port).as_json())  # noqa: T201


def _down(options: argparse.Namespace, home: Path) -> None:
    lifecycle.down(home)


def _env(options: argparse.Namespace, home: Path) -> None:
    print(lifecycle.read(home).as_json())  # noqa: T201


def _tree(options: argparse.Namespace, home: Path) -> None:
    print(tree(options.wp, cache.folder()).docroot)  # noqa: T201


_COMMANDS = {"up": _up, "down": _down, "env": _env, "tree": _tree}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.wordpress", description=__doc__)
    parser.add_argument(
        "command",
        choices=_COMMANDS,
        help=(
            "up: start a site and print its JSON; down: end it; env: print its JSON again; tree:"
            " only unpack, print the docroot"
        ),
    )
    parser.add_argument(
        "--wp",
        choices=LABELS,
        default=debian.NEWEST,
        help="the WordPress (default: %(default)s)",
    )
    parser.add_argument("--port", type=int, default=0, help="0 (the default) takes a free one")
    parser.add_argument(
        "--home",
        type=Path,
        help="the site's folder (default: sites/ in the cache, one per version)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
