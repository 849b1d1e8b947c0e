"""The commands. Light on purpose: each command's module is imported when it is called, so that `--help` is instant."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword

import click

from blogkit import __version__
from blogkit.cli.layout import Context, narrowed
from blogkit.cli.options import common

_COMMANDS = {
    "init": ("init", "Make a workspace: blogkit.toml, .env, posts/."),
    "new": ("new", "Start a post or a page."),
    "import": ("importing", "Make a post of a page of HTML that was pasted."),
    "check": ("check", "Look for problems in posts, before anyone else does."),
    "render": ("render", "Show a post's HTML."),
    "widget": ("widget", "The widgets: list, look, make your own, check."),
    "theme": ("theme", "The look of the widgets, and a style sheet for the site's theme."),
    "plan": ("publish", "Show what publishing would do."),
    "publish": ("publish", "Bring posts to their sites, each exactly once."),
    "status": ("status", "What is live, scheduled, new or changed."),
    "diff": ("diff", "What was changed here, and what on the blog."),
    "pull": ("pull", "Bring a live post into the workspace, as a file."),
    "adopt": ("adopt", "Let blogkit keep posts that are on the blog already."),
    "insert": ("surgery", "Put a widget into posts that are live already."),
    "replace": ("surgery", "Put other words, or another widget, in the place of what is there."),
    "remove": ("surgery", "Take a widget out of live posts again."),
    "upgrade": ("surgery", "Draw the widgets in live posts anew."),
    "regions": ("surgery", "The widgets in live posts."),
    "log": ("log", "What was done, run by run."),
    "undo": ("undo", "Put back what a run changed."),
    "backup": ("backup", "Posts as they were before each change, as files."),
    "login": ("login", "Store and test a site's credentials."),
    "doctor": ("doctor", "One sentence and one fix for each thing wrong."),
    "sandbox": ("sandbox", "A local Blogger to rehearse on."),
    "demo": ("demo", "The guided tour, on the sandbox."),
    "completion": ("completion", "Shell completion for bash, zsh and fish."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and one-line helps, and imports a command only to run it."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"blogkit.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        return narrowed(command)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Adds the nearest name to click's message for an unknown command."""
        from blogkit.errors import nearest

        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in _COMMANDS:
            ctx.fail(f'no such command "{name}"; {nearest(name, _COMMANDS) or "see blogkit --help"}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="blogkit", message="%(prog)s %(version)s")
@common
def main() -> None:
    """Write posts as files, put widgets in them, and publish them to Blogger and WordPress exactly once.

    \b
    Start here:
      blogkit demo               a guided tour that touches nothing outside a new folder
      blogkit init my-blog       a workspace of your own
      blogkit publish --dry-run  what would happen
    """
