"""Merge a file's changes with a site's, field by field. Pure.

| the file, against what it last asked for | the site, against that | the post gets             |
|------------------------------------------|------------------------|---------------------------|
| as it was                                | changed                | the site's value          |
| changed                                  | as it was              | the file's value          |
| changed                                  | changed to the same    | that value                |
| changed                                  | changed to another     | nothing: it is a conflict |

Labels, categories and tags are sets: what either side added or removed is added or removed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import partial
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.html.spelling import respell
from blogkit.platforms.base import Draft, Remote, TermStorage
from blogkit.platforms.conflicts import as_read
from blogkit.platforms.settings import fits, setting_text
from blogkit.regions import without_keys
from blogkit.sync.merging.terms import merge_terms

Values = Mapping[str, Any]
"""Values of fields, by the field's name in `Remote`."""

_IMAGE, _CLEARED = "image", "cleared"
"""The names under which a file's own name of its featured image, and the fields that it empties,
are remembered.
"""
SETTINGS = "settings"
"""The name of all further values together."""


@dataclass(frozen=True)
class FieldConflict:
    """A field that both sides changed, to different values.

    Attributes:
        name: The field's name for people.
        there: The value on the site.
        here: The value in the file.
    """

    name: str
    there: str
    here: str


@dataclass(frozen=True)
class Merge:
    """A merged post.

    Attributes:
        draft: What the site should get.
        asked: The file's values of fields where the site's stay: the base of the next merge.
        kept: What stays of the site's changes, as clauses such as "keeps the title that was
            changed on the site".
        conflicts: The fields that cannot be merged.
        differs: The fields in which the site differs from `draft`; the caller compares them.
    """

    draft: Draft
    asked: Values = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    conflicts: tuple[FieldConflict, ...] = ()
    differs: tuple[str, ...] = ()

    def keeping(self, draft: Draft, clause: str, asked: Values) -> Merge:
        """Return the merge with a value of the site.

        Args:
            draft: The draft with it.
            clause: What is kept, in words; "" if people need not know.
            asked: The file's own value.
        """
        kept = (*self.kept, clause) if clause else self.kept
        return replace(self, draft=draft, kept=kept, asked={**self.asked, **asked})

    def clashing(self, name: str, there: str, here: str) -> Merge:
        """Return the merge with a conflict.

        Args:
            name: The field's name for people.
            there: The value on the site.
            here: The value in the file.
        """
        return replace(self, conflicts=(*self.conflicts, FieldConflict(name, there, here)))


@dataclass(frozen=True)
class FileValues:
    """What a file asks for, in the form in which its site would store it.

    Attributes:
        body: The body.
        category_ids: The site's ids of the categories; () if they are not known.
        settings: The further values.
        accept: What the site may rewrite: kinds of `blogkit.sanitizers.rewrites`.
    """

    body: str
    category_ids: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    accept: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Field:
    """A field with one value.

    Attributes:
        name: Its name in `Remote` and in `Draft`.
        same: Whether a site that may rewrite some things shows what was meant.
        left: Whether the site decides where the file names none.
        made: Whether a site's first value is its own, and not a person's.
    """

    name: str
    same: Callable[[str, str, frozenset[str]], bool]
    left: bool = True
    made: bool = False


def _reads_alike(meant: str, stored: str, accept: frozenset[str]) -> bool:
    from blogkit.sanitizers.rewrites import same_text

    one, other = as_read(meant), as_read(stored)
    return one == other or (bool(accept) and same_text(one, other, accept))


def _shows_alike(meant: str, stored: str, accept: frozenset[str]) -> bool:
    one, other = without_keys(meant, stored)
    if one == other or respell(one) == respell(other):
        return True
    # It brings an HTML parser, which a run without differences does not need.
    from blogkit.sanitizers.rewrites import harmless_changes

    return harmless_changes(one, other, accept) is not None


def _is_numbered(meant: str, stored: str, accept: frozenset[str]) -> bool:  # noqa: ARG001
    """Return whether two addresses are the same, or one has a number because it was taken."""
    short, long = sorted((meant, stored), key=len)
    return long.removeprefix(short).lstrip("-").isdecimal() if long != short else True


_FIELDS = (
    _Field("title", _reads_alike, left=False),
    _Field("body", _shows_alike, left=False),
    _Field("excerpt", _reads_alike),
    _Field("slug", _is_numbered, made=True),
)
MERGED = (*(one.name for one in _FIELDS), "labels", "categories", "tags", "category_ids", SETTINGS)
"""The fields of `Remote` whose values are merged."""


def merge(
    base: Remote, asked: Values, draft: Draft, here: FileValues, there: Remote, stored: TermStorage
) -> Merge:
    """Return what a post should become.

    Args:
        base: The post when file and site last agreed.
        asked: What the file then asked for where `base` has the site's own values.
        draft: What the file asks for now.
        here: The same as the site would store it.
        there: The post on the site now.
        stored: How the platform stores labels, categories and tags.
    """
    was = as_asked(base, asked)
    done = Merge(draft, asked_always(draft))
    for one in _FIELDS:
        mine = here.body if one.name == "body" else getattr(draft, one.name)
        newly = one.name in draft.cleared and one.name not in asked.get(_CLEARED, ())
        same = partial(_same, one, here.accept)
        done = _one_value(done, one, same, mine, was, there, newly_cleared=newly)
    done = _settings(done, here.settings, was.settings, there.settings)
    done = _image(done, was, asked, there)
    terms = merge_terms(done.draft, here.category_ids, was, there, stored)
    return replace(
        done,
        draft=terms.draft,
        asked={**done.asked, **terms.asked},
        kept=(*done.kept, *terms.kept),
    )


def as_asked(base: Remote, asked: Values) -> Remote:
    """Return a post with the file's values where the site's own were kept.

    In these fields, both sides' changes are counted from what the file asked for.

    Args:
        base: The post when file and site last agreed.
        asked: What the file then asked for where the post has the site's own values.
    """
    values = {name: value for name, value in asked.items() if name in MERGED}
    return replace(base, **values | {SETTINGS: {**base.settings, **asked.get(SETTINGS, {})}})


def asked_always(draft: Draft) -> Values:
    """Return what is remembered of a file because no site tells it."""
    values = {_IMAGE: _image_of(draft), _CLEARED: draft.cleared}
    return {name: value for name, value in values.items() if value}


def _same(one: _Field, accept: frozenset[str], meant: str, stored: str) -> bool:
    return one.same(meant, stored, accept)


def _one_value(
    done: Merge,
    one: _Field,
    same: Callable[[str, str], bool],
    mine: str,
    was: Remote,
    there: Remote,
    *,
    newly_cleared: bool,
) -> Merge:
    old, new = getattr(was, one.name), getattr(there, one.name)
    silent = one.left and not mine and one.name not in done.draft.cleared
    styled = _is_styled(one.name, was, there)
    if new == old and not styled:
        return done
    if (one.made and not (mine and old)) or (silent and old):
        return done
    if (same(mine, old) and not newly_cleared) or same(mine, new):
        cleared = tuple(name for name in done.draft.cleared if name != one.name)
        draft = replace(done.draft, **{one.name: new, "cleared": cleared})
        if silent or same(mine, new):
            return done.keeping(draft, "", {})
        clause = f"keeps the {one.name} that was changed on the site"
        return done.keeping(draft, clause, {one.name: mine})
    # What a site adds of itself is no loss, and what a person adds would be one.
    only_written = not styled and (
        _is_respelled(old, new) if one.name == "body" else same(old, new)
    )
    return done if only_written else done.clashing(one.name, new, mine)


def _is_respelled(old: str, new: str) -> bool:
    from blogkit.sanitizers.normal_form import normal_form

    return respell(old) == respell(new) or normal_form(old) == normal_form(new)


def _is_styled(name: str, was: Remote, there: Remote) -> bool:
    """Return whether the HTML of a title or an excerpt was changed, such as for emphasis."""
    old, new = (getattr(post, f"raw_{name}", "") for post in (was, there))
    return bool(old and new and old != new)


def _settings(
    done: Merge, here: Mapping[str, Any], was: Mapping[str, Any], there: Mapping[str, Any]
) -> Merge:
    """Merge further values. What the site did not tell before counts as unchanged."""
    for name, mine in here.items():
        if name not in was or name not in there or fits(was[name], there[name]):
            continue
        value = setting_text(name, there[name])
        if fits(mine, was[name]) and not fits(mine, there[name]):
            settings = {**done.draft.settings, name: there[name]}
            asked = {SETTINGS: {**done.asked.get(SETTINGS, {}), name: mine}}
            clause = f"keeps {name}: {value} as set on the site"
            done = done.keeping(replace(done.draft, settings=settings), clause, asked)
        elif not fits(mine, there[name]):
            done = done.clashing(name, value, setting_text(name, mine))
    return done


def _image_of(draft: Draft) -> str:
    return draft.featured.sha256 if draft.featured else draft.featured_url


def _image(done: Merge, was: Remote, asked: Values, there: Remote) -> Merge:
    """Merge the featured image.

    A site names images in its own way, so only what the file asked for tells whether it changed.
    """
    mine, cleared = _image_of(done.draft), _IMAGE in done.draft.cleared
    if there.featured_id == was.featured_id or not (mine or cleared):
        return done
    if mine != asked.get(_IMAGE, "") or (cleared and _IMAGE not in asked.get(_CLEARED, ())):
        return done.clashing("featured image", there.featured_id or "none", mine or "none")
    # In a folder, the name of an image is its address. Other sites keep what a draft leaves out.
    address = there.featured_id if "/" in there.featured_id else ""
    left = tuple(name for name in done.draft.cleared if name != _IMAGE)
    draft = replace(done.draft, featured=None, featured_url=address, cleared=left)
    return done.keeping(draft, "keeps the featured image that was changed on the site", {})
