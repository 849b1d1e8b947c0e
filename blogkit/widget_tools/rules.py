"""The rules that the output of every widget keeps: each a function that yields violations.

The tests check the built-in widgets against them, `blogkit widget check` a folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import Tag

from blogkit.html import declarations
from blogkit.render.document import Document
from blogkit.render.encode import escape_stable
from blogkit.render.looks.pairs import LOWEST, LOWEST_SHAPE, MODES, contrast_on, ground_of
from blogkit.render.widgets.class_names import is_cut
from blogkit.sanitizers import facts
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import STRICT
from blogkit.sanitizers.styles import judge_style
from blogkit.widget_tools.neutral import violations

Rule = Callable[[str], Iterator[str]]
"""Finished HTML → a sentence for each thing that is wrong with it."""

_AUTHORS = tuple(replace(STRICT, wordpress=version) for version in facts.VERSIONS)
"""Authors on the versions of WordPress whose filters differ."""

_ACTIVE = frozenset(
    {
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "button",
        "svg",
        "link",
        "meta",
        "base",
    }
)
_ADDRESSES = ("href", "src", "action", "formaction", "cite", "poster")
_RUNS = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_INLINE = ("a", "strong", "em", "small", "span", "time", "code", "del", "sup")
_ID = re.compile(r"bk-[0-9a-f]{4}-\d+(?:-.+)?")


# A dozen rules read the same HTML.
@lru_cache(maxsize=16)
def _soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def _tags(html: str) -> list[Tag]:
    return _soup(html).find_all(True)


def _styles(html: str) -> Iterator[str]:
    return (str(tag["style"]) for tag in _tags(html) if tag.has_attr("style"))


def _short(text: object) -> str:
    words = " ".join(str(text).split())
    return words if len(words) <= 100 else words[:99] + "…"


def runs_nothing(html: str) -> Iterator[str]:
    """Yield scripts. A widget needs none and must not let any in."""
    for tag in _tags(html):
        if tag.name in _ACTIVE:
            yield f"<{tag.name}> is not allowed in a widget: sites remove it, or it is interactive"
        yield from (
            f"the attribute {name} of <{tag.name}> is a script"
            for name in tag.attrs
            if name.startswith("on")
        )
        for name in _ADDRESSES:
            # Browsers ignore white space and control characters in a scheme: "java\nscript:" runs
            # (https://url.spec.whatwg.org/#url-parsing).
            target = re.sub(r"[\s\x00-\x20]", "", str(tag.get(name, "")))
            if _RUNS.match(target):
                yield f'{name}="{_short(target)}" of <{tag.name}> is not an address'


def no_filter_changes_it(html: str) -> Iterator[str]:
    """Yield what WordPress may change when it shows a post: line breaks, bare text, spacing."""
    yield from violations(html)


def styles_survive(html: str) -> Iterator[str]:
    """Yield declarations that filters rewrite or remove.

    See https://developer.wordpress.org/reference/functions/safecss_filter_attr/
    """
    for style in _styles(html):
        lost = [each for each in judge_style(style, facts.VERSIONS[0]) if each.reason]
        yield from (f'"{_short(each.text)}" in a style: {each.reason}' for each in lost)
        if not lost and re.search(r"[\"'\\]|&|;\s|\s;|\s:|;\Z|/\*", style):
            yield f'style="{_short(style)}" is not in canonical form'
        if "display" in style:
            yield f'style="{_short(style)}": WordPress before 7.0 removes display'
        outside = re.sub(r"var\([^()]*(?:\([^()]*\)[^()]*)*\)", "", style)
        if found := re.search(r"\b(?:rgba?|hsla?|color-mix|light-dark)\(", outside):
            yield f'style="{_short(style)}": {found[0]}…) is removed by sites; use #hex colours'
        for colour in re.findall(r"#[0-9A-Fa-f]+", style):
            if not re.fullmatch(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", colour):
                yield f'"{colour}" is not a lower-case hex colour'


def text_can_be_read(html: str) -> Iterator[str]:
    """Yield text whose contrast is too low on light or dark pages, on a background or without."""
    styled = [tag for tag in _tags(html) if tag.get("style")]
    # By identity: Beautiful Soup compares and hashes a tag by its whole text.
    found = {id(tag): dict(declarations(str(tag["style"]))) for tag in styled}
    local = {
        name: value
        for declared in found.values()
        for name, value in declared.items()
        if name.startswith("--")
    }
    told = set()
    for text in _soup(html).find_all(string=True):
        above = [tag for tag in text.parents if id(tag) in found]
        if not text.strip() or not above:
            continue
        declared = [found[id(tag)] for tag in above]
        words = _resolved(next((one["color"] for one in declared if "color" in one), ""), local)
        layers = [_resolved(ground_of(one), local) for one in reversed(declared)]
        hidden = any(tag.get("aria-hidden") for tag in text.parents)
        told.add((words, tuple(filter(None, layers)), LOWEST_SHAPE if hidden else LOWEST))
    for words, grounds, lowest in sorted(told):
        for mode in MODES if words or grounds else ():
            ratio = contrast_on(words, grounds, mode)
            named = f"color:{words or 'inherit'} on {' on '.join(reversed(grounds)) or 'the page'}"
            if ratio is None:
                yield f"the contrast of {named} is not known; use #hex colours"
                break
            if ratio < lowest:
                yield f"{named} has a contrast of {ratio:.1f} in {mode} themes, below {lowest}"


def _resolved(value: str, local: Mapping[str, str]) -> str:
    """Return a value with the variables that the widget declares itself."""
    return re.sub(r"var\((--\w)\)", lambda match: local.get(match[1], match[0]), value)


def classes_live(html: str) -> Iterator[str]:
    """Yield class names without our prefix, or that reader modes and ad blockers remove."""
    for tag in _tags(html):
        for name in tag.get("class") or []:
            if not name.startswith(("bk-", "language-")):
                yield f'the class "{name}" does not start with bk-'
            elif is_cut(name):
                yield f'the class "{name}" is removed by reader modes or ad blockers'


def icons_are_decoration(html: str) -> Iterator[str]:
    """Yield icons that are read aloud or have no words beside them."""
    for tag in _soup(html).find_all("span"):
        if "dir" in tag.attrs:  # a name that the renderer isolates
            continue
        if tag.get("aria-hidden") == "true":
            if not (set(tag.attrs) <= {"aria-hidden", "style", "class"}):
                yield f"{_short(tag)}: a decoration has no attributes but a style"
            if tag.parent is not None and tag.parent.get_text().strip() == tag.get_text().strip():
                yield f'the icon "{_short(tag.get_text())}" has no words beside it'
        elif not re.search(r"[^\W_]|[%‰°₹$€£“”]", tag.get_text()):
            yield f"{_short(tag)}: an icon is hidden from screen readers: {{{{ field | icon }}}}"


def ids_are_made(html: str) -> Iterator[str]:
    """Yield ids that other posts on the same page may have."""
    ids = [str(tag["id"]) for tag in _tags(html) if tag.has_attr("id")]
    yield from (f'the id "{name}" was not made by uid()' for name in ids if not _ID.fullmatch(name))


EVERYWHERE: tuple[Rule, ...] = (
    runs_nothing,
    no_filter_changes_it,
    styles_survive,
    text_can_be_read,
    classes_live,
    icons_are_decoration,
    ids_are_made,
)
"""The rules of every profile's output."""


def wordpress_keeps_it(html: str) -> Iterator[str]:
    """Yield output that WordPress's filters would change, or that is not encoded for them."""
    for author in _AUTHORS:
        version = ".".join(map(str, author.wordpress))
        yield from (
            f"WordPress {version} would not keep it: {loss.what}: {loss.reason}"
            for loss in judge(html, author).losses
        )
    if escape_stable(html) != html:
        yield "its text is not encoded as sites store it"


def no_words_are_glued(html: str) -> Iterator[str]:
    """Yield words that run together when all tags are dropped."""
    stripped = re.sub(r"<[^>]*>", "", html)
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(_INLINE):
        # Tags within a line, such as `<strong>`, separate no words for readers either; those of
        # blocks and cells do.
        tag.unwrap()
    soup = BeautifulSoup(str(soup), "html.parser")  # joins what unwrapping left in pieces
    words = " ".join(soup.get_text("\0").split("\0")).split()
    seen = BeautifulSoup(stripped, "html.parser").get_text().split()
    if words != seen:
        glued = next((there for here, there in zip(words, seen, strict=False) if here != there), "")
        yield f'words run together when tags are stripped: "{_short(glued)}"'


def ids_are_met(html: str) -> Iterator[str]:
    """Yield duplicate ids and references without a target; `html` has the widget twice."""
    ids = [str(tag["id"]) for tag in _tags(html) if tag.has_attr("id")]
    yield from (
        f'the id "{name}" appears twice: make it with uid()'
        for name in sorted({name for name in ids if ids.count(name) > 1})
    )
    for tag in _tags(html):
        target = str(tag.get("href", ""))
        if target.startswith("#") and unquote(target[1:]) not in ids:
            yield f'the link to "{target}" has no target'
        if (described := tag.get("aria-describedby")) and described not in ids:
            yield f'aria-describedby="{described}" has no target'


_SIDES = ("left", "right")


def sides_follow_the_writing(left: str, right: str) -> Iterator[str]:
    """Yield what is wrong between a left-to-right and a right-to-left post.

    Args:
        left: The widget in an English post.
        right: The widget in an Arabic post.
    """
    if "border-right" in left or "border-left" in right:
        yield (
            "a border is on the wrong side: use border-inline-start, which follows the writing"
            " direction"
        )
    for name in ("margin", "padding"):
        if [f"{name}-{side}:" in left for side in _SIDES] != [
            f"{name}-{side}:" in right for side in reversed(_SIDES)
        ]:
            yield (
                f"a {name} is on the wrong side in one writing direction: write it in style.css,"
                " which is mirrored"
            )
    if 'dir="rtl"' not in right:
        yield (
            "the outermost element does not use style(), which sets the direction in right-to-left"
            " posts"
        )
    if 'dir="' in left:
        yield "a direction is set where none is needed"


def profiles_agree(forms: Mapping[str, str]) -> Iterator[str]:
    """Yield profiles whose text or structure differs, apart from styles, classes and folding."""
    plain = {name: _bare(html) for name, html in forms.items()}
    first = next(iter(plain), "")
    yield from (
        f"{name} and {first} differ in words or structure"
        for name in plain
        if plain[name] != plain[first]
    )


def _bare(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all("p", attrs={"aria-hidden": "true"}):  # a hint about the form
        tag.decompose()
    for tag in soup.find_all(["time", "details"]):
        tag.unwrap()
    for tag in soup.find_all("summary"):
        tag.name = "p"
    for tag in soup.find_all("span"):
        if not tag.has_attr("aria-hidden"):
            tag.unwrap()
    for tag in soup.find_all(True):
        for name in ("style", "class", "dir"):
            tag.attrs.pop(name, None)
    # Chips have frames and stay on one line; where no styles are, dots divide them.
    plain = str(soup).replace("\xa0", " ").replace(" · ", " ")
    return re.sub(r"\s+", " ", plain)


def sheet_is_safe(document: Document, *, wanted: bool) -> Iterator[str]:
    """Yield what is wrong with a style sheet.

    Args:
        document: The rendered widget.
        wanted: Whether the profile keeps style sheets.
    """
    if document.sheet and not wanted:
        yield "the widget has a style sheet in a profile that removes style sheets"
    if "<" in document.sheet or not document.sheet.isascii():
        yield "the style sheet contains < or a non-ASCII character"


def broken(rules: Iterable[Rule], html: str) -> list[tuple[str, str]]:
    """Return the violations of these rules.

    Args:
        rules: Which to check.
        html: Finished HTML.

    Returns:
        For each, the rule's name as a problem's code, and the message.
    """
    return [
        (rule.__name__.replace("_", "-"), sentence) for rule in rules for sentence in rule(html)
    ]
