"""Serialise requests to and parse responses from `wp/v2`. Pure.

See https://developer.wordpress.org/rest-api/reference/posts/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from blogkit.errors import Unreadable
from blogkit.html import decode
from blogkit.html.inline_html import inline_html, inline_text
from blogkit.html.spelling import respell
from blogkit.platforms.base import Draft, PostKind, Ref, Remote, State
from blogkit.platforms.items import DamagedItem, id_of, unreadable
from blogkit.platforms.wordpress.settings import (
    SETTING_FIELDS,
    wordpress_fields,
    wordpress_settings,
)

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import WordPressPost

Taxonomy = Literal["categories", "tags"]
_TAXONOMIES: Mapping[Taxonomy, str] = {"categories": "category", "tags": "post_tag"}
_NO_NAMES: Mapping[int, str] = {}

_STATES = {
    "publish": State.LIVE,
    "private": State.LIVE,  # published for a limited audience, so it must not be published again
    "future": State.SCHEDULED,
    "trash": State.TRASHED,
}
"""Any other status is a draft: `draft`, `auto-draft`, `pending` (it waits for an editor), and those
of plugins.
"""
_NAMED = frozenset({"publish", "future", "draft", "trash"})
"""The statuses that a `State` names; a post that is restored gets any other one by its word."""
_STATUSES = {
    State.LIVE: ("publish", "private"),
    State.SCHEDULED: ("future",),
    State.DRAFT: ("draft", "pending"),
    State.TRASHED: ("trash",),
}

# Without the rendered fields, WordPress does not run every post of a list through its themes' and
# plugins' filters. That leaves two costs of 4 ms a post each, on 7.1: for the names of its terms,
# which a list of posts can have in one more request, and for `excerpt.raw`, as WordPress makes an
# excerpt of the content whether it is asked for or not.
_LISTED = f"id,type,status,link,slug,date_gmt,modified_gmt,title.raw,content.raw,categories,tags,featured_media,{','.join(SETTING_FIELDS)}"  # noqa: E501
_EDIT = ("context", "edit")
READ = (_EDIT, ("_embed", "wp:term"), ("_fields", f"{_LISTED},excerpt.raw,_links,_embedded"))
LIST = (_EDIT, ("_fields", f"{_LISTED},excerpt.raw"))
AGAIN = (_EDIT, ("_fields", _LISTED))
GLANCE = (
    _EDIT,
    ("_fields", "id,type,status,link,slug,date_gmt,modified_gmt,title.raw,featured_media"),
)
"""The parameters that ask for one post, a list, a list of posts seen before, and time stamps."""

# A slug that is taken gets a number, without an error:
# https://developer.wordpress.org/reference/functions/wp_unique_post_slug/
_NUMBERED = re.compile(r"-\d+\Z")


def statuses(states: Iterable[State]) -> str:
    """Return the `status` parameter that lists posts in these states, comma-separated."""
    return ",".join(status for state in states for status in _STATUSES[state])


def answer_params(fields: Mapping[str, Any], *, seen: bool) -> tuple[tuple[str, str], ...]:
    """Return the parameters that ask for a post in the answer to a change.

    Args:
        fields: What is sent. A change of the text asks for what readers get, too.
        seen: The post was seen before, with its excerpt.
    """
    asked: Sequence[tuple[str, str]] = AGAIN if seen and "excerpt" not in fields else LIST
    if {"categories", "tags"} & fields.keys():
        asked = READ  # the names of other terms are known by now
    more = ",content.rendered" if "content" in fields else ""
    return tuple((name, value + more if name == "_fields" else value) for name, value in asked)


def ref_of(number: int, name: str) -> Ref:
    """Return where a site has a post.

    Args:
        number: WordPress's own number of it.
        name: The name of its type.
    """
    if name == "page":
        return Ref(str(number), "page")
    return Ref(str(number) if name == "post" else f"{name}-{number}")


def read_post(data: object, name: str, asked: str = "") -> WordPressPost:
    """Return the resource in a response to a request with `READ`.

    Args:
        data: Decoded JSON.
        name: The name of its type, as asked for.
        asked: The number that was asked for; empty for any.

    Raises:
        DamagedItem: A field is not what WordPress documents, or it is another post.
    """
    from blogkit.platforms.models import parse
    from blogkit.platforms.wordpress.models import WordPressPost

    post = parse(WordPressPost, data)
    if post.type != name or asked not in ("", str(post.id)):
        raise DamagedItem(f"the answer is about {post.type} {post.id}")
    return post


def remote_from_wordpress(post: WordPressPost, names: Mapping[int, str] = _NO_NAMES) -> Remote:
    """Return a post.

    WordPress keeps title and excerpt as HTML; here they are text, beside their raw forms. A draft's
    date is one of its settings.

    Args:
        post: The resource.
        names: Of the terms in `unnamed_terms`, by id.
    """
    state = _STATES.get(post.status, State.DRAFT)
    categories, tags = (_terms(post, taxonomy, names) for taxonomy in ("categories", "tags"))
    return Remote(
        ref=ref_of(post.id, post.type),
        title=inline_text(post.title.raw),
        body=post.content.raw,
        state=state,
        url=post.link,
        at=None if state is State.DRAFT else post.date_gmt,
        updated=post.modified_gmt,
        categories=tuple(categories.values()),
        tags=tuple(tags.values()),
        slug=unquote(post.slug),
        excerpt=inline_text(post.excerpt.raw) if post.excerpt else "",
        featured_id=str(post.featured_media or ""),
        status="" if post.status in _NAMED else post.status,
        type="" if post.type in ("post", "page") else post.type,
        category_ids=tuple(map(str, categories)),
        tag_ids=tuple(map(str, tags)),
        raw_title=post.title.raw,
        raw_excerpt=post.excerpt.raw if post.excerpt else "",
        settings=wordpress_settings(post),
    )


def named_terms(post: WordPressPost) -> dict[Taxonomy, dict[int, str]]:
    """Return the names of a post's terms that its answer has, by id.

    It has all ids, and at most 100 names of each taxonomy, or 10 in the answer to a write
    (https://github.com/WordPress/gutenberg/issues/11524); without `_embed` it has none.
    """
    return {taxonomy: _terms(post, taxonomy, _NO_NAMES) for taxonomy in _TAXONOMIES}


def unnamed_terms(posts: Iterable[WordPressPost]) -> dict[Taxonomy, list[int]]:
    """Return the ids of the terms of some posts whose names their answer lacks, each once."""
    found: dict[Taxonomy, dict[int, None]] = {taxonomy: {} for taxonomy in _TAXONOMIES}
    for post in posts:
        for taxonomy, named in named_terms(post).items():
            ids = _ids(post, taxonomy)
            found[taxonomy] |= dict.fromkeys(number for number in ids if number not in named)
    return {taxonomy: list(ids) for taxonomy, ids in found.items()}


def unreadable_resource(
    site: str, kind: PostKind, item: object, damage: str, post_id: str = ""
) -> Unreadable:
    """Return the error for a post that cannot be read.

    Args:
        site: The site's name in blogkit.toml.
        kind: Post or page.
        item: The resource as it came.
        damage: What is wrong with it, in words.
        post_id: The post's id, if one post was asked for.
    """
    content = item.get("content") if isinstance(item, dict) else None
    body = content.get("raw") if isinstance(content, dict) else None
    return unreadable(site, kind, damage, post_id=post_id or id_of(item), body=body)


def _terms(post: WordPressPost, taxonomy: Taxonomy, names: Mapping[int, str]) -> dict[int, str]:
    """Return the names of a post's terms by id, those with a name."""
    named: dict[int, str] = {}
    for terms in post.embedded.terms:
        for term in terms:
            number, name = term.get("id"), term.get("name")
            ours = term.get("taxonomy") == _TAXONOMIES[taxonomy]
            if ours and isinstance(number, int) and isinstance(name, str):
                named[number] = decode(name)
    more = {number: names[number] for number in _ids(post, taxonomy) if number in names}
    return named | more


def ids_by_name(names: Sequence[str], ids: Sequence[str]) -> dict[str, int]:
    """Return the ids of a post's terms by name; {} if they are not all known.

    Args:
        names: The terms of one taxonomy.
        ids: Their ids, in the same order.
    """
    return dict(zip(names, map(int, ids), strict=True)) if len(names) == len(ids) else {}


def _ids(post: WordPressPost, taxonomy: Taxonomy) -> list[int]:
    return post.categories if taxonomy == "categories" else post.tags


def may_post_raw_html(post: object) -> bool:
    """Return whether this account's HTML is kept as sent, by the links of a post.

    The account's capabilities do not tell: they ignore DISALLOW_UNFILTERED_HTML and multisite
    (https://developer.wordpress.org/reference/functions/map_meta_cap/).
    """
    links = post.get("_links") if isinstance(post, dict) else None
    return isinstance(links, dict) and any(
        name in links
        for name in ("wp:action-unfiltered-html", "https://api.w.org/action-unfiltered-html")
    )


def wordpress_time(moment: datetime) -> str:
    """Return a time in the form of `date_gmt`: UTC, whole seconds, no suffix."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def post_fields(
    draft: Draft, *, tags: Sequence[int], categories: Sequence[int], featured: int
) -> dict[str, Any]:
    """Return the fields to send for a post.

    The site keeps what the file does not name (slug, excerpt, categories, image).

    Args:
        draft: The post, with its files uploaded.
        tags: Ids of labels and tags.
        categories: Ids of categories.
        featured: The id of the featured image; 0 for none.
    """
    fields: dict[str, Any] = {"title": inline_html(draft.title), "content": draft.body}
    if draft.slug:
        fields["slug"] = draft.slug
    # A page keeps an excerpt, too, though its editor shows none (6.1 to 7.1).
    if draft.excerpt or "excerpt" in draft.cleared:
        fields["excerpt"] = inline_html(draft.excerpt)
    if draft.kind == "post":
        fields["tags"] = tags
        if categories or "categories" in draft.cleared:
            fields["categories"] = categories
    if featured or "image" in draft.cleared:
        fields["featured_media"] = featured
    return fields


def metadata(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a post's fields under WordPress's names.

    Args:
        values: Fields of `Remote`. Categories and tags stay names; the caller turns them into ids.
    """
    fields = {name: values[name] for name in ("slug", "categories", "tags") if name in values}
    for name in ("title", "excerpt"):
        if f"raw_{name}" in values:
            fields[name] = values[f"raw_{name}"]
        elif name in values:
            fields[name] = escape(values[name], quote=False)
    if "body" in values:
        fields["content"] = values["body"]
    if "featured_id" in values:
        fields["featured_media"] = int(values["featured_id"] or 0)
    return fields | wordpress_fields(values.get("settings", {}), {})


def unchanged_fields(draft: Draft, found: Remote) -> frozenset[str]:
    """Return the fields of a post that already are as in the draft.

    White space in title and excerpt does not count: files have them on one line. Neither does the
    spelling of our own blocks, which is the editor's or the filter's.

    Args:
        draft: The desired post.
        found: The post as it is.

    Returns:
        WordPress's names of the fields that need not be sent.
    """
    equal = {
        "title": draft.title.split() == found.title.split(),
        "content": draft.body == found.body
        or (not draft.exact and respell(draft.body) == respell(found.body)),
        "excerpt": draft.excerpt.split() == found.excerpt.split(),
        "slug": _same_slug(draft.slug, found.slug),
        "categories": _names_of(draft.categories) == _names_of(found.categories),
        "tags": _names_of((*draft.labels, *draft.tags)) == _names_of(found.tags),
    }
    return frozenset(name for name, is_equal in equal.items() if is_equal)


def _names_of(terms: Iterable[str]) -> set[str]:
    return {" ".join(term.split()).casefold() for term in terms}


def _same_slug(wanted: str, found: str) -> bool:
    """Return whether a slug is the desired one, or a numbered variant because that is taken."""
    return found == wanted or (
        found.startswith(wanted) and bool(_NUMBERED.fullmatch(found.removeprefix(wanted)))
    )


def dropped(fields: Mapping[str, Any], post: WordPressPost) -> list[str]:
    """Return the fields that the site left out without an error.

    Terms and images that do not exist are ignored with status 200. The read-back finds losses of
    the body.

    Args:
        fields: What was sent.
        post: The post in the response.
    """
    kept = {"tags": post.tags, "categories": post.categories}
    left_out = [
        name
        for name in kept
        if name in fields
        and set(kept[name]) != set(fields[name])
        # A post without a category gets the default one
        # (https://developer.wordpress.org/reference/functions/wp_set_post_categories/).
        and not (name == "categories" and not fields[name] and len(kept[name]) == 1)
    ]
    image = fields.get("featured_media", post.featured_media)
    return left_out if post.featured_media == image else [*left_out, "featured_media"]
