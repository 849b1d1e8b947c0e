"""Write posts as files, compose widgets into them, and publish them to Blogger and WordPress.

    import blogkit

    project = blogkit.open("my-blog")
    plan = project.plan("posts/miami.md")
    report = plan.apply()

`docs/library.md` has the whole public API. Submodules load when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blogkit import errors as errors
    from blogkit.errors import BlogkitError, Problem
    from blogkit.project.files.starting import init
    from blogkit.project.live.selection import Selection
    from blogkit.project.plans.change import Change, ChangeOutcome
    from blogkit.project.plans.plan import Plan
    from blogkit.project.plans.progress import Progress
    from blogkit.project.plans.report import Report
    from blogkit.project.project import Project
    from blogkit.project.project import open_project as open  # noqa: A004
    from blogkit.project.widget import Widget, widget
    from blogkit.schedule.report import RunReport
    from blogkit.schedule.run import run

__version__ = "0.1.0"
__all__ = [
    "BlogkitError",
    "Change",
    "ChangeOutcome",
    "Plan",
    "Problem",
    "Progress",
    "Project",
    "Report",
    "RunReport",
    "Selection",
    "Widget",
    "errors",
    "init",
    "open",
    "run",
    "widget",
]

_HOMES = {
    "BlogkitError": "blogkit.errors",
    "Change": "blogkit.project.plans.change",
    "ChangeOutcome": "blogkit.project.plans.change",
    "Plan": "blogkit.project.plans.plan",
    "Problem": "blogkit.errors",
    "Progress": "blogkit.project.plans.progress",
    "Project": "blogkit.project.project",
    "Report": "blogkit.project.plans.report",
    "RunReport": "blogkit.schedule.report",
    "Selection": "blogkit.project.live.selection",
    "Widget": "blogkit.project.widget",
    "init": "blogkit.project.files.starting",
    "run": "blogkit.schedule.run",
    "widget": "blogkit.project.widget",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (https://peps.python.org/pep-0562/)."""
    if name == "open":
        value: Any = import_module("blogkit.project.project").open_project
    elif name == "errors":
        value = import_module("blogkit.errors")
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
