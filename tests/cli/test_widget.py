"""`blogkit widget`: each command, in a workspace and outside of one, in a pipe, and what it
refuses.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from blogkit.render.widgets.registry import builtin_folder
from blogkit.widget_tools import vscode
from tests.cases import for_each
from tests.cli.conftest import Run
from tests.cli.process import call
from tests.render.drawing import own_widget
from tests.widgets.samples import NAMES

EVENTS = "events:\n- {label: 2020, title: a}\n- {label: Now, title: b}\n"


@pytest.fixture
def blog(run: Run, tmp_path: Path) -> Path:
    assert run("init", "--yes").code == 0
    return tmp_path


def feed(monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode()), encoding="utf-8"))


# list, show


def test_all_are_listed(run: Run) -> None:
    done = run("widget", "list")
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines()[1:-2]] == NAMES
    assert "Events on a line" in done.out


def test_the_list_as_data_names_all_fields(run: Run) -> None:
    widgets = {widget["name"]: widget for widget in run("widget", "list", "--json").json["widgets"]}
    assert list(widgets) == NAMES
    for widget in widgets.values():
        assert widget["origin"] == "builtin"
        assert widget["purpose"]
        assert widget["example"].startswith("```")
        assert all(field["description"] and field["takes"] for field in widget["fields"])
    events = next(field for field in widgets["timeline"]["fields"] if field["name"] == "events")
    assert events["required"] is True
    assert {"label", "title", "date"} <= {field["name"] for field in events["fields"]}
    order = next(field for field in widgets["timeline"]["fields"] if field["name"] == "order")
    assert (order["options"], order["default"]) == (["asc", "desc", "given"], "given")


def test_own_ones_are_named_as_such(run: Run, blog: Path) -> None:
    own_widget(blog / "widgets", "box", widget=BOX)
    assert run("trust", "--yes").code == 0
    lines = run("widget", "list").out.splitlines()
    assert any(line.split() == ["box", "this", "project", "A", "box."] for line in lines)


BOX = (
    '"""A box."""\nfrom blogkit.render.widgets.fields import *\n\nclass Widget(Fields):\n    title:'
    ' Inline = Field("", description="x")\n'
)


def test_a_broken_one_hides_no_other(run: Run, blog: Path) -> None:
    own_widget(blog / "widgets", "box")
    assert run("trust", "--yes").code == 0
    (blog / "widgets/box/style.css").unlink()
    done = run("widget", "list")
    assert done.code == 1
    assert "timeline" in done.out
    assert "widgets/box/style.css: error: the widget" in done.err
    assert run("widget", "list", "--json").json["problems"][0]["path"] == "widgets/box/style.css"


@for_each("name", NAMES)
def test_each_is_shown_with_its_fields_and_example(run: Run, name: str) -> None:
    done = run("widget", "show", name)
    assert done.code == 0
    assert (builtin_folder() / name / "example.md").read_text(encoding="utf-8").strip() in done.out
    assert run("widget", "show", name, "--json").json["name"] == name


def test_what_does_not_exist_gets_the_nearest_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(EVENTS)
    for command in (
        ("show", "tabel"),
        ("render", "tabel", "a.yaml"),
        ("check", "tabel"),
        ("schema", "tabel"),
    ):
        done = run("widget", *command)
        assert done.code == 2
        assert 'did you mean "table"?' in done.err
    assert 'did you mean "front-matter"?' in run("widget", "schema", "frontmatter").err


# render


def test_a_snippet_is_what_a_post_gets(run: Run, blog: Path) -> None:
    (blog / "posts/a.md").write_text(
        f"---\ntitle: a\nkey: a\n---\n```{{timeline}} How: it came\n{EVENTS}```\n", encoding="utf-8"
    )
    (blog / "events.yaml").write_text(EVENTS, encoding="utf-8")
    (blog / "events.csv").write_text("label,title\n2020,a\nNow,b\n", encoding="utf-8")
    (blog / "blogkit.toml").write_text(
        '[blog]\ndefault_site = "main"\n[sites.main]\nplatform = "wordpress"\nurl ='
        ' "https://x.example"\nusername = "a"\n'
    )
    wanted = run("render", "posts/a.md").out
    assert wanted.startswith('<div class="bk-timeline"')
    for file in ("events.yaml", "events.csv"):
        assert (
            run("widget", "render", "timeline", file, "--set", "title=How: it came").out == wanted
        )


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (EVENTS, ()),
        ('[{"label": "2020", "title": "a"}, {"label": "Now", "title": "b"}]', ()),
        ("label,title\n2020,a\nNow,b\n", ("--format", "csv")),
        ("label\ttitle\n2020\ta\nNow\tb\n", ("--format", "tsv")),
    ],
)
def test_data_through_a_pipe(
    run: Run, monkeypatch: pytest.MonkeyPatch, data: str, options: tuple[str, ...]
) -> None:
    feed(monkeypatch, data)
    done = run("widget", "render", "timeline", "-", *options)
    assert done.code == 0, done.err
    assert re.findall(r"<strong[^>]*>(.*?)</strong>", done.out) == ["2020", "a", "Now", "b"]


def test_forms(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("label: Go\n")
    url = ("--quiz-url", "https://example.com/q")
    strict = run("widget", "render", "quiz-button", "b.yaml", *url).out
    full = run("widget", "render", "quiz-button", "b.yaml", *url, "--profile", "full").out
    feed_ = run("widget", "render", "quiz-button", "b.yaml", *url, "--profile", "feed").out
    assert full == re.match(r"<style>.*</style>\n", full)[0] + strict  # type: ignore[index]
    assert "style" not in feed_
    report = run("widget", "render", "quiz-button", "b.yaml", *url, "--json").json
    assert (report["html"] + "\n", report["bytes"]) == (strict, len(strict.encode()) - 1)
    assert (
        "<" not in run("widget", "render", "quiz-button", "b.yaml", *url, "--profile", "text").out
    )
    assert (
        "(https://example.com/q)"
        in run(
            "widget", "render", "quiz-button", "b.yaml", *url, "--profile", "markdown", "--json"
        ).json["markdown"]
    )
    assert "coming soon" in run("widget", "render", "quiz-button", "b.yaml", "--allow-open").out
    assert run("widget", "render", "quiz-button", "b.yaml").code == 1
    assert (
        run("widget", "render", "quiz-button", "b.yaml", "--quiz-url", "http://example.com/q").code
        == 1
    )
    assert (
        run(
            "widget",
            "render",
            "quiz-button",
            "b.yaml",
            "--quiz-url",
            "http://example.com/q",
            "--allow-http",
        ).code
        == 0
    )


def test_the_workspaces_theme_and_language_are_used(run: Run, blog: Path) -> None:
    (blog / "blogkit.toml").write_text(
        '[blog]\nlanguage = "ar"\n[theme]\npreset = "exam"\naccent = "#c9302c"\n', encoding="utf-8"
    )
    (blog / "a.yaml").write_text(EVENTS)
    html = run("widget", "render", "timeline", "a.yaml").out
    assert 'dir="rtl"' in html
    assert "#c9302c" in html


def test_the_blogs_own_words_are_printed(run: Run, blog: Path) -> None:
    (blog / "blogkit.toml").write_text(
        '[blog]\nlanguage = "hi-IN"\n[words.hi]\n"Sources" = "संदर्भ"\n', encoding="utf-8"
    )
    (blog / "a.yaml").write_text("items: [{title: X, date: 2026-12}]")
    html = run("widget", "render", "sources", "a.yaml").out
    assert "संदर्भ" in html
    assert "दिसंबर 2026" in html


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("timeline", "none.yaml"), 2, "no such file: none.yaml"),
        (("timeline", "."), 2, "is a folder"),
        (("timeline", "a.yaml", "--set", "title"), 2, "FIELD=VALUE"),
        (("timeline", "a.yaml", "--set", "title=a", "--set", "title=b"), 2, "given twice"),
        (("timeline", "a.yaml", "--set", "titel=a"), 1, 'did you mean "title"?'),
        (("timeline", "a.yaml", "--set", "order=up"), 1, "--set: error:"),
        (("timeline", "bad.yaml"), 1, 'bad.yaml:3: error: unknown field "titel"'),
        (("timeline", "a.yaml", "--format", "csv"), 1, "a.yaml:1: error:"),
        (("timeline",), 2, "FILE"),
    ],
)
def test_what_is_refused(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    (tmp_path / "a.yaml").write_text(EVENTS)
    (tmp_path / "bad.yaml").write_text("events:\n- label: a\n  titel: b\n")
    done = run("widget", "render", *arguments)
    assert done.code == code
    assert words in done.err
    assert done.out == ""


# new, eject, check


def test_a_new_one_keeps_the_contract_and_works_in_a_post(run: Run, blog: Path) -> None:
    done = run("widget", "new", "exam-card")
    assert done.code == 0
    assert "Next: change them, run blogkit widget check exam-card --accept" in done.out
    assert re.match(
        r"exam-card: follows all rules \(strict [\d,]+ bytes", run("widget", "check").out
    )
    (blog / "posts/hello.md").write_text(
        "---\ntitle: a\n---\n```{exam-card} Mine\npoints: [{label: One}]\n```\n", encoding="utf-8"
    )
    assert run("check").code == 0
    assert "Mine" in run("render", "posts/hello.md").out


def test_a_widget_without_python_works_everywhere(run: Run, blog: Path) -> None:
    assert run("widget", "new", "exam-card").code == 0
    shown = run("widget", "show", "exam-card").out
    assert "exam-card, from this project: widgets/exam-card" in shown
    assert re.search(r"points +list of the fields below +required +The points", shown)
    line = next(each for each in run("widget", "list").out.splitlines() if "exam-card" in each)
    assert line.endswith("What the widget is for, in a few words")
    schema = run("widget", "schema", "exam-card", "--json").json
    assert schema["properties"]["points"]["minItems"] == 1
    assert schema["required"] == ["points"]
    assert run("widget", "schema", "--vscode").code == 0
    assert list((blog / ".vscode").rglob("exam-card*.json"))
    assert "exam-card" in (blog / ".vscode/blogkit.code-snippets").read_text(encoding="utf-8")
    assert "already in your blog's folder" in run("widget", "eject", "exam-card").err
    fields = blog / "widgets/exam-card/fields.yaml"
    text = fields.read_text(encoding="utf-8").replace("type: url", "type: ulr")
    fields.write_text(text, encoding="utf-8")
    done = run("widget", "check")
    place = text.splitlines().index(next(each for each in text.splitlines() if "ulr" in each)) + 1
    assert (
        f'widgets/exam-card/fields.yaml:{place}: error: "ulr" is not a type of fields' in done.err
    )
    assert 'did you mean "url"?' in done.err


@pytest.mark.parametrize(
    ("name", "words"),
    [("Exam Card", 'did you mean "exam-card"?'), ("timeline", "blogkit widget eject timeline")],
)
def test_bad_names(run: Run, blog: Path, name: str, words: str) -> None:
    done = run("widget", "new", name)
    assert done.code == 2
    assert words in done.err
    assert not (blog / "widgets" / name).exists()
    assert run("widget", "new", "box").code == 0
    assert run("widget", "new", "box").code == 2


@pytest.mark.slow
def test_a_copy_comes_before_the_original(run: Run, blog: Path) -> None:
    (blog / "a.yaml").write_text(EVENTS)
    before = run("widget", "render", "timeline", "a.yaml").out
    report = run("widget", "eject", "timeline", "--json").json
    assert report["folder"] == "widgets/timeline"
    assert run("widget", "render", "timeline", "a.yaml").out == before
    template = blog / "widgets/timeline/template.html"
    template.write_text(
        template.read_text(encoding="utf-8").replace("<ol", '<p {{ style("words") }}>Mine</p> <ol'),
        encoding="utf-8",
    )
    assert "Mine" in run("widget", "render", "timeline", "a.yaml").out
    changed = run("widget", "check", "timeline")
    assert changed.code == 1
    assert (
        "widgets/timeline/expected/strict.html: error: the example now renders differently"
        in changed.err
    )
    assert "blogkit widget check timeline --accept" in changed.err
    accepted = run("widget", "check", "timeline", "--accept")
    assert accepted.code == 0
    assert "accepted: widgets/timeline/expected/strict.html" in accepted.out
    assert run("widget", "eject", "timeline").code == 2


@pytest.mark.slow
def test_a_widget_that_breaks_the_contract(run: Run, blog: Path) -> None:
    run("widget", "new", "box")
    run("widget", "new", "good")
    style = blog / "widgets/box/style.css"
    style.write_text(
        style.read_text(encoding="utf-8").replace("margin: 24px 0;", "display: flex;"),
        encoding="utf-8",
    )
    done = run("widget", "check", "--accept")
    assert done.code == 1
    assert "widgets/box/style.css: error:" in done.err
    assert "good: follows all rules" in done.out
    report = run("widget", "check", "--json").json
    assert [(each["name"], bool(each["problems"])) for each in report["widgets"]] == [
        ("box", True),
        ("good", False),
    ]
    assert report["errors"] == len(report["widgets"][0]["problems"])


@pytest.mark.slow
def test_a_folder_of_a_package_outside_of_any_workspace(run: Run, tmp_path: Path) -> None:
    shutil.copytree(builtin_folder() / "timeline", tmp_path / "theirs" / "moments")
    for file in ("example.md", "style.css"):
        path = tmp_path / "theirs/moments" / file
        path.write_text(
            path.read_text(encoding="utf-8").replace("timeline", "moments"), encoding="utf-8"
        )
    for folder in ("theirs", "theirs/moments"):
        assert run("widget", "check", folder, "--trust").code == 1
    assert run("widget", "check", "theirs", "--accept", "--trust").code == 0
    assert run("widget", "check", tmp_path / "theirs" / "moments", "--trust").out.startswith(
        "moments: follows all rules"
    )
    (tmp_path / "empty").mkdir()
    assert "no widgets found in empty" in run("widget", "check", "empty").err


@pytest.mark.slow
def test_ours_can_be_checked_and_are_not_rewritten(run: Run) -> None:
    assert run("widget", "check", "quote").code == 0
    done = run("widget", "check", "quote", "--accept")
    assert done.code == 2
    assert "blogkit widget eject quote" in done.err


def test_nothing_to_check(run: Run, blog: Path) -> None:
    assert "no widgets of your own yet" in run("widget", "check").out


# schema


def test_schemas(run: Run) -> None:
    assert run("widget", "schema", "timeline").json["title"] == "timeline"
    assert run("widget", "schema", "front-matter").json["required"] == ["title"]
    assert (
        run("widget", "schema", "timeline", "--json").json
        == run("widget", "schema", "timeline").json
    )
    assert sorted(run("widget", "schema").json) == sorted(["front-matter", *NAMES])


def test_front_matter_knows_the_sites(run: Run, blog: Path) -> None:
    sites = run("widget", "schema", "front-matter").json["properties"]["sites"]
    assert {"enum": ["main"]} in [option.get("items") for option in sites["anyOf"]]


def test_what_vscode_needs(run: Run, blog: Path) -> None:
    done = run("widget", "schema", "--vscode")
    assert done.code == 0
    settings = json.loads((blog / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"]["./.vscode/blogkit/timeline.json"] == [
        "*.timeline.yaml",
        "*.timeline.yml",
    ]
    for schema in (*settings["yaml.schemas"], *(each["url"] for each in settings["json.schemas"])):
        assert json.loads((blog / schema).read_text(encoding="utf-8"))["type"] == "object"
    files = {path: path.read_bytes() for path in (blog / ".vscode").rglob("*") if path.is_file()}
    assert run("widget", "schema", "--vscode").code == 0
    assert files == {
        path: path.read_bytes() for path in (blog / ".vscode").rglob("*") if path.is_file()
    }


def test_settings_of_the_user_are_kept(run: Run, blog: Path) -> None:
    (blog / ".vscode").mkdir()
    mine = '{\n  // mine\n  "editor.fontSize": 20\n}\n'
    (blog / ".vscode/settings.json").write_text(mine, encoding="utf-8")
    done = run("widget", "schema", "--vscode")
    assert (blog / ".vscode/settings.json").read_text(encoding="utf-8") == mine
    assert ".vscode/settings.json already exists and was not changed; add this to it:" in done.out
    assert '"yaml.schemas"' in done.out
    assert run("widget", "schema", "--vscode", "--json").json["kept"] == [".vscode/settings.json"]
    assert run("widget", "schema", "timeline", "--vscode").code == 2


def test_the_task_reads_what_check_prints(run: Run, blog: Path) -> None:
    (blog / "posts/hello.md").write_text(
        "---\ntitle: a\nlabel: b\n---\n```{timeline}\n```\n", encoding="utf-8"
    )
    lines = [
        line for line in run("check", "--no-color").err.splitlines() if not line.startswith(" ")
    ]
    found = [re.match(vscode.MATCH, line) for line in lines]
    assert [(match[1], match[2], match[3]) for match in found if match] == [
        ("posts/hello.md", "3", "error"),
        ("posts/hello.md", "5", "error"),
    ]


def test_snippets_are_calls_that_render(run: Run, blog: Path) -> None:
    """With every placeholder taken as it is offered."""
    run("widget", "schema", "--vscode")
    snippets = json.loads((blog / ".vscode/blogkit.code-snippets").read_text(encoding="utf-8"))
    assert set(snippets) == {"front matter", *NAMES}

    def typed(name: str) -> str:
        text = "\n".join(snippets[name]["body"])
        text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
        text = re.sub(
            r"\$\{\d+:((?:\\.|[^}\\])*)\}|\$\{?\d+\}?", lambda match: match[1] or "", text
        )
        return re.sub(r"\\([\\$}])", r"\1", text)

    for name in NAMES:
        (blog / "posts/hello.md").write_text(typed("front matter") + typed(name), encoding="utf-8")
        assert run("render", "posts/hello.md").code == 0, typed(name)
        assert (
            typed(name).strip()
            == (builtin_folder() / name / "example.md").read_text(encoding="utf-8").strip()
        )


# everywhere


@pytest.mark.parametrize("command", [("new", "x"), ("eject", "timeline"), ("schema", "--vscode")])
def test_what_needs_a_workspace_says_so(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    done = run("widget", *command)
    assert done.code == 1
    assert "no blogkit.toml" in done.err
    assert list(tmp_path.iterdir()) == []


def test_broken_settings_are_told_by_what_needs_none(run: Run, blog: Path) -> None:
    (blog / "blogkit.toml").write_text("nope", encoding="utf-8")
    assert "not valid TOML" in run("widget", "list").err


@pytest.mark.slow
def test_in_a_pipe_of_processes(tmp_path: Path) -> None:
    shown = call("widget", "render", "timeline", "-", cwd=tmp_path)
    assert shown.returncode == 1
    assert "stdin" in shown.stderr
    listed = call(
        "widget", "list", "--json", cwd=tmp_path, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert listed.stdout.isascii()
    assert json.loads(listed.stdout)["widgets"][0]["name"] == NAMES[0]
