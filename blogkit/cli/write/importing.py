"""`blogkit import`: turn an HTML page into a post. The page itself does not change."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli.options import common
from blogkit.cli.shared import current_project, start_folder, the_output
from blogkit.errors import UsageError
from blogkit.paths import is_text, shown
from blogkit.posts.front_matter_schema import ACTIVE_KINDS

if TYPE_CHECKING:
    from blogkit.importers.html.report import Imported


@click.command("import", epilog="Example: blogkit import pasted.html --dry-run")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE|-")
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The post's file (default: a new file in posts/).",
)
@click.option("--key", default="", metavar="KEY", help="The post's key (default: the file's name).")
@click.option(
    "--allow",
    multiple=True,
    metavar="KIND",
    type=click.Choice(ACTIVE_KINDS),
    help="Keep this kind of active content, such as script; can be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Print the post, and write nothing.")
@click.option("--force", is_flag=True, help="Overwrite an existing post with this name.")
@common
def import_(
    file: Path, target: Path | None, key: str, allow: tuple[str, ...], dry_run: bool, force: bool
) -> None:
    """Turn an HTML page, such as one an AI assistant wrote, into a post.

    FILE (or - for standard input) does not change. blogkit reads the title, labels and date from
    the page. The date becomes a comment, because blogkit never guesses when a post should go live.
    Text that belongs to the page's theme, and instructions to the author, are left out and listed.
    Text in the wrong encoding is fixed if only one reading is possible. Scripts, hidden frames and
    other active content are left out and listed; --allow keeps a kind of it.

    Tables, timelines, boxes of key details, question lists, quiz buttons and bylines become widgets
    if every word keeps its place. Everything else stays as HTML. Afterwards, run blogkit check.
    """
    output, project = the_output(), current_project()
    _refuse_the_page_itself(file, target)
    name, page = _read(file)
    # A file name that is not UTF-8 has halves of characters, which a post must not hold.
    title = "" if str(file) == "-" else "".join(filter(is_text, file.stem))
    imported = project.import_(
        page,
        name=name,
        title=title,
        to=target,
        key=key,
        dry_run=dry_run,
        force=force,
        allow=allow,
    )
    if dry_run and not output.as_json:
        output.result(imported.post.text)
    written = {"path": imported.path, "written": imported.written, **_facts(imported.post)}
    output.report({**written, **({"text": imported.post.text} if dry_run else {})})
    _tell(imported.post, name, output.note if dry_run else output.say)
    if not dry_run:
        output.say(f"{imported.path}", "green")
        output.say(f"Next: blogkit check {imported.path}")


def _read(file: Path) -> tuple[str, bytes]:
    """Return the file's name for messages, and the page."""
    from blogkit.importers.html.source import LARGEST

    # One byte more than is allowed tells the importer that the page is too large.
    if str(file) == "-":
        return "standard input", sys.stdin.buffer.read(LARGEST + 1)
    path = start_folder() / file
    if path.is_dir():
        raise UsageError(
            f"{file} is a folder, not a page", hint="name an HTML file, or - for standard input"
        )
    if not path.exists():
        raise UsageError(f"no such file: {file}", hint="name an HTML file, or - for standard input")
    with path.open("rb") as page:
        return shown(file), page.read(LARGEST + 1)


def _refuse_the_page_itself(file: Path, target: Path | None) -> None:
    if target is None or str(file) == "-":
        return
    if (start_folder() / target).resolve() == (
        start_folder() / file
    ).resolve() and target.suffix in (".md", ".html"):
        raise UsageError(
            f"-o {target} would overwrite the page itself", hint="choose another file: -o posts/…"
        )


def _facts(imported: Imported) -> dict[str, Any]:
    facts = {
        name: getattr(imported, name)
        for name in ("format", "title", "titled_by", "labels", "date", "quiz")
    }
    lists = {
        name: [vars(entry) for entry in getattr(imported, name)]
        for name in ("recognised", "kept", "dropped", "repaired")
    }
    return {**facts, **lists}


def _tell(imported: Imported, name: str, say: Callable[[str], None]) -> None:
    say(f'title: "{imported.title}" ({imported.titled_by})')
    for made in imported.recognised:
        say(f"{name}:{made.line}: became a {made.widget} widget: {made.words}")
    for kept in imported.kept:
        say(f"{name}:{kept.line}: stays HTML, though it may be a {kept.widget}: {kept.why}")
    for dropped in imported.dropped:
        say(f"{name}:{dropped.line}: left out ({dropped.why}): {dropped.words}")
    for fixed in imported.repaired:
        say(f'{name}:{fixed.line}: changed "{fixed.old}" to "{fixed.new}"')
