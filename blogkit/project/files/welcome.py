"""The first post of a new blog, in its language."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from blogkit.project.files.scaffold import quote

_POST = """\
---
title: {title}
labels: [{label}]
{publish}
---
{intro}

```{{meta-box}} {box}
items:
  - {{icon: 📝, label: {file}, value: "`posts/hello.md`"}}
  - {{icon: ⚙️, label: {settings}, value: "`blogkit.toml`"}}
```

```{{steps}} {steps}
items:
  - {{title: {change}, text: {change_text}}}
  - {{title: {check}, text: {check_text}}}
  - {{title: {publish_title}, text: {publish_text}}}
```

```{{table}} {table}
columns: [{widget}, {use}]
rows:
  - [timeline, {timeline}]
  - [faq, {faq}]
  - [quiz-button, {quiz}]
```

```{{conclusion}} {end}
{end_text} `blogkit delete posts/hello.md`
```
"""
_NOW = "publish: now"
_DRAFT = "# publish: now    # or: 2030-01-31 07:00. Without this line the post becomes a draft."
_PLAIN = ("intro", "box", "steps", "table", "end", "end_text")
"""Texts that are not in YAML."""


def welcome_post(blog: str, language: str, *, live: bool) -> str:
    """Return the text of the file.

    Args:
        blog: The blog's name.
        language: The blog's language; one without a text of its own gets the English one.
        live: Whether publishing the post shows it to readers.
    """
    source = (files("blogkit.project.files") / "sample" / "welcome.toml").read_bytes()
    texts = tomllib.loads(source.decode())
    own = texts.get(language.partition("-")[0].lower(), texts["en"])
    commands = {"check_text": "blogkit check", "publish_text": "blogkit publish"}
    words = {
        name: f"`{commands[name]}` {text}" if name in commands else text
        for name, text in own.items()
    }
    words["title"] = own["title"].replace("{blog}", blog)
    shown = {name: text if name in _PLAIN else quote(text) for name, text in words.items()}
    shown["publish_title"] = shown["publish"]
    return _POST.format(**{**shown, "publish": _NOW if live else _DRAFT})
