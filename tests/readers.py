"""What our readers of HTML make of random texts, as one digest each: the same on every Python.

`python -m tests.readers` prints the digests. It needs the standard library alone, so that any
interpreter can run it.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Callable, Iterator

from blogkit.edits.blank_lines import blank_runs
from blogkit.edits.blocks import read_blocks
from blogkit.html import attributes, tokenize
from blogkit.html.blocks import delimiters
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import STRICT
from blogkit.widget_tools.neutral import violations

TEXTS = 2000
MARKUP = [
    *("<!--", "-->", "--!>", "--", "-", "<!", "<![CDATA[", "]]>", "]", "<!doctype x>"),
    *(
        "<!-- wp:a",
        "<!-- /wp:a ",
        "<!--\n/wp:b/c\t",
        " /-->",
        "/",
        '{"a":1}',
        '{"b":{"c":"<i>"}}',
        "{",
        "}",
        "}} ",
        "{}",
    ),
    *(
        "<a",
        "<p>",
        "</p>",
        "</a ",
        "<br/>",
        "<pre>",
        "</pre>",
        "<script>",
        "</script ",
        "<svg>",
        "<style>",
        "< ",
        "<",
        ">",
    ),
    *(" b", "=", ' c="', ' d="e"', " f='g>'", "'", '"', " h=i/", "é"),
    *(
        "[caption",
        "[/gallery]",
        "[",
        " k=<b>",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "\f",
        "\u2028",
        "word",
        "0",
        "&amp;",
        "...",
    ),
]
READERS: dict[str, Callable[[str], object]] = {
    "edits.blocks": read_blocks,
    "edits.blank_lines": lambda text: list(blank_runs(text, 1, len(text) - 1)),
    "html.blocks": lambda text: list(delimiters(text)),
    "sanitizers.judge": lambda text: judge(text, STRICT),
    "widget_tools.neutral": violations,
    "html.tokenizer": lambda text: [
        (token, list(attributes(text, token))) for token in tokenize(text)
    ],
}


def texts() -> Iterator[str]:
    """Yield the same texts every time; `choices` draws alike on every Python."""
    source = random.Random("readers")
    for number in range(TEXTS):
        yield "".join(source.choices(MARKUP, k=1 + number % 40))


def digests() -> dict[str, str]:
    """Return a digest of each reader's results over all the texts."""
    sums = {name: hashlib.sha256() for name in READERS}
    for text in texts():
        for name, reader in READERS.items():
            sums[name].update(repr(reader(text)).encode())
    return {name: made.hexdigest()[:16] for name, made in sums.items()}


if __name__ == "__main__":
    for name, digest in digests().items():
        sys.stdout.write(f"{name} {digest}\n")
