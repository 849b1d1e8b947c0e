"""The WordPress versions that our models of its filters have been compared with.

The package from npm is pinned, so its versions never change. Debian's packages move with its
security updates. A difference from a version in `SEEN` fails the run. A version that is not there
is reported at the end of a run, with its differences, and does not fail it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum

SEEN: Mapping[str, tuple[str, ...]] = {
    "6.1": ("6.1.9",),  # Debian 12
    "6.2": ("6.2.6",),  # npm, as the next four
    "6.3": ("6.3.5",),
    "6.4": ("6.4.5",),
    "6.5": ("6.5.5",),
    "6.6": ("6.6-RC3",),
    "6.8": ("6.8.7", "6.8.12"),  # Debian 13
    "7.1": ("7.1.3",),  # Debian testing
}
FILE = "tests/e2e/wordpress/versions.py"


class Verdict(Enum):
    """What a comparison with WordPress means for the run."""

    PASS = "pass"
    REPORT = "report"
    FAIL = "fail"


def branch(version: str) -> str:
    """Return the branch of an exact version: "6.6" for "6.6.2", "6.6" and "6.6-RC3"."""
    return ".".join(re.split(r"[.-]", version)[:2])


def is_known(version: str) -> bool:
    """Return True if the models have been compared with exactly this version before."""
    return version in SEEN.get(branch(version), ())


def judge(version: str, differences: Sequence[str]) -> Verdict:
    """Return what these differences mean: only those of a known version fail the run."""
    if is_known(version):
        return Verdict.FAIL if differences else Verdict.PASS
    return Verdict.REPORT


def notice(version: str, differences: Sequence[str]) -> str:
    """Describe what comparing an unknown version showed, and name the next step."""
    known = ", ".join(SEEN.get(branch(version), ())) or "none"
    unseen = f"WordPress {version} has not been seen before (known of {branch(version)}: {known})"
    if not differences:
        return f"{unseen}: no differences. Record it in {FILE}"
    count = "1 difference" if len(differences) == 1 else f"{len(differences)} differences"
    fix = f"Correct the models in blogkit/sanitizers, and record it in {FILE}"
    return "\n".join([f"{unseen}: {count}. {fix}", *differences])
