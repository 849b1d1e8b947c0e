"""Every Python that we support reads our regular expressions alike."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest

from blogkit.patterns import LazyPattern, lazy_pattern
from tests import patterns, readers
from tests.cases import for_each
from tests.growth import assert_linear
from tests.sampling import is_whole

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for part in ("blogkit", "widgets") for path in (ROOT / part).rglob("*.py"))


@for_each(
    ("pattern", "unsound"),
    [
        (r"(?:[^}]+|\}x)*+", True),
        (r"a(?:b(?:cd?)++)", True),
        (r"(?:=[a-z]*)?+", True),
        (r"(?>\r\n|\n|\r)", True),
        (r"(?=(a+))\1b", True),
        (r"(?:(?P<x>a|bc))*+", True),
        (r"(?:-(?!->)[^-]*+)*+", True),
        (r"[^<>]*+a++.?+", False),
        (r"(?>[ab]c)", False),
        (r"(?:[^<>]++|=x)*(?=a+)", False),
    ],
)  # fmt: skip
def test_what_is_unsound(pattern: str, unsound: bool) -> None:
    assert patterns.unsound(pattern) is unsound


def test_the_scan_follows_names_and_finds_patterns_in_calls(tmp_path: Path) -> None:
    source = (
        'import re\nfrom blogkit.patterns import lazy_pattern\n_A = "a|bc"\n_B = rf"(?:{_A})*+"\nC = re.compile("x" + "(?>y*)")\n\n\ndef'
        ' f(d):\n    return re.sub(rf"{d}?+", "", d)\nD = lazy_pattern("x(?>z*)")\n'
    )
    (tmp_path / "module.py").write_text(source)
    found = {
        (line, text, called)
        for line, text, called in patterns.literals(tmp_path / "module.py", tmp_path)
        if patterns.unsound(text)
    }
    assert found == {
        (4, "(?:a|bc)*+", False),
        (5, "x(?>y*)", True),
        (5, "(?>y*)", False),
        (9, f"{patterns.UNKNOWN}?+", True),
        (10, "x(?>z*)", True),
    }


def test_a_lazy_pattern_is_compiled_when_it_is_used() -> None:
    broken = lazy_pattern("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("x")
    found = lazy_pattern(r"(?P<first>a)b", re.IGNORECASE)
    assert found.flags & re.IGNORECASE
    assert [match["first"] for match in found.finditer("ab AB b")] == ["a", "A"]
    assert found.sub("c", "xAb") == "xc"
    assert found.groupindex == {"first": 1}
    assert lazy_pattern(rb"\d").search(b"a1")
    assert copy.copy(found).match("ab")


@pytest.mark.slow
def test_every_lazy_pattern_tells_its_flags_before_it_is_compiled() -> None:
    values = [value for path in SOURCES for value in vars(patterns.loaded(path, ROOT)).values()]
    lists = [value if isinstance(value, tuple) else (value,) for value in values]
    lazy = [one for each in lists for one in each if type(one) is LazyPattern]
    assert len(lazy) > 100
    assert not [
        one.pattern
        for one in lazy
        if re.compile(one.pattern, one.flags).flags & ~re.UNICODE != one.flags
    ]


@pytest.mark.slow
def test_every_pattern_is_sound() -> None:
    found, calls = [], 0
    for path in SOURCES:
        for line, text, is_pattern in patterns.literals(path, ROOT):
            calls += is_pattern
            assert not is_pattern or patterns.readable(text), (
                f"{path}:{line}: cannot parse the pattern {text!r}"
            )
            if patterns.unsound(text):
                found.append(f"{path}:{line}: {text}")
    assert calls > 200
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_every_python_reads_the_same() -> None:
    """Where a change to a reader is meant, take the new digests from `python -m tests.readers`."""
    assert readers.digests() == {
        "edits.blocks": "326e7be26b070d03",
        "edits.blank_lines": "6efed285d9d5e247",
        "html.blocks": "885e4d0620b9838c",
        "sanitizers.judge": "f4da4c126c18a4d0",
        "widget_tools.neutral": "6308a6af13c94f6c",
        "html.tokenizer": "1bf355233373d5bf",
    }


LONG = 250_000 if is_whole() else 100_000


@pytest.mark.slow
@for_each("name", readers.READERS)
@for_each(
    ("prefix", "piece"),
    [
        ("", '<!-- wp:a {"'),
        ("<!-- wp:a {", "} "),
        ("<!-- wp:", "a"),
        ("", "<!--x"),
        ("<!--", "-"),
        ("", "<![CDATA[x]"),
        ("<![CDATA[", "]"),
        ("", "[caption "),
        ("[caption ", "<a>"),
        ("<a", " b='c'"),
        ("<a ", "= "),
        ("<a ", "='x\" "),
        ("", "<a ' ='"),
        ("<a", "/"),
        ("", "\r"),
    ],
)
def test_a_long_text_of_one_piece_is_read_in_linear_time(
    name: str, prefix: str, piece: str
) -> None:
    assert_linear(readers.READERS[name], lambda size: prefix + piece * (size // len(piece)), LONG)
