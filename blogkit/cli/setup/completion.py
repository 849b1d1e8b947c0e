"""`blogkit completion SHELL`: print the script that lets a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from blogkit.cli.options import common
from blogkit.cli.powershell import register
from blogkit.cli.shared import the_output


@click.command(epilog="Example (bash): echo 'eval \"$(blogkit completion bash)\"' >> ~/.bashrc")
@click.argument("shell", metavar="SHELL", type=click.Choice(["bash", "zsh", "fish", "powershell"]))
@common
def completion(shell: str) -> None:
    """Print the completion script for SHELL: bash, zsh, fish or powershell.

    \b
    For PowerShell, add this line to the file that $PROFILE names:
      blogkit completion powershell | Out-String | Invoke-Expression
    """  # noqa: D301
    register()
    root = click.get_current_context().find_root()
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"click has no completion for {shell}")
    # bash's own version check runs a program; the script itself is all that is wanted here
    script = kind(root.command, {}, "blogkit", "_BLOGKIT_COMPLETE")
    the_output().result(script.source_template % script.source_vars())
