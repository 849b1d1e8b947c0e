"""How alike post files are: by their titles, and by their words in runs of four.

The work grows linearly with the files: only posts that share a few sampled runs are compared. A
series whose posts share a template ("Quiz 1", "Quiz 2") is not alike, because the numbers in the
titles differ, and so does some of the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache, cached_property
from pathlib import Path
from zlib import crc32

from blogkit.dataclass import dataclass
from blogkit.lint.near_misses.starter import starter_bodies

_TITLE = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE)
_QUIZ = re.compile(r"^quiz:.*$", re.MULTILINE)
_SITES = re.compile(r"^sites:(.*(?:\n[ \t]*-.*)*)", re.MULTILINE)
_ORIGIN = re.compile(r"^(?:post_id|imported_from):[ \t]*(.+)$", re.MULTILINE)
_DIGITS = re.compile(r"\d+")
_FEWEST_WORDS, _FEWEST_FOR_NEAR = 20, 40
_RUN = 4
_NEAR = 0.9
_SIZES = 0.75
"""A text that is nearly the same is nearly as long."""
_SAMPLE = 8
"""One word in so many begins a run that is remembered, and so many runs are."""
_ENOUGH = 20
"""More posts than this that share a run share a template."""


@dataclass(frozen=True)
class TextMarks:
    """What tells whether a text may be like another one.

    Attributes:
        size: Its characters.
        digest: A number that texts of the same words share.
        runs: A few of its runs, which texts that are nearly the same have in common.
    """

    size: int
    digest: int
    runs: tuple[int, ...]


@dataclass(frozen=True)
class PostText:
    """A post file, read without taking it apart.

    Attributes:
        path: The file.
        title: The words of its title, without case and punctuation.
        sites: The sites that it names.
        origin: The existing post that it names as its own; "" for none.
        load: Returns its quiz link and its body.
        known: Its marks, where they are known from an earlier run.
    """

    path: Path
    title: str
    sites: frozenset[str]
    origin: str
    load: Callable[[], str] = field(compare=False, repr=False)
    known: TextMarks | None = None

    @classmethod
    def read(cls, path: Path) -> PostText | None:
        """Return what a file holds, None if it cannot be read."""
        try:
            # Never an error: this is read for a warning, and whatever is wrong with the file is
            # reported elsewhere.
            source = path.read_bytes().decode("utf-8-sig", "replace").replace("\r", "")
        except OSError:
            return None
        head, _, body = source.removeprefix("---\n").partition("\n---\n")
        title, quiz, sites, origin = (
            known.search(head) for known in (_TITLE, _QUIZ, _SITES, _ORIGIN)
        )
        text = f"{quiz[0] if quiz else ''} {body}"
        return cls(
            path,
            folded(title[1]) if title else "",
            frozenset(re.findall(r"[\w-]+", sites[1])) if sites else frozenset(),
            origin[1].strip() if origin else "",
            lambda: text,
        )

    @classmethod
    def known_by(
        cls, path: Path, title: str, sites: frozenset[str], origin: str, known: TextMarks
    ) -> PostText:
        """Return a file that is read only if it may be like another one.

        Args:
            path: The file.
            title: As in the attributes.
            sites: As in the attributes.
            origin: As in the attributes.
            known: Its marks.
        """

        def load() -> str:
            found = cls.read(path)
            return found.load() if found else ""

        return cls(path, title, sites, origin, load, known)

    @cached_property
    def size(self) -> int:
        """How many characters its text has."""
        return self.known.size if self.known else len(self.load())

    @cached_property
    def words(self) -> list[str]:
        """The words of its text in order, without case and punctuation."""
        return _words(self.load())

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """All its runs of neighbouring words."""
        words = self.words
        return frozenset(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))

    @cached_property
    def marks(self) -> TextMarks:
        """What tells whether it may be like another text."""
        return self.known or TextMarks(self.size, *_marks(_words(self.load())))

    @property
    def is_marked(self) -> bool:
        """Whether its marks were needed."""
        return "marks" in vars(self)


def _marks(words: Sequence[str]) -> tuple[int, tuple[int, ...]]:
    """Return the digest and the runs of marks."""
    # `hash` would differ in every process
    # (https://docs.python.org/3/reference/datamodel.html#object.__hash__), and these numbers
    # decide which runs are remembered.
    numbers = {word: crc32(word.encode("utf-8", "surrogatepass")) for word in set(words)}
    found = {
        crc32(" ".join(words[at : at + _RUN]).encode("utf-8", "surrogatepass"))
        for at, word in enumerate(words)
        if numbers[word] % _SAMPLE == 0
    }
    digest = crc32(" ".join(words).encode("utf-8", "surrogatepass"))
    return digest, tuple(sorted(found)[:_SAMPLE])


def similarity(one: PostText, other: PostText) -> str:
    """Return in which respect two posts are alike: "title", "text", or "" if in none.

    Args:
        one: A post.
        other: Another one; the order does not matter.
    """
    if one.sites and other.sites and one.sites.isdisjoint(other.sites):
        return ""
    if one.title and one.title == other.title and not are_different(one, other):
        return "title"
    if min(len(one.words), len(other.words)) < _FEWEST_WORDS or one.words in _starters():
        return ""
    if one.words == other.words:
        return "text"
    # Posts of a series share a template and differ in their numbers: day 12, day 13.
    if _DIGITS.findall(one.title) != _DIGITS.findall(other.title):
        return ""
    both = len(one.runs & other.runs)
    share = both / max(len(one.runs) + len(other.runs) - both, 1)
    return "text" if len(one.words) >= _FEWEST_FOR_NEAR and share >= _NEAR else ""


def are_different(one: PostText, other: PostText) -> bool:
    """Return whether both posts existed before their files, as different ones.

    Args:
        one: A post.
        other: Another one; the order does not matter.
    """
    return bool(one.origin and other.origin) and one.origin != other.origin


def read_texts(paths: Iterable[Path]) -> Iterator[PostText]:
    """Yield the texts of files, those that cannot be read left out."""
    return (post for path in paths if (post := PostText.read(path)))


def find_alike(
    new: Iterable[Path],
    known: Iterable[Path],
    read: Callable[[Iterable[Path]], Iterable[PostText]] = read_texts,
) -> Mapping[Path, tuple[Path, str]]:
    """Return for each new post the first other one that is like it, and in which respect.

    Args:
        new: Files of posts that are about to be created.
        known: All files, the new ones among them.
        read: Reads files, or knows enough of them.
    """
    return compare_all(list(read(new)), read(known))


def compare_all(
    new: Sequence[PostText], known: Iterable[PostText]
) -> Mapping[Path, tuple[Path, str]]:
    """Return for each new post the first other one that is like it, and in which respect.

    Args:
        new: Posts that are about to be created.
        known: The posts to compare them with; none is read once all new ones have one.
    """
    index = _Index(new)
    others = iter(known)
    while len(index.found) < len(index.posts) and (other := next(others, None)):
        index.compare(other)
    return index.found


class _Index:
    """New posts, by what a post that is like them shares with them."""

    def __init__(self, posts: Sequence[PostText]) -> None:
        self.posts = posts
        self.found: dict[Path, tuple[Path, str]] = {}
        self._sizes = sorted(post.size for post in posts)
        self._titles: dict[str, list[PostText]] = {}
        self._texts: dict[int, list[PostText]] = {}
        self._marks: dict[int, list[PostText]] = {}
        for post in posts:
            self._titles.setdefault(post.title, []).append(post)
            self._texts.setdefault(post.marks.digest, []).append(post)
            for mark in post.marks.runs:
                self._marks.setdefault(mark, []).append(post)

    def compare(self, other: PostText) -> None:
        """Note which new posts are like another one."""
        for one in self._candidates(other):
            if one.path in self.found or one.path == other.path:
                continue
            if one.path.resolve() == other.path.resolve():
                continue
            if respect := similarity(one, other):
                self.found[one.path] = other.path, respect

    def _candidates(self, other: PostText) -> Iterator[PostText]:
        if other.title:
            yield from self._left(self._titles.get(other.title, []))
        if not self._has_size_of(other):
            return
        runs = other.marks.runs
        yield from self._left(self._texts.get(other.marks.digest, []))
        sharing = [post for mark in runs for post in self._marks.get(mark, [])[:_ENOUGH]]
        shared = Counter(post.path for post in sharing)
        likely = {post.path: post for post in sharing if 2 * shared[post.path] >= len(runs)}
        yield from likely.values()

    def _left(self, group: list[PostText]) -> list[PostText]:
        """Return those that nothing was found for; the others need not be looked at again."""
        group[:] = [post for post in group if post.path not in self.found]
        return [*group]

    def _has_size_of(self, other: PostText) -> bool:
        place = bisect_left(self._sizes, other.size * _SIZES)
        return place < len(self._sizes) and self._sizes[place] * _SIZES <= other.size


def folded(title: str) -> str:
    """Return a title's words, without case and punctuation."""
    return " ".join(_words(title))


def _words(text: str) -> list[str]:
    return _PUNCTUATION.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split()


@cache
def _starters() -> list[list[str]]:
    """Return the words of a new post that was not edited yet, in every language."""
    return [_words(body) for body in starter_bodies()]


_PUNCTUATION = re.compile(
    r"[!-/:-@\[-`{-~\u00a0\u00a1\u00ab\u00bb\u00bf\u0964\u0965\u2010-\u2027\u2030-\u205e]+"
)
