"""A pytest plugin: the counts that our claims about WordPress rest on, at the end of a run."""

from __future__ import annotations

import pytest

CLAIMS = "claims about WordPress"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts of each version."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    properties = [pair for report in reports for pair in getattr(report, "user_properties", [])]
    found = sorted({tuple(value) for name, value in properties if name == CLAIMS})
    if found:
        terminalreporter.section(CLAIMS)
    for version, summary in found:
        terminalreporter.line(f"WordPress {version}: {summary}")
