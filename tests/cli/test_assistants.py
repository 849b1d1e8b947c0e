"""`blogkit prompt` and docs/assistants.md: the prompt fits the widgets, its example is a post, and
import accepts what assistants make of it.
"""

from __future__ import annotations

import re
from pathlib import Path

from blogkit.importers.convert import convert_pasted, read_pasted
from blogkit.importers.report import Imported
from blogkit.widget_tools.json_schema import of_widget
from blogkit.widget_tools.prompt import EXAMPLE_POST, prompt_text
from scripts.docs import ROOT
from tests.cases import for_each
from tests.cli.conftest import Run
from tests.importers.reading import post_of, rendered
from tests.render.drawing import OURS

PAGE = (ROOT / "docs/assistants.md").read_text(encoding="utf-8")
CALL = "```{timeline} T\nevents:\n  - {label: a, title: b}\n```\n"
ANSWERS = {
    "a sentence before": (f"Sure! Here's the post:\n\n```markdown\n# T\n\n{CALL}```\n", CALL),
    "front matter in": ("```yaml\n---\ntitle: “My T”\n---\n```\n\nText.\n", 'title: "My T"'),
    "keys that a post": ("---\ntitle: T\nauthor: A\n---\nText.\n", '---\ntitle: "T"\n---\n'),
    "`publish:` and": ("---\ntitle: T\ndate: 2025-01-09\n---\nText.\n", "# publish: 2025-01-09"),
    "a call without": ("# T\n\n" + CALL.replace("{timeline}", "timeline"), CALL),
    "curly quotes around": ("# T\n\n" + CALL.replace("title: b", "title: “b, c”"), 'title: "b, c"'),
    "a missing or": ("# T\n\n" + CALL.replace("title: b", "text: b"), "{label: a, text: b}"),
    "references such": ("# T\n\nText【4†source】.\n", "\nText.\n"),
}


def answered(text: str) -> Imported:
    return convert_pasted(read_pasted(text.encode(), "standard input"))


def test_the_example_in_the_prompt_is_a_post_as_it_is() -> None:
    result = answered(EXAMPLE_POST)
    assert [one for one in result.entries if one.kind in ("needed", "left", "changed")] == []
    assert "Two new boats arrive" in rendered(result)
    assert post_of(result).labels == ("Transport", "Coast")


def test_the_prompt_has_every_widget_with_its_fields() -> None:
    text = prompt_text(OURS)
    for name in OURS:
        (line,) = re.findall(rf"(?m)^- {name}: (.*)$", text)
        fields = of_widget(OURS[name])["properties"].keys() - {"language", "body"}
        assert [field for field in fields if not re.search(rf"\b{field}\b", line)] == []


def test_the_blogs_own_widgets_are_in_it(run: Run, tmp_path: Path) -> None:
    assert run("init", "--yes").code == 0
    folder = tmp_path / "widgets/tide"
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text(
        "purpose: The tide at a harbour.\nfields:\n"
        "  - {name: height, type: text, description: The height, required: true}\n",
        encoding="utf-8",
    )
    (folder / "template.html").write_text("<p>{{ height }}</p>\n", encoding="utf-8")
    (folder / "style.css").write_text("", encoding="utf-8")
    (folder / "example.md").write_text("```{tide}\nheight: 4 m\n```\n", encoding="utf-8")
    shown = run("prompt", "tide")
    assert shown.code == 0, shown.err
    assert "- tide: The tide at a harbour. Fields: height*\n" in shown.out
    assert "- timeline: " not in shown.out
    assert run("prompt", "timelin").code == 2
    assert run("prompt", "--json").json["prompt"].startswith("Write a blog post about:")


def test_every_row_of_the_page_has_a_case() -> None:
    rows = re.findall(r"(?m)^\| (.*?) \|", PAGE)[1:]
    assert len(rows) == len(ANSWERS)
    assert [row for row in rows if not row.startswith(tuple(ANSWERS))] == []


@for_each("name", ANSWERS)
def test_import_accepts_what_assistants_answer(name: str) -> None:
    answer, post = ANSWERS[name]
    result = answered(answer)
    assert post in result.text
    assert post_of(result).title == result.title


def test_what_is_missing_is_named_by_its_line() -> None:
    answer, _ = ANSWERS["a missing or"]
    (needed,) = answered(answer).needed
    assert (needed.line, '"title" is missing' in needed.what) == (5, True)


def test_the_commands_of_the_page_run(run: Run, tmp_path: Path) -> None:
    assert run("init", "--yes").code == 0
    assert run("prompt").out == prompt_text(OURS)
    short = run("prompt", "timeline", "mcq").out
    assert short in prompt_text(OURS, ["timeline", "mcq"])
    (text,) = re.findall(r"(?s)<!-- made: every prompt -->\n````text\n(.*)````", PAGE)
    assert text == prompt_text(OURS)
