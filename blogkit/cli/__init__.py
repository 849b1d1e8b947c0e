"""The commands. A command's module is imported when it is called, so that `--help` is instant."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword

import click

from blogkit import __version__
from blogkit.cli.layout import NarrowContext, narrowed
from blogkit.cli.options import common

SECTIONS = {
    "Start": {
        "demo": ("start.demo", "Show a guided tour on a local test blog."),
        "init": ("start.init", "Create a folder for your blog."),
    },
    "Write": {
        "new": ("write.new", "Create a post or a page."),
        "import": ("write.importing", "Turn an answer, a page or a document into a post."),
        "prompt": ("write.prompt", "Print a prompt that makes an AI assistant write a post."),
        "check": ("write.check", "Find problems in your posts."),
        "render": ("write.render", "Print a post's HTML."),
        "preview": ("write.preview", "Show a post in the browser while you write it."),
        "widget": ("write.widget", "List, show, create and check widgets."),
        "theme": ("write.theme", "Choose the look of your widgets."),
    },
    "Publish": {
        "plan": ("publish.publish", "Show what publishing would do."),
        "publish": ("publish.publish", "Publish new and changed posts, each exactly once."),
        "status": ("publish.status", "Show what is live, scheduled, new or changed."),
        "open": ("publish.open", "Open a live post in the browser."),
        "queue": ("publish.queue", "Show what goes live when, and change it."),
        "link": ("publish.link", "Set, list and check links that posts use by name."),
        "images": ("publish.images", "See where pictures are for sites without uploads."),
        "todo": ("publish.todo", "List what only you can set, by hand, on the blog."),
        "diff": ("publish.diff", "Show what changed in the file and what changed on the blog."),
    },
    "Automate": {
        "jobs": ("schedule.jobs", "List, cancel and retry edits that are made at a time."),
        "run": ("schedule.run", "Do what is due now, such as posts that wait, and exit."),
        "worker": ("schedule.worker", "Do what is due at its time, until you stop it."),
        "schedule": ("schedule.schedule", "Have this machine start blogkit run."),
    },
    "Live posts": {
        "pull": ("live.pull", "Write live posts to files."),
        "adopt": ("live.adopt", "Start managing posts that are already on the blog."),
        "export": ("live.export", "Write posts to an archive for another blog."),
        "insert": ("live.surgery", "Add a widget to live posts."),
        "replace": ("live.surgery", "Replace text, a link or a widget in live posts."),
        "remove": ("live.surgery", "Remove a widget from live posts."),
        "upgrade": ("live.surgery", "Re-render the widgets in live posts."),
        "delete": ("live.delete", "Move posts to the trash."),
        "reinsert": ("live.reinsert", "Put back widgets that a later save on the blog removed."),
        "regions": ("live.surgery", "List the widgets that blogkit added to live posts."),
    },
    "Undo and history": {
        "log": ("history.log", "List the runs and what each changed."),
        "undo": ("history.undo", "Take back what a run changed."),
        "backup": ("history.backup", "Export earlier versions of posts."),
    },
    "Set-up": {
        "login": ("setup.login", "Store and test a site's credentials."),
        "trust": ("setup.trust", "Allow a folder's own code."),
        "doctor": ("setup.doctor", "Find problems with the set-up."),
        "sandbox": ("setup.sandbox", "Run a local test blog with Blogger's API."),
        "completion": ("setup.completion", "Let your shell complete commands."),
    },
}
"""The commands by section: each one's module and its line in `blogkit --help`."""

_COMMANDS = {name: about for section in SECTIONS.values() for name, about in section.items()}


class LazyGroup(click.Group):
    """A group that lists its commands by section, and imports a command only to run it."""

    context_class = NarrowContext

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands, in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, and import its module."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"blogkit.cli.{_COMMANDS[cmd_name][0]}")
        # `import` is a keyword of Python, so its function is called `import_`.
        command: click.Command = getattr(
            module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        )
        return narrowed(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return what click resolves; for an unknown command, fail with the nearest that reads."""
        from blogkit.cli.suggestions import nearest_command

        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in _COMMANDS:
            offer = nearest_command(name, _COMMANDS)
            ctx.fail(f'no such command "{name}"{offer and f"; {offer}"}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands in their sections, from one-line texts that need no import."""
        column = max(map(len, _COMMANDS))
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(name.ljust(column), line) for name, (_, line) in commands.items()]
                )


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="blogkit", message="%(prog)s %(version)s")
@common
def main() -> None:
    """Write posts as files, add widgets to them, and publish them to Blogger or WordPress, each
    exactly once.

    For a command's options and an example, run: blogkit COMMAND --help
    """  # noqa: D205
