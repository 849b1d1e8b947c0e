from __future__ import annotations

import pytest

from blogkit.edits import Anchor, parse_anchor
from blogkit.errors import UsageError
from tests.cases import for_each


@for_each(
    ("source", "expected"),
    [
        ("start", Anchor("start", "before", "start")),
        (" end ", Anchor("end", "after", "end")),
        ("more", Anchor("more", "after", "more")),
        ("before:more", Anchor("before:more", "before", "more")),
        (
            "before:h2:Conclusion: the end",
            Anchor("before:h2:Conclusion: the end", "before", "heading", "Conclusion: the end", 2),
        ),
        (
            "after:h6~^Part [0-9]",
            Anchor("after:h6~^Part [0-9]", "after", "heading", "^Part [0-9]", 6, pattern=True),
        ),
        ("after:#part-1", Anchor("after:#part-1", "after", "id", "part-1")),
        ("after:p:3", Anchor("after:p:3", "after", "paragraph", "3")),
        ("replace:region:quiz", Anchor("replace:region:quiz", "replace", "region", "quiz")),
        (
            "replace:text:PUT THE QUIZ HERE",
            Anchor("replace:text:PUT THE QUIZ HERE", "replace", "text", "PUT THE QUIZ HERE"),
        ),
        ("before:text:a: b", Anchor("before:text:a: b", "before", "text", "a: b")),
    ],
)
def test_every_form(source: str, expected: Anchor) -> None:
    assert parse_anchor(source) == expected


@for_each(
    ("source", "says"),
    [
        ("", "is not a kind of place"),
        ("befor:p:1", 'did you mean "before"?'),
        ("after", "needs a target"),
        ("after:", "needs a target"),
        ("after:regin:x", 'did you mean "region"?'),
        ("after:p:0", "count from 1"),
        ("after:p:last", "count from 1"),
        ("after:h7:x", "not a kind of target"),
        ("after:h2:", "its target is empty"),
        ("after:#", "its target is empty"),
        ("after:h2~[", "is not valid"),
        ("replace:p:1", "only a region or text"),
        ("replace:more", "only a region or text"),
    ],
)
def test_what_makes_no_sense_is_said(source: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_anchor(source)
    assert says in f"{caught.value.message} {caught.value.hint}"
    assert "before|after|replace:text:STRING" in caught.value.hint
