"""A model of WordPress's `wpautop`: blank lines and line breaks in a post without blocks.

https://developer.wordpress.org/reference/functions/wpautop/. Held against the real one by a fuzz
test. The order of the steps is the behaviour: each sees what the one before left.
"""

from __future__ import annotations

import re
from itertools import count

from blogkit.sanitizers.wordpress.kses_tables import Version

_BLOCK_NAMES = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|{math}style|p|h[1-6]|"
    "hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|summary"
)
_MATH_IS_INLINE: Version = (6, 2)
_QUOTED_ATTRIBUTES: Version = (7, 1)
_QUOTED_ATTRIBUTES_IN_6_8: Version = (6, 8, 12)
"""The change came to an older series, too: it was not in 6.8.7, and is in 6.8.12."""
_MARKUP = re.compile(r"<(?:!(?=--).*?(?:-->|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z)|[^>]*>?)", re.DOTALL)
_NEWLINE_IN_TAG = " <!-- wpnl --> "
_KEPT_NEWLINE = "<WPPreserveNewline />"


def wpautop(html: str, version: Version = (6, 1)) -> str:
    """Return the HTML that readers get of a body without block comments."""
    if not html.strip(" \t\n\r\0\x0b"):
        return ""
    text, preformatted = _set_aside(html + "\n")
    blocks = f"(?:{_BLOCK_NAMES.format(math='' if version >= _MATH_IS_INLINE else 'math|')})"
    text = _collapse(_spread(text, blocks))
    text = _paragraphs(text)
    text = _unwrap(text, blocks, version)
    text = _breaks(text, blocks, version)
    for stand_in, original in preformatted:
        text = text.replace(stand_in, original)
    return text.replace(_NEWLINE_IN_TAG, "\n").replace(_NEWLINE_IN_TAG.strip(), "\n")


def _sub(pattern: str, replacement: str, text: str, flags: int = 0) -> str:
    return re.sub(pattern, replacement, text, flags=flags | re.ASCII)


def _set_aside(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Replace each `<pre>` with a placeholder."""
    if "<pre" not in text:
        return text, []
    *parts, last = text.split("</pre>")
    kept: list[tuple[str, str]] = []
    numbers = count()
    pieces: list[str] = []
    for part in parts:
        before, opening, inside = part.partition("<pre")
        if not opening:
            pieces.append(part)
            continue
        kept.append((f"<pre wp-pre-tag-{next(numbers)}></pre>", f"<pre{inside}</pre>"))
        pieces += (before, kept[-1][0])
    return "".join((*pieces, last)), kept


def _spread(text: str, blocks: str) -> str:
    """Surround every block tag with blank lines, and hide line ends inside tags."""
    text = _sub(r"<br\s*/?>\s*<br\s*/?>", "\n\n", text)
    text = _sub(rf"(<{blocks}[\s/>])", r"\n\n\1", text)
    text = _sub(rf"(</{blocks}>)", r"\1\n\n", text)
    text = _sub(r"(<hr\s*?/?>)", r"\1\n\n", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _MARKUP.sub(lambda match: match[0].replace("\n", _NEWLINE_IN_TAG), text)


def _collapse(text: str) -> str:
    """Remove whitespace around tags that must stay next to their neighbours."""
    if "<option" in text:
        text = _sub(r"\s*<option", "<option", text)
        text = _sub(r"</option>\s*", "</option>", text)
    if "</object>" in text:
        text = _sub(r"(<object[^>]*>)\s*", r"\1", text)
        text = _sub(r"\s*</object>", "</object>", text)
        text = _sub(r"\s*(</?(?:param|embed)[^>]*>)\s*", r"\1", text)
    if "<source" in text or "<track" in text:
        text = _sub(r"([<\[](?:audio|video)[^>\]]*[>\]])\s*", r"\1", text)
        text = _sub(r"\s*([<\[]/(?:audio|video)[>\]])", r"\1", text)
        text = _sub(r"\s*(<(?:source|track)[^>]*>)\s*", r"\1", text)
    if "<figcaption" in text:
        text = _sub(r"\s*(<figcaption[^>]*>)", r"\1", text)
        text = _sub(r"</figcaption>\s*", "</figcaption>", text)
    return _sub(r"\n\n+", "\n\n", text)


def _paragraphs(text: str) -> str:
    pieces = [piece for piece in re.split(r"\n\s*\n", text, flags=re.ASCII) if piece]
    return "".join(f"<p>{piece.strip(chr(10))}</p>\n" for piece in pieces)


def _unwrap(text: str, blocks: str, version: Version) -> str:
    """Remove the paragraph around a block."""
    knows_quotes = version >= _QUOTED_ATTRIBUTES or _QUOTED_ATTRIBUTES_IN_6_8 <= version < (6, 9)
    quoted = r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*" if knows_quotes else "[^>]*"
    text = _sub(r"<p>\s*</p>", "", text)
    text = _sub(r"<p>([^<]+)</(div|address|form)>", r"<p>\1</p></\2>", text)
    text = _sub(rf"<p>\s*(</?{blocks}[^>]*>)\s*</p>", r"\1", text)
    text = _sub(r"<p>(<li.+?)</p>", r"\1", text)
    text = _sub(rf"<p><blockquote({quoted})>", r"<blockquote\1><p>", text, re.IGNORECASE)
    text = text.replace("</blockquote></p>", "</p></blockquote>")
    text = _sub(rf"<p>\s*(</?{blocks}[^>]*>)", r"\1", text)
    return _sub(rf"(</?{blocks}[^>]*>)\s*</p>", r"\1", text)


def _breaks(text: str, blocks: str, version: Version) -> str:
    """Turn every remaining line end into `<br />`, except next to a block."""
    math = "|math" if version >= _MATH_IS_INLINE else ""
    text = re.sub(
        rf"<(script|style|svg{math}).*?</\1>",
        lambda match: match[0].replace("\n", _KEPT_NEWLINE),
        text,
        flags=re.DOTALL,
    )
    text = text.replace("<br>", "<br />").replace("<br/>", "<br />")
    text = _sub(r"(?<!<br />)\s*\n", "<br />\n", text)
    text = text.replace(_KEPT_NEWLINE, "\n")
    text = _sub(rf"(</?{blocks}[^>]*>)\s*<br />", r"\1", text)
    text = _sub(r"<br />(\s*</?(?:p|li|div|dl|dd|dt|th|pre|td|ul|ol)[^>]*>)", r"\1", text)
    return _sub(r"\n</p>$", "</p>", text)
