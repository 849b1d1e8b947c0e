"""Write a Blogger backup in the form of Google Takeout, which "Import content" reads.

Google does not document it; see `blogkit.archive.blogger`, which reads it. That Blogger takes a
file of ours was not tried.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit

from blogkit.archive.markup import Markup
from blogkit.archive.own_keys import lost_keys
from blogkit.archive.paths import last_name
from blogkit.archive.permalinks import is_permalink, permalink_of
from blogkit.archive.post import ArchivedBlog, ArchivedPost, ArchivedState

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">\n'
)
_NOT_TAKEN = "permalinks hold letters that Blogger does not take, and it makes new ones"
_NO_PERMALINK = "live posts have no permalink, and Blogger makes one from the title"
_HIDDEN = (
    "private posts, or posts with a password, are drafts: Blogger would show them to everybody"
)
_NOTES = {
    ArchivedState.SCHEDULED: "scheduled posts are drafts: the file cannot schedule them",
    ArchivedState.PENDING: "posts that wait for review are drafts",
    ArchivedState.PRIVATE: _HIDDEN,
}
_SAME_PERMALINK = "posts have the permalink of another one, and Blogger makes new ones"
_TOO_LARGE = "posts have more than 900 KB, which Blogger cuts off or refuses"
# https://github.com/OpenLiveWriter/OpenLiveWriter/issues/186
_LABELS = "posts have labels that Blogger does not take: over 20, over 200 letters, or with a comma"
_LEFT_OUT = (
    ("image", "featured images were left out: Blogger shows the first image of a post"),
    ("meta", "posts lost custom fields"),
    ("terms", "posts lost terms of other taxonomies"),
    ("seo_title", "posts lost the title for search engines"),
)


class AtomWriter:
    """Writes posts as a feed.

    Args:
        blog: The blog that they are from.
        zone: Its time zone, which addresses have.
        now: The time of the export.

    Attributes:
        notes: What the file cannot hold, with its number.
    """

    def __init__(self, blog: ArchivedBlog, zone: tzinfo, now: datetime) -> None:
        self._blog, self._zone, self._now = blog, zone, now
        self._markup = Markup()
        self._number = blog.id or _number(blog.url or blog.title)
        self._taken: set[str] = set()
        self._paths: set[str] = set()
        self.notes: Counter[str] = Counter()

    def chunks(self, posts: Iterable[ArchivedPost]) -> Iterator[bytes]:
        """Yield the file, piece by piece.

        Args:
            posts: The posts.
        """
        markup = self._markup
        yield _HEAD.encode()
        yield f"<id>tag:blogger.com,1999:blog-{self._number}</id>\n".encode()
        yield f"{markup.element('title', self._blog.title)}\n".encode()
        for post in posts:
            yield self._entry(post).encode()
        yield b"</feed>\n"
        self.notes["control characters were left out"] += markup.removed

    def _entry(self, post: ArchivedPost) -> str:
        element, markup = self._markup.element, self._markup
        kind = "page" if post.kind == "page" else "post"
        number = self._id(post)
        self._note(post)
        at = post.published or post.old_date
        lines = [
            element("id", f"tag:blogger.com,1999:blog-{self._number}.{kind}-{number}"),
            element("blogger:type", kind.upper()),
            element("blogger:status", "LIVE" if self._is_live(post) else "DRAFT"),
            f"<author>{element('name', post.author)}</author>" if post.author else "",
            element("title", post.title),
            f'<content type="html">{markup.text(post.body)}</content>',
            element("blogger:metaDescription", post.description or _line(post.excerpt)),
            element("blogger:created", self._time(at)),
            element("published", self._time(at)),
            element("updated", self._time(post.updated or at)),
            self._place(post),
            *self._labels(post),
            element("blogger:filename", self._address(post)),
            element("blogger:trashed", ""),
        ]
        return "<entry>\n" + "\n".join(line for line in lines if line) + "\n</entry>\n"

    def _id(self, post: ArchivedPost) -> str:
        """Return a number that stays the same in each export of a post."""
        given = post.id if self._blog.platform == "blogger" and post.id.isdigit() else ""
        seed = f"{post.kind}\n{post.slug}\n{post.title}"
        number, more = given or _number(seed), 0
        while number in self._taken:
            more += 1
            number = _number(f"{seed}\n{more}")
        self._taken.add(number)
        return number

    def _is_live(self, post: ArchivedPost) -> bool:
        return post.state is ArchivedState.LIVE and not post.password

    def _note(self, post: ArchivedPost) -> None:
        self.notes.update(lost_keys(post))
        if post.state in _NOTES:
            self.notes[_NOTES[post.state]] += 1
        elif post.password:
            self.notes[_HIDDEN] += 1
        for name, words in _LEFT_OUT:
            self.notes[words] += bool(getattr(post, name))
        self.notes[_TOO_LARGE] += len(post.body.encode("utf-8", "surrogatepass")) > 900 * 1024
        self.notes["posts that are closed for comments may take them"] += post.comments == "closed"
        if post.kind not in ("post", "page"):
            self.notes[f"posts of the type “{post.kind}” became posts"] += 1

    def _time(self, at: datetime | None) -> str:
        at = (at or self._now).astimezone(UTC)
        return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _place(self, post: ArchivedPost) -> str:
        if post.place is None:
            return ""
        element, place = self._markup.element, post.place
        parts = (("name", place.name), ("latitude", f"{place.lat}"), ("longitude", f"{place.lng}"))
        inner = "".join(element(f"blogger:{name}", value) for name, value in parts)
        return f"<blogger:location>{inner}</blogger:location>"

    def _labels(self, post: ArchivedPost) -> Iterator[str]:
        names = dict.fromkeys((*post.labels, *map(last_name, post.categories), *post.tags))
        scheme = f"tag:blogger.com,1999:blog-{self._number}"
        text = "".join(names)
        self.notes[_LABELS] += len(names) > 20 or len(text) > 200 or "," in text
        for name in names:
            yield self._markup.element("category", "", {"scheme": scheme, "term": name})

    def _address(self, post: ArchivedPost) -> str:
        """Return the permalink from the blog's root; "" leaves it to Blogger."""
        path = urlsplit(post.url).path
        if not is_permalink(path):
            at = (post.published or post.old_date or self._now).astimezone(self._zone)
            path = permalink_of(post.kind, post.slug, at)
        if not path:
            self.notes[_NOT_TAKEN] += bool(post.slug)
            self.notes[_NO_PERMALINK] += post.state is ArchivedState.LIVE and not post.slug
        elif path in self._paths:
            self.notes[_SAME_PERMALINK] += 1
        self._paths.add(path)
        return path


def _number(seed: str) -> str:
    """Return a number of 18 digits, as Blogger has them."""
    return str(int(hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:15], 16))


def _line(text: str) -> str:
    return " ".join(text.split())
