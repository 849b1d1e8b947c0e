"""What must be true before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import timedelta
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, LimitExceeded, StalePlan, UsageError
from blogkit.journal.store import Journal
from blogkit.project.options import PublishOptions
from blogkit.project.sites import Sites
from blogkit.signatures import signature
from blogkit.sync.actions import Action, ActionKind

_CLOCK_OFF = timedelta(minutes=5)
_NEWER_RUNS = 1000


def refuse_careless_options(paths: Sequence[Path], options: PublishOptions) -> None:
    """Check that the options override no safeguard for all posts, nor contradict each other.

    Args:
        paths: What the caller named.
        options: What the caller decided.

    Raises:
        UsageError: What overrides a safeguard is decided post by post.
    """
    names = ("ours", "theirs", "recreate", "as_new", "shorter")
    chosen = [name for name in names if getattr(options, name)]
    if chosen and not paths:
        flag = "--" + chosen[0].replace("_", "-")
        hint = f"name the posts: blogkit publish posts/miami.md {flag}"
        raise UsageError(f"{flag} only works with named posts", hint=hint)
    if options.ours and options.theirs:
        hint = "choose one of them for each post"
        raise UsageError("--ours and --theirs cannot be combined", hint=hint)


def refuse_same_blog(sites: Sites, names: Sequence[str]) -> None:
    """Check that no two sites are one blog with several addresses: it would get each post twice.

    Args:
        sites: The connections.
        names: The sites that posts go to.

    Raises:
        BlogkitError: Two of these sites have the same identity.
    """
    platforms = [sites.settings.config.site(name).platform for name in names]
    seen: dict[str, str] = {}
    for name, platform in zip(names, platforms, strict=True):
        # With one site of a platform there is nothing to compare, and no request to make.
        if platforms.count(platform) > 1 and name not in sites.unavailable:
            with sites.tolerating(name):
                identity = sites.platform(name).identity()
                other = seen.setdefault(identity, name)
                if other != name:
                    raise BlogkitError(
                        f"sites {other} and {name} are the same blog ({identity}), so each post"
                        " would be published twice; nothing was sent",
                        hint="remove one of the two from blogkit.toml, or publish with --site",
                    )


def refuse_wrong_clock(sites: Sites, names: Iterable[str]) -> None:
    """Check that the clocks of this machine and of the sites agree well enough to know what is due.

    Args:
        sites: The connections.
        names: The sites that posts go to.

    Raises:
        BlogkitError: The clocks differ by more than five minutes.
    """
    for site in names:
        skew = sites.platform(site).clock_offset()
        if abs(skew) > _CLOCK_OFF:
            ahead = "behind" if skew > timedelta() else "ahead of"
            minutes = abs(skew).total_seconds() / 60
            hint = (
                "set the clock (for example: timedatectl set-ntp true), then run the same command"
                " again"
            )
            raise BlogkitError(
                f"this machine's clock is {minutes:.0f} minutes {ahead} {site}'s clock; nothing was"
                " sent",
                hint=hint,
            )


def over_limit(actions: Iterable[Action], limit: int) -> LimitExceeded | None:
    """Return why a plan is refused that changes more live posts than the caller expects.

    Args:
        actions: The plan.
        limit: Live posts that it may change.

    Returns:
        The error; None if the plan is fine.
    """
    touched = sum(action.touches_readers for action in actions)
    # Drafts and new posts do not count: the limit guards what readers already see.
    if touched <= limit:
        return None
    return LimitExceeded(
        f"this would change {touched} live posts, more than the limit of {limit}; nothing was sent",
        hint=f"check them with --dry-run; if they are right, add --limit {touched}",
    )


@dataclass(frozen=True)
class Basis:
    """What a plan rests on.

    Attributes:
        run: The newest run in the journal when the plan was made; 0 before the first.
        counts: How many actions of that run had ended in which way; it may have been under way.
        signatures: Of the files of posts that will be written.
    """

    run: int
    counts: Mapping[str, int] = field(default_factory=dict)
    signatures: Mapping[Path, str] = field(default_factory=dict)

    @classmethod
    def of(cls, journal: Journal) -> Basis:
        """Return the basis of a plan that is made now."""
        run = _newest_run(journal)
        return cls(run, _counts(journal, run))

    def require_fresh(self, journal: Journal, actions: Sequence[Action]) -> None:
        """Check that a plan still fits the files and what other runs did.

        A change on the site itself is found by the preflight check before each write.

        Args:
            journal: Knows the newer runs.
            actions: The plan.

        Raises:
            StalePlan: A file was changed, or another run touched one of the posts.
        """
        self.require_same_files(actions)
        if Basis.of(journal) == replace(self, signatures={}):
            return
        # What the plan leaves alone may change meanwhile.
        ours = [action for action in actions if not action.blocked]
        ours = [action for action in ours if action.kind is not ActionKind.ORPHAN]
        keys = {(action.site, action.key) for action in ours}
        ids = {(action.site, action.ref.id) for action in ours if action.ref}
        for run in journal.runs(_NEWER_RUNS):
            if run.id < self.run or (run.id == self.run and self._is_as_it_was(journal)):
                break
            for entry in journal.actions(run.id, bytes=False):
                post = (entry.site, entry.key)
                if post in keys or (entry.site, entry.remote_id) in ids:
                    raise _stale(f"run {run.id} changed a post of this plan ({entry.key})")

    def require_same_files(self, actions: Iterable[Action]) -> None:
        """Check that the files of posts that will be written are unchanged.

        Raises:
            StalePlan: One was changed.
        """
        for action in actions:
            path = action.desired.path
            known = self.signatures.get(path) if path else None
            if path and known is not None and action.writes and signature(path) != known:
                raise _stale(f"{path} was changed after this plan was made")

    def _is_as_it_was(self, journal: Journal) -> bool:
        return _counts(journal, self.run) == self.counts


def _counts(journal: Journal, run: int) -> dict[str, int]:
    return {str(status): count for status, count in journal.counts(run).items()}


def _newest_run(journal: Journal) -> int:
    newest = journal.runs(1)
    return newest[0].id if newest else 0


def _stale(reason: str) -> StalePlan:
    hint = "make a new plan, or run the same command again"
    return StalePlan(f"{reason}; nothing was sent", hint=hint)
