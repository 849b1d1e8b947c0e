"""Write files in a run of their own, which sends nothing."""

from __future__ import annotations

from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileChange, FileRun
from blogkit.project.plans.report import Report


def write_alone(context: ProjectContext, command: str, *changes: FileChange) -> int | None:
    """Make changes in a run that does nothing else.

    Args:
        context: The call's context.
        command: What the journal calls the run.
        *changes: The changes.

    Returns:
        The run's number.

    Raises:
        Conflict: A file changed meanwhile; nothing was written.
        ConfigError: A file cannot be written; those before it are.
        JournalError: The journal cannot be written; nothing was changed.
    """
    report = Report()
    with context.journal() as journal, FileRun(journal, context.config, command, report) as run:
        run.write(changes)
    return report.run
