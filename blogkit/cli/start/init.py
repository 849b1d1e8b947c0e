"""`blogkit init`: create a folder for a blog."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from blogkit.cli.options import common
from blogkit.cli.shared import start_folder, the_output
from blogkit.paths import shown


@click.command(epilog="Example: blogkit init my-blog")
@click.argument(
    "folder", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]"
)
@common
def init(folder: Path | None) -> None:
    """Create a folder for your blog in DIR (default: the current folder).

    Writes blogkit.toml, .env and a first post. Existing files are never overwritten.
    """
    from blogkit.project.files.starting import init as start_blog

    output, start = the_output(), start_folder()
    root = (start / folder if folder else start).resolve()
    made = [path.relative_to(root).as_posix() for path in start_blog(root)]
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
