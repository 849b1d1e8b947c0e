"""Turn a folder of posts of Hugo, Jekyll or Pelican into post files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from blogkit.errors import BlogkitError, ConfigError, UsageError
from blogkit.paths import shown
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileRun
from blogkit.project.files.imports import ImportReport, check_kinds, new_file, new_path
from blogkit.project.files.writing import reading
from blogkit.project.plans.progress import OnProgress, Progress, advancing
from blogkit.project.plans.report import Report

_POSTS = (".md", ".markdown", ".html", ".htm")
_OTHERS = {
    ".rst": "reStructuredText",
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org mode",
    ".textile": "Textile",
    ".ipynb": "a notebook",
}


@dataclass
class FolderImport:
    """A folder of posts that was imported.

    Attributes:
        posts: The posts, each with a report on each of its parts. `path` is the new file.
        sources: The file of each post, as the user would type it.
        failed: Files that were left out, and why.
        others: How many files are not posts, such as pictures.
        run: The run's number, for `Project.undo`; None if nothing was written.
    """

    posts: list[ImportReport] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    failed: list[tuple[str, BlogkitError]] = field(default_factory=list)
    others: int = 0
    run: int | None = None


def import_each(
    context: ProjectContext,
    folder: Path,
    *,
    dry_run: bool,
    force: bool,
    allow: Sequence[str],
    on_progress: OnProgress,
) -> FolderImport:
    """Turn every post in a folder and below into a file.

    Args:
        context: The call's context.
        folder: The folder, as the user typed it.
        dry_run: Write nothing.
        force: Overwrite posts with the same names.
        allow: Kinds of active content to keep.
        on_progress: Told each file.

    Returns:
        The posts, and the files that were left out.

    Raises:
        UsageError: The folder does not exist, or a kind is not valid.
    """
    check_kinds(allow)
    root = context.posts.folder / folder
    if not root.is_dir():
        raise UsageError(f"no such folder: {folder}", hint="name a file or a folder")
    own = context.config.root.resolve()
    if any(root.resolve().is_relative_to(own / one) for one in ("posts", "pages")):
        raise UsageError(f"{folder} is a folder of this blog's own posts", hint="name another one")
    if own.is_relative_to(root.resolve()):
        message = f"{folder} holds this blog's own posts, too"
        raise UsageError(message, hint="name the folder of the posts to import")
    found = FolderImport()
    files = list(_files(root, found))
    report = Report()
    advance = advancing(on_progress, "importing", len(files))
    taken: set[Path] = set()
    with context.journal() as journal, FileRun(journal, context.config, "import", report) as run:
        for path in files:
            name = shown(folder / path.relative_to(root))
            try:
                imported = _import_one(context, run, path, name, taken, (dry_run, force), allow)
            except BlogkitError as error:  # no reason to leave out all the others
                found.failed.append((name, error))
                on_progress(Progress("not imported", name, error=error))
            else:
                found.posts.append(imported)
                found.sources.append(name)
            advance(name)
        run.settle()
    found.run = report.run
    return found


def _import_one(
    context: ProjectContext,
    run: FileRun,
    path: Path,
    name: str,
    taken: set[Path],
    how: tuple[bool, bool],
    allow: Sequence[str],
) -> ImportReport:
    from blogkit.importers.convert import convert_pasted, read_pasted
    from blogkit.importers.source import LARGEST

    if what := _OTHERS.get(path.suffix.lower()):
        hint = "convert it first: pandoc -s -t gfm FILE -o FILE.md"
        raise UsageError(f"{name} is {what}, not Markdown", hint=hint)
    if path.stem == "_index":
        raise UsageError(f"{name} is a list of posts", hint="the blog makes such lists itself")
    with reading(path), path.open("rb") as file:
        source = read_pasted(file.read(LARGEST + 1), name, from_generator=True)
    if source.generated is None:
        message = f"{name} has no front matter of Hugo, Jekyll or Pelican"
        raise UsageError(message, hint="import it by itself: blogkit import FILE")
    post = convert_pasted(source, name=path.stem, registry=context.renderer.registry, allow=allow)
    target = _free(new_path(context, post), taken)
    dry_run, force = how
    change = new_file(context, target, post.text, force=force)
    if not dry_run:
        run.write([change])
    return ImportReport(post, context.config.relative(target), not dry_run)


def _free(path: Path, taken: set[Path]) -> Path:
    """Return a name that no other file of this import has; some systems ignore case."""
    number, found = 1, path
    while found.with_name(found.stem.casefold()) in taken:
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    taken.add(found.with_name(found.stem.casefold()))
    return found


def _files(root: Path, found: FolderImport) -> Iterator[Path]:
    """Yield the files of posts, by folder and name. Hidden ones are left out."""

    def refuse(error: OSError) -> None:
        message = f"cannot read {error.filename}: {error.strerror}"
        raise ConfigError(message, hint="check its permissions")

    for where, folders, names in os.walk(root, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where, name)
            if path.suffix.lower() in (*_POSTS, *_OTHERS) and not name.startswith("."):
                yield path
            else:
                found.others += 1
