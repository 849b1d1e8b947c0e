"""Read `.docx` files, with the extra `docx`."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers.expat import ExpatError

from blogkit.errors import ContentError, Problem
from blogkit.extras import install_hint

LARGEST_DOCUMENT = 50_000_000
"""Bytes of a file, of which images are the most."""
_MOST_UNPACKED = 200_000_000
_UNREADABLE = (
    *(KeyError, ValueError, AttributeError, TypeError, RuntimeError, OSError, zlib.error),
    *(ExpatError, zipfile.BadZipFile),
)
"""What a damaged or an encrypted document raises in the modules that read it."""
_STYLES = "p[style-name='Title'] => h1.title:fresh\np[style-name='Subtitle'] => p:fresh"


def is_docx(data: bytes) -> bool:
    """Return whether a file is an archive, as `.docx` files are."""
    return data.startswith(b"PK\x03\x04")


def read_docx(data: bytes, name: str) -> str:
    """Return a Word document as HTML, with one block a line.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.

    Raises:
        ContentError: It is not a Word document, or the extra is not installed.
    """
    _check(data, name)
    try:
        import mammoth
    except ImportError:
        raise _refused(
            name,
            "a .docx file needs the extra docx",
            f"{install_hint('docx')}; or save the document as a web page (.html)",
            "missing-extra",
        ) from None
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _image: {"src": ""}),
        ).value
    except _UNREADABLE as error:
        message = f"the Word document cannot be read: {error}"
        raise _refused(name, message, "open it in Word and save it again", "unreadable") from error
    return re.sub(r"(</(?:p|h[1-6]|li|tr|table|ul|ol)>)", r"\1\n", html)


def _check(data: bytes, name: str) -> None:
    """Refuse what is not a Word document, or unpacks to more than a document can be."""
    if len(data) > LARGEST_DOCUMENT:
        message = f"the document has more than {LARGEST_DOCUMENT // 1_000_000} MB"
        raise _refused(name, message, "remove images from it", "too-large")
    hint = "save the document as .docx, .html or .txt"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise _refused(name, f"the archive cannot be read: {error}", hint, "not-text") from error
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise _refused(name, "this archive is not a Word document", hint, "not-text")
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        message = f"the document unpacks to more than {_MOST_UNPACKED // 1_000_000} MB"
        raise _refused(name, message, "remove images from it", "too-large")


def _refused(name: str, message: str, hint: str, code: str) -> ContentError:
    return ContentError([Problem(name, 0, message, hint, code)])
