"""A running WordPress, as the tests talk to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import requests

from tests.e2e.wordpress.machine import run

CONFIG = Path(__file__).parent / "config"
LONGEST = 300
"""Seconds for an answer: for what hangs, not for what is slow."""
PRETTY = "/%postname%/"
PLAIN = ""


@dataclass(frozen=True)
class User:
    """An account whose application password opens the REST interface."""

    login: str
    id: int
    role: str
    application_password: str


@dataclass(frozen=True)
class Site:
    """label: the series asked for ("6.1"); version: what it really is ("6.1.9"); docroot: the
    folder that is served.
    """

    label: str
    version: str
    url: str
    docroot: Path
    users: Mapping[str, User]

    def rest(
        self,
        user: str,
        method: str,
        path: str,
        *,
        fault: str = "",
        params: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> requests.Response:
        """One REST request, e.g. `rest("author", "POST", "wp/v2/posts", json={…})`, whatever the
        permalinks; user "" is nobody.

        fault: make this one request fail (see config/faults.php); options: as for
        `requests.request`.
        """
        headers = {
            "Accept": "application/json",
            **({"X-Blogkit-Fault": fault} if fault else {}),
            **options.pop("headers", {}),
        }
        route = {"rest_route": f"/{path.strip('/')}", **(params or {})}
        with requests.Session() as session:
            session.trust_env = False  # the machine's proxies are none of our business
            if user:
                session.auth = (user, self.users[user].application_password)
            return session.request(
                method, f"{self.url}/", params=route, headers=headers, timeout=LONGEST, **options
            )

    def page(self, url: str) -> str:
        """The HTML that a visitor gets at an address of the site."""
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(url, timeout=LONGEST)
        answer.raise_for_status()
        return answer.content.decode()

    def cron(self) -> None:
        """Do what is due (scheduled posts go live); nothing is done before."""
        self.page(f"{self.url}/wp-cron.php?doing_wp_cron")

    @contextmanager
    def visitors_start_cron(self) -> Iterator[None]:
        """WordPress as it comes, while the block runs: each visitor starts what is due."""
        switch = self.docroot.parents[3] / "visitors-start-cron"  # see config/wp-config.php
        switch.touch()
        try:
            yield
        finally:
            switch.unlink()

    def make_due(self, post_id: int) -> None:
        """Let the time of a scheduled post have come, without waiting; `cron` then publishes it."""
        self.php(CONFIG / "make-due.php", str(post_id))

    def php(self, script: Path, *arguments: str | Path) -> str:
        """Run a PHP script on the site's files and database; it gets the docroot as its first
        argument.
        """
        return run(
            [
                "php",
                "-d",
                "display_errors=0",
                "-d",
                "memory_limit=512M",
                script,
                self.docroot,
                *arguments,
            ]
        )

    @contextmanager
    def plain_permalinks(self) -> Iterator[None]:
        """Addresses as `/?p=1`, and REST only at `/?rest_route=`, while the block runs."""
        self.php(CONFIG / "permalinks.php", PLAIN)
        try:
            yield
        finally:
            self.php(CONFIG / "permalinks.php", PRETTY)

    def as_json(self) -> str:
        """Everything another program needs to use the site."""
        return json.dumps({**asdict(self), "docroot": str(self.docroot)}, indent=1)


def from_json(text: str) -> Site:
    """The inverse of `Site.as_json`."""
    data = json.loads(text)
    users = {login: User(**user) for login, user in data.pop("users").items()}
    return Site(**{**data, "docroot": Path(data["docroot"]), "users": users})
