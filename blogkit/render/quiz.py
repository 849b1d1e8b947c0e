"""The mock test's address: which one applies, whether it is valid, and how it enters a body.

While Markdown and YAML are read, a token takes its place.
"""

from __future__ import annotations

import json
import re
import unicodedata
from html import escape
from urllib.parse import quote, urlsplit

from blogkit.errors import UsageError
from blogkit.html import LineIndex, Piece, change, pieces, texts_and_tags
from blogkit.html.elements import RCDATA
from blogkit.render.encode import escape_stable_text
from blogkit.render.urls import canonical

__all__ = [
    "QUIZ_PLACEHOLDER",
    "canonical",
    "fill",
    "is_quiz_name",
    "is_token",
    "objection",
    "open_hint",
    "postpone",
    "resolve_quiz",
    "with_token",
    "without_token",
]

QUIZ_PLACEHOLDER = re.compile(r"YOUR_MOCK_TEST_LINK_HERE|\{\{[ \t]*quiz_url[ \t]*\}\}")
# stands for the address while Markdown and YAML are read
QUIZ_TOKEN = "https://quiz.invalid/blogkit0promise"  # noqa: S105
# As `slugify` writes it where a heading has the placeholder.
TOKEN_IN_IDS = re.sub(r"[^a-z0-9]+", "-", QUIZ_TOKEN)
COMING_SOON = "coming soon"

_TOKEN_IN_TEXT = re.compile(re.escape(QUIZ_TOKEN) + r"(?:[/?#][^\s<>\"']*[\w/=])?")
_NAME = re.compile(r"[^:/\\?#@<>\"'{}]+\Z")
# Letters of every script: browsers convert such names (https://url.spec.whatwg.org/#idna).
_HOST = re.compile(
    r"(?:[a-zA-Z0-9_-]|[^\x00-\x7f])(?:[a-zA-Z0-9._-]|[^\x00-\x7f])*\Z|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\Z"
)


def resolve_quiz(flag: str, post_quiz: str, site_default: str) -> str:
    """Return a post's quiz link: an address, the name of a pending link, or "".

    Args:
        flag: The address from the command line; it wins.
        post_quiz: The post's `quiz:`.
        site_default: The site's `quiz_url`.

    Raises:
        UsageError: The flag is a name; those belong into posts.
    """
    flag = flag.strip()
    if flag and is_quiz_name(flag):
        raise UsageError(
            f'--quiz-url must be an address (https://…), not "{flag}"',
            hint="write the name of a pending quiz link as quiz: in the post",
        )
    return flag or post_quiz.strip() or site_default.strip()


def is_quiz_name(text: str) -> bool:
    """Return whether a `quiz:` is the name of a pending quiz link instead of an address."""
    return bool(_NAME.match(text)) and not text.lower().startswith("www.")


def open_hint(link: str) -> str:
    """Return what to do about a pending quiz link.

    Args:
        link: Its name; "" if it has none.
    """
    coming = f"with --allow-open, readers see: {COMING_SOON}"
    if not is_quiz_name(link):
        return f"set quiz: in the front matter or use --quiz-url; {coming}"
    name = json.dumps(link, ensure_ascii=False) if " " in link else link
    return f"when you have it, run: blogkit link set {name} URL; {coming}"


def is_token(text: str) -> bool:
    """Return whether a value is the placeholder of the address."""
    return text == QUIZ_TOKEN


def objection(url: str, *, allow_http: bool = False) -> str:
    """Return why a text is not a valid quiz link, or "".

    Args:
        url: What the user wrote.
        allow_http: Accept an address that is not encrypted.
    """
    # Format characters can make an address look like another one
    # (https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing).
    if any(c.isspace() or unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in url):
        return "is not an address: it contains a space or an invisible character"
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", url)
    if not scheme:
        return f'is not a full address: write "https://{url.lstrip("/")}"'
    if scheme[1].lower() == "http" and not allow_http:
        return (
            "is not encrypted: use https:// (or allow it once with --allow-http, or for the site"
            " with allow_http = true)"
        )
    if scheme[1].lower() not in {"https", "http"}:
        return f'must begin with https://, not with "{scheme[1]}:"'
    return _authority_objection(url)


def _authority_objection(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "is not an address: its host or port is invalid"
    if "\\" in url:
        return "contains a backslash, which browsers read as a slash"
    if "@" in parts.netloc:
        return "contains a user name or password, which readers would see"
    if not host or not _HOST.match(host):
        return "is not an address: it has no host"
    return ""


def with_token(source: str) -> tuple[str, list[int]]:
    """Return the source with the token for every placeholder, and the line of each, from 0."""
    if "{{" not in source and "YOUR_" not in source:
        return source, []
    lines = LineIndex(source)
    places = [lines.before(match.start()) for match in QUIZ_PLACEHOLDER.finditer(source)]
    return QUIZ_PLACEHOLDER.sub(QUIZ_TOKEN, source), places


def without_token(anchor: str) -> str:
    """Return a heading's id without the token."""
    return anchor.replace(TOKEN_IN_IDS, "quiz")


def fill(html: str, url: str) -> str:
    """Return finished HTML with the address in place of the token.

    Args:
        html: HTML with tokens in texts, tags, comments, scripts or style sheets.
        url: The address; it is escaped as each place needs.
    """
    if QUIZ_TOKEN not in html:
        return html
    tag = escape(url)
    text = escape_stable_text(tag).replace("&#058;", ":")
    if (parts := texts_and_tags(html)) is not None:
        parts[::2] = [part.replace(QUIZ_TOKEN, text) for part in parts[::2]]
        parts[1::2] = [part.replace(QUIZ_TOKEN, tag) for part in parts[1::2]]
        return "".join(parts)
    written = {
        "tag": tag,
        "text": text,
        # "--" ends a comment for some filters.
        "comment": url.replace("-", "%2D"),
        # Inside a string, and safe in attributes, too: some sites move scripts.
        "script": json.dumps(url)[1:-1].replace("&", "\\u0026").replace("'", "\\u0027"),
        "style": quote(url, safe="/:?#[]@!$&*+,;=%-._~"),
        "raw": url,
    }
    return change(html, lambda piece: piece.text.replace(QUIZ_TOKEN, written[_place(piece)]))


def _place(piece: Piece) -> str:
    """Return by whose rules a piece is written."""
    if piece.kind in {"raw", "cut"} and piece.name:
        return (
            piece.name
            if piece.name in {"script", "style"}
            else "text"
            if piece.name in RCDATA
            else "raw"
        )
    if piece.kind in {"raw", "text"}:
        return piece.kind
    return "comment" if piece.text.startswith("<!") else "tag"


def postpone(html: str, soon: str = COMING_SOON) -> str:
    """Return finished HTML without an address: links to it become "coming soon".

    Args:
        html: HTML with tokens.
        soon: "coming soon" in the post's language.
    """
    if QUIZ_TOKEN not in html:
        return html
    out: list[str] = []
    link_start: int | None = None
    for piece in pieces(html):
        if (
            piece.kind == "start"
            and piece.name == "a"
            and QUIZ_TOKEN in (piece.attribute("href") or "")
        ):
            link_start = len(out)
        elif piece.kind == "end" and piece.name == "a" and link_start is not None:
            if soon not in "".join(out[link_start:]):
                out.append(f" ({soon})")
            link_start = None
        else:
            out.append(_without_token(piece, soon))
    return "".join(out)


def _without_token(piece: Piece, soon: str) -> str:
    if _place(piece) in {"script", "style", "raw"}:
        return piece.text.replace(QUIZ_TOKEN, "#")
    if piece.kind == "start" and QUIZ_TOKEN in piece.text:
        text = piece.text
        for attribute in piece.attributes():
            if QUIZ_TOKEN in attribute.value:
                text = Piece("start", text, piece.name).with_attribute(attribute.name, None)
        return text
    # Authors write a path behind the placeholder, such as `…_HERE/miami`, which would stay behind
    # "coming soon".
    return _TOKEN_IN_TEXT.sub(lambda _: soon, piece.text)
