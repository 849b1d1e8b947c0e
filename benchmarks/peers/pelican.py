"""Pelican, with a bare theme and the widgets as fences. It writes articles, and no other page."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from benchmarks.measure import ROOT
from benchmarks.peers.base import Peer, parts, python_tool
from benchmarks.peers.mkdocs import fenced

CONFIG = f"""\
import sys
sys.path.insert(0, {json.dumps(str(ROOT))})
from benchmarks.peers import fences
SITENAME = AUTHOR = "Benchmark"
SITEURL = ""
PATH, OUTPUT_PATH, THEME = "content", "output", "theme"
TIMEZONE = "UTC"
DEFAULT_DATE = (2026, 1, 1)
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = TAG_SAVE_AS = ""
MARKDOWN = {{
    "extensions": ["tables", "pymdownx.superfences", "markdown.extensions.meta"],
    "extension_configs": {{
        "pymdownx.superfences": {{
            "custom_fences": fences.custom_fences(lambda name: getattr(fences, name)),
        }},
    }},
    "output_format": "html5",
}}
"""
TEMPLATE = "<!doctype html><title>{{ article.title }}</title>{{ article.content }}"


def write(root: Path, posts: list[str]) -> None:
    """Write a site under `root`."""
    (root / "content").mkdir()
    (root / "theme/templates").mkdir(parents=True)
    (root / "theme/static").mkdir()
    (root / "theme/templates/article.html").write_text(TEMPLATE, encoding="utf-8")
    (root / "pelicanconf.py").write_text(CONFIG, encoding="utf-8")
    for number, post in enumerate(posts):
        head, body = parts(post)
        fields = yaml.safe_load(head)
        text = f"Title: {fields['title']}\nCategory: {fields['labels'][0]}\n\n{fenced(body)}"
        (root / f"content/post-{number:05}.md").write_text(text, encoding="utf-8")


def peer() -> Peer:
    """Return Pelican."""
    program = python_tool("pelican")
    return Peer("Pelican", (program, "--quiet", "-s", "pelicanconf.py") if program else (), write)
