"""A kind of work for the tests: publish each post whose file is there and which is not on the blog
yet. It calls the project, as all kinds do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from blogkit.project.project import Project
from blogkit.schedule.work import Due, WorkResult


class Publishing:
    """Work named "publish": a post's file, due since it was written, until it is published."""

    name = "publish"

    def pending(self, project: Project, now: datetime) -> Sequence[Due]:
        with project._context().journal() as journal:  # as `project.timed` does
            left = {
                site: journal.memories(site).keys()
                - {intent.key for intent in journal.unsettled(site)}
                for site in project.config.sites
            }
        return [
            Due(self.name, site, path.stem, now, f"publish {path.stem}")
            for path in project.config.sources()
            for site, published in left.items()
            if path.stem not in published
        ]

    def do(
        self, project: Project, site: str, due: Sequence[Due], now: datetime
    ) -> list[WorkResult]:
        plan = project.plan(*(f"posts/{one.key}.md" for one in due), site=site)
        report = plan.apply()
        ended = {outcome.change.key: outcome for outcome in report}
        results = []
        for one in due:
            outcome = ended.get(one.key)
            ok = outcome is not None and outcome.ok
            words = str(outcome) if outcome else "not tried"
            results.append(WorkResult(one, ok, words, run=report.run))
        return results
