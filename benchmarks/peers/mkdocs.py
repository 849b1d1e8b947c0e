"""MkDocs, with a bare theme and the widgets as fences. It writes pages, and no search index."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.peers.base import CALL, Peer, parts, python_tool
from benchmarks.peers.fences import WIDGETS

MODULE = "benchmarks.peers.fences"
CONFIG = """\
site_name: Benchmark
theme: {name: null, custom_dir: theme}
plugins: []
markdown_extensions:
  - tables
  - pymdownx.superfences:
      custom_fences:
"""
FENCE = """\
        - name: %s
          class: %s
          format: !!python/name:%s
          validator: !!python/name:%s
"""


def write(root: Path, posts: list[str]) -> None:
    """Write a site under `root`."""
    (root / "docs").mkdir()
    (root / "theme").mkdir()
    (root / "theme/main.html").write_text(
        "<!doctype html><title>{{ page.title }}</title>{{ page.content }}", encoding="utf-8"
    )
    fences = [
        FENCE % (name, name, f"{MODULE}.{function}", f"{MODULE}.any_options")
        for name, function in WIDGETS.items()
    ]
    (root / "mkdocs.yml").write_text(CONFIG + "".join(fences), encoding="utf-8")
    for number, post in enumerate(posts):
        head, body = parts(post)
        text = f"---\n{head}---\n{fenced(body)}"
        (root / f"docs/post-{number:05}.md").write_text(text, encoding="utf-8")


def fenced(body: str) -> str:
    """Return a body with its widgets as MkDocs and Pelican call them."""
    return CALL.sub(lambda call: f"```{call[1]} title={json.dumps(call[2])}\n{call[3]}```", body)


def peer() -> Peer:
    """Return MkDocs."""
    program = python_tool("mkdocs")
    return Peer("MkDocs", (program, "build", "--quiet") if program else (), write)
