"""A folder that somebody else has written: no command runs its code, and none writes outside."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import blogkit
from blogkit.cli import main
from blogkit.errors import ConfigError, ContentError, UsageError
from blogkit.journal.file_log import FileIntent
from blogkit.journal.store import Journal
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.trust import Trust, foreign_owner
from tests.cases import for_each
from tests.cli.conftest import Run
from tests.cli.test_help import commands
from tests.render.drawing import own_widget
from tests.sampling import sample

CODE = """\
from pathlib import Path

from blogkit.render.widgets.fields import Field, Fields, Inline

Path({mark!r}).write_text("code of the folder ran")


class Widget(Fields):
    title: Inline = Field("", description="The heading")
"""
POST = "---\ntitle: {title}\nkey: {key}\npublish: now\n---\nText.\n\n{call}\n"
CALL = "```{box} Title\n```"
EVERY_COMMAND = (
    "check",
    "render posts/a.md",
    "plan",
    "publish --yes",
    "status",
    "diff",
    "new post Another",
    "log",
    "doctor",
    "regions --all",
    "upgrade --all --yes",
    "insert meta-box --set exam=x --at end --all --yes",
    "undo --yes",
    "pull a",
    "adopt --all",
    "backup export out",
    "theme css",
    "import page.html",
    "widget list",
    "widget show meta-box",
    "widget show box",
    "widget check",
    "widget check box",
    "widget check widgets/box",
    "widget check --accept",
    "widget render box data.yaml",
    "widget render meta-box data.yaml",
    "widget schema",
    "widget schema --vscode",
    "widget new mine",
    "widget eject box",
    "widget eject timeline",
    "trust --dry-run",
    "trust",
    "completion bash",
    "login main",
    "new page About",
    "prompt",
    "prompt box",
    "theme list",
    "queue",
    "queue hold a",
    "queue move a first",
    "queue resume a",
    "link set polity https://example.com/quiz",
    "link list",
    "link check polity",
    "images list",
    "images check",
    "images add page.html https://example.com/a.png",
    "images move --to s3 --dry-run",
    "todo",
    "jobs list",
    "jobs retry 1",
    "jobs cancel 1",
    "run",
    "worker status",
    "schedule show",
    "export out.xml --format wxr",
    "replace text:Text --with Words --all --live --yes",
    "remove box --all --live --yes",
    "reinsert --all --yes",
    "delete a --yes",
)
LEFT_OUT = {
    "demo": "makes a folder of its own",
    "init": "makes a folder",
    "open": "starts a browser",
    "preview": "serves until Ctrl-C; it renders as `render` does",
    "sandbox": "serves until Ctrl-C, and reads no folder",
    "worker": "works until Ctrl-C; it does what `run` does",
    "schedule install": "changes the machine, and reads settings only",
    "schedule uninstall": "changes the machine, and reads settings only",
}
"""Commands that this file does not run, each with the reason."""


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """The file that code of the folder writes when it runs."""
    return tmp_path.parent / f"{tmp_path.name}-mark"


@pytest.fixture
def blog(run: Run, tmp_path: Path, mark: Path) -> Path:
    """Somebody's folder: a widget of its own, and one with the name of ours, both with code."""
    assert run("init", "--yes").code == 0
    for path in (tmp_path / "posts").iterdir():
        path.unlink()
    write_post(tmp_path, "a")
    code = CODE.format(mark=str(mark))
    own_widget(tmp_path / "widgets", "box", widget=code)
    own_widget(tmp_path / "widgets", "meta-box", widget=code)
    (tmp_path / "data.yaml").write_text("title: x\n", encoding="utf-8")
    (tmp_path / "page.html").write_text("<h1>A</h1><p>B</p>", encoding="utf-8")
    for name in ("conftest.py", "sitecustomize.py", "jinja2.py", "yaml.py", "blogkit.py"):
        (tmp_path / name).write_text(code, encoding="utf-8")
        (tmp_path / "widgets/box" / name).write_text(code, encoding="utf-8")
    return tmp_path


def write_post(root: Path, key: str, call: str = CALL) -> Path:
    path = root / "posts" / f"{key}.md"
    path.write_text(POST.format(title=f"Post {key}", key=key, call=call), encoding="utf-8")
    return path


# Python


@pytest.mark.slow
@pytest.mark.parametrize("below", ["", "posts"], ids=["here", "from a folder inside"])
def test_no_command_runs_code_of_the_folder(run: Run, blog: Path, mark: Path, below: str) -> None:
    inside = 20 if below else 0
    for command in sample(EVERY_COMMAND, local=inside):
        done = run("-C", blog / below, *command.split())
        assert not mark.exists(), f"{command}: {done.err}"
        assert done.code != 3, f"{command}: {done.err}"
        assert "--help" not in done.err, f"{command} is not a command: {done.err}"
    (blog / "widgets/box").rename(blog / "elsewhere")
    (blog / "widgets/box").symlink_to(blog / "elsewhere")
    for command in sample(EVERY_COMMAND, local=20, turn=1):
        run("-C", blog / below, *command.split())
        assert not mark.exists(), command


def test_no_command_is_forgotten() -> None:
    known = [f"{one} " for one in (*EVERY_COMMAND, *LEFT_OUT)]
    names = [
        " ".join(words)
        for words, command in commands(main)
        if not isinstance(command, click.Group) or command.invoke_without_command
    ]
    assert [name for name in names if not any(one.startswith(f"{name} ") for one in known)] == []


@pytest.mark.slow
def test_modules_in_the_folder_are_not_imported(blog: Path, mark: Path) -> None:
    program = Path(sys.executable).with_name("blogkit")
    done = subprocess.run(
        [program, "check"], cwd=blog, capture_output=True, text=True, check=False, timeout=300
    )
    assert ("untrusted" in done.stderr or "trust" in done.stderr, mark.exists()) == (True, False)


def test_what_is_left_out_is_named_once_with_the_command(run: Run, blog: Path) -> None:
    done = run("widget", "list")
    assert done.code == 0
    left_out = "is left out: you have not trusted its files"
    how = "read them, then run: blogkit trust"
    assert [line for line in done.err.splitlines() if left_out in line] == [
        f"widgets/box {left_out}; {how}",
        f"widgets/meta-box {left_out}; blogkit's own is used instead; {how}",
    ]
    assert "box" not in [line.split()[0] for line in done.out.splitlines() if line]


def test_a_call_of_it_is_an_error_at_its_line(run: Run, blog: Path) -> None:
    done = run("check", "--json")
    found = [(each["path"], each["line"], each["code"]) for each in done.json["problems"]]
    assert (done.code, ("posts/a.md", 8, "untrusted-widget") in found) == (1, True), found
    hints = {each["hint"] for each in done.json["problems"] if each["code"] == "untrusted-widget"}
    assert hints == {"read them, then run: blogkit trust"}


def test_ours_stays_in_place_of_one_that_takes_its_name(run: Run, blog: Path) -> None:
    shown = run("widget", "show", "meta-box", "--json").json
    assert (shown["origin"], len(shown["fields"]) > 1) == ("builtin", True)


def test_trusted_code_runs_until_it_changes(run: Run, blog: Path, mark: Path) -> None:
    listed = run("trust", "--dry-run")
    assert "the widget box" in listed.out
    assert "the widget meta-box, in place of blogkit's own" in listed.out
    assert re.search(r"^box +widget.py +9$", listed.out, re.MULTILINE), listed.out
    assert run("trust").code == 2, "without a terminal it takes --yes"
    assert run("trust", "--yes", "--json").json["trusted"] is True
    assert not mark.exists(), "to trust is not to run"
    done = run("render", "posts/a.md")
    assert (done.code, mark.exists()) == (0, True)
    assert done.err.count("widgets/meta-box is used in place of") == 1
    assert "is left out" not in done.err
    assert "nothing in" in run("trust", "--yes").out
    mark.unlink()
    for changed in ("widget.py", "conftest.py"):
        path = blog / "widgets/box" / changed
        before = path.read_text("utf-8")
        path.write_text(before + "\n", encoding="utf-8")
        assert "is left out" in run("render", "posts/a.md").err, changed
        path.write_text(before, encoding="utf-8")
    (blog / "widgets/box/new.py").write_text("", encoding="utf-8")
    assert "widgets/box is left out" in run("render", "posts/a.md").err
    (blog / "widgets/box/new.py").unlink()
    (blog / "widgets/box/style.css").write_text(".bk-box { margin: 1px }\n", encoding="utf-8")
    assert run("render", "posts/a.md").code == 0
    assert run("trust", "--remove", "--json").json["removed"] is True
    assert run("render", "posts/a.md").code == 1


@for_each(("answer", "code"), [("y", 0), ("n", 1)])
def test_on_a_terminal_it_asks(
    run: Run, blog: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    typed = io.StringIO(answer + "\n")
    typed.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    done = run("trust")
    assert (done.code, f"Trust this in {blog}? [y/N]" in done.err) == (code, True)
    assert len(blogkit.open(blog).untrusted) == (2 if code else 0)
    assert run("trust", "--remove").code == 0


def test_names_of_files_forge_no_lines(run: Run, blog: Path) -> None:
    (blog / "widgets/box/a\nnothing needs trust\u202e.py").write_text("", encoding="utf-8")
    out = run("trust", "--dry-run").out
    assert ("nothing needs trust" in out, "\u202e" in out) == (True, False)
    assert not [line for line in out.splitlines() if line.startswith("nothing")]


def test_trust_is_kept_outside_of_the_folder(run: Run, blog: Path) -> None:
    files = {path: path.read_bytes() for path in blog.rglob("*") if path.is_file()}
    assert run("trust", "--yes").code == 0
    assert {path: path.read_bytes() for path in blog.rglob("*") if path.is_file()} == files
    (kept,) = Path.home().rglob("trust.json")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(kept.read_text("utf-8"))) == {str(blog.resolve())}
    copy = shutil.copytree(blog, blog.parent / f"{blog.name}-copy")
    assert run("-C", copy, "render", "posts/a.md").code == 1, "a copy elsewhere is not trusted"
    kept.chmod(0o666)
    assert "can change" in run("check").err
    kept.chmod(0o600)
    kept.write_text("{", encoding="utf-8")
    assert "cannot read" in run("check").err


def test_a_cached_result_is_not_used_without_trust(run: Run, blog: Path) -> None:
    assert run("publish", "--yes", "--trust").code == 0
    os.utime(blog / "posts/a.md", (1, 1))
    assert run("plan", "--trust").code == 0
    done = run("plan")
    assert (done.code, "untrusted" in done.err or "not trusted" in done.err) == (1, True), done.err


@for_each("how", ["--trust", "BLOGKIT_TRUST"])
def test_one_run_may_be_trusted(
    run: Run, blog: Path, mark: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how.startswith("-"):
        assert run("render", "posts/a.md", how).code == 0
    else:
        with monkeypatch.context() as patch:
            patch.setenv(how, "1")
            assert run("render", "posts/a.md").code == 0
    assert mark.exists()
    assert run("render", "posts/a.md").code == 1, "for that run only"
    mark.unlink()


@for_each("value", ["", "0", "no", "false"])
def test_other_values_of_the_variable_mean_no(blog: Path, value: str) -> None:
    project = blogkit.open(blog, environ={"BLOGKIT_TRUST": value})
    assert {item.name for item in project.untrusted} == {"box", "meta-box"}
    assert "box" not in project.widgets


def test_the_folder_cannot_trust_itself(run: Run, blog: Path, mark: Path) -> None:
    (blog / ".env").write_text("BLOGKIT_TRUST=1\nXDG_CONFIG_HOME=.\n", encoding="utf-8")
    (blog / ".env").chmod(0o600)
    (blog / ".config/blogkit").mkdir(parents=True)
    for place in (blog / ".config/blogkit", blog / ".blogkit"):
        place.mkdir(exist_ok=True)
        (place / "trust.json").write_text(
            json.dumps({str(blog): {"widgets": {"box": "x"}}}), encoding="utf-8"
        )
    run("render", "posts/a.md")
    assert not mark.exists()


def test_a_database_that_the_folder_names_needs_trust(run: Run, blog: Path) -> None:
    """Its owner would get every text of this blog, and decide what is published."""
    shutil.rmtree(blog / "widgets")
    write_post(blog, "a", "x")
    (blog / ".env").write_text(
        "BLOGKIT_DATABASE_URL=postgresql://u:canary@127.0.0.1:1/x\n", "utf-8"
    )
    for command in ("status", "publish --yes", "log", "doctor", "undo --yes"):
        done = run(*command.split())
        told = done.out + done.err
        assert (done.code, "BLOGKIT_DATABASE_URL in .env is not used" in told) == (1, True), command
        assert "canary" not in told
    listed = run("trust", "--dry-run").out
    assert "the journal is in the database that BLOGKIT_DATABASE_URL in .env names" in listed
    assert run("trust", "--yes").code == 0
    assert "canary" not in next(Path.home().rglob("trust.json")).read_text("utf-8")
    assert "cannot connect to the journal's database" in run("status").err
    (blog / ".env").write_text(
        "BLOGKIT_DATABASE_URL=postgresql://u:canary@127.0.0.1:2/x\n", "utf-8"
    )
    assert "is not used" in run("status").err, "another one is not trusted"
    assert "cannot connect" in run("status", "--trust").err


def test_a_database_of_the_environment_needs_no_trust(
    run: Run, blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "postgresql://u:canary@127.0.0.1:1/x"
    monkeypatch.setenv("BLOGKIT_DATABASE_URL", url)
    (blog / ".env").write_text(f"BLOGKIT_DATABASE_URL={url}2\n", encoding="utf-8")
    assert "cannot connect" in run("log").err


def test_from_python(blog: Path, mark: Path) -> None:
    project = blogkit.open(blog)
    assert [(item.kind, item.name, item.shadows) for item in project.untrusted] == [
        ("widget", "box", False),
        ("widget", "meta-box", True),
    ]
    assert project.untrusted[0].files["widget.py"] == 9
    with pytest.raises(UsageError, match="have not trusted"):
        project.widget("box")
    with pytest.raises(ContentError, match="have not trusted"):
        project.render("posts/a.md")
    assert not mark.exists()
    project.trust(project.untrusted[0])
    assert (project.widget("box").name, mark.exists()) == ("box", True)
    assert project.widgets["meta-box"].origin == "builtin"
    assert [item.name for item in project.untrusted] == ["meta-box"]
    assert project.distrust() is True
    assert project.distrust() is False
    assert "box" not in project.widgets
    assert "box" in blogkit.open(blog, trust=True).widgets


@pytest.mark.slow
def test_what_blogkit_has_just_written_is_trusted(run: Run, blog: Path) -> None:
    shutil.rmtree(blog / "widgets")
    assert "trusted" not in run("widget", "new", "plain").out
    assert (blog / "widgets/plain/fields.yaml").is_file()
    assert (
        "After you change it, run: blogkit trust" in run("widget", "new", "coded", "--python").out
    )
    assert run("widget", "eject", "timeline", "--json").json["trusted"] is True
    done = run("widget", "check")
    assert (done.code, "is left out" in done.err) == (0, False), done.err
    with (blog / "widgets/coded/widget.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    done = run("widget", "check")
    assert (done.code, "widgets/coded: error: the widget was not checked" in done.err) == (1, True)


def test_a_widget_elsewhere_is_checked_only_with_trust(
    run: Run, tmp_path: Path, mark: Path
) -> None:
    own_widget(tmp_path / "theirs", "box", widget=CODE.format(mark=str(mark)))
    done = run("widget", "check", "theirs/box")
    assert (done.code, mark.exists(), "--trust" in done.err) == (1, False, True)
    run("widget", "check", "theirs/box", "--trust")
    assert mark.exists()


def test_a_registry_runs_no_code_unless_it_is_told_to(tmp_path: Path, mark: Path) -> None:
    own_widget(tmp_path, "box", widget=CODE.format(mark=str(mark)))
    with pytest.raises(UsageError, match="have not trusted"):
        Registry([tmp_path, builtin_folder()])["box"]
    assert not mark.exists()


# links


def plain_widget(folder: Path, template: str = "<p {{ style() }}>{{ title }}</p>") -> None:
    folder.mkdir(parents=True)
    fields = "purpose: x\nfields:\n  - {name: title, type: inline, description: x}\n"
    for name, text in {
        "fields.yaml": fields,
        "template.html": template,
        "style.css": ".bk-box { margin: 0 }\n",
        "example.md": CALL + "\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_a_widget_without_code_needs_no_trust(run: Run, blog: Path) -> None:
    shutil.rmtree(blog / "widgets")
    plain_widget(blog / "widgets/box")
    done = run("render", "posts/a.md")
    assert (done.code, done.err) == (0, ""), done.err
    assert '<p class="bk-box"' in done.out


@for_each("linked", ["template.html", "style.css", "fields.yaml", "box", "widgets"])
def test_a_link_brings_in_no_private_file(tmp_path: Path, linked: str) -> None:
    root = tmp_path / "blog"
    (root / "posts").mkdir(parents=True)
    (root / "blogkit.toml").write_text("", encoding="utf-8")
    private = tmp_path / "private"
    plain_widget(private / "box", "<p {{ style() }}>SECRET</p>")
    if linked == "widgets":
        (root / "widgets").symlink_to(private)
    elif linked == "box":
        (root / "widgets").mkdir()
        (root / "widgets/box").symlink_to(private / "box")
    else:
        plain_widget(root / "widgets/box")
        (root / "widgets/box" / linked).unlink()
        (root / "widgets/box" / linked).symlink_to(private / "box" / linked)
    project = blogkit.open(root)
    assert "box" not in project.widgets
    assert linked in project.untrusted[0].files or linked in ("box", "widgets")
    project.trust()
    assert "box" in project.widgets


def test_a_widget_of_any_size_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "blogkit.toml").write_text("", encoding="utf-8")
    plain_widget(tmp_path / "widgets/box")
    (tmp_path / "widgets/box/fields.yaml").unlink()
    with (tmp_path / "widgets/box/widget.py").open("wb") as file:
        file.truncate(10**10)
    assert "box" not in blogkit.open(tmp_path).widgets
    with pytest.raises(ConfigError, match="larger than"):
        _ = blogkit.open(tmp_path).untrusted


# another user's folder


@pytest.fixture
def as_another_user(monkeypatch: pytest.MonkeyPatch) -> int:
    """All files of the test belong to somebody else."""
    owner = os.getuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 4242)
    return owner


def test_another_users_folder_is_refused(run: Run, blog: Path, as_another_user: int) -> None:
    for command in EVERY_COMMAND:
        words = command.split()
        if words[0] in ("trust", "completion"):
            continue
        done = run(*words)
        assert done.code == 1, f"{command}: {done.err}"
        assert f"{blog} belongs to" in done.err, command
        assert f"run: blogkit trust -C {blog}" in done.err, command
    assert run("check", "--trust").code == 0


def test_it_is_used_once_its_owner_is_trusted(
    run: Run, blog: Path, mark: Path, as_another_user: int
) -> None:
    assert "the folder belongs to" in run("trust", "--dry-run").out
    assert run("trust", "--yes").code == 0
    assert not mark.exists()
    assert run("render", "posts/a.md").code == 0
    assert run("trust", "--remove").code == 0
    assert "belongs to" in run("render", "posts/a.md").err


def test_from_python_it_is_refused_before_it_is_read(blog: Path, as_another_user: int) -> None:
    (blog / "blogkit.toml").write_text("not TOML", encoding="utf-8")
    with pytest.raises(ConfigError, match="belongs to"):
        blogkit.open(blog)
    with pytest.raises(ConfigError, match="not valid TOML"):
        blogkit.open(blog, trust=True)


def test_owners_are_compared_as_git_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = tmp_path.stat().st_uid
    for user, environ, foreign in (
        (owner, {}, False),
        (owner + 1, {}, True),
        (owner + 1, {"SUDO_UID": str(owner)}, True),  # only root's word counts
        (0, {"SUDO_UID": str(owner)}, False),
        (0, {"SUDO_UID": "x"}, owner != 0),
    ):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        found = foreign_owner([tmp_path / "absent", tmp_path], environ)
        assert (found is not None) is foreign
        assert found is None or found.number == owner
    monkeypatch.delattr(os, "geteuid")  # Windows
    assert foreign_owner([tmp_path], {}) is None


def test_another_owner_later_is_asked_about_again(tmp_path: Path) -> None:
    trust = Trust(tmp_path, tmp_path / "kept" / "trust.json")
    trust.remember(owner=1001, widgets={}, folders=[])
    assert (trust.allows_owner(1001), trust.allows_owner(1002)) == (True, False)


# what leads out


@for_each("folder", ["../outside", "{outside}", "link", "link/deeper"])
def test_a_site_outside_of_the_folder_is_refused(tmp_path: Path, folder: str) -> None:
    root, outside = tmp_path / "blog", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "link").symlink_to(outside)
    name = folder.format(outside=outside)
    text = f'[sites.main]\nplatform = "folder"\nfolder = {json.dumps(name)}\n'
    (root / "blogkit.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        blogkit.open(root)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.code) == ("blogkit.toml", 3, "outside")
    assert "blogkit trust" in problem.hint
    blogkit.open(root, trust=True).trust()
    assert blogkit.open(root).untrusted == []
    (root / "blogkit.toml").write_text(text.replace("outside", "other"), encoding="utf-8")
    if "outside" in name:
        with pytest.raises(ContentError):
            blogkit.open(root)


@for_each("folder", [".", "..", "./x/.."])
def test_a_site_around_the_folder_is_refused_always(tmp_path: Path, folder: str) -> None:
    root = tmp_path / "blog"
    root.mkdir()
    text = f'[sites.main]\nplatform = "folder"\nfolder = "{folder}"\n'
    (root / "blogkit.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match="your drafts would be uploaded"):
        blogkit.open(root, trust=True)


@for_each("folder", ["posts", "./posts/live", ".blogkit", "public", "pages", "images/site"])
def test_a_site_in_a_folder_of_blogkits_is_refused(tmp_path: Path, folder: str) -> None:
    # Every page that a site gets in posts/ would be a post of the next check.
    root = tmp_path / "blog"
    (root / "public" / "drafts").mkdir(parents=True)
    if folder == "public":
        (root / "posts").symlink_to(root / "public" / "drafts")
    text = f'[sites.main]\nplatform = "folder"\nfolder = "{folder}"\n'
    (root / "blogkit.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match="a site cannot share it") as caught:
        blogkit.open(root, trust=True)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, 'folder = "site"' in problem.hint) == (
        "blogkit.toml",
        3,
        True,
    )


@for_each(
    "link", ["posts", "images", ".blogkit", ".blogkit/journal.sqlite", ".blogkit/cache.sqlite"]
)
def test_a_link_out_is_refused(run: Run, tmp_path: Path, link: str) -> None:
    root, outside = tmp_path / "blog", tmp_path / "outside"
    (root / link).parent.mkdir(parents=True)
    outside.mkdir()
    (root / "blogkit.toml").write_text("", encoding="utf-8")
    (root / link).symlink_to(outside / "new.sqlite" if "." in Path(link).suffix else outside)
    for command in ("status", "new post A", "publish --yes"):
        done = run("-C", root, *command.split())
        assert (done.code, "leads out of your blog's folder" in done.err) == (1, True), done.err
    assert list(outside.iterdir()) == []


def test_a_post_that_links_out_is_left_out(run: Run, tmp_path: Path) -> None:
    root, private = tmp_path / "blog", tmp_path / "private.md"
    (root / "posts").mkdir(parents=True)
    (root / "blogkit.toml").write_text(
        '[sites.main]\nplatform = "folder"\nfolder = "site"\n', encoding="utf-8"
    )
    private.write_text(POST.format(title="SECRET", key="s", call="SECRET"), encoding="utf-8")
    (root / "posts/s.md").symlink_to(private)
    for command in (
        "check",
        "plan",
        "publish --yes",
        "publish --yes posts/s.md",
        "render posts/s.md",
    ):
        done = run("-C", root, *command.split())
        assert "SECRET" not in done.out + done.err, command
        assert "leads out" in done.err or "is outside" in done.err, f"{command}: {done.err}"
    assert not [path for path in (root / "site").rglob("*.html") if "SECRET" in path.read_text()]


def test_prepared_files_in_the_private_folder_run_nothing(run: Run, blog: Path, mark: Path) -> None:
    """A journal and a cache are databases that hold texts. A damaged one is refused or dropped."""
    private = blog / ".blogkit"
    private.mkdir(exist_ok=True)
    for name in ("cache.sqlite", "journal.sqlite"):
        (private / name).write_text(CODE.format(mark=str(mark)), encoding="utf-8")
    for command in ("check", "plan", "status", "log", "publish --yes"):
        done = run(*command.split())
        assert (mark.exists(), done.code == 3) == (False, False), f"{command}: {done.err}"


@pytest.mark.parametrize("name", ["{outside}/x.md", "../x.md", ".git/config", "posts/link/x.md"])
def test_undo_writes_nothing_else_than_posts_in_the_folder(
    run: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    """The journal may come with the folder, and says what undo is to write."""
    outside = tmp_path_factory.mktemp("outside")
    assert run("init", "--yes").code == 0
    (tmp_path / "posts/link").symlink_to(outside)
    path = name.format(outside=outside)
    with Journal.open(tmp_path / ".blogkit/journal.sqlite") as journal:
        number = journal.start_run("pull")
        change = FileIntent(path, b"evil", None, "remove it")
        journal.files.mark(journal.files.intend(number, [change]), "done")
    done = run("undo", "--yes")
    assert (done.code, "is not a post in this folder" in done.err) == (1, True)
    assert not (tmp_path / path).exists()
    assert list(outside.iterdir()) == []
    assert run("log", "1").code == 0
