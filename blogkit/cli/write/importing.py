"""`blogkit import`: turn what was pasted into a post. The source itself does not change."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from blogkit.archive.sources import is_archive
from blogkit.cli.options import common, site_option
from blogkit.cli.shared import current_project, start_folder, the_output
from blogkit.cli.write.archive import import_backup
from blogkit.cli.write.import_folder import print_folder
from blogkit.cli.write.import_preview import preview_page, refuse_with_preview
from blogkit.errors import UsageError
from blogkit.paths import is_text, shown
from blogkit.posts.front_matter_schema import ACTIVE_KINDS

if TYPE_CHECKING:
    from blogkit.cli.output import Output
    from blogkit.importers.report import Imported
    from blogkit.project.project import Project

_NEXT = "name a file, - for standard input, or use --clipboard"


@click.command("import", epilog="Example: blogkit import pasted.html --dry-run")
@click.argument(
    "file", type=click.Path(path_type=Path, allow_dash=True), metavar="[FILE|-]", required=False
)
@click.option("--clipboard", is_flag=True, help="Import the text on the clipboard.")
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
@site_option("Of a backup: the site that it is of (default: found by number or address).")
@click.option("--as-new", is_flag=True, help="Of a backup: take it for another blog's.")
@click.option("--images", is_flag=True, help="Of a backup: also save its images in images/.")
@click.option("--no-meta", is_flag=True, help="Of a backup: leave out custom fields.")
@click.option(
    "--dry-run", is_flag=True, help="Print the post, or list the files, and write nothing."
)
@click.option(
    "--preview",
    is_flag=True,
    help="Show the source and the post side by side in the browser; save there.",
)
@click.option("--force", is_flag=True, help="Overwrite an existing post with this name.")
@common
def import_(file: Path | None, clipboard: bool, target: Path | None, **options: Any) -> int:
    """Turn what you have into a post: an AI assistant's answer, a page, a document.

    FILE (or - for standard input) is Markdown, plain text, HTML, or with the extra "docx" a Word
    document. It does not change. blogkit reads the title, labels and date from it. The date becomes
    a comment, because blogkit never guesses when a post should go live. Chat text, text of a theme,
    instructions to the author and active content are left out and listed; --allow keeps a kind of
    active content.

    Tables, timelines, boxes of key details, questions, quiz buttons and bylines become widgets if
    every word keeps its place. Everything else stays as it is. Afterwards, run blogkit check.
    With --preview, a page in the browser shows the source beside the post, and saves it there.

    Posts of Hugo, Jekyll and Pelican keep their text; their front matter, shortcodes and tags are
    translated, or listed with what to do. FILE may be a folder of them.

    A backup of a whole blog becomes one file for each post and page, with the same HTML: feed.atom
    of Blogger (from Google Takeout), an export of WordPress (.xml), or the zip file with them.
    Comments and posts in the trash are left out and counted. If the blog is a site of your folder,
    each file is tied to its live post, so that nothing is published twice.
    """
    output, project = the_output(), current_project()
    preview = options.pop("preview")
    of_archives = {name: options.pop(name) for name in ("site", "as_new", "images", "no_meta")}
    if file is not None and not clipboard and _is_archive(file):
        of_pages = {"--output": target, "--key": options.pop("key"), "--preview": preview}
        _refuse_options(of_pages=of_pages)
        return import_backup(output, project, start_folder() / file, **of_archives, **options)
    _refuse_options(of_archives={f"--{n.replace('_', '-')}": v for n, v in of_archives.items()})
    if preview:
        refuse_with_preview(file, dry_run=options.pop("dry_run"))
    if file and (start_folder() / file).is_dir() and not clipboard:
        return print_folder(output, project, file, target, **options)
    source = _source(project, file, target, clipboard=clipboard)
    if preview:
        preview_page(*source, target, **options)
        return 0
    _import_page(output, project, *source, target, **options)
    return 0


def _import_page(
    output: Output,
    project: Project,
    name: str,
    title: str,
    page: bytes,
    target: Path | None,
    *,
    dry_run: bool,
    **options: Any,
) -> None:
    imported = project.import_(page, name=name, title=title, to=target, dry_run=dry_run, **options)
    if dry_run and not output.as_json:
        output.result(imported.post.text)
    written = {"path": imported.path, "written": imported.written, **_facts(imported.post)}
    output.report({**written, **({"text": imported.post.text} if dry_run else {})})
    say = output.note if dry_run else output.say
    say(f'title: "{imported.post.title}" ({imported.post.titled_by})')
    for entry in imported.post.entries:
        place = f"{name}:{entry.line}" if entry.line else name
        say(f"{place}: {'for you to decide: ' * (entry.kind == 'needed')}{entry.words}")
    if not dry_run:
        output.say(f"{imported.path}", "green")
        output.say(f"Next: blogkit check {imported.path}")


def _is_archive(file: Path) -> bool:
    path = start_folder() / file
    return (path.is_file() or path.is_dir()) and is_archive(path)


def _refuse_options(
    of_pages: Mapping[str, object] = {},
    of_archives: Mapping[str, object] = {},
) -> None:
    """Refuse options that are for the other kind of source."""
    for name, value in (*of_pages.items(), *of_archives.items()):
        if value:
            what = "a page, and this is a backup" if name in of_pages else "a blog's backup"
            raise UsageError(f"{name} is only for {what}", hint=f"omit {name}")


def _source(
    project: Project, file: Path | None, target: Path | None, *, clipboard: bool
) -> tuple[str, str, bytes]:
    """Return the source's name for messages, what to call the post, and the source."""
    if (file is None) != clipboard:
        reason = "both a file and --clipboard are given" if file else "there is nothing to import"
        raise UsageError(reason, hint=_NEXT)
    if file is None:
        from blogkit.cli.write.clipboard import read_clipboard

        return "clipboard", "", read_clipboard().encode("utf-8", "replace")
    if str(file) == "-":
        return "standard input", "", _limited(sys.stdin.buffer, "")
    path = start_folder() / file
    if not path.exists():
        raise UsageError(f"no such file: {file}", hint=_NEXT)
    _refuse_the_page_itself(path, target)
    _refuse_a_post(project, path, file)
    with path.open("rb") as page:
        data = _limited(page, path.suffix)
    # A file name that is not UTF-8 has halves of characters, which a post must not hold.
    return shown(file), "".join(filter(is_text, file.stem)), data


def _limited(page: BinaryIO, ending: str) -> bytes:
    """Return a source; one byte more than is allowed tells the importer that it is too large."""
    from blogkit.importers.documents import docx
    from blogkit.importers.source import LARGEST

    return page.read((docx.LARGEST_DOCUMENT if ending.lower() == ".docx" else LARGEST) + 1)


def _refuse_the_page_itself(path: Path, target: Path | None) -> None:
    if target is None:
        return
    is_same = (start_folder() / target).resolve() == path.resolve()
    if is_same and target.suffix in (".md", ".html"):
        raise UsageError(
            f"-o {target} would overwrite the page itself", hint="choose another file: -o posts/…"
        )


def _refuse_a_post(project: Project, path: Path, file: Path) -> None:
    """Refuse a file that is in posts/ and has front matter."""
    root = project.config.root.resolve()
    if not any(path.resolve().is_relative_to(root / one) for one in ("posts", "pages")):
        return
    with path.open("rb") as page:
        if page.read(4).removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
            raise UsageError(f"{file} is a post already", hint=f"run: blogkit check {file}")


def _facts(imported: Imported) -> dict[str, Any]:
    facts = {
        name: getattr(imported, name)
        for name in ("format", "source_kind", "title", "titled_by", "labels", "date", "quiz")
    }
    lists = {
        name: [asdict(entry) for entry in getattr(imported, name)]
        for name in ("recognised", "kept", "dropped", "repaired", "needed", "entries")
    }
    return {**facts, **lists}
