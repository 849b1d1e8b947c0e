"""`blogkit import`: a page that somebody pasted becomes a post file. The page itself is left alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli.options import common
from blogkit.cli.shared import open_project, start_folder, the_output
from blogkit.errors import UsageError
from blogkit.paths import is_text, shown

if TYPE_CHECKING:
    from blogkit.importing.report import Imported


@click.command("import", epilog="Example: blogkit import pasted.html --dry-run")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE|-")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), metavar="PATH", help="The post's file (default: in posts/).")
@click.option("--key", default="", metavar="KEY", help="The post's key (default: the name of its file).")
@click.option("--dry-run", is_flag=True, help="Show the post, and write nothing.")
@click.option("--force", is_flag=True, help="Write over a post of that name.")
@common
def import_(file: Path, target: Path | None, key: str, dry_run: bool, force: bool) -> None:
    """Make a post of the HTML in FILE (or - for standard input), such as a page copied from a chat. FILE is left as it is.

    Title, labels and day are read from the page; the day is written as a remark, because nothing goes live by a guess.
    The theme's own words and instructions to the author are left out, and listed. Text in the wrong encoding is repaired
    where only one reading is possible. Tables, timelines, boxes of key details, question lists, quiz buttons and bylines
    become widgets where that keeps every word in its place; all else stays HTML as it is. Then: blogkit check.
    """
    output, project = the_output(), open_project()
    _refuse_the_page_itself(file, target)
    name, page = _read(file)
    title = "" if str(file) == "-" else "".join(filter(is_text, file.stem))
    imported = project.import_(page, name=name, title=title, to=target, key=key, dry_run=dry_run, force=force)
    if dry_run and not output.as_json:
        output.result(imported.post.text)
    written = {"path": imported.path, "written": imported.written, **_facts(imported.post)}
    output.report({**written, **({"text": imported.post.text} if dry_run else {})})
    _tell(imported.post, name, output.note if dry_run else output.say)
    if not dry_run:
        output.say(f"{imported.path}", "green")
        output.say(f"Next: blogkit check {imported.path}")


def _read(file: Path) -> tuple[str, bytes]:
    """The file's name for messages, and the page."""
    from blogkit.importing.source import LARGEST

    if str(file) == "-":
        return "standard input", sys.stdin.buffer.read(LARGEST + 1)
    path = start_folder() / file
    if path.is_dir():
        raise UsageError(f"{file} is a folder, and a page is needed", hint="name a file of HTML, or - for standard input")
    if not path.exists():
        raise UsageError(f"no such file: {file}", hint="name a file of HTML, or - for standard input")
    with path.open("rb") as page:
        return shown(file), page.read(LARGEST + 1)


def _refuse_the_page_itself(file: Path, target: Path | None) -> None:
    if target is None or str(file) == "-":
        return
    if (start_folder() / target).resolve() == (start_folder() / file).resolve() and target.suffix in (".md", ".html"):
        raise UsageError(f"-o {target} is the page itself, which is left as it is", hint="name another file: -o posts/…")


def _facts(imported: Imported) -> dict[str, Any]:
    facts = {name: getattr(imported, name) for name in ("format", "title", "titled_by", "labels", "date", "quiz")}
    lists = {name: [vars(entry) for entry in getattr(imported, name)] for name in ("recognised", "kept", "dropped", "repaired")}
    return {**facts, **lists}


def _tell(imported: Imported, name: str, say: Callable[[str], None]) -> None:
    say(f'title: "{imported.title}" ({imported.titled_by})')
    for made in imported.recognised:
        say(f"{name}:{made.line}: made a {made.widget}: {made.words}")
    for kept in imported.kept:
        say(f"{name}:{kept.line}: left as HTML, it may be a {kept.widget}: {kept.why}")
    for dropped in imported.dropped:
        say(f"{name}:{dropped.line}: left out, {dropped.why}: {dropped.words}")
    for fixed in imported.repaired:
        say(f'{name}:{fixed.line}: made "{fixed.old}" into "{fixed.new}"')
