"""`blogkit demo`: show a guided tour with real commands, on a local test blog that ends with it."""

from __future__ import annotations

import contextlib
import io
import json
import shlex
import tempfile
import threading
from pathlib import Path
from typing import Any

import click

from blogkit.cli.options import common
from blogkit.cli.output import Output
from blogkit.cli.shared import start_folder, the_output
from blogkit.errors import BlogkitError
from blogkit.files import replace_file
from blogkit.paths import shown
from blogkit.project.files import scaffold


@click.command(epilog="Example: blogkit demo --serve")
@click.argument(
    "folder", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]"
)
@click.option(
    "--serve", is_flag=True, help="Keep the test blog open for a browser until you press Ctrl-C."
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port of the test blog (default: a free one).",
)
@common
def demo(folder: Path | None, serve: bool, port: int) -> int:
    """Show a guided tour on a local test blog.

    Checks four posts, publishes them, publishes again, edits one and publishes it. Then adds a quiz
    button to two posts that are already live, and lets three posts of a queue publish themselves.
    Works in DIR, which must be new or empty (default: a new temporary folder), and touches nothing
    else.
    """
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from blogkit.cli.start.demo_schedule import show_queue
    from blogkit.sandbox.clock import Clock, system_time
    from blogkit.sandbox.server import Sandbox

    output = the_output()
    root = (
        (start_folder() / folder).resolve()
        if folder
        else Path(tempfile.mkdtemp(prefix="blogkit-demo-"))
    )
    clock = Clock()
    click.get_current_context().ensure_object(dict)["clock"] = clock
    with Sandbox(port=port, title="The demo blog", clock=lambda: clock()) as server:
        posts = scaffold.sample(root, server.api_base, datetime.now(ZoneInfo("Asia/Kolkata")))
        tour = _Tour(root, output)
        _show_round(tour, posts)
        _show_surgery(tour, _older_posts(root))
        show_queue(tour, clock)
        clock.set(system_time())
        output.report(
            {"workspace": root, "url": server.url, "steps": tour.steps, "exit_code": tour.worst}
        )
        output.say()
        output.say(
            f"The posts are in {shown(root)}/posts; the journal is in {shown(root)}/.blogkit."
        )
        if serve:
            output.say(f"The test blog is at {server.url}   (press Ctrl-C to stop it)", "bold")
            output.flush()
            _wait()
        else:
            output.say(
                "The test blog has stopped. To look at it in a browser, run: blogkit demo --serve  "
                " (or: make demo SERVE=1)"
            )
    return tour.worst


def _show_round(tour: _Tour, posts: list[Path]) -> None:
    tour.tell(
        "Here are four posts: two to go live (one of them uses every widget), one for next week,"
        " and one draft."
    )
    for path in posts:
        tour.output.say(f"  {path}")
    tour.run("check")
    tour.tell("Publish them to the local test blog, which has Blogger's API.")
    tour.run("publish", "--yes")
    tour.tell("Publish again. Nothing has changed, so nothing is sent.")
    tour.run("publish", "--yes")
    tour.tell("Add a sentence to one of them and publish. One post is updated.")
    _edit(tour.root / "posts" / "semiconductor-mission.md")
    tour.run("publish", "--yes")
    tour.run("status")


_OLDER = {
    "How a bill becomes law": (
        "<p>First reading, committee, second reading&hellip;</p>\n<h2>Conclusion</h2>\n<p>Then the"
        " President signs it.</p>"
    ),
    "The monsoon explained": (
        '<div dir="ltr">Land heats faster than sea.<br>\n<h2 style="text-align:'
        ' left;"><b>Conclusion</b></h2>Watch the trough.</div>'
    ),
}


def _older_posts(root: Path) -> list[str]:
    """Create posts as Blogger's editor writes them, and return their addresses."""
    from blogkit.config import load_config
    from blogkit.platforms.base import Draft, State, Target
    from blogkit.project.connect import Settings, connect

    config = load_config(root)
    blog = connect(config.site("main"), Settings(config))
    refs = [
        blog.create(Draft("", "post", title, body, labels=("Archive",))).ref
        for title, body in _OLDER.items()
    ]
    return [blog.set_state(ref, Target(State.LIVE)).url for ref in refs]


def _show_surgery(tour: _Tour, addresses: list[str]) -> None:
    tour.tell(
        "The blog has two older posts that blogkit did not write. Add a quiz button before their"
        " “Conclusion”. First, a dry run."
    )
    button = ("--set", "label=Take the quiz", "--set", "url=https://example.com/quiz/archive")
    insert = (
        "insert",
        "quiz-button",
        *button,
        "--label",
        "Archive",
        "--at",
        "before:h2:Conclusion",
    )
    tour.run(*insert, "--dry-run")
    tour.tell("Every other byte stays as it is. Now do it, then undo it in one of the two posts.")
    tour.run(*insert, "--yes")
    tour.run("undo", "--yes", addresses[0])
    tour.run("log")


class _Tour:
    """Show and run commands; collect their reports and the worst exit code."""

    def __init__(self, root: Path, output: Output) -> None:
        self.root = root
        self.output = output
        self.worst = 0
        self.steps: list[dict[str, Any]] = []

    def tell(self, text: str) -> None:
        self.output.say()
        self.output.say(text, "bold")

    def run(self, *arguments: str) -> None:
        from blogkit.cli import main

        self.output.say(f"$ blogkit {shlex.join(arguments)}", "blue")
        flags = [
            name
            for name, on in (("--json", self.output.as_json), ("--quiet", self.output.quiet))
            if on
        ]
        caught = io.StringIO()  # a tour has one report, with those of its steps in it
        output = Output(
            no_color=self.output.no_color,
            out=caught if self.output.as_json else self.output.out,
            err=self.output.err,
        )
        shared = {**click.get_current_context().ensure_object(dict), "output": output}
        try:
            code = main.main(
                args=["-C", str(self.root), *flags, *arguments],
                prog_name="blogkit",
                standalone_mode=False,
                obj=shared,
            )
        except BlogkitError as error:
            self.output.error(error)
            code = error.exit_code
        report = json.loads(caught.getvalue() or "null")
        self.steps.append(
            {"command": ["blogkit", *arguments], "exit_code": code or 0, "report": report}
        )
        self.worst = max(self.worst, code or 0)


def _wait() -> None:
    """Wait for Ctrl-C."""
    with contextlib.suppress(KeyboardInterrupt):
        while not threading.Event().wait(1):  # Windows lets Ctrl-C through only between waits
            pass


def _edit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    mark = "## Conclusion\n\n"
    text = text.replace(mark, mark + "*Updated with the latest approvals.* ", 1)
    replace_file(path, text.encode())
