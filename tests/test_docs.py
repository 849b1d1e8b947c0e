"""Documentation is a test subject: what it names exists, what exists is named, and its examples
run.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click
import pytest

import blogkit.__main__
from blogkit import config, errors
from blogkit.cli import main as commands
from blogkit.config import images, reader, schedule, site_reader
from blogkit.credentials import SecretName, origin_variable, variable
from blogkit.journal.dialect import VARIABLE
from blogkit.posts.aliases import ALIASES
from blogkit.posts.front_matter_schema import KEYS
from blogkit.posts.loader import load_post
from blogkit.project.files import scaffold
from blogkit.project.plans.status import HAS_ERRORS, IN_TRASH, NOT_PUBLIC, UNDONE, WORDS
from blogkit.render import quiz, renderer
from blogkit.render.looks.tokens import NAMES, Tokens
from blogkit.render.widgets.registry import Registry
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import STRICT
from blogkit.sync.actions import ActionKind
from blogkit.sync.outcome import Result
from scripts.docs import PAGES, ROOT, help_of, made
from tests.cases import for_each
from tests.contract import PlatformContract
from tests.render.drawing import OURS, draw
from tests.test_layers import LAYERS

TEXTS = {str(page.relative_to(ROOT)): page.read_text(encoding="utf-8") for page in PAGES}
EVERYTHING = "\n".join(TEXTS.values())
OUTSIDE = {
    "127.0.0.1",
    "console.cloud.google.com",
    "drive.google.com",  # the example of a check
    "github.com",
    "keepachangelog.com",
}
OUTSIDE |= {"example.com", "example.blogspot.com", "school.example"}
OUTSIDE |= {"pictures.example.com", "s3.storage.example.com", "me.example.com"}
OUTSIDE |= {"cldr.unicode.org", "takeout.google.com"}
OUTSIDE |= {"localhost", "wordpress.com", "developer.wordpress.com", "public-api.wordpress.com"}
OUTSIDE |= {"git-scm.com", "jinja.palletsprojects.com"}
"""The hosts that documentation may name."""


def leaves(
    command: click.Command = commands, words: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by the words that call it."""
    if not isinstance(command, click.Group):
        yield " ".join(words), command
        return
    if command.invoke_without_command and words:
        yield " ".join(words), command
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from leaves(found, (*words, name))


COMMANDS = dict(leaves())


def blocks(text: str, *kinds: str) -> list[str]:
    """The fenced blocks of these kinds; a longer fence shows what a shorter one holds."""
    found = re.findall(r"^(`{3,})(\w+)\n(.*?)^\1$", text, re.DOTALL | re.MULTILINE)
    return [body for _, kind, body in found if kind in kinds]


def cells(text: str, first: str, *, column: int = 0) -> list[str]:
    """What stands in backticks in a column of the table whose head begins with `first`, and
    plain cells as they are.
    """
    table = text.split(f"\n| {first} |", 1)[1].split("\n\n", 1)[0]
    rows = [line.split("|")[column + 1].strip() for line in table.splitlines()[2:]]
    return [name for row in rows for name in (re.findall(r"`([^`]+)`", row) or [row])]


def anchors(text: str) -> set[str]:
    """The addresses of a page's headings."""
    plain = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", plain, re.MULTILINE)
    }


# commands


@for_each("page", TEXTS)
def test_what_is_made_from_the_code_is_up_to_date(page: str) -> None:
    assert made(TEXTS[page]) == TEXTS[page], "run: make docs"


@for_each("name", ["", *COMMANDS])
def test_the_help_that_is_quoted_is_the_help_that_is_printed(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    commands.main([*name.split(), "--help"], prog_name="blogkit", standalone_mode=False)
    assert capsys.readouterr().out.strip() == help_of(name).strip()


@for_each("name", COMMANDS)
def test_every_command_has_help_an_example_and_a_line_in_the_table(name: str) -> None:
    command = COMMANDS[name]
    assert (command.help or "").strip()
    assert "Example" in (command.epilog or "")
    assert f"blogkit {name}" in (command.epilog or "")
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    assert f"blogkit {name}" in cells(TEXTS["docs/commands.md"], "command")


def test_the_table_names_no_command_that_does_not_exist() -> None:
    assert sorted(cells(TEXTS["docs/commands.md"], "command")) == sorted(
        f"blogkit {name}" for name in COMMANDS
    )


def typed() -> list[str]:
    """Every command line that documentation and help show."""
    shown = [
        line
        for text in TEXTS.values()
        for block in blocks(text, "sh", "powershell")
        for line in block.splitlines()
    ]
    printed = [
        line
        for text in TEXTS.values()
        for block in blocks(text, "text")
        for line in block.splitlines()
    ]
    shown += [
        line for line in printed if re.search(r"(?:\$ |/)blogkit ", line)
    ]  # hints in what is printed are sentences
    shown += [(command.epilog or "").partition(": ")[2] for command in COMMANDS.values()]
    shown += re.findall(r"`(blogkit [^`]+)`", EVERYTHING)
    found = [
        re.search(r"(?:^|[\s/])blogkit (.*)", line.split("  #")[0].split(" && blogkit")[0])
        for line in shown
    ]
    return sorted(
        {
            re.split(r" [>|&<]", line[1])[0].rstrip(".")
            for line in found
            if line and re.match(r"(-C \S+ )?[a-z]", line[1])
        }
    )


@for_each("line", typed())
def test_the_options_in_examples_exist(line: str) -> None:
    words = shlex.split(line.replace('")"', "").replace("SITE", "main"))
    if words[0] == "-C":
        words = words[2:]
    name = next((name for name in (" ".join(words[:2]), words[0]) if name in COMMANDS), None)
    assert name or words[0] == "new", f"there is no command in: blogkit {line}"
    known = {option for param in COMMANDS[name].params for option in param.opts} if name else set()
    assert {word for word in words if word.startswith("-")} <= known | {"--help"}


# tables


def test_every_front_matter_key_is_documented() -> None:
    assert sorted(cells(TEXTS["docs/posts.md"], "line")) == sorted(KEYS)


def test_where_each_front_matter_key_works_is_documented() -> None:
    page = TEXTS["docs/posts.md"]
    works = dict(zip(cells(page, "line"), cells(page, "line", column=2), strict=True))
    kinds = {"": "", "post": ", posts", "page": ", pages"}
    assert works == {name: f"{key.platforms}{kinds[key.kind]}" for name, key in KEYS.items()}


def test_every_alias_in_front_matter_is_documented() -> None:
    page = TEXTS["docs/posts.md"]
    assert cells(page, "other name") == [*ALIASES]
    meanings = page.split("\n| other name |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    assert [
        name
        for line, (name, alias) in zip(meanings, ALIASES.items(), strict=True)
        if f"`{alias.name}" not in line.split("|")[2]
    ] == []


def test_every_setting_is_documented() -> None:
    sites = TEXTS["docs/sites.md"]
    assert sorted(cells(sites, "in `[blog]`")) == sorted(reader._BLOG)
    assert sorted(cells(sites, "in `[sites.NAME]`")) == sorted(site_reader._SITE)
    assert sorted(cells(sites, "in `[theme]`")) == sorted(NAMES)
    assert sorted(cells(sites, "in `[images]`")) == sorted(images._IMAGES)
    assert all(f'"{host}"' in TEXTS["docs/images.md"] for host in images.IMAGE_HOSTS)
    assert [token.default for token in fields(Tokens)] == [
        cell.strip('"') for cell in cells(sites, "in `[theme]`", column=2)
    ]
    assert sorted(cells(sites, "in `[schedule]`")) == sorted(schedule._SCHEDULE)
    assert all(f"[{table}" in sites for table in reader._TABLES)
    assert all(f'"{platform}"' in sites for platform in config.PLATFORMS)


def test_every_secret_is_documented(project: Path) -> None:
    names = get_args(SecretName)
    documented = {*(name.upper() for name in names), "ORIGIN"}
    assert set(cells(TEXTS["docs/sites.md"], "name")) == documented
    example = (project / ".env.example").read_text(encoding="utf-8")
    school = ("app_password", "http_login", "wordpress_com_token")
    host = ("access_key_id", "secret_access_key", "github_token")
    sites = {name: "school" if name in school else "main" for name in names}
    sites |= dict.fromkeys(host, "images")
    wanted = {variable(site, name) for name, site in sites.items()} | {origin_variable("school")}
    all_names = wanted | {VARIABLE, origin_variable("images")}
    assert set(re.findall(r"^(\w+)=$", example, re.MULTILINE)) == all_names
    assert all_names <= set(re.findall(r"\w+", scaffold.ENV_TEXT))
    assert wanted == set(cells(TEXTS["docs/sites.md"], "name", column=1))


def test_every_exit_code_is_documented() -> None:
    codes = {int(code) for code in cells(TEXTS["docs/publishing.md"], "code")}
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.BlogkitError)
    ]
    assert codes == {
        int(code)
        for code in re.findall(r"(\d+) \w+ *\w* *\w*(?: ·|\.)", blogkit.__main__.__doc__ or "")
    }
    assert {kind.exit_code for kind in kinds} < codes


def test_every_action_and_result_is_documented() -> None:
    assert sorted(cells(TEXTS["docs/publishing.md"], "`action`")) == sorted(ActionKind)
    assert sorted(cells(TEXTS["docs/publishing.md"], "`result`")) == sorted(Result)


def test_every_word_of_status_is_documented() -> None:
    words = {
        word.strip()
        for cell in cells(TEXTS["docs/publishing.md"], "FILE")
        for word in cell.split(",")
    }
    assert words == {*WORDS.values(), UNDONE, IN_TRASH, HAS_ERRORS, NOT_PUBLIC}


def test_every_widget_is_documented_with_its_fields() -> None:
    names = OURS.names()
    for name, following in pairwise([*names, "Rows from a file"]):
        part = (
            TEXTS["docs/widgets.md"]
            .split(f"\n## {name}\n", 1)[1]
            .split(f"\n## {following}\n", 1)[0]
        )
        assert OURS[name].example.strip() in part
        for field, info in OURS[name].model.model_fields.items():
            assert f"| `{field}` |" in part
            assert str(info.description) in part


# examples


@for_each(
    ("page", "text"),
    [(page, block) for page, text in TEXTS.items() for block in blocks(text, "toml")],
)
def test_settings_in_examples_load(tmp_path: Path, page: str, text: str) -> None:
    (tmp_path / "blogkit.toml").write_text(text, encoding="utf-8")
    loaded = config.load_config(tmp_path)
    assert loaded.sites or loaded.notify.email or loaded.words or loaded.theme or loaded.image_host


def posts() -> Iterator[tuple[str, str]]:
    """Every post or piece of a post that documentation shows: (file ending, text)."""
    head = "---\ntitle: An example\nquiz: https://example.com/quiz\n---\n"
    own = blocks(TEXTS["CONTRIBUTING.md"], "markdown", "html")
    # a whole page is refused, because sites take it apart
    refused = TEXTS["docs/checks.md"].partition("## whole-page\n")[2].partition("\n## ")[0]
    own += blocks(refused, "markdown")
    for text in TEXTS.values():
        for kind, ending in (("markdown", "md"), ("html", "html")):
            for block in blocks(text, kind):
                if block not in own:
                    yield ending, block if block.startswith("---") else head + block


@for_each(("ending", "text"), list(posts()))
def test_posts_in_examples_can_be_published(tmp_path: Path, ending: str, text: str) -> None:
    for name in set(re.findall(r"\b(?:images|data)/[\w./-]+\w", text)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(
            b"Subject,Marks\nPolity,12\n" if name.endswith("v") else b"\xff\xd8"
        )
    path = tmp_path / f"posts/example.{ending}"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    post = load_post(path, root=tmp_path, zone=ZoneInfo("Asia/Kolkata"))
    document = renderer.render_post(
        post,
        registry=OURS,
        profile=STRICT,
        root=tmp_path,
        quiz_url=quiz.resolve_quiz("", post.quiz, ""),
    )
    assert document.fragments
    losses = [
        loss for fragment in document.fragments for loss in judge(fragment.html, STRICT).losses
    ]
    # the example of a check may be malformed on purpose, as that of `stray-quote` is
    assert [loss for loss in losses if not loss.malformed] == []


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run(folder, "publish", "--yes")`: how it ended, and what it printed."""

    def command(folder: Path, *words: str) -> tuple[int, str]:
        code = commands.main(
            ["-C", str(folder), *words], prog_name="blogkit", standalone_mode=False
        )
        return code or 0, capsys.readouterr().out

    return command


def test_the_first_post_in_five_steps(tmp_path: Path, run: Run) -> None:
    (steps,) = [block for block in blocks(TEXTS["README.md"], "sh") if "init" in block]
    folder = tmp_path
    for step in [
        part.strip() for line in steps.splitlines() for part in line.split("#")[0].split("&&")
    ]:
        words = shlex.split(step)
        if words[0] == "cd":
            folder = folder / words[1]
            continue
        asks = words[1:] == ["publish"] or words[1] == "init"
        agreed = ["--yes"] if asks else []
        code, out = run(folder, *words[1:], *agreed)
        assert code == 0, f"{step}: {out}"
    assert out.startswith((folder / "site").as_uri())
    assert "posts/hello.md" in (folder / "posts/hello.md").read_text(encoding="utf-8")


def test_the_json_that_is_shown_is_the_json_that_is_printed(tmp_path: Path, run: Run) -> None:
    (shown,) = [json.loads(block) for block in blocks(TEXTS["docs/publishing.md"], "json")]
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/talks.md").write_text(
        "---\ntitle: Talks open in Miami\npublish: now\n---\nText.\n", encoding="utf-8"
    )
    (tmp_path / "blogkit.toml").write_text(
        '[sites.main]\nplatform = "folder"\nfolder = "site"\n', encoding="utf-8"
    )
    planned: dict[str, Any] = json.loads(run(tmp_path, "plan", "--json")[1])
    printed: dict[str, Any] = json.loads(run(tmp_path, "publish", "--yes", "--json")[1])
    assert (list(printed), list(printed["outcomes"][0])) == (
        list(shown),
        list(shown["outcomes"][0]),
    )
    assert list(planned["actions"][0]) == list(shown["outcomes"][0])[:8]
    for name in ("summary", "exit_code"):
        assert printed[name] == shown[name]
    for name in ("title", "action", "story", "result", "state"):
        assert printed["outcomes"][0][name] == shown["outcomes"][0][name]


def files_of_contributing() -> dict[str, str]:
    """The files of the walk-through, by name."""
    found = re.findall(
        r"^`([\w/.-]+)`:\n\n(`{3,})\w+\n(.*?)^\2$",
        TEXTS["CONTRIBUTING.md"],
        re.DOTALL | re.MULTILINE,
    )
    return {name: text for name, _, text in found}


def test_the_widget_of_the_walk_through_works(tmp_path: Path) -> None:
    files = files_of_contributing()
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    registry = Registry([tmp_path / "widgets"], allowed=lambda _folder: True)
    (name,) = registry.names()
    data: dict[str, Any] = {}
    exec(files[f"tests/widgets/shapes/{name.replace('-', '_')}.py"], data)
    for body in [
        registry[name].example,
        *(f"```{{{name}}}\n{shape}\n```\n" for shape in data["SHAPES"]),
    ]:
        (fragment,) = draw(body, registry=registry).fragments
        assert (fragment.kind, fragment.widget) == ("widget", name)
        assert judge(fragment.html, STRICT).clean
        assert "\n" not in fragment.html
    assert len(draw(registry[name].example, registry=registry).html.encode()) <= data["BUDGET"]
    assert set(data["TEXTS"]) <= set(registry[name].model.model_fields)


def test_the_suite_of_the_walk_through_inherits_the_contract() -> None:
    (suite,) = [
        block for block in blocks(TEXTS["CONTRIBUTING.md"], "python") if "PlatformContract" in block
    ]
    names: dict[str, Any] = {"__name__": "walk_through"}
    exec(suite, names)
    assert issubclass(names["TestGhost"], PlatformContract)


# addresses


@for_each("page", TEXTS)
def test_links_lead_somewhere(page: str, project: Path) -> None:
    prose = re.sub(r"^(`{3,}).*?^\1$", "", TEXTS[page], flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose)):
        if target.startswith("http"):
            continue
        name, _, anchor = target.partition("#")
        file = (project / page).parent / name if name else project / page
        assert file.is_file(), f"{page}: {target}"
        assert not anchor or anchor in anchors(file.read_text(encoding="utf-8")), (
            f"{page}: {target}"
        )


@for_each("page", TEXTS)
def test_outside_hosts_are_known_ones(page: str) -> None:
    hosts = {
        urlsplit(address).hostname for address in re.findall(r"https?://[\w.:-]+", TEXTS[page])
    }
    assert hosts <= OUTSIDE


@for_each("page", TEXTS)
def test_files_and_tests_that_are_named_exist(page: str, project: Path) -> None:
    made_up = ("did-you-know", "did_you_know", "ghost", "<", "expected/")
    for path, name in re.findall(
        r"`((?:blogkit|tests|widgets|scripts|docs)/[^`\s:]*)(?:::(\w+))?`", TEXTS[page]
    ):
        if not any(word in path for word in made_up):
            assert (project / path).exists(), f"{page}: {path}"
            assert not name or f"def {name}(" in (project / path).read_text(encoding="utf-8"), (
                f"{page}: {path}::{name}"
            )
    parts = "|".join(LAYERS.keys() - {"widgets"})  # widgets/ is a folder of the repository
    for path in re.findall(rf"`((?:{parts})/[\w/]+\.py)`", TEXTS[page]):
        assert (project / "blogkit" / path).is_file(), f"{page}: {path}"


def test_the_layers_are_documented() -> None:
    rows = re.findall(r"^\| (-?\d) \| ([^|]+) \|", TEXTS["docs/architecture.md"], re.MULTILINE)
    documented = {
        part: int(layer) for layer, parts in rows for part in re.findall(r"`(\w+)`", parts)
    }
    assert documented == {part: n for part, n in LAYERS.items() if not part.startswith("__")}


def test_the_names_in_the_walks_exist(project: Path) -> None:
    """Each step links files; every name in the step is defined in the code."""
    walks = TEXTS["docs/architecture.md"].split("\n## Three walks", 1)[1].split("\n## ", 1)[0]
    sources = [path.read_text(encoding="utf-8") for path in (project / "blogkit").rglob("*.py")]
    defined = set(re.findall(r"^ *(?:def|class) (\w+)", "\n".join(sources), re.MULTILINE))
    names = set(re.findall(r"`(?:\w+\.)?(\w+)`", walks)) - {"css", "html"}
    assert len(names) > 40
    assert names - defined == set()


def test_every_promise_has_a_test() -> None:
    text = TEXTS["docs/safety.md"]
    promises = re.findall(
        r"^### (.+)$",
        text.split("\n## What can go wrong\n", 1)[1].split("\n## ", 1)[0],
        re.MULTILINE,
    )
    rows = dict(
        re.findall(
            r"^\| ([^|]+) \| (`tests/.+`) \|$", text.split("\n## Tests\n", 1)[1], re.MULTILINE
        )
    )
    assert len(promises) >= 8
    assert [
        promise
        for promise in promises
        if not re.search(r"`tests/[\w/]+\.py::test_\w+`", rows.get(promise, ""))
    ] == []
    assert not re.search(r"`tests/", text.split("\n## Tests\n", 1)[0]), (
        "the promises are sentences; tests are named in the table"
    )


def test_what_is_said_of_others_has_its_source() -> None:
    _, *others = (
        TEXTS["docs/safety.md"]
        .split("\n| program | the blog", 1)[1]
        .split("\n\n", 1)[0]
        .splitlines()[2:]
    )
    assert [line.split("|")[1].partition(",")[0].strip() for line in others] == cells(
        TEXTS["docs/safety.md"], "program | file or issue"
    )


def test_modules_in_examples_can_be_run(project: Path) -> None:
    modules = set(re.findall(r"python -m ((?:benchmarks|scripts|tests)[.\w]*)", EVERYTHING))
    assert modules
    for module in modules:
        path = project / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


def test_the_picture_is_small(project: Path) -> None:
    assert 10_000 < (project / "docs/images/post-on-a-phone.png").stat().st_size < 250_000


def test_the_contract_of_the_walk_through_has_these_names() -> None:
    """The walk-through went on naming methods of the contract that had been renamed."""
    from blogkit.http.client import HttpClient
    from blogkit.platforms.base import Capabilities, Platform

    part = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("Three rules matter")[2]
    named = set(re.findall(r"`([A-Za-z_]+)`", part.partition("Your tests inherit")[0]))
    known = {*dir(Platform), *Platform.__annotations__, *Capabilities.__dataclass_fields__}
    errors = {"Conflict", "OutcomeUnknown", "Rejected", "Unreadable"}
    arguments = {"expected", "on_unreadable"}
    assert named - known - errors - arguments - {HttpClient.__name__} == set()
