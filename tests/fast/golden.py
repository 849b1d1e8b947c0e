"""Digests of what each post became before blogkit took short cuts.

`python -m tests.fast.golden` rewrites golden.txt. Run it only after a deliberate change of the
output, which other tests must show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import corpus
from blogkit.errors import ContentError
from blogkit.lint import runner
from blogkit.posts.loader import load_post
from blogkit.render import renderer
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import PROFILES, Profile
from tests.fast.adversarial import Author
from tests.lint.reader import ROOT, reading
from tests.render.drawing import OURS
from tests.widgets.samples import SAMPLES

FILE = Path(__file__).with_name("golden.txt")


def posts() -> dict[str, str]:
    """Ordinary posts, one of each shape of every widget, and posts made to break a parser; by
    name.
    """
    found = {f"ordinary-{number:02}": corpus.post(number) for number in range(6)}
    found |= {name: f"---\ntitle: A sample\n---\n{body}" for name, body in SAMPLES}
    return found | {f"adversarial-{number:03}": Author(number).post() for number in range(60)}


def kind_of(name: str) -> str:
    first = name.partition("-")[0]
    return first if first in ("ordinary", "adversarial") else "sample"


def digests(name: str, text: str) -> Iterator[str]:
    """A line for each profile, and one for the checks of content."""
    try:
        yield f"{name} checks {_short(str(_findings(text)))}"
    except ContentError as error:
        yield f"{name} unreadable {_short(_problems(error))}"
        return
    for profile in PROFILES.values():
        yield f"{name} {profile.name} {_short(_rendered(text, profile))}"


def _findings(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in runner.run_rules(reading(text))]


def _rendered(text: str, profile: Profile) -> str:
    path = ROOT / "posts/a.md"
    post = load_post(path, root=ROOT, zone=ZoneInfo("UTC"), text=text.encode())
    try:
        document = renderer.render_post(
            post, registry=OURS, profile=profile, root=ROOT, allow_open=True
        )
    except ContentError as error:
        return _problems(error)
    losses = [
        (loss.line_offset, loss.severity)
        for fragment in document.fragments
        for loss in judge(fragment.html, profile).losses
    ]
    return f"{document.html}\n{document.sheet}\n{losses}"


def _problems(error: ContentError) -> str:
    return str([(problem.line, problem.code) for problem in error.problems])


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


if __name__ == "__main__":
    FILE.write_text(
        "".join(f"{line}\n" for name, text in posts().items() for line in digests(name, text)),
        encoding="utf-8",
    )
