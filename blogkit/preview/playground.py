"""The playground: every widget with a form for its fields, its picture, and the text to paste."""

from __future__ import annotations

import itertools
import json

from flask import Blueprint, Response, abort, jsonify, render_template, request

from blogkit.errors import ContentError
from blogkit.preview.access import Access
from blogkit.preview.frame_page import widget_page
from blogkit.preview.frames import asked_scheme, sandboxed
from blogkit.preview.session import PreviewSession
from blogkit.project.project import Project
from blogkit.widget_tools.json_schema import of_widget

_KEPT = 30
"""Pictures that a frame may still ask for."""


def playground_blueprint(session: PreviewSession, access: Access) -> Blueprint:
    """Return the routes of the playground: `/widgets`, `/widget` and `/picture/…`.

    Args:
        session: Has the project.
        access: Has the token that pages send.
    """
    playground = Blueprint("playground", __name__, template_folder="templates")
    pictures: dict[int, tuple[str, str, str]] = {}
    numbers = itertools.count(1)

    @playground.get("/widgets")
    def page() -> str:
        with session.quick() as project:
            kinds = _kinds(project)
        return render_template("playground.html", page_token=access.page_token, kinds=kinds)

    @playground.get("/widget")
    def form() -> Response:
        name = request.args["name"]
        with session.quick() as project:
            schema = of_widget(project.widgets[name])
            fields = project.example_fields(name)
        # Not `jsonify`, which sorts the fields.
        text = json.dumps({"schema": schema, "fields": fields})
        return Response(text, mimetype="application/json")

    @playground.post("/widget")
    def picture() -> Response:
        asked = request.get_json(silent=True)
        if not isinstance(asked, dict) or not isinstance(asked.get("fields"), dict):
            abort(400)
        name, profile = str(asked.get("name")), str(asked.get("profile"))
        with session.quick() as project:
            found = project.preview_widget(name, asked["fields"], profile=profile)
            language = project.config.language
        number = 0
        if not found.problems:
            number = next(numbers)
            pictures[number] = (found.page, name, language)
            pictures.pop(number - _KEPT, None)
        problems = [
            {"trail": list(trail), "message": one.message, "hint": one.hint}
            for trail, one in found.problems
        ]
        return jsonify(call=found.call, html=found.html, picture=number, problems=problems)

    @playground.get("/picture/<int:number>")
    def frame(number: int) -> Response:
        if number not in pictures:
            abort(404)
        html, name, language = pictures[number]
        page = widget_page(html, title=name, language=language, scheme=asked_scheme())
        return sandboxed(page)

    return playground


def _kinds(project: Project) -> list[dict[str, str]]:
    """Return the widgets that can be loaded, with what each is for."""
    found = []
    for name in project.widgets:
        try:
            found.append({"name": name, "purpose": project.widgets[name].purpose})
        except ContentError:  # `blogkit widget check` tells why
            continue
    return found
