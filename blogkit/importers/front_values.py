"""Check values before an import writes them into front matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from blogkit.errors import ContentError
from blogkit.importers.html.verify import yaml
from blogkit.posts.loader import load_post


def flaw_of(key: str, value: Any) -> str:
    """Return why a post cannot have this line of front matter; "" if it can.

    Args:
        key: The key of front matter.
        value: Its value.
    """
    title = "" if key == "title" else "title: a\n"
    text = f"---\n{title}{key}: {yaml(value)}\n---\na\n"
    try:
        load_post(Path("import.md"), root=Path(), zone=ZoneInfo("UTC"), text=text.encode())
    except ContentError as error:
        return error.problems[0].message
    return ""
