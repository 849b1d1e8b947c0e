"""The judges that live in node: the block editor's own scripts, axe-core in Chromium,
html-validate.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from tests.e2e.wordpress import cache
from tests.e2e.wordpress.machine import run
from tests.e2e.wordpress.npm import npm

SCRIPTS = Path(__file__).parent
PACKAGE = SCRIPTS.parent / "package.json"


def packages() -> Path:
    """The `node_modules` with exactly what package.json pins; installed into the cache on first
    use.
    """
    digest = hashlib.sha256(PACKAGE.read_bytes()).hexdigest()[:12]
    folder = cache.folder()
    place = folder / f"node-{digest}"
    with cache.locked(folder, place.name):
        if not place.exists():
            work = place.with_suffix(".making")
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            shutil.copy(PACKAGE, work)
            npm("install", "--no-package-lock", "--ignore-scripts", cwd=work)
            work.rename(place)
    return place / "node_modules"


def ask(script: str, question: object) -> Any:
    """Run one of the scripts here on a question (as JSON) and return its answer; raise
    `HarnessError` when it breaks.
    """
    modules = packages()
    with tempfile.TemporaryDirectory(prefix="ask-") as folder:
        asked, answered = Path(folder, "question.json"), Path(folder, "answer.json")
        asked.write_text(json.dumps(question))
        run(["node", SCRIPTS / script, asked, answered], env={"NODE_PATH": str(modules)})
        return json.loads(answered.read_text())
