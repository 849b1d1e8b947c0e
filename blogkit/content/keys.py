"""The keys of front matter: what each says, and what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Key:
    """about: one line; takes: one text, a list of words, a moment or state, one of `options`, a language's code."""

    about: str
    takes: Literal["text", "words", "moment", "option", "language"] = "text"
    options: tuple[str, ...] = ()


KEYS: Mapping[str, Key] = {
    "title": Key("The post's title; in quotes when it holds a colon"),
    "key": Key("The name by which blogkit knows the post; without it, the file's name"),
    "type": Key("post or page; without it, files in pages/ are pages, all others posts", "option", ("post", "page")),
    "labels": Key("Labels on Blogger, tags on WordPress", "words"),
    "categories": Key("Categories on WordPress, labels on Blogger", "words"),
    "tags": Key("Tags on WordPress, labels on Blogger", "words"),
    "publish": Key("now, draft, or a time such as 2026-12-01 07:00 by the blog's clock; without it, a new post becomes a draft", "moment"),
    "sites": Key("Which sites the post goes to; without it, the default site", "words"),
    "quiz": Key("The mock test's address, https://…, or a name for one that is still to come"),
    "excerpt": Key("The summary that lists of posts show"),
    "image": Key("The featured image: a file such as images/miami.jpg, or an address"),
    "image_alt": Key("What the featured image shows, for those who cannot see it"),
    "slug": Key("The last part of the post's address: talks-in-miami"),
    "post_id": Key("The id of a post that was on the blog before blogkit was; `adopt` and `pull` write it, and its body stays as it is"),
    "language": Key("The post's language, when it is not the blog's: hi, en-IN", "language"),
}
