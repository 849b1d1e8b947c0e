"""Live posts as they are found in the wild, written anew from shaped pieces, the same at every
run.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from blogkit.edits import BodyForm
from tests.sampling import is_whole

WORDS = (
    "talks", "Miami", "ceasefire", "envoy", "the", "a", "of", "in", "under", "paper", "GS-II", "quiz", "R&amp;D", "Q&A", "5&nbsp;km", "10&#215;20",
    "“quoted”", "don't", "don’t", "dash – here", "wait…", "आज", "की", "ख़बरें", "📍", "👩‍🏫", "🇮🇳", "أخبار", "日本語", "caf&eacute;", "x&lt;y", "50%", "C:\\new",
    "https://example.com/?a=1&amp;b=2", "&shy;", "naïve",
)  # fmt: skip
DECOYS = (
    "<!-- <h2>Decoy</h2> <p>not a paragraph</p> -->",
    "<script>var t = '<h2>Decoy</h2>'; if (1 < 2) { go(\"<p>x</p>\"); }</script>",
    "<style>.x::after { content: '<h2>Decoy</h2>' }</style>",
    "<textarea><h2>Decoy</h2></textarea>",
    '<span title="<h2>Decoy</h2>" data-x=\'a > b\'>hover</span>',
    "<script type=\"application/ld+json\">{\"@type\": \"Quiz\", \"url\": \"https://example.com/q\"}</script>",
    "<noscript><h2>Decoy</h2></noscript>",
    "<iframe src=\"https://example.com/embed\"><h2>Decoy</h2></iframe>",
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """One post. sound: its markup is well-formed, so that every reader of HTML sees the same
    tree.
    """

    name: str
    form: BodyForm
    body: str
    sound: bool = True


class Pen:
    """Writes the pieces of one post."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def pick(self, *options: str) -> str:
        return self.random.choice(options)

    def words(self, least: int = 3, most: int = 12) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(least, most)))

    def title(self) -> str:
        self.count += 1
        return f"{self.pick('Background', 'Conclusion', 'What’s next', 'Q&amp;A', 'Key <em>points</em>', '<strong>Why</strong> it&nbsp;matters')} {self.count}"

    def inline(self) -> str:
        wrap = self.pick(
            "{}",
            "{}",
            "<b>{}</b>",
            "<em>{}</em>",
            '<a href="https://example.com/?a=1&amp;b=2">{}</a>',
            "<code>{}</code>",
            '<span style="color: red">{}</span>',
        )
        return f"{self.words()} {wrap.format(self.words(1, 4))} {self.words(1, 6)}."

    def heading(self, level: int | None = None) -> str:
        level = level or self.random.choice((2, 2, 3, 4))
        name = f' id="part-{self.count}"' if self.random.random() < 0.4 else ""
        return f"<h{level}{name}>{self.title()}</h{level}>"

    def decoy(self) -> str:
        return self.random.choice(DECOYS)

    def list(self) -> str:
        return "<ul>" + "".join(f"<li>{self.inline()}</li>" for _ in range(3)) + "</ul>"

    def table(self) -> str:
        rows = "".join(
            f"<tr><td>{self.words(1, 3)}</td><td>{self.inline()}</td></tr>" for _ in range(3)
        )
        return f"<table border='1'><tbody>{rows}</tbody></table>"

    def some(self, *pieces: Callable[[], str], least: int = 5, most: int = 14) -> list[str]:
        return [self.random.choice(pieces)() for _ in range(self.random.randint(least, most))]


def classic(pen: Pen) -> str:
    """WordPress without blocks: paragraphs are what stands between blank lines."""
    pieces = pen.some(
        pen.inline,
        pen.inline,
        lambda: f"{pen.inline()}\n{pen.inline()}",
        lambda: f"{pen.inline()}<br>{pen.inline()}<br /><br />{pen.inline()}",
        pen.heading,
        lambda: f"{pen.heading()}\n{pen.inline()}",
        pen.list,
        lambda: f"<blockquote>{pen.inline()}</blockquote>",
        lambda: f"<blockquote>\n{pen.inline()}\n\n{pen.inline()}\n</blockquote>",
        lambda: f'<div class="note">{pen.inline()}</div>',
        lambda: (
            f'<div class="note">\n<p>{pen.inline()}</p>\n\n<h3>{pen.title()}</h3>\n<p>{pen.inline()}</p>\n</div>'
        ),
        lambda: (
            f'[caption id="attachment_1" width="300"]<img src="a.jpg" width="300" /> {pen.words()}[/caption]'
        ),
        lambda: '<img class="aligncenter size-full" src="https://example.com/a.jpg" alt="x > y" />',
        pen.table,
        lambda: f"<pre>  two\n\n  lines {pen.words()}</pre>",
        lambda: f'<p style="text-align: center;">{pen.inline()}</p>',
        lambda: "&nbsp;",
        lambda: "<hr />",
        lambda: f"<strong>{pen.words()}\n\n{pen.words()}</strong>",
        lambda: "<script>\nvar a = '<h2>Decoy</h2>';\n</script>",
        lambda: f"<center>{pen.inline()}</center>",
    )
    if pen.random.random() < 0.5:
        pieces.insert(pen.random.randint(1, len(pieces)), "<!--more-->")
    return pen.pick("\n\n", "\n\n", "\n \n", "\n\n\n").join(pieces) + pen.pick("", "\n")


def blocks(pen: Pen) -> str:
    """A post of the block editor, as its serializer writes it."""
    pieces = [
        pen.random.choice(list(_BLOCKS.values()))(pen) for _ in range(pen.random.randint(4, 12))
    ]
    return pen.pick("\n\n", "\n\n", "\n\n", "").join(pieces)


def _paragraph(pen: Pen) -> str:
    return f"<!-- wp:paragraph -->\n<p>{pen.inline()}</p>\n<!-- /wp:paragraph -->"


def _heading(pen: Pen) -> str:
    return f'<!-- wp:heading -->\n<h2 class="wp-block-heading">{pen.title()}</h2>\n<!-- /wp:heading -->'


def _centred(pen: Pen) -> str:
    return f'<!-- wp:paragraph {{"align":"center"}} -->\n<p class="has-text-align-center">{pen.inline()}</p>\n<!-- /wp:paragraph -->'


def _list(pen: Pen) -> str:
    items = "\n\n".join(
        f"<!-- wp:list-item -->\n<li>{pen.inline()}</li>\n<!-- /wp:list-item -->" for _ in range(3)
    )
    return f"<!-- wp:list -->\n<ul>{items}</ul>\n<!-- /wp:list -->"


def _quote(pen: Pen) -> str:
    return f'<!-- wp:quote -->\n<blockquote class="wp-block-quote">{_paragraph(pen)}</blockquote>\n<!-- /wp:quote -->'


def _group(pen: Pen) -> str:
    inner = "\n\n".join((_heading(pen), _paragraph(pen), _list(pen)))
    return f'<!-- wp:group {{"layout":{{"type":"constrained"}}}} -->\n<div class="wp-block-group">{inner}</div>\n<!-- /wp:group -->'


def _columns(pen: Pen) -> str:
    column = '<!-- wp:column -->\n<div class="wp-block-column">{}</div>\n<!-- /wp:column -->'
    inner = "\n\n".join(column.format(make(pen)) for make in (_paragraph, _group))
    return f'<!-- wp:columns -->\n<div class="wp-block-columns">{inner}</div>\n<!-- /wp:columns -->'


def _table(pen: Pen) -> str:
    rows = "".join(f"<tr><td>{pen.words()}</td><td>{pen.words()}</td></tr>" for _ in range(2))
    return f'<!-- wp:table -->\n<figure class="wp-block-table"><table><tbody>{rows}</tbody></table></figure>\n<!-- /wp:table -->'


def _image(pen: Pen) -> str:
    return (
        '<!-- wp:image {"id":7,"sizeSlug":"large","linkDestination":"none"} -->\n<figure class="wp-block-image size-large">'
        f'<img src="https://example.com/a.jpg" alt="" class="wp-image-7"/><figcaption>{pen.words()}</figcaption></figure>\n<!-- /wp:image -->'
    )


def _html(pen: Pen) -> str:
    return f'<!-- wp:html -->\n<div id="custom-{pen.count}"><h3>{pen.title()}</h3>{pen.decoy()}<p>{pen.inline()}</p></div>\n<!-- /wp:html -->'


_BLOCKS: dict[str, Callable[[Pen], str]] = {
    "paragraph": _paragraph,
    "centred": _centred,
    "heading": _heading,
    "list": _list,
    "quote": _quote,
    "group": _group,
    "columns": _columns,
    "table": _table,
    "image": _image,
    "html": _html,
    "more": lambda pen: "<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->",
    "separator": lambda pen: (
        '<!-- wp:separator -->\n<hr class="wp-block-separator has-alpha-channel-opacity"/>\n<!-- /wp:separator -->'
    ),
    "void": lambda pen: (
        '<!-- wp:latest-posts {"postsToShow":3,"title":"a\\u002d\\u002db \\u003cb\\u003e"} /-->'
    ),
    "free": lambda pen: f"<p>{pen.inline()}</p>\n{pen.inline()}",
}


def blogger(pen: Pen) -> str:
    """What Blogger's editors leave behind: spans, separators, `<br />`, captions in tables, one
    long line.
    """
    pieces = pen.some(
        lambda: f"<p>{pen.inline()}</p>",
        lambda: (
            f'<p style="text-align: justify;"><span style="font-family: georgia;">{pen.inline()}</span></p>'
        ),
        lambda: f"{pen.inline()}<br /><br />",
        lambda: f"<div>{pen.inline()}</div><div><br /></div>",
        lambda: f'<div style="text-align: left;">{pen.inline()}<br />{pen.inline()}</div>',
        pen.heading,
        lambda: (
            f'<span style="font-size: large;"><h2>{pen.title()}</h2><p>{pen.inline()}</p></span>'
        ),
        lambda: (
            '<div class="separator" style="clear: both; text-align: center;"><a href="https://blogger.example/s1600/a.png"><img border="0" src="https://blogger.example/s320/a.png" /></a></div>'
        ),
        lambda: (
            f'<table align="center" class="tr-caption-container"><tbody><tr><td><img src="a.png" /></td></tr><tr><td class="tr-caption">{pen.words()}</td></tr></tbody></table>'
        ),
        pen.list,
        pen.table,
        pen.decoy,
        lambda: f"<blockquote>{pen.inline()}</blockquote>",
        lambda: "&nbsp;<o:p></o:p>",
        lambda: '<a name="chapter"></a>',
    )
    if pen.random.random() < 0.5:
        pieces.insert(1, pen.pick('<a name="more"></a>', "<a name='more'></a>", "<!--more-->"))
    return pen.pick("", "", "\n").join(pieces)


def word(pen: Pen) -> str:
    """Pasted from a word processor."""
    pieces = pen.some(
        lambda: (
            f'<p class="MsoNormal" style="margin-bottom: 0cm; mso-line-height-alt: 12pt;"><span lang="EN-IN">{pen.inline()}<o:p></o:p></span></p>'
        ),
        lambda: (
            f'<h2 style="mso-outline-level: 2;"><span style="font-size: 13.0pt; mso-bidi-font-family: Arial;">{pen.title()}</span></h2>'
        ),
        lambda: (
            f'<p class="MsoListParagraph"><!--[if !supportLists]--><span>·&nbsp;&nbsp;</span><!--[endif]-->{pen.words()}</p>'
        ),
        lambda: '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>',
        lambda: (
            f'<div style="border: solid windowtext 1.0pt;"><p class="MsoNormal"><b>{pen.words()}</b></p></div>'
        ),
        pen.table,
    )
    head = "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    return head + pen.pick("", "\n").join(pieces)


def documents(pen: Pen) -> str:
    """Pasted from an online office: everything in one `<b>`."""
    pieces = pen.some(
        lambda: (
            f'<p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;white-space:pre-wrap;">{pen.words()}</span><span style="font-weight:700;">{pen.words()}</span></p>'
        ),
        lambda: f'<h2 dir="ltr"><span style="font-size:16pt;">{pen.title()}</span></h2>',
        lambda: (
            f'<ul style="margin-top:0;"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>{pen.words()}</span></p></li></ul>'
        ),
        lambda: "<br />",
    )
    return f'<b id="docs-internal-guid-1a2b" style="font-weight:normal;">{"".join(pieces)}</b>{pen.pick("", "<br /><br />")}'


def minified(pen: Pen) -> str:
    """No white space, no quotes, no end tag that need not be written."""
    pieces = pen.some(
        lambda: f"<p>{pen.inline()}",
        lambda: f"<h2 id=m{pen.count}>{pen.title()}</h2>",
        lambda: f"<ul><li>{pen.words()}<li>{pen.inline()}</ul>",
        lambda: f"<dl><dt>{pen.words()}<dd>{pen.inline()}</dl>",
        lambda: f"<table><tr><td>{pen.words()}<td>{pen.words()}<tr><td>{pen.words()}</table>",
        lambda: f"<div class=x>{pen.inline()}</div>",
        lambda: "<img src=a.png alt=x><hr>",
        lambda: f"<a href=https://example.com/a/>{pen.words()}</a><br>",
    )
    return "".join(pieces)


def scripted(pen: Pen) -> str:
    """Scripts, styles and decoys between the paragraphs."""
    pieces = pen.some(
        lambda: f"<p>{pen.inline()}</p>",
        pen.heading,
        pen.decoy,
        pen.decoy,
        pen.inline,
        lambda: f"<div>{pen.decoy()}<p>{pen.inline()}</p></div>",
    )
    return pen.pick("\n", "").join(pieces)


def broken(pen: Pen) -> str:
    """Markup that no one closed, or closed twice, or crossed."""
    pieces = pen.some(
        lambda: f"<p>{pen.inline()}",
        lambda: f"<b><p>{pen.words()}</b> {pen.words()}</p>",
        lambda: f"</div></span>{pen.words()}</p>",
        lambda: f"<div><div>{pen.inline()}</div>",
        lambda: f"<h2>{pen.title()}<h3>{pen.title()}</h3>",
        lambda: f"<h2>{pen.title()}</h3><p>{pen.inline()}</p>",
        lambda: f"<i><b>{pen.words()}</i></b>",
        lambda: f"<a href=x>{pen.words()}<a href=y>{pen.words()}</a>",
        lambda: f"<ul><li>{pen.words()}<ul><li>{pen.words()}</ul>",
        lambda: f"{pen.words()} < 5 & 6 > 3 <3 </ x> <!x>",
        lambda: f"<span>{pen.inline()}",
        lambda: f"<p title='a>b' title=\"c\">{pen.words()}</p >",
        lambda: f"<table><p>{pen.words()}</p><tr><td>{pen.words()}</table>",
        lambda: f"<!-- a -- b --!><p>{pen.words()}</p>",
        lambda: f"<svg><path d=x /><p>{pen.words()}</p>",
        pen.heading,
    )
    return pen.pick("", "\n").join(pieces) + pen.pick(
        "", "", "", "<!-- never closed <p>x</p>", '<a href="x', "<script>var a = 1;", "<b>"
    )


def shown_by_wordpress(body: str) -> str:
    """A post without the raw `>` in an attribute, at which WordPress breaks the page."""
    return body.replace('alt="x > y"', 'alt="x &gt; y"').replace(DECOYS[4], "hover")


SHAPES: dict[str, tuple[BodyForm, Callable[[Pen], str], bool]] = {
    "classic": ("classic", classic, True),
    "blocks": ("blocks", blocks, True),
    "blogger": ("blogger", blogger, True),
    "word": ("blogger", word, True),
    "word in classic": ("classic", word, True),
    "documents": ("blogger", documents, True),
    "documents in classic": ("classic", documents, True),
    "minified": ("plain", minified, False),
    "scripted": ("plain", scripted, True),
    "broken": ("blogger", broken, False),
    "broken in classic": ("classic", broken, False),
}
EACH = 30 if is_whole() else 15


def samples(each: int = EACH) -> Iterator[Sample]:
    """Every post: of each shape the same number (twice as many in CI), a third of them with Windows line ends, some
    with a byte order mark.
    """
    for shape, (form, write, sound) in SHAPES.items():
        for number in range(each):
            body = write(Pen(f"{shape} {number}"))
            if number % 3 == 1:
                body = body.replace("\n", "\r\n")
            if number % 10 == 7 and form in {"plain", "blogger"}:
                body = "\ufeff" + body
            yield Sample(f"{shape} {number}", form, body, sound)


FORMS: dict[BodyForm, Callable[[Pen], str]] = {
    "classic": classic,
    "blocks": blocks,
    "blogger": blogger,
    "plain": scripted,
}


def large(form: BodyForm, size: int) -> Sample:
    """A post of this many characters, with its headings far apart."""
    pen, parts, length = Pen(f"large {form}"), [], 0
    write = FORMS[form]
    while length < size:
        parts.append(write(pen))
        length += len(parts[-1])
    return Sample(
        f"large {form}", form, "\n\n".join(parts) if form != "blogger" else "".join(parts)
    )
