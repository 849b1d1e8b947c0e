"""`blogkit import --preview`: the source beside the post, in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from blogkit.cli.shared import current_project, start_folder
from blogkit.cli.write.preview import serve_preview
from blogkit.errors import UsageError


def refuse_with_preview(file: Path | None, *, dry_run: bool) -> None:
    """Refuse what cannot be combined with --preview.

    Args:
        file: What is imported; None for the clipboard.
        dry_run: Whether --dry-run is given.

    Raises:
        UsageError: It is a folder, or --dry-run is given.
    """
    if dry_run:
        hint = "the preview writes nothing until you save there: leave out --dry-run"
        raise UsageError("--dry-run cannot be combined with --preview", hint=hint)
    if file and (start_folder() / file).is_dir():
        hint = "name one of its files, or leave out --preview"
        raise UsageError(f"--preview shows one file, and {file} is a folder", hint=hint)


def preview_page(name: str, title: str, page: bytes, target: Path | None, **options: Any) -> None:
    """Serve a page that shows the import, and that writes the post when its author asks for it.

    Args:
        name: What messages call the source.
        title: What to call the post if nothing in the source does.
        page: The source.
        target: The post's file; None for one in posts/.
        **options: The key, the kinds of active content to keep, and whether to overwrite.
    """
    from blogkit.preview.importing import PastedPage
    from blogkit.preview.server import PreviewServer
    from blogkit.preview.session import PreviewSession

    server = PreviewServer(PreviewSession(current_project, start_folder()))
    to = "" if target is None else str(target)
    number = server.pasted.add(PastedPage(page, name, title, to, **options))
    serve_preview(server, server.access.address_of("", imported=number), {"source": name})
