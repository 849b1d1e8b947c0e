"""What an import must keep: every word of the page, in its order, in the post as it is rendered
or in what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from blogkit.importers.html.words import read_words, words_of
from blogkit.importers.report import Imported
from blogkit.importers.text.words import shown_words
from blogkit.lint.mojibake import repair
from blogkit.posts.loader import load_post
from blogkit.posts.post import Post
from blogkit.render import renderer
from blogkit.sanitizers.profiles import STRICT
from tests.render.drawing import ICONS, OURS

_FENCED = re.compile(r"(?ms)^```.*?^```$")
_HINT = re.compile(r'<p aria-hidden="true"[^>]*>.*?</p>')
"""What a widget tells readers about itself, such as "swipe →" below a wide table."""
_MARKDOWN = "#*_>`~|-. \t"


def post_of(imported: Imported) -> Post:
    """The post as blogkit loads it. Raises `ContentError` when it would not."""
    path = Path(f"posts/imported.{imported.format}")
    return load_post(path, root=Path(), zone=ZoneInfo("Asia/Kolkata"), text=imported.text.encode())


def rendered(imported: Imported) -> str:
    """The post's HTML."""
    return renderer.render_post(
        post_of(imported),
        registry=OURS,
        profile=STRICT,
        quiz_url="https://quiz.example/",
        root=Path(),
        theme=ICONS,
    ).html


def missing(imported: Imported) -> list[str]:
    """The words of the page that are lost: neither left out nor, in their place, in the post."""
    wanted = _wanted(imported)
    there = iter(_words(rendered(imported).replace("|", " ")))
    return [word for word in wanted if word not in there]


def added(imported: Imported) -> list[str]:
    """The words of the post that the page did not have."""
    wanted = iter([*_words(without_inner_drops(imported)), None])
    extra, at = [], next(wanted)
    for word in _words(_HINT.sub("", rendered(imported))):
        if word == at:
            at = next(wanted)
        else:
            extra.append(word)
    return extra


def without_inner_drops(imported: Imported) -> str:
    """The page without what was left out and what a widget writes itself."""
    out, at = [], 0
    for start, end in sorted([*imported.left_out, *imported.own]):
        if start >= at:
            out += [imported.source[at:start], " "]
            at = end
    return "".join([*out, imported.source[at:]])


def _wanted(imported: Imported) -> list[str]:
    """The words of a page that its post has to show."""
    source = without_inner_drops(imported)
    if imported.source_kind == "html":
        return _words(source.replace("|", " "))
    for fence in _FENCED.findall(source):  # code and calls are verbatim
        assert fence.strip() in imported.text
    plain = imported.source_kind == "text"
    words = shown_words(_FENCED.sub("\n", source), plain=plain)
    return _bare(words)


def _words(html: str) -> list[str]:
    words = words_of(repair(" ".join(read_words(html, numbers=True).words)))
    return _bare(words)


def _bare(words: Iterable[str]) -> list[str]:
    # what a page counts as "1." a widget may count as "Q1"
    return [re.sub(r"\AQ(?=\d+\Z)", "", bare) for word in words if (bare := word.strip(_MARKDOWN))]
