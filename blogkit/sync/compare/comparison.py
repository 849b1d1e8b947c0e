"""Compare a post on its site with what it should be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from blogkit.html import decode
from blogkit.html.spelling import respell
from blogkit.platforms.base import Remote
from blogkit.platforms.conflicts import as_read, term_name
from blogkit.platforms.settings import META, arrow, fits
from blogkit.regions import without_keys
from blogkit.sync.compare.expected import Expected
from blogkit.sync.compare.fields import EXCERPT, IMAGE, Comparison

_FOR_EXCERPTS = frozenset({"quotes"})


def compare(expected: Expected, remote: Remote, *, in_words: bool = True) -> Comparison:
    """Return how a post compares with the expected content.

    Args:
        expected: What it should be.
        remote: The post as it is.
        in_words: Tell what was lost of the body. A plan needs only the names of the fields.
    """
    notes: list[tuple[str, str]] = []
    found = list(_compared(expected, remote, notes, in_words=in_words))
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
    return compare(expected, remote, in_words=False).fields


def _compared(
    expected: Expected, remote: Remote, notes: list[tuple[str, str]], *, in_words: bool
) -> Iterable[tuple[str, str]]:
    accept = frozenset(expected.accept)
    if changed := _changed_text("title", expected.title, remote.title, accept, notes):
        yield "title", changed
    meant, stored = without_keys(expected.body, remote.body)
    if meant != stored and respell(meant) != respell(stored):
        # they bring an HTML parser, which a run without differences does not need
        from blogkit.sanitizers.rewrites import harmless_changes

        harmless = harmless_changes(meant, stored, accept)
        if harmless is None:
            yield from (("body", text) for text in _losses(meant, stored, in_words=in_words))
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


def _losses(meant: str, stored: str, *, in_words: bool) -> list[str]:
    if not in_words:
        return [""]
    from blogkit.sanitizers.compare import losses

    return losses(meant, stored)


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
