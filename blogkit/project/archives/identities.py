"""Tell the posts of archives apart, so that each finds the file of an earlier import."""

from __future__ import annotations

from collections import Counter

from blogkit.archive.post import ArchivedBlog, ArchivedPost
from blogkit.archive.post_file import origin_of_post
from blogkit.dataclass import dataclass
from blogkit.posts.slugs import slugify


@dataclass(frozen=True)
class PostIdentity:
    """What tells a post from all others of an import.

    Attributes:
        site: The site of the project that its blog is; "" for another blog.
        name: The site's id of the post; of another blog, what `imported_from:` has.
    """

    site: str
    name: str


class Identities:
    """Gives each post of an import its identity."""

    def __init__(self) -> None:
        self._seen: Counter[PostIdentity] = Counter()

    def next(self, post: ArchivedPost, blog: ArchivedBlog, site: str) -> PostIdentity | None:
        """Return the identity of the next post; None if an earlier one has it, or it has none.

        Args:
            post: The post.
            blog: The blog that it is from.
            site: The site of the project that this is; "" for another blog.
        """
        name = post.id if site else origin_of_post(post, blog)
        if name or site:
            identity = PostIdentity(site, name)
            self._seen[identity] += 1
            return identity if name and self._seen[identity] == 1 else None
        described = PostIdentity("", _description(post, blog))
        self._seen[described] += 1
        number = self._seen[described]
        return described if number == 1 else PostIdentity("", f"{described.name}/{number}")


def _description(post: ArchivedPost, blog: ArchivedBlog) -> str:
    """Return what tells a post of a blog without an address from others, if not from all.

    The ids in such an archive are numbers that the next export counts again.
    """
    dated = post.published if post.kind != "page" else None
    at = dated.replace(tzinfo=None).isoformat(timespec="seconds") if dated else ""
    name = f"{post.parent}/{post.slug}".strip("/") if post.slug else slugify(post.title)
    return "/".join(filter(None, (slugify(blog.title), post.kind, at, name)))
