"""Execute one action: record the intent, write a draft, read it back, set its state."""

from __future__ import annotations

from blogkit.platforms.base import Remote
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.desired import is_same_time
from blogkit.sync.execute.attempt import Attempt
from blogkit.sync.execute.content import write_content
from blogkit.sync.execute.contest import may_be_contested, settle_duplicates
from blogkit.sync.execute.state import keep_content, settle_state
from blogkit.sync.execute.trash import move_to_trash, take_from_trash
from blogkit.sync.execute.uploads import prove_files
from blogkit.sync.outcome import Outcome, Result
from blogkit.times import both_clocks

_CHANGE = "change what the site removed and publish again; the journal has the earlier version"
_NOTHING_SENT = "nothing was changed: the post already shows what the file asks for"
_UNSEEN = (
    "correct that on the blog, or take the change back with blogkit undo; in a page builder, make"
    " it in the builder's editor (blogkit widget render prints the HTML of a widget)"
)
_LOOK = (
    "the post was edited at that moment, or the site rewrites what it receives; see blogkit diff"
)


def execute_action(attempt: Attempt) -> Outcome | Action:
    """Execute the action from intent to outcome.

    Returns:
        DONE, or LOST if the site did not keep all of the content. If another run created the same
        post and ours was withdrawn, the action that follows for the other post.

    Raises:
        BlogkitError: What stopped it, after the journal has recorded it.
    """
    attempt.begin()
    if attempt.action.kind in {ActionKind.TRASH, ActionKind.WITHDRAW}:
        return move_to_trash(attempt)
    if attempt.action.kind in {ActionKind.SET_STATE, ActionKind.SETTLE}:
        keep_content(attempt)
        prove_files(attempt)
    elif attempt.action.kind is ActionKind.UNTRASH:
        take_from_trash(attempt)
    else:
        write_content(attempt)
    if may_be_contested(attempt):
        other = settle_duplicates(attempt)
        if other is not None:
            return other
    return _finish(attempt, settled=settle_state(attempt))


def _finish(attempt: Attempt, *, settled: bool) -> Outcome:
    action, desired, remote = attempt.action, attempt.action.desired, attempt.remote
    assert remote is not None
    missing = attempt.missing
    wrong = [*missing, *([attempt.unseen] if attempt.unseen else ())]
    attempt.done(desired_state=desired.desired_state if settled else "", note="; ".join(wrong))
    if not wrong and _changed_nothing(attempt, remote):
        return Outcome(action, Result.UNCHANGED, notes=(_NOTHING_SENT,), remote=remote)
    if not wrong:
        return Outcome(action, Result.DONE, notes=_notes(attempt), remote=remote)
    if not missing:
        message = f"{action.site} saved “{desired.title}”, but readers do not see the change"
        return Outcome(action, Result.LOST, message, _UNSEEN, losses=tuple(wrong), remote=remote)
    message, hint = f"{action.site} did not keep all of “{desired.title}”", _CHANGE
    if attempt.confirmed is not None:
        message = f"{action.site} accepted “{desired.title}” but then showed something else"
        hint = _LOOK
    elif attempt.expected:
        from blogkit.sync.execute.acceptance import kinds_to_accept

        names = ", ".join(f'"{kind}"' for kind in kinds_to_accept(attempt.expected, remote))
        if names:
            hint = f"if you accept that, set accept = [{names}] for {action.site} in blogkit.toml"
    stays = "" if settled else f"; it stays {remote.state}"
    return Outcome(action, Result.LOST, message + stays, hint, losses=missing, remote=remote)


def _changed_nothing(attempt: Attempt, remote: Remote) -> bool:
    """Return whether an update found that the site has all of it, such as the same image."""
    seen = attempt.action.remote_state.remote
    if attempt.action.kind is not ActionKind.UPDATE or seen is None:
        return False
    # The stamp first: to compare a post of a listing may mean to read it.
    return remote.updated == seen.updated and remote == seen


def _notes(attempt: Attempt) -> tuple[str, ...]:
    """Return what differs from the request without harm, such as another date."""
    action, remote = attempt.action, attempt.remote
    assert remote is not None
    if action.kind in {ActionKind.EDIT, ActionKind.RESTORE, ActionKind.UNTRASH}:
        from blogkit.edits.builders import builder_of

        builder = builder_of(remote.body)
        made = f"the page is made with {builder}: check there where the change is"
        return (*attempt.notes, *attempt.comparison.notes, *([made] if builder else ()))
    notes = [*attempt.notes, *attempt.comparison.notes]
    slug = action.desired.draft.slug
    if slug and remote.slug not in {"", slug} and attempt.platform.capabilities.slug != "none":
        notes.append(f"its address ends in {remote.slug}, not {slug}")
    if action.target and not is_same_time(action.target.at, remote.at):
        assert remote.at is not None
        notes.append(
            f"{action.site} gave it the date {both_clocks(remote.at, action.desired.zone)}"
        )
    return tuple(notes)
