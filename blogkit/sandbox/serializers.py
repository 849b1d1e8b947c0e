"""Build the API's responses: entries and the blog as Google's JSON."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from blogkit.sandbox.blog import Blog
from blogkit.sandbox.comments import StoredComment, WantedComments
from blogkit.sandbox.store import StoredPost, Wanted

USER: Final = "0246810121416182022"
_IMAGE: Final = re.compile(r"""<img\b[^>]*?\ssrc\s*=\s*(["'])(.*?)\1""", re.IGNORECASE)


@dataclass(frozen=True)
class Shapes:
    """JSON for one blog at one address.

    Attributes:
        blog: The blog.
        root: Scheme, host and port, without a slash at the end.
    """

    blog: Blog
    root: str

    def entry(
        self,
        entry: StoredPost,
        *,
        status: bool,
        body: bool = True,
        images: bool = False,
        comments: int = 0,
    ) -> dict[str, Any]:
        """Return a Post or a Page.

        `labels`, `readerComments` and `location` are for posts; empty labels are omitted.

        Args:
            entry: The entry.
            status: Whether to show its status.
            body: Whether to include its content.
            images: Whether to list the addresses of its images.
            comments: How many of its comments to include.
        """
        api = f"{self.root}/v3/blogs/{self.blog.id}/{entry.kind}s/{entry.id}"
        out: dict[str, Any] = {
            "kind": f"blogger#{entry.kind}",
            "id": entry.id,
            "blog": {"id": self.blog.id},
            "published": self._time(entry.published),
            "updated": self._time(entry.updated),
            "url": self.root + (entry.path or "/"),  # a draft has the blog's address
            "selfLink": api,
            "title": entry.title,
            "author": {
                "id": USER,
                "displayName": "Sandbox",
                "url": f"{self.root}/profile/{USER}",
                "image": {"url": f"{self.root}/profile/{USER}.png"},
            },
            "etag": etag(entry),
        }
        if status:
            out["status"] = entry.state
        if body:
            out["content"] = entry.content
        if entry.trashed:
            out["trashed"] = self._time(entry.trashed)
        if entry.kind == "post":
            out["replies"] = self._replies(entry, comments)
            out["readerComments"] = entry.comments
            out |= {"labels": list(entry.labels)} if entry.labels else {}
            out |= {"location": entry.location} if entry.location else {}
            pictures = (
                [html.unescape(found[2]) for found in _IMAGE.finditer(entry.content)]
                if images
                else []
            )
            out |= {"images": [{"url": url} for url in pictures]} if pictures else {}
        return out

    def listing(
        self, kind: str, items: Sequence[dict[str, Any]], token: str = ""
    ) -> dict[str, Any]:
        """Return a PostList or PageList, without `items` if it is empty.

        Args:
            kind: "post" or "page".
            items: The entries, as JSON.
            token: The token of the next page; "" if this is the last.
        """
        out: dict[str, Any] = {"kind": f"blogger#{kind}List"}
        if token:
            out["nextPageToken"] = token
        if items:
            out["items"] = list(items)
        return out | {"etag": _hash("".join(item["etag"] for item in items) + token)}

    def comment(self, comment: StoredComment, *, status: bool, body: bool = True) -> dict[str, Any]:
        """Return a Comment.

        Args:
            comment: The comment.
            status: Whether to show its status.
            body: Whether to include its content.
        """
        post = f"{self.root}/v3/blogs/{self.blog.id}/posts/{comment.post}"
        # ids of authors are not always digits
        author = f"g{int(hashlib.sha256(comment.author.encode()).hexdigest()[:15], 16)}"
        out: dict[str, Any] = {
            "kind": "blogger#comment",
            "id": comment.id,
            "post": {"id": comment.post},
            "blog": {"id": self.blog.id},
            "published": self._time(comment.published),
            "updated": self._time(comment.updated),
            "selfLink": f"{post}/comments/{comment.id}",
            "author": {
                "id": author,
                "displayName": comment.author,
                "url": f"{self.root}/profile/{author}",
                "image": {"url": f"{self.root}/profile/{author}.png"},
            },
        }
        out |= {"content": comment.content} if body else {}
        out |= {"status": comment.status} if status else {}
        return out | ({"inReplyTo": {"id": comment.parent}} if comment.parent else {})

    def comment_listing(self, items: Sequence[dict[str, Any]], token: str = "") -> dict[str, Any]:
        """Return a CommentList, without `items` if it is empty.

        Args:
            items: The comments, as JSON.
            token: The token of the next page; "" if this is the last.
        """
        out: dict[str, Any] = {"kind": "blogger#commentList"}
        if token:
            out["nextPageToken"] = token
        if items:
            out["items"] = list(items)
        return out | {"etag": _hash("".join(f"{i['id']} {i['updated']}" for i in items) + token)}

    def blog_(self, posts: int = 0) -> dict[str, Any]:
        """Return the Blog with its newest `posts`."""
        api = f"{self.root}/v3/blogs/{self.blog.id}"
        store = self.blog.store
        out: dict[str, Any] = {
            "kind": "blogger#blog",
            "id": self.blog.id,
            "name": self.blog.title,
            "description": self.blog.description,
            "published": "2020-01-01T00:00:00+00:00",
            "updated": self._time(self.blog.clock()),
            "url": f"{self.root}/",
            "selfLink": api,
            "posts": {"totalItems": store.count("post", "LIVE"), "selfLink": f"{api}/posts"},
            "pages": {"totalItems": store.count("page", "LIVE"), "selfLink": f"{api}/pages"},
            "locale": {"language": "en", "country": "IN", "variant": ""},
            "status": "LIVE",
        }
        if posts:
            newest = store.find(Wanted("post", ["LIVE"], limit=posts))
            out["posts"]["items"] = [self.entry(e, status=False) for e in newest]
        return out

    def user(self) -> dict[str, Any]:
        """Return the only User."""
        api = f"{self.root}/v3/users/{USER}"
        return {
            "kind": "blogger#user",
            "id": USER,
            "created": "2020-01-01T00:00:00+00:00",
            "url": f"{self.root}/profile/{USER}",
            "selfLink": api,
            "blogs": {"selfLink": f"{api}/blogs"},
            "displayName": "Sandbox",
            "locale": {"language": "en", "country": "IN", "variant": ""},
        }

    def blog_user_info(self) -> dict[str, Any]:
        """Return the blog and the user's role."""
        mine = {
            "kind": "blogger#blogPerUserInfo",
            "userId": USER,
            "blogId": self.blog.id,
            "role": "ADMIN",
            "hasAdminAccess": True,
        }
        return {"kind": "blogger#blogUserInfo", "blog": self.blog_(), "blog_user_info": mine}

    def _replies(self, post: StoredPost, comments: int) -> dict[str, Any]:
        out: dict[str, Any] = {
            "totalItems": str(self.blog.comments.count(post.id)),
            "selfLink": f"{self.root}/v3/blogs/{self.blog.id}/posts/{post.id}/comments",
        }
        newest = WantedComments(post=post.id, limit=comments)
        found = self.blog.comments.find(newest) if comments else []
        items = [self.comment(each, status=False) for each in found]
        return out | ({"items": items} if items else {})

    def _time(self, moment: Any) -> str:
        return self.blog.local(moment).isoformat(timespec="seconds")


def etag(entry: StoredPost) -> str:
    """Return the version's ETag, in quotes."""
    return _hash(f"{entry.id}/{entry.version}")


def _hash(text: str) -> str:
    return '"' + base64.b64encode(hashlib.sha256(text.encode()).digest()[:18]).decode() + '"'
