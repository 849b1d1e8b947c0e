"""A blog's folder for a real WordPress, and blogkit's commands in it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from blogkit.__main__ import main
from tests.e2e.wordpress.site import Site

PLUGINS = Path(__file__).parent / "plugins"
EDIT = {"context": "edit"}


@contextmanager
def plugged(site: Site, name: str, **values: str) -> Iterator[None]:
    """Run a site with a must-use plugin of `plugins/`, with values for its `{{names}}`."""
    text = (PLUGINS / f"{name}.php").read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{{{key}}}}}", value)
    target = site.docroot / "wp-content/mu-plugins" / f"{name}-{uuid.uuid4().hex[:8]}.php"
    target.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        target.unlink()


@dataclass
class Workspace:
    """settings: further lines of the site's table; user: who signs in; url: the address of the
    site, if it is not its own.
    """

    root: Path
    site: Site
    user: str = "admin"
    settings: Mapping[str, object] = field(default_factory=dict)
    url: str = ""

    def __post_init__(self) -> None:
        user, url = self.site.users[self.user], self.url or self.site.url
        (self.root / "posts").mkdir(parents=True)
        more = "".join(f"{name} = {json.dumps(value)}\n" for name, value in self.settings.items())
        (self.root / "blogkit.toml").write_text(
            f'[sites.school]\nplatform = "wordpress"\nurl = "{url}"\n'
            f'username = "{user.login}"\n{more}',
            encoding="utf-8",
        )
        secrets = self.root / ".env"
        secrets.write_text(
            f"BLOGKIT_SCHOOL_APP_PASSWORD={user.application_password}\n"
            f"BLOGKIT_SCHOOL_ORIGIN={url}\n",
            encoding="utf-8",
        )
        secrets.chmod(0o600)

    def delete_journal(self) -> None:
        """As on another machine, or after a disk broke."""
        for file in (self.root / ".blogkit").glob("journal.sqlite*"):
            file.unlink()

    def write(self, name: str, front: str, body: str) -> Path:
        """A post's file."""
        path = self.root / "posts" / f"{name}.md"
        path.write_text(f"---\n{front.strip()}\n---\n{body}\n", encoding="utf-8")
        return path

    def run(self, *arguments: object) -> tuple[int, Any]:
        """The exit code and the JSON report of a command."""
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(
                ["-C", str(self.root), *map(str, arguments), "--json"], sleep=lambda _seconds: None
            )
        assert out.getvalue(), err.getvalue()
        return code, json.loads(out.getvalue())

    def published(self, *arguments: object) -> dict[str, Any]:
        """The outcomes of a publication that succeeds, by key."""
        code, report = self.run("publish", *arguments, "--yes")
        assert code == 0, report
        return {one["key"]: one for one in report["outcomes"]}

    def stored(self, number: object, route: str = "posts") -> dict[str, Any]:
        """A post as WordPress has it."""
        answer = self.site.rest("admin", "GET", f"wp/v2/{route}/{number}", params=EDIT)
        return dict(answer.json())
