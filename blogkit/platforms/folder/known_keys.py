"""The keys of the records that this process has read, so that one is found without reading all."""

from __future__ import annotations


class KnownKeys:
    """The keys of records, by folder and by the name of their file."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[str, str]] = {}
        self._names: dict[tuple[str, str], set[str]] = {}

    def add(self, folder: str, name: str, key: str) -> None:
        """Note the key of a record that was read."""
        self.drop(folder, name)
        self._keys.setdefault(folder, {})[name] = key
        self._names.setdefault((folder, key), set()).add(name)

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder whose keys are known."""
        return [*self._keys.get(folder, ())]

    def drop(self, folder: str, name: str) -> None:
        """Forget a record that was written."""
        key = self._keys.get(folder, {}).pop(name, None)
        if key is not None:
            self._names[folder, key].discard(name)

    def likely(self, folder: str, names: set[str], key: str) -> set[str]:
        """Return which of the files in a folder have a key, or have not been read.

        Args:
            folder: The folder.
            names: The names of all files in it.
            key: The key.
        """
        unread = names - self._keys.get(folder, {}).keys()
        return unread | (names & self._names.get((folder, key), set()))
