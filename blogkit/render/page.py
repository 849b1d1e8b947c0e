"""A complete page around a document, for previews and for the folder platform."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from textwrap import shorten

from blogkit.html import words
from blogkit.render.document import Asset, Document
from blogkit.render.formats.bidi import is_right_to_left

STYLE = """\
:root{color-scheme:light dark;--fg:light-dark(#1f2328,#e6e8eb);--bg:light-dark(#fff,#16181c);--link:light-dark(#0b57d0,#8ab4f8)}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:1.0625rem/1.65 system-ui,sans-serif;overflow-wrap:break-word}
main{max-width:44rem;margin:0 auto;padding:2rem 1rem 4rem}
a{color:var(--link)}
h1,h2,h3{line-height:1.25;text-wrap:balance}
:is(h1,h2,h3):is(:lang(bn),:lang(gu),:lang(hi),:lang(mr),:lang(ta),:lang(te)){line-height:1.5}
:is(body,h1,h2,h3,p,li):lang(ur){line-height:2}
img,video{max-width:100%;height:auto}
pre{overflow:auto;padding:1rem;background:#8881;border-radius:8px}
code{font-family:ui-monospace,monospace;font-size:.9em}
blockquote{margin-inline:0;padding-inline-start:1rem;border-inline-start:3px solid #8886}
main>table{border-collapse:collapse;display:block;overflow-x:auto}
main>table :is(th,td){border:1px solid #8886;padding:.4rem .7rem}
"""


def render_page(
    document: Document,
    title: str,
    *,
    language: str = "en",
    asset_url: Callable[[Asset], str] | None = None,
    notice: str = "",
) -> str:
    """Return a readable page in light and dark.

    Args:
        document: The post.
        title: Plain text.
        language: A language tag.
        asset_url: Where a local file is found from the page; None for its file: address.
        notice: A line above the title; "" for none.
    """
    address = asset_url or (lambda asset: asset.path.as_uri())
    body = document.html
    for asset in document.assets:
        body = body.replace(asset.url, escape(address(asset)))
    picture = document.featured_url or (address(document.featured) if document.featured else "")
    alt = document.featured.alt if document.featured else ""
    top = f"<p><small>{escape(notice)}</small></p>\n" if notice else ""
    top += f"<h1>{escape(title)}</h1>\n"
    top += f'<p><img src="{escape(picture)}" alt="{escape(alt)}"></p>\n' if picture else ""
    return whole(
        title,
        top + body,
        language=language,
        sheet=document.sheet,
        description=first_words(document.html),
    )


def first_words(html: str) -> str:
    """Return the text that search results show: the first paragraph outside widgets.

    It is cut at a word, after at most 155 characters.
    """
    found = re.search(r"^<p>.*?</p>", html, re.DOTALL | re.MULTILINE)
    return shorten(words(found[0]), 155, placeholder=" …") if found else ""


def whole(
    title: str, content: str, *, language: str = "en", sheet: str = "", description: str = ""
) -> str:
    """Return an HTML document around finished content.

    Args:
        title: Plain text.
        content: HTML.
        language: A language tag; with the title it decides the writing direction.
        sheet: CSS that follows the page's own.
        description: Plain text for search engines; "" for none.
    """
    direction = ' dir="rtl"' if is_right_to_left(language, title) else ""
    described = (
        f'<meta name="description" content="{escape(description)}">\n' if description else ""
    )
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"{direction}>\n<head>\n<meta'
        ' charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,'
        f' initial-scale=1">\n{described}<title>{escape(title)}</title>\n'
        f"<style>\n{STYLE}{sheet}\n</style>\n</head>\n<body>\n<main>\n{content}\n</main>\n</body>\n</html>\n"
    )
