"""The command line: python -m benchmarks.chaos [--site sandbox|wordpress]."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.chaos import __doc__ as about
from benchmarks.chaos.scenes import (
    ON_SANDBOX,
    ON_WORDPRESS,
    newest_wordpress,
    on_sandbox,
    on_wordpress,
)
from tests.crash.children import Children
from tests.crash.sabotage import SABOTAGES

TURNS = {"sandbox": 1400, "wordpress": 200}


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when nothing happened that must not."""
    parser = argparse.ArgumentParser(description=(about or "").partition("\n\n")[0])
    parser.add_argument("--site", choices=[*TURNS], default="sandbox")
    most = ", ".join(f"{turns} on {site}" for site, turns in TURNS.items())
    parser.add_argument("--turns", type=int, help=f"disturbed runs of blogkit (default: {most})")
    parser.add_argument(
        "--seed",
        type=int,
        default=secrets.randbelow(1_000_000),
        help="to see the same days again (what depends on the clock apart)",
    )
    parser.add_argument("--scene", default="", help="only this one, such as commands")
    parser.add_argument(
        "--sabotage",
        choices=[*SABOTAGES],
        default="",
        help="switch off this safeguard of blogkit in calm scenes, to see that the torture notices",
    )
    options = parser.parse_args(arguments)
    all_scenes = ON_SANDBOX if options.site == "sandbox" else ON_WORDPRESS
    scenes = [
        replace(scene, calm=bool(options.sabotage))
        for scene in all_scenes
        if options.scene in ("", scene.name)
    ]
    turns = options.turns or TURNS[options.site]
    print(f"{turns} turns on {options.site}, seed {options.seed}", flush=True)
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="blogkit-torture-") as name,
        Children(options.sabotage) as one,
        Children(options.sabotage) as other,
    ):
        what = ((one, other), turns, options.seed, Path(name))
        if options.site == "sandbox":
            tally = on_sandbox(*what, scenes=scenes, slow=True)
        else:
            with newest_wordpress() as real:
                started = time.monotonic()
                tally = on_wordpress(*what, real, scenes=scenes)
    return tally.report(options.site, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
