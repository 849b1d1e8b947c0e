"""What must be true of the blog after any run."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from benchmarks.chaos.desk import Desk
from benchmarks.chaos.page import cut_off
from blogkit.platforms.base import Remote, State


def look(desk: Desk, posts: Sequence[Remote], *, drafts: bool = True) -> None:
    """What must be true at any time: no post twice, none cut off unless the user took what is
    there, no edit gone. What is not is counted, told once, and not held again. drafts: whether a
    second draft counts.
    """
    by_key = desk.keyed(posts)
    for key, found in by_key.items():
        counted = [post for post in found if drafts or post.state is not State.DRAFT]
        if len(counted) > 1 and key not in desk.doubled:
            desk.doubled.add(key)
            ids = ", ".join(f"{post.state} {post.ref.id} {post.title!r}" for post in found)
            desk.found("duplicates", key, f"{len(counted)} posts: {ids}")
        for one in found:
            token = cut_off(one.body)
            if token and one.state is not State.DRAFT and key not in desk.theirs:
                desk.found("lost", key, f"{token} is cut off: {one.body[-80:]!r}")
    for edit in list(desk.edits):
        there = by_key.get(edit.key, [])
        if any(edit.marker in _shown(post, edit.field) for post in there):
            edit.sure = True
        elif (
            there
            and edit.sure
            and not (
                # Files of drafts may be cut: only those of live and scheduled posts are guarded.
                edit.field == "body" and there[0].state is State.DRAFT and cut_off(there[0].body)
            )
        ):
            shown = _shown(there[0], edit.field)
            what = f"{edit.marker} is no longer in its {edit.field}: {shown!r}"
            desk.found("overwritten", edit.key, what)
            desk.edits.remove(edit)


def judge(desk: Desk, posts: Sequence[Remote], undecided: Collection[str]) -> None:
    """What must be true when all is quiet: every file is there once, as it is, except where the
    blog's edit was left.
    """
    look(desk, posts)
    by_key = desk.keyed(posts)
    for key, page in desk.pages.items():
        found = by_key.get(key, [])
        if not found:
            desk.found("lost", key, "there is no post of it")
        elif key not in undecided and key not in desk.theirs:
            state = key not in desk.stays
            edited = {edit.field for edit in desk.edits if edit.key == key}
            wrong = page.form and page.differs_from(found[0], state=state, edited=edited)
            if wrong or page.token not in found[0].body:
                desk.found("lost", key, wrong or f"its text {page.token} is not there")


def _shown(post: Remote, field: str) -> str:
    labels = " ".join((*post.labels, *post.tags))
    return {"title": post.title, "body": post.body, "labels": labels}[field]
