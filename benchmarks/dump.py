"""Write down everything that posts become, to show that a faster way changes nothing.

python -m benchmarks.dump FILE [--posts N]

Each line of FILE is one post of one kind: its HTML, its pieces and its problems on each of the five
profiles, what the site would keep of it, and the findings of all checks. The posts are generated
ones, every shape of every widget, and posts made to break a parser. The SHA-256 of the file is
printed: run it before and after a change, and compare the files if the digests differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import corpus
from blogkit.errors import ContentError, Problem
from blogkit.posts.post import Post
from blogkit.project.built_post import build_posts
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions
from blogkit.project.project import open_project
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import PROFILES, Profile
from tests.fast.adversarial import Author
from tests.widgets.samples import SAMPLES

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write down everything that posts become.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--posts", type=int, default=300, help="of each generated kind")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_posts(root, given.posts)
        lines = [f"{name}\t{text}\n" for name, text in records(root)]
    data = "".join(lines).encode("utf-8", "backslashreplace")
    given.file.write_bytes(data)
    print(f"{len(lines)} records, sha256 {hashlib.sha256(data).hexdigest()}")


def write_posts(root: Path, count: int) -> None:
    """Write a project with the posts of all kinds."""
    corpus.write(root, count)
    texts = {f"sample-{name}": f"---\ntitle: A {name}\n---\n{body}" for name, body in SAMPLES}
    texts |= {f"adversarial-{number:03}": Author(number).post() for number in range(count)}
    for name, text in texts.items():
        data = text.encode("utf-8", "surrogatepass")
        (root / f"posts/{name}.md").write_bytes(data)


def records(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the name of each record, and what it holds as JSON."""
    context = open_project(root, environ={}, clock=lambda: NOW)._context()
    posts, problems = context.posts.readable()
    yield "unreadable", _json(problems)
    for post in posts:
        for profile in PROFILES.values():
            yield f"{post.path.stem} {profile.name}", _json(_built(context, post, profile))
        yield f"{post.path.stem} checks", _json(_findings(context, post))


def _built(context: ProjectContext, post: Post, profile: Profile) -> Any:
    options = PublishOptions(allow_pending_quiz=True)
    try:
        built = build_posts(context, post, "main", options, profile=profile)
    except ContentError as error:
        return error.problems
    document, desired = built.document, built.desired
    kept = [judge(each.html, profile).stored for each in document.fragments]
    return [document.fragments, document.sheet, kept, desired.digest, built.problems]


def _findings(context: ProjectContext, post: Post) -> list[Problem]:
    try:
        built = build_posts(context, post, "main", PublishOptions(allow_pending_quiz=True))
    except ContentError:
        return context.checks.findings(post, [])
    return context.checks.findings(post, [built.document])


def _json(value: Any) -> str:
    return json.dumps(value, default=vars, ensure_ascii=False)


if __name__ == "__main__":
    main()
