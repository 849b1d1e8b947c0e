"""`blogkit init`: a workspace to start from."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from blogkit.cli.options import common
from blogkit.cli.shared import start_folder, the_output
from blogkit.errors import UsageError
from blogkit.project.files import scaffold


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
    files = {
        "blogkit.toml": (scaffold.CONFIG_TEXT.format(title=scaffold.quote(root.name), zone=_local_zone()), 0o644),
        ".env": (scaffold.ENV_TEXT, 0o600),
        "posts/hello.md": (scaffold.POST_TEXT.format(title='"Hello"'), 0o644),
    }
    made = [name for name, (text, mode) in files.items() if scaffold.write_new(root / name, text, mode=mode)]
    if scaffold.ignore(root / ".gitignore"):
        made.append(".gitignore")
    output.report({"workspace": str(root), "created": made})
    output.say(f"Workspace {root}")
    for name in made:
        output.say(f"  {name}")
    where = "" if root == Path.cwd() else f"cd {shlex.quote(str(folder or start))} && "
    output.say(f'Next: {where}blogkit new post "My first post", then blogkit publish')


def _local_zone() -> str:
    """The machine's own zone by name, UTC when it has none to tell."""
    link = Path("/etc/localtime")
    name = str(link.readlink()).partition("zoneinfo/")[2] if link.is_symlink() else ""
    return name if name and name not in ("Etc/UTC", "UCT") else "UTC"
