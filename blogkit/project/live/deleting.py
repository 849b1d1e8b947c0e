"""Plan to delete posts: move them to the trash of their sites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo

from blogkit.errors import BlogkitError, SiteError, UsageError
from blogkit.journal.records import Intent, Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import PostKind, Ref
from blogkit.project.context import ProjectContext
from blogkit.project.live.addresses import same_address
from blogkit.project.live.open_edits import settle_open_edits
from blogkit.project.live.references import ReferencedPost, resolve
from blogkit.project.options import PublishOptions
from blogkit.project.plans.guards import Basis
from blogkit.project.plans.plan import Plan
from blogkit.project.plans.progress import OnProgress, advancing
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.delete import DELETED, already_deleted, is_deleted, plan_delete
from blogkit.sync.live_edit import key_of
from blogkit.sync.serialize import unpack_remote


class DeletePlan(Plan):
    """The posts that go to the trash.

    Args:
        context: The call's context.
        actions: The actions of each site.
        basis: What the actions rest on.
        left_out: Why posts were left out.

    Attributes:
        final: The sites whose trash only a person can empty or restore from: `undo` cannot.
    """

    def __init__(
        self,
        context: ProjectContext,
        actions: Mapping[str, Sequence[Action]],
        basis: Basis,
        left_out: Sequence[BlogkitError],
    ) -> None:
        examined = sum(map(len, actions.values()))
        super().__init__(
            context, actions, basis, command="delete", left_out=left_out, examined=examined
        )
        self.final = [
            site
            for site, planned in actions.items()
            if any(action.writes for action in planned)
            and not context.sites.platform(site).capabilities.untrashes
        ]

    def _settle(self, journal: Journal) -> None:
        settle_open_edits(self._context, journal, self._actions)


def plan_deletion(
    context: ProjectContext, posts: Sequence[str], site: str, on_progress: OnProgress
) -> DeletePlan:
    """Plan to move posts to the trash. Their files stay.

    Args:
        context: The call's context.
        posts: References to posts: files, keys, addresses, ids.
        site: Only on this site; empty means every site that a file goes to.
        on_progress: Told each post that is looked at.

    Raises:
        UsageError: No site has a post that is named.
        SiteError: None of the posts can be read.

    Returns:
        The plan; nothing is sent before its `apply`.
    """
    found: dict[tuple[str, Ref | str], Action] = {}
    left_out: list[SiteError] = []
    advance = advancing(on_progress, "looking", len(posts))
    with context.journal() as journal:
        basis = Basis.of(journal)
        for text in posts:
            try:
                for action in _actions(context, journal, text, site):
                    found[action.site, action.ref or action.key] = action
            except SiteError as error:
                left_out.append(error)
            advance(text)
    if left_out and not found:
        left_out[-1].others = left_out[:-1]
        raise left_out[-1]
    by_site: dict[str, list[Action]] = {}
    for action in found.values():
        by_site.setdefault(action.site, []).append(action)
    return DeletePlan(context, by_site, basis, left_out)


def _actions(context: ProjectContext, journal: Journal, text: str, site: str) -> Iterator[Action]:
    """Yield the actions for one reference, on each site that has the post."""
    missing: UsageError | None = None
    some = False
    for name in _sites(context, text, site):
        try:
            yield _deletion(context, journal, resolve(context, journal, text, name))
        except UsageError as error:
            deleted = list(_earlier(context, journal, text, name))
            yield from deleted
            missing = missing if deleted else error
            some = some or bool(deleted)
        else:
            some = True
    if missing and not some:
        raise missing


def _sites(context: ProjectContext, text: str, site: str) -> Sequence[str]:
    """Return the sites to look at one by one; "" leaves the choice to `resolve`."""
    path = None if site or "://" in text else context.posts.file_named(text)
    if path is None:
        return [site]
    (post,) = context.posts.load([path])
    return context.posts.sites_of(post, PublishOptions()) or [""]


def _deletion(context: ProjectContext, journal: Journal, found: ReferencedPost) -> Action:
    memory = journal.memories(found.site).get(found.key)
    if memory is not None and memory.remote_id != found.remote.ref.id:
        memory = None
    zone = context.config.zone
    return plan_delete(found.site, found.remote, found.key, memory, zone=zone)


def _earlier(context: ProjectContext, journal: Journal, text: str, site: str) -> Iterator[Action]:
    """Yield the actions for a post that was deleted before, also by a run that was cut off."""
    path = None if "://" in text else context.posts.file_named(text)
    key = context.posts.load([path])[0].key if path else text
    zone = context.config.zone
    for name in [site] if site else context.config.sites:
        memories = journal.memories(name)
        intents = [one for one in journal.unsettled(name) if _is_about(one, key)]
        known = [one for one in memories.values() if _is_named(one, key)]
        if intents and is_deleted(None, intents):
            yield already_deleted(name, intents[0].key, _kind(intents[0].kind), zone=zone)
        elif known and is_deleted(known[0]):
            yield already_deleted(name, known[0].key, _kind(known[0].kind), zone=zone)
        else:
            yield from _without_file(journal, name, key, zone)


def _without_file(journal: Journal, site: str, post_id: str, zone: tzinfo) -> Iterator[Action]:
    for kind in ("post", "page"):
        key = key_of(Ref(post_id, _kind(kind)))
        last = journal.base(site, key)
        if last and last.action == ActionKind.TRASH and last.desired_state == DELETED:
            yield already_deleted(site, key, _kind(kind), zone=zone)


def _is_named(memory: Memory, text: str) -> bool:
    return text in (memory.key, memory.remote_id) or same_address(memory.url, text)


def _is_about(intent: Intent, text: str) -> bool:
    before = unpack_remote(intent.before, intent.id) if intent.before else None
    named = before is not None and same_address(before.url, text)
    return named or text in (intent.key, intent.remote_id)


def _kind(kind: str) -> PostKind:
    return "page" if kind == "page" else "post"
