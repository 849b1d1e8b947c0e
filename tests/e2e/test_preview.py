"""The preview in a real Chromium: it follows the typing, publishes once, and holds hostile posts."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import blogkit
from blogkit.preview.server import PreviewServer
from blogkit.preview.session import PreviewSession
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.cli.conftest import make_workspace
from tests.e2e.browser import Browser

POST = """---
title: A preview of two rivers
publish: now
---
The upper river is fast.

## Where they meet

The lower river is slow, and wide enough for ships.
"""
NAME = "posts/two-rivers.md"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, sandbox: Sandbox) -> Path:
    """A blog whose site is the sandbox, with one post that has a warning."""
    root = make_workspace(tmp_path / "blog", sandbox)
    (root / NAME).write_text(POST, encoding="utf-8")
    return root


@contextmanager
def previewing(folder: Path) -> Iterator[PreviewServer]:
    session = PreviewSession(lambda: blogkit.open(folder, environ={}), folder)
    server = PreviewServer(session, 0).start()
    thread = threading.Thread(target=server.serve, args=(lambda: None,))
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


@pytest.fixture
def preview(folder: Path) -> Iterator[PreviewServer]:
    with previewing(folder) as server:
        yield server


LISTED = "[...document.querySelectorAll('#posts .state')].every((e) => e.textContent.length > 1)"
PLANNED = "document.querySelectorAll('#plan li').length > 0"


@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_accessible_and_shows_what_is_typed(
    browser: Browser, preview: PreviewServer, folder: Path, width: int
) -> None:
    address = preview.access.address_of(NAME)
    bad = POST + '\n<video src="x.mp4" onclick="x()"></video>\n\n```{timelin} Typo\n```\n'
    found = browser.drive(
        ["open", "a", address, width, "light"],
        ["untilFrame", "a", "document.body.innerText.includes('wide enough')"],
        ["until", "a", f"{LISTED} && {PLANNED}"],
        ["axe", "a"],
        ["write", "a", str(folder / NAME), POST.replace("is slow", "is lazy")],
        ["untilFrame", "a", "document.body.innerText.includes('is lazy')"],
        ["write", "a", str(folder / NAME), bad],
        ["until", "a", "document.querySelector('#problems button') !== null"],
        ["click", "a", "#problems button"],
        ["until", "a", "document.querySelector('#problems .source .here') !== null"],
        ["run", "a", "document.querySelector('#problems .source .here').textContent"],
        ["axe", "a"],
        ["run", "a", "document.documentElement.scrollWidth > innerWidth"],
        ["until", "a", "document.getElementById('live').textContent.includes('problem')"],
        ["errors"],
    )
    assert found[3] == []
    assert "timelin" in found[10]
    assert found[11] == []
    assert found[12] is False, "the page is wider than the window"
    assert found[14] == []


def test_dark_and_each_width_reach_the_post(
    browser: Browser, preview: PreviewServer, folder: Path
) -> None:
    (folder / NAME).write_text(
        POST + "\n<style>@media (prefers-color-scheme: dark) { h2 { color: #123456 } }</style>\n",
        encoding="utf-8",
    )
    colour = "getComputedStyle(document.querySelector('h2')).color"
    width = "document.documentElement.clientWidth"
    steps: list[list[object]] = [
        ["open", "a", preview.access.address_of(NAME), 1280, "light"],
        ["untilFrame", "a", f"{colour} === 'rgb(31, 35, 40)'"],
        ["run", "a", "document.querySelector('input[value=dark]').click()"],
        ["untilFrame", "a", f"{colour} === 'rgb(18, 52, 86)'"],
        ["axe", "a"],
    ]
    for each in (360, 768, 1280):
        steps += [
            ["run", "a", f"document.querySelector('input[value=\"{each}\"]').click()"],
            ["untilFrame", "a", f"{width} === {each}"],
        ]
    assert browser.drive(*steps)[4] == []


def live(sandbox: Sandbox) -> list[str]:
    return [post.title for post in sandbox.store.find(Wanted("post", ["LIVE"]))]


def test_the_button_asks_and_publishes_once(
    browser: Browser, preview: PreviewServer, sandbox: Sandbox, folder: Path
) -> None:
    """A double click, and a second tab that shows the same plan."""
    address = preview.access.address_of(NAME)
    ready = "!document.getElementById('confirm').hidden"
    heading = "document.getElementById('dialog-title').textContent"
    steps: list[list[object]] = []
    for tab in ("a", "b"):
        steps += [
            ["open", tab, address, 1280],
            ["until", tab, "!document.getElementById('publish').disabled"],
            ["click", tab, "#publish"],
            ["until", tab, ready],
        ]
    found = browser.drive(
        *steps,
        ["run", "a", heading],
        ["axe", "a"],
        ["front", "a"],
        ["run", "a", "(() => { const b = document.getElementById('confirm'); b.click(); b.click(); })()"],
        ["until", "a", f"{heading} === 'Published'"],
        ["axe", "a"],
        ["front", "b"],
        ["click", "b", "#confirm"],
        ["until", "b", f"{heading} === 'Something changed'"],
        ["press", "b", "Escape"],
        ["run", "b", "document.getElementById('dialog').open"],
        ["until", "b", "document.querySelector('#posts .state').textContent.includes('up to date')"],
        ["errors"],
    )  # fmt: skip
    assert found[8:10] == ["Make 1 change?", []]
    assert found[13] == []
    assert found[-3] is False
    assert found[-1] == []
    assert live(sandbox) == ["A preview of two rivers"]


def test_everything_works_with_the_keyboard(
    browser: Browser, preview: PreviewServer, sandbox: Sandbox
) -> None:
    focused = "document.activeElement.id || document.activeElement.textContent.trim()"
    found = browser.drive(
        ["open", "a", preview.access.address_of(NAME), 1280],
        ["until", "a", "!document.getElementById('publish').disabled"],
        ["press", "a", "Tab"],
        ["run", "a", focused],
        ["press", "a", "Enter"],
        ["run", "a", focused],
        ["run", "a", "document.getElementById('publish').focus()"],
        ["press", "a", "Enter"],
        ["until", "a", "!document.getElementById('confirm').hidden"],
        ["run", "a", focused],
        ["press", "a", "Tab"],
        ["run", "a", focused],
        ["press", "a", "Enter"],
        ["until", "a", "document.getElementById('dialog-title').textContent === 'Published'"],
        ["press", "a", "Escape"],
        ["run", "a", focused],
    )
    assert [found[n] for n in (3, 5, 9, 11)] == [
        "Skip to the post",
        "stage",
        "dialog-title",
        "confirm",
    ]
    assert found[15] == "publish", "the focus returns to the button"
    assert live(sandbox) == ["A preview of two rivers"]


class Attacker:
    """Another origin, which counts every connection: even one without a request tells it something."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.connections = 0
        self.origin = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.connections += 1
                connection.close()

    def stop(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


HOSTILE = """
<script>document.title = 'run'; top.location = '{evil}/script'; fetch('{evil}/fetch')</script>
<script src="{evil}/x.js"></script>
<img alt="" src="data:," onerror="top.location='{evil}/onerror'">
<img alt="" src="{evil}/image.png" srcset="{evil}/2x.png 2x">
<picture><source srcset="{evil}/source.png"><img alt="" src="{evil}/picture.png"></picture>
<div style="background:url({evil}/style.png)">styled</div>
<style>@import url({evil}/import.css); .own {{ background: url({evil}/body.png) }}
@font-face {{ font-family: f; src: url({evil}/font.woff) }} .own {{ font-family: f }}</style><p class="own">own</p>
<link rel="stylesheet" href="{evil}/sheet.css"><link rel="preconnect" href="{evil}">
<link rel="prefetch" href="{evil}/prefetch"><link rel="dns-prefetch" href="{evil}">
<meta http-equiv="refresh" content="0;url={evil}/refresh">
<base href="{evil}/"><base target="_top">
<iframe src="{evil}/frame"></iframe><object data="{evil}/object"></object><embed src="{evil}/embed">
<video src="{evil}/video.mp4" poster="{evil}/poster.png" autoplay></video>
<audio src="{evil}/audio.mp3" autoplay></audio>
<svg><image href="{evil}/svg.png"/><script>top.location='{evil}/svg'</script></svg>
<form id="form" action="{evil}/form" target="_top"><button id="send" autofocus>Send</button></form>
<a id="out" href="{evil}/link" target="_top" ping="{evil}/ping">out</a>
<a id="js" href="javascript:top.location='{evil}/javascript'" target="_top">script</a>
<a id="relative" href="/publish">ours</a>
"""


def test_a_hostile_post_does_nothing(browser: Browser, folder: Path, sandbox: Sandbox) -> None:
    evil = Attacker()
    try:
        text = POST.replace(
            "publish: now", "publish: now\nallow: [script, handler, link, iframe, refresh, base]"
        ) + HOSTILE.replace("{{", "{").replace("}}", "}").replace("{evil}", evil.origin)
        (folder / NAME).with_suffix(".html").write_text(text, encoding="utf-8")
        (folder / NAME).unlink()
        name = NAME.replace(".md", ".html")
        with previewing(folder) as preview:
            address = preview.access.address_of(name)
            found = browser.drive(
                ["open", "a", address, 1280],
                ["untilFrame", "a", "document.getElementById('out') !== null"],
                ["enterFrame", "a", "#send"],
                ["enterFrame", "a", "#out"],
                ["enterFrame", "a", "#js"],
                ["enterFrame", "a", "#relative"],
                ["run", "a", "new Promise((done) => setTimeout(done, 500))"],
                ["frame", "a", "document.title"],
                ["frame", "a", "location.pathname"],
                ["where", "a"],
                ["run", "a", "document.title"],
                ["errors"],
            )
        assert found[7:9] == ["A preview of two rivers", "/frame"]
        assert found[9].endswith(f"/?post={name}")
        assert found[10].startswith("A preview of two rivers")
        assert found[11] == []
        assert evil.connections == 0
        assert live(sandbox) == []
    finally:
        evil.stop()


def test_another_page_in_the_same_browser_gets_nothing(
    browser: Browser, preview: PreviewServer, sandbox: Sandbox
) -> None:
    """It may know the port and use a host name of its own for this machine (DNS rebinding)."""
    port = preview.access.port
    own = f"http://127.0.0.1:{port}"
    plan = json.dumps({"posts": [NAME]})
    attack = f"""(async () => {{
      const found = [];
      for (const [path, options] of [
        ['/posts', {{}}], ['/', {{ mode: 'no-cors' }}], ['/plan', {{ method: 'POST', body: '{plan}' }}],
        ['/publish', {{ method: 'POST', mode: 'no-cors', credentials: 'include', body: '{{}}' }}],
      ]) {{
        try {{
          const answer = await fetch('{own}' + path, {{ credentials: 'include', ...options }});
          found.push(answer.type + answer.status);
        }} catch (error) {{ found.push('refused'); }}
      }}
      const frame = document.createElement('iframe');
      frame.src = '{own}/';
      document.body.append(frame);
      await new Promise((done) => {{ frame.onload = done; }});
      return found;
    }})()"""
    with Sandbox() as elsewhere:
        found = browser.drive(
            ["open", "a", preview.access.address_of(NAME), 1280],
            ["untilFrame", "a", "document.body.innerText.includes('wide enough')"],
            ["open", "evil", elsewhere.url, 1280],
            ["run", "evil", attack],
            ["open", "rebound", f"http://evil.example:{port}/", 1280],
            ["open", "token", f"http://evil.example:{port}/?token={preview.access.token}", 1280],
            flags=["--host-resolver-rules=MAP evil.example 127.0.0.1"],
        )
    assert found[3] == ["refused"] * 4
    assert found[4:] == [403, 403]
    assert live(sandbox) == []


def test_broken_settings_are_told_and_it_recovers(
    browser: Browser, preview: PreviewServer, folder: Path
) -> None:
    banner = "document.getElementById('banner')"
    toml = folder / "blogkit.toml"
    text = toml.read_text(encoding="utf-8")
    found = browser.drive(
        ["open", "a", preview.access.address_of(NAME), 1280],
        ["untilFrame", "a", "document.body.innerText.includes('wide enough')"],
        ["write", "a", str(toml), "[sites.main"],
        ["until", "a", f"!{banner}.hidden"],
        ["run", "a", f"{banner}.textContent"],
        ["axe", "a"],
        ["write", "a", str(toml), f"{text}\n"],
        ["until", "a", f"{banner}.hidden"],
        ["write", "a", str(folder / NAME), POST.replace("is slow", "is lazy")],
        ["untilFrame", "a", "document.body.innerText.includes('is lazy')"],
    )
    assert "not valid TOML" in found[4]
    assert found[5] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_playground_makes_a_widget(
    browser: Browser, preview: PreviewServer, width: int
) -> None:
    place = "document.getElementById('field-title')"
    typed = f"(() => {{ const t = {place}; t.value = 'My own words'; t.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
    order = "document.getElementById('field-order')"
    found = browser.drive(
        ["open", "a", preview.access.address_of(""), width],
        ["until", "a", "document.getElementById('posts') !== null"],
        ["run", "a", "location.href = '/widgets?widget=timeline'"],
        ["until", "a", f"{place} !== null && document.getElementById('call').textContent.length > 9"],
        ["untilFrame", "a", "document.body.innerText.includes('First contact')"],
        ["axe", "a"],
        ["run", "a", typed],
        ["untilFrame", "a", "document.body.innerText.includes('My own words')"],
        ["run", "a", "document.getElementById('call').textContent.split('\\n')[0]"],
        ["run", "a", f"(() => {{ const o = {order}; o.append(new Option('up')); o.value = 'up'; o.dispatchEvent(new Event('change')); }})()"],
        ["until", "a", "document.getElementById('field-order-error').textContent.includes('one of')"],
        ["run", "a", f"{order}.getAttribute('aria-invalid')"],
        ["axe", "a"],
        ["run", "a", f"(() => {{ const o = {order}; o.value = 'asc'; o.dispatchEvent(new Event('change')); }})()"],
        ["until", "a", "document.getElementById('field-order-error').hidden"],
        ["click", "a", "#field-events > .add"],
        ["until", "a", "document.querySelector('[aria-describedby^=field-events-4-title]') !== null"],
        ["run", "a", "document.activeElement.id"],
        ["until", "a", "!document.getElementById('field-events-4-error').hidden || !document.getElementById('field-events-4-title-error').hidden"],
        ["run", "a", "document.documentElement.scrollWidth > innerWidth"],
        ["click", "a", "[data-copy=call]"],
        ["until", "a", "['Copied', 'Press Ctrl-C'].includes(document.querySelector('[data-copy=call]').textContent)"],
        ["errors"],
    )  # fmt: skip
    assert found[5] == []
    assert found[8] == "```{timeline} My own words"
    assert found[11] == "true"
    assert found[12] == []
    assert found[17] == "field-events-4-label"
    assert found[19] is False, "the page is wider than the window"
    assert found[-1] == []


def test_every_widget_has_its_form_in_the_browser(browser: Browser, preview: PreviewServer) -> None:
    names = list(Registry([builtin_folder()]))
    steps: list[list[object]] = [
        ["open", "a", preview.access.address_of(""), 1280],
        ["until", "a", "document.getElementById('posts') !== null"],
        ["run", "a", "location.href = '/widgets'"],
    ]
    for name in names:
        steps += [
            ["until", "a", f"document.querySelector('[data-widget={name}]') !== null"],
            ["run", "a", f"document.querySelector('[data-widget={name}]').click()"],
            ["until", "a", f"document.getElementById('call').textContent.replace(/^`+/, '').startsWith('{{{name}}}')"],
            ["run", "a", "[...document.querySelectorAll('#form .error:not([hidden])')].map((e) => e.textContent)"],
        ]  # fmt: skip
    found = browser.drive(*steps, ["errors"])
    assert dict(zip(names, found[6::4], strict=True)) == {name: [] for name in names}
    assert found[-1] == []
