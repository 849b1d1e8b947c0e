"""The widgets as custom fences of pymdown-extensions, for MkDocs and Pelican. It runs in their
environment, without blogkit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from typing import Any

_MARKDOWN = re.compile(r"[*_`\[<\\]")


def custom_fences(name: Callable[[str], object]) -> list[dict[str, object]]:
    """Return the fences' settings; `name` says how a function of this module is referred to."""
    return [
        {
            "name": widget,
            "class": widget,
            "format": name(function),
            "validator": name("any_options"),
        }
        for widget, function in WIDGETS.items()
    ]


def any_options(
    language: str,  # noqa: ARG001
    inputs: Mapping[str, str],
    options: dict[str, object],
    attrs: object,  # noqa: ARG001
    md: object,  # noqa: ARG001
) -> bool:
    options.update(inputs)
    return True


def meta_box(source: str, *_: object, **__: object) -> str:
    rows = "".join(
        f"<dt>{escape(one['icon'])} {escape(one['label'])}</dt><dd>{_inline(one['value'])}</dd>"
        for one in _load(source)["items"]
    )
    return f'<div class="bk-meta-box"><dl>{rows}</dl></div>'


def timeline(source: str, *_: object, **__: object) -> str:
    rows = "".join(
        f"<li><p><strong>{escape(str(one['date']))}</strong> {_inline(one['title'])}</p>"
        f"<p>{_inline(one['text'])}</p></li>"
        for one in _load(source)["events"]
    )
    return f'<section class="bk-timeline"><ol>{rows}</ol></section>'


def table(source: str, *_: object, **__: object) -> str:
    data = _load(source)
    heads = "".join(
        f'<th scope="col">{escape(str(one["label"] if isinstance(one, dict) else one))}</th>'
        for one in data["columns"]
    )
    rows = "".join(
        f'<tr><th scope="row">{_inline(first)}</th>'
        + "".join(f"<td>{_inline(cell)}</td>" for cell in cells)
        + "</tr>"
        for first, *cells in data["rows"]
    )
    return f'<table class="bk-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def quiz_button(source: str, *_: object, **__: object) -> str:
    data = _load(source)
    label, count = escape(data["label"]), data["questions"]
    return f'<div class="bk-quiz"><p><a href="#">{label}</a></p><p>{count} questions</p></div>'


WIDGETS = {
    "meta-box": "meta_box",
    "timeline": "timeline",
    "table": "table",
    "quiz-button": "quiz_button",
}


def _load(source: str) -> Any:
    import yaml

    return yaml.load(source, yaml.CSafeLoader)


@cache
def _markdown() -> Any:
    import markdown  # type: ignore[import-untyped, unused-ignore]

    return markdown.Markdown()


def _inline(value: object) -> str:
    text = str(value)
    if not _MARKDOWN.search(text):
        return escape(text)
    html: str = _markdown().reset().convert(text)
    return html.removeprefix("<p>").removesuffix("</p>")
