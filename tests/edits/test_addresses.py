"""The addresses of pictures in a post: found, and replaced where they are whole."""

from __future__ import annotations

from blogkit.edits import picture_places, replace_address, with_addresses_moved
from tests.cases import for_each

OLD, NEW = "https://old.example/a.png", "https://new.example/b.png?x=1&y=2"
ESCAPED = NEW.replace("&", "&amp;")


@for_each(
    ("html", "found"),
    [
        (f'<img src="{OLD}">', [OLD]),
        (f"<p>\n<IMG alt=x SRC={OLD} ></p>", [OLD]),
        ('<img src="//old.example/view?id=3&amp;s=9">', ["//old.example/view?id=3&s=9"]),
        ('<img src="/a.png"><img src="data:image/png;base64,xx"><img src="">', []),
        (f'<a href="{OLD}"><img src="https://old.example/s320/a.png"></a>', 2),
        ('<a href="https://old.example/page.html">A page</a>', []),
        (f'<img srcset="{OLD} 1x, https://old.example/w_1,h_2/c.png 2x">', 2),
        (f'<div style="background:url({OLD}) #fff">x</div>', [OLD]),
        (f'<img data-src="{OLD}" src="data:,">', [OLD]),
        (f'<noscript><img src="{OLD}"></noscript>', [OLD]),
        (f'<video poster="{OLD}" src="https://old.example/v.mp4"></video>', [OLD]),
        (f"<p>{OLD}</p><!-- <img src={OLD}> -->", []),
        (f'<script>show("{OLD}")</script>', []),
        (f'<a href="/boat" title="{OLD}"><img alt="{OLD}" src="/a.png"></a>', []),
    ],
)
def test_pictures_are_found(html: str, found: list[str] | int) -> None:
    places = list(picture_places(html))
    assert (len(places) if isinstance(found, int) else [one.url for one in places]) == found
    if html.startswith("<p>\n") and places:
        assert (places[0].line, places[0].where) == (2, "src of <img>")


@for_each(
    ("before", "after"),
    [
        (f'<img src="{OLD}">', f'<img src="{ESCAPED}">'),
        (f"<img src={OLD}>", f'<img src="{ESCAPED}">'),
        (f"<img src={OLD} alt=x>", f'<img src="{ESCAPED}" alt=x>'),
        (f"<img src='{OLD}'\n>", f"<img src='{ESCAPED}'\n>"),
        (f'<img src=" {OLD} ">', f'<img src=" {ESCAPED} ">'),
        (f'<img srcset="{OLD} 1x,{OLD} 2x">', f'<img srcset="{ESCAPED} 1x,{ESCAPED} 2x">'),
        (
            f'<!-- wp:image {{"url":"{OLD}"}} --><img src="{OLD}"><!-- /wp:image -->',
            f'<!-- wp:image {{"url":"{NEW}"}} --><img src="{ESCAPED}"><!-- /wp:image -->'.replace(
                "&y", r"\u0026y", 1
            ),
        ),
        (
            f'<script type="application/ld+json">{{"image":["{OLD}"]}}</script>',
            f'<script type="application/ld+json">{{"image":["{NEW}"]}}</script>'.replace(
                "&y", r"\u0026y"
            ),
        ),
        (f'<p style="background:url({OLD})">', f'<p style="background:url({ESCAPED})">'),
    ],
)
def test_an_address_is_replaced_where_it_is_loaded(before: str, after: str) -> None:
    assert replace_address(before, OLD, NEW).body == after


@for_each(
    "html",
    [
        f'<img src="{OLD}?w=300">',
        f'<img src="{OLD}.webp">',
        f'<img src="https://proxy.example/{OLD}">',
        f'<img src="https://proxy.example/?u={OLD}">',
        f'<img src="{OLD}/thumb">',
        f"<p>See {OLD} for more.</p>",
        f"<!-- {OLD} -->",
        f'<script>var a="{OLD}"; show(a)</script>',
        f"<noscript><script type='text/javascript'>show('{OLD}')</script></noscript>",
        f"""<p onclick="show('{OLD}')">A boat</p>""",
        f'<img alt="{OLD}" title=\'{OLD}\' aria-label={OLD} src="/a.png">',
        f'<input value="{OLD}">',
        '<img src="https://OLD.example/a.png">',
        "<p>&amp;&nbsp;é\r\n",
    ],
)
def test_what_is_not_that_address_stays(html: str) -> None:
    assert replace_address(html, OLD, NEW).body == html


def test_an_address_without_a_scheme_is_not_part_of_one_with_it() -> None:
    html = f'<img src="//old.example/a.png"><img src="{OLD}">'
    assert replace_address(html, "//old.example/a.png", "https://n.example/c.png").body == (
        f'<img src="https://n.example/c.png"><img src="{OLD}">'
    )


@for_each(
    ("before", "after"),
    [
        (f"![A boat]({OLD})", f"![A boat]({NEW})"),
        (f'![A boat]({OLD} "Boat")', f'![A boat]({NEW} "Boat")'),
        (f"[a]: {OLD}\n", f"[a]: {NEW}\n"),
        (f"src: {OLD}", f"src: {NEW}"),
        (f'<img src="{OLD}">', f'<img src="{NEW}">'),
        (f"![A boat]({OLD}?w=3) {OLD}x", f"![A boat]({OLD}?w=3) {OLD}x"),
        (
            f'<script>var a="{OLD}"</script>\n![A]({OLD})\n<SCRIPT type=module>b="{OLD}"</SCRIPT>',
            f'<script>var a="{OLD}"</script>\n![A]({NEW})\n<SCRIPT type=module>b="{OLD}"</SCRIPT>',
        ),
        (
            f'<script type="application/ld+json">{{"image":"{OLD}"}}</script>',
            f'<script type="application/ld+json">{{"image":"{NEW}"}}</script>',
        ),
        (
            f"<script> never closed\n\n![A boat]({OLD})",
            f"<script> never closed\n\n![A boat]({NEW})",
        ),
    ],
)
def test_a_file_gets_it_as_it_is_written_there(before: str, after: str) -> None:
    assert with_addresses_moved(before, OLD, NEW) == after
