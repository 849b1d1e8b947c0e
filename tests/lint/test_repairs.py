"""What `--fix` changes in a file, and everything that it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.lint.encoding import Repair, apply_repairs, repairs
from tests.cases import for_each
from tests.lint.reader import reading

LINE = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\ufeff"), max_size=20)


@given(
    st.lists(st.tuples(LINE, LINE, st.sampled_from(["\n", "\r\n", "\r"])), min_size=1),
    st.booleans(),
)
def test_every_other_byte_stays(lines: list[tuple[str, str, str]], marked: bool) -> None:
    start = "\ufeff" if marked else ""
    before = start + "".join(f"{a}cafÃ©{b}{end}" for a, b, end in lines)
    after = start + "".join(f"{a}café{b}{end}" for a, b, end in lines)
    changes = [Repair(number, len(a) + 3, "Ã©", "é") for number, (a, _, _) in enumerate(lines, 1)]
    assert apply_repairs(before.encode(), changes) == after.encode()


BEFORE = """\
---
title: A cafÃ©
labels: [dÃ©jÃ  vu]
---
πŸ‡ΊπŸ‡Έ US, `cafÃ©` πŸ“ here

```{meta-box} NaÃ¯ve
items:
  - {label: a, value: cafÃ©}
```

```
cafÃ©
```
"""
AFTER = (
    BEFORE.replace("A cafÃ©", "A café")
    .replace("dÃ©jÃ  vu", "déjà vu")
    .replace("πŸ‡ΊπŸ‡Έ", "🇺🇸")
    .replace("NaÃ¯ve", "Naïve")
).replace("value: cafÃ©", "value: café")


@for_each("ending", ["\n", "\r\n"])
@for_each("mark", ["", "\ufeff"])
def test_a_post_is_put_right_where_it_is_prose(ending: str, mark: str) -> None:
    raw = (mark + BEFORE.replace("\n", ending)).encode()
    assert (
        apply_repairs(raw, repairs(reading(BEFORE)))
        == (mark + AFTER.replace("\n", ending)).encode()
    )


def test_a_file_that_has_changed_meanwhile_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1 does not contain"):
        apply_repairs(b"cafe\n", [Repair(1, 3, "Ã©", "é")])


def test_nothing_to_do_is_nothing_done(tmp_path: Path) -> None:
    assert repairs(reading("Clean: π r², “café”…\n")) == []
    assert apply_repairs(b"\xef\xbb\xbfa\r\n\r", []) == b"\xef\xbb\xbfa\r\n\r"
