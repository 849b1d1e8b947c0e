"""Types of the fields that sites' answers have, for pydantic.

Only imported when there is an answer to read, because pydantic takes a fifth of a second.
"""

from __future__ import annotations

import json
import re
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from blogkit.platforms.items import DamagedItem

_Model = TypeVar("_Model", bound="AnswerModel")
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LONGEST = 40


class AnswerModel(BaseModel):
    """Part of an answer. What we don't read may be anything; nothing is converted silently."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


def parse(model: type[_Model], data: object) -> _Model:
    """Return data of an answer as a model.

    Args:
        model: What is expected.
        data: Decoded JSON.

    Raises:
        DamagedItem: A field is missing or wrong; it names the first one.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "missing":
            raise DamagedItem(f"its {name} is missing") from None
        what = f"its {name} is" if name else "the data is"
        raise DamagedItem(f"{what} {_shown(first['input'])}") from None


def _shown(value: object) -> str:
    """Describe a wrong value on one line."""
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "an object"
    text = json.dumps(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _moment(value: object) -> datetime:
    """Return a time stamp in UTC.

    The first and the last year are refused: another time zone's clock could not show them.
    """
    moment = datetime.fromisoformat(value if isinstance(value, str) else "")
    if moment.tzinfo is None or not MINYEAR < moment.year < MAXYEAR:
        raise ValueError("not a moment")
    return moment.astimezone(UTC)


def _address(value: str) -> str:
    if _NOT_IN_ADDRESSES.search(value):
        raise ValueError("not an address")
    # For its ValueError: a wrong port is only found when it is asked for
    # (https://docs.python.org/3/library/urllib.parse.html#urllib.parse.urlsplit).
    _ = urlsplit(value).port
    return value


def _empty(value: Any) -> Any:
    return "" if value is None or value is False else value


def _identifier(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", value):
        raise ValueError("not an id")
    return value


Identifier = Annotated[str, AfterValidator(_identifier)]
"""An id that is text. It becomes part of addresses, so it has only letters, digits, "_", "-"."""

Moment = Annotated[datetime, BeforeValidator(_moment)]
"""A time stamp of RFC 3339 with its offset, turned into UTC."""

Address = Annotated[str, AfterValidator(_address)]
"""An address, absolute or not; empty for none."""

EMPTY = BeforeValidator(_empty)
"""Takes null and PHP's `false` for an empty text."""
