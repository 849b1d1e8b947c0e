"""What a browser's parser makes of HTML: is a post after surgery the old document and the
widget?
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.e2e import node


def differences(pairs: Sequence[tuple[str, str]], region: str) -> list[str]:
    """For each (before, after): "" when `after` without this region is the document `before`,
    else the first difference.
    """
    answers: list[str] = node.ask(
        "trees.cjs", {"pairs": [(before, after, region) for before, after in pairs]}
    )
    return answers


def spans(sources: Sequence[str]) -> list[list[tuple[str, int, int, int, bool]]]:
    """For each source the elements that it holds: name, start, end of the start tag, end, has an
    end tag.
    """
    answers = node.ask("trees.cjs", {"spans": list(sources)})
    found = []
    for source, elements in zip(sources, answers, strict=True):
        at = _offsets(source)
        found.append(
            [
                (str(name), at[start], at[inner], at[end], bool(closed))
                for name, start, inner, end, closed in elements
            ]
        )
    return found


def _offsets(source: str) -> list[int]:
    """JavaScript counts some characters twice: the offset for each of its own."""
    offsets = [
        index for index, character in enumerate(source) for _ in range(1 + (character > "\uffff"))
    ]
    return [*offsets, len(source)]
