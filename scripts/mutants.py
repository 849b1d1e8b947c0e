"""Change the critical modules in small ways, one at a time, and see whether their tests notice.

    python -m scripts.mutants                       every module of TESTS, a few mutants each
    python -m scripts.mutants http/client journal/store   these modules
    python -m scripts.mutants --sample 20 --seed 7  another sample

A mutant is killed when a test fails or hangs on it. Prints every survivor with its place, then the
score by module, and exits 1 when the total is under --goal, or when the tests of a module fail
without any change. The work is done in a copy of the folder, in one process at a time.
"""

from __future__ import annotations

import argparse
import ast
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PUBLISH = (
    "test_run test_attempt test_apply test_bad_days test_unclear test_undo test_edits_stand"
    " test_bulk test_damaged"
)
HTTP = "test_failures test_connecting test_client test_secrets test_limits test_proxies"
TESTS = {
    # module: (folder of tests, files in it with the quickest first; "." = the whole folder)
    "sync/plan/decision": (
        "sync",
        "test_plan test_edits_stand test_apply test_undo test_two_machines test_settings test_merge",
    ),
    "sync/plan/blocked": ("sync", "test_plan test_edits_stand test_apply test_undo"),
    "sync/plan/from_memory": ("sync", "test_plan test_edits_stand test_apply test_undo"),
    "sync/apply": ("sync", f"{PUBLISH} test_pace test_two_machines"),
    "sync/desired": ("sync", "test_desired test_plan test_apply test_undo"),
    "sync/execute/attempt": ("sync", PUBLISH),
    "sync/duplicates/rule": ("sync", "test_duplicates test_two_machines test_run test_attempt"),
    "sync/duplicates/creation": ("sync", "test_leftovers"),
    "sync/duplicates/leftovers": ("sync", "test_leftovers"),
    "sync/execute/contest": ("sync", "test_two_machines test_damaged test_run test_attempt"),
    "sync/execute/content": ("sync", f"{PUBLISH} test_settings test_copies"),
    "sync/execute/dispatch": ("sync", PUBLISH),
    "sync/execute/state": ("sync", PUBLISH),
    "sync/execute/trash": (
        "sync",
        "test_attempt test_leftovers test_undo test_unclear test_bad_days test_undo_crash",
    ),
    "sync/execute/unanswered": ("sync", PUBLISH),
    "sync/fetch": ("sync", f"test_fetch {PUBLISH}"),
    "sync/locate": (
        "sync",
        "test_fetch test_copies test_leftovers test_two_machines test_damaged",
    ),
    "sync/undo": ("sync", "test_undo test_settings test_undo_crash"),
    "sync/compare/fields": ("sync", "test_compare test_apply test_plan"),
    "sync/compare/comparison": ("sync", "test_compare test_apply test_plan"),
    "sync/compare/expected": ("sync", "test_compare test_apply test_plan"),
    "sync/compare/fingerprints": ("sync", "test_compare test_apply test_plan"),
    "sync/preflight": ("sync", "test_attempt test_unclear test_bulk"),
    "edits/edit": ("edits", "test_points test_places test_insert test_text"),
    "edits/insertion_point": ("edits", "test_points test_places test_insert"),
    "edits/locate": ("edits", "test_points test_places test_insert test_anchors"),
    "regions/find": ("regions", "."),
    "regions/marker": ("regions", "."),
    "platforms/wordpress/api": (
        "platforms/wordpress",
        "test_api test_edits test_adapter test_schedule test_damaged",
    ),
    "platforms/wordpress/adapter": (
        "platforms/wordpress",
        (
            "test_edits test_adapter test_untrash test_requests test_languages test_answers"
            " test_media test_schedule test_check test_health test_damaged test_terms"
            " test_term_tree test_wordpress_com test_post_types test_public"
        ),
    ),
    "platforms/wordpress/writing": (
        "platforms/wordpress",
        (
            "test_edits test_adapter test_untrash test_custom_taxonomies test_answers test_media"
            " test_image_texts test_schedule test_damaged test_languages test_post_types"
            " test_settings test_terms test_requests"
        ),
    ),
    "platforms/wordpress/errors": (
        "platforms/wordpress",
        "test_answers test_adapter test_media test_wordpress_com",
    ),
    "platforms/blogger/adapter": (
        "platforms/blogger",
        "test_adapter test_transitions test_slug test_faults test_check test_body test_contract",
    ),
    "platforms/blogger/writing": (
        "platforms/blogger",
        "test_adapter test_transitions test_slug test_faults test_body test_contract",
    ),
    "platforms/blogger/answers": (
        "platforms/blogger",
        "test_adapter test_faults test_contract",
    ),
    "platforms/blogger/transitions": (
        "platforms/blogger",
        "test_transitions test_slug test_faults",
    ),
    "journal/reader": (
        "journal",
        "test_history test_store test_file_log test_pictures test_schedules test_sqlite_file",
    ),
    "journal/store": (
        "journal",
        "test_store test_history test_state_file test_migrations test_lock test_sqlite_file",
    ),
    "journal/state_file": ("journal", "test_state_file"),
    "journal/writer": (
        "journal",
        "test_store test_history test_state_file test_sqlite_file test_schedules",
    ),
    "http/client": ("http", HTTP),
    "http/connection_errors": ("http", HTTP),
    "http/messages": ("http", HTTP),
    "http/failures": ("http", HTTP),
    "origins": ("", "test_origins test_credentials http/test_proxies"),
    "sanitizers/judge": ("sanitizers", "test_judge"),
    "sanitizers/attributes": ("sanitizers", "test_judge"),
    "sanitizers/styles": ("sanitizers", "test_styles"),
    "widget_tools/neutral": ("render", "test_neutral"),
    "credentials/store": ("", "test_credentials test_origins"),
    "credentials/guard": ("", "test_credentials test_origins"),
}
PRELOAD = [
    "pytest",
    "hypothesis",
    "requests",
    "responses",
    "pydantic",
    "flask",
    "tinycss2",
    "jinja2",
    "yaml",
    "bs4",
]
"""What the tests import from elsewhere: imported once, for all mutants."""
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}


@dataclass(frozen=True)
class Mutant:
    """One change of one module: the text at a span of its bytes, and what takes its place."""

    module: str
    line: int
    start: int
    end: int
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.module}: {' '.join(self.old.split())} → {' '.join(self.new.split())}"

    def applied(self, source: bytes) -> bytes:
        """The module with the change made."""
        return source[: self.start] + self.new.encode() + source[self.end :]


def changes(node: ast.AST) -> Iterator[ast.AST | str]:
    """What may stand in the place of one node."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARISONS:
            yield ast.Compare(node.left, [COMPARISONS[type(op)]()], node.comparators)
        case ast.BoolOp(values=values):
            for left_out in range(len(values)):
                kept = values[:left_out] + values[left_out + 1 :]
                yield kept[0] if len(kept) == 1 else ast.BoolOp(node.op, kept)
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool() | int() | float() as value):
            yield str(not value if isinstance(value, bool) else value + 1)
        case ast.Constant(value=str(value)) if value and " " not in value:
            yield '""'
        # Often only its truth is asked for, and where it is not, the constant itself is changed.
        case ast.Return(value=ast.expr() as value) if not (
            isinstance(value, ast.Constant) and not value.value
        ):
            yield "return None"
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise():
            yield "pass"
        case ast.Call(func=ast.Attribute(value=ast.expr() as receiver, attr=name), args=[]) if (
            name in {"strip", "lower", "casefold"}
        ):
            yield receiver
        case ast.Call(func=ast.Name(), args=[argument], keywords=[]) if not isinstance(
            argument, ast.Starred
        ):
            yield argument


def visited(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that decide something: no annotations, texts of documentation, or parts of
    messages.
    """
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list"} or isinstance(
            tree, ast.JoinedStr | ast.Raise
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not is_passive(child):
                yield child
                yield from visited(child)


def is_passive(node: ast.AST) -> bool:
    """A documentation string, a type, or the names that are exported for linters."""
    match node:
        case (
            ast.Expr(value=ast.Constant())
            | ast.Assign(targets=[ast.Name(id="__all__")])
            | ast.Subscript(value=ast.Name(id="Literal" | "Callable"))
        ):
            return True
    return False


def mutants(module: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its text."""
    source = (ROOT / "blogkit" / f"{module}.py").read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node in visited(ast.parse(source)):
        for change in changes(node):
            assert isinstance(node, ast.expr | ast.stmt)
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
            text = change if isinstance(change, str) else f"({ast.unparse(change)})"
            found.append(Mutant(module, node.lineno, start, end, source[start:end].decode(), text))
    return sorted(found, key=lambda mutant: (mutant.start, mutant.end, mutant.new))


def equivalent() -> set[str]:
    """Changes that make no difference, so that no test can notice them."""
    text = Path(__file__).with_name("equivalent_mutants.txt").read_text(encoding="utf-8")
    return {line.partition("  #")[0] for line in text.splitlines()}


def files_of(module: str) -> list[str]:
    """The tests of a module."""
    folder, names = TESTS[module]
    return [
        str(Path("tests", folder, name if name == "." else f"{name}.py")) for name in names.split()
    ]


def sample(module: str, size: int, seed: int) -> list[Mutant]:
    """Some of a module's mutants, without those that are known to change nothing."""
    known = equivalent()
    candidates = [mutant for mutant in mutants(module) if str(mutant) not in known]
    chosen = random.Random(f"{seed} {module}").sample(candidates, min(size, len(candidates)))
    return sorted(chosen, key=lambda mutant: mutant.start)


def run_tests(tree: str, files: list[str], keep_bytecode: bool) -> None:
    """Run tests in the copy, and exit as pytest does."""
    import pytest

    os.chdir(tree)
    sys.path.insert(0, tree)
    sys.dont_write_bytecode = not keep_bytecode
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    quiet = [
        "-x",
        "-q",
        "-n0",
        "-p",
        "no:cacheprovider",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
    ]
    sys.exit(int(pytest.main([*quiet, "-m", "not wordpress and not browser", *files])))


class Bench:
    """A copy of the folder in which modules are changed."""

    def __init__(self, folder: str) -> None:
        self.tree = Path(folder) / "tree"
        for name in ("blogkit", "tests", "widgets", "pyproject.toml"):
            source = ROOT / name
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(
                source, self.tree / name, ignore=ignore
            ) if source.is_dir() else shutil.copy(source, self.tree / name)
        self._context: Any = multiprocessing.get_context(
            "forkserver" if hasattr(os, "fork") else "spawn"
        )
        self._context.set_forkserver_preload(PRELOAD)

    def passes(self, module: str, seconds: float, *, keep_bytecode: bool = False) -> bool:
        """Whether the module's tests pass as it is now, within this time."""
        given = (str(self.tree), files_of(module), keep_bytecode)
        process = self._context.Process(target=run_tests, args=given)
        process.start()
        process.join(seconds)
        if process.is_alive():
            process.kill()
            process.join()
        return bool(process.exitcode == 0)

    def survivors(self, module: str, chosen: list[Mutant]) -> list[Mutant] | None:
        """The mutants that no test notices; None when the tests fail without any change."""
        path, started = self.tree / "blogkit" / f"{module}.py", time.monotonic()
        source = path.read_bytes()
        # What is compiled now serves all mutants, but for the module itself: two changes of it
        # within a second would share one file.
        if not self.passes(module, 600, keep_bytecode=True):
            sys.stderr.write(f"the tests of {module} fail without any change: run them\n")
            return None
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
            compiled.unlink()
        limit = 10 + 5 * (time.monotonic() - started)
        found = []
        try:
            for mutant in chosen:
                path.write_bytes(mutant.applied(source))
                if self.passes(module, limit):
                    sys.stdout.write(f"blogkit/{module}.py:{mutant.line}: {mutant}\n")
                    sys.stdout.flush()
                    found.append(mutant)
        finally:
            path.write_bytes(source)
        return found


def main() -> int:
    """Run the sample and print the score."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=", ".join(TESTS))
    parser.add_argument("--sample", type=int, default=8, help="mutants of each module (8)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--goal", type=float, default=92, help="percent that must be killed (92)")
    options = parser.parse_args()
    if unknown := set(options.modules) - set(TESTS):
        parser.error(f"no tests are named for {', '.join(sorted(unknown))}")
    chosen = {
        module: sample(module, options.sample, options.seed) for module in options.modules or TESTS
    }
    with tempfile.TemporaryDirectory(prefix="blogkit-mutants-") as folder:
        bench = Bench(folder)
        left = {module: bench.survivors(module, some) for module, some in chosen.items()}
    rows = [
        (module, len(chosen[module]), len(some))
        for module, some in left.items()
        if some is not None
    ]
    rows.append(("all", sum(size for _, size, _ in rows), sum(survived for *_, survived in rows)))
    for module, size, survived in rows:
        percent = 100 - 100 * survived / max(size, 1)
        sys.stdout.write(f"{module:30} {size - survived:3} of {size:3}  {percent:3.0f} %\n")
    reached = 100 * rows[-1][2] <= (100 - options.goal) * rows[-1][1]
    return 0 if reached and None not in left.values() else 1


if __name__ == "__main__":
    sys.exit(main())
