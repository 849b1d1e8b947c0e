"""Pieces of posts whose fate on WordPress is known from real sites: what people write, one of
each kind.
"""

from __future__ import annotations

_words = str.split
_ELEMENTS = _words(
    "a abbr acronym address area article aside audio b base bdi bdo big blockquote body button"
    " canvas caption center cite code data datalist dd del details dfn dialog div dl dt em embed"
    " fieldset figcaption figure font footer form h1 h6 head header hgroup hr html i iframe img"
    " input ins kbd label legend li link main map mark math menu meta meter my-widget nav noscript"
    " object ol optgroup option output p picture pre progress q rp rt ruby s samp script search"
    " section select slot small source span strike strong style sub summary sup svg table tbody td"
    " template textarea tfoot th thead time title tr track tt u ul var video wbr"
)

_ATTRIBUTES = r"""
<div data-json="{&quot;a&quot;:&quot;b&quot;}">
<div data-json='{"a":"b c","n":1}'>
<div data-bare>
<div data-a.b="x">
<div data-a:b="x">
<div CLASS="A">
<div class='single'>
<div class=unq>
<div aria-expanded="true" aria-live="polite" aria-owns="x">
<div hidden="until-found" popover="auto" inert tabindex="0">
<div itemscope itemtype="https://schema.org/Thing" onclick="x()">
<a href="https://example.com/?a=1&b=2">
<a href="https://e.com/a b">
<a href="https://e.com/?q=%22x%22">
<a href="data:text/plain,hi">
<a href="geo:1,2">
<a href="javascript:alert(1)">
<a href="whatsapp://send">
<a href="https://e.com" target="_blank">
<a href="https://e.com" target="_blank" rel="nofollow">
<a href="https://e.com" target="_blank" rel="noopener sponsored">
<a href="https://e.com" download>
<a href="https://e.com" download="f.pdf">
<a name="more"></a>
<img src="data:image/png;base64,iVBORw0KGgo=" alt="x">
<img src="https://e.com/a.png" srcset="https://e.com/a.png 1x, https://e.com/b.png 2x" sizes="100vw" decoding="async">
<img src="https://e.com/a.png" alt="" loading="lazy" style="max-width:100%;height:auto"/>
<object data="https://e.com/x.pdf" type="application/pdf">
<object data="https://e.com/x.pdf" type="application/pdf" />
<details open name="g">
<button popovertarget="p" disabled type="submit">
<ol start="3" reversed type="a">
<iframe src="https://www.youtube.com/embed/x" width="560" height="315" allowfullscreen>
<p style="font-family:'Inter', sans-serif">
<p style="font-family:&quot;Inter&quot;, sans-serif">
<p style="background-image:url(a?x=1&amp;y=2)">
<p style="color:var(--bk-fg,light-dark(#111,#eee));box-shadow:var(--bk-shadow,0 1px 3px rgba(0,0,0,.2))">
<section id="x" class="c" aria-label="l" data-a="1" style="display:grid;gap:1rem">
""".strip().splitlines()

_TEXTS = (
    "4 < 5 and 6 > 3",
    'x <b title="a > b">y</b>',
    '<b title="a < b" data-h="<b>x</b>">y</b>',
    "a & b &notreal; &#8212; &#60; &#150; &nbsp; &copy; &hearts; &apos; &check;",
    "<!-- plain --> <!-- blogkit:id=abc-123 sha=x -->",
    "<!--[if IE]>x<![endif]-->",
    "<!-- wp:html --><p>a</p><!-- /wp:html -->",
    '<!-- wp:html {"metadata":{"name":"blogkit:abc"}} --><p>a</p><!-- /wp:html -->',
    '<!-- wp:paragraph {"a":"<b>--&"} --><p>a</p><!-- /wp:paragraph -->',
    "<!DOCTYPE html><html><head><title>t</title></head><body>b</body></html>",
    "<![CDATA[x]]><?php echo 1; ?>",
    "a\x07b\r\nc",
    '<script type="application/ld+json">{"@context":"https://schema.org"}</script>',
    "<style>.a > .b{color:red}</style>",
    "<details><summary>Q</summary>\n\nA\n\n</details>",
    '<div>text<div class="x">\n\nmore</div></div>',
    "<a href='x'><div>block in link</div></a>",
    "<table>\n<tr>\n<td>a\n\nb</td>\n</tr>\n</table>",
)

SNIPPETS = (
    *(f'<div>A<{name} id="t1">inner</{name}>B</div>' for name in _ELEMENTS),
    *(f"<div>{opening}x</div>" for opening in _ATTRIBUTES),
    *_TEXTS,
)
