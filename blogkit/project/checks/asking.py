"""Answer the links of a post, and note what they ask."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from blogkit.lint.known_posts import KnownPosts
from blogkit.project.checks.results import LinkAnswers


class AskedSet(AbstractSet[str]):
    """A set of names that notes what it is asked.

    Args:
        names: The names.

    Attributes:
        answers: Whether each name that was asked for is in it.
        listed: Whether all names were asked for.
    """

    def __init__(self, names: AbstractSet[str]) -> None:
        self._names = names
        self.answers: dict[str, bool] = {}
        self.listed = False

    def __contains__(self, name: object) -> bool:
        found = name in self._names
        self.answers[str(name)] = found
        return found

    def __iter__(self) -> Iterator[str]:
        self.listed = True
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Asking:
    """Answers the links of one post.

    Args:
        names: The answers.

    Attributes:
        known: The answers, as the checks ask for them.
    """

    def __init__(self, names: KnownPosts) -> None:
        self._names = names
        self._sets: dict[str, AskedSet] = {}
        self.known = KnownPosts(
            lambda: self._asked("files", names.files), lambda: self._asked("keys", names.keys)
        )

    @property
    def asked(self) -> LinkAnswers:
        """What was asked so far."""
        files, keys = (
            tuple(sorted(self._sets[kind].answers.items())) if kind in self._sets else ()
            for kind in ("files", "keys")
        )
        listed = any(one.listed for one in self._sets.values())
        return LinkAnswers(files, keys, self._names.digest if listed else "")

    def _asked(self, kind: str, names: AbstractSet[str]) -> AskedSet:
        return self._sets.setdefault(kind, AskedSet(names))
