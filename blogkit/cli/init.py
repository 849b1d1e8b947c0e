"""`blogkit init`: a workspace to start from."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from blogkit.cli import scaffold
from blogkit.cli.options import common
from blogkit.cli.workbench import start_folder, the_output
from blogkit.errors import UsageError
from blogkit.paths import readable, shown


@click.command(epilog="Example: blogkit init my-blog")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]")
@common
def init(folder: Path | None) -> None:
    """Make a workspace in DIR (default: here): blogkit.toml, .env, a first post.

    Nothing that exists is overwritten.
    """
    output, start = the_output(), start_folder()
    root = (start / folder if folder else start).resolve()
    if (root / "blogkit.toml").exists():
        raise UsageError(f"{root} is a workspace already", hint="write a post there: blogkit new post TITLE")
    title = scaffold.quote(readable(root.name))
    files = {
        ".env": (scaffold.ENV_TEXT, 0o600),
        "posts/hello.md": (scaffold.POST_TEXT.format(title='"Hello"'), 0o644),
        # Last, because it makes the folder a workspace: a run that was killed is simply repeated.
        "blogkit.toml": (scaffold.CONFIG_TEXT.format(title=title, zone=_local_zone()), 0o644),
    }
    with scaffold.Together() as together:
        made = [".gitignore"] if together.ignore(root / ".gitignore") else []
        made += [name for name, (text, mode) in files.items() if together.write(root / name, text, mode=mode)]
    output.report({"workspace": root, "created": made})
    output.say(f"Workspace {shown(root)}")
    for name in made:
        output.say(f"  {name}")
    output.say("Next:")
    if root != Path.cwd():
        output.say(f"  cd {_quoted(str(folder or start))}")
    output.say('  blogkit new post "My first post"')
    output.say("  blogkit publish")


def _quoted(path: str) -> str:
    """A path as a shell of this system reads it."""
    return shlex.quote(path) if os.name != "nt" else f'"{path}"' if " " in path else path


def _local_zone() -> str:
    """The machine's own zone by name, UTC when it has none to tell."""
    from babel.localtime import get_localzone  # it knows Windows's registry, too

    try:
        name = str(getattr(get_localzone(), "key", None) or "UTC")
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return "UTC"
    return name if name not in ("Etc/UTC", "UCT") else "UTC"
