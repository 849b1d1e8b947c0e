"""Word documents: what is refused, and why."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from blogkit.errors import ContentError
from blogkit.extras import install_hint
from blogkit.importers.convert import convert_pasted, read_pasted
from tests.cases import for_each

REPORT = Path(__file__).parent / "corpus/report.docx"


def archive(**files: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, text in files.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return data.getvalue()


REFUSED = {
    "an archive of something else": (archive(a="b"), "not-text", ".docx"),
    "an archive that was cut off": (REPORT.read_bytes()[:300], "not-text", ".docx"),
    "a document without text": (archive(word__document_xml="<a"), "unreadable", "save it again"),
    "a document of an old Word": (b"\xd0\xcf\x11\xe0\0\0", "not-text", ".docx"),
    "rich text": (b"{\\rtf1 a}", "not-text", "--clipboard"),
}


@for_each("name", REFUSED)
def test_what_is_not_a_document_is_refused_with_the_next_step(name: str) -> None:
    data, code, hint = REFUSED[name]
    with pytest.raises(ContentError) as refused:
        read_pasted(data, "report.docx")
    (problem,) = refused.value.problems
    assert (problem.path, problem.code) == ("report.docx", code)
    assert hint in problem.hint


def test_without_the_extra_the_refusal_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)  # as if it were not installed
    with pytest.raises(ContentError) as refused:
        read_pasted(REPORT.read_bytes(), "report.docx")
    (problem,) = refused.value.problems
    assert problem.code == "missing-extra"
    assert problem.hint.startswith(install_hint("docx"))


def test_a_line_of_word_is_named_by_its_number_in_the_page() -> None:
    page = (
        '<p class="MsoTitle">A</p>\n<p class="MsoNormal">x</p>\n<p><img src="a.png" alt="b"></p>\n'
    )
    result = convert_pasted(read_pasted(page.encode(), "a.html"))
    assert [(one.line, one.words) for one in result.dropped] == [(1, "# A"), (3, "b")]
