"""Write a post's content: upload its files, create or update it, and read it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from blogkit.errors import BlogkitError, JournalError, Rejected
from blogkit.platforms.base import Draft, Remote
from blogkit.regions import with_creation_id
from blogkit.sync.actions import ActionKind
from blogkit.sync.compare import (
    Comparison,
    Expected,
    compare,
    edited_fields,
    expected_from_remote,
    expected_on,
    fingerprint,
    marked_as,
    marked_with_id,
)
from blogkit.sync.desired import outstanding, refuse_too_close
from blogkit.sync.duplicates.creation import new_creation_id
from blogkit.sync.execute.attempt import Attempt
from blogkit.sync.execute.unanswered import NO_ANSWER, arrived, look_after
from blogkit.sync.execute.uploads import upload_files
from blogkit.sync.uploads import with_known_uploads


def write_content(attempt: Attempt) -> None:
    """Send the content, read it back, and record it if the state still has to change.

    Raises:
        Conflict: The post changed since the plan; nothing was sent.
        SentUnclear: The write may have arrived.
        BlogkitError: The site refused; the journal has the action as failed.
    """
    action = attempt.action
    remote = _send(attempt, _request(attempt))
    if action.kind is ActionKind.CREATE:
        # Recorded now, so that a crash before the read-back cannot lead to a second post.
        attempt.note(last_pushed="")  # the id of an existing post is known
    # The write's own answer is the proof: a read-back may already show an edit by a person.
    attempt.confirmed = None if attempt.comparison.unexplained else remote
    back = remote if attempt.answers_stored else attempt.read_back(remote.ref)
    if attempt.comparison.unexplained == ("title",) and back.title == attempt.interim:
        attempt.comparison = Comparison()  # another run is just publishing our draft
    if attempt.confirmed is None and not attempt.comparison.unexplained:
        attempt.confirmed = back
    if outstanding(back, action.target, attempt.clock()):
        attempt.note()


def _request(attempt: Attempt) -> Callable[[], Remote]:
    """Return the request that writes the content, and set the expected content."""
    action, platform = attempt.action, attempt.platform
    wanted, seen = action.desired_remote, action.remote_state.remote
    if wanted is not None:
        assert seen is not None
        accept = platform.capabilities.accept
        attempt.expected = replace(expected_from_remote(wanted, seen), accept=accept)
        return lambda: platform.restore(seen.ref, wanted, seen, fresh=_looked_again(attempt, seen))
    draft = _ready(attempt)
    if action.kind is ActionKind.CREATE:
        expected = expected_on(platform, draft, None)
        creation = new_creation_id(expected, attempt.clock())
        body, sent = (with_creation_id(one.body, draft.key, creation) for one in (expected, draft))
        attempt.expected = replace(expected, body=body)
        return lambda: platform.create(replace(draft, body=sent))
    assert seen is not None
    draft = _marked(attempt, draft, seen)
    attempt.expected = expected_on(platform, draft, seen)
    return lambda: platform.update(seen.ref, draft, seen, fresh=_looked_again(attempt, seen))


def _marked(attempt: Attempt, draft: Draft, seen: Remote) -> Draft:
    """Return the draft with what the post has beside its key.

    If the body is sent anyway, the post's id is added.
    """
    if attempt.action.desired.remote_id:
        return draft
    draft = marked_as(draft, seen)
    same = attempt.action.remote_state.identical or draft.body == seen.body
    if same or not attempt.platform.capabilities.marks_ids:
        return draft
    return marked_with_id(draft, seen.ref.id)


def _looked_again(attempt: Attempt, seen: Remote) -> bool:
    """Return True if a fresh preflight check found the post unchanged. Raises `Conflict`."""
    if attempt.preflight.batched:
        attempt.preflight.require_unchanged(seen)
    return attempt.preflight.batched


def _ready(attempt: Attempt) -> Draft:
    """Return the draft, resolved and with its files uploaded. The post is not touched yet."""
    action, journal = attempt.action, attempt.journal
    try:
        refuse_too_close(action.desired, action.target, attempt.clock())
        draft = action.desired.draft
        upload_files(attempt, draft.assets)
        remote = action.remote_state.remote
        ready = with_known_uploads(
            draft, attempt.platform, journal, remote.body if remote else "", renew=True
        )
        return attempt.platform.resolve(ready, create=True)
    except JournalError:
        raise
    except BlogkitError as error:
        attempt.failed(error.message)
        raise


def _send(attempt: Attempt, send: Callable[[], Remote]) -> Remote:
    """Send the request, and return the post; after an ambiguous answer, look it up."""
    # A new post may take the place of one in the trash.
    is_new = attempt.action.kind is ActionKind.CREATE
    seen = None if is_new else attempt.action.remote_state.remote
    ref = seen.ref if seen else None
    attempt.step("update" if seen else "create")
    attempt.before_send()
    assert attempt.expected is not None
    try:
        attempt.see(send())
    except NO_ANSWER as error:
        found = look_after(attempt, error, ref)
        if found is None or (seen and not _arrived(attempt.expected, seen, found)):
            raise attempt.unclear(error, "it has not reached the site so far") from error
        arrived(attempt, found, error)
    except Rejected as error:
        # A site may reject a post after saving it. Then what it saved is read back, too.
        found = look_after(attempt, error, ref)
        if found is None or (seen and not edited_fields(fingerprint(seen), found)):
            attempt.failed(error.message)
            raise
        attempt.rejection = error.message
        attempt.see(found)
    except BlogkitError as error:
        attempt.failed(error.message)
        raise
    assert attempt.remote is not None
    return attempt.remote


def _arrived(expected: Expected, seen: Remote, found: Remote) -> bool:
    """Return whether a post shows what was sent, apart from what its site adds.

    If nothing of it changed, what looks like an addition may be what was to be removed.
    """
    compared = compare(expected, found)
    return not (compared.fields if found.body == seen.body else compared.unexplained)
