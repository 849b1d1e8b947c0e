"""`blogkit init`: create a folder for a blog."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from blogkit.cli.options import common
from blogkit.cli.shared import start_folder, the_output
from blogkit.errors import UsageError
from blogkit.paths import readable, shown
from blogkit.project.files import scaffold


@click.command(epilog="Example: blogkit init my-blog")
@click.argument(
    "folder", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]"
)
@common
def init(folder: Path | None) -> None:
    """Create a folder for your blog in DIR (default: the current folder).

    Writes blogkit.toml, .env and a first post. Existing files are never overwritten.
    """
    output, start = the_output(), start_folder()
    root = (start / folder if folder else start).resolve()
    if (root / "blogkit.toml").exists():
        raise UsageError(
            f"{root} already has a blogkit.toml", hint="create a post there: blogkit new post TITLE"
        )
    title = scaffold.quote(readable(root.name))
    files = {
        ".env": (scaffold.ENV_TEXT, 0o600),
        "posts/hello.md": (scaffold.POST_TEXT.format(title='"Hello"'), 0o644),
        # Last, because only this file makes init refuse to run: a run that was killed can be
        # repeated.
        "blogkit.toml": (scaffold.CONFIG_TEXT.format(title=title, zone=_local_zone()), 0o644),
    }
    with scaffold.Together() as together:
        made = [".gitignore"] if together.ignore(root / ".gitignore") else []
        made += [
            name
            for name, (text, mode) in files.items()
            if together.write(root / name, text, mode=mode)
        ]
    output.report({"workspace": root, "created": made})
    output.say(f"Created in {shown(root)}:")
    for name in made:
        output.say(f"  {name}")
    output.say("Next:")
    if root != Path.cwd():
        output.say(f"  cd {_quoted(str(folder or start))}")
    output.say('  blogkit new post "My first post"')
    output.say("  blogkit publish")


def _quoted(path: str) -> str:
    """Return a path quoted for this system's shell."""
    return shlex.quote(path) if os.name != "nt" else f'"{path}"' if " " in path else path


def _local_zone() -> str:
    """Return the name of this machine's time zone, or UTC if it is unknown."""
    from babel.localtime import get_localzone  # it knows Windows's registry, too

    try:
        name = str(getattr(get_localzone(), "key", None) or "UTC")
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return "UTC"
    return name if name not in ("Etc/UTC", "UCT") else "UTC"
