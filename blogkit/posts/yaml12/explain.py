"""Explain YAML errors in words for people who write posts."""

from __future__ import annotations

import re

import yaml

# libyaml's own words are about its parser: "did not find expected <document start>".
_QUOTE_IT = "put quotes around the text"


def explain_yaml_error(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str, str]:
    """Return the offset, message and hint for a syntax error of PyYAML's C reader.

    Args:
        error: What PyYAML raised.
        text: The source that it read.

    Returns:
        The offset of what is wrong, in characters; what is wrong; what to do.
    """
    here = error.problem_mark.index if error.problem_mark else 0
    opened = error.context_mark.index if error.context_mark else here
    context, problem = error.context or "", error.problem or ""
    line, column = _line_at(text, here)
    if (
        text[here : here + 1] == "\t"
        or "tab character" in problem
        or line[: len(line) - len(line.lstrip())].count("\t")
    ):
        return here, "YAML does not allow a tab here", "replace the tab with spaces"
    if "mapping values are not allowed" in problem:
        return _colon(line, column, here)
    if "single document" in context:
        return here, 'this "---" begins a second YAML document', "remove the line"
    for words, answer in _ANSWERS.items():  # in order: the more specific words come first
        if words in problem or words in context:
            at_opening, message, hint = answer
            return (
                (opened if at_opening else here),
                message.format(text[opened : opened + 1], text[here : here + 1]),
                hint,
            )
    return (
        here,
        f"invalid YAML: {' '.join(filter(None, (context, problem)))}",
        "check the quotes and the indentation",
    )


# words of libyaml → (report the line where it was opened, message, hint); {0} = the character that
# opened, {1} = the offending one
_ANSWERS = {
    "scanning a quoted scalar": (
        True,
        "the quotation mark {0} opened here is never closed",
        "close it at the end of the text",
    ),
    "unknown escape": (
        False,
        "inside double quotes, a backslash starts an escape",
        "use single quotes, or write the backslash twice",
    ),
    "scanning an alias": (True, 'a text cannot begin with "*"', _QUOTE_IT),
    "undefined alias": (False, 'a text cannot begin with "*"', _QUOTE_IT),
    "scanning an anchor": (True, 'a text cannot begin with "&"', _QUOTE_IT),
    "scanning a tag": (True, 'a text cannot begin with "!"', _QUOTE_IT),
    "parsing a tag": (True, 'a text cannot begin with "!"', _QUOTE_IT),
    "scanning a directive": (True, 'a line cannot begin with "%"', _QUOTE_IT),
    "cannot start any token": (False, 'a text cannot begin with "{1}"', _QUOTE_IT),
    "scanning a block scalar": (
        True,
        '"{0}" begins a multi-line text, so nothing may follow it on its line',
        _QUOTE_IT,
    ),
    "could not find expected ':'": (
        True,
        "this line has no colon after its key",
        'write "key: value"',
    ),
    "parsing a flow node": (
        False,
        'a "[" or "{{" is not closed',
        "close it, or put quotes around a text that begins with it",
    ),
    "parsing a flow": (
        True,
        'the "{0}" opened here is not closed properly',
        "close it, or quote a text that begins with it",
    ),
    "'-' indicator": (False, 'list items must begin with "- " in the same column', "align it"),
    "did not find expected key": (
        False,
        'this line is not "key: value"',
        "check the indentation and the quotes, here and on the line above",
    ),
}


def _line_at(text: str, index: int) -> tuple[str, int]:
    start = text.rfind("\n", 0, index) + 1
    end = text.find("\n", index)
    return text[start : end if end >= 0 else len(text)], index - start


def _colon(line: str, column: int, here: int) -> tuple[int, str, str]:
    """Explain `title: Talks: day two` and lines indented under a value."""
    first = re.match(r"\s*(?:- +)*([\w -]+): +(?=\S)", line)
    if first and first.end() <= column:
        value = line[first.end() :].strip().replace('"', "'")
        return here, 'text that contains ": " needs quotes', f'write {first[1]}: "{value}"'
    if line[:1].isspace():
        return (
            here,
            "this line is indented more than its neighbours",
            "align it with the keys around it",
        )
    return here, "the text above this line has no key", 'write "key: value"'
