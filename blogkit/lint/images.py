"""Check images: alternative text, and addresses that browsers load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from blogkit.errors import Problem
from blogkit.lint.context import LintContext
from blogkit.patterns import lazy_pattern

# Browsers trust addresses of this machine: https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
_HTTP = lazy_pattern(r"\s*http://(?!localhost\b|127\.|\[::1\])", re.IGNORECASE)
# Services that serve an image to their own pages, or for a time. Discord's addresses end after a
# day (https://github.com/discord/discord-api-docs/pull/6650); Drive's `uc` and `thumbnail` need
# cookies that browsers no longer send to other pages.
_BRIEF_HOSTS = {
    "drive.google.com": "Google Drive",
    "lh3.googleusercontent.com/d/": "Google Drive",
    "photos.google.com": "Google Photos",
    "photos.app.goo.gl": "Google Photos",
    "imgur.com": "imgur",
    "i.imgur.com": "imgur",
    "cdn.discordapp.com": "Discord",
    "media.discordapp.net": "Discord",
    "fbcdn.net": "Facebook",
    "cdninstagram.com": "Instagram",
    "dropbox.com": "Dropbox",
    "dl.dropboxusercontent.com": "Dropbox",
}
_DECORATION = 'for a decoration, use HTML: <img src="…" alt="">'


def missing_alt(context: LintContext) -> Iterator[Problem]:
    """Yield images without alternative text.

    In HTML, alt="" marks a decoration (https://html.spec.whatwg.org/multipage/images.html#alt); in
    Markdown, empty brackets do not.
    """
    if context.post.image and not context.post.image_alt:
        message = "the post's image has no alternative text"
        yield context.problem(
            context.post.lines.get("image", 0),
            "missing-alt",
            message,
            "add a line image_alt: … that describes the image",
        )
    linked = {
        element.line
        for element in context.elements
        if element.name == "a" and element.holds_image and not element.text
    }
    for element in context.elements:
        if element.name != "img" or element.line in linked:  # `empty-link` reports it
            continue
        hidden = (
            element.attributes.get("role") in ("presentation", "none")
            or element.attributes.get("aria-hidden") == "true"
        )
        # In HTML, `alt=""` says that an image is a decoration
        # (https://html.spec.whatwg.org/multipage/images.html#alt). Markdown has no way to tell it
        # from a forgotten text.
        missing = "alt" not in element.attributes if element.raw else not element.text
        if missing and not hidden and not element.attributes.get("aria-label"):
            name = element.attributes.get("src") or "the image"
            words = 'alt="what it shows"' if element.raw else f"![what it shows]({name})"
            hint = f"write {words}; {_DECORATION}"
            yield context.problem(
                element.line, "missing-alt", f"{name} has no alternative text", hint
            )


def http_image(context: LintContext) -> Iterator[Problem]:
    """Yield images with an http:// address.

    Browsers load them over https or not at all
    (https://www.w3.org/TR/mixed-content/#upgrade-algorithm).
    """
    hint = "use https://, or save the file in your blog's folder"
    if _HTTP.match(context.post.image):
        yield context.problem(
            context.post.lines.get("image", 0), "http-image", _insecure(context.post.image), hint
        )
    for element in context.elements:
        src = element.attributes.get("src") or ""
        if element.name == "img" and _HTTP.match(src):
            yield context.problem(element.line, "http-image", _insecure(src), hint)


def fragile_image(context: LintContext) -> Iterator[Problem]:
    """Yield images on services that do not serve other people's pages for long."""
    hint = "save the file in your blog's folder, or for Blogger on a host for web pages"
    places = [(context.post.lines.get("image", 0), context.post.image)]
    places += [
        (element.line, element.attributes.get("src") or "")
        for element in context.elements
        if element.name == "img"
    ]
    for line, address in places:
        if address and (service := _brief_host(address)):
            message = f"{service} may stop showing this image on other pages: {address}"
            yield context.problem(line, "fragile-image", message, hint)


def _brief_host(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    for name, service in _BRIEF_HOSTS.items():
        domain, _, path = name.partition("/")
        if (host == domain or host.endswith(f".{domain}")) and parts.path.startswith(f"/{path}"):
            return service
    return ""


def _insecure(url: str) -> str:
    return f"{url} is not encrypted, so browsers block it or mark the page as insecure"
