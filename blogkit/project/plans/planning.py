"""Plan what publishing does: look at the sites, and decide for each post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, LostHistory, Problem
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.project.build import Build, build_all
from blogkit.project.built_post import PendingPost
from blogkit.project.context import ProjectContext
from blogkit.project.images.missing import tell_missing
from blogkit.project.live.open_edits import settle_open_edits
from blogkit.project.looks import OlderLooks
from blogkit.project.options import PublishOptions
from blogkit.project.plans.alike import refuse_alike_files, refuse_alike_posts
from blogkit.project.plans.guards import Basis, refuse_careless_options, refuse_same_blog
from blogkit.project.plans.lost_history import lost_history
from blogkit.project.plans.past_dates import hold_back_past_dates
from blogkit.project.plans.plan import Plan
from blogkit.project.plans.progress import OnProgress, advancing
from blogkit.project.plans.shortened import Questions, hold_back_shortened
from blogkit.project.plans.terms import check_terms
from blogkit.project.plans.unfinished import refuse_unfinished
from blogkit.project.plans.waiting import tell_waiting
from blogkit.project.queue.assign import plan_slots
from blogkit.project.queue.recurring import left_alone
from blogkit.signatures import signature
from blogkit.sync.actions import Action, ActionKind, Choices
from blogkit.sync.fetch import fetch_states
from blogkit.sync.plan import orphans
from blogkit.sync.plan import plan as decide_all


@dataclass(frozen=True)
class PlannedPosts:
    """The actions that follow for each site.

    Attributes:
        by_site: The actions, by the site's name.
        basis: What the actions rest on.
        examined: How many posts there are, counted once for each site.
        warnings: Problems of the posts that will be written.
        left_out: The errors of posts that were left out.
        questions: Actions that are refused until the user confirms, by site and key.
        lost_history: Why the user must confirm the plan first; None if nothing is wrong.
        older_looks: The keys of posts that keep the look in which they were published.
    """

    by_site: dict[str, list[Action]]
    basis: Basis
    examined: int
    warnings: tuple[Problem, ...] = ()
    left_out: tuple[BlogkitError, ...] = ()
    questions: Mapping[tuple[str, str], Action] = field(default_factory=dict)
    lost_history: LostHistory | None = None
    older_looks: tuple[str, ...] = ()


class PublishPlan(Plan):
    """The changes that bring posts to their sites."""

    def _settle(self, journal: Journal) -> None:
        sites = (site for site in self._context.config.sites if site not in self.unavailable)
        settle_open_edits(self._context, journal, sites)


def plan_publishing(
    context: ProjectContext,
    paths: Sequence[Path],
    options: PublishOptions,
    *,
    offline: bool,
    on_progress: OnProgress,
    command: str = "publish",
    plan_type: type[PublishPlan] = PublishPlan,
) -> PublishPlan:
    """Plan what brings these posts (or all) to their sites.

    Args:
        context: The call's context.
        paths: Files and folders; none means all posts and pages.
        options: What the caller decided for all posts.
        offline: Work from the last known state of each site.
        on_progress: Told each post that is looked at.
        command: What the journal calls the run.
        plan_type: The class of the plan.

    Raises:
        ContentError: All posts have errors, or one has and the options ask for all or nothing.
        UsageError: The options override a safeguard for posts that are not named.
        BlogkitError: Two sites are the same blog, or no site can be asked.

    Returns:
        The plan; nothing is sent before its `apply`.
    """
    with context.journal() as journal:
        planned = plan_posts(
            context, journal, paths, options, offline=offline, on_progress=on_progress
        )
    return plan_type(
        context,
        planned.by_site,
        planned.basis,
        command=command,
        examined=planned.examined,
        warnings=planned.warnings,
        left_out=planned.left_out,
        questions=planned.questions,
        lost_history=planned.lost_history,
        offline=offline,
        compares_clocks=True,
        older_looks=planned.older_looks,
    )


def plan_posts(
    context: ProjectContext,
    journal: Journal,
    paths: Sequence[Path],
    options: PublishOptions,
    *,
    offline: bool = False,
    on_progress: OnProgress,
) -> PlannedPosts:
    """Return what follows for each site.

    Args:
        context: The call's context.
        journal: What earlier runs left.
        paths: Files and folders; none means all posts and pages.
        options: What the caller decided for all posts.
        offline: Work from the last known state of each site.
        on_progress: Told each post that is looked at.

    Raises:
        ContentError: A post has errors; nothing may be sent.
        UsageError: The options override a safeguard for posts that are not named.
        BlogkitError: Two sites are the same blog, or no site can be asked.
    """
    refuse_careless_options(paths, options)
    sites = context.sites
    # Before anything is read: a run that ends while this one looks makes the plan stale.
    basis = Basis.of(journal)
    build = build_all(context, paths, options, online=not offline)
    ready = build.by_site
    if not offline:
        refuse_same_blog(sites, list(ready))
    memories = {site: journal.memories(site) for site in context.config.sites}
    looks = OlderLooks(context, journal, only_older=options.older_looks)
    planned = _plan_sites(context, journal, ready, memories, looks, options, offline, on_progress)
    planned = {site: refuse_unfinished(found, ready[site]) for site, found in planned.items()}
    refuse_if_no_site_is_left(context, others=bool(planned))
    if not options.as_new:
        planned = refuse_alike_files(context, planned)
    basis = replace(basis, signatures=_signatures(planned, build.cached))
    questions: Questions = {}
    if not options.shorter:
        planned, questions = hold_back_shortened(planned, context.config)
    planned, passed = hold_back_past_dates(planned, journal, context.clock())
    if not (paths or options.older_looks) and build.left_out_keys is not None:
        # Only a plan of all posts can tell which have lost their file.
        for site in [options.site] if options.site else context.config.sites:
            all_known = {} if site in sites.unavailable else memories[site]
            if left := without_file(context, build, site, all_known):
                planned.setdefault(site, []).extend(left)
    examined = sum(len(pending) for pending in ready.values())
    lost = None
    if not (offline or options.rebuild):
        lost = lost_history(context, journal, planned, memories, all_posts=not paths)
    warnings = _warnings(planned, ready)
    told = tell_missing(context, journal, tell_waiting(context, journal, planned))
    return PlannedPosts(
        told, basis, examined, warnings, build.left_out, questions | passed, lost, looks.kept
    )


def _plan_sites(
    context: ProjectContext,
    journal: Journal,
    ready: Mapping[str, Sequence[PendingPost]],
    memories: Mapping[str, Mapping[str, Memory]],
    looks: OlderLooks,
    options: PublishOptions,
    offline: bool,
    on_progress: OnProgress,
) -> dict[str, list[Action]]:
    """Return what follows for each site that can be asked."""
    from blogkit.project.queue.offline import plan_offline

    sites = context.sites
    planned: dict[str, list[Action]] = {}
    for site, posts in ready.items():
        known = memories[site]
        if offline:
            pending = looks.settle(site, posts, known)
            planned[site] = plan_offline(context, site, pending, known)
        elif site not in sites.unavailable:
            with sites.tolerating(site):
                pending = looks.settle(site, posts, known)
                planned[site] = _plan_site(
                    context, journal, site, pending, options, known, on_progress
                )
    return planned


def refuse_if_no_site_is_left(context: ProjectContext, *, others: bool) -> None:
    """Check that there is a site to go on with.

    Args:
        context: Knows the sites that failed.
        others: Whether some site did not fail.

    Raises:
        BlogkitError: The last site's error; `others` of it has those of the other sites.
    """
    errors = list(context.sites.unavailable.values())
    if errors and not others:
        # Raised once and complete, so that the report names every site that is down.
        errors[-1].others = errors[:-1]
        raise errors[-1]


def without_file(
    context: ProjectContext, build: Build, site: str, memories: Mapping[str, Memory]
) -> list[Action]:
    """Return an action for each post of a site whose file is gone; none of them writes.

    Args:
        context: The call's context.
        build: The posts of all files.
        site: The site's name.
        memories: What the journal remembers of the site.
    """
    broken = build.left_out_keys or frozenset()
    made = left_alone(memories, build.templates, context.clock(), broken)
    return orphans(site, memories, build.keys | broken | made)


def _noted(action: Action) -> Action:
    note = action.desired.note
    if not note or not action.writes:
        return action
    return replace(action, summary=f"{action.summary} ({note})")


def _signatures(
    planned: Mapping[str, Sequence[Action]], cached: Mapping[Path, str]
) -> dict[Path, str]:
    """Return what tells whether the files of posts that will be written change after this plan.

    A file that was read is sent as it was read, so it counts as it is now; a file that the cache
    knows is read when it is sent, so it counts as the cache knows it.
    """
    actions = [one for actions in planned.values() for one in actions if one.writes]
    paths = {one.desired.path for one in actions if one.desired.path}
    return {path: cached.get(path) or signature(path) for path in paths}


def _warnings(
    planned: Mapping[str, Sequence[Action]], ready: Mapping[str, Sequence[PendingPost]]
) -> tuple[Problem, ...]:
    """Return the problems of the posts that will be written."""
    writes = {(one.site, one.key) for actions in planned.values() for one in actions if one.writes}
    shown = [
        one.problems
        for pending in ready.values()
        for one in pending
        if (one.site, one.desired.key) in writes
    ]
    return tuple(sorted({problem for problems in shown for problem in problems}))


def _plan_site(
    context: ProjectContext,
    journal: Journal,
    site: str,
    pending: Sequence[PendingPost],
    options: PublishOptions,
    memories: Mapping[str, Memory],
    on_progress: OnProgress,
) -> list[Action]:
    desired = [one.desired for one in pending]
    keys = frozenset(one.key for one in desired)
    none: frozenset[str] = frozenset()
    seen = fetch_states(
        desired,
        context.sites.platform(site),
        journal,
        memories=memories,
        may_be_empty=options.recreate,
        deep=options.deep,
        now=context.clock(),
        compared=keys if options.ours else none,
        report=advancing(on_progress, f"looking at {site}", len(desired)),
    )
    queue = replace(options.queue, recreate=options.recreate)
    desired, seen = plan_slots(context, site, desired, seen, memories, choices=queue)
    choices = Choices(
        ours=keys if options.ours else none,
        theirs=keys if options.theirs else none,
        recreate=keys if options.recreate else none,
    )
    actions = [_noted(one) for one in decide_all(desired, seen, context.clock(), choices)]
    if not options.as_new:
        # The posts of a template are like each other on purpose.
        made = [one for one in actions if one.desired.template]
        actions = [one for one in actions if not one.desired.template]
        actions = _refuse_renames(context, journal, actions, memories)
        actions = refuse_alike_posts(context, site, actions, memories) + made
    return check_terms(actions, pending, context.sites.platform(site), context.config)


def _refuse_renames(
    context: ProjectContext,
    journal: Journal,
    actions: Sequence[Action],
    memories: Mapping[str, Memory],
) -> list[Action]:
    """Return the plan without new posts that are renamed files."""
    if not any(action.kind is ActionKind.CREATE for action in actions):
        return [*actions]
    from blogkit.sync import renames

    keys = context.posts.keys()
    fileless = [memory for memory in memories.values() if memory.key not in keys]
    alike = renames.find_renames(actions, memories, renames.former_titles(fileless, journal))
    return renames.refuse_renames(actions, alike, keys)
