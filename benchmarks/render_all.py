"""Read, check and render every post of a workspace, and write each as HTML: what `blogkit publish` does before it sends.

python -m benchmarks.render_all WORKSPACE
"""

from __future__ import annotations

import sys
from pathlib import Path

from blogkit import workspace
from blogkit.cli.workbench import Wishes, Workbench


def main(root: Path) -> None:
    bench = Workbench(workspace.load(root.resolve()))
    out = root / "rendered"
    out.mkdir(exist_ok=True)
    site = bench.workspace.site("main")
    profile = bench.usual_profile("main")
    for post in bench.posts():
        (out / f"{post.key}.html").write_text(bench.document(post, site, Wishes(), profile).html, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
