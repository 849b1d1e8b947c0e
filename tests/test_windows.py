"""Windows by construction: what can be held without one."""

from __future__ import annotations

import ast
import errno
import io
from pathlib import Path

import click
import pytest

from blogkit.cli.error_handler import hint_of
from blogkit.cli.output import Output
from blogkit.credentials import store
from tests.cases import for_each
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.test_layers import MODULES, ROOT

POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_CALLS = {
    *(
        "chown",
        "chroot",
        "fchmod",
        "fchown",
        "fork",
        "forkpty",
        "getegid",
        "geteuid",
        "getgid",
        "getgroups",
        "getloadavg",
        "getpgid",
    ),
    *(
        "getpriority",
        "getsid",
        "getuid",
        "initgroups",
        "killpg",
        "lchown",
        "lockf",
        "mkfifo",
        "mknod",
        "nice",
        "openpty",
        "pread",
    ),
    *(
        "posix_fadvise",
        "posix_fallocate",
        "posix_spawn",
        "pwrite",
        "sched_yield",
        "sendfile",
        "setgid",
        "setpgid",
        "setpriority",
    ),
    *(
        "setsid",
        "setuid",
        "statvfs",
        "sync",
        "tcgetpgrp",
        "ttyname",
        "uname",
        "wait3",
        "wait4",
        "waitid",
        "SIGKILL",
        "SIGHUP",
        "SIGALRM",
    ),
    *(
        "SIGUSR1",
        "SIGUSR2",
        "alarm",
        "pthread_kill",
        "sigwait",
        "tzset",
        "O_CLOEXEC",
        "O_NOFOLLOW",
        "O_DIRECTORY",
        "O_SYNC",
    ),
}
POSIX_PLACES = ("/dev/", "/etc/", "/proc/", "/tmp", "/usr/", "/var/")


def posix_only(text: str) -> list[str]:
    """Line and name of what only POSIX systems have."""
    found = []
    for node in ast.walk(ast.parse(text)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name in POSIX_MODULES]
        elif isinstance(node, ast.ImportFrom):
            names = [str(node.module)] if node.module in POSIX_MODULES else []
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in ("os", "signal", "time")
        ):
            names = [node.attr] if node.attr in POSIX_CALLS else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names = (
                [node.value] if node.value.startswith(POSIX_PLACES) or "%-d" in node.value else []
            )
        found += [f"{node.lineno}: {name}" for name in names]  # type: ignore[attr-defined]
    return found


TEXT_NEEDS = {
    "read_text": {"encoding"},
    "write_text": {"encoding", "newline"},
    "fdopen": {"encoding"},
}


def careless_text(text: str) -> list[int]:
    """Lines that read or write text in whatever encoding and with whatever line ends the system
    has.
    """
    found = []
    for node in ast.walk(ast.parse(text)):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in TEXT_NEEDS
        ):
            continue
        is_help = ast.unparse(node.func).startswith(
            ("super()", "formatter")
        )  # click's own write_text
        is_binary = any(
            isinstance(mode, ast.Constant) and mode.value in ("rb", "wb") for mode in node.args
        )
        if TEXT_NEEDS[node.func.attr] - {option.arg for option in node.keywords} and not (
            is_help or is_binary
        ):
            found.append(node.lineno)
    return found


def test_the_scans_find_what_they_look_for() -> None:
    assert posix_only(
        "import fcntl\nimport os\nos.fork()\nos.pwrite(1, b'', 0)\np = '/dev/null'\n"
    ) == [*("1: fcntl", "5: /dev/null", "3: fork", "4: pwrite")]
    source = (
        "p.read_text()\np.write_text('x',"
        " encoding='utf-8')\np.read_text(encoding='utf-8')\nos.fdopen(h, 'w')\n"
    )
    assert careless_text(source) == [1, 2, 4]


@pytest.mark.slow
@for_each("path", MODULES, ids=str)
def test_nothing_needs_posix(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert posix_only(text) == []
    assert careless_text(text) == []


def test_modes_mean_nothing_on_windows() -> None:
    assert [
        store._others_read(mode, system)
        for mode in (0o100666, 0o100600)
        for system in ("posix", "nt")
    ] == [
        True,
        False,
        False,
        False,
    ]


@for_each(
    ("path", "system", "words"),
    [
        ("C:\\" + "x" * 257, "nt", "too long for Windows"),
        ("C:\\" + "x" * 256, "nt", "it was removed"),
        ("/" + "x" * 300, "posix", "it was removed"),
    ],
)
def test_a_path_that_is_too_long_is_named_so(path: str, system: str, words: str) -> None:
    """Windows only tells that there is no such file."""
    assert words in hint_of(errno.ENOENT, path, system)


@pytest.fixture
def posts(run: Run, tmp_path: Path) -> Path:  # noqa: F811
    assert run("init").code == 0
    for key, name in (("a", "a"), ("b", "b"), ("c", "[c]")):
        text = f"---\ntitle: Post {key}\nkey: {key}\npublish: now\n---\nx\n"
        (tmp_path / f"posts/{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


@for_each(
    ("pattern", "number"),
    [
        ("posts/*.md", 4),
        ("posts/?.md", 2),
        ("posts/[ab].md", 2),
        ("**/*.md", 4),
        ("posts/[c].md", 1),
        ("./posts/h*", 1),
        ("p*s", 4),
    ],
)
def test_patterns_are_expanded(run: Run, posts: Path, pattern: str, number: int) -> None:  # noqa: F811
    """cmd.exe and PowerShell hand them to the program as they are."""
    assert run("check", pattern, "--json").json["posts"] == number
    assert run("-C", posts, "check", posts / pattern, "--json").json["posts"] == number
    assert run("-C", posts, "plan", pattern, "--json").code == 0


def test_a_pattern_that_names_nothing(run: Run, posts: Path) -> None:  # noqa: F811
    done = run("check", "posts/x*.md")
    assert (done.code, done.err.partition("\n")[0].endswith("posts/x*.md")) == (2, True)


def test_patterns_name_posts_that_are_live(run: Run, posts: Path) -> None:  # noqa: F811
    assert run("publish", "--yes").code == 0
    done = run(
        "insert",
        "callout",
        "--set",
        "body=x",
        "--into",
        "posts/[ab].md",
        "--at",
        "end",
        "--live",
        "--yes",
        "--json",
    )
    assert (done.code, len(done.json["outcomes"])) == (0, 2), done.err


def test_colours_go_through_clicks_wrapper(monkeypatch: pytest.MonkeyPatch) -> None:
    """`click.echo` gives what it prints to colorama where a terminal knows no codes."""
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    echoed: list[tuple[object, object]] = []
    monkeypatch.setattr(click, "echo", lambda text, **options: echoed.append((text, options)))
    Output(out=stream).say("done", "green")
    assert echoed == [("\x1b[32mdone\x1b[0m", {"file": stream, "nl": True, "color": True})]
