"""Write what was changed in a post on its site into the post's Markdown file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError
from blogkit.importers.patch.body import PatchNote, RenderedBlock, patch_body
from blogkit.importers.patch.front_matter import with_value
from blogkit.importers.patch.pieces import pieces_of
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Draft
from blogkit.platforms.term_names import as_labels
from blogkit.posts.aliases import ALIASES
from blogkit.posts.front_matter import split_front_matter
from blogkit.posts.loader import load_post
from blogkit.posts.post import Post
from blogkit.project.built_post import build_posts
from blogkit.project.context import ProjectContext
from blogkit.project.live.references import ReferencedPost
from blogkit.project.options import PublishOptions
from blogkit.sync.merging.base import agreed, merge_with_base
from blogkit.sync.merging.merge import Merge, as_asked
from blogkit.sync.uploads import with_known_uploads

_OPTIONS = PublishOptions(allow_pending_quiz=True)
_VALUES = ("title", "excerpt", "slug", "labels", "categories", "tags")


@dataclass(frozen=True)
class PatchedFile:
    """A post's file with the site's changes.

    Attributes:
        data: Its bytes.
        notes: What the user should know.
    """

    data: bytes
    notes: tuple[PatchNote, ...] = ()

    @property
    def left(self) -> tuple[PatchNote, ...]:
        """What still differs from the site."""
        return tuple(note for note in self.notes if note.left)


def patch_file(
    context: ProjectContext,
    journal: Journal,
    found: ReferencedPost,
    path: Path,
    *,
    as_html: bool,
) -> PatchedFile | None:
    """Return a post's Markdown file with what was changed on the site.

    Args:
        context: The call's context.
        journal: Has the post as file and site last agreed.
        found: The post on the site.
        path: Its file.
        as_html: Write the site's HTML in the place of blocks that Markdown cannot express.

    Returns:
        The file; None if it is not Markdown, or if the journal does not have the post as file and
        site last agreed.

    Raises:
        ContentError: The file cannot be read.
    """
    data = path.read_bytes()
    patch = _FilePatch(context, journal, found, path)
    post = patch.load(data)
    memory = journal.memories(found.site).get(post.key)
    if post.format != "md" or post.remote_id or memory is None:
        return None
    draft = build_posts(context, post, found.site, _OPTIONS, profile=patch.profile).desired.draft
    base = _base(journal, memory)
    if base is None:
        return None
    merge = patch.merged(draft, memory)
    text = data.decode("utf-8-sig")
    lines = re.split(r"\r\n|\r|\n", text)
    there = pieces_of(found.remote.body)
    body = patch_body(lines, patch.blocks, pieces_of(base), there, as_html=as_html)
    notes = [*body.notes]
    result = [*body.lines]
    if merge:
        result, more = patch.with_front_matter(result, post, draft, merge)
        notes += more
    return PatchedFile(_encoded(data, lines, result), tuple(notes))


def _base(journal: Journal, memory: Memory) -> str | None:
    """Return the body as file and site last agreed, with what the file asked for."""
    found = agreed(memory, journal, unsettled=True)
    return as_asked(*found).body if found else None


def _encoded(data: bytes, before: Sequence[str], after: Sequence[str]) -> bytes:
    """Return lines as a file with the same line ends and byte order mark."""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    ends = re.findall(r"\r\n|\r|\n", data.decode("utf-8-sig"))
    usual = max(set(ends), key=ends.count) if ends else "\n"
    if len(set(ends)) < 2:
        return mark + usual.join(after).encode()
    # A file with several kinds: a line that stays keeps its own.
    known = dict(zip(before, ends, strict=False))
    text = "".join(line + known.get(line, usual) for line in after[:-1]) + after[-1]
    return mark + text.encode()


class _FilePatch:
    """What is needed to render a file as its site would show it."""

    def __init__(
        self, context: ProjectContext, journal: Journal, found: ReferencedPost, path: Path
    ) -> None:
        self._context, self._journal, self._found, self._path = context, journal, found, path
        self._platform = context.sites.platform(found.site)
        self.profile = self._platform.profile()

    def load(self, data: bytes) -> Post:
        """Return the post in the file's bytes."""
        config = self._context.config
        return load_post(self._path, root=config.root, zone=config.zone, text=data)

    def blocks(self, lines: Sequence[str]) -> list[RenderedBlock]:
        """Return the blocks of a file, each with what the site would show of it."""
        post = self.load("\n".join(lines).encode())
        site = self._context.config.site(self._found.site)
        document = self._context.renderer.document(post, site, _OPTIONS, self.profile)
        found = []
        for fragment in document.fragments:
            alone = replace(document, fragments=(fragment,), sheet="")
            draft = Draft(post.key, post.kind, post.title, self._platform.compose(alone))
            draft = replace(draft, assets=document.assets)
            ready = with_known_uploads(
                draft, self._platform, self._journal, self._found.remote.body
            )
            pieces = tuple(pieces_of(self._platform.expected_body(ready)))
            if pieces:
                found.append(
                    RenderedBlock(
                        fragment.kind,
                        fragment.line,
                        fragment.last,
                        pieces,
                        fragment.widget,
                        fixed=fragment.mixed or fragment.kind in ("widget", "footnotes"),
                    )
                )
        return found

    def merged(self, draft: Draft, memory: Memory) -> Merge | None:
        """Return the post with the changes of both sides."""
        remote = self._found.remote
        addressed = with_known_uploads(draft, self._platform, self._journal, remote.body)
        return merge_with_base(
            draft,
            addressed,
            remote,
            memory,
            self._platform,
            self._journal,
            differs=(),
            unsettled=True,
        )

    def with_front_matter(
        self, lines: list[str], post: Post, draft: Draft, merge: Merge
    ) -> tuple[list[str], list[PatchNote]]:
        """Return the file with the values that were changed on the site."""
        notes = [
            PatchNote(
                post.lines.get(one.name, 1),
                f"{one.name}: “{one.there}” on the site, “{one.here}” in the file",
                left=True,
            )
            for one in merge.conflicts
            if one.name != "body"
        ]
        for name in _VALUES:
            old, new = getattr(draft, name), getattr(merge.draft, name)
            if old == new:
                continue
            value = new if isinstance(new, str) else self._terms(getattr(post, name), old, new)
            changed = _with_value(lines, name, value, str(self._path))
            try:
                self.load("\n".join(changed).encode())
            except ContentError:
                note = f"{name}: was changed on the site and cannot be written"
                notes.append(PatchNote(post.lines.get(name, 1), note, left=True))
            else:
                lines = changed
        return lines, notes

    def _terms(
        self, written: tuple[str, ...], old: tuple[str, ...], new: tuple[str, ...]
    ) -> list[str]:
        """Return terms as the file names them: categories by their path."""
        remote = self._found.remote
        paths: dict[str, str] = {}
        if any(term.startswith("id:") for term in new):
            ids = (f"id:{number}" for number in remote.category_ids)
            paths = dict(zip(ids, self._platform.category_paths(remote), strict=True))
        gone = {term for term in old if term not in new}
        kept = [term for term in written if not gone & {term, *as_labels([term])}]
        return [*kept, *(paths.get(term, term) for term in new if term not in old)]


def _with_value(lines: list[str], name: str, value: str | Sequence[str], path: str) -> list[str]:
    yaml, start, _, _ = split_front_matter("\n".join(lines), path)
    names = [name, *(other for other, alias in ALIASES.items() if alias.name == name)]
    try:
        new = with_value(yaml, names, value)
    except ValueError:
        return lines
    count = len(yaml.split("\n")) if yaml else 0
    return [*lines[: start - 1], *new.split("\n"), *lines[start - 1 + count :]]
