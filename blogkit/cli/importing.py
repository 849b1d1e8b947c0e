"""`blogkit import`: a page that somebody pasted becomes a post file. The page itself is left alone."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from blogkit.cli import scaffold
from blogkit.cli.options import common
from blogkit.cli.workbench import open_workbench, start_folder, the_output
from blogkit.errors import UsageError
from blogkit.paths import is_text, shown

if TYPE_CHECKING:
    from blogkit.importing.report import Imported
    from blogkit.workspace import Workspace

_FORMATS: dict[str, Literal["md", "html"]] = {".md": "md", ".html": "html"}


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
    from blogkit.importing.convert import convert

    output, bench = the_output(), open_workbench()
    _check_key(key)
    wanted = _wanted(file, target)
    name, page = _read(file)
    stem = "" if str(file) == "-" else "".join(filter(is_text, file.stem))
    imported = convert(page, name=stem, key=key, registry=bench.registry, only=wanted)
    path = _path(bench.workspace, target, imported)
    if wanted and wanted != imported.format:
        hint = f"-o {path.with_suffix('.html').name}"
        raise UsageError(f"{name} cannot become a .md file: Markdown would not keep its HTML as it is", hint=hint)
    shown = bench.workspace.relative(path)
    if not dry_run:
        _write(path, shown, imported.text, force=force)
    elif not output.as_json:
        output.result(imported.text)
    output.report({"path": shown, "written": not dry_run, **_facts(imported), **({"text": imported.text} if dry_run else {})})
    _tell(imported, name, output.note if dry_run else output.say)
    if not dry_run:
        output.say(f"{shown}", "green")
        output.say(f"Next: blogkit check {shown}")


def _read(file: Path) -> tuple[str, str]:
    """The file's name for messages, and the page's text."""
    from blogkit.importing.source import LARGEST, read

    if str(file) == "-":
        return "standard input", read(sys.stdin.buffer.read(LARGEST + 1), "standard input")
    path = start_folder() / file
    if path.is_dir():
        raise UsageError(f"{file} is a folder, and a page is needed", hint="name a file of HTML, or - for standard input")
    if not path.exists():
        raise UsageError(f"no such file: {file}", hint="name a file of HTML, or - for standard input")
    with path.open("rb") as page:
        return shown(file), read(page.read(LARGEST + 1), shown(file))


def _check_key(key: str) -> None:
    from blogkit.content import yaml12
    from blogkit.content.fields import Fields
    from blogkit.importing.proof import yaml

    fields = Fields(yaml12.load(f"key: {yaml(key)}" if key else "", path="--key", line=1), "--key")
    fields.key("post")
    if fields.problems:
        raise UsageError(f"--{fields.problems[0].message}", hint=fields.problems[0].hint.replace("key: ", "--key "))


def _wanted(file: Path, target: Path | None) -> Literal["md", "html"] | None:
    """The format that -o asks for."""
    if target is None:
        return None
    if not is_text(target.name):
        raise UsageError(f"-o {target} is not UTF-8, and posts with such names are left out", hint="choose another name")
    if target.suffix not in _FORMATS:
        raise UsageError(f"-o {target} is not the name of a post", hint=f"a post is a .md or .html file: -o {target.name or 'post'}.html")
    if str(file) != "-" and (start_folder() / target).resolve() == (start_folder() / file).resolve():
        raise UsageError(f"-o {target} is the page itself, which is left as it is", hint="name another file: -o posts/…")
    return _FORMATS[target.suffix]


def _path(workspace: Workspace, target: Path | None, imported: Imported) -> Path:
    if target is not None:
        return start_folder() / target
    return workspace.root / "posts" / f"{scaffold.slugify(imported.title)}.{imported.format}"


def _write(path: Path, shown: str, text: str, *, force: bool) -> None:
    twins = [path.with_suffix(ending) for ending in _FORMATS if ending != path.suffix]
    for twin in twins:
        if twin.exists():
            hint = "name another file: -o posts/….html"
            raise UsageError(f"{twin.name} is there already, and {path.name} would be a second post of that name", hint=hint)
    if scaffold.write_new(path, text):
        return
    if not force:
        raise UsageError(f"{shown} exists already", hint="name another file with -o, or write over it with --force")
    _replace(path.resolve(), text)


def _replace(path: Path, text: str) -> None:
    """Write over a file, all of it or nothing, with its permissions."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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
