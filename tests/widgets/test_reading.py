"""What is left of a post when a reader strips all styles, classes and tags that it does not
know: every word, in its order.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, NavigableString

from blogkit.sanitizers.profiles import PROFILES, Profile
from tests.cases import for_each
from tests.widgets.sample_posts import SAMPLES, drawn

BLOCKS = (
    "p|li|dt|dd|td|th|caption|figcaption|summary|h[1-6]|pre|blockquote|div|section|nav|figure|ol|ul|dl|"
    "table|thead|tbody|tfoot|tr|details|hr"
)
KNOWN = {
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "ul",
}
"""What the meanest of readers show."""


def blocks_of(html: str) -> list[str]:
    """The words of each block that holds words, in reading order; decoration left out."""
    soup = BeautifulSoup(html, "html.parser")
    for icon in soup.find_all(attrs={"aria-hidden": "true"}):
        icon.extract()
    found: list[tuple[int, list[str]]] = []
    for string in soup.find_all(string=True):
        if type(string) is not NavigableString:
            continue  # comments
        holder = next(
            (parent for parent in string.parents if re.fullmatch(BLOCKS, parent.name)), soup
        )
        if found and found[-1][0] == id(holder):
            found[-1][1].append(string)
        else:
            found.append((id(holder), [string]))
    blocks = (" ".join("".join(strings).split()) for _, strings in found)
    return [block for block in blocks if block]


def stripped(html: str) -> str:
    """The HTML without attributes and without every tag that is not in KNOWN."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(True):
        tag.attrs = {
            name: value for name, value in tag.attrs.items() if name in {"href", "src", "alt"}
        }
        if tag.name not in KNOWN:
            tag.unwrap()
    return str(soup)


@for_each("profile", PROFILES.values(), ids=PROFILES)
@for_each("name", SAMPLES, quick=12)
def test_nothing_is_lost_the_order_is_kept_no_words_are_glued(name: str, profile: Profile) -> None:
    html = drawn(SAMPLES[name], profile).html
    meant = [word for block in blocks_of(html) for word in block.split()]
    icons = {
        icon.get_text()
        for icon in BeautifulSoup(html, "html.parser").find_all(attrs={"aria-hidden": "true"})
    }
    left = re.sub(r"<[^>]*>", "", stripped(html))
    text = BeautifulSoup(left, "html.parser").get_text()
    for icon in filter(None, icons):  # a marker may be nothing but a border
        text = text.replace(icon, " ")
    assert text.split() == meant


def test_words_that_are_glued_are_seen() -> None:
    html = "<div><p>one</p><p>two</p></div>"
    assert blocks_of(html) == ["one", "two"]
    assert re.sub(r"<[^>]*>", "", stripped(html)) == "onetwo"
