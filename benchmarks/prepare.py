"""Do everything that `plan` and `publish` do before they compare and send, and nothing else: load,
render, refuse what the site would not keep, judge what survives its filter, digest.

python -m benchmarks.prepare PROJECT
"""

from __future__ import annotations

import sys
from pathlib import Path

from blogkit.__main__ import tune
from blogkit.project.build import build_all
from blogkit.project.options import PublishOptions
from blogkit.project.project import open_project


def main(root: Path) -> int:
    build = build_all(open_project(root)._context(), (), PublishOptions(), online=False)
    assert not build.left_out, build.left_out
    return sum(len(one.desired.digest) > 0 for ready in build.by_site.values() for one in ready)


if __name__ == "__main__":
    tune()
    print(main(Path(sys.argv[1])))
