"""Make the posts of a template: which are due, and what each one is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.platforms.base import State
from blogkit.project.context import ProjectContext
from blogkit.times import both_clocks

if TYPE_CHECKING:  # a blog without templates needs none of these
    from blogkit.journal.records import Memory
    from blogkit.posts.post import Post
    from blogkit.slots.slot import Slot

_DAY = timedelta(days=1)
_OCCURRENCE = re.compile(r"(.+)-(\d{4}-\d\d-\d\d)")
_LONGEST_LOOK = timedelta(days=400)
"""How far back a missed time is looked for."""


@dataclass(frozen=True)
class Occurrence:
    """One time of a template on its sites.

    Attributes:
        key: The post's key: the template's, and the day.
        at: The time.
        number: It is the first, second … since `from:`; 0 without that.
        sites: The sites that it goes to.
        late: The time has passed without it, and it is made up for.
        skipped: How many earlier times are not made up for.
    """

    key: str
    at: datetime
    number: int
    sites: tuple[str, ...]
    late: bool = False
    skipped: int = 0


def with_occurrences(
    context: ProjectContext, posts: Iterable[Post]
) -> tuple[list[Post], dict[Path, list[Problem]]]:
    """Return the posts, with those that each template makes now in its place.

    Args:
        context: The call's context.
        posts: What was loaded.

    Returns:
        The posts, and the problems of templates, by file.
    """
    found: list[Post] = []
    problems: dict[Path, list[Problem]] = {}
    for post in posts:
        if post.recurrence is None:
            found.append(post)
            continue
        try:
            due = due_occurrences(context, post)
            found += [made_post(context, post, one) for one in due]
        except ContentError as error:
            problems[post.path] = list(error.problems)
    return found, problems


def next_post(context: ProjectContext, post: Post) -> Post:
    """Return the next post of a template, to check and to show; any other post as it is.

    Args:
        context: The call's context.
        post: A post.

    Raises:
        ContentError: The template cannot be filled.
    """
    if post.recurrence is None:
        return post
    now = context.clock()
    upcoming = next(_from(context, post, now), None) or next(_from(context, post, None), None)
    if upcoming is None:
        return post
    number, at = upcoming
    return made_post(context, post, Occurrence(_key(context, post, at), at, number, post.sites))


def due_occurrences(context: ProjectContext, post: Post) -> list[Occurrence]:
    """Return the times of a template that are to be on its sites now. Sends nothing.

    These are the times to come that are near enough, and the newest that was missed. What was
    published before is left alone for ever.

    Args:
        context: The call's context.
        post: The template.

    Raises:
        ContentError: The template's front matter is wrong.
        JournalError: The journal cannot be read.
    """
    recurrence = post.recurrence
    if recurrence is None or recurrence.paused:
        _ = recurrence and _slot(context, post)
        return []
    now, found = context.clock(), dict[str, Occurrence]()
    with context.journal() as journal:
        for site in post.sites or (context.config.default_site,):
            if site not in context.config.sites:
                continue
            for one in _on_site(context, post, site, journal.memories(site), now):
                other = found.get(one.key)
                sites = (*(other.sites if other else ()), site)
                found[one.key] = replace(one, sites=sites)
    return list(found.values())


def _on_site(
    context: ProjectContext, post: Post, site: str, memories: Mapping[str, Memory], now: datetime
) -> Iterator[Occurrence]:
    missed = _missed(context, post, site, memories, now)
    if missed:
        yield missed
    end = now + context.config.schedules[site].ahead
    for number, at in takewhile(lambda each: each[1] <= end, _from(context, post, now)):
        yield Occurrence(_key(context, post, at), at, number, (site,))


def _missed(
    context: ProjectContext, post: Post, site: str, memories: Mapping[str, Memory], now: datetime
) -> Occurrence | None:
    """Return the newest time that passed without its post.

    Without `from:`, a template has times since the first that was published.
    """
    past = [
        (number, at, _key(context, post, at))
        for number, at in takewhile(
            lambda each: each[1] <= now, _from(context, post, now - _LONGEST_LOOK)
        )
    ]
    known = [index for index, (_, _, key) in enumerate(past) if key in memories]
    assert post.recurrence is not None
    start = known[-1] + 1 if known else 0 if post.recurrence.since else len(past)
    missed = past[start:]
    if not missed:
        return None
    number, at, key = missed[-1]
    return Occurrence(key, at, number, (site,), late=True, skipped=len(missed) - 1)


def _from(
    context: ProjectContext, post: Post, after: datetime | None
) -> Iterator[tuple[int, datetime]]:
    """Yield a template's times after a time, each with its number since `from:`."""
    from blogkit.slots.calendar import slot_times

    recurrence = post.recurrence
    assert recurrence is not None
    zone = context.config.zone
    since = recurrence.since
    start = datetime.combine(since, time(), zone).astimezone(UTC) - _DAY if since else after
    start = start or context.clock()
    rows = len(_rows(context, post)) if recurrence.items else 0
    number = 0
    for at in slot_times([_slot(context, post)], start, zone):
        day = at.astimezone(zone).date()
        if since and day < since:
            continue
        number += 1
        if (recurrence.until and day > recurrence.until) or (rows and number > rows):
            return
        if after is None or at > after:
            yield (number if since else 0), at


def made_post(context: ProjectContext, template: Post, one: Occurrence) -> Post:
    """Return one post of a template.

    Args:
        context: The call's context.
        template: The template.
        one: The time.

    Raises:
        ContentError: A placeholder has no value, or the post has errors.
    """
    from blogkit.posts.loader import load_post
    from blogkit.posts.post import Publish
    from blogkit.posts.recurring.template import Filling, fill_template

    config, place = context.config, context.config.relative(template.path)
    source = template.path.read_bytes().decode("utf-8-sig")
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    filling = Filling(_values(context, template, one))
    text = fill_template(source, filling, place)
    if filling.unknown:
        known = ", ".join(filling.values)
        raise ContentError(
            [
                Problem(place, line, f'"{name}" has no value', f"known: {known}", "no-value")
                for line, name in filling.unknown
            ]
        )
    post = load_post(template.path, root=config.root, zone=config.zone, text=text.encode())
    made = replace(post, key=one.key, sites=one.sites, recurrence=None, template=template.key)
    if one.late:  # it goes live now, and not with the date that has passed
        return replace(made, publish=Publish.LIVE, at=None, note=_missed_words(context, one))
    return replace(made, publish=Publish.SCHEDULED, at=one.at)


def _missed_words(context: ProjectContext, one: Occurrence) -> str:
    when = both_clocks(one.at, context.config.zone)
    times = f"{one.skipped} earlier time{'s' * (one.skipped != 1)}"
    more = f"; {times} {'are' if one.skipped > 1 else 'is'} skipped" if one.skipped else ""
    return f"its time was missed: {when}{more}"


def _values(context: ProjectContext, post: Post, one: Occurrence) -> dict[str, str]:
    from blogkit.render.formats.dates import day

    language = post.language or context.config.language
    local = one.at.astimezone(context.config.zone).date()
    iso = local.isoformat()
    values = {
        "date": day(iso, language),
        "date.iso": iso,
        "date.weekday": day(iso, language, "EEEE"),
        "date.day": str(local.day),
        "date.month": day(iso, language, "MMMM"),
        "date.year": str(local.year),
    }
    if one.number:
        values["number"] = str(one.number)
    if post.recurrence and post.recurrence.items:
        values |= _rows(context, post)[one.number - 1]
    return values


def _rows(context: ProjectContext, post: Post) -> Sequence[Mapping[str, str]]:
    from blogkit.render.data.data_files import read_data_file

    assert post.recurrence is not None
    try:
        table = read_data_file(context.config.root, post.recurrence.items)
    except ValueError as error:
        raise _wrong(context, post, "items", f"items: {error}", "") from error
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def _slot(context: ProjectContext, post: Post) -> Slot:
    from blogkit.slots.slot import BadSlot, parse_slot

    assert post.recurrence is not None
    try:
        return parse_slot(post.recurrence.every)
    except BadSlot as error:
        hint = error.hint
        raise _wrong(context, post, "every", f"every: {error.message}", hint) from error


def _wrong(context: ProjectContext, post: Post, key: str, message: str, hint: str) -> ContentError:
    place = context.config.relative(post.path)
    return ContentError([Problem(place, post.lines.get(key, 0), message, hint, f"bad-{key}")])


def _key(context: ProjectContext, post: Post, at: datetime) -> str:
    return f"{post.key}-{at.astimezone(context.config.zone).date().isoformat()}"


def template_of(key: str) -> tuple[str, date] | None:
    """Return the template's key and the day in the key of one of its posts; None for others."""
    found = _OCCURRENCE.fullmatch(key)
    try:
        return (found[1], date.fromisoformat(found[2])) if found else None
    except ValueError:
        return None


def left_alone(
    memories: Mapping[str, Memory],
    templates: Collection[str],
    now: datetime,
    broken: Collection[str] = (),
) -> set[str]:
    """Return the keys of posts that templates made, and that are to stay as they are.

    Args:
        memories: What the journal remembers of a site, by key.
        templates: The keys of all templates.
        now: The present time: posts whose time is to come count only if a template makes them.
        broken: The keys of files with errors, which may be templates.
    """
    made = {key: found[0] for key in memories if (found := template_of(key))}
    return {
        key
        for key, template in made.items()
        if template in broken or (template in templates and _has_come(memories[key], now))
    }


def _has_come(memory: Memory, now: datetime) -> bool:
    return memory.state == State.LIVE or (memory.at is not None and memory.at <= now)
