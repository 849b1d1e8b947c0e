"""The plain way to what `blogkit` does with caches and short cuts: one rule after the other,
nothing remembered.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import quote

from blogkit.render.encode import escape_stable_attribute

_TOKEN = re.compile(
    r"""(?P<comment><!--.*?-->) | <(?P<close>/)?(?P<name>[A-Za-z][^\s/>]*)(?P<attributes>(?:"[^"]*"|'[^']*'|[^"'>])*)>
      | (?P<text>[^<]+|<)""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ALWAYS = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#039;",
    "[": "&#091;",
    "`": "&#096;",
    "\xa0": "&nbsp;",
}
_REWRITTEN = re.compile(
    r"""(?<=&)\# (?=\d|x) | (?<!\w)- | -(?!\w) | \.(?=\.) | (?<=\.)\. | (?<=[\d.,])x(?=\d)
      | \((?=tm\)) | (?<=W)o(?=rdpress) | (?:(?<=\s)|\A)[:;](?=\S) | (?:(?<=\s)|\A)8(?=[-)O])
      | (?:(?<=\Ahttp)|(?<=\Ahttps)|(?<=\shttp)|(?<=\shttps)):(?=//)""",
    re.VERBOSE,
)


def seal_text(text: str) -> str:
    """Character by character: what sites rewrite, what HTML needs escaped, the rest."""
    plain = _CONTROL.sub("", unescape(text))
    rewritten = {match.start() for match in _REWRITTEN.finditer(plain)}
    return "".join(
        f"&#{ord(c):03d};" if at in rewritten else _ALWAYS.get(c, c) for at, c in enumerate(plain)
    )


def seal(html: str) -> str:
    """Token by token."""
    pieces: list[str] = []
    position = 0
    while match := _TOKEN.match(html, position):
        position = match.end()
        if match["text"] is not None:
            pieces.append(seal_text(match["text"]))
        elif match["comment"] is not None:
            pieces.append(match["comment"])
        else:
            pieces.append(_seal_tag(match))
            if match["name"].lower() in ("script", "style") and not match["close"]:
                end = re.compile(rf"</{match['name']}", re.IGNORECASE).search(html, position)
                stop = end.start() if end else len(html)
                pieces.append(html[position:stop])
                position = stop
    return "".join(pieces)


def _seal_tag(match: re.Match[str]) -> str:
    name = match["name"].lower()
    if match["close"]:
        return f"</{name}>"
    parts = [name]
    for attribute in _ATTRIBUTE.finditer(match["attributes"]):
        key, value = attribute[1].lower(), attribute[2]
        bare = value[1:-1] if value is not None and value[0] in "\"'" else value
        parts.append(key if bare is None else f'{key}="{escape_stable_attribute(key, bare)}"')
    return f"<{' '.join(parts)}>"


_BLOCK_TAG = re.compile(
    r"(</?(?:table|thead|tfoot|caption|colgroup|col|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|form|blockquote|address|p|h[1-6]|hr|fieldset"
    r"|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|summary)"
    r"(?:\s(?:\"[^\"]*\"|[^\">])*)?>)"
)


def one_line(html: str) -> str:
    """Piece by piece, each looked at for itself."""
    out: list[str] = []
    fresh = True
    for part in re.split(r"(?s)(<pre\b.*?</pre>)", html):
        if part.startswith("<pre"):
            out += ["" if fresh else " ", re.sub(r"\r?\n", "<br>", part)]
            fresh = False
            continue
        joined = re.sub(r"[ \t]*[\r\n][ \t\r\n]*", " ", part)
        for piece in filter(None, (piece.strip(" ") for piece in _BLOCK_TAG.split(joined))):
            opens = _BLOCK_TAG.match(piece) and not piece.startswith("</")
            out += ["" if fresh or not opens else " ", piece]
            fresh = bool(opens) and not piece.startswith("<hr")
    return "".join(out)


def percent_encoded(text: str, kept: str) -> str:
    return "".join(c if ord(c) > 127 else quote(c, safe=kept) for c in text)


def mojibake(module: Any, text: str) -> list[Any]:
    """All encodings, on every text."""
    found: list[Any] = []
    for encoding in module.ENCODINGS:
        for match in module.suspicious_runs(encoding).finditer(text):
            found += module._hits(text, match.start(), match.end(), encoding)
    return list(module._merged(sorted(found, key=lambda hit: (hit.start, hit.partial, -hit.end))))


def front_matter(lines: list[str]) -> tuple[str, int, str, int] | None:
    """Split a file's lines at those that enclose its front matter."""
    start = next((n for n, line in enumerate(lines) if line.strip()), None)
    if start is None or lines[start].rstrip() != "---":
        return None
    ends = (n for n in range(start + 1, len(lines)) if lines[n].rstrip() in ("---", "..."))
    if (end := next(ends, None)) is None:
        return None
    yaml, body = lines[start + 1 : end], lines[end + 1 :]
    return "\n".join(yaml), start + 2, "\n".join(body), end + 2
