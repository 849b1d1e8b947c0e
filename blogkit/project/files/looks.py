"""The looks that a new blog can choose from, and a page that shows them side by side."""

from __future__ import annotations

from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from blogkit.errors import UsageError, nearest
from blogkit.project.files.starting import NewBlog, start_blog

if TYPE_CHECKING:
    from blogkit.project.project import Project
    from blogkit.render.looks.theme import Theme
    from blogkit.render.widgets.registry import Registry

_SHEET = """
main{max-width:90rem;display:grid;gap:1.5rem;align-items:start;
grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr))}
section{border:1px solid #8886;border-radius:12px;padding:0 1.25rem 1rem;min-width:0}
"""
_SHOWN = ("hero", "meta-box", "stats", "timeline", "table", "callout", "quiz-button")
"""The widgets that differ most between looks."""


def look_names() -> dict[str, str]:
    """Return the presets for new blogs, each with its description."""
    from blogkit.render.looks.presets import preset_named, preset_names

    presets = [preset_named(name) for name in preset_names()]
    return {one.name: one.summary for one in presets if not one.replaced_by}


def known_look(name: str) -> str:
    """Return the name of a look, if it exists.

    Args:
        name: The name.

    Raises:
        UsageError: No look has it.
    """
    if name not in look_names():
        hint = nearest(name, look_names()) or f"looks: {', '.join(look_names())}"
        raise UsageError(f"no look is named “{name}”", hint=hint)
    return name


def looks_page(blog: NewBlog) -> str:
    """Return a page with the first post of a new blog in every look.

    Args:
        blog: What is known about the blog so far.
    """
    from blogkit.render.page import whole

    shown = "\n".join(
        f"<section><h2>{name}</h2><p>{escape(about)}</p>{_rendered(blog, name)}</section>"
        for name, about in look_names().items()
    )
    return whole("Looks", shown, language=blog.language, sheet=_SHEET)


def lowest_contrast(theme: Theme, widgets: Registry) -> float:
    """Return the lowest contrast of text in a look, rounded to one digit.

    Args:
        theme: The look.
        widgets: The widgets, whose parts it styles.

    Raises:
        ConfigError: The blog's own declarations make a text unreadable.
    """
    from blogkit.render.looks.pairs import LOWEST, part_pairs
    from blogkit.render.widgets.class_names import neutral
    from blogkit.render.widgets.registry import builtin_folder

    pairs, changed = [*theme.pairs()], {widget for widget, _, _ in theme.own_parts}
    for name in widgets:
        ours = (builtin_folder() / name).is_dir()
        if ours or name in changed:  # the look leaves the others alone
            base, root = widgets[name].style.rules, neutral(name)
            pairs += part_pairs(theme.parts(name, root, base, ours=ours), root, theme)
    return round(min(pair.ratio for pair in pairs if pair.lowest == LOWEST), 1)


def themes_page(widgets: Registry, project: Project | None) -> str:
    """Return a page with some widgets in every preset, and in the blog's own look.

    Args:
        widgets: The widgets.
        project: The blog, whose language is used; None outside of one.
    """
    from blogkit.render.looks.presets import preset_named, preset_names
    from blogkit.render.looks.theme import theme_from_settings
    from blogkit.render.page import whole

    themes = {"yours": project.theme} if project else {}
    themes |= {name: theme_from_settings({"preset": name}) for name in preset_names()}
    shown = "\n".join(
        f"<section><h2>{name}</h2><p>{escape(preset_named(theme.preset).summary)}. The lowest"
        f" contrast of text is {lowest_contrast(theme, widgets)}.</p>"
        f"{_examples(widgets, project, theme)}</section>"
        for name, theme in themes.items()
    )
    language = project.config.language if project else "en"
    return whole("Looks", shown, language=language, sheet=_SHEET)


def _examples(widgets: Registry, project: Project | None, theme: Theme) -> str:
    from blogkit.render.call_writer import lone_post
    from blogkit.render.renderer import render_post
    from blogkit.sanitizers.profiles import STRICT

    calls = "\n".join(widgets[name].example for name in _SHOWN)
    return render_post(
        lone_post(calls, path=Path("looks.md"), key="looks"),
        registry=widgets,
        profile=STRICT,
        quiz_url="https://quiz.example/",
        root=Path(),
        theme=theme,
        language=project.config.language if project else "en",
        words=project.config.words if project else None,
    ).html


def _rendered(blog: NewBlog, look: str) -> str:
    from blogkit.project.project import open_project

    with TemporaryDirectory() as folder:
        new = NewBlog(blog.title, None, "", blog.timezone, blog.language, look)
        start_blog(folder, new)
        return open_project(folder, environ={}).render(Path("posts/hello.md")).html
