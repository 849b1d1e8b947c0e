"""Resources of `wp/v2` as pydantic models.

What a filter of PHP may turn into null or `false` without harm may be so; what decisions rest on
may not (https://developer.wordpress.org/rest-api/reference/posts/#schema).
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from blogkit.platforms.models import EMPTY, Address, AnswerModel, Moment

Id = Annotated[int, Field(ge=1, lt=2**63)]


def _time_in_utc(value: object) -> object:
    """Return a `…_gmt` time stamp with its offset; None for a post that never had a date."""
    if not isinstance(value, str):
        return None if value is False else value
    return None if value == "" or value.startswith("0000") else f"{value.removesuffix('Z')}+00:00"


def _zero(value: object) -> object:
    return 0 if value is None or value is False else value


def _pixels(value: object) -> object:
    """Plugins for other formats write texts or negative numbers there."""
    return value if type(value) is int and value > 0 else 0


def _number(value: object) -> object:
    """Return a number that may be a text: WordPress keeps its options as they were entered."""
    return float(value or 0) if isinstance(value, str) or value is None else value


def _fields(value: object) -> object:
    """PHP encodes an empty array of names and values as a list."""
    return {} if value is None or value == [] else value


class RawText(AnswerModel):
    """A text as its author wrote it."""

    raw: str


class Created(AnswerModel):
    """The answer to a new category or tag."""

    id: Id


class Term(Created):
    """A category or a tag."""

    name: str
    slug: Annotated[str, EMPTY] = ""
    parent: Annotated[int, BeforeValidator(_zero)] = 0


class Rendition(AnswerModel):
    """A smaller copy of an image."""

    source_url: Address


class Details(AnswerModel):
    """What WordPress knows of an image. A file that it cannot resize has no sizes."""

    sizes: Annotated[dict[str, Rendition], BeforeValidator(_fields)] = Field(default={})
    width: Annotated[int, BeforeValidator(_pixels)] = 0
    height: Annotated[int, BeforeValidator(_pixels)] = 0


class File(AnswerModel):
    """A file of the media library."""

    id: Id
    source_url: Address
    media_details: Annotated[Details, BeforeValidator(_fields)] = Field(default=Details())


class FileTexts(AnswerModel):
    """What the media library tells about a file. Captions and titles are HTML."""

    alt_text: Annotated[str, EMPTY] = ""
    caption: RawText | None = None
    title: RawText | None = None


class Embedded(AnswerModel):
    """What is sent along with a post. A term that the account may not see is an error there."""

    terms: list[list[dict[str, Any]]] = Field(default=[], alias="wp:term")


class WordPressPost(AnswerModel):
    """A post or a page, read with `context=edit`.

    Further fields, in `model_extra`, are settings: a wrong one is left out by `read_settings`.
    """

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    id: Id
    type: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,20}$")] = "post"
    status: Annotated[str, Field(min_length=1)]
    title: RawText
    content: RawText
    excerpt: RawText | None = None
    link: Annotated[Address, EMPTY] = ""
    slug: Annotated[str, EMPTY] = ""
    date_gmt: Annotated[Moment | None, BeforeValidator(_time_in_utc)] = None
    modified_gmt: Annotated[str, EMPTY] = ""
    categories: list[int] = Field(default=[])
    tags: list[int] = Field(default=[])
    featured_media: Annotated[int, BeforeValidator(_zero)] = 0
    embedded: Annotated[Embedded, BeforeValidator(_fields)] = Field(
        default=Embedded(), alias="_embedded"
    )


class Account(AnswerModel):
    """An account (https://developer.wordpress.org/rest-api/reference/users/)."""

    name: Annotated[str, EMPTY] = ""
    roles: list[str] = Field(default=[])
    capabilities: Annotated[dict[str, Any], BeforeValidator(_fields)] = Field(default={})


class Index(AnswerModel):
    """What a site tells about itself.

    https://developer.wordpress.org/rest-api/extending-the-rest-api/routes-and-endpoints/
    """

    name: Annotated[str, EMPTY] = ""
    namespaces: list[str] = Field(default=[])
    authentication: Any = None
    timezone_string: Annotated[str, EMPTY] = ""
    gmt_offset: Annotated[float, BeforeValidator(_number)] = 0.0
