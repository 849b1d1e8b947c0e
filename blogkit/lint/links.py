"""Find links whose text does not describe their target, or that have no target."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from blogkit.errors import Problem, nearest
from blogkit.lint.context import LintContext
from blogkit.lint.known_posts import KnownPosts
from blogkit.lint.languages.link_words import TO_THE_TOP, says_nothing
from blogkit.lint.outline import LintElement
from blogkit.patterns import lazy_pattern
from blogkit.posts.links import leads_nowhere, scheme

_PAGE = lazy_pattern(r"\.(?:html?|php|aspx?|jsp|pdf)\Z", re.IGNORECASE)
_SHOWN = frozenset({"img", "iframe", "audio", "video", "source", "embed"})
_POSTS = (".md", ".markdown")
_WEB = ("https://", "http://")
"""How nearly all addresses begin: they have a scheme and a host."""


def empty_link(context: LintContext) -> Iterator[Problem]:
    """Yield links without text or without an address."""
    for element in _links(context):
        url = element.attributes.get("href") or ""
        # "#" is the top of the page: https://html.spec.whatwg.org/multipage/browsing-the-web.html#scrolling-to-a-fragment
        is_top = url.strip() == "#" and _leads_up(element.text)
        is_web = url.startswith(_WEB) and url[len(_WEB[0]) :][:1].isalnum()
        if (url.strip() in ("", "#") and not is_top) or (not is_web and leads_nowhere(url)):
            message = (
                f'the link "{element.text}" has no address'
                if element.text
                else "the link has neither text nor an address"
            )
            yield context.problem(
                element.line, "empty-link", message, "add an address, or delete the link"
            )
        elif not element.text and not _named(element):
            what = (
                "the image in this link has no alternative text"
                if element.holds_image
                else "the link has no text"
            )
            hint = (
                "describe the target in the image's alternative text"
                if element.holds_image
                else "write [where it leads](address)"
            )
            yield context.problem(element.line, "empty-link", f"{what}: {url}", hint)


def cta_without_label(context: LintContext) -> Iterator[Problem]:
    """Yield links and mock-test buttons whose text fits any link."""
    for element in context.elements:
        is_link = element.name == "a" and "href" in element.attributes
        if (
            (is_link or element.name == "button")
            and not _named(element)
            and says_nothing(element.text)
        ):
            yield _vague(context, element.line, element.text)
    for widget in context.widgets:
        label = widget.data.get("label")
        if widget.name == "quiz-button" and isinstance(label, str) and says_nothing(label):
            yield _vague(context, widget.line_of("label"), label)


def unknown_internal_link(context: LintContext) -> Iterator[Problem]:
    """Yield relative links to an unknown file or key.

    Addresses of the live blog (/2026/…) are not checked.
    """
    if context.known is None:
        return
    for element in _links(context):
        # Editors escape spaces and letters beyond ASCII in links, and file names have them
        # unescaped.
        url = unquote(element.attributes.get("href") or "").strip()
        if url.startswith(_WEB):
            continue
        path = re.split(r"[?#]", url)[0]
        if (
            not path
            or scheme(url)
            # Browsers read a backslash as a slash: https://url.spec.whatwg.org/#relative-state
            or path.startswith(("/", "\\"))
            or "{{" in url
            or not _names_a_post(path)
        ):
            continue
        if not _is_known(path, context.place, context.known):
            options = [*context.known.files, *context.known.keys]
            hint = (
                nearest(path.removeprefix("./").removeprefix("../"), options)
                or "link to a file such as posts/talks.md, or to a full address: https://…"
            )
            yield context.problem(
                element.line, "unknown-internal-link", f'the post "{path}" does not exist', hint
            )


def relative_address(context: LintContext) -> Iterator[Problem]:
    """Yield addresses without a host that lead somewhere else than their author thinks.

    A browser takes `page2.html` from the post's own address, and `/images/a.png` from the front
    page of whatever shows the post: another site, a feed reader, a mail program
    (https://url.spec.whatwg.org/#concept-basic-url-parser). Links such as /2026/01/rain.html lead
    to this blog's own posts; those to files of posts are `unknown-internal-link`'s.
    """
    for element in context.elements:
        name = "href" if element.name == "a" else "src"
        written = element.attributes.get(name)
        if not written:
            continue
        address = unquote(written).strip()
        if address.startswith(_WEB):
            continue
        path = re.split(r"[?#]", address)[0]
        if not path or scheme(address) or "{{" in address or address.startswith(("//", "\\")):
            continue
        rooted = path.startswith("/")
        if name == "src":
            wrong = rooted and element.name in _SHOWN
        else:
            wrong = not rooted and bool(_PAGE.search(path)) and not _leads_to_a_post(path, context)
        if wrong:
            message = f'"{address}" is an address without a host: it leads nowhere on other pages'
            hint = (
                "write the full address: https://…; WordPress also takes files of your folder"
                if name == "src"
                else "write the full address: https://…"
            )
            yield context.problem(element.line, "relative-address", message, hint)


def _leads_to_a_post(path: str, context: LintContext) -> bool:
    return _names_a_post(path) or (
        context.known is not None and _is_known(path, context.place, context.known)
    )


def _links(context: LintContext) -> Iterator[LintElement]:
    return (
        element
        for element in context.elements
        if element.name == "a" and "href" in element.attributes
    )


def _leads_up(text: str) -> bool:
    return any(word in text.casefold() for word in TO_THE_TOP)


def _named(element: LintElement) -> bool:
    # What gives a link a name besides its text:
    # https://www.w3.org/TR/accname-1.2/#computation-steps
    return bool(
        element.attributes.get("aria-label")
        or element.attributes.get("aria-labelledby")
        or element.attributes.get("title")
    )


def _vague(context: LintContext, line: int, text: str) -> Problem:
    message = (
        f'"{text}" does not describe its target; screen readers list links without the text around'
        " them"
    )
    return context.problem(
        line, "cta-without-label", message, "name the target, such as: Start the polity mock test"
    )


def _names_a_post(path: str) -> bool:
    return (
        path.endswith(_POSTS)
        or path.removeprefix("./").removeprefix("../").startswith(("posts/", "pages/"))
        or not re.search(r"[./]", path)
    )


def _is_known(path: str, place: str, known: KnownPosts) -> bool:
    if path in known.keys:
        return True
    # authors write a link from the blog's folder or from the post's own, with or without an ending
    for folder in ("", posixpath.dirname(place)):
        file = posixpath.normpath(posixpath.join(folder, path))
        if file in known.files or any(
            file + ending in known.files for ending in (*_POSTS, ".html")
        ):
            return True
    return False
