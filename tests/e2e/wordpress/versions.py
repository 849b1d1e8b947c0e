"""The WordPress versions whose filters our models are known to follow.

The package from npm is pinned, so its versions never change. Debian's move with its security
updates: a version that is not recorded here is reported at the end of a run, with every
difference, and does not fail it. To record it, make `make e2e` report no difference and add it.
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
    """Describe what a version that is not known did, and say where to record it."""
    known = SEEN.get(branch(version), ())
    unseen = f"WordPress {version} has not been seen before"
    if known:
        unseen += f" (of {branch(version)} only {', '.join(known)})"
    count = (
        f"{len(differences)} difference{'s' * (len(differences) != 1)}"
        if differences
        else ("no differences")
    )
    ask = f"record it in {FILE}"
    if differences:
        ask = f"correct the models in blogkit/sanitizers, then {ask}"
    return "\n".join([f"{unseen}: {count}; {ask}", *differences])
