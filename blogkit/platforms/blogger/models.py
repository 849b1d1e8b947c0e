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
