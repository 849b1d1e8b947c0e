"""YAML by the 1.2 core rules: `load` reads it, `explain` tells what is wrong with it."""

from __future__ import annotations

from blogkit.posts.yaml12.load import Yaml, load_yaml
from blogkit.posts.yaml12.scalars import as_written

__all__ = ["Yaml", "as_written", "load_yaml"]
