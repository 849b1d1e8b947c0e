"""Blogger's resources as pydantic models.

A field that is empty may be missing: Google's servers leave out what has its default value
(https://protobuf.dev/programming-guides/json/).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from blogkit.platforms.models import Address, AnswerModel, Identifier, Moment

_Status = Literal["", "LIVE", "DRAFT", "SCHEDULED", "SOFT_TRASHED"]


# The reference writes the states in small letters, the discovery document in capitals
# (https://blogger.googleapis.com/$discovery/rest?version=v3).
def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _text(value: object) -> object:
    """Return a text; settings that are damaged are left out, and do no harm."""
    return value.upper() if isinstance(value, str) else ""


def _object(value: object) -> object:
    return value if isinstance(value, dict) else {}


class _FeedText(AnswerModel):
    text: str = Field(default="", alias="$t")


class _FeedLink(AnswerModel):
    rel: str = ""
    href: str = ""


class _FeedLabel(AnswerModel):
    term: str


class FeedEntry(AnswerModel):
    """An entry of a public feed, in Google's JSON (https://developers.google.com/gdata/docs/json).

    An element is an object, its text is in `$t`, which is missing if it is empty.
    """

    title: _FeedText = _FeedText()
    content: _FeedText | None = None
    published: _FeedText
    updated: _FeedText = _FeedText()
    category: list[_FeedLabel] = Field(default_factory=list)
    link: list[_FeedLink] = Field(default_factory=list)

    def resource(self, number: str) -> dict[str, object]:
        """Return the entry as the API shows a live post.

        Args:
            number: The post's id.
        """
        links = [link.href for link in self.link if link.rel == "alternate"]
        return {
            "id": number,
            "title": self.title.text,
            "content": self.content.text if self.content else "",
            "status": "LIVE",
            "url": links[0] if links else "",
            "published": self.published.text,
            "updated": self.updated.text,
            "labels": [label.term for label in self.category],
        }


class BloggerPost(AnswerModel):
    """A post or a page (https://developers.google.com/blogger/docs/3.0/reference/posts)."""

    id: Identifier
    title: str = ""
    content: str = ""
    status: Annotated[_Status, BeforeValidator(_upper)] = ""
    url: Address = ""
    published: Moment | None = None
    updated: str = ""
    labels: list[str] = Field(default_factory=list)
    reader_comments: Annotated[str, BeforeValidator(_text)] = Field(
        default="", alias="readerComments"
    )
    location: Annotated[dict[str, Any], BeforeValidator(_object)] = Field(default_factory=dict)
