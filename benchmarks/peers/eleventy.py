"""Eleventy, with the widgets as paired shortcodes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.peers.base import CALL, HOME, Peer, parts

MODULES = HOME / "eleventy/node_modules"
CONFIG = """\
const yaml = require(%(yaml)s);
const md = require(%(markdown)s)({ html: true });
const text = (value) => md.renderInline(String(value));
const rows = (list, one) => list.map(one).join("");
module.exports = (config) => {
  config.setQuietMode(true);
  const widget = (name, render) =>
    config.addPairedShortcode(name, (source, title) => render(yaml.load(source), title));
  widget("meta_box", (d, title) => `<div class="bk-meta-box"><h3>${title}</h3><dl>${
    rows(d.items, (i) => `<dt>${i.icon} ${i.label}</dt><dd>${text(i.value)}</dd>`)}</dl></div>`);
  widget("timeline", (d, title) => `<section class="bk-timeline"><h3>${title}</h3><ol>${
    rows(d.events, (e) => `<li><p><strong>${e.date}</strong> ${text(e.title)}</p><p>${text(e.text)}</p></li>`)
    }</ol></section>`);
  widget("table", (d, title) => `<table class="bk-table"><caption>${title}</caption><thead><tr>${
    rows(d.columns, (c) => `<th scope="col">${c.label ?? c}</th>`)}</tr></thead><tbody>${
    rows(d.rows, (r) => `<tr>${r.map((c, n) => n ? `<td>${text(c)}</td>`
      : `<th scope="row">${text(c)}</th>`).join("")}</tr>`)}</tbody></table>`);
  widget("quiz_button", (d, title) => `<div class="bk-quiz"><h3>${title}</h3><p><a href="#">${
    d.label}</a></p><p>${d.questions} questions</p></div>`);
  return { markdownTemplateEngine: "njk", dir: { input: "content", includes: "../layouts" } };
};
"""
LAYOUT = "<!doctype html><title>{{ title }}</title>{{ content | safe }}"


def write(root: Path, posts: list[str]) -> None:
    """Write a site under `root`."""
    (root / "content").mkdir()
    (root / "layouts").mkdir()
    (root / "layouts/post.njk").write_text(LAYOUT, encoding="utf-8")
    places = {"yaml": MODULES / "js-yaml", "markdown": MODULES / "markdown-it"}
    config = CONFIG % {name: json.dumps(str(place)) for name, place in places.items()}
    (root / "eleventy.config.cjs").write_text(config, encoding="utf-8")
    for number, post in enumerate(posts):
        head, body = parts(post)
        body = CALL.sub(
            lambda call: (
                f"{{% {_name(call[1])} {json.dumps(call[2])} %}}\n{call[3]}"
                f"{{% end{_name(call[1])} %}}"
            ),
            body,
        )
        text = f"---\n{head}layout: post.njk\n---\n{body}"
        (root / f"content/post-{number:05}.md").write_text(text, encoding="utf-8")


def _name(widget: str) -> str:
    return widget.replace("-", "_")


def peer() -> Peer:
    """Return Eleventy."""
    node, program = shutil.which("node"), MODULES / "@11ty/eleventy/cmd.cjs"
    return Peer("Eleventy", (node, program) if node and program.exists() else (), write)
