"""Active content in pasted HTML: what is found, what looks like it, and what `import` leaves out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import blogkit
from blogkit.errors import ContentError
from blogkit.importers.html.convert import convert
from blogkit.lint.active_content import active_content, find_active
from blogkit.posts.front_matter_schema import ACTIVE_KINDS
from blogkit.posts.loader import load_post
from blogkit.render import renderer
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.sanitizers.profiles import PROFILES
from tests.lint.reader import ROOT

BAD = {
    "script": [
        "<script src=https://evil.example/x.js></script>",
        "<script>fetch('https://evil.example')</script>",
        "<ScRiPt\n>x()</sCrIpT >",
        '<script type="module">x()</script>',
        '<script type="text/javascript; x">x()</script>',
        "<svg><script>x()</script></svg>",
        '<object data="x.swf"></object>',
        "<embed src=https://evil.example/x>",
        "<noscript><p title='</noscript><script>x()</script>'></noscript>",
        "<noscript><!--</noscript><script>x()</script>-->",
    ],
    "handler": [
        "<img src=x onerror=x()>",
        "<p\nONCLICK = 'x()'>a</p>",
        '<img src="x"onerror="x()">',
        "<svg/onload=x()>",
        "<body onload=x()>",
        "<details open ontoggle=x()>",
        "<p onclick onclick=x()>a</p>",
    ],
    "link": [
        '<a href="javascript:x()">a</a>',
        '<a href=" java\nscript:x()">a</a>',
        '<a href="jav&#x09;ascript:x()">a</a>',
        '<a href="javascript&colon;x()">a</a>',
        '<a href="vbscript:x()">a</a>',
        '<a href="data:text/html,<script>x()</script>">a</a>',
        '<a href="data:image/png;base64,AAAA">a</a>',
        '<img src="data:image/svg+xml,<svg onload=x()>">',
        "<form action=javascript:x()><button>a</button></form>",
        "<button formaction=javascript:x()>a</button>",
        '<svg><a xlink:href="javascript:x()"><text>a</text></a></svg>',
        '<svg><animate attributeName=href values="a;javascript:x()"></svg>',
        '<iframe src="data:text/html,x"></iframe>',
    ],
    "iframe": [
        "<iframe src=https://evil.example hidden></iframe>",
        "<iframe src=https://evil.example width=0 height=0></iframe>",
        '<iframe src=https://evil.example style="display : none"></iframe>',
        '<iframe src=https://evil.example style="position:absolute;left:-9999px"></iframe>',
        '<iframe src=https://evil.example style="opacity:0"></iframe>',
        '<div style="visibility:hidden"><p><iframe src=https://evil.example></iframe></p></div>',
        '<iframe srcdoc="<script>x()</script>"></iframe>',
    ],
    "password": [
        "<form action=https://evil.example><input type=password></form>",
        "<input TYPE=' PassWord '>",
        "<input autocomplete='section-a cc-number'>",
    ],
    "refresh": ['<meta http-equiv="Refresh" content="0;url=https://evil.example">'],
    "base": ["<base href=https://evil.example>"],
    "local-file": [
        '<img src="file:///home/me/a.png" alt="a">',
        '<img src="/Users/me/Desktop/a.png" alt="a">',
        '<img src="/home/me/Pictures/a.png" alt="a">',
        '<img src="/home/me/a.png" alt="a">',
        '<img src="/root/a.png" alt="a">',
        r'<img src="C:\Users\me\a.png" alt="a">',
        '<img src="~/a.png" alt="a">',
        '<a href="file:///etc/passwd">a</a>',
    ],
}
GOOD = """
<p>The description of a transcript: javascript: is a scheme, and onclick = is an attribute.</p>
<p>Only once, on the one hand; data: none; file: closed; <b>password</b> rules; base rates.</p>
<a href="https://example.com/?onclick=x&next=javascript:x">a</a> <a href="#on">b</a>
<a href="mailto:a@example.com">c</a> <a href="tel:+911">d</a> <a href="/home/about">e</a>
<a href="posts/javascript.md" title="javascript: the good parts">f</a>
<img src="data:image/png;base64,AAAA" alt="x"> <img src="images/a.jpg" alt="onerror=x()">
<img src="/home/banner.png" alt="x"> <video poster="a.jpg" src="a.mp4"></video>
<iframe src="https://www.youtube.com/embed/x" width="560" height="315" title="x"></iframe>
<div style="display:none">x</div> <input type="text" name="password" autocomplete="off">
<script type="application/ld+json">{"@type": "Article"}</script>
<code>&lt;script&gt;alert(1)&lt;/script&gt;</code> <!-- <script>x()</script> -->
<textarea><script>x()</script></textarea> <meta name="description" content="x">
"""


@pytest.mark.parametrize(
    ("kind", "html"), [(kind, html) for kind, listed in BAD.items() for html in listed]
)
def test_active_content_is_found(kind: str, html: str) -> None:
    assert kind in {part.kind for part in find_active(f"<p>a</p>{html}<p>b</p>")}


def test_every_kind_is_tried() -> None:
    assert set(BAD) == set(ACTIVE_KINDS)


def test_what_looks_like_it_is_fine() -> None:
    assert find_active(GOOD) == []


def problems(text: str, *, name: str = "posts/a.md") -> list[tuple[int, str]]:
    post = load_post(ROOT / name, root=ROOT, zone=ZoneInfo("UTC"), text=text.encode())
    document = renderer.render_post(
        post, registry=Registry([builtin_folder()]), profile=PROFILES["blogger"], root=ROOT
    )
    return [(one.line, one.message) for one in active_content(post, document, name)]


def test_the_line_is_that_of_the_file() -> None:
    text = (
        "---\ntitle: a\n---\nOne\n\n<div>\n<p onclick=x()>\na</p>\n</div>\n\nTwo\n\n<base href=x>\n"
    )
    assert [line for line, _ in problems(text)] == [7, 13]
    assert [line for line, _ in problems("---\ntitle: a\nimage: file:///a.png\n---\nx\n")] == [3]


def test_a_tag_that_is_spread_over_blocks_is_found() -> None:
    text = '---\ntitle: a\n---\n<div title="\n\na" onmouseover=x() \n\n<b>">\n'
    assert [message for _, message in problems(text)] == [
        "onmouseover of <div> runs code in readers' browsers"
    ]


def test_front_matter_allows_by_kind() -> None:
    body = "<script>x()</script>\n\n<p onclick=x()>a</p>\n"
    assert len(problems(f"---\ntitle: a\n---\n{body}")) == 2
    assert len(problems(f"---\ntitle: a\nallow: [script]\n---\n{body}")) == 1
    assert problems(f"---\ntitle: a\nallow: script, handler\n---\n{body}") == []
    with pytest.raises(ContentError) as caught:
        problems(f"---\ntitle: a\nallow: [scripts]\n---\n{body}")
    assert caught.value.problems[0].hint == 'did you mean "script"?'


@pytest.mark.parametrize("profile", PROFILES)
def test_our_widgets_hold_none(profile: str) -> None:
    registry = Registry([builtin_folder()])
    for kind in registry:
        text = f"---\ntitle: a\nquiz: https://example.com/q\n---\n{registry[kind].example}\n"
        post = load_post(ROOT / "posts/a.md", root=ROOT, zone=ZoneInfo("UTC"), text=text.encode())
        document = renderer.render_post(
            post, registry=registry, profile=PROFILES[profile], root=builtin_folder() / kind
        )
        assert active_content(post, document, "a") == [], kind


@pytest.mark.parametrize(
    ("kind", "html"), [(kind, html) for kind, listed in BAD.items() for html in listed]
)
def test_import_leaves_it_out_and_lists_it(kind: str, html: str) -> None:
    page = f"<p>First words.</p>\n{html}\n<p>Last words.</p>\n"
    imported = convert(page, name="x")
    assert find_active(imported.text) == []
    assert "First words." in imported.text
    # the page's own <html> and <body> tags are left out without a word
    assert [one for one in imported.dropped if one.line >= 2] or html.startswith("<body")


@pytest.mark.parametrize("html", [BAD["script"][0], BAD["handler"][0], BAD["iframe"][0]])
def test_import_keeps_what_is_asked_for(html: str) -> None:
    (kind,) = {part.kind for part in find_active(html)}
    imported = convert(f"<p>First words.</p>\n{html}\n", name="x", allow=[kind, "base"])
    assert html in imported.text
    assert f"allow: [{kind}]" in imported.text.replace('"', "")


def test_a_button_with_a_script_still_becomes_a_widget() -> None:
    html = (
        "<p>Text.</p><div><button onclick=\"location.href='https://example.com/q'\">Start Mock"
        " Test</button></div>"
    )
    imported = convert(html, name="x")
    assert [made.widget for made in imported.recognised] == ["quiz-button"]
    assert imported.dropped == ()


def test_every_platform_refuses_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(
        '[blog]\ntimezone = "UTC"\ndefault_site = "a"\n[sites.a]\nplatform = "folder"\nfolder = "x"\n'
        '[sites.b]\nplatform = "blogger"\nurl = "https://b.example"\n'
        '[sites.c]\nplatform = "wordpress"\nurl = "https://c.example"\nusername = "u"\n',
        encoding="utf-8",
    )
    post = tmp_path / "posts/a.md"
    text = "---\ntitle: a\nsites: [a, b, c]\n---\n<p onclick='x()'>a</p>\n"
    check: Callable[..., list[blogkit.errors.Problem]] = blogkit.open(tmp_path, environ={}).check
    for site in "abc":
        post.write_text(text, encoding="utf-8")
        found = [one for one in check(site=site) if one.code == "active-content"]
        assert [(one.line, one.severity) for one in found] == [(5, "error")]
    with pytest.raises(ContentError, match="onclick"):
        blogkit.open(tmp_path, environ={}).plan(offline=True)
