"""Preview one widget from the values of a form: its picture, its text, and what is wrong where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.project.widget import profile_named
from blogkit.render.call_writer import Trail, lone_post
from blogkit.render.renderer import render_post
from blogkit.widget_tools.call_form import call_values, written_call

if TYPE_CHECKING:
    from blogkit.project.context import ProjectContext


@dataclass(frozen=True)
class WidgetPreview:
    """A widget from the values of a form.

    Attributes:
        call: The text to put into a post.
        html: The HTML to paste elsewhere; "" if a value is wrong.
        page: What a page shows of it: the HTML, and the headings that it may need.
        problems: What is wrong, each with the place of its value; () for the whole.
    """

    call: str
    html: str = ""
    page: str = ""
    problems: tuple[tuple[Trail, Problem], ...] = ()


def example_fields(context: ProjectContext, name: str) -> dict[str, Any]:
    """Return the fields of a widget's example as plain data.

    Args:
        context: The call's context.
        name: The widget's name.

    Raises:
        UsageError: No widget has this name.
        ContentError: The example is wrong.
    """
    kind = context.renderer.registry[name]
    return call_values(kind, kind.example).fields


def preview_widget(
    context: ProjectContext, name: str, fields: Mapping[str, Any], profile: str
) -> WidgetPreview:
    """Render a widget from plain values, which may be wrong. Sends nothing.

    Args:
        context: The call's context.
        name: The widget's name.
        fields: Its fields.
        profile: What the place keeps of HTML, by name.

    Returns:
        The widget; `problems` tells what is wrong.

    Raises:
        UsageError: No widget or profile has this name.
    """
    renderer, config = context.renderer, context.config
    kind, kept = renderer.registry[name], profile_named(profile)
    call = written_call(kind, fields)
    text = call.text + call_values(kind, kind.example).below
    post = lone_post(text, path=config.root / f"{name}.md", key=name)
    try:
        document = render_post(
            post,
            registry=renderer.registry,
            profile=kept,
            root=config.root,
            theme=renderer.theme,
            language=config.language,
            words=config.words,
            allow_open=True,
        )
    except ContentError as error:
        places = tuple((call.trail_of(one, kind.model.model_fields), one) for one in error.problems)
        return WidgetPreview(call.text, problems=places)
    sheet = f"<style>{document.sheet}</style>\n" if document.sheet else ""
    return WidgetPreview(call.text, sheet + document.fragments[0].html, sheet + document.html)
