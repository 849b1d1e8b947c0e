"""Preview an import: the source with the outcome of each line, and the post as it will look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem, UsageError
from blogkit.project.context import ProjectContext
from blogkit.project.files.imports import ImportReport, import_page
from blogkit.project.previews.post import PostPreview, preview_loaded

if TYPE_CHECKING:
    from blogkit.importers.side_by_side import LinkedEntry, MarkedLine


_IMAGES = frozenset({"missing-image", "bad-path", "bad-image"})
_LOCAL = re.compile(
    r"(!\[[^\]\n]*\]\(<?|<img\b[^>]{0,300}?\ssrc=[\"']?)(?!https?:|data:)[^)>\s\"']+", re.IGNORECASE
)


@dataclass(frozen=True)
class ImportPreview:
    """An import before it is written.

    Attributes:
        report: The post, and the file that it would have.
        lines: The source, line by line, with the outcome of each piece.
        entries: The list of what was done, with the places of each entry in source and post.
        post: The post as its site will keep it; None if it cannot be read. Images that are not in
            the blog's folder yet show their descriptions.
        problems: What is wrong with the post, as `Project.preview` finds it.
    """

    report: ImportReport
    lines: tuple[MarkedLine, ...]
    entries: tuple[LinkedEntry, ...]
    post: PostPreview | None
    problems: tuple[Problem, ...]


def preview_import(
    context: ProjectContext,
    page: bytes,
    *,
    name: str,
    title: str,
    target: Path | None,
    key: str,
    allow: Sequence[str],
    site: str,
) -> ImportPreview:
    """Return an import before it is written. Writes nothing, and sends nothing.

    Args:
        context: The call's context.
        page: The page's bytes.
        name: What messages call it.
        title: What to call the post if nothing in the page does.
        target: The post's file; None means one in posts/.
        key: The post's key; empty means the name of its file.
        allow: Kinds of active content to keep.
        site: The site that the post is shown for; empty means its first.

    Returns:
        The import; `problems` tells why a post that cannot be shown is not.

    Raises:
        UsageError: The key, the target, a kind or the site is not valid.
        ContentError: The page cannot be read.
    """
    from blogkit.importers.side_by_side import linked_entries, marked_lines

    report = import_page(
        context,
        page,
        name=name,
        title=title,
        target=target,
        key=key,
        dry_run=True,
        force=False,
        allow=allow,
    )
    lines = marked_lines(report.post)
    entries = linked_entries(report.post, lines)
    try:
        post = _shown(context, report, site)
    except ContentError as error:
        return ImportPreview(report, lines, entries, None, error.problems)
    except UsageError as error:  # the blog has no site yet
        problem = Problem(report.path, 0, error.message, error.hint)
        return ImportPreview(report, lines, entries, None, (problem,))
    problems = post.problems
    errors = {one.code for one in problems if one.severity == "error"}
    if post.parts is None and errors <= _IMAGES:
        post = _shown(context, report, site, images=False)
    return ImportPreview(report, lines, entries, post, problems)


def _shown(
    context: ProjectContext, report: ImportReport, site: str, *, images: bool = True
) -> PostPreview:
    from blogkit.posts.loader import load_post

    root, zone = context.config.root, context.config.zone
    text = report.post.text if images else _LOCAL.sub(r"\1data:image/gif,", report.post.text)
    post = load_post(root / report.path, root=root, zone=zone, text=text.encode())
    return preview_loaded(context, post, site, None, text)
