"""Keep active content out of edits of live posts, unless the user allows its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from blogkit.edits import BodyForm
from blogkit.errors import BlogkitError, Problem
from blogkit.html import LineIndex
from blogkit.lint.active_content import find_active
from blogkit.project.live.bulk_edit import EditPost, EditResult
from blogkit.project.live.references import ReferencedPost
from blogkit.sanitizers.profiles import Profile


def active_problems(html: str, shown: str, allow: Collection[str]) -> list[Problem]:
    """Return a problem for each piece of active content in a file of HTML.

    Args:
        html: The file's text.
        shown: What messages call it.
        allow: Kinds that it may have.
    """
    lines = LineIndex(html)
    return [
        Problem(shown, lines.before(part.start) + 1, part.what, _hint(part.kind), "active-content")
        for part in find_active(html)
        if part.kind not in allow
    ]


def without_active_content(edit: EditPost, allow: Collection[str]) -> EditPost:
    """Return an edit that is refused if it adds active content to a post.

    A post may have some already, and an edit may move it.

    Args:
        edit: The edit.
        allow: Kinds that it may add.
    """

    def checked(found: ReferencedPost, form: BodyForm, profile: Profile) -> EditResult:
        done = edit(found, form, profile)
        after = find_active(done.body)
        if not after:
            return done
        before = find_active(found.remote.body)
        added = Counter(part.kind for part in after) - Counter(part.kind for part in before)
        for kind in added.keys() - set(allow):
            known = {part.what for part in before}
            parts = sorted(
                (part for part in after if part.kind == kind), key=lambda part: part.what in known
            )
            raise BlogkitError(f"cannot {done.doing}: {parts[0].what}", hint=_hint(kind))
        return done

    return checked


def _hint(kind: str) -> str:
    return f"delete it; if you know what it does, add --allow {kind}"
