"""Posts made to break a parser: every kind of syntax, half of it wrong, between ordinary words.

Plain `random` with a seed: the same number always makes the same post.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

from blogkit.widget_tools.fuzz_strings import HOSTILE_WORDS as HOSTILE
from blogkit.widget_tools.fuzz_strings import literally
from tests.render.drawing import call
from tests.sanitizers.grammar import Writer
from tests.widgets.samples import NAMES, TEXTS, below, known, written

PLAIN = (
    *(
        "the",
        "court",
        "said",
        "that",
        "water,",
        "rural",
        "&",
        "coastal",
        "growth",
        "is",
        "on",
        "12",
        "May",
        "2024;",
        "it's",
        "“good”",
    ),
    *("हिन्दी", "café", "naïve", "x", "8"),
)
INLINE = (
    *(
        "*em*",
        "**strong**",
        "***both***",
        "**half",
        "~~gone~~",
        "`code <b>`",
        "``a ` b``",
        "\\*",
        "\\",
        "&amp;",
        "&copy;",
        "&#39;",
        "&#x41;",
    ),
    *(
        "[a](https://e.com/?a=1&b=2)",
        '[b](b.md "t")',
        "[c]()",
        "[d](javascript:alert(1))",
        "<https://e.com/é>",
        "<x@y.org>",
        "[^1]",
        "^",
    ),
    *(
        "![p](https://e.com/p.png)",
        "![](https://e.com/q.png 'x')",
        "[![r](https://e.com/r.png)](https://e.com)",
        "![a ![b](c)](https://d.e)",
    ),
    *(
        "<b>bold</b>",
        "<br>",
        "<i title='a>b'>",
        "<!-- c -->",
        "<",
        ">",
        "<a href=x",
        "a<b>c",
        '"',
        "'",
        "--",
        "...",
        "10x20",
        ":)",
        "8-)",
    ),
    *(
        "(tm)",
        "Wordpress",
        "[gallery]",
        "[[x]]",
        "^top",
        "H~2~O",
        "x^2^",
        "$a$",
        "YOUR_NAME_HERE",
        "[INSERT NAME]",
        "YOUR_MOCK_TEST_LINK_HERE",
    ),
    *(
        "cafÃ©",
        "πŸ‡ΊπŸ‡Έ",
        "Certainly! Here is your post",
        "feel free to modiſy this code",
        "as an AI language model",
        "last week",
    ),
    *(
        "It was announced yesterday.",
        "on Sunday",
        "\xa0",
        "\u2028",
        "\u202e",
        "\ufeff",
        "👩‍👩‍👧",
        "{{ quiz_url }}",
        "{{ 7 * 7 }}",
        "{% raw %}",
    ),
    *(
        "Ads Area",
        "According to a recent survey, 3 in 4 do.",
        "20% more",
        "₹76,000 crore",
        "\t",
        "  ",
        "\\\n",
        "  \n",
        "\n",
        "{#id}",
    ),
)
BLOCKS = (
    *(
        "---",
        "***",
        "Title\n===",
        "Title {#here}\n---",
        "# One #",
        "## Two `x` {#two}",
        "###### Six ##",
        "####### seven",
        "##",
        "#",
    ),
    *(
        "| a | b |\n|:-|-:|\n| *x* | `y` |\n| only |",
        "| a |\n|--|",
        "- [ ] todo\n- [x] done",
        "1. a\n\n   b\n2. c",
        "7) a\n   > b",
        "* a\n  * b\n    * c",
    ),
    *(
        "> quote\n> > deeper\n\n> - a",
        "    code <x>\n    more",
        "```py\na < b & c\n```",
        "~~~\n~~~",
        "```html\n<p>\n```",
        "[r]: https://e.com 't'",
        "[^1]: A note.",
    ),
    *(
        "<div>\n*a*\n</div>",
        "<pre>\n a\n\n b</pre>",
        "<script>\nif (a < b) {}\n</script>",
        "<!-- a\n\nb -->",
        "<details>\n\n*x*\n\n</details>",
        "<p>\nopen",
    ),
    *(
        "![Alone](https://e.com/a.png)",
        "<img src='https://e.com/b.png'>",
        "Term\n: not a list",
        "a  \nb\\\nc",
        "&nbsp;",
        "<style>p{}</style>",
    ),
)


class Author:
    """Writes posts; two authors with the same seed write the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._pick = self._random.choice

    def post(self) -> str:
        """A whole file. Most can be rendered."""
        kinds: tuple[Callable[[], str], ...] = (
            self._words,
            self._words,
            self._block,
            self._widget,
            self._heading,
            self._list,
            self._html,
        )
        blocks = [self._pick(kinds)() for _ in range(self._random.randint(2, 9))]
        body = "\n\n".join(blocks).replace(
            "src=x", "src=https://e.com/x"
        )  # a file of this name would have to be there
        note = "\n\n[^1]: A *note*." if "[^1]" in body and "[^1]:" not in body else ""
        title = json.dumps(" ".join(self._pick(PLAIN) for _ in range(5)), ensure_ascii=False)
        return f"---\ntitle: {_yaml(title)}\n---\n{body}{note}\n"

    def line(self) -> str:
        """Words and syntax on one line."""
        odd = (*INLINE, *HOSTILE)
        found = (
            self._pick(odd if self._random.random() < 0.3 else PLAIN)
            for _ in range(self._random.randint(1, 14))
        )
        return self._pick((" ", " ", " ", "")).join(found)

    def _words(self) -> str:
        return "\n".join(self.line() for _ in range(self._random.randint(1, 3)))

    def _block(self) -> str:
        return self._pick(BLOCKS)

    def _heading(self) -> str:
        return f"{'#' * self._random.randint(1, 6)} {self.line()}"

    def _list(self) -> str:
        mark = self._pick(("-", "*", "1.", "2)", ">"))
        return "\n".join(
            f"{self._pick(('', '', '  '))}{mark} {self.line()}"
            for _ in range(self._random.randint(1, 4))
        )

    def _html(self) -> str:
        return (
            Writer(self._random.getrandbits(32))
            .html(wild=self._random.random() < 0.2)
            .replace("\n", " ")
        )

    def _widget(self) -> str:
        name = self._pick(NAMES)
        if self._random.random() < 0.3:
            return call(name, self._pick(known(name).SHAPES)) + below(name)
        words = self._pick((self._pick(PLAIN), self._pick(HOSTILE), self.line()))
        words = words if self._random.random() < 0.2 else literally(words)
        fields = _put(TEXTS[name], words.strip() or "a")
        return call(name, written(name, _yaml(json.dumps(fields, ensure_ascii=False)))) + below(
            name
        )


def _put(value: Any, words: str) -> Any:
    if isinstance(value, dict):
        return {key: _put(item, words) for key, item in value.items()}
    return (
        [_put(item, words) for item in value]
        if isinstance(value, list)
        else words
        if value == "W"
        else value
    )


def _yaml(text: str) -> str:
    """JSON with what YAML does not read as it is written as escapes."""
    return re.sub(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]",
        lambda match: f"\\u{ord(match[0]):04x}",
        text,
    )
