"""Whole processes, timed in interleaved rounds, so that a busy machine slows all contestants
alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

Command = Sequence[str | Path]


def medians(commands: Mapping[str, Command], rounds: int, cwd: Path) -> dict[str, float]:
    """Median wall time in seconds of each command, run `rounds` times in turn after one
    unmeasured round.
    """
    # As users have it: compiled modules are kept. Some containers switch that off, and then every
    # start compiles again.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(
                command,
                cwd=cwd,
                env=env,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            if number:
                times[name].append(time.perf_counter() - started)
    return {name: statistics.median(values) for name, values in times.items()}
