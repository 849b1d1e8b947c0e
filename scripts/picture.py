"""Makes docs/images/post-on-a-phone.png: the demo's sample post on three phones, in light, dark and
light.

    python -m scripts.picture [FILE]

Needs a Chromium or Chrome (named by $CHROMIUM, else looked for).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "blogkit/project/files/sample/posts/semiconductor-mission.md"
PICTURE = ROOT / "docs/images/post-on-a-phone.png"
CONFIG = '[sites.main]\nplatform = "folder"\nfolder = "site"\n'
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    *(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--hide-scrollbars",
    ),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
WIDTH, HEIGHT, GAP = 390, 840, 30
VIEWS = (("light", ""), ("dark", "how-we-got-here"), ("light", "conclusion"))
"""The colours of each phone, and the heading it is scrolled to."""
FRAME = """\
<!doctype html><meta charset="utf-8"><style>
body{{margin:0;padding:{gap}px;display:flex;gap:{gap}px;background:#c9d4e3}}
iframe{{width:{width}px;height:{height}px;border:0;border-radius:28px;outline:8px solid #1c2128;background:#fff}}
</style>{frames}
"""


def main(target: Path = PICTURE) -> None:
    """Renders the sample with the real command, puts its views side by side, and takes the
    picture.
    """
    with tempfile.TemporaryDirectory(prefix="blogkit-picture-") as name:
        folder = Path(name)
        page = _page(folder).replace("<style>", "<style>html{scroll-padding-top:2rem}", 1)
        for scheme in ("light", "dark"):
            (folder / f"{scheme}.html").write_text(
                page.replace("color-scheme:light dark", f"color-scheme:{scheme}"), encoding="utf-8"
            )
        tags = "".join(
            f'<iframe src="{scheme}.html#{anchor}"></iframe>' for scheme, anchor in VIEWS
        )
        (folder / "picture.html").write_text(
            FRAME.format(gap=GAP, width=WIDTH, height=HEIGHT, frames=tags), encoding="utf-8"
        )
        _take(folder, target)


def _page(folder: Path) -> str:
    (folder / "posts").mkdir()
    (folder / "blogkit.toml").write_text(CONFIG, encoding="utf-8")
    shutil.copy(SAMPLE, folder / "posts")
    command = [
        sys.executable,
        "-m",
        "blogkit",
        "-C",
        str(folder),
        "render",
        f"posts/{SAMPLE.name}",
        "--page",
    ]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout


def _take(folder: Path, target: Path) -> None:
    browser = os.environ.get("CHROMIUM") or next(
        (found for name in BROWSERS if (found := shutil.which(name))), None
    )
    if not browser:
        sys.exit("no browser found: install chromium, or name one in $CHROMIUM")
    target.parent.mkdir(parents=True, exist_ok=True)
    size = f"--window-size={len(VIEWS) * (WIDTH + GAP) + GAP},{HEIGHT + 2 * GAP}"
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [
        browser,
        *QUIET,
        profile,
        size,
        f"--screenshot={target.resolve()}",
        (folder / "picture.html").as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sys.stdout.write(f"{target} ({target.stat().st_size // 1024} KB)\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
