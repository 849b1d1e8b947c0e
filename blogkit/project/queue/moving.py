"""Plan what a person changes in the queue: other times, and posts that are held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from blogkit.errors import UsageError, nearest
from blogkit.importers.patch.front_matter import with_value, without_key
from blogkit.posts.dates import BadDate, read_publish
from blogkit.posts.front_matter import split_front_matter
from blogkit.posts.loader import load_heads
from blogkit.posts.post import Post, Publish
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileChange, FileRun
from blogkit.project.options import PublishOptions, QueueChoices
from blogkit.project.plans.plan import Plan
from blogkit.project.plans.planning import PublishPlan, plan_publishing
from blogkit.project.plans.progress import OnProgress, Progress
from blogkit.project.queue.calendar import QueueEntry, queue_of, site_entries
from blogkit.times import both_clocks

_MINUTE = timedelta(minutes=1)
PLACES = ("first", "last", "before")
"""Where a post can be moved, beside a time."""


class HoldPlan(PublishPlan):
    """The change of a post's file that holds or resumes it, and what follows on its sites.

    Attributes:
        files: The change of the file; empty if it is as asked for already.
    """

    files: Sequence[FileChange] = ()

    @property
    def writing(self) -> int:
        """How many changes send something, or change a file."""
        return super().writing + len(self.files)

    def _write_files(self, files: FileRun, on_progress: OnProgress) -> None:
        for change in self.files:
            on_progress(Progress("writing files", message=change.summary))
        files.write(self.files)


def plan_move(
    context: ProjectContext,
    reference: str,
    to: str,
    other: str,
    site: str,
    on_progress: OnProgress,
) -> Plan:
    """Plan to give a post of the queue another time.

    With `first`, `last` and `before` the posts in between move by one place; their times stay the
    same as a whole. The times are the site's: files do not change.

    Args:
        context: The call's context.
        reference: The post's key or file.
        to: A time, or one of `PLACES`.
        other: The key or file of the post that `before` means.
        site: The site; empty if the post is in the queue of only one.
        on_progress: Told each post that is looked at.

    Returns:
        The plan; nothing is written before its `apply`.

    Raises:
        UsageError: The post is not in the queue, or `to` is not a place or a time ahead.
        ContentError: One of the posts that move has errors.
        BlogkitError: The site cannot be asked.
    """
    post = queued_post(context, reference)
    where = _site_of(context, post, site)
    with context.journal() as journal:
        entries = site_entries(context, where, journal.memories(where), offline=False)
    queue = queue_of(entries)
    if post.key not in {one.key for one in queue}:
        raise _no_time(context, post, where, entries)
    if to in PLACES:
        before = queued_post(context, other).key if to == "before" else ""
        moves = permuted(queue, post.key, to, before, where)
    else:
        moves = {post.key: _time(context, to)}
    named = {one.key: context.config.root / one.path for one in queue}
    paths = [named[key] for key in moves] or [post.path]
    # Half of an exchange would give two posts one time.
    options = PublishOptions(where, all_or_nothing=True, queue=QueueChoices(moves=moves))
    return plan_publishing(
        context, paths, options, offline=False, on_progress=on_progress, command="queue move"
    )


def permuted(
    queue: Sequence[QueueEntry], key: str, to: str, before: str, site: str
) -> dict[str, datetime]:
    """Return the posts that get another time, with that time.

    Args:
        queue: The posts with their times, in order.
        key: The post that is moved.
        to: One of `PLACES`.
        before: The key of the post that `before` means.
        site: The site's name, for messages.

    Raises:
        UsageError: The other post has no time in the queue.
    """
    times = {one.key: one.at for one in queue if one.at}
    keys = [one for one in times if one != key]
    if to == "before" and before not in keys:
        hint = "see the posts of the queue: blogkit queue"
        same = before == key
        reason = "is the post that moves" if same else f"has no time in the queue of {site}"
        raise UsageError(f"cannot move it before {before}: {before} {reason}", hint=hint)
    place = {"first": 0, "last": len(keys)}.get(to)
    keys.insert(keys.index(before) if place is None else place, key)
    moved = zip(keys, times.values(), strict=True)
    return {one: at for one, at in moved if times[one] != at}


def plan_hold(
    context: ProjectContext, reference: str, *, held: bool, on_progress: OnProgress
) -> Plan:
    """Plan to hold a post of the queue, or to resume it.

    Args:
        context: The call's context.
        reference: The post's key or file.
        held: Hold it; otherwise resume it.
        on_progress: Told each post that is looked at.

    Returns:
        The plan; nothing is written before its `apply`.

    Raises:
        UsageError: The post is not in the queue.
        ContentError: The post has errors.
        BlogkitError: No site can be asked.
    """
    post = queued_post(context, reference)
    options = PublishOptions(queue=QueueChoices(holds={post.key: held}))
    plan = plan_publishing(
        context,
        [post.path],
        options,
        offline=False,
        on_progress=on_progress,
        command="queue hold" if held else "queue resume",
        plan_type=HoldPlan,
    )
    assert isinstance(plan, HoldPlan)
    if post.hold is not held:
        plan.files = [_with_hold(context, post, held=held)]
    return plan


def queued_post(context: ProjectContext, reference: str) -> Post:
    """Return the post with `publish: queue` that a text names, without its body.

    Args:
        context: The call's context.
        reference: The post's key or file.

    Raises:
        UsageError: No post has this name, or it is not in the queue.
    """
    config = context.config
    file = context.posts.file_named(reference)
    paths = [file.resolve()] if file else config.sources()
    posts = load_heads(paths, root=config.root, zone=config.zone)
    found = [post for post in posts if file or post.key == reference]
    if not found:
        keys = [post.key for post in posts if post.publish is Publish.QUEUE]
        hint = nearest(reference, keys) or "see the posts of the queue: blogkit queue"
        raise UsageError(f'no post has the file or key "{reference}"', hint=hint)
    if found[0].publish is not Publish.QUEUE:
        place = config.relative(found[0].path)
        hint = "write publish: queue in its front matter"
        raise UsageError(f"{place} is not in the queue", hint=hint)
    return found[0]


def _site_of(context: ProjectContext, post: Post, site: str) -> str:
    sites = context.posts.sites_of(post, PublishOptions(site))
    if len(sites) > 1:
        hint = f"add --site: {', '.join(sites)}"
        raise UsageError(f"{context.config.relative(post.path)} goes to several sites", hint=hint)
    return sites[0]


def _no_time(
    context: ProjectContext, post: Post, site: str, entries: Sequence[QueueEntry]
) -> UsageError:
    place = context.config.relative(post.path)
    state = next((one.state for one in entries if one.key == post.key), "")
    if state == "held":
        return UsageError(f"{place} is held", hint=f"run: blogkit queue resume {post.key}")
    if state:
        hint = "add slots to [schedule] in blogkit.toml"
        return UsageError(f"{place} has {state} on {site}", hint=hint)
    hint = f"see its state: blogkit status {place}"
    return UsageError(f"{place} does not wait on {site}: it has had its turn", hint=hint)


def _time(context: ProjectContext, text: str) -> datetime:
    zone, now = context.config.zone, context.clock()
    hint = "write a time such as 2026-12-01 07:00, or first, last, or before OTHER"
    try:
        _, at = read_publish(text, zone)
    except BadDate as error:
        hint = nearest(text, PLACES) or (error.hint if error.code != "bad-date" else hint)
        raise UsageError(error.message.replace("publish: ", "", 1), hint=hint) from error
    if at is None:
        raise UsageError(f'"{text}" is neither a time nor a place in the queue', hint=hint)
    if at <= now + _MINUTE:
        when = both_clocks(at, zone)
        raise UsageError(f"{when} is not ahead", hint="choose a later time")
    return at


def _with_hold(context: ProjectContext, post: Post, *, held: bool) -> FileChange:
    """Return the change of a file's front matter; its line ends stay."""
    before = post.path.read_bytes()
    text = before.decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    source = text.replace("\r\n", "\n").replace("\r", "\n")
    yaml, line, _, body_line = split_front_matter(source, str(post.path))
    lines = source.split("\n")
    try:
        changed = with_value(yaml, ["queue"], "hold") if held else without_key(yaml, "queue")
    except ValueError as error:
        hint = "write or remove the line queue: hold by hand"
        place = context.config.relative(post.path)
        raise UsageError(f"cannot change the front matter of {place}", hint=hint) from error
    after = [*lines[: line - 1], *changed.split("\n"), *lines[body_line - 2 :]]
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    doing = "hold" if held else "resume"
    summary = f"{doing} {context.config.relative(post.path)} in the queue"
    data = mark + end.join(after).encode()
    return FileChange(post.path, before, data, summary, key=post.key)
