"""Turn what was pasted into a post file. The page itself is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, UsageError, nearest
from blogkit.paths import is_text
from blogkit.posts.excess import excess
from blogkit.posts.front_matter_schema import ACTIVE_KINDS
from blogkit.project.context import ProjectContext
from blogkit.project.files import scaffold
from blogkit.project.files.alone import write_alone
from blogkit.project.files.changes import FileChange, bytes_of
from blogkit.project.files.writing import reading

if TYPE_CHECKING:
    from blogkit.importers.report import Imported

_FORMATS: dict[str, Literal["md", "html"]] = {".md": "md", ".html": "html"}


@dataclass(frozen=True)
class ImportReport:
    """A page that was turned into a post.

    Attributes:
        post: The post, with a report on each part of the page.
        path: The post's file, relative to the project's folder.
        written: Whether the file was written.
        run: The run's number, for `Project.undo`; None if nothing was written.
    """

    post: Imported
    path: str
    written: bool
    run: int | None = None


def import_page(
    context: ProjectContext,
    page: bytes,
    *,
    name: str,
    title: str,
    target: Path | None,
    key: str,
    dry_run: bool,
    force: bool,
    allow: Sequence[str] = (),
) -> ImportReport:
    """Turn a page into a post.

    Args:
        context: The call's context.
        page: The page's bytes.
        name: What messages call it.
        title: What to call the post if nothing in the page does.
        target: The post's file; None means one in posts/.
        key: The post's key; empty means the name of its file.
        dry_run: Write nothing.
        force: Overwrite a post of that name.
        allow: Kinds of active content to keep.

    Returns:
        The post, with a report on each part of the page.

    Raises:
        UsageError: The file exists, or the key, the target or a kind is not valid.
        ContentError: The page cannot be read.
    """
    from blogkit.importers.convert import convert_pasted, read_pasted
    from blogkit.importers.needs import asking_for_language

    _check_key(key)
    check_kinds(allow)
    only = _format_of(target)
    registry = context.renderer.registry
    source = read_pasted(page, name)
    if problem := excess(source.text, "html" if source.kind == "html" else "md", line=1, path=name):
        raise ContentError([problem])
    post = convert_pasted(source, name=title, key=key, registry=registry, only=only, allow=allow)
    post = asking_for_language(post, context.config.language)
    path = new_path(context, post) if target is None else _inside(context, target)
    if only and only != post.format:
        raise _wrong_format(name, path, post.format)
    shown = context.config.relative(path)
    run = None if dry_run else _write(context, path, post.text, force=force)
    return ImportReport(post, shown, not dry_run, run)


def new_path(context: ProjectContext, post: Imported) -> Path:
    """Return the file of an imported post, if its author names none.

    Args:
        context: The call's context.
        post: The post.
    """
    from blogkit.importers.repairs import without_broken

    folder = "pages" if post.is_page else "posts"
    stem = scaffold.file_stem(post.stem or without_broken(post.title))
    return context.config.root / folder / f"{stem}.{post.format}"


def _inside(context: ProjectContext, target: Path) -> Path:
    path, root = context.posts.folder / target, context.config.root
    if not path.resolve().is_relative_to(root):
        raise UsageError(
            f"-o {target} is outside your blog's folder, {root}",
            hint=f"choose a file in posts/: -o posts/{target.name}",
        )
    return path


def _wrong_format(name: str, path: Path, given: str) -> UsageError:
    if given == "md":
        message = f"{name} cannot become an .html file: it is not HTML, so the post is Markdown"
    else:
        message = f"{name} cannot become a .md file: Markdown would change its HTML"
    return UsageError(message, hint=f"-o {path.with_suffix(f'.{given}').name}")


def _check_key(key: str) -> None:
    from blogkit.importers.html.verify import yaml
    from blogkit.posts import yaml12
    from blogkit.posts.fields import FrontMatterFields

    text = f"key: {yaml(key)}" if key else ""
    fields = FrontMatterFields(yaml12.load_yaml(text, path="--key", line=1), "--key")
    fields.key("post")
    if fields.problems:
        first = fields.problems[0]
        raise UsageError(f"--{first.message}", hint=first.hint.replace("key: ", "--key "))


def check_kinds(allow: Sequence[str]) -> None:
    """Check the names of kinds of active content.

    Raises:
        UsageError: A name is not valid.
    """
    for kind in allow:
        if kind not in ACTIVE_KINDS:
            hint = nearest(kind, ACTIVE_KINDS) or f"kinds: {', '.join(ACTIVE_KINDS)}"
            raise UsageError(f'"{kind}" is not a kind of active content', hint=hint)


def _format_of(target: Path | None) -> Literal["md", "html"] | None:
    if target is None:
        return None
    if not is_text(str(target)):
        message = f"-o {target} is not UTF-8; blogkit skips posts with such names"
        raise UsageError(message, hint="choose another name")
    if target.suffix not in _FORMATS:
        hint = f"use a .md or .html file: -o {target.name or 'post'}.html"
        raise UsageError(f"-o {target} is not a valid file name for a post", hint=hint)
    return _FORMATS[target.suffix]


def _write(context: ProjectContext, path: Path, text: str, *, force: bool) -> int | None:
    """Write the post's file, and return the run's number."""
    return write_alone(context, "import", new_file(context, path, text, force=force))


def new_file(context: ProjectContext, path: Path, text: str, *, force: bool) -> FileChange:
    """Return the change that writes an imported post.

    Args:
        context: The call's context.
        path: The post's file.
        text: Its text.
        force: Overwrite a post of that name.

    Raises:
        UsageError: There is a post of this name.
        ConfigError: The file cannot be read.
    """
    for ending in _FORMATS:
        other = path.with_suffix(ending)
        if other != path and other.exists():
            raise UsageError(
                f"{other.name} already exists; {path.name} would be a second post with this name",
                hint="choose another file: -o posts/….html",
            )
    place = context.config.relative(path)
    with reading(path):
        before = bytes_of(path)
    if before is not None and not force:
        hint = "choose another file with -o, or overwrite it with --force"
        raise UsageError(f"{place} already exists", hint=hint)
    summary = f"create {place}" if before is None else f"overwrite {place}"
    return FileChange(path, before, text.encode(), summary, key=path.stem)
