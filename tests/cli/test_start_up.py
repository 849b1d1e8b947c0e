"""A command imports and compiles only what it needs. Modules are counted, not milliseconds."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

import blogkit
from blogkit import signatures
from blogkit.render.widgets import compiled
from tests.cli.conftest import Run

HEAVY = [
    "requests",
    "pydantic",
    "jinja2",
    "flask",
    "bs4",
    "rich",
    "babel",
    "yaml",
    "pyromark",
    "sqlite3",
    "tinycss2",
    "google",
    "PIL",
    "json",
    "difflib",
    "shutil",
    "bz2",
    "blogkit.letters",
]
OF_RENDERING_AGAIN = [
    "babel",
    "tinycss2",
    "blogkit.credentials",
    "blogkit.journal",
    "blogkit.platforms",
    "blogkit.regions",
    "blogkit.images",
    "blogkit.project.queue",
    "blogkit.project.live.selection",
    "blogkit.project.sign_in.signing",
    "blogkit.render.call_writer",
    "blogkit.render.formats.isolation",
    "blogkit.render.widgets.template_sandbox",
    "blogkit.render.widgets.validation_messages",
]
"""What rendering an English post without problems does without, once its widgets are compiled."""
OF_CHECKING = [
    "babel",
    "requests",
    "flask",
    "bs4",
    "rich",
    "aiosql",
    "PIL",
    "blogkit.importers",
    "blogkit.journal.records",
    "blogkit.project.files.alone",
    "blogkit.project.files.changes",
    "blogkit.project.duplicates.similarity",
    "blogkit.project.parallel.recipe",
    "blogkit.sync.merging.merge",
]
OF_OTHER_COMMANDS = [
    "requests",
    "flask",
    "bs4",
    "rich",
    "babel",
    "sqlite3",
    "aiosql",
    "PIL",
    "blogkit.journal.store",
    "blogkit.sync",
    "blogkit.lint",
    "blogkit.importers",
    "blogkit.project.health",
]
OF_CHANGES = [
    "requests",
    "pydantic",
    "jinja2",
    "flask",
    "bs4",
    "babel",
    "yaml",
    "pyromark",
    "PIL",
    "http.client",
    "importlib.metadata",
    "decimal",
    "dotenv",
    "portalocker",
    "concurrent.futures",
    "blogkit.edits",
    "blogkit.hosting",
    "blogkit.html",
    "blogkit.importers",
    "blogkit.journal.jobs",
    "blogkit.journal.state_file",
    "blogkit.lint.context",
    "blogkit.platforms.folder.page_files",
    "blogkit.platforms.folder.site",
    "blogkit.posts.loader",
    "blogkit.posts.post",
    "blogkit.project.builds.one_file",
    "blogkit.regions.find",
    "blogkit.render.document",
    "blogkit.render.looks",
    "blogkit.render.phrases",
    "blogkit.sync.compare.comparison",
    "blogkit.sync.execute.dispatch",
    "blogkit.sync.merging.merge",
    "blogkit.sync.worker_pool",
]
POST = """\
---
title: Dates in English
---
Plain words, and a box:

```{timeline} How it happened
events:
  - {date: 2018-01, title: "First", text: "It **began**."}
  - {date: 2018-02-03, title: "Then", text: "It went on."}
```

```{table} How many
columns: [Name, {label: Number, kind: number}]
rows:
  - ["First", 12345]
```

```{quiz-button} Test yourself
label: Start the mock test
url: https://example.com/quiz
questions: 20
```
"""


def modules_after(call: str, folder: Path) -> set[str]:
    """The modules of a new process after a call of `m`, which is `blogkit.__main__`."""
    code = f"import sys, blogkit.__main__ as m; {call}; sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text('[sites.main]\nplatform = "folder"\nfolder = "site"\n')
    (tmp_path / "posts/dates.md").write_text(POST, encoding="utf-8")
    return tmp_path


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    assert not modules_after("m.main(['--help'])", tmp_path) & set(HEAVY)


def test_rendering_imports_nothing_of_other_commands(blog: Path) -> None:
    found = modules_after("m.main(['render', 'posts/dates.md'])", blog)
    assert "pydantic" in found
    assert not found & set(OF_OTHER_COMMANDS)


def test_rendering_again_imports_only_what_an_english_post_needs(blog: Path) -> None:
    command = "m.main(['render', 'posts/dates.md'])"
    modules_after(command, blog)
    assert modules_after(command, blog).intersection(OF_RENDERING_AGAIN) == set()


def test_checking_imports_nothing_that_writes(blog: Path) -> None:
    found = modules_after("m.main(['check', 'posts/dates.md'])", blog)
    assert "blogkit.lint.runner" in found
    assert found.intersection(OF_CHECKING) == set()


def test_checking_compiles_only_the_patterns_that_an_english_post_needs(blog: Path) -> None:
    code = (
        "import gc, blogkit.__main__ as m; m.main(['check', 'posts/dates.md']);"
        " from blogkit.patterns import LazyPattern;"
        " lazy = [one for one in gc.get_objects() if type(one) is LazyPattern];"
        " print(len(lazy), sum(len(vars(one)) > 2 for one in lazy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=blog, capture_output=True, text=True, check=True
    )
    known, compiled_ones = map(int, done.stdout.split()[-2:])
    assert known > 120
    assert compiled_ones < known / 3


@pytest.mark.parametrize("command", [["plan"], ["publish", "--yes"]], ids=" ".join)
def test_a_run_without_changes_imports_nothing_that_makes_them(
    command: list[str], blog: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("draft", "first", "second", "third"):  # so many that the site is listed
        state = "draft" if name == "draft" else "now"
        text = f"---\ntitle: The {name} post\npublish: {state}\n---\n{f'Of the {name}. ' * 9}\n"
        (blog / f"posts/{name}.md").write_text(text, encoding="utf-8")
    (blog / "posts/dates.md").unlink()
    monkeypatch.setattr(signatures, "_SETTLED", 0)  # else files are not believed for two seconds
    assert run("publish", "--yes").code == run("plan").code == 0
    calls = f"from blogkit import signatures as s; s._SETTLED = 0; m.main({command})"
    modules_after(calls, blog)  # it looks which packages have widgets
    found = modules_after(calls, blog)
    assert "blogkit.journal.store" in found
    assert found & set(OF_CHANGES) == set()
    assert len(found) < 400


def test_templates_are_compiled_once_for_all_processes(
    blog: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new process is one that has forgotten what it compiled."""
    caches = tmp_path_factory.mktemp("caches")
    environ = {**os.environ, "XDG_CACHE_HOME": str(caches)}
    before = {path for path in blog.rglob("*") if ".blogkit" not in path.parts}
    compiled._code.cache_clear()
    first = blogkit.open(blog, environ=environ).render("posts/dates.md").html
    compiled._code.cache_clear()
    monkeypatch.setattr(jinja2.Environment, "compile", None)  # nothing may be compiled
    assert blogkit.open(blog, environ=environ).render("posts/dates.md").html == first
    compiled._code.cache_clear()
    assert list((caches / "blogkit/templates").iterdir())
    assert {path for path in blog.rglob("*") if ".blogkit" not in path.parts} == before


def test_the_interpreter_looks_for_garbage_seldom_and_not_at_the_end(tmp_path: Path) -> None:
    code = (
        "import gc, os, sys, blogkit.__main__ as m; sys.argv = ['blogkit', '--version'];"
        " code = m.program();"
        " print(code, gc.get_threshold()[0], gc.get_freeze_count() > 1000,"
        " os.environ['PYDANTIC_DISABLE_PLUGINS'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[1] == "0 200000 True __all__"


def test_a_command_does_not_import_what_looks_for_plug_ins(blog: Path) -> None:
    """Not even to learn that there is nothing to look for."""
    code = (
        "import sys, blogkit.__main__ as m; sys.argv = ['blogkit', 'render', 'posts/dates.md'];"
        " m.program(); loader = sys.modules['pydantic.plugin._loader'];"
        " print(' '.join(sys.modules)); print(loader.entry_points)"
    )
    for _ in range(2):  # the first looks which packages have widgets
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=blog, capture_output=True, text=True, check=True
        )
    *_, modules, real = done.stdout.splitlines()
    assert "pydantic.types" in modules.split()
    assert not {"importlib.metadata", "email", "socket", "zipfile"} & set(modules.split())
    assert "function entry_points" in real, "other versions may look for other names"


def test_a_command_in_this_process_changes_nothing_of_it(run: Run) -> None:
    before = gc.get_threshold(), os.environ.get("PYDANTIC_DISABLE_PLUGINS")
    run("--version")
    assert (gc.get_threshold(), os.environ.get("PYDANTIC_DISABLE_PLUGINS")) == before
