"""Write what each widget's example renders to into its folder: `python -m tests.widgets.accept`. Review the change like code."""

from __future__ import annotations

from pathlib import Path

from blogkit.render.registry import Registry, builtin_folder
from blogkit.survival.profile import BLOGGER, FEED, STRICT
from tests.render.drawing import draw

PROFILES = {"strict.html": STRICT, "full.html": BLOGGER, "feed.html": FEED}


def expected(folder: Path) -> dict[Path, str]:
    """What the files of a widget's `expected/` should hold."""
    example = (folder / "example.md").read_text(encoding="utf-8")
    registry = Registry([folder.parent])
    documents = {name: draw(example, profile, registry=registry, front={"key": "example"}) for name, profile in PROFILES.items()}
    texts = {name: document.html for name, document in documents.items()} | {"full.css": documents["full.html"].sheet}
    return {folder / "expected" / name: text + "\n" for name, text in texts.items()}


def main() -> None:
    for folder in sorted(path for path in builtin_folder().iterdir() if path.is_dir()):
        for path, text in expected(folder).items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
