"""A pytest plugin: differences from a WordPress that has not been seen are reported, loudly.

It looks after the tests that take the fixture `real`, WordPress's own filters, and those of a
site that are marked `filters`. `versions.judge` decides which of them fail the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.wordpress.versions import Verdict, is_known, judge, notice

UNSEEN = "unseen WordPress"
LONGEST = 1000


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line(
        "markers", "filters: shows what WordPress's filters do; a version that is new is reported"
    )


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Take the failure from a test that a version which is not known did not pass."""
    outcome: Any = yield
    report: pytest.TestReport = outcome.get_result()
    version = _version(item)
    if not version or report.when != "call" or is_known(version):
        return
    differences = [_difference(report)] if report.failed else []
    if differences and judge(version, differences) is Verdict.REPORT:
        report.outcome = "skipped"
        report.wasxfail = f"WordPress {version} has not been seen before"
    # What pytest-xdist sends from its workers to the process that writes the summary.
    report.user_properties.append((UNSEEN, [version, *differences]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each version that is not known, with all differences."""
    found: dict[str, list[str]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for version, *differences in _unseen(report):
                found.setdefault(version, []).extend(differences)
    for version, differences in sorted(found.items()):
        terminalreporter.section(f"WordPress {version} is new", sep="!", yellow=True, bold=True)
        terminalreporter.line(notice(version, differences))


def _version(item: pytest.Item) -> str:
    """Return the version whose filters a test compares; "" for every other test."""
    arguments = getattr(item, "funcargs", {})
    if "real" in arguments:
        return str(arguments["real"].exact)
    if item.get_closest_marker("filters") and "wordpress" in arguments:
        return str(arguments["wordpress"].version)
    return ""


def _unseen(report: object) -> list[list[str]]:
    properties = getattr(report, "user_properties", [])
    return [value for name, value in properties if name == UNSEEN]


def _difference(report: pytest.TestReport) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash else report.longreprtext
    return f"{report.nodeid}: {text[:LONGEST]}"
