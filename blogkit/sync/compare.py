"""Compare a post with an earlier state of itself, with the desired one, or with an interrupted one.

State and time stamps are not compared: a scheduled post that went live, or a stamp that the site
touched, is not an edit.
"""

from __future__ import annotations

import hashlib
import html
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from blogkit.decoding import decode_json, decompress
from blogkit.errors import JournalError
from blogkit.html import decode
from blogkit.html.blocks import has_blocks
from blogkit.html.spelling import respell
from blogkit.journal.records import damaged_copy
from blogkit.platforms.base import Capabilities, Draft, Platform, Remote
from blogkit.platforms.conflicts import as_read, term_name
from blogkit.platforms.settings import META, arrow, changed_settings, fits
from blogkit.platforms.terms import SiteTerms, terms_by_name
from blogkit.platforms.unread import UnreadRemote, is_unread
from blogkit.regions import sentinel_id, with_sentinel_id, without_keys

EXCERPT, IMAGE, SLUG, CATEGORIES = "excerpt", "featured image", "slug", "categories"
_STATUS, _MARKUP = "status", "HTML of the title or excerpt"
_ALWAYS = frozenset({"title", "body", "labels"})
_SPELLED = "spelled"
_FOR_EXCERPTS = frozenset({"quotes"})
COMPARED = frozenset({"title", "body", "labels", CATEGORIES, EXCERPT})
"""The fields of which `differences` can tell that they are as we mean; of others only that they
are there.
"""


def fingerprint(remote: Remote) -> str:
    """Return a digest per field, as JSON, so that a later comparison can name what changed."""
    digests = {name: _short(value) for name, value in _fields(remote).items()}
    if has_blocks(remote.body):
        digests[_SPELLED] = _short(respell(remote.body))
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
    before = read_fingerprint(last_seen)
    now = {name: _short(value) for name, value in _fields(remote).items()}
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
    if is_spelled and before[_SPELLED] == _short(respell(remote.body)):
        changed.remove("body")  # the block editor saved it, and nobody changed a word
    # A site makes the address when the post goes live, which is not an edit.
    return tuple(name for name in changed if not (name == SLUG and before[name] == _short("")))


def is_as_listed(last_seen: str, glance: Remote) -> bool:
    """Return whether what a listing shows without texts is as at a fingerprint.

    Args:
        last_seen: What `fingerprint` returned for an earlier reading.
        glance: The post in the listing.
    """
    before = read_fingerprint(last_seen)
    shown = {"title": glance.title, IMAGE: glance.featured_id, SLUG: glance.slug}
    return all(before.get(name) == _short(value) for name, value in shown.items())


def status_changed(last_seen: str, remote: Remote) -> bool:
    """Return whether a post has another status, such as private, than at its fingerprint.

    Args:
        last_seen: What `fingerprint` returned for an earlier reading.
        remote: The post as it is now.
    """
    return read_fingerprint(last_seen).get(_STATUS, _short("")) != _short(remote.status)


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


def had_title(last_seen: str, title: str) -> bool:
    """Return whether a post had this title at its fingerprint; some sites store titles escaped.

    Args:
        last_seen: What `fingerprint` returned.
        title: Plain text.
    """
    # Some sites store a title as HTML, with or without its quotes escaped.
    return read_fingerprint(last_seen).get("title") in {
        _short(title),
        _short(html.escape(title, quote=False)),
        _short(html.escape(title)),
    }


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


@dataclass(frozen=True)
class Expected:
    """What a site should show of a post, with quiz links resolved and known rewrites applied.

    Attributes:
        terms: Labels, categories and tags together, because sites differ in which they have; None
            for pages, which have none.
        any_category: Whether a category that is not in `terms` is fine.
        excerpt: "" if any excerpt is fine.
        image: Whether the post should have a featured image.
        interim: The title that the post may have while its address is being made; "" if none.
        category_ids: The site's ids of the categories, as several may have one name; () for any.
        raw_title: The title's HTML, if it must be exactly this; "" if only its text matters.
        raw_excerpt: The excerpt's HTML in the same way.
        settings: Further values that it should have.
        cleared: Of excerpt and image, those that should be empty.
        accept: What the site may rewrite: kinds of `blogkit.sanitizers.rewrites`.
    """

    title: str
    body: str
    terms: tuple[str, ...] | None = ()
    any_category: bool = False
    excerpt: str = ""
    image: bool = False
    interim: str = ""
    category_ids: tuple[str, ...] = ()
    raw_title: str = ""
    raw_excerpt: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    cleared: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()

    def pack(self) -> bytes:
        """Return the values as bytes for the journal."""
        # The journal keeps one of these for every write, and HTML repeats itself.
        return zlib.compress(json.dumps(asdict(self)).encode())

    @staticmethod
    def unpack(data: bytes, action: int = 0) -> Expected:
        """Return the values of bytes that `pack` returned.

        Args:
            data: The bytes.
            action: The action that they are stored with, for messages.

        Raises:
            JournalError: They are damaged.
        """
        try:
            values = decode_json(decompress(data).decode())
            terms = None if values["terms"] is None else tuple(values["terms"])
            names = ("category_ids", "cleared", "accept")
            lists = {name: tuple(values.get(name, ())) for name in names}
            settings = dict(values.get("settings", {}))  # a TypeError for anything else
            return Expected(**values | lists | {"terms": terms, "settings": settings})
        except (ValueError, TypeError, KeyError) as error:
            raise damaged_copy(action) from error


def expected_on(platform: Platform, draft: Draft, found: Remote | None) -> Expected:
    """Return what a site should show of a draft.

    Args:
        platform: The site. It may be asked for its terms and other names, once a run.
        draft: The draft, with its files uploaded.
        found: The post as the site has it; None for a new one.
    """
    draft = marked_as(draft, found) if found else draft
    terms = platform.site_terms(draft, found)
    draft = platform.resolve(draft)
    return expected_from_draft(draft, platform.expected_body(draft), platform.capabilities, terms)


def marked_as(draft: Draft, found: Remote) -> Draft:
    """Return a draft with the id beside its key that the site's post has there, if any.

    After a move to another server, it is an older id.

    Args:
        draft: The draft.
        found: The post as the site has it.
    """
    post_id = sentinel_id(found.body)
    return marked_with_id(draft, post_id) if post_id else draft


def as_shown(platform: Platform, draft: Draft, found: Remote) -> Draft:
    """Return a draft to show beside a post: what the site writes in another way is alike in it.

    Args:
        platform: The site. It may be asked for its terms, once a run.
        draft: The draft, with its files uploaded.
        found: The post as the site has it.
    """
    terms = platform.site_terms(draft, found).names
    return replace(marked_as(draft, found), labels=terms, categories=(), tags=())


def marked_with_id(draft: Draft, post_id: str) -> Draft:
    """Return a draft whose comment with the key carries the id of the post that it is for.

    Args:
        draft: The draft.
        post_id: The site's id of the post.
    """
    return replace(draft, body=with_sentinel_id(draft.body, draft.key, post_id))


def expected_from_draft(
    draft: Draft, body: str, capabilities: Capabilities, terms: SiteTerms | None = None
) -> Expected:
    """Return what the site should show of this draft.

    Args:
        draft: The draft, resolved and with its files uploaded.
        body: `platform.expected_body(draft)`.
        capabilities: What the platform stores at all.
        terms: What the site makes of the draft's terms; None takes them by their names.
    """
    terms = terms or terms_by_name(draft)
    return Expected(
        title=draft.title,
        body=body,
        terms=terms.names if draft.kind == "post" else None,
        any_category=not draft.categories,
        excerpt=draft.excerpt if capabilities.excerpt else "",
        image=capabilities.featured_image and bool(draft.featured or draft.featured_url),
        interim=draft.slug if capabilities.slug == "by-title" else "",
        category_ids=terms.category_ids,
        settings=draft.settings,
        cleared=_cleared(draft, capabilities),
        accept=capabilities.accept,
    )


def _cleared(draft: Draft, capabilities: Capabilities) -> tuple[str, ...]:
    can = {EXCERPT: capabilities.excerpt, "image": capabilities.featured_image}
    return tuple(name for name in draft.cleared if can.get(name))


def expected_from_remote(wanted: Remote, seen: Remote | None = None) -> Expected:
    """Return what the site should show after a post is set to `wanted`.

    Args:
        wanted: The post as it should be.
        seen: The post as it is; only settings that differ from it are compared.
    """
    settings = changed_settings(wanted.settings, seen.settings) if seen else ()
    terms = (
        (*wanted.labels, *wanted.categories, *wanted.tags) if wanted.ref.kind == "post" else None
    )
    return Expected(
        wanted.title,
        wanted.body,
        terms,
        excerpt=wanted.excerpt,
        image=bool(wanted.featured_id),
        raw_title=wanted.raw_title if seen and seen.raw_title else "",
        raw_excerpt=wanted.raw_excerpt if seen and seen.raw_excerpt else "",
        settings={name: wanted.settings[name] for name in settings},
        cleared=_emptied(wanted, seen) if seen else (),
    )


def _emptied(wanted: Remote, seen: Remote) -> tuple[str, ...]:
    """Return the fields that a post has and should not have."""
    excerpt = seen.excerpt and not wanted.excerpt
    image = seen.featured_id and not wanted.featured_id
    return (*((EXCERPT,) if excerpt else ()), *(("image",) if image else ()))


def expected_unchanged(remote: Remote, interim: str) -> Expected:
    """Return what the site already shows, for an action that does not change the content.

    Args:
        remote: The post as the plan saw it.
        interim: The title that it may have while its address is being made.
    """
    return Expected(
        remote.title,
        remote.body,
        (*remote.labels, *remote.categories, *remote.tags),
        any_category=True,
        interim=interim,
    )


@dataclass(frozen=True)
class Comparison:
    """How a post compares with the expected content.

    Attributes:
        fields: The ones that differ.
        losses: What the site did not keep, as sentences. Additional labels are not a loss.
        notes: What it added or rewrote without harm, or as the user accepts, as sentences.
        unexplained: Of the fields, those that differ in more than the notes tell.
    """

    fields: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()


def compare(expected: Expected, remote: Remote) -> Comparison:
    """Return how a post compares with the expected content.

    Args:
        expected: What it should be.
        remote: The post as it is.
    """
    notes: list[tuple[str, str]] = []
    found = list(_compared(expected, remote, notes))
    unexplained = tuple(dict.fromkeys(name for name, _ in found))
    return Comparison(
        fields=tuple(dict.fromkeys([*unexplained, *(name for name, _ in notes)])),
        losses=tuple(sentence for _, sentence in found if sentence),
        notes=tuple(sentence for _, sentence in notes),
        unexplained=unexplained,
    )


def is_result_of(expected: Expected, remote: Remote) -> bool:
    """Return whether a site shows what an interrupted action sent, completely or in part.

    Args:
        expected: What the action was to achieve.
        remote: The post as it is now.
    """
    if expected.interim and remote.title == expected.interim:
        expected = replace(expected, title=expected.interim)
    return not differences(expected, remote)


def differences(expected: Expected, remote: Remote) -> tuple[str, ...]:
    """Return the fields in which a site differs from the expected content.

    Args:
        expected: What it should be.
        remote: The post as it is.
    """
    return compare(expected, remote).fields


def _compared(
    expected: Expected, remote: Remote, notes: list[tuple[str, str]]
) -> Iterable[tuple[str, str]]:
    accept = frozenset(expected.accept)
    if changed := _changed_text("title", expected.title, remote.title, accept, notes):
        yield "title", changed
    meant, stored = without_keys(expected.body, remote.body)
    if meant != stored and respell(meant) != respell(stored):
        # they bring an HTML parser, which a run without differences does not need
        from blogkit.sanitizers.compare import losses
        from blogkit.sanitizers.rewrites import harmless_changes

        harmless = harmless_changes(meant, stored, accept)
        if harmless is None:
            yield from (("body", sentence) for sentence in losses(meant, stored))
        notes += [("body", sentence) for sentence in harmless or ()]
    yield from _compared_terms(expected, remote)
    excerpt = expected.excerpt
    if excerpt and (
        changed := _changed_text(EXCERPT, excerpt, remote.excerpt, accept & _FOR_EXCERPTS, notes)
    ):
        yield EXCERPT, changed
    if expected.image and not remote.featured_id:
        yield IMAGE, "the site shows no featured image"
    if "excerpt" in expected.cleared and remote.excerpt:
        yield EXCERPT, "the site kept the excerpt"
    if "image" in expected.cleared and remote.featured_id:
        yield IMAGE, "the site kept the featured image"
    for name, raw in (("title", expected.raw_title), (EXCERPT, expected.raw_excerpt)):
        found = getattr(remote, f"raw_{name}")
        if raw and raw != found and decode(raw) == decode(found):
            yield name, f"the site changed the HTML of the {name}: {raw} → {found}"
    for name, value in expected.settings.items():
        if name.startswith(META) and name not in remote.settings:
            yield name, f"the site does not keep the custom field {name.removeprefix(META)}"
        if name in remote.settings and not fits(value, remote.settings[name]):
            kept = arrow(name, value, remote.settings[name])
            yield name, f"the site did not keep {kept}"


def _changed_text(
    name: str, meant: str, stored: str, accept: frozenset[str], notes: list[tuple[str, str]]
) -> str:
    """Return how a site changed a title or an excerpt; "" if it did not, or as is accepted."""
    if as_read(meant) == as_read(stored):
        return ""
    from blogkit.sanitizers.rewrites import same_text

    sentence = f'the site changed the {name}: "{meant}" → "{stored}"'
    if not same_text(as_read(meant), as_read(stored), accept):
        return sentence
    notes.append((name, sentence))
    return ""


def _compared_terms(expected: Expected, remote: Remote) -> Iterable[tuple[str, str]]:
    if expected.terms is None:
        return
    theirs = (*remote.labels, *remote.categories, *remote.tags)
    has = {term_name(term) for term in theirs}
    missing = [term for term in expected.terms if term_name(term) not in has]
    if missing:
        yield "labels", f"the site dropped the label{'s' * (len(missing) > 1)} {', '.join(missing)}"
    # A site adds its default category to a post without one; that is not an edit.
    ours = {term_name(term) for term in expected.terms}
    extra = {
        term_name(term)
        for term in (
            *remote.labels,
            *remote.tags,
            *(() if expected.any_category else remote.categories),
        )
    } - ours
    others = set(expected.category_ids) ^ set(remote.category_ids)
    if extra or (expected.category_ids and remote.category_ids and others):
        yield "labels", ""


def _fields(remote: Remote) -> dict[str, str]:
    terms = [sorted(remote.labels), sorted(remote.categories), sorted(remote.tags)]
    # Two categories may have one name. Records of older versions have no ids.
    ids = {CATEGORIES: json.dumps(sorted(remote.category_ids))} if remote.category_ids else {}
    return {
        **ids,
        "title": remote.title,
        "body": remote.body,
        "labels": json.dumps(terms),
        EXCERPT: remote.excerpt,
        IMAGE: remote.featured_id,
        SLUG: remote.slug,
        **({_STATUS: remote.status} if remote.status else {}),
        **({_MARKUP: remote.raw_title + remote.raw_excerpt} if remote.raw_title else {}),
        **{name: json.dumps(v, sort_keys=True) for name, v in remote.settings.items()},
    }


def _short(value: str) -> str:
    # A site's JSON may hold half a surrogate pair, which plain UTF-8 cannot encode
    # (https://docs.python.org/3/library/codecs.html#error-handlers). 96 bits are enough to see an
    # edit.
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:24]
