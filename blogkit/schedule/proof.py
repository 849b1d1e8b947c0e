"""Proof: after the due time of a scheduled post, look whether readers see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from blogkit.schedule.work import Due, WorkResult

if TYPE_CHECKING:
    from blogkit.project.project import Project
    from blogkit.project.schedules.proof import Proof


class Proofs:
    """The kind of work that proves that scheduled posts went live, and makes up for missed times.

    A schedule is due for proof a minute after its time, and after a look that proved nothing at
    the time of the next one.
    """

    name = "proof"

    def pending(self, project: Project, now: datetime) -> Sequence[Due]:  # noqa: ARG002
        """Return a proof for each open schedule, also of times to come."""
        return [
            Due(
                self.name,
                one.site,
                one.key,
                one.next_look,
                f"prove that {one.key} went live",
                patient=True,
            )
            for one in project.schedules()
            if one.site in project.config.sites
        ]

    def do(
        self,
        project: Project,
        site: str,
        due: Sequence[Due],
        now: datetime,  # noqa: ARG002
    ) -> list[WorkResult]:
        """Look at the posts whose time has come by the project's clock.

        Returns:
            A result for each, but none for trouble that an earlier look has told.
        """
        pieces = {one.key: one for one in due}
        proofs = {one.schedule.key: one for one in project.prove(site, *pieces)}
        return [
            _result(piece, proofs.get(key))
            for key, piece in pieces.items()
            if key not in proofs or proofs[key].ok or not proofs[key].told
        ]


def _result(due: Due, proof: Proof | None) -> WorkResult:
    if proof is None:
        return WorkResult(due, True, f"{due.key} has been looked after already")
    return WorkResult(due, proof.ok, proof.summary, proof.hint, proof.run)
