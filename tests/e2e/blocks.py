"""Would the block editor of a site open these posts without complaint? Its own scripts say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.e2e import node
from tests.e2e.wordpress.site import CONFIG, Site

_FALLBACKS = {"core/missing": "an unknown block", "core/freeform": "text outside of blocks"}


@dataclass(frozen=True)
class Verdict:
    """One post's blocks, nested ones included. names: their kinds in order; complaints: what the
    editor would show, [] = valid.
    """

    names: tuple[str, ...]
    complaints: tuple[str, ...]

    @property
    def valid(self) -> bool:
        return not self.complaints


def validate_blocks(site: Site, posts: Sequence[str]) -> list[Verdict]:
    """Judge the markup of whole posts with the editor's scripts of exactly this site."""
    return [_verdict(blocks) for blocks in _ask(site, posts)]


def serialized(site: Site, posts: Sequence[str]) -> list[str]:
    """Each post as the editor would save it after it was opened: its old forms brought up to
    date, in the editor's own spelling.
    """
    return [str(post) for post in _ask(site, posts, serialize=True)]


def _ask(site: Site, posts: Sequence[str], *, serialize: bool = False) -> list[Any]:
    scripts = json.loads(site.php(CONFIG / "editor-scripts.php"))
    question = {
        "docroot": str(site.docroot),
        "scripts": scripts,
        "posts": list(posts),
        "serialize": serialize,
    }
    answers: list[Any] = node.ask("blocks.cjs", question)
    return answers


def _verdict(blocks: list[dict[str, object]]) -> Verdict:
    return Verdict(
        tuple(str(block["name"]) for block in blocks),
        tuple(text for block in blocks if (text := _complaint(block))),
    )


def _complaint(block: dict[str, object]) -> str:
    place = f"block {block['path']} {block['name']}"
    if block["name"] in _FALLBACKS:
        return f"{place}: {_FALLBACKS[str(block['name'])]}"
    return "" if block["valid"] else f"{place}: {block['issue'] or 'not valid'}"
