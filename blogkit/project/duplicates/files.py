"""Find files that describe the same post: each would overwrite what the other sends."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.config.post_sources import right_ending
from blogkit.errors import Problem
from blogkit.project.duplicates.copy_names import TEXT_ENDINGS, CopyNames
from blogkit.project.posts import Posts

if TYPE_CHECKING:
    from blogkit.posts.post import Post

_HEAD = 4096
"""Bytes of a file in which its key and its id are, if it names them."""

Identity = tuple[Path, str, str, str]
"""(file, site, key, the site's id of the post or "")"""


def duplicates(
    posts: Posts, identities: Sequence[Identity], fresh: Collection[Path], *, named: bool
) -> dict[Path, Problem]:
    """Return a problem for each file that is the same post as an earlier one.

    Args:
        posts: The project's posts.
        identities: The posts of this call.
        fresh: Files that were read just now; their keys were compared while loading.
        named: The caller named files, so the project's other files are compared, too.
    """
    compared = list(identities)
    # Of all posts, every file is in the comparison anyway; of a few, one of the others may be the
    # same.
    if named:
        words = {word for _, _, *names in compared for word in names}
        default = (posts.config.default_site,)
        others = _alike(posts, {path for path, *_ in compared}, words)
        compared = [
            (post.path, site, post.key, post.remote_id)
            for post in others
            for site in post.sites or default
        ] + compared
    by_key: dict[str, Path] = {}
    by_id: dict[tuple[str, str], Path] = {}
    found: dict[Path, Problem] = {}
    for path, site, key, remote_id in compared:
        other = by_key.setdefault(key, path)
        if other != path and not (path in fresh and other in fresh):
            found[path] = _same_key(posts, path, other, key)
        other = by_id.setdefault((site, remote_id), path) if remote_id else path
        if other != path:
            found.setdefault(path, _same_id(posts, path, other, site))
    return found


def same_post(identities: Sequence[Identity]) -> set[Path]:
    """Return every file that is the same post as another one: which is right, only people know."""
    files: dict[tuple[str, str], set[Path]] = {}
    for path, site, key, remote_id in identities:
        files.setdefault(("", key), set()).add(path)
        if remote_id:
            files.setdefault((site, remote_id), set()).add(path)
    return {path for same in files.values() if len(same) > 1 for path in same}


def copies(posts: Posts, paths: Collection[Path], others: Iterable[Path]) -> dict[Path, Problem]:
    """Return a problem for each file whose name is that of a copy.

    Args:
        posts: The project's posts.
        paths: The files of this call.
        others: All files of the project.
    """
    # A copy is beside its original. Folders and files are compared by their texts: to compare ten
    # thousand paths takes longer than to check a post.
    folders = {str(path).rpartition(os.sep)[0] for path in paths}
    near = {text: path for path in others if (text := str(path)).rpartition(os.sep)[0] in folders}
    names = CopyNames((near | {str(path): path for path in paths}).values())
    found = {}
    for path in paths:
        original = names.original(path) or _same_text(path, names.suspects(path))
        if original:
            other = posts.config.relative(original)
            words = f"this looks like a copy of {other}: a sync program or an editor names them so"
            hint = (
                f"compare it with {other}, keep what you need, and delete the copy; if it is a post"
                " of its own, give it another name and title"
            )
            place = posts.config.relative(path)
            found[path] = Problem(place, 1, words, hint, "conflict-copy")
    return found


def text_files(posts: Posts) -> list[Problem]:
    """Return a problem for each `rain.md.txt`, which Notepad makes of `rain.md`."""
    found = []
    for folder in ("posts", "pages"):
        for path in sorted((posts.config.root / folder).rglob("*.[tT][xX][tT]")):
            if not path.name.lower().endswith(TEXT_ENDINGS):
                continue
            place = posts.config.relative(path)
            words = f"this file is not a post, because its name ends in {path.suffix}"
            original = path.with_suffix("")
            if ending := right_ending(original.name):  # of rain.Md.txt
                original = original.with_suffix(ending)
            name = posts.config.relative(original)
            hint = f"rename it to {name}"
            if original.exists():
                hint = f"compare it with {name}, and delete it"
            found.append(Problem(place, 0, words, hint, "conflict-copy"))
    return found


def _same_text(path: Path, suspects: Iterable[Path]) -> Path | None:
    """Return the first of these files that is like this one."""
    others = list(suspects)
    if not others:
        return None
    from blogkit.project.duplicates.similarity import PostText, are_different, similarity

    post = PostText.read(path)
    if post is None:
        return None
    texts = (PostText.read(other) for other in others)
    alike = (text for text in texts if text and similarity(post, text))
    return next((text.path for text in alike if not are_different(post, text)), None)


def _same_key(posts: Posts, path: Path, other: Path, key: str) -> Problem:
    from blogkit.posts.loader import load_heads, same_key

    config = posts.config
    heads = load_heads([path], root=config.root, zone=config.zone)
    line = heads[0].lines.get("key", 1) if heads else 1
    return same_key(config.relative(path), line, config.relative(other), key)


def _same_id(posts: Posts, path: Path, other: Path, site: str) -> Problem:
    hint = (
        "keep one of them; if this is a copy that should become a new post, remove post_id: from it"
    )
    words = f"{posts.config.relative(other)} has the same post_id and is the same post on {site}"
    return Problem(posts.config.relative(path), 1, words, hint, "duplicate-post-id")


def _alike(posts: Posts, known: Collection[Path], words: Collection[str]) -> list[Post]:
    """Return other posts that may have one of these keys or ids; only likely files are read."""
    from unicodedata import normalize

    from blogkit.posts.loader import load_each

    wanted = set(words) - {""}
    marks = [word.encode() for word in wanted]
    alike = [
        path
        for path in posts.sources()
        if (normalize("NFC", path.stem) in wanted or _mentions(path, marks))
        and path.resolve() not in known
    ]
    config = posts.config
    return load_each(alike, root=config.root, zone=config.zone)[0] if alike else []


def _mentions(path: Path, marks: Sequence[bytes]) -> bool:
    """Return whether front matter that names its own key or id has one of these."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return (b"key" in head or b"post_id" in head) and any(mark in head for mark in marks)
