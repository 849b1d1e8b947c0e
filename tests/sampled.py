"""The mark `sampled`, the tests that drive commands, and what the summary tells of it: a
plugin of pytest.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest

from tests.sampling import noted, spread

COMMANDS = {"cli", "hosting", "project", "queue", "schedule"}
"""The folders of tests in which a `sandbox` gets all that a command sends."""
_LEFT_OUT = "cases left out"
"""The property of a test's report that has their number."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out cases of the tests that are `sampled`; then, in `make quick`, three of four tests of
    a file that drive commands against a server. A family is what -m and -k have left of it.
    """
    _thin_out(items, _sampled, _most_of_mark)
    _thin_out(items, _command, _fourth)


def _thin_out(
    items: list[pytest.Item],
    family_of: Callable[[pytest.Item], str],
    most: Callable[[list[pytest.Item]], dict[str, int]],
) -> None:
    families: dict[str, list[pytest.Item]] = {}
    for item in items:
        if family := family_of(item):
            families.setdefault(family, []).append(item)
    dropped: set[pytest.Item] = set()
    for name, family in families.items():
        kept = spread(family, **most(family), turn=zlib.crc32(name.encode()))
        dropped.update({*family} - {*kept})
        if len(kept) < len(family):
            kept[0].user_properties.append((_LEFT_OUT, len(family) - len(kept)))
    items[:] = [item for item in items if item not in dropped]


def _sampled(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0] if item.get_closest_marker("sampled") else ""


def _most_of_mark(family: list[pytest.Item]) -> dict[str, int]:
    mark = family[0].get_closest_marker("sampled")
    return {"quick": 2, **(mark.kwargs if mark else {})}


def _command(item: pytest.Item) -> str:
    served = "sandbox" in getattr(item, "fixturenames", ())
    file = item.nodeid.partition("::")[0]  # the same in every folder, and so is the sample
    return file if served and COMMANDS.intersection(file.split("/")) else ""


def _fourth(family: list[pytest.Item]) -> dict[str, int]:
    return {"quick": -(-len(family) // 4)}


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    if call.when == "call":
        item.user_properties.extend((_LEFT_OUT, count) for count in noted())
    yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many cases did not run, so that a sample is not mistaken for the whole."""
    reports = [report for some in terminalreporter.stats.values() for report in some]
    calls = [one for one in reports if getattr(one, "when", "") == "call"]
    count = sum(value for one in calls for name, value in one.user_properties if name == _LEFT_OUT)
    if count:
        terminalreporter.write_line(
            f"{count:,} cases of long families were left out; `CI=true make test` runs all of them"
        )
