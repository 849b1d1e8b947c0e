"""List the keys of front matter, with their descriptions and types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ACTIVE_KINDS = (
    "script",
    "handler",
    "link",
    "iframe",
    "password",
    "refresh",
    "base",
    "local-file",
)
"""The kinds of active content that `allow:` may name."""


@dataclass(frozen=True)
class Key:
    """A key of front matter.

    Attributes:
        about: What it is for, in one line, for help and editors.
        takes: "words" is a list, "moment" a state or a time, "option" one of `options`, "language"
            a language code.
        options: The values of an "option".
    """

    about: str
    takes: Literal["text", "words", "moment", "option", "language"] = "text"
    options: tuple[str, ...] = ()


KEYS: Mapping[str, Key] = {
    "title": Key("The post's title. Quote it if it contains a colon"),
    "key": Key("The post's identity for blogkit. Default: the file's name"),
    "type": Key(
        "post or page. Default: page for files in pages/, post for all others",
        "option",
        ("post", "page"),
    ),
    "labels": Key("Labels on Blogger, tags on WordPress", "words"),
    "categories": Key("Categories on WordPress, labels on Blogger", "words"),
    "tags": Key("Tags on WordPress, labels on Blogger", "words"),
    "publish": Key(
        "now, draft, or a time such as 2026-12-01 07:00 in the blog's time zone. Default: new posts"
        " are drafts",
        "moment",
    ),
    "sites": Key("The sites the post goes to. Default: the default site", "words"),
    "quiz": Key("The mock test's address, https://…, or a name if you don't have the address yet"),
    "excerpt": Key("The summary shown in lists of posts"),
    "image": Key("The featured image: a file such as images/miami.jpg, or an address"),
    "image_alt": Key("Alternative text of the featured image: what it shows"),
    "slug": Key("The last part of the post's address: talks-in-miami"),
    "allow": Key(
        "Active content that the post may have, such as [script, iframe]", "words", ACTIVE_KINDS
    ),
    "post_id": Key(
        "The id of a post that existed before blogkit. `adopt` and `pull` write it; the post's HTML"
        " is sent verbatim"
    ),
    "language": Key("The post's language, if it is not the blog's: hi, en-IN", "language"),
}
