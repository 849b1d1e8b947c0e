"""Remember a post as a digest of each field, and tell later which fields were edited."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from blogkit.errors import JournalError
from blogkit.platforms.base import Draft, Remote
from blogkit.platforms.unread import Glance, UnreadRemote, is_unread
from blogkit.sync.compare.fields import CATEGORIES, EXCERPT, IMAGE, SLUG

_STATUS, _MARKUP = "status", "HTML of the title or excerpt"
_ALWAYS = frozenset({"title", "body", "labels"})
_SPELLED = "spelled"
_LENGTH = 24
"""96 bits of a digest, as hexadecimal digits, are enough to see an edit."""
_SHORT = 100
"""Characters of a value whose digest is kept."""


def fingerprint(remote: Remote) -> str:
    """Return a digest per field, as JSON, so that a later comparison can name what changed."""
    from blogkit.html.blocks import has_blocks

    digests = {name: field_digest(value) for name, value in _fields(remote).items()}
    if has_blocks(remote.body):
        digests[_SPELLED] = _spelled(remote)
    return json.dumps(digests)


def edited_fields(last_seen: str, remote: Remote) -> tuple[str, ...]:
    """Return the fields in which a post differs from its fingerprint.

    A slug that was empty does not count: sites fill it in when a post goes live. Neither does how
    the block editor writes a body that it saves again.

    Args:
        last_seen: What `fingerprint` returned for an earlier reading.
        remote: The post as it is now.
    """
    if isinstance(remote, UnreadRemote) and is_unread(remote) and remote.last_seen == last_seen:
        return ()
    return _edited(read_fingerprint(last_seen), remote)


def _edited(before: dict[str, str], remote: Remote) -> tuple[str, ...]:
    now = _digests(remote)
    # The fingerprint of an older version may lack a field; and a status belongs to the state.
    changed = [
        name
        for name, value in now.items()
        if name in before and before[name] != value and name != _STATUS
    ]
    if "labels" in changed and CATEGORIES in changed:
        changed.remove(CATEGORIES)  # another name is another id, too
    if _MARKUP in changed and {"title", EXCERPT}.intersection(changed):
        changed.remove(_MARKUP)
    is_spelled = "body" in changed and _SPELLED in before
    if is_spelled and before[_SPELLED] == _spelled(remote):
        changed.remove("body")  # the block editor saved it, and nobody changed a word
    # A site makes the address when the post goes live, which is not an edit.
    return tuple(
        name for name in changed if not (name == SLUG and before[name] == field_digest(""))
    )


def _digests(remote: Remote) -> dict[str, str]:
    now = {name: field_digest(value) for name, value in _fields(remote).items()}
    if isinstance(remote, Glance):
        now["body"] = remote.body_digest[:_LENGTH]
    return now


def is_as_listed(last_seen: str, glance: Remote) -> bool:
    """Return whether what a listing shows without texts is as at a fingerprint.

    Args:
        last_seen: What `fingerprint` returned for an earlier reading.
        glance: The post in the listing.
    """
    before = read_fingerprint(last_seen)
    shown = {"title": glance.title, IMAGE: glance.featured_id, SLUG: glance.slug}
    return all(before.get(name) == field_digest(value) for name, value in shown.items())


def is_as_digested(last_seen: str, glance: Glance) -> bool:
    """Return whether what a listing shows with digests of texts is as at a fingerprint.

    Args:
        last_seen: What `fingerprint` returned for an earlier reading; one without the text's digest
            proves nothing.
        glance: The post in the listing.
    """
    now = _digests(glance)
    if json.dumps(now) == last_seen:  # as nearly every post of a site: it takes half the time
        return "body" in now
    before = read_fingerprint(last_seen)
    return "body" in before and not _edited(before, glance)


def status_changed(last_seen: str, remote: Remote) -> bool:
    """Return whether a post has another status, such as private, than at its fingerprint.

    Args:
        last_seen: What `fingerprint` returned for an earlier reading.
        remote: The post as it is now.
    """
    return read_fingerprint(last_seen).get(_STATUS, field_digest("")) != field_digest(remote.status)


def read_fingerprint(last_seen: str) -> dict[str, str]:
    """Return the digests by field that `fingerprint` returned as JSON.

    Raises:
        JournalError: It is damaged.
    """
    try:
        found: object = json.loads(last_seen)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise JournalError(
            "the journal's record of a post on the site is damaged", hint="run: blogkit doctor"
        )
    return found


def title_digest(last_seen: str) -> str:
    """Return the digest of the title that a post had at its fingerprint, as the site stores it.

    Args:
        last_seen: What `fingerprint` returned.
    """
    return read_fingerprint(last_seen).get("title", "")


def title_digests(title: str) -> set[str]:
    """Return the digests that `title_digest` may return for a title.

    Args:
        title: Plain text. Some sites store it as HTML, with or without its quotes escaped.
    """
    import html

    forms = (title, html.escape(title, quote=False), html.escape(title))
    return {field_digest(form) for form in forms}


def is_relevant(name: str, draft: Draft) -> bool:
    """Return whether we write this field. People may set the others on the site.

    Args:
        name: A name that `edited_fields` returns.
        draft: What the file asks for.
    """
    if name in _ALWAYS:
        return True
    named = {
        EXCERPT: draft.excerpt or "excerpt" in draft.cleared,
        IMAGE: draft.featured or draft.featured_url or "image" in draft.cleared,
        SLUG: draft.slug,
        CATEGORIES: draft.categories or "categories" in draft.cleared,
    }
    return bool(named.get(name, name in draft.settings))


def _spelled(remote: Remote) -> str:
    """Return the digest of a body in the one spelling of all its forms."""
    from blogkit.html.spelling import respell

    return field_digest(respell(remote.body))


def _fields(remote: Remote) -> dict[str, str]:
    # Two categories may have one name. Records of older versions have no ids.
    ids = {CATEGORIES: json.dumps(sorted(remote.category_ids))} if remote.category_ids else {}
    return {
        **ids,
        "title": remote.title,
        "body": remote.body,
        "labels": _terms(remote.labels, remote.categories, remote.tags),
        EXCERPT: remote.excerpt,
        IMAGE: remote.featured_id,
        SLUG: remote.slug,
        **({_STATUS: remote.status} if remote.status else {}),
        **({_MARKUP: remote.raw_title + remote.raw_excerpt} if remote.raw_title else {}),
        **{name: json.dumps(v, sort_keys=True) for name, v in remote.settings.items()},
    }


@lru_cache(maxsize=4096)
def _terms(*lists: tuple[str, ...]) -> str:
    return json.dumps([sorted(each) for each in lists])


def field_digest(value: str) -> str:
    """Return the digest of a field's value."""
    # Labels, and what is empty, are the same in many posts.
    return _digest_of_short(value) if len(value) < _SHORT else _digest(value)


def _digest(value: str) -> str:
    # A site's JSON may hold half a surrogate pair, which plain UTF-8 cannot encode
    # (https://docs.python.org/3/library/codecs.html#error-handlers).
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


_digest_of_short = lru_cache(maxsize=4096)(_digest)
