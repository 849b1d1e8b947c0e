"""The page that shows an import: the source on the left, the post on the right, and a list.

Nothing is written until the page asks for it.
"""

from __future__ import annotations

import itertools
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, jsonify, render_template, request

from blogkit.dataclass import dataclass
from blogkit.errors import UsageError
from blogkit.preview.access import Access
from blogkit.preview.frame_page import post_frame
from blogkit.preview.frames import NO_PICTURE, asked_scheme, sandboxed
from blogkit.preview.session import PreviewSession

if TYPE_CHECKING:
    from blogkit.project.previews.imported import ImportPreview

_KEPT = 8
"""Imports that a page may still ask for."""
_MOST_LINES = 5_000
"""Lines of a source that the page shows; the post has all of them."""
PASTED = "the pasted text"


@dataclass(frozen=True)
class PastedPage:
    """What is imported.

    Attributes:
        data: Its bytes.
        name: What messages call it.
        title: What to call the post if nothing in it does.
        to: The post's file; "" for one in posts/.
        key: The post's key; "" for the name of its file.
        allow: Kinds of active content to keep.
        force: Whether an existing post may be overwritten.
    """

    data: bytes
    name: str = PASTED
    title: str = ""
    to: str = ""
    key: str = ""
    allow: tuple[str, ...] = ()
    force: bool = False


class PastedPages:
    """The imports of one preview, by number.

    Args:
        session: Has the project.
    """

    def __init__(self, session: PreviewSession) -> None:
        self._session = session
        self._pages: dict[int, tuple[PastedPage, ImportPreview]] = {}
        self._numbers = itertools.count(1)

    def add(self, page: PastedPage) -> int:
        """Import a page. Writes nothing.

        Args:
            page: The page.

        Returns:
            Its number.

        Raises:
            ContentError: It cannot be read.
            UsageError: One of its options is not valid.
        """
        with self._session.quick() as project:
            shown = project.preview_import(page.data, to=page.to or None, **_options(page))
        if shown.post and shown.post.document:
            self._session.keep_assets(shown.post.document)
        number = next(self._numbers)
        self._pages[number] = (page, shown)
        self._pages.pop(number - _KEPT, None)
        return number

    def __getitem__(self, number: int) -> ImportPreview:
        if number not in self._pages:
            raise UsageError("this import is not kept any more", hint="paste the text again")
        return self._pages[number][1]

    def save(self, number: int, place: str) -> str:
        """Write the post of an import.

        Args:
            number: The import's number.
            place: The file, in posts/ or pages/; "" for the one that the import chose.

        Returns:
            The file's name, relative to the blog's folder.

        Raises:
            UsageError: The file exists, or is not one of the blog's posts.
        """
        shown = self[number]
        page = self._pages[number][0]
        with self._session.quick() as project:
            to = _place(project.config.root, place, shown.report.path)
            made = project.import_(page.data, to=to, force=page.force, **_options(page))
        return made.path


def importing_blueprint(access: Access, pasted: PastedPages) -> Blueprint:
    """Return the routes of imports: `/import`, `/imported`, `/imported-frame` and `/save-import`.

    Args:
        access: Has the token that pages send, and the addresses of local files.
        pasted: The imports.
    """
    importing = Blueprint("importing", __name__, template_folder="templates")

    @importing.get("/import")
    def page() -> str:
        return render_template("import.html", page_token=access.page_token)

    @importing.post("/import")
    def paste() -> Response:
        given = request.args.get("name", "")
        title = given.rpartition("/")[2].rpartition(".")[0]
        made = PastedPage(request.get_data(), name=given or PASTED, title=title)
        number = pasted.add(made)
        return jsonify(number=number, **_data(pasted[number]))

    @importing.get("/imported")
    def imported() -> Response:
        number = request.args.get("number", 0, type=int)
        return jsonify(number=number, **_data(pasted[number]))

    @importing.get("/imported-frame")
    def frame() -> Response:
        shown = pasted[request.args.get("number", 0, type=int)].post
        if shown is None or shown.parts is None:
            return sandboxed(NO_PICTURE)
        line = request.args.get("line", 0, type=int)
        page = post_frame(shown, scheme=asked_scheme(), asset_url=access.asset_url, line=line)
        return sandboxed(page)

    @importing.post("/save-import")
    def save() -> Response:
        asked = request.get_json(silent=True)
        if not isinstance(asked, dict) or not isinstance(asked.get("number"), int):
            abort(400)
        return jsonify(post=pasted.save(asked["number"], str(asked.get("to") or "")))

    return importing


def _options(page: PastedPage) -> dict[str, Any]:
    return {"name": page.name, "title": page.title, "key": page.key, "allow": page.allow}


def _place(root: Path, place: str, usual: str) -> Path:
    """Return the file to write: the usual one, or another one of the blog's posts."""
    path = (root / (place or usual)).resolve()
    is_post = any(path.is_relative_to((root / one).resolve()) for one in ("posts", "pages"))
    if place and place != usual and not is_post:
        hint = "name a file such as posts/talks.md"
        raise UsageError(f"{place} is not in posts/ or pages/", hint=hint)
    return path


def _data(shown: ImportPreview) -> dict[str, Any]:
    """Return an import as the page needs it."""
    post = shown.report.post
    errors = [one for one in shown.problems if one.severity == "error"]
    return {
        "title": post.title,
        "titled_by": post.titled_by,
        "path": shown.report.path,
        "text": post.text,
        "lines": [asdict(line) for line in shown.lines[:_MOST_LINES]],
        "more": max(len(shown.lines) - _MOST_LINES, 0),
        "entries": [
            {**asdict(each.entry), "at": each.line, "place": each.place} for each in shown.entries
        ],
        "shown": shown.post is not None and shown.post.parts is not None,
        "errors": [{"line": one.line, "message": one.message, "hint": one.hint} for one in errors],
        "warnings": len(shown.problems) - len(errors),
    }
