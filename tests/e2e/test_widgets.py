"""Item by item: what a widget renders to is what WordPress stores for an author, and what its
reader's browser gets.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag

from blogkit.platforms.wordpress.post_body import compose_wordpress
from blogkit.render.looks.presets import preset_names
from blogkit.render.looks.theme import theme_from_settings
from blogkit.sanitizers.profiles import STRICT
from tests.e2e import sample
from tests.e2e.survey import every_widget
from tests.e2e.wordpress import playground
from tests.e2e.wordpress.site import Site
from tests.e2e.wordpress.versions import SEEN

pytestmark = pytest.mark.filters

ADDED_BY_CORE = {"loading", "decoding", "fetchpriority"}
"""What WordPress adds to images when it shows a post."""


@pytest.mark.parametrize("make", [sample.example, sample.hostile])
@pytest.mark.parametrize("widget", sample.WIDGETS)
def test_an_authors_widget_is_stored_and_shown_as_it_was_sent(
    wordpress: Site, widget: str, make: sample.Make, tmp_path: Path
) -> None:
    body = compose_wordpress(make(widget, tmp_path))
    post = publish(wordpress, "author", body)
    assert post["content"]["raw"] == body
    meant = nodes(BeautifulSoup(body, "html.parser"))
    assert nodes(BeautifulSoup(post["content"]["rendered"], "html.parser")) == meant
    page = content_of(wordpress.page(post["link"]))
    assert nodes(page) == meant
    if make is sample.hostile:
        seen = " ".join(page.get_text(" ").split())
        assert [text for text in sample.HOSTILE if text not in seen] == []


@pytest.mark.parametrize("preset", preset_names())
def test_an_authors_post_is_stored_and_shown_as_it_was_sent_in_every_preset(
    wordpress: Site, preset: str
) -> None:
    theme = theme_from_settings({"preset": preset})
    for language in ("en", "hi", "ur"):  # by scripts: their type and directions differ
        body = compose_wordpress(every_widget(STRICT, theme=theme, language=language))
        post = publish(wordpress, "author", body)
        assert post["content"]["raw"] == body
        # WordPress 7 gives the paragraphs between widgets a class of its own.
        meant, shown = BeautifulSoup(body, "html.parser"), content_of(wordpress.page(post["link"]))
        widgets = "[class^=bk-]:not([class^=bk-] *)"
        assert list(map(nodes, shown.select(widgets))) == list(map(nodes, meant.select(widgets)))


@pytest.mark.parametrize("wordpress", playground.ZIPS, indirect=True)
def test_a_post_with_every_widget_on_the_versions_between_debians(wordpress: Site) -> None:
    assert wordpress.version in SEEN[wordpress.label]
    body = compose_wordpress(every_widget(STRICT))
    post = publish(wordpress, "author", body)
    assert post["content"]["raw"] == body
    meant = nodes(BeautifulSoup(body, "html.parser"))
    assert nodes(content_of(wordpress.page(post["link"]))) == meant


def publish(site: Site, user: str, body: str) -> Any:
    answer = site.rest(
        user,
        "POST",
        "wp/v2/posts",
        json={"title": "A widget", "content": body, "status": "publish"},
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def content_of(page: str) -> Tag:
    """The post in a page of the site's theme."""
    found = BeautifulSoup(page, "html.parser").select_one(".entry-content")
    assert found, "the theme shows no content"
    return found


def nodes(whole: Tag) -> list[object]:
    """A document as a browser has it: elements, all attributes, exact text; block delimiters,
    and blanks at the top, left out.
    """
    return [node for child in whole.children if not _blank(child) and (node := _node(child))]


def _node(node: PageElement) -> object:
    if isinstance(node, Tag):
        added = ADDED_BY_CORE if node.name == "img" else set()
        attributes = {name: value for name, value in node.attrs.items() if name not in added}
        return node.name, attributes, [inner for child in node.children if (inner := _node(child))]
    if isinstance(node, Comment):
        return "" if node.strip().startswith(("wp:", "/wp:")) else ("comment", str(node))
    return str(node)


def _blank(node: PageElement) -> bool:
    return isinstance(node, NavigableString) and not isinstance(node, Comment) and not node.strip()
