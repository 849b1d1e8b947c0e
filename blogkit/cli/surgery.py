"""`blogkit insert`, `replace`, `remove`, `upgrade`, `regions`: widgets in posts that are live already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from blogkit.cli import operating
from blogkit.cli.options import common, limit_option
from blogkit.cli.piece import Piece, piece_from
from blogkit.cli.selection import Selection, select, selection_options
from blogkit.cli.workbench import open_workbench, the_output
from blogkit.errors import UsageError
from blogkit.regions import Mark, Style, find_regions
from blogkit.surgery import Edit, Form, parse
from blogkit.surgery import insert as put_in
from blogkit.surgery import remove as take_out
from blogkit.surgery import replace as write_anew

F = TypeVar("F", bound=Callable[..., Any])

_writing = [
    limit_option,
    click.option("--live", is_flag=True, help="Change the blog also where the post has a file; the file then differs from it."),
    click.option("--dry-run", is_flag=True, help="Show what would change and stop."),
    click.option("--yes", "-y", is_flag=True, help="Do not ask; needed in a pipe and in cron."),
    common,
]
_counting = [
    click.option("--nth", type=click.IntRange(min=1), default=None, metavar="N", help="Where several places fit: the Nth."),
    click.option("--every", is_flag=True, help="Where several places fit: all of them."),
]
_data = [
    click.option("--data", default="", metavar="FILE", help="The widget's fields, as `blogkit widget render` takes them."),
    click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="A field beside the file's; repeatable."),
]


def _with(*options: Any) -> Callable[[F], F]:
    """Several options at once."""

    def decorate(function: F) -> F:
        decorated: Any = function
        for option in reversed(options):
            decorated = option(decorated)
        return decorated  # type: ignore[no-any-return]  # click's decorators keep the callable

    return decorate


@click.command(epilog="Example: blogkit insert quiz-button --set url=https://example.com/quiz --into https://… --at before:h2:Conclusion")
@click.argument("what", metavar="WIDGET|FILE.html")
@click.option("--into", "refs", multiple=True, metavar="REF", help="A post: its address, id, key or file; repeatable.")
@click.option("--at", "anchor", required=True, metavar="ANCHOR", help="Where: end, before:h2:Conclusion, after:p:3, replace:text:…, …")
@click.option("--id", "name", default="", metavar="ID", help="The name of the place, to find it again (default: the widget's name).")
@click.option(
    "--mark",
    type=click.Choice(["comments", "attribute"]),
    default=None,
    help="How the place is marked, for sites that keep no comments (default: as suits the post).",
)
@_with(*_data, *_counting, selection_options, *_writing)
def insert(
    what: str, refs: tuple[str, ...], anchor: str, name: str, mark: Style | None, data: str, settings: tuple[str, ...], **options: Any
) -> int:
    """Put a widget, or a piece of HTML, into posts that are live already. Every other byte stays as it is.

    \b
    Where (ANCHOR):
      start · end · more                      the post's ends; after the jump break
      before:h2:TEXT · before:h2~REGEX        a heading, as a reader sees it; h1 to h6
      before:p:3                              the third paragraph
      before:text:WORDS · replace:text:WORDS  words, as a reader sees them
      before:region:ID · replace:region:ID    a widget that was put in
      before:#NAME                            what has this id in the HTML

    Each before: may be an after:. What fits no place, or several, is an error that lists what there is. A place with this ID that is
    there already is written anew where it is, whatever --at says: doing it twice is doing it once. Put it in a second time with --id.
    """
    parse(anchor)
    job = operating.Job(options, refs, "insert")
    piece = piece_from(job.bench, what, data, settings)
    mark_id = name or piece.name

    def edit(body: str, form: Form, made: str, about: Mark) -> Edit:
        return put_in(body, made, anchor, about, form=form, nth=options["nth"], every=options["every"], style=mark)

    return job.run(f"insert {piece.name} at {anchor}", piece, mark_id, edit)


@click.command(epilog="Example: blogkit replace text:YOUR_MOCK_TEST_LINK_HERE --with https://example.com/quiz --all")
@click.argument("what", metavar="text:STRING|region:ID")
@click.argument("refs", nargs=-1, metavar="[REF...]")
@click.option("--with", "value", required=True, metavar="VALUE", help="The new text; for a region: a widget's name or an .html file.")
@_with(*_data, *_counting, selection_options, *_writing)
def replace(what: str, refs: tuple[str, ...], value: str, data: str, settings: tuple[str, ...], **options: Any) -> int:
    """Put other words, or another widget, in the place of what is there.

    text:STRING is found wherever it stands: in the text, in an address, in a script's string, in the settings of a block; the
    new text is written as each place needs it, and each place is named. region:ID is a widget that was put in with `insert`.
    """
    kind, colon, wanted = what.partition(":")
    if kind not in ("text", "region") or not colon or not wanted:
        raise UsageError(f"“{what}” is neither text:STRING nor region:ID", hint="for example: text:YOUR_MOCK_TEST_LINK_HERE")
    job = operating.Job(options, refs, "replace")
    if kind == "text":
        return job.run_text(wanted, value, nth=options["nth"])
    piece = piece_from(job.bench, value, data, settings)

    def edit(body: str, form: Form, made: str, mark: Mark) -> Edit:
        return write_anew(body, made, mark, form=form, nth=options["nth"], every=options["every"])

    return job.run(f"replace region {wanted} by {piece.name}", piece, wanted, edit)


@click.command(epilog="Example: blogkit remove quiz-button --from https://example.blogspot.com/2024/05/old-post.html")
@click.argument("name", metavar="ID")
@click.option("--from", "refs", multiple=True, metavar="REF", help="A post: its address, id, key or file; repeatable.")
@click.option("--force", is_flag=True, help="Also when somebody has edited it by hand.")
@_with(*_counting, selection_options, *_writing)
def remove(name: str, refs: tuple[str, ...], force: bool, **options: Any) -> int:
    """Take a widget out of posts again. Every other byte stays as it is."""
    job = operating.Job(options, refs, "remove")

    def edit(body: str, _form: Form, _made: str, _mark: Mark) -> Edit:
        return take_out(body, name, nth=options["nth"], every=options["every"], force=force)

    return job.run(f"remove region {name}", Piece(name), name, edit)


@click.command(epilog="Example: blogkit upgrade --widget timeline --all")
@click.argument("refs", nargs=-1, metavar="[REF...]")
@click.option("--widget", default="", metavar="W", help="Only this widget.")
@click.option("--from", "version", type=click.IntRange(min=1), default=None, metavar="VERSION", help="Only those of this version or older.")
@_with(selection_options, *_writing)
def upgrade(refs: tuple[str, ...], widget: str, version: int | None, **options: Any) -> int:
    """Draw the widgets in live posts anew, from the data that they keep, with the template as it is now.

    What comes out as it is there already is not sent; a widget that was edited by hand is left alone (exit code 4).
    """
    job = operating.Job(options, refs, "upgrade")
    return job.run_upgrade(widget, version)


@click.command(epilog="Example: blogkit regions https://example.blogspot.com/2024/05/old-post.html")
@click.argument("refs", nargs=-1, metavar="[REF...]")
@_with(selection_options, common)
def regions(refs: tuple[str, ...], **options: Any) -> int:
    """The places that hold a widget in live posts, and what is wrong with their marks. Reads only."""
    output, bench = the_output(), open_workbench()
    rows: list[dict[str, Any]] = []
    with bench.journal() as journal:
        for one in select(bench, journal, output, Selection(refs, **options)):
            found = find_regions(one.remote.body)
            place = {"site": one.site, "post": one.remote.title, "url": one.remote.url, "post_id": one.remote.ref.id}
            for region in found.regions:
                state = "edited by hand" if region.edited else "as it was put"
                about = {"id": region.mark.id, "widget": region.mark.widget, "version": region.mark.version, "line": region.line}
                rows.append({**place, **about, "state": state})
            for damage in found.damages:
                about = {"id": damage.id, "widget": "", "version": 0, "line": damage.line}
                rows.append({**place, **about, "state": damage.message})
    output.table(
        [(row["post"], row["id"], row["widget"], str(row["version"] or ""), str(row["line"]), row["state"]) for row in rows],
        ("POST", "ID", "WIDGET", "VERSION", "LINE", "STATE"),
    )
    if not rows:
        output.say("no regions there")
    output.report({"regions": rows})
    return 0
