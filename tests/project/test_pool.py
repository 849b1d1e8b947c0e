"""Several processes give the results, the order and the errors of one."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path

import pytest

import blogkit
from blogkit.errors import UsageError
from blogkit.journal.lock import only_one
from blogkit.project.parallel import pool
from blogkit.project.parallel.pool import Task, processes, spread
from tests.cases import for_each

ITEMS = list(range(40))
PARENT = os.getpid()
SCRIPT = """\
import os, sys
from pathlib import Path
import blogkit
from blogkit.project.parallel import pool

forks = []
os.fork = lambda fork=os.fork: (forks.append(0), fork())[1]
pool.WORTH_A_FORK = 3
for count in (1, 2):
    cache = Path(sys.argv[1], ".blogkit/cache.sqlite")
    cache.unlink(missing_ok=True)
    project = blogkit.open(sys.argv[1], environ={"BLOGKIT_TRUST": "1"}, processes=count)
    found = project.check()
    cache.unlink(missing_ok=True)
    plan = project.plan(offline=True)
    told = [str(one) for one in (*found, *plan, *plan.warnings, *plan.left_out)]
    digests = [one._action.desired.digest for one in plan]
    bodies = [one._action.desired.draft.body for one in plan if one.writes]
    print(repr((found.posts, told, digests, bodies)))
print(len(forks))
"""
POST = "---\ntitle: Post number {0}\n---\nParagraph {0} about day {0} of the year. [x]({1})\n"


def double(item: int) -> int:
    return 2 * item


def refuse_seven(item: int) -> int:
    if item == 7:
        raise UsageError("no seven")
    return item


def die_at_nine(item: int) -> int:
    if item == 9 and os.getpid() != PARENT:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def write_into_pipes(item: int) -> int:
    """Write what pickle takes, and what it does not, into every open file."""
    if item in (9, 25) and os.getpid() != PARENT:
        for file in list(Path("/dev/fd").iterdir()):
            with suppress(OSError):
                if int(file.name) > 2:
                    os.write(int(file.name), pickle.dumps([7] if item == 9 else 7) + b"?")
    return item


def no_answer(item: int) -> Callable[[], int]:
    return lambda: item


def make(name: str) -> Callable[[int], object]:
    found: Callable[[int], object] = globals()[name]
    return found


def task_of(work: Callable[[int], object]) -> Task[int, object]:
    return Task(work, work, make, lambda: (work.__name__,))


def end_other_threads() -> None:
    """A process with threads does not fork. Those of earlier tests may be about to end, or wait for
    a connection that garbage holds.
    """
    gc.collect()
    others = [each for each in threading.enumerate() if each is not threading.current_thread()]
    for each in others:
        each.join(60)
    alive = [each.name for each in others if each.is_alive()]
    assert not alive, f"a process with threads does not fork: {alive}"


@pytest.fixture(params=["forked", pytest.param("started", marks=pytest.mark.slow)])
def count(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    if request.param == "forked":
        if sys.platform == "win32":
            pytest.skip("Windows has no fork")
        end_other_threads()
    monkeypatch.setattr(pool, "_can_fork", lambda: request.param == "forked")
    return 2


def test_results_come_in_order(count: int) -> None:
    assert list(spread(ITEMS, task_of(double), count, few=2)) == [2 * item for item in ITEMS]


def test_a_worker_loads_nothing_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be another person's."""
    monkeypatch.setattr(pool, "_can_fork", lambda: False)
    (tmp_path / "pickle.py").write_text("open('loaded', 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert list(spread(ITEMS, task_of(double), 2, few=2)) == [2 * item for item in ITEMS]
    assert not (tmp_path / "loaded").exists()


def test_an_error_is_raised_where_one_process_raises_it(count: int) -> None:
    found = spread(ITEMS, task_of(refuse_seven), count, few=2)
    assert [next(found) for _ in range(7)] == ITEMS[:7]
    with pytest.raises(UsageError, match="no seven"):
        next(found)


@for_each("work", [die_at_nine])
def test_a_worker_that_dies_costs_nothing_but_time(
    count: int, work: Callable[[int], object]
) -> None:
    assert list(spread(ITEMS, task_of(work), count, few=2)) == ITEMS


@pytest.mark.parametrize("count", ["forked"], indirect=True)
def test_what_a_widget_writes_into_pipes_is_no_answer(count: int) -> None:
    assert list(spread(ITEMS, task_of(write_into_pipes), count, few=2)) == ITEMS


def test_a_result_that_cannot_be_sent_is_made_here(count: int) -> None:
    found = list(spread(ITEMS, task_of(no_answer), count, few=2))
    assert [one() for one in found] == ITEMS  # type: ignore[operator]


def test_few_items_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_forked", None)
    monkeypatch.setattr(pool, "_started", None)
    assert list(spread(ITEMS, task_of(double), 8)) == [2 * item for item in ITEMS]
    assert list(spread(ITEMS * 9, task_of(double), 1)) == [2 * item for item in ITEMS * 9]


def test_who_sets_the_number() -> None:
    assert processes({}, None) in range(1, 9)
    assert processes({"BLOGKIT_PROCESSES": "3"}, None) == 3
    assert processes({"BLOGKIT_PROCESSES": "3"}, 1) == 1
    assert processes({"BLOGKIT_PROCESSES": "0"}, None) == 1
    assert processes({"BLOGKIT_PROCESSES": "many"}, None) in range(1, 9)


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(
        '[sites.main]\nplatform = "folder"\nfolder = "site"\n', encoding="utf-8"
    )
    for number in range(12):
        text = POST.format(number, f"p{(5 * number) % 14}.md")
        (tmp_path / f"posts/p{number}.md").write_text(text, encoding="utf-8")
    (tmp_path / "posts/p3.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    (tmp_path / "posts/p5.md").write_text("---\ntitle: Keyed\nkey: p6\n---\nx\n", encoding="utf-8")
    (tmp_path / "posts/p8.md").write_text(
        "---\ntitle: W\n---\n```{no}\na: 1\n```\n", encoding="utf-8"
    )
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_project_finds_the_same_with_forked_workers(blog: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(blog)], capture_output=True, text=True, check=True
    )
    one, two, forks = done.stdout.splitlines()
    assert one == two
    assert "already has the key" in one
    assert int(forks) >= 2


@pytest.mark.slow
def test_a_thread_of_a_project_finds_the_same(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "WORTH_A_START", 3)
    found: list[list[object]] = []

    def look(count: int) -> None:
        (blog / ".blogkit/cache.sqlite").unlink(missing_ok=True)
        found.append([*blogkit.open(blog, environ={}, processes=count).check()])

    for count in (1, 2):
        thread = threading.Thread(target=look, args=(count,))
        thread.start()
        thread.join()
    assert found[0] == found[1]
    assert len(found[0]) > 2


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_workers_end_with_a_parent_that_is_killed() -> None:
    script = (
        "import os, sys, time\n"
        "from blogkit.project.parallel.pool import Task, spread\n"
        "def work(item):\n"
        "    if item < 17:\n"
        "        return os.getpid()\n"
        "    time.sleep(600)\n"
        "    print('outlived')\n"
        "    sys.stdout.flush()\n"
        "found = spread(list(range(99)), Task(work, work, None, None), 2, few=2)\n"
        "print(*{next(found) for _ in range(17)} - {os.getpid()}, flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        workers = [int(text) for text in parent.stdout.readline().split()]
        parent.kill()
        assert len(workers) == 2
        # Each holds the pipe of our standard output: it ends when the last of them has ended.
        assert parent.stdout.read() == b""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_holds_no_file_of_its_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as the project's lock, which must end with the parent."""
    end_other_threads()

    def held(item: int) -> list[str]:
        files = list(Path("/proc/self/fd").iterdir())
        return [str(file.readlink()) for file in files if file.is_symlink()]

    with only_one(tmp_path / "lock", "test"):
        mine, *theirs = map(str, spread(ITEMS, task_of(held), 2, few=2))
    assert str(tmp_path / "lock") in mine
    assert all(str(tmp_path / "lock") not in files for files in theirs)
    assert max(files.count("pipe:") for files in theirs) <= 5  # two, and the standard files


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have pipes of one size")
def test_a_worker_goes_on_while_its_answers_wait(tmp_path: Path) -> None:
    end_other_threads()
    os.mkfifo(tmp_path / "done")
    done = os.open(tmp_path / "done", os.O_RDWR)

    def work(item: int) -> bytes:
        if os.getpid() != PARENT:
            with (tmp_path / "done").open("ab", buffering=0) as file:
                file.write(b".")
        return bytes(10_000)

    found = spread(range(500), task_of(work), 2, few=2)
    assert isinstance(found, Generator)
    assert [next(found) for _ in range(2)] == [bytes(10_000)] * 2  # and nothing more is read
    tasks = 2 * pool._AHEAD + 1
    assert len([os.read(done, 1) for _ in range(tasks * pool._CHUNK)]) == tasks * pool._CHUNK
    os.close(done)
    found.close()
