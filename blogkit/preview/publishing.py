"""Plan, ask and publish from the page, through `Project`, as the command line does."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, jsonify, request

from blogkit.errors import BlogkitError, Conflict, ContentError, StalePlan
from blogkit.preview.background import NOW
from blogkit.preview.session import PreviewSession

if TYPE_CHECKING:
    from blogkit.project.plans.change import Change, ChangeOutcome
    from blogkit.project.plans.plan import Plan
    from blogkit.project.plans.progress import Progress
    from blogkit.project.plans.report import Report

_KEPT = 8
"""Plans that wait for an answer; older ones are dropped."""


@dataclass
class PendingPlans:
    """Plans that pages show and that were not applied yet, by a random name. For one thread.

    Args:
        session: What is shown.
    """

    session: PreviewSession
    _plans: dict[str, Plan] = field(default_factory=dict)

    def make(self, names: Sequence[str]) -> dict[str, Any]:
        """Plan to publish these posts, or all. Asks the sites, and sends nothing.

        Args:
            names: Files; none means all posts.

        Returns:
            The plan for pages, with the name to apply it by.
        """
        if self.session.error:
            raise self.session.error
        paths = [self.session.path_of(name) for name in names]
        plan = self.session.posts.project.plan(*paths)
        name = secrets.token_urlsafe(16)
        self._plans[name] = plan
        while len(self._plans) > _KEPT:
            del self._plans[next(iter(self._plans))]
        return {"plan": name, **_plan_data(plan)}

    def apply(self, name: str, accepted: Sequence[str], *, rebuild: bool) -> dict[str, Any]:
        """Apply a plan, at most once.

        Args:
            name: From `make`.
            accepted: Which of its questions are answered with yes, as `SITE/KEY`.
            rebuild: Publish without a journal of the blog.

        Returns:
            The outcomes for pages.

        Raises:
            StalePlan: The plan was applied or dropped, or something changed since.
        """
        plan = self._plans.pop(name, None)
        if plan is None:
            hint = "look at the plan again"
            raise StalePlan("this plan was used already; nothing was sent", hint=hint)
        for question in plan.questions:
            if _id(question.site, question.key) in accepted:
                plan.accept(question)
        report = plan.apply(rebuild=rebuild, on_progress=self._tell)
        self.session.posts.refresh_all()
        return _report_data(report)

    def _tell(self, event: Progress) -> None:
        self.session.events.send("progress", {"message": str(event)})


def publishing_blueprint(session: PreviewSession) -> Blueprint:
    """Return the routes `/plan` and `/publish`.

    Args:
        session: What is shown.
    """
    publishing, plans = Blueprint("publishing", __name__), PendingPlans(session)

    @publishing.app_errorhandler(Conflict)
    def stale(error: Conflict) -> tuple[Response, int]:
        return jsonify(error=error.message, hint=error.hint, stale=True), 409

    @publishing.post("/plan")
    def plan() -> Response:
        names = _texts("posts")
        return jsonify(session.background.do(lambda: plans.make(names), NOW).result())

    @publishing.post("/publish")
    def publish() -> Response:
        asked, accepted = _asked(), _texts("accept")
        name, rebuild = str(asked.get("plan")), asked.get("rebuild") is True
        job = session.background.do(lambda: plans.apply(name, accepted, rebuild=rebuild), NOW)
        return jsonify(job.result())

    return publishing


def _asked() -> dict[str, Any]:
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        abort(400)
    return found


def _texts(name: str) -> list[str]:
    found = _asked().get(name) or []
    return [str(each) for each in found] if isinstance(found, list) else []


def _id(site: str, key: str) -> str:
    return f"{site}/{key}"


def _plan_data(plan: Plan) -> dict[str, Any]:
    limit = plan.over_limit()
    left_out = [*plan.unavailable.values(), *plan.left_out, *([limit] if limit else [])]
    return {
        "changes": [_change_data(change) for change in plan],
        "writing": plan.writing,
        "question": plan.question,
        "questions": [
            {"id": _id(one.site, one.key), "summary": one.summary} for one in plan.questions
        ],
        "warnings": [vars(problem) for problem in plan.warnings],
        "errors": _errors(left_out),
        "lost_history": _errors([plan.lost_history] if plan.lost_history else []),
        "refused": limit is not None,
    }


def _change_data(change: Change) -> dict[str, Any]:
    return {
        "summary": change.summary,
        "hint": change.hint,
        "writes": change.writes,
        "blocked": change.blocked,
    }


def _errors(errors: Sequence[BlogkitError]) -> list[dict[str, str]]:
    found = []
    for error in errors:
        if isinstance(error, ContentError):
            found += [{"message": str(one), "hint": one.hint} for one in error.problems]
        else:
            found.append({"message": error.message, "hint": error.hint})
    return found


def _report_data(report: Report) -> dict[str, Any]:
    return {
        "run": report.run,
        "ok": report.ok,
        "summary": report.summary,
        "outcomes": [_outcome_data(outcome) for outcome in report],
        "errors": _errors([*report.unavailable.values(), *report.left_out]),
        "by_hand": [f"{one.title}: set {one.name} to {one.value}" for one in report.by_hand],
    }


def _outcome_data(outcome: ChangeOutcome) -> dict[str, Any]:
    url = outcome.url if outcome.url.startswith(("https://", "http://")) else ""
    return {
        "text": str(outcome),
        "ok": outcome.ok,
        "hint": outcome.hint,
        "losses": list(outcome.losses),
        "url": url,
    }
