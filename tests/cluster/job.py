"""What a worker process is told at its start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class WorkerJob:
    """arguments: those of `tests.cluster.process.main`; out: the file for its results, beside which
    the one for its errors is.
    """

    arguments: tuple[str, ...]
    environ: Mapping[str, str]
    out: Path
