"""The command line: python -m benchmarks.cluster [--short]."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from dataclasses import fields
from pathlib import Path

from benchmarks.cluster import __doc__ as about
from benchmarks.cluster.chaos import FULL, SHORT, Ordeal, torment


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when nothing happened that must not."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--short", action="store_true", help="a minute's worth of it")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    for field in fields(Ordeal):
        default = getattr(FULL, field.name)
        parser.add_argument(f"--{field.name}", type=int, help=f"default: {default}")
    options = parser.parse_args(arguments)
    usual = SHORT if options.short else FULL
    asked = {field.name: getattr(options, field.name) for field in fields(Ordeal)}
    ordeal = Ordeal(
        **{name: getattr(usual, name) if value is None else value for name, value in asked.items()}
    )
    print(f"{ordeal}, seed {options.seed}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="blogkit-cluster-") as folder:
        tally = torment(ordeal, options.seed, Path(folder))
    return tally.report(time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
