"""Notice that a person edited a post's page, and read the post back from it. Pure.

A page carries a digest of its own text. The digest is not in the record: a run that is killed
between the record and its page would leave two that differ without an edit.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from blogkit.patterns import lazy_pattern
from blogkit.platforms.folder.record import Record
from blogkit.platforms.folder.site.addresses import IMAGES_FOLDER, up_from
from blogkit.platforms.folder.site.info import digest
from blogkit.platforms.folder.site.post import SHEET, found_from
from blogkit.regions import find_sentinel

_SEAL = re.compile(r"<!-- blogkit:page (\w+) -->\n")
_POST = lazy_pattern(
    r'<article class="post">\s*<h1>(?P<title>.*?)</h1>.*?<div class="body">\n?(?P<body>.*?)\n?'
    r'</div>\s*(?:<ul class="tags"[^>]*>(?:(?!</?ul).)*</ul>\s*)?</article>\s*</main>',
    re.DOTALL,
)
_PAGE = re.compile(r"<body\b[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)


def sealed(page: str) -> str:
    """Return a page's HTML with a digest of itself below the doctype."""
    doctype, line, rest = page.partition("\n")
    return f"{doctype}{line}<!-- blogkit:page {digest(_lines(page))} -->\n{rest}"


def seal_holds(page: str) -> bool | None:
    """Return whether a page is as it was written; None if it has no seal."""
    page = _lines(page)
    found = _SEAL.search(page)
    return found[1] == digest(_SEAL.sub("", page, count=1)) if found else None


def has_frame(page: str) -> bool:
    """Return whether a page has the HTML around a post that versions since 0.2 write."""
    return _POST.search(_lines(page)) is not None


def belongs_to(record: Record, page: str) -> bool:
    """Return whether a page is a record's, and not another program's in its place.

    Args:
        record: A post that is or was live.
        page: The HTML in the place of its page.
    """
    if seal_holds(page) is not None:
        return True
    # Versions before 0.2 wrote another frame around the same body.
    body = found_from(up_from(record.path), _lines(record.body))
    return (body != "" and body in _lines(page)) or read_back(page, record) == record


def read_back(page: str, record: Record) -> Record:
    """Return a record with the title and the body that an edited page shows.

    Args:
        page: The HTML of the page.
        record: What the page was made from.

    Returns:
        The record itself if the edit was outside of the post.
    """
    page = _lines(page)
    found = _POST.search(page)
    if found is None:  # another program's HTML: all of it counts as the body
        inside = _PAGE.search(page)
        return replace(record, body=_with_key(inside[1] if inside else page, record))
    up = re.escape(up_from(record.path))
    body = re.sub(
        rf"(?<![\w/.-]){up}{IMAGES_FOLDER}/(?=[0-9a-f]{{16}}-)", f"/{IMAGES_FOLDER}/", found["body"]
    )
    body = _with_sheet(_with_key(body, record), record)
    title = html.unescape(found["title"])
    if (title, body) == (record.title, _lines(record.body)):
        return record
    return replace(record, title=title, body=body)


def is_behind(page: str, current: str, record: Record) -> bool:
    """Return whether a page may be replaced because it does not show what its record has.

    Args:
        page: The HTML of the page.
        current: What it would be if it was written now.
        record: What that would be made from.

    Returns:
        False if a person edited what it shows, or something outside of the post.
    """
    if seal_holds(page):
        return page != current
    there, wanted = _POST.search(_lines(page)), _POST.search(_lines(current))
    # The record has the edit, but the page lacks the record's date, picture or labels.
    differs = there is not None and wanted is not None and there[0] != wanted[0]
    return differs and read_back(page, record) == record


def _with_key(body: str, record: Record) -> str:
    """Return a body that has the post's key, without which it would be published twice."""
    if find_sentinel(body) is not None or find_sentinel(record.body) is None:
        return body
    return record.body.partition("\n")[0] + "\n" + body


def _with_sheet(body: str, record: Record) -> str:
    """Return a body with the sheet that the page has in its head."""
    sheet = SHEET.match(record.body)
    if sheet is None or not body.startswith(sheet[1]):
        return body
    return sheet[0] + body.removeprefix(sheet[1])


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")
