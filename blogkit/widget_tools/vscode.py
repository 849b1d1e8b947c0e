"""Files for VS Code: schemas for data files, snippets for posts, and a task that runs the checks.

Its YAML extension reads no YAML inside Markdown
(https://github.com/redhat-developer/vscode-yaml/issues/207): in posts, snippets complete, and the
task puts the problems of `blogkit check` beside the lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.files import replace_file
from blogkit.posts.front_matter_schema import KEYS
from blogkit.render.widgets.field_types import FieldType, fields_of
from blogkit.render.widgets.registry import Registry, WidgetType
from blogkit.widget_tools import json_schema

VSCODE_FOLDER = ".vscode/blogkit"
"""The folder of the schemas, relative to the blog's folder."""

MATCH = r"^(.+?):(\d+): (error|warning): (.*)$"
"""A line of `blogkit check`: file, line, severity, message."""


@dataclass(frozen=True)
class EditorFiles:
    """What was written to `.vscode/`.

    Attributes:
        written: The files, relative to the blog's folder.
        kept: Existing files of the user's, which were left alone, and what each lacks.
    """

    written: Sequence[str]
    kept: Mapping[str, Any]


def write_files(root: Path, registry: Registry, sites: Sequence[str]) -> EditorFiles:
    """Write schemas, snippets, settings and a task. Settings and tasks of the user's stay.

    Args:
        root: The blog's folder.
        registry: Its widgets.
        sites: The names of its sites.

    Returns:
        The files that were written, and those that stay as they are.

    Raises:
        OSError: A file cannot be written.
    """
    widgets = registry.names()
    ours = {
        f"{VSCODE_FOLDER}/{name}.json": made
        for name, made in json_schema.schemas(registry, sites).items()
    }
    ours[".vscode/blogkit.code-snippets"] = snippets([registry[name] for name in widgets], sites)
    theirs = {".vscode/settings.json": settings(widgets), ".vscode/tasks.json": tasks()}
    kept = {name: made for name, made in theirs.items() if not _is_ours(root / name, made)}
    written = {**ours, **{name: made for name, made in theirs.items() if name not in kept}}
    for name, made in written.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, f"{json.dumps(made, indent=2, ensure_ascii=False)}\n".encode())
    return EditorFiles(list(written), kept)


def _is_ours(path: Path, made: Any) -> bool:
    """Return whether a file may be written: it does not exist, or an earlier run wrote it."""
    if not path.exists():
        return True
    try:
        return bool(json.loads(path.read_text(encoding="utf-8")) == made)
    except (ValueError, OSError):
        return False


def settings(widgets: Iterable[str]) -> dict[str, Any]:
    """Return settings.json.

    A data file is named NAME.WIDGET.yaml or .json, such as talks.timeline.yaml.
    """
    names = list(widgets)
    return {
        "yaml.schemas": {
            # A path relative to the folder, so that the file can be committed and works on every
            # machine.
            f"./{VSCODE_FOLDER}/{name}.json": [f"*.{name}.yaml", f"*.{name}.yml"]
            for name in names
        },
        "json.schemas": [
            {"fileMatch": [f"*.{name}.json"], "url": f"./{VSCODE_FOLDER}/{name}.json"}
            for name in names
        ],
        "[markdown]": {"editor.quickSuggestions": {"other": "on"}},
    }


def tasks() -> dict[str, Any]:
    """Return tasks.json: "Run Build Task" shows every problem of the posts in VS Code's panel."""
    pattern = {"regexp": MATCH, "file": 1, "line": 2, "severity": 3, "message": 4}
    matcher = {
        "owner": "blogkit",
        "source": "blogkit",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": pattern,
    }
    check = {
        "label": "blogkit check",
        "type": "shell",
        "command": "blogkit check --no-color",
        "group": {"kind": "build", "isDefault": True},
        "presentation": {"reveal": "silent"},
        "problemMatcher": matcher,
    }
    return {"version": "2.0.0", "tasks": [check]}


def snippets(kinds: Iterable[WidgetType], sites: Iterable[str] = ()) -> dict[str, Any]:
    """Return a .code-snippets file: each widget's example to fill in, and a post's front matter.

    Args:
        kinds: The widgets.
        sites: The names that `sites:` may have.
    """
    front = [
        "---",
        "title: ${1:The title}",
        "labels: [${2}]",
        "publish: ${3|draft,now,2030-01-31 07:00|}",
    ]
    front += [f"sites: [${{4|{','.join(sites)}|}}]"] if list(sites) else []
    found: dict[str, Any] = {
        "front matter": {
            "scope": "markdown",
            "prefix": ["---", "post"],
            "description": _about(),
            "body": [*front, "---", "$0"],
        }
    }
    for kind in kinds:
        found[kind.name] = {
            "scope": "markdown",
            "prefix": [kind.name, f"```{{{kind.name}}}"],
            "description": kind.purpose,
            "body": [*_to_fill_in(kind), "$0"],
        }
    return found


def _about() -> str:
    return f"The lines at the top of a post: {', '.join(KEYS)}"


def _to_fill_in(kind: WidgetType) -> list[str]:
    """Return the example with placeholders for its title and for fields with options."""
    lines, stop = [], 1
    choices = dict(_choices(dict(fields_of(kind.model))))
    for line in kind.example.rstrip("\n").split("\n"):
        if match := re.match(rf"(`{{3,}}\{{{re.escape(kind.name)}\}})[ \t]+(.+)", line):
            lines.append(f"{_escaped(match[1])} ${{{stop}:{_escaped(match[2])}}}")
            stop += 1
        elif (match := re.match(r"(\w+: )(\S+)$", line)) and match[1][:-2] in choices:
            options = dict.fromkeys([match[2], *choices[match[1][:-2]]])
            lines.append(f"{match[1]}${{{stop}|{','.join(options)}|}}")
            stop += 1
        else:
            lines.append(_escaped(line))
    return lines


def _choices(fields: dict[str, FieldType]) -> Iterable[tuple[str, list[str]]]:
    for name, kind in fields.items():
        if kind.what == "choice":
            yield name, [option for option in kind.options if option]
        elif kind.what == "bool":
            yield name, ["true", "false"]


def _escaped(text: str) -> str:
    """Return a text as a snippet's body shows it.

    See https://code.visualstudio.com/docs/editing/userdefinedsnippets#_grammar
    """
    return re.sub(r"([\\$}])", r"\\\1", text)
