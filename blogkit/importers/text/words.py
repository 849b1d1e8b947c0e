"""List the words that readers get of a text."""

from __future__ import annotations

import re

from blogkit.importers.html.words import words_of

_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
PLAIN_EMPHASIS = re.compile(
    r"(?:(?<=[\s(])|^)(?P<mark>[*_])(?P<inner>[^\s*_](?:[^*_\n]*[^\s*_])?)(?P=mark)(?=$|[\s.,;:!?)।])"
)
"""Words that messengers show bold or italic: *so* and _so_."""
_MARKS = re.compile(r"(?m)^[ \t]*(?:[-+#>=|•◦▪‣●○■·►▶➤\ufe0f]|\|?[ \t]*:?-+:?[ \t]*(?=\||$))*")


def shown_words(text: str, *, plain: bool) -> list[str]:
    """Return the words that readers get of a text, without the marks of Markdown.

    Args:
        text: LineNumbers of the text.
        plain: Whether it is plain text.
    """
    if not plain:
        text = re.sub(r"<[^<>\n]*>", " ", _LINK.sub(r"\1", text))
        text = re.sub(r"\\([^\w\s])", r"\1", text)
        text = re.sub(r"[*_`~]+", "", text)
    else:
        text = PLAIN_EMPHASIS.sub(lambda found: found["inner"], text)
    text = _MARKS.sub(" ", text)
    return [
        word for word in words_of(text.replace("|", " ").replace("\t", " ")) if word.strip("-:|#>*")
    ]
