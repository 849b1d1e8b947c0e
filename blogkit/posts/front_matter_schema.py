"""List the keys of front matter, with their descriptions and types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from blogkit.dataclass import dataclass

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

POST_FORMATS = (
    "standard",
    "aside",
    "audio",
    "chat",
    "gallery",
    "image",
    "link",
    "quote",
    "status",
    "video",
)
"""https://developer.wordpress.org/advanced-administration/wordpress/post-formats/"""

IMAGE_SIZES = ("thumbnail", "medium", "large", "full")
"""The sizes of an image that the block editor offers, whatever the theme.

https://developer.wordpress.org/reference/hooks/image_size_names_choose/
"""


@dataclass(frozen=True)
class Key:
    """A key of front matter.

    Attributes:
        about: What it is for, in one line, for help and editors.
        takes: "words" is a list, "moment" a state or a time, "option" one of `options`, "language"
            a language code, "flag" true or false, "number" a whole number, "fields" a mapping of
            custom fields, "terms" a mapping of lists, "place" a location, "date" a day or a time.
        options: The values of an "option", or the names of "fields".
        platforms: Where it works; "everywhere" for all.
        kind: "post" or "page" if only these have it.
        setting: Its value goes to the site as it is, as one of `Draft.settings`. An absent line
            leaves the site's value alone.
    """

    about: str
    takes: Literal[
        "text",
        "words",
        "moment",
        "option",
        "language",
        "flag",
        "number",
        "fields",
        "terms",
        "place",
        "date",
    ] = "text"
    options: tuple[str, ...] = ()
    platforms: str = "everywhere"
    kind: Literal["", "post", "page"] = ""
    setting: bool = False


def _setting(
    about: str,
    takes: Literal["text", "option", "flag", "number", "fields", "terms", "place", "date"] = "text",
    options: tuple[str, ...] = (),
    *,
    platforms: str = "WordPress",
    kind: Literal["", "post", "page"] = "",
) -> Key:
    return Key(about, takes, options, platforms, kind, setting=True)


KEYS: Mapping[str, Key] = {
    "title": Key("The post's title. Quote it if it contains a colon"),
    "key": Key("The post's identity for blogkit. Default: the file's name"),
    "type": Key(
        "post, page, or a custom type of a WordPress site. Default: page for files in pages/, post"
        " for all others",
    ),
    "labels": Key("Labels on Blogger, tags on WordPress", "words"),
    "categories": Key("Categories on WordPress, labels on Blogger", "words"),
    "tags": Key("Tags on WordPress, labels on Blogger", "words"),
    "publish": Key(
        "now, draft, queue, private, pending, or a time such as 2026-12-01 07:00 in the blog's time"
        " zone. Default: new posts are drafts",
        "moment",
    ),
    "queue": Key(
        "With publish: queue, hold keeps the post from getting a slot", "option", ("hold",)
    ),
    "priority": Key(
        "With publish: queue: posts with a higher number get their slot first. Default: 0", "number"
    ),
    "every": Key("Publish the post again and again: days and a time, such as mon 06:00"),
    "from": Key("With every: the first day, such as 2026-12-01. Default: the next one"),
    "until": Key("With every: the last day"),
    "items": Key("With every: a table in your blog's folder, with a row for each time"),
    "sites": Key("The sites the post goes to. Default: the default site", "words"),
    "quiz": Key("The mock test's address, https://…, or a name if you don't have the address yet"),
    "excerpt": Key(
        'The summary shown in lists of posts; "" for none', platforms="WordPress, folders"
    ),
    "image": Key(
        "The featured image: a file such as images/miami.jpg, an address, or none",
        platforms="WordPress, folders",
    ),
    "image_alt": Key(
        "Alternative text of the featured image: what it shows", platforms="WordPress"
    ),
    "image_caption": _setting("The caption of the featured image"),
    "image_title": _setting("The name of the featured image in the media library"),
    "image_size": _setting(
        "The size of the local images in the text: thumbnail, medium, large or full",
        "option",
        IMAGE_SIZES,
    ),
    "slug": Key(
        "The last part of the post's address: talks-in-miami",
        platforms="WordPress, folders, Blogger",
    ),
    "allow": Key(
        "Active content that the post may have, such as [script, iframe]", "words", ACTIVE_KINDS
    ),
    "post_id": Key(
        "The id of a post that existed before blogkit. `adopt` and `pull` write it; the post's HTML"
        " is sent verbatim"
    ),
    "imported_from": Key(
        "The post of another blog that the file was made from. `import` writes it"
    ),
    "old_address": Key(
        "The address on the blog that the post was imported from. `import` writes it, and `export`"
        " keeps it"
    ),
    "old_date": Key(
        "The date of a draft or page on the blog that it was imported from. `import` writes it, and"
        " `export` keeps it"
    ),
    "language": Key("The post's language, if it is not the blog's: hi, en-IN", "language"),
    "date": _setting("The date of a draft, or with publish: now, of the post", "date"),
    "author": _setting("The author: a login, the name in the author's address, or id:3"),
    "password": _setting('The password that readers need; "" for none'),
    "sticky": _setting("true keeps the post at the top of the blog", "flag", kind="post"),
    "comments": _setting(
        "open or closed; on Blogger, hidden also hides those that are there",
        "option",
        ("open", "closed", "hidden"),
        platforms="WordPress, Blogger",
    ),
    "pings": _setting("Links from other blogs: open or closed", "option", ("open", "closed")),
    "format": _setting(
        "The post format, such as aside or gallery", "option", POST_FORMATS, kind="post"
    ),
    "parent": _setting(
        'The page above: its address (about/team), its key, or id:12; "" for none', kind="page"
    ),
    "template": _setting('The theme\'s template, such as page-wide.php; "" for the default'),
    "order": _setting("The page's place among others", "number", kind="page"),
    "taxonomies": _setting(
        "Terms of other taxonomies of the site: {genre: [Novels/Crime]}", "terms"
    ),
    "seo": _setting(
        "For search engines: {title: …, description: …}; on Blogger also robots: noindex",
        "fields",
        ("title", "description", "robots"),
    ),
    "meta": _setting("Custom fields that the site registers for its REST API", "fields"),
    "location": _setting(
        'Where the post is about: {name: Miami, lat: 25.76, lng: -80.19}; "" for nowhere',
        "place",
        platforms="Blogger",
        kind="post",
    ),
}
