"""All terms of a hierarchical taxonomy, such as the categories: which one a name is. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from urllib.parse import unquote

from blogkit.dataclass import dataclass
from blogkit.platforms.term_names import TermName, read_term_name, write_path


@dataclass(frozen=True)
class Node:
    """One term.

    Attributes:
        id: The site's id of it.
        name: Plain text.
        slug: Decoded.
        parent: The id of the term above it; 0 at the top level.
    """

    id: int
    name: str
    slug: str = ""
    parent: int = 0


@dataclass(frozen=True)
class Place:
    """Where a term is, or is to be created.

    Attributes:
        id: The term; 0 if it does not exist.
        parent: The nearest term above it that exists; 0 for the top level.
        missing: The names to create below `parent`, the outermost first.
    """

    id: int = 0
    parent: int = 0
    missing: tuple[str, ...] = ()


class Ambiguous(ValueError):
    """A name is that of several terms.

    Args:
        name: The name.
        written: How a file names each of them.
    """

    def __init__(self, name: str, written: Sequence[str]) -> None:
        super().__init__(name)
        self.name, self.written = name, tuple(written)


class TermTree:
    """The terms of one taxonomy.

    Args:
        nodes: All of them.
    """

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._nodes = {node.id: node for node in nodes}
        self._by_name: dict[str, list[Node]] = {}
        for node in self._nodes.values():
            self._by_name.setdefault(plain(node.name), []).append(node)

    def __contains__(self, number: int) -> bool:
        return number in self._nodes

    def add(self, node: Node) -> None:
        """Add a term that was created."""
        if node.id not in self._nodes:
            self._nodes[node.id] = node
            self._by_name.setdefault(plain(node.name), []).append(node)

    def name(self, number: int) -> str:
        """Return a term's name."""
        return self._nodes[number].name

    def path(self, number: int) -> tuple[str, ...]:
        """Return the names from the top level down to a term."""
        names: list[str] = []
        seen: set[int] = set()
        while number in self._nodes and number not in seen:
            seen.add(number)
            names.insert(0, self._nodes[number].name)
            number = self._nodes[number].parent
        return tuple(names)

    def matches(self, name: TermName) -> list[int]:
        """Return the terms that a name fits.

        A path fits every term that it is the end of the whole path of. A text with a slash also
        fits the terms with exactly that name.
        """
        if name.id:
            return [name.id] if name.id in self._nodes else []
        if name.slug:
            wanted = unquote(name.slug)
            return [node.id for node in self._nodes.values() if node.slug == wanted]
        wanted_path = [plain(part) for part in name.path]
        found = [node.id for node in self._by_name.get(plain(name.text), ())]
        for node in self._by_name.get(wanted_path[-1], ()):
            whole = [plain(part) for part in self.path(node.id)]
            fits = whole == wanted_path if name.from_top else _ends_with(whole, wanted_path)
            if fits and node.id not in found:
                found.append(node.id)
        return sorted(found)

    def place(self, name: TermName, own: Collection[int] = ()) -> Place:
        """Return where a term is, or is to be created.

        Args:
            name: As the file names it.
            own: The terms that the post has: of several that fit, the name means its own.

        Raises:
            Ambiguous: Several terms fit.
            KeyError: No term has this id or slug.
        """
        found = self.matches(name)
        if len(found) > 1:
            found = [number for number in found if number in own] or found
        if found:
            return Place(self._only(name, found))
        if not name.path:
            raise KeyError(name.text)
        for cut in range(len(name.path) - 1, 0, -1):
            above = TermName(write_path(name.path[:cut]), name.path[:cut], name.from_top)
            if parents := self.matches(above):
                return Place(parent=self._only(above, parents), missing=name.path[cut:])
        return Place(missing=name.path)

    def written(self, number: int) -> str:
        """Return the shortest text that names this term and no other one."""
        path, slug = self.path(number), self._nodes[number].slug
        ends = [write_path(path[start:]) for start in range(len(path) - 1, -1, -1)]
        for text in (*ends, write_path(path, from_top=True), f"slug:{slug}"):
            if self.matches(read_term_name(text)) == [number]:
                return text
        return f"id:{number}"

    def _only(self, name: TermName, found: Sequence[int]) -> int:
        if len(found) > 1:
            raise Ambiguous(name.text, [self.written(number) for number in found])
        return found[0]


def plain(name: str) -> str:
    """Return a name as WordPress compares it, without case."""
    return " ".join(name.split()).casefold()


def _ends_with(whole: Sequence[str], end: Sequence[str]) -> bool:
    return list(whole[-len(end) :]) == list(end)
