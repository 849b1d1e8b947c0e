"""Remove metadata from an image file without touching its pixels.

Cameras write where and when a photo was taken into EXIF and XMP, and some formats allow comments,
second pictures and videos behind the image. What a browser needs to show the image stays: pixels,
colour profile, animation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from blogkit.patterns import lazy_pattern

# https://www.w3.org/TR/png-3/#11Ancillary-chunks; a name with a capital first letter is critical
_PNG_SHOWN = frozenset(
    b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
# https://developers.google.com/speed/webp/docs/riff_container
_WEBP_SHOWN = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_EXIF_AND_XMP = 0x0C
_GIF_SHOWN = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")

_SOI, _EOI, _SOS, _TEM = 0xD8, 0xD9, 0xDA, 0x01
_APP0, _APP2, _APP14, _APP15, _COM = 0xE0, 0xE2, 0xEE, 0xEF, 0xFE
_RESTARTS = range(0xD0, 0xD8)
_MARKER = lazy_pattern(rb"\xff+([^\x00\xd0-\xd7\xff])")


class DamagedImage(Exception):
    """The file is not divided as its format demands."""


def without_metadata(content: bytes) -> bytes:
    """Return a JPEG, PNG, WebP or GIF file without its metadata.

    Args:
        content: The file's bytes.

    Raises:
        DamagedImage: The file ends early, or is in another format.
    """
    for start, strip in _STRIPPERS.items():
        if content.startswith(start):
            try:
                return b"".join(strip(content))
            except (IndexError, ValueError) as error:
                raise DamagedImage from error
    raise DamagedImage


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Yield the segments to keep (https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B).

    What is behind the end of the image, such as a second picture or a video, is left out.
    """
    at = 0
    while found := _MARKER.search(content, at):
        kind, start = found[1][0], found.end()
        if kind in (_SOI, _EOI, _TEM):
            end = start
        else:
            end = start + int.from_bytes(_exactly(content, start, 2), "big")
        if kind == _SOS:  # compressed pixels follow, up to the next marker
            following = _MARKER.search(content, end)
            end = following.start() if following else len(content)
        if _is_shown_jpeg(kind, content[start + 2 : end]):
            yield b"\xff" + found[1] + _exactly(content, start, end - start)
        if kind == _EOI:
            return
        at = end
    raise DamagedImage


def _is_shown_jpeg(kind: int, payload: bytes) -> bool:
    if kind == _APP2:
        return payload.startswith(b"ICC_PROFILE\0")
    if kind == _APP0:
        return payload.startswith(b"JFIF\0")
    return kind != _COM and (not _APP0 < kind <= _APP15 or kind == _APP14)


def _png(content: bytes) -> Iterator[bytes]:
    yield content[:8]
    at, name = 8, b""
    while name != b"IEND":
        length = int.from_bytes(_exactly(content, at, 4), "big")
        chunk = _exactly(content, at, 12 + length)
        name, at = chunk[4:8], at + len(chunk)
        if name in _PNG_SHOWN or name[:1].isupper():
            yield chunk


def _webp(content: bytes) -> Iterator[bytes]:
    end = 8 + int.from_bytes(_exactly(content, 4, 4), "little")
    at, kept = 12, [_exactly(content, 8, 4)]
    while at < end:
        size = int.from_bytes(_exactly(content, at + 4, 4), "little")
        chunk = _exactly(content, at, 8 + size)
        at += len(chunk) + size % 2
        if chunk[:4] == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~_WEBP_EXIF_AND_XMP,)) + chunk[9:]
        if chunk[:4] in _WEBP_SHOWN:
            kept.append(chunk + b"\0" * (size % 2))
    body = b"".join(kept)
    yield b"RIFF" + len(body).to_bytes(4, "little") + body


def _gif(content: bytes) -> Iterator[bytes]:
    """Yield the blocks to keep (https://www.w3.org/Graphics/GIF/spec-gif89a.txt)."""
    at = 13 + _colours(_exactly(content, 10, 1)[0])
    yield _exactly(content, 0, at)
    while (kind := _exactly(content, at, 1)) != b";":
        if kind == b"!":
            label, start = content[at + 1], at + 2
        elif kind == b",":
            label, start = 0, at + 11 + _colours(_exactly(content, at + 9, 1)[0])
        else:
            raise DamagedImage
        end = _behind_blocks(content, start)
        if label != 0xFE and (label != 0xFF or content[at + 3 : at + 14] in _GIF_SHOWN):
            yield content[at:end]
        at = end
    yield kind


def _colours(packed: int) -> int:
    """Return the size of a table of colours."""
    return 3 << (packed & 7) + 1 if packed & 0x80 else 0


def _behind_blocks(content: bytes, at: int) -> int:
    while size := _exactly(content, at, 1)[0]:
        at += 1 + size
    return at + 1


def _exactly(content: bytes, at: int, size: int) -> bytes:
    found = content[at : at + size]
    if len(found) < size:
        raise DamagedImage
    return found


_STRIPPERS: dict[bytes, Callable[[bytes], Iterator[bytes]]] = {
    b"\xff\xd8": _jpeg,
    b"\x89PNG\r\n\x1a\n": _png,
    b"RIFF": _webp,
    b"GIF8": _gif,
}
