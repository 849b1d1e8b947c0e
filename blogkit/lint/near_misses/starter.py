"""The text of a new post, which its author replaces."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_BODY = """\
{sentence}

```{{meta-box}} {box}
items:
  - {{icon: 📍, label: {where}, value: "…"}}
  - {{icon: 📅, label: {when}, value: "…"}}
```
"""


def starter_body(language: str) -> str:
    """Return the body of a new post.

    Args:
        language: The blog's language; one without a text of its own gets the English one.
    """
    texts = _texts()
    return _BODY.format(**texts.get(language.partition("-")[0].lower(), texts["en"]))


@cache
def starter_bodies() -> tuple[str, ...]:
    """Return the body of a new post in every language."""
    return tuple(map(starter_body, _texts()))


@cache
def starter_sentences() -> frozenset[str]:
    """Return the first paragraph of a new post in every language."""
    return frozenset(words["sentence"] for words in _texts().values())


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("starter.toml").read_text(encoding="utf-8"))
