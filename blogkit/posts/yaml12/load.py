"""Read YAML by the 1.2 core rules, with the file's line for every value and every problem.

`no`, `on`, `07:30`, `1_000` and `2022-02` stay text, a key that is written twice is an error, and
keys are always text. The rules: https://yaml.org/spec/1.2.2/#103-core-schema
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Any

import yaml

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.html import LineIndex
from blogkit.posts.yaml12.explain import explain_yaml_error
from blogkit.posts.yaml12.scalars import TAG, TEXT_TAG, CoreLoader, read_float, read_int

_LIMIT = 100_000
"""Nodes of a document, with aliases written out: ten lines of them can stand for a billion."""
_DEPTH = 100
"""Levels of nesting; Python's own recursion limit is 1,000."""
_STR = f"{TAG}str"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COMPACT_NESTING = re.compile(rf"(?:[-?:][ \t]+){{{_DEPTH}}}")


@dataclass(frozen=True)
class Yaml:
    """A parsed piece of YAML.

    Attributes:
        value: A plain dict (keys are text), list, str, int, float, bool or None. A number whose
            text differs from its value is an `IntAsWritten` or `FloatAsWritten`, which behave as
            the number.
    """

    value: Any
    _source: str
    _first: int
    _root: yaml.Node | None

    def line(self, *trail: str | int) -> int:
        """Return the file's line of the key or list item at a trail.

        What is not there has the line of its nearest parent that is.

        Args:
            *trail: The way to it, such as `"items", 0, "label"`; empty for the whole.
        """
        index, node = self._find(trail)
        return self._first + self._lines.before(index) if node is not None else self._first

    def text(self, *trail: str | int) -> str | None:
        """Return the source text of the scalar at a trail, or None if no scalar is there.

        Args:
            *trail: The way to it, such as `"items", 0, "label"`.
        """
        _, node = self._find(trail, exact=True)
        return str(node.value) if isinstance(node, yaml.ScalarNode) else None

    def text_line(self, *trail: str | int) -> int:
        """Return the file's line where the scalar at a trail begins; 0 if no scalar is there.

        After `|` and `>` that is the next line.

        Args:
            *trail: The way to it, such as `"items", 0, "label"`.
        """
        _, node = self._find(trail, exact=True)
        if not isinstance(node, yaml.ScalarNode):
            return 0
        return self._first + self._lines.before(node.start_mark.index) + (node.style in {"|", ">"})

    def _find(
        self, trail: tuple[str | int, ...], *, exact: bool = False
    ) -> tuple[int, yaml.Node | None]:
        """Return the offset and node that a trail leads to, or as far as it leads."""
        node, index = self._root, self._root.start_mark.index if self._root else 0
        for step in trail:
            if isinstance(node, yaml.MappingNode):
                found = self._keys_of(node).get(str(step))
            elif (
                isinstance(node, yaml.SequenceNode)
                and isinstance(step, int)
                and 0 <= step < len(node.value)
            ):
                found = (node.value[step].start_mark.index, node.value[step])
            else:
                found = None
            if found is None:
                return index, None if exact else node
            index, node = found
        return index, node

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self._source)

    @cached_property
    def _known(self) -> dict[int, dict[str, tuple[int, yaml.Node]]]:
        return {}

    def _keys_of(self, node: yaml.MappingNode) -> dict[str, tuple[int, yaml.Node]]:
        """Return the offset and value of each key; of a key that is there twice, the first."""
        if id(node) not in self._known:
            self._known[id(node)] = {
                key.value: (key.start_mark.index, item)
                for key, item in reversed(node.value)
                if isinstance(key, yaml.ScalarNode)
            }
        return self._known[id(node)]


def load_yaml(text: str, *, path: str, line: int, code: str = "yaml") -> Yaml:
    """Return one YAML document.

    Args:
        text: The source.
        path: The file's name for messages.
        line: The file's line of the first line of `text`.
        code: The code of the problem if the syntax is broken.

    Raises:
        ContentError: The syntax is broken, keys appear twice, or it uses tags or is nested too
            deep.
    """
    root = _compose(text, path, line, code)
    builder = _Builder(text, path=path, line=line)
    value = builder.build(root) if root is not None else None
    if builder.problems:
        raise ContentError(builder.problems)
    return Yaml(value, text, line, root)


@lru_cache(maxsize=128)
def _compose(text: str, path: str, line: int, code: str) -> yaml.Node | None:
    """Return the document's root node. A post's calls are read to render and to check them."""
    unreadable = _FORBIDDEN.search(text)
    if unreadable:
        words = f"the character U+{ord(unreadable[0]):04X} is not allowed in YAML"
        raise ContentError(
            [_problem(text, unreadable.start(), path, line, words, "delete it", code)]
        )
    # most texts pass these quick tests
    marks = text.count("-") + text.count("?") + text.count(":")
    if text.count("[") + text.count("{") > _DEPTH or (
        marks >= _DEPTH and _COMPACT_NESTING.search(text)
    ):
        _refuse_depth(text, path=path, line=line, code=code)
    loader = CoreLoader(text)
    try:
        root: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        index, words, hint = explain_yaml_error(error, text)
        raise ContentError([_problem(text, index, path, line, words, hint, code)]) from error
    except yaml.YAMLError as error:
        raise ContentError([Problem(path, line, f"invalid YAML: {error}", code=code)]) from error
    finally:
        loader.dispose()
    return root


def _refuse_depth(text: str, *, path: str, line: int, code: str) -> None:
    """Raise `ContentError` for deep nesting: PyYAML's C reader recurses until it crashes."""
    depth = 0
    for match in re.finditer(r"[\[{\]}]", text):
        depth += 1 if match[0] in "[{" else -1
        if depth > _DEPTH:
            break
    compact = _COMPACT_NESTING.search(text)
    if depth > _DEPTH or compact:
        index = compact.start() if compact else match.start()
        raise ContentError(
            [
                _problem(
                    text,
                    index,
                    path,
                    line,
                    f"nested more than {_DEPTH} levels deep",
                    "close the brackets that are open",
                    code,
                )
            ]
        )


def _problem(
    text: str, index: int, path: str, line: int, words: str, hint: str, code: str
) -> Problem:
    return Problem(
        path,
        line + text.count("\n", 0, min(index, max(len(text.rstrip()) - 1, 0))),
        words,
        hint,
        code,
    )


class _Builder:
    """Turns nodes into plain values and collects all problems."""

    def __init__(self, text: str, *, path: str, line: int) -> None:
        self.text, self.path, self.line = text, path, line
        self.problems: list[Problem] = []
        self._lines = LineIndex(text)
        self._left = _LIMIT

    def build(self, node: yaml.Node, depth: int = 0) -> Any:
        self._left -= 1
        if self._left < 0 or depth > _DEPTH:
            if not any(problem.code == "yaml-too-large" for problem in self.problems):
                self._add(
                    node,
                    "an alias contains itself, or the YAML is too large",
                    "write the value out, or use a data file",
                    "yaml-too-large",
                )
            return None
        if isinstance(node, yaml.ScalarNode):
            # most are text
            return node.value if node.tag == _STR else self._scalar(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        self._expect(node, "seq")
        return [self.build(item, depth + 1) for item in node.value]

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        self._expect(node, "map")
        value: dict[str, Any] = {}
        # keys are taken as they are written: `no:` and `2026:` are text
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._add(
                    key,
                    "a key must be one word",
                    'put quotes around a text that begins with "{" or "["',
                    "yaml",
                )
                continue
            if key.value in value:
                first = next(other for other, _ in node.value if other.value == key.value)
                words = f'the key "{key.value}" appears twice (first on line {self._line(first)})'
                self._add(key, words, "remove one of the two", "duplicate-key")
            value[key.value] = self.build(item, depth + 1)
        return value

    def _scalar(self, node: yaml.Node) -> Any:
        text: str = node.value
        # `! 12` is text, too: https://yaml.org/spec/1.2.2/#691-node-tags
        if node.tag in (TEXT_TAG, "!"):
            return text
        kind = node.tag.removeprefix(TAG)
        try:
            match kind:
                case "null":
                    return None
                case "bool":
                    return {"true": True, "false": False}[text.lower()]
                case "int":
                    return read_int(text)
                case "float":
                    return read_float(text)
        except (ValueError, KeyError):
            self._add(node, f'"{text[:40]}" is not a valid {kind}', "put quotes around it", "yaml")
            return None
        self._expect(node, "str")
        return text

    def _expect(self, node: yaml.Node, kind: str) -> None:
        if node.tag != TAG + kind:
            tag = "!!" + node.tag.removeprefix(TAG) if node.tag.startswith(TAG) else node.tag
            self._add(
                node,
                f'"{tag}" is a YAML tag, which posts do not support',
                'put quotes around a text that begins with "!"',
                "yaml",
            )

    def _add(self, node: yaml.Node, words: str, hint: str, code: str) -> None:
        self.problems.append(Problem(self.path, self._line(node), words, hint, code))

    def _line(self, node: yaml.Node) -> int:
        return self.line + self._lines.before(node.start_mark.index)
