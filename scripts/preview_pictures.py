"""Makes the pictures of docs/preview.md: a folder of four posts in `blogkit preview`, on a computer
and on a phone.

    python -m scripts.preview_pictures
"""

from __future__ import annotations

import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

import blogkit
from blogkit.preview.server import PreviewServer
from blogkit.preview.session import PreviewSession
from scripts.pictures import Shot, take

IMAGES = Path(__file__).resolve().parent.parent / "docs/images"
FILES = {
    "blogkit.toml": """\
[blog]
title = "The Study Desk"
timezone = "Asia/Kolkata"
language = "en-IN"

[schedule]
slots = ["daily 07:00"]

[sites.school]
platform = "wordpress"
url = "https://school.example"
username = "author"
""",
    "posts/budget.md": "---\ntitle: The budget of next year\npublish: queue\npriority: 1\n---\n"
    "The budget names 1,20,000 crore rupees for roads.\n",
    "posts/monsoon.md": "---\ntitle: The monsoon of next year\n---\nRain is likely in June.\n",
    "posts/rivers.md": "---\ntitel: Two rivers\n---\nThe upper river is fast.\n",
    "posts/miami.md": """\
---
title: "US–Russia talks open in Miami: what is at stake"
publish: queue
---
Envoys of both countries met in **Miami** on 30 November. The round is the third this year, and
the first outside Europe; it follows [two rounds in Doha](https://example.com/doha).

<p style="display:flex">Round <b>three</b> of this year.</p>

```{meta-box} Key details
items:
  - {label: Location, value: "Miami, Florida"}
  - {label: Dates, value: 30 November to 2 December}
  - {label: Parties, value: "United States, Russia"}
```

## How it came about

```{timeline} How the talks came about
events:
  - label: "2022"
    title: The first round in Geneva
  - label: "2025"
    title: Two rounds in Doha
```
""",
}
NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
SETTLED = 4000
"""Milliseconds until the states of all posts are there."""


def main() -> None:
    """Writes the folder, serves it, and takes both pictures."""
    with tempfile.TemporaryDirectory(prefix="blogkit-preview-") as name:
        folder = Path(name) / "blog"
        for file, text in FILES.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        session = PreviewSession(
            lambda: blogkit.open(folder, environ={}, clock=lambda: NOW), folder
        )
        server = PreviewServer(session, 0).start()
        thread = threading.Thread(target=server.serve, args=(lambda: None,))
        thread.start()
        try:
            url = server.access.address_of("posts/miami.md")
            shot = Shot(IMAGES / "preview.png", 1280, url=url, height=820, pause=SETTLED)
            phone = IMAGES / "preview-on-a-phone.png"
            take([shot, Shot(phone, 360, "dark", url=url, height=900, pause=SETTLED)])
        finally:
            server.stop()
            thread.join()
    sys.stdout.write(f"{shot.file}\n{phone}\n")


if __name__ == "__main__":
    main()
