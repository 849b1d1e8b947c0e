"""Files are written whole or not at all, by one module, whatever happens meanwhile."""

from __future__ import annotations

import ast
import errno
import os
import re
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from blogkit.files import create_file, replace_file
from tests.cases import for_each
from tests.cli.process import with_ordinary_rights
from tests.source import nodes

ROOT = Path(__file__).resolve().parent.parent
OLD, NEW = b"old\r\n" * 400, b"new\n" * 900
WRITERS = {"replace": replace_file, "create": create_file}
Write = Callable[..., None]


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def child(code: str, folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder, with what a writer needs imported."""
    program = f"import os, resource, signal, sys\nfrom pathlib import Path\nfrom blogkit.files import create_file, replace_file\n{code}"
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        **options,
    )


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_a_new_file_has_the_usual_permissions(tmp_path: Path, write: Write) -> None:
    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    write(tmp_path / "a.md", NEW)
    write(tmp_path / "secret", NEW, mode=0o600)
    assert (tmp_path / "a.md").read_bytes() == NEW
    assert permissions(tmp_path / "a.md") == permissions(ordinary)
    assert permissions(tmp_path / "secret") == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "ordinary", "secret"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o2644])
def test_a_replaced_file_keeps_its_permissions_and_its_owner(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(OLD)
    path.chmod(mode)
    before = path.stat()
    replace_file(path, NEW)
    after = path.stat()
    assert path.read_bytes() == NEW
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )


def test_a_given_mode_closes_a_file_that_was_open(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    path.write_bytes(OLD)
    path.chmod(0o644)
    replace_file(path, NEW, mode=0o600)
    assert permissions(path) == 0o600


@pytest.mark.parametrize("writer", WRITERS)
def test_a_private_file_is_at_no_moment_open_to_others(tmp_path: Path, writer: str) -> None:
    """The file is looked at when it is created, before it gets its mode, and before it moves."""
    code = f"""
seen = []
def look(event, arguments):
    if event in ("os.chmod", "os.rename", "os.link"):
        seen.extend(file.stat().st_mode & 0o077 for file in Path().iterdir())
os.umask(0)
sys.addaudithook(look)
{writer}_file(Path("credentials.json"), b"secret", mode=0o600)
assert len(seen) >= 2 and not any(seen), seen
"""
    done = child(code, tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_target_of_a_link_is_written(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    target, link = tmp_path / "notes/a.md", tmp_path / "a.md"
    target.write_bytes(OLD)
    link.symlink_to("notes/a.md")
    replace_file(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    replace_file(link, OLD, follow_link=False)
    assert not link.is_symlink()
    assert (link.read_bytes(), target.read_bytes()) == (OLD, NEW)


@pytest.mark.parametrize("kind", ["file", "link", "dangling link", "folder"])
def test_a_new_file_takes_no_others_place(tmp_path: Path, kind: str) -> None:
    path, other = tmp_path / "a.md", tmp_path / "other"
    if kind == "file":
        path.write_bytes(OLD)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(other)
        if kind == "link":
            other.write_bytes(OLD)
    before = path.lstat()
    with pytest.raises(FileExistsError) as caught:
        create_file(path, NEW)
    assert caught.value.filename == str(path)
    assert path.lstat() == before
    assert not other.exists() or other.read_bytes() == OLD


def test_of_two_writers_of_a_new_file_one_wins(tmp_path: Path) -> None:
    path, start, results = tmp_path / "a.md", threading.Barrier(8), []

    def write(number: int) -> None:
        start.wait()
        try:
            create_file(path, b"%d\n" % number * 5000)
        except FileExistsError:
            results.append(None)
        else:
            results.append(number)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    (winner,) = [number for number in results if number is not None]
    assert path.read_bytes() == b"%d\n" % winner * 5000
    assert list(tmp_path.iterdir()) == [path]


def test_readers_see_whole_files_only(tmp_path: Path) -> None:
    path, whole = tmp_path / "a.md", {bytes([letter]) * 200_000 for letter in b"abc"}
    replace_file(path, min(whole))
    writers = [
        threading.Thread(
            target=lambda data: [replace_file(path, data) for _ in range(15)], args=(each,)
        )
        for each in whole
    ]
    for writer in writers:
        writer.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        seen.add(path.read_bytes())
    assert seen <= whole


@pytest.mark.parametrize("writer", WRITERS)
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, writer: str) -> None:
    """A limit on the size of files stands for a full disk: the system refuses the bytes alike."""
    path = tmp_path / "a.md"
    if writer == "replace":
        path.write_bytes(OLD)
    code = f"""
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    {writer}_file(Path("a.md"), bytes(100_000))
except OSError as error:
    print(error.errno, error.filename)
"""
    done = child(code, tmp_path)
    assert done.stdout.split() == [str(errno.EFBIG), "a.md"], done.stderr
    assert [file.read_bytes() for file in tmp_path.iterdir()] == (
        [OLD] if writer == "replace" else []
    )


@pytest.mark.parametrize("writer", WRITERS)
def test_a_kill_before_the_rename_leaves_the_old_file(tmp_path: Path, writer: str) -> None:
    path = tmp_path / "a.md"
    if writer == "replace":
        path.write_bytes(OLD)
    code = f"""
def kill(event, arguments):
    if event in ("os.rename", "os.link"):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(kill)
{writer}_file(Path("a.md"), bytes(100_000))
"""
    assert child(code, tmp_path).returncode == -signal.SIGKILL
    left = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert left.pop("a.md", None) == (OLD if writer == "replace" else None)
    ((name, data),) = left.items()
    assert name.startswith(".blogkit-")
    assert name.endswith(".tmp")
    assert data == bytes(100_000)  # it was whole before it would have got its name


@pytest.mark.parametrize("writer", WRITERS)
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, writer: str) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    if writer == "replace":
        (folder / "a.md").write_bytes(OLD)
    folder.chmod(0o555)
    code = f"""
try:
    {writer}_file(Path("a.md"), b"new")
except PermissionError as error:
    print(error.filename)
"""
    done = child(code, folder, preexec_fn=with_ordinary_rights)
    folder.chmod(0o755)
    assert done.stdout.split() == ["a.md"], done.stderr
    assert [file.read_bytes() for file in folder.iterdir()] == (
        [OLD] if writer == "replace" else []
    )


def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    """A rename would do it: it asks for rights to the folder only."""
    (tmp_path / "a.md").write_bytes(OLD)
    (tmp_path / "a.md").chmod(0o444)
    code = """
try:
    replace_file(Path("a.md"), b"new")
except PermissionError as error:
    print(error.filename == os.path.realpath("a.md"))
"""
    done = child(code, tmp_path, preexec_fn=with_ordinary_rights)
    assert done.stdout.split() == ["True"], done.stderr
    assert (tmp_path / "a.md").read_bytes() == OLD


@pytest.mark.parametrize("name", [b"caf\xe9.md", "नमस्ते".encode() * 13 + b".md", b"a" * 255])
@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_every_name_that_the_system_takes(tmp_path: Path, name: bytes, write: Write) -> None:
    path = tmp_path / os.fsdecode(name)
    write(path, NEW)
    assert path.read_bytes() == NEW
    assert [os.fsencode(file.name) for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("name", ["a" * 256, "no/folder.md"])
def test_errors_name_the_file_and_leave_nothing(tmp_path: Path, write: Write, name: str) -> None:
    with pytest.raises(OSError) as caught:
        write(tmp_path / name, NEW)
    assert caught.value.filename == str(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


MODE = 1
"""The place of the mode among the arguments of `open`."""
WRITING = {
    "write_text", "write_bytes", "touch", "rename", "symlink_to", "hardlink_to", "link_to",
    "mkstemp", "mktemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile",
    "fdopen", "truncate", "link", "symlink", "copy", "copy2", "copyfile", "copytree", "move",
}  # fmt: skip
"""Methods and functions that write, rename or copy a file. `open` and `replace` also do other
things, and are looked at closely.
"""
ALLOWED = {
    "blogkit/archive/spool.py": {"TemporaryFile"},  # has no name, and goes with the process
    "blogkit/files.py": {"fdopen", "link", "open", "rename", "replace"},
    "blogkit/journal/lock.py": {
        "open",  # a lock file, which has no content
        "write_bytes",  # the name of the lock's holder: it serves a message, and only while locked
    },
    "blogkit/journal/sqlite.py": {"open"},  # creates the database for its owner; SQLite writes it
    "blogkit/project/cache/database.py": {"open"},  # so does this one
    "blogkit/project/parallel/pool.py": {"fdopen", "open"},  # pipes, and /dev/null
    "blogkit/project/parallel/serving.py": {"fdopen"},  # pipes
    "blogkit/render/widgets/code_cache.py": {"fdopen", "open"},  # reads, and follows no link
    "blogkit/widget_tools/scaffold.py": {"rename"},  # a whole folder, when it is complete
    "blogkit/cli/output.py": {"open"},  # the null device
    "blogkit/cli/page.py": {"write_text"},  # a page for the browser, among temporary files
    "blogkit/cli/layout.py": {"write_text"},  # a paragraph of a help text
}
"""What else may write, by file."""


def writes(found: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each call that can write, rename or copy a file."""
    for node in found:
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "open":
            writing = opens_for_writing(node)
        elif name == "replace":
            writing = is_path_method(node) or owner(node) == "os"
        else:
            writing = name in WRITING and takes_a_path(node, name)
        if writing:
            yield node.lineno, name


def is_path_method(node: ast.Call) -> bool:
    """Tell a path's `replace` by its one argument from those of texts and dates."""
    return isinstance(node.func, ast.Attribute) and len(node.args) == 1 and not node.keywords


def owner(node: ast.Call) -> str:
    value = getattr(node.func, "value", None)
    return value.id if isinstance(value, ast.Name) else ""


def takes_a_path(node: ast.Call, name: str) -> bool:
    """`copy` and `move` are shutil's, or another object's method without a file."""
    return name not in ("copy", "move", "link", "symlink") or owner(node) in ("shutil", "os")


def opens_for_writing(node: ast.Call) -> bool:
    if owner(node) == "os":
        return True
    if isinstance(node.func, ast.Attribute):  # Path.open, or another object's method
        mode = node.args[0] if node.args else None
    else:
        mode = node.args[MODE] if len(node.args) > MODE else None
    given = [word.value for word in node.keywords if word.arg == "mode"]
    mode = given[0] if given else mode
    if isinstance(mode, ast.Constant) and isinstance(mode.value, str):
        return bool(re.fullmatch("[rwxabt+]*[wxa+][rwxabt+]*", mode.value))
    return isinstance(node.func, ast.Name) and mode is not None


@pytest.mark.xdist_group("source")
def test_one_module_writes_files() -> None:
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "blogkit").rglob("*.py")):
        for _line, name in writes(nodes(path)):
            found.setdefault(path.relative_to(ROOT).as_posix(), set()).add(name)
    assert found == ALLOWED, "write with blogkit.files, or say here why it cannot be done"


@for_each(
    "code",
    [
        "open(path, 'w')", "open(path, mode='ab')", "path.open('xb')", "os.open(path, flags)",
        "path.write_text(text)", "path.write_bytes(data)", "temporary.replace(path)",
        "os.replace(one, two)", "tempfile.NamedTemporaryFile()", "shutil.copy(one, two)",
        "open(path, mode)", "os.fdopen(handle, 'w')", "path.touch()",
    ],
)  # fmt: skip
def test_the_search_finds(code: str) -> None:
    assert [line for line, _ in writes(ast.walk(ast.parse(code)))] == [1]


@for_each(
    "code", ["open(path)", "path.open('rb')", "a.replace('b', 'c')", "replace(a, b=1)", "d.copy()"]
)
def test_the_search_leaves_alone(code: str) -> None:
    assert list(writes(ast.walk(ast.parse(code)))) == []
