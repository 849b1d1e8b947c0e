"""Decode a file: what can be read with certainty, and why the rest cannot."""

from __future__ import annotations

import codecs
import re

from blogkit.errors import ContentError, Problem

LARGEST = 5_000_000
"""Bytes of a file. A longer one has images in it."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE
)
_NAMES = {
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
}
"""What pages call the encoding that browsers read as Windows-1252
(https://encoding.spec.whatwg.org/#names-and-labels).
"""
_OTHERS = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "a document of an old Word (.doc)",
    b"{\\rtf": "a document in RTF",
}
"""How files begin that hold text in a form of their own."""
_IMAGE = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|.{4}ftyp(?:avif|heic)", re.DOTALL
)
"""How images begin (https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern)."""
_UNSEEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]|[\ud800-\udfff]")


def read_source(data: bytes, name: str) -> str:
    """Return a file's text, with LF line endings and spaces for control characters.

    It is UTF-8, or what the file itself declares. A byte order mark is left out.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.

    Raises:
        ContentError: The file is empty, too large, not text, or in an unknown encoding.
    """
    if len(data) > LARGEST:
        message = f"the file has {len(data):,} bytes; the limit is {LARGEST:,}"
        raise _refused(
            name,
            0,
            message,
            "save embedded images as separate files, and keep only the post's HTML",
            "too-large",
        )
    for beginning, what in _OTHERS.items():
        if data.startswith(beginning):
            hint = "save it as .docx, or copy its text and run: blogkit import --clipboard"
            raise _refused(name, 0, f"this is {what}, not text", hint, "not-text")
    text = _UNSEEN.sub(" ", _decoded(data, name)).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise _refused(
            name,
            0,
            "the file is empty",
            "paste the post into it, then import it again",
            "empty-file",
        )
    return text


def _decoded(data: bytes, name: str) -> str:
    mark, encoding = next(
        ((mark, found) for mark, found in _BOMS if data.startswith(mark)), (b"", "utf-8")
    )
    _refuse_image(data, name, encoding)
    # UTF-16 without a mark, or no text at all: both are full of zero bytes
    if not mark and b"\0" in data:
        hint = "save the page as HTML, or copy the post's HTML into a text file"
        raise _refused(
            name, 0, "this is not a text file: it contains a zero byte", hint, "not-text"
        )
    # UTF-8 first, whatever the page declares: text in another encoding is hardly ever valid UTF-8,
    # and editors save pages in UTF-8 without changing the declaration.
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        text = _as_declared(data, name, error, len(mark))
    if "\0" in text:
        raise _refused(
            name,
            0,
            "this is not a text file: it contains a zero character",
            "save the page as HTML",
            "not-text",
        )
    return text


def _refuse_image(data: bytes, name: str, encoding: str) -> None:
    if _IMAGE.match(data) and (b"\0" in data or not _fits(data, encoding)):
        hint = "put it beside a post and name it there: ![What it shows](photo.jpg)"
        raise _refused(name, 0, "this is an image, not text", hint, "not-text")


def _as_declared(data: bytes, name: str, error: UnicodeDecodeError, skipped: int) -> str:
    # Browsers look at the first 1,024 bytes
    # (https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding);
    # a pasted page may have other text above it.
    declared = _DECLARED.search(data[:4096])
    label = declared[1].decode("ascii").lower() if declared else ""
    if label in _NAMES:
        return (
            data.decode(_NAMES[label], "replace")
            if _fits(data, _NAMES[label])
            else _unknown(data, name, error, skipped)
        )
    return _unknown(data, name, error, skipped)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _unknown(data: bytes, name: str, error: UnicodeDecodeError, skipped: int) -> str:
    offset = error.start + skipped
    line = len(re.findall(rb"\r\n?|\n", data[:offset])) + 1
    message = (
        f"byte 0x{data[offset]:02X} at offset {offset} is not {error.encoding.upper()}, and the"
        " file declares no other encoding"
    )
    hint = (
        f"save it as UTF-8; if it is Windows-1252: iconv -f WINDOWS-1252 -t UTF-8 {name} | blogkit"
        " import -"
    )
    raise _refused(name, line, message, hint, "not-utf8")


def _refused(name: str, line: int, message: str, hint: str, code: str) -> ContentError:
    return ContentError([Problem(name, line, message, hint, code)])
