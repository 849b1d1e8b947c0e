"""A person at the block editor of a site, in Chromium: opens a post, types a word, saves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from tests.e2e import node
from tests.e2e.wordpress import machine
from tests.e2e.wordpress.site import CONFIG, Site


@dataclass(frozen=True)
class Typing:
    """post: its id; paragraph: words in the paragraph; text: what is typed at its end;
    before_saving: a command to run while the editor is open.
    """

    post: str
    paragraph: str
    text: str
    before_saving: Sequence[str] = ()


@dataclass(frozen=True)
class Typed:
    """invalid: names of blocks that the editor finds invalid; saved: WordPress took the post."""

    invalid: list[str]
    saved: bool


def type_and_save(site: Site, login: str, edits: Sequence[Typing]) -> list[Typed]:
    """Open each post in turn, signed in as this user, type, and save."""
    machine.ensure(machine.BROWSER)
    question = {
        "chromium": shutil.which("chromium"),
        "url": site.url,
        "cookies": json.loads(site.php(CONFIG / "sign-in.php", login)),
        "edits": [vars(one) for one in edits],
    }
    return [Typed(**answer) for answer in node.ask("type.cjs", question)]
