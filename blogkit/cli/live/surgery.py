"""`blogkit insert`, `replace`, `remove`, `upgrade`, `regions`: widgets in live posts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from blogkit.cli.listener import listening
from blogkit.cli.live import edit_runner
from blogkit.cli.live.edit_runner import EditTiming
from blogkit.cli.live.selection import chosen, selection_options
from blogkit.cli.options import common, limit_option
from blogkit.cli.reports import of_left_out, of_wiped, show_wiped
from blogkit.cli.schedule.timed import Asked, chosen_times, until_option, when_option
from blogkit.cli.shared import current_project, the_output
from blogkit.cli.widget_data import read_data, settings_of
from blogkit.posts.front_matter_schema import ACTIVE_KINDS

if TYPE_CHECKING:
    from blogkit.project.jobs.requests import EditRequest
    from blogkit.project.live.snippet import WidgetData
    from blogkit.regions import Style

_F = TypeVar("_F", bound=Callable[..., Any])

_writing = [
    limit_option,
    click.option(
        "--live",
        is_flag=True,
        help="Change the blog even if the post has a file; the file then differs from the blog.",
    ),
    click.option("--dry-run", is_flag=True, help="Show what would change, and send nothing."),
    click.option(
        "--yes",
        "-y",
        is_flag=True,
        help="Don't ask for confirmation; needed in pipes and cron jobs.",
    ),
    common,
]
_force = click.option("--force", is_flag=True, help="Overwrite manual edits inside the widget.")
_counting = [
    click.option(
        "--nth",
        type=click.IntRange(min=1),
        default=None,
        metavar="N",
        help="If several places match, use the Nth.",
    ),
    click.option("--every", is_flag=True, help="If several places match, use all of them."),
]
_allow = click.option(
    "--allow",
    multiple=True,
    metavar="KIND",
    type=click.Choice(ACTIVE_KINDS),
    help="Add this kind of active content, such as script; can be repeated.",
)
_data = [
    click.option(
        "--data",
        default="",
        metavar="FILE",
        help="A file with the widget's fields, as for `blogkit widget render`.",
    ),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="FIELD=VALUE",
        help="Set a field in addition to the file's; repeatable.",
    ),
    click.option(
        "--quiz",
        default="",
        metavar="NAME|URL",
        help="The widget's quiz link: its address, or its name until `blogkit link set`.",
    ),
]


def _with(*options: Any) -> Callable[[_F], _F]:
    """Add several options at once."""

    def decorate(function: _F) -> _F:
        decorated: Any = function
        for option in reversed(options):
            decorated = option(decorated)
        return decorated  # type: ignore[no-any-return]  # click's decorators keep the callable

    return decorate


@click.command(
    epilog=(
        "Example: blogkit insert quiz-button --set url=https://example.com/quiz --into https://…"
        " --at before:h2:Conclusion"
    )
)
@click.argument("what", metavar="WIDGET|FILE.html")
@click.option(
    "--into",
    "refs",
    multiple=True,
    metavar="POST",
    help="A post: its address, id, key or file; repeatable.",
)
@click.option(
    "--at",
    "anchor",
    required=True,
    metavar="PLACE",
    help="Where: end, before:h2:Conclusion, after:p:3, replace:text:…, …",
)
@click.option(
    "--id",
    "name",
    default="",
    metavar="ID",
    help="The region's name, to find it again (default: the widget's name).",
)
@click.option(
    "--mark",
    type=click.Choice(["comments", "attribute"]),
    default=None,
    help=(
        "How to mark the region; use attribute if the site removes comments (default: chosen by the"
        " post)."
    ),
)
@_with(*_data, *_counting, _force, _allow, selection_options, when_option, until_option, *_writing)
def insert(
    what: str,
    refs: tuple[str, ...],
    anchor: str,
    name: str,
    mark: Style | None,
    data: str,
    settings: tuple[str, ...],
    **options: Any,
) -> int:
    """Add a widget, or a piece of HTML, to live posts. Every other byte stays as it is.

    \b
    PLACE is one of:
      start · end · more                      start or end of the post; after the jump break
      before:h2:TEXT · before:h2~REGEX        a heading, as a reader sees it; h1 to h6
      before:p:3                              the third paragraph
      before:text:WORDS · replace:text:WORDS  words, as a reader sees them
      before:region:ID · replace:region:ID    a widget that blogkit added
      before:#NAME                            the element with this id in the HTML

    You can write after: instead of before:. If no place matches, or several do, an error lists the
    candidates. If the post already has a region with this ID, it is re-rendered where it is, and
    --at is ignored; so running the command twice changes nothing more. To add a second copy, give
    it another --id.
    """  # noqa: D301
    from blogkit.project.jobs.requests import Insert

    posts, fields = chosen(refs, options), _fields(data, settings)
    return _run(
        "insert",
        options,
        lambda more: Insert(what, anchor, posts, fields, id=name, mark=mark, **more),
    )


@click.command(
    epilog=(
        "Example: blogkit replace text:YOUR_MOCK_TEST_LINK_HERE --with https://example.com/quiz"
        " --all"
    )
)
@click.argument("what", metavar="text:STRING|region:ID")
@click.argument("refs", nargs=-1, metavar="[POST...]")
@click.option(
    "--with",
    "value",
    required=True,
    metavar="VALUE",
    help="The new text or link; for a region, a widget's name or an .html file.",
)
@_with(*_data, *_counting, _force, _allow, selection_options, when_option, *_writing)
def replace(
    what: str,
    refs: tuple[str, ...],
    value: str,
    data: str,
    settings: tuple[str, ...],
    **options: Any,
) -> int:
    """Replace text or a link, such as the mock-test placeholder, or a widget.

    text:STRING is found anywhere in the post: in text, links, script strings and block settings.
    The new text is escaped for each place, and every place is listed. region:ID is a widget that
    you added with `insert`.
    """
    from blogkit.project.jobs.requests import Replace

    posts, fields = chosen(refs, options), _fields(data, settings)
    return _run("replace", options, lambda more: Replace(what, value, posts, fields, **more))


@click.command(
    epilog=(
        "Example: blogkit remove quiz-button --from"
        " https://example.blogspot.com/2024/05/old-post.html"
    )
)
@click.argument("name", metavar="ID")
@click.option(
    "--from",
    "refs",
    multiple=True,
    metavar="POST",
    help="A post: its address, id, key or file; repeatable.",
)
@_with(*_counting, _force, selection_options, when_option, *_writing)
def remove(name: str, refs: tuple[str, ...], **options: Any) -> int:
    """Remove a widget from live posts. Every other byte stays as it is."""
    from blogkit.project.jobs.requests import Remove

    posts = chosen(refs, options)
    return _run("remove", options, lambda more: Remove(name, posts, **more))


@click.command(epilog="Example: blogkit upgrade --widget timeline --all")
@click.argument("refs", nargs=-1, metavar="[POST...]")
@click.option("--widget", default="", metavar="W", help="Re-render only this widget.")
@click.option(
    "--from",
    "version",
    type=click.IntRange(min=1),
    default=None,
    metavar="VERSION",
    help="Re-render only widgets of this version or older.",
)
@_with(_force, selection_options, *_writing)
def upgrade(refs: tuple[str, ...], widget: str, version: int | None, **options: Any) -> int:
    """Re-render live posts after a change of the look.

    Posts that were made from files are rendered again as a whole; in other posts, the widgets that
    blogkit inserted are, from the data stored with them. Posts whose HTML stays the same are not
    sent. Widgets with manual edits are left alone (exit code 4).
    """
    from blogkit.cli.live.upgrade import run_upgrade

    posts = chosen(refs, options)
    output, project, asked = the_output(), current_project(), _asked(options)
    return run_upgrade(output, project, asked, posts, widget, version, **options)


@click.command(epilog="Example: blogkit regions https://example.blogspot.com/2024/05/old-post.html")
@click.argument("refs", nargs=-1, metavar="[POST...]")
@_with(selection_options, common)
def regions(refs: tuple[str, ...], **options: Any) -> int:
    """List the widgets that blogkit added to live posts, and damaged markers. Reads only."""
    output, project = the_output(), current_project()
    with listening(output, project.config.zone) as listener:
        found = project.regions(chosen(refs, options), on_progress=listener)
    for error in found.left_out:
        output.error(error)
    rows = [vars(row) for row in found]
    if not rows and not found.wiped:
        output.say("no regions found")
    output.table(
        [
            (
                row["post"],
                row["id"],
                row["widget"],
                str(row["version"] or ""),
                str(row["line"]),
                row["state"],
            )
            for row in rows
        ],
        ("POST", "ID", "WIDGET", "VERSION", "LINE", "STATE"),
    )
    show_wiped(output, found.wiped)
    output.report(
        {"regions": rows, "wiped": of_wiped(found.wiped), **of_left_out({}, found.left_out)}
    )
    return int(bool(found.left_out))


def _run(
    command: str, options: dict[str, Any], request_of: Callable[[dict[str, Any]], EditRequest]
) -> int:
    """Make an edit now, or record it for a time.

    Args:
        command: What the journal calls the run.
        options: The command's options; those that are not the request's are taken out.
        request_of: Returns the request from the other options.
    """
    output, project, asked = the_output(), current_project(), _asked(options)
    times = chosen_times(project, options)
    request = request_of(options)
    return edit_runner.run_edit(
        output,
        project,
        command,
        asked,
        lambda listener: request.plan(project, listener),
        EditTiming(request, times),
    )


def _asked(options: dict[str, Any]) -> Asked:
    """Take out of the options how the edit is run."""
    return Asked(options.pop("limit"), options.pop("dry_run"), options.pop("yes"))


def _fields(data: str, settings: tuple[str, ...]) -> WidgetData:
    from blogkit.project.live.snippet import WidgetData

    shown, raw = read_data(Path(data)) if data else ("", b"")
    return WidgetData(shown, raw, settings=settings_of(settings))
