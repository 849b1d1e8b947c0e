"""Hatchling's hook for what a package index shows: the project's addresses, and the README
there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

RELATIVE = re.compile(r"(?P<picture>!?)\[(?P<text>[^]]*)\]\((?P<path>(?![a-z]+:|#)[^)]*)\)")


class Metadata(MetadataHookInterface):
    """Fills `readme` and `urls` in, from `repository` in pyproject.toml."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add what an index shows to the metadata."""
        repository = str(self.config.get("repository", "")).rstrip("/")
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        base = repository and f"{repository}/{{}}/v{metadata['version']}"
        metadata["readme"] = {"content-type": "text/markdown", "text": for_index(text, base)}
        metadata["urls"] = addresses(repository)


def addresses(repository: str) -> dict[str, str]:
    """Return the links beside a package on an index; none while the project has no public home."""
    if not repository:
        return {}
    return {
        "Source": repository,
        "Documentation": f"{repository}/tree/HEAD/docs",
        "Changelog": f"{repository}/blob/HEAD/CHANGELOG.md",
        "Issues": f"{repository}/issues",
    }


def for_index(text: str, base: str) -> str:
    """Return the README with links that work outside of the repository.

    Args:
        text: The README, with paths as links.
        base: The address of a version, with `{}` for `blob` or `raw`; "" leaves only the words.
    """

    def absolute(match: re.Match[str]) -> str:
        picture, words, path = match["picture"], match["text"], match["path"]
        if base:
            return f"{picture}[{words}]({base.format('raw' if picture else 'blob')}/{path})"
        return f"*{words}.*" if picture else words

    return RELATIVE.sub(absolute, text)
