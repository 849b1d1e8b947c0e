"""Windows by construction: what can be held without one."""

from __future__ import annotations

import ast
import errno
import io
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from blogkit.cli.error_handler import hint_of
from blogkit.cli.output import Output
from blogkit.credentials import store
from tests.cases import for_each
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.test_layers import MODULES, ROOT

POSIX_PLACES = ("/dev/", "/etc/", "/proc/", "/tmp", "/usr/", "/var/")
UNEVEN = re.compile(r"%(?:[-_0^#][a-zA-Z]|[CDeEFgGhklnOPrRsTuV])")
"""Parts of a date's format that Windows lacks, or fills in another way
(https://learn.microsoft.com/en-us/cpp/c-runtime-library/reference/strftime-wcsftime-strftime-l-wcsftime-l).
"""
OTHERWISE = {
    "chmod": "sets and clears the read-only flag only",
    "st_mode": "is made up from the read-only flag",
    "st_uid": "is always 0",
    "owner": "raises NotImplementedError",
    "rename": "refuses to replace a file",
    "os.link": "works on NTFS only",
    "os.symlink": "needs a privilege",
    "symlink_to": "needs a privilege",
    "os.kill": "ends the process, whatever the signal, also 0",
    "umask": "knows the read-only flag only",
    "fromtimestamp": "fails before 1970",
    "timestamp": "fails before 1970 for times without a zone",
    "NamedTemporaryFile": "opens a file that nobody else can open",
    "SO_REUSEADDR": "lets two programs listen on one port",
    "setsid": "has no counterpart",
    "start_new_session": "has no counterpart",
    "preexec_fn": "has no counterpart",
    "SIGINT": "reaches the whole console",
    "SIGTERM": "ends the process at once",
}
"""What exists on both systems and is not the same, and what it does on Windows."""
REASONS = {
    ("blogkit/cli/output.py", "st_mode"): "a pipe is one there, too",
    ("blogkit/cli/schedule/worker.py", "SIGINT"): "a console sends it there, too",
    ("blogkit/cluster/worker.py", "SIGINT"): "a console sends it there, too",
    ("blogkit/cluster/worker.py", "SIGTERM"): "never comes there; Ctrl-C ends the worker",
    ("blogkit/credentials/store.py", "st_mode"): "goes to `_others_read`, which knows Windows",
    ("blogkit/files.py", "chmod"): "a private file lies in a folder that Windows keeps private",
    ("blogkit/files.py", "os.link"): "a rename follows where there are no links",
    ("blogkit/files.py", "rename"): "must not replace a file either",
    ("blogkit/files.py", "st_mode"): "is handed on, or asked whether it is a link",
    ("blogkit/files.py", "st_uid"): "is handed to `chown`, which Windows lacks",
    ("blogkit/journal/sqlite.py", "chmod"): "takes no right away from the owner",
    ("blogkit/journal/sqlite.py", "st_mode"): "too wide a mode leads to a harmless chmod",
    ("blogkit/platforms/folder/disk.py", "st_mode"): "is handed on",
    ("blogkit/project/parallel/pool.py", "os.kill"): "ends what was forked, so never there",
    ("blogkit/project/parallel/serving.py", "SIGINT"): "a console sends it to workers there, too",
    ("blogkit/project/plans/past_dates.py", "timestamp"): "of an aware time is arithmetic",
    ("blogkit/project/queue/calendar.py", "timestamp"): "of an aware time is arithmetic",
    ("blogkit/project/queue/unsent.py", "fromtimestamp"): "no file is older than 1970",
    ("blogkit/project/trusting.py", "owner"): "is a field of ours",
    ("blogkit/render/widgets/code_cache.py", "st_mode"): "is looked at on other systems only",
    ("blogkit/render/widgets/code_cache.py", "st_uid"): "is looked at on other systems only",
    ("blogkit/sandbox/serving/connections.py", "timestamp"): "of an aware time is arithmetic",
    ("blogkit/sync/duplicates/creation.py", "fromtimestamp"): "its errors are caught",
    ("blogkit/sync/duplicates/creation.py", "timestamp"): "of an aware time is arithmetic",
    ("blogkit/trust.py", "owner"): "its error has a fallback",
    ("blogkit/trust.py", "st_mode"): "is looked at on other systems only",
    ("blogkit/trust.py", "st_uid"): "is looked at where there is `geteuid`",
    ("blogkit/widget_tools/scaffold.py", "rename"): "the folder is new",
}
"""Why blogkit may use one of them nevertheless, by module."""
GUARDED = {
    ("blogkit/journal/lock.py", "LOCK_EX"): "Windows has portalocker",
    ("blogkit/journal/lock.py", "LOCK_NB"): "Windows has portalocker",
    ("blogkit/journal/lock.py", "LOCK_UN"): "Windows has portalocker",
    ("blogkit/journal/lock.py", "fcntl"): "Windows has portalocker",
    ("blogkit/journal/lock.py", "flock"): "Windows has portalocker",
    ("blogkit/project/parallel/pool.py", "/proc/self/fd"): "elsewhere, numbers are tried in turn",
    ("blogkit/project/parallel/pool.py", "F_SETPIPE_SZ"): "only Linux has it",
    ("blogkit/project/parallel/pool.py", "SIGKILL"): "ends what was forked",
    ("blogkit/project/parallel/pool.py", "fcntl"): "is for what was forked",
    ("blogkit/project/parallel/pool.py", "fork"): "`_can_fork` knows Windows",
    ("blogkit/project/parallel/pool.py", "sched_getaffinity"): "is asked for on Linux only",
    ("blogkit/render/widgets/code_cache.py", "geteuid"): "is asked for on other systems only",
}
"""What Windows lacks and blogkit uses elsewhere, by module, and what it asks before."""


def posix_only(text: str) -> list[str]:
    """Line and name of what only POSIX systems have."""
    found = []
    for node in nodes(text):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if is_posix(alias.name)]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            lacking = missing_on_windows(str(node.module))
            names = [str(node.module)] if is_posix(str(node.module)) else []
            names += [alias.name for alias in node.names if alias.name in lacking]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names = [node.attr] if node.attr in missing_on_windows(node.value.id) else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_place = node.value.startswith(POSIX_PLACES)
            names = [node.value] if is_place or "%-d" in node.value else []
        elif isinstance(node, ast.Call) and name_of(node.func).endswith("strftime"):
            formats = [one.value for one in node.args if isinstance(one, ast.Constant)]
            names = [one for one in formats if isinstance(one, str) and UNEVEN.search(one)]
        found += [f"{node.lineno}: {name}" for name in names]  # type: ignore[attr-defined]
    return found


def name_of(function: ast.expr) -> str:
    """The name of what is called, without that of what it belongs to."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def is_posix(module: str) -> bool:
    """Whether a module has names, and Windows has none of them."""
    return bool(missing_on_windows(module)) and not names_on(module, "win32")


def missing_on_windows(module: str) -> frozenset[str]:
    """The names in a module of the standard library that Linux has and Windows lacks."""
    return names_on(module, "linux") - names_on(module, "win32")


@cache
def names_on(module: str, platform: str) -> frozenset[str]:
    """What a module of the standard library has, as typeshed, which mypy has with it, tells."""
    (home,) = find_spec("mypy").submodule_search_locations  # type: ignore[union-attr, misc]
    stem = Path(home, "typeshed/stdlib", *module.split("."))
    stub = next((f for f in (stem.with_suffix(".pyi"), stem / "__init__.pyi") if f.is_file()), None)
    return frozenset(_names(ast.parse(stub.read_bytes()).body, platform) if stub else ())


def _names(body: Sequence[ast.stmt], platform: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.If):
            known = SimpleNamespace(platform=platform, version_info=(3, 11))
            holds = eval(ast.unparse(node.test), {"sys": known, "TYPE_CHECKING": False})
            yield from _names(node.body if holds else node.orelse, platform)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
            # `__all__` and the types that a stub imports are none of them
            yield from (one.id for one in targets if isinstance(one, ast.Name) and one.id[0] != "_")
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.asname for alias in node.names if alias.asname)


def otherwise_on_windows(text: str) -> set[str]:
    """What is used that works in another way on Windows."""
    found = set()
    last = {name.rpartition(".")[2] for name in OTHERWISE}  # unparsing every node takes long
    for node in nodes(text):
        names = []
        if isinstance(node, ast.Attribute) and node.attr in last:
            names = [node.attr, ast.unparse(node)]
        elif isinstance(node, ast.ImportFrom):
            names = [x for one in node.names for x in (one.name, f"{node.module}.{one.name}")]
        elif isinstance(node, ast.keyword):
            names = [str(node.arg)]
        found.update(name for name in names if name in OTHERWISE)
    return found


TEXT_NEEDS = {
    "read_text": {"encoding"},
    "write_text": {"encoding", "newline"},
    "fdopen": {"encoding"},
}


@lru_cache(maxsize=2)
def nodes(text: str) -> tuple[ast.AST, ...]:
    """Return every node of a source text. Several scans look at the same one in turn."""
    return tuple(ast.walk(ast.parse(text)))


def careless_text(text: str) -> list[int]:
    """Lines that read or write text in whatever encoding and with whatever line ends the system
    has.
    """
    found = []
    for node in nodes(text):
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
        "signal.SIGKILL\nfrom os import getuid, sep\nd.strftime('%e %B')\nsocket.AF_UNIX\n"
        "import pwd, resource, json\nos.kill(1, 2)\nd.strftime('%Y-%m-%d %H:%M:%S %Z')\n"
    ) == [
        *("1: fcntl", "7: getuid", "10: pwd", "10: resource"),
        *("5: /dev/null", "6: SIGKILL", "8: %e %B", "9: AF_UNIX", "3: fork", "4: pwrite"),
    ]
    assert otherwise_on_windows(
        "os.kill(1, 0)\np.rename(q)\nos.replace(p, q)\nfrom os import chmod\n"
        "run(x, start_new_session=True)\n"
    ) == {"os.kill", "rename", "chmod", "start_new_session"}
    source = (
        "p.read_text()\np.write_text('x',"
        " encoding='utf-8')\np.read_text(encoding='utf-8')\nos.fdopen(h, 'w')\n"
    )
    assert careless_text(source) == [1, 2, 4]


@pytest.mark.slow
@for_each("path", MODULES, ids=str)
def test_nothing_needs_posix(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    found = {(path.as_posix(), each.partition(": ")[2]) for each in posix_only(text)}
    assert found == {guarded for guarded in GUARDED if guarded[0] == path.as_posix()}
    assert careless_text(text) == []


@pytest.mark.slow
def test_what_is_otherwise_on_windows_has_a_reason() -> None:
    used = {
        (path.as_posix(), name)
        for path in MODULES
        for name in otherwise_on_windows((ROOT / path).read_text(encoding="utf-8"))
    }
    assert used == REASONS.keys()


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
    assert run("init", "--yes").code == 0
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
