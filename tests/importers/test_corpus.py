"""Inputs in the shapes in which people paste them, with the post that each becomes.

Beside each input is its post, and below that the list of what was done. After a deliberate change:
`.venv/bin/python -m tests.importers.test_corpus`, and read what changed.
"""

from __future__ import annotations

from pathlib import Path

from blogkit.importers.convert import convert_pasted, read_pasted
from blogkit.importers.report import Imported
from tests.cases import for_each
from tests.importers.reading import missing, post_of

FOLDER = Path(__file__).parent / "corpus"
INPUTS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")
PROSE = [path for path in INPUTS if not path.name.startswith("answer-")]
"""The others have calls, whose YAML is not what readers see."""
_APART = "%%%\n"


def imported(path: Path) -> Imported:
    return convert_pasted(read_pasted(path.read_bytes(), path.name), name=path.stem)


def told(result: Imported) -> str:
    lines = [f"{entry.line} {entry.kind}: {entry.words}\n" for entry in result.entries]
    return result.text + _APART + "".join(lines)


def expected(path: Path) -> Path:
    return path.with_name(f"{path.name}.expected")


@for_each("path", INPUTS, ids=lambda path: path.name, quick=20)
def test_an_input_becomes_the_post_that_it_is(path: Path) -> None:
    result = imported(path)
    assert told(result) == expected(path).read_text(encoding="utf-8")
    assert post_of(result).title == result.title


@for_each("path", PROSE, ids=lambda path: path.name, quick=20)
def test_each_word_is_in_the_post_or_was_left_out(path: Path) -> None:
    result = imported(path)
    assert missing(result) == []


def test_there_are_enough_of_them() -> None:
    assert len(INPUTS) >= 60
    assert {path.suffix for path in INPUTS} == {".md", ".txt", ".html", ".docx"}


def _write() -> None:
    for path in INPUTS:
        expected(path).write_text(told(imported(path)), encoding="utf-8")


if __name__ == "__main__":
    _write()
