"""Posts that an editor on Windows saves, with CRLF at the end of every line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from blogkit.platforms.base import Platform, Remote
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run

MARKDOWN = """\
---
title: Rain
labels: [a,
  b]
excerpt: |
  one
  two
publish: now
---
One
line two\x20\x20
three.

```python
x = 1

y = 2
```

```{callout}
---
kind: tip
---
A tip,
on two lines.
```
"""
HTML = "---\ntitle: Tea\npublish: now\n---\n<p>One\ntwo</p>\n<pre>a\nb</pre>\n<!-- {callout}\nbody: x\n-->\n"


def save_on_windows(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def has_crlf_only(path: Path) -> bool:
    data = path.read_bytes()
    return data.count(b"\r\n") == data.count(b"\n") > 0


def body(blog: Platform, title: str) -> str:
    (found,) = [post.body for post in blog.list("post", PRESENT) if post.title == title]
    return found


def test_other_line_ends_are_no_change(
    run: Run, workspace: Path, sandbox: Sandbox, by_hand: Callable[..., Remote]
) -> None:
    (workspace / "posts/rain.md").write_text(MARKDOWN, encoding="utf-8")
    (workspace / "posts/tea.html").write_text(HTML, encoding="utf-8")
    assert run("publish", "--yes").code == 0
    assert run("pull", by_hand("Lf", "<p>One\ntwo</p>\n<pre>a\nb</pre>").url).code == 0
    assert run("pull", by_hand("Crlf", "<p>One\r\ntwo</p>\n<pre>a\r\nb</pre>").url).code == 0
    for path in (workspace / "posts").iterdir():
        save_on_windows(path)
    sandbox.log.clear()
    done = run("publish", "--yes")
    assert (done.code, "4 unchanged" in done.out) == (0, True), done
    assert sandbox.log.writes() == []
    assert run("diff").out == "no differences\n"


def test_fix_and_insert_keep_the_line_ends(
    run: Run, workspace: Path, blog: Platform, by_hand: Callable[..., Remote]
) -> None:
    rain = workspace / "posts/rain.md"
    rain.write_text(MARKDOWN.replace("three", "cafÃ©"), encoding="utf-8")
    save_on_windows(rain)
    assert run("check", "--fix").code == 0
    assert ("café" in rain.read_text("utf-8"), has_crlf_only(rain)) == (True, True)
    assert run("pull", by_hand("Old", "<p>One</p>\n<h2>End</h2>\n<pre>a\nb</pre>").url).code == 0
    old = workspace / "posts/old.html"
    save_on_windows(old)
    insert = ("insert", "callout", "--set", "body=x", "--at", "before:h2:End", "--into")
    assert run(*insert, old, "--yes").code == 0
    assert (b"data-blogkit-region" in old.read_bytes(), has_crlf_only(old)) == (True, True)
    assert run("publish", "--yes").code == 0
    assert "data-blogkit-region" in body(blog, "Old")
