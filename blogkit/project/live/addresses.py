"""The addresses of a post that a person may paste: its page, its editor, its preview. Pure."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from urllib.parse import parse_qsl, unquote, urlsplit

from blogkit.dataclass import dataclass
from blogkit.platforms.base import PostKind, Ref
from blogkit.platforms.blogger.api import home_host

# Blogger's editor and previews; WordPress's are on the blog's own host.
_BLOGGER = {"blogger.com", "draft.blogger.com"}
_BLOGGER_EDITOR = re.compile(
    r"/blog/(?P<kind>post|page)/edit/(?:preview/)?(?P<blog>\d+)/(?P<id>\d+)"
)
# WordPress.com's editor names the blog by its host or its number
# (https://github.com/Automattic/wp-calypso/tree/trunk/client/gutenberg/editor).
_HOSTED_EDITOR = re.compile(r"/(?P<kind>post|page)/(?P<blog>[\w.-]+)/(?P<id>\d+)/?\Z")
_REST = re.compile(r"/wp/v2/(?P<kind>post|page)s/(?P<id>\d+)/?\Z")
_NUMBER = re.compile(r"[0-9]{1,20}\Z")
# What campaigns and previews add: https://support.google.com/analytics/answer/10917952
_ADDED = re.compile(r"utm_\w+|[a-z]{1,4}clid|preview\w*|_wpnonce|m|ref|amp", re.IGNORECASE)
_HOST_AND_PATH = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?/\S*\Z")

_BOTH: tuple[PostKind, ...] = ("post", "page")

# With plain permalinks the query names the post
# (https://wordpress.org/documentation/article/customize-permalinks/). On other addresses a query is
# a campaign, a preview or Blogger's mobile view.
_IDS: tuple[tuple[str, tuple[PostKind, ...]], ...] = (
    ("preview_id", _BOTH),
    ("page_id", ("page",)),
    ("p", _BOTH),
)


@dataclass(frozen=True)
class PostAddress:
    """The post that an address names.

    Attributes:
        host: In lower case and without "www.", with the port if it has one.
        path: The decoded path without a last slash; two addresses of one page are equal in it.
        ids: The post that it names by number, as the kinds that the number may be of.
        blog_id: Blogger's number of the blog; "" if it does not name it.
        query: What names the post on the front page without its number, such as "book=tea", with
            plain permalinks.
    """

    host: str
    path: str
    ids: tuple[Ref, ...] = ()
    blog_id: str = ""
    query: str = ""


def parse_address(text: str) -> PostAddress | None:
    """Return the post that an address names; None for a text that is not an address.

    Upper-case or decoded percent codes, campaign parameters, a fragment, "www.", the scheme and a
    last slash make no difference.

    Args:
        text: As pasted, with or without "https://".
    """
    text = text.strip()
    if "://" not in text and _HOST_AND_PATH.match(text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        query = dict(parse_qsl(parts.query))
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    host = _host(parts.netloc)
    if host in _BLOGGER:
        return _in_bloggers_editor(host, parts.path)
    if host == "wordpress.com" and (found := _HOSTED_EDITOR.match(parts.path)):
        return PostAddress(
            _host(found["blog"]), parts.path, (Ref(found["id"], _kind(found["kind"])),)
        )
    path = unicodedata.normalize("NFC", unquote(parts.path)).rstrip("/")
    ids = _ids(path, query)
    named = {} if path or ids else query
    rest = sorted(f"{name}={value}" for name, value in named.items() if not _ADDED.fullmatch(name))
    return PostAddress(host, path, ids, query="&".join(rest))


def same_address(one: str, other: str) -> bool:
    """Return whether two addresses lead to one post.

    Args:
        one: An address, as for `parse_address`.
        other: Another one.
    """
    left, right = parse_address(one), parse_address(other)
    return left is not None and left == right


def address_key(address: str) -> str:
    """Return a text that the addresses of one post have in common; "" for other texts.

    Args:
        address: As for `parse_address`.
    """
    found = parse_address(address)
    if found is None:
        return ""
    ids = "".join(f"?{ref.kind}={ref.id}" for ref in found.ids)
    return f"{found.host}{found.path}{ids}" + (f"?{found.query}" if found.query else "")


def _host(netloc: str) -> str:
    host = netloc.rpartition("@")[2].lower()
    # A name in Hindi may be pasted as it is shown, or in the form that is sent
    # (https://docs.python.org/3/library/codecs.html#module-encodings.idna).
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii")
    return home_host(host.removeprefix("www."))


def _ids(path: str, query: dict[str, str]) -> tuple[Ref, ...]:
    if path.endswith("/wp-admin/post.php"):
        number, kinds = query.get("post", ""), _BOTH
    elif found := _REST.search(query.get("rest_route", path)):
        number, kinds = found["id"], (_kind(found["kind"]),)
    else:
        name, kinds = next(((name, of) for name, of in _IDS if name in query), ("", ()))
        number = query.get(name, "")
    if not _NUMBER.match(number):
        return ()
    # A custom type is part of the id of its posts; see `blogkit.platforms.wordpress.post_types`.
    custom = query.get("post_type", "")
    if custom not in ("", "post", "page"):
        return (Ref(f"{custom}-{number}"),)
    return tuple(Ref(number, kind) for kind in kinds)


def _kind(word: str) -> PostKind:
    return "page" if word == "page" else "post"


def _in_bloggers_editor(host: str, path: str) -> PostAddress:
    found = _BLOGGER_EDITOR.match(path)
    if found is None:
        return PostAddress(host, path)
    return PostAddress(host, path, (Ref(found["id"], _kind(found["kind"])),), found["blog"])
