"""Read, check and render every post of a workspace, and write each as HTML: what `blogkit publish`
does before it sends.

python -m benchmarks.render_all WORKSPACE
"""

from __future__ import annotations

import sys
from pathlib import Path

from blogkit.project.options import PublishOptions
from blogkit.project.project import open_project


def main(root: Path) -> None:
    context = open_project(root)._context()
    out = root / "rendered"
    out.mkdir(exist_ok=True)
    site = context.config.site("main")
    profile = context.sites.default_profile("main")
    for post in context.posts.load():
        document = context.renderer.document(post, site, PublishOptions(), profile)
        (out / f"{post.key}.html").write_text(document.html, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
