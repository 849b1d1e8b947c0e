"""Ask a real blog which of Blogger's undocumented behaviours it shows.

    python -m scripts.live_blogger FOLDER [--site NAME] [--yes]

FOLDER has a blogkit.toml with a Blogger site that you are signed in to (`blogkit login`). The blog
should be made for this: two posts go live on it for a moment, and end in its trash. At most
25 requests are sent, and one line is printed for each switch of the test blog
(blogkit/sandbox/quirks.py): its position on Blogger, and whether that is the test blog's default.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from blogkit.config import Site, load_config
from blogkit.errors import BlogkitError, UsageError
from blogkit.http import HttpClient, Request, Response
from blogkit.platforms.blogger.api import API, blog_by_url, read_object
from blogkit.platforms.blogger.errors import raise_for_blogger
from blogkit.project.connect import Settings, blogger_client, utc_now
from blogkit.sandbox.quirks import OPTIONS

MOST: Final = 24
"""How many requests to send, beside the one for a token."""
FEW: Final = 5
"""How many posts a blog may have that is made for this."""
NOT_ASKED: Final = {
    "insert_5xx_commits": "Blogger would have to fail",
    "daily_insert_limit": "50 new posts are needed",
    "insert_throttle": "20 new posts are needed",
    "sign_in_lasts": "`blogkit login` tells",
}
LABEL: Final = "blogkit"
PIXEL: Final = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
PROBE: Final = (
    "<p>blogkit asks how this\ntext is kept.</p><!-- blogkit --><p></p>"
    "<style>.blogkit-probe{color:red}</style><script>var blogkitProbe=1;</script>"
    '<iframe src="https://www.example.com/"></iframe>'
    f'<img alt="" src="{PIXEL}">'
)


@dataclass
class Api:
    """One blog's API, which counts what it sends.

    Attributes:
        http: The signed-in client.
        blog: The address of the blog in the API.
        sent: How many requests were sent.
    """

    http: HttpClient
    blog: str = ""
    sent: int = 0

    def send(self, request: Request) -> Response:
        """Send a request and return its response, refusals (4xx) included."""
        if self.sent >= MOST:
            raise UsageError(f"Blogger was sent {MOST} requests, which is the limit")
        self.sent += 1
        return self.http.send(request)

    def call(
        self,
        method: str,
        path: str,
        json: Mapping[str, object] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        **query: str,
    ) -> Response:
        """Send a request to a path below `posts` and return its response."""
        return self.send(
            Request(
                method,
                f"{self.blog}/posts{path}",
                params=tuple(query.items()),
                headers=headers or {},
                json=json,
            )
        )

    def post(self, response: Response) -> dict[str, Any]:
        """Return the post in a response that must be a success."""
        raise_for_blogger(response, self.http.site)
        return dict(read_object(response, self.http.site))


@dataclass
class Questions:
    """The questions, in the only order in which each can be asked once.

    Attributes:
        api: The blog.
        now: The current time.
        answers: The positions found out, by switch; "? …" tells what did not fit any.
        left: The ids of posts that could not be moved to the trash.
    """

    api: Api
    now: datetime
    answers: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    _made: list[str] = field(default_factory=list)

    def ask(self) -> None:
        """Ask everything, then move the posts to the trash, whatever happened."""
        try:
            scheduled = self._schedule()
            self._change_scheduled(scheduled)
            draft = self._change_draft(scheduled)
            self._change_live(self._live(draft))
        finally:
            self._clean_up()

    def _insert(self, fields: Mapping[str, object], *, draft: bool) -> dict[str, Any]:
        made = self.api.post(
            self.api.call("POST", "", {"kind": "blogger#post", **fields}, isDraft=_bool(draft))
        )
        self._made.append(str(made["id"]))
        return made

    def _schedule(self) -> str:
        """Schedule a new draft to a time with seconds, and return its id."""
        title = "blogkit asks about schedules"
        made = self._insert({"title": title, "content": PROBE, "labels": [LABEL]}, draft=True)
        at = self._day(30).replace(second=37)
        post = self.api.post(self.api.call("POST", f"/{made['id']}/publish", publishDate=_text(at)))
        self.answers.update(kept(str(post.get("content", ""))))
        published = _time(post)
        self.answers["published_precision"] = {37: "second", 0: "minute"}.get(
            published.second, f"? {published:%H:%M:%S} for {at:%H:%M:%S}"
        )
        self.answers["schedule_mints_url"] = _yes(urlsplit(post["url"]).path.strip("/"))
        return str(made["id"])

    def _change_scheduled(self, post: str) -> None:
        at = self._day(40)
        answer = self.api.call("POST", f"/{post}/publish", publishDate=_text(at))
        if answer.status == 400:
            self.answers["publish_scheduled_again"] = "400"
        else:
            moved = _time(self.api.post(answer)) == at
            self.answers["publish_scheduled_again"] = "moves" if moved else "? no-op"
        answer = self.api.call("PATCH", f"/{post}", {"labels": None})
        if answer.status == 400:
            self.answers["patch_labels_null"] = "400"
        else:
            labels = self.api.post(answer).get("labels")
            self.answers["patch_labels_null"] = "ignored" if labels else "cleared"

    def _change_draft(self, post: str) -> dict[str, Any]:
        """Revert the post, date the draft, and return it after a publish without a date."""
        self.api.post(self.api.call("POST", f"/{post}/revert"))
        answer = self.api.call("POST", f"/{post}/revert")
        self.answers["revert_draft"] = "400" if answer.status == 400 else "no-op"
        answer = self.api.call("PATCH", f"/{post}", {"published": _text(self._day(50))})
        self.answers["update_draft"] = "404" if answer.status == 404 else "ok"
        after = self.api.post(self.api.call("POST", f"/{post}/publish"))
        self.answers["draft_keeps_published"] = _yes(after["status"] == "SCHEDULED")
        return after

    def _live(self, first: dict[str, Any]) -> str:
        """Insert a post with a future date that is no draft, and return the id of a live post."""
        made = self._insert(
            {
                "title": "blogkit asks about live posts",
                "content": "<p>Moved to the trash in a moment.</p>",
                "published": _text(self._day(30)),
            },
            draft=False,
        )
        live = made["status"] == "LIVE"
        self.answers["future_published_on_insert"] = "live_now" if live else "scheduled"
        if live or first["status"] == "LIVE":
            return str((made if live else first)["id"])
        self.api.post(self.api.call("POST", f"/{made['id']}/revert"))
        past = _text(self._day(-1))
        self.api.post(self.api.call("POST", f"/{made['id']}/publish", publishDate=past))
        return str(made["id"])

    def _change_live(self, post: str) -> None:
        at = self._day(-2)
        answer = self.api.call("POST", f"/{post}/publish", publishDate=_text(at))
        if answer.status == 400:
            self.answers["publish_live_again"] = "400"
        else:
            moved = _time(self.api.post(answer)) == at
            self.answers["publish_live_again"] = "redates" if moved else "no-op"
        at = self._day(-3)
        fields = {"published": _text(at), "labels": [LABEL]}
        changed = self.api.post(self.api.call("PATCH", f"/{post}", fields))
        moved = _time(changed) == at
        self.answers["patch_published_of_live"] = "redates" if moved else "ignored"
        self._ask_status(post)
        fields = {"title": "blogkit asks with a new title", "content": "<p>Almost done.</p>"}
        whole = self.api.post(self.api.call("PUT", f"/{post}", fields))
        self.answers["put_omitted_labels"] = "kept" if whole.get("labels") else "wiped"
        self._revert_live(post, str(whole["url"]))

    def _ask_status(self, post: str) -> None:
        for view, position in (("AUTHOR", "always"), ("ADMIN", "present")):
            if "status" in self.api.post(self.api.call("GET", f"/{post}", view=view)):
                self.answers["live_status_field"] = position
                return
        self.answers["live_status_field"] = "absent"

    def _revert_live(self, post: str, url: str) -> None:
        """Revert the post, with an ETag that is not its own, and publish it under its new title."""
        stale = {"If-Match": '"blogkit"'}
        answer = self.api.call("PATCH", f"/{post}", {"labels": []}, headers=stale, revert="true")
        self.answers["if_match"] = "412" if answer.status == 412 else "ignored"
        if answer.status == 412:
            answer = self.api.call("PATCH", f"/{post}", {"labels": []}, revert="true")
        reverted = self.api.post(answer)["status"] == "DRAFT"
        self.answers["publish_and_revert_on_update"] = "honoured" if reverted else "ignored"
        if not reverted:
            self.api.post(self.api.call("POST", f"/{post}/revert"))
        past = _text(self._day(-3))
        again = self.api.post(self.api.call("POST", f"/{post}/publish", publishDate=past))
        self.answers["republish_remints_url"] = _yes(again["url"] != url)

    def _clean_up(self) -> None:
        for post in self._made:
            try:
                self._trash(post)
            except BlogkitError:
                self.left.append(post)
        if self._made and not self.left and self.api.sent < MOST:
            answer = self.api.call("GET", f"/{self._made[0]}", view="AUTHOR")
            self.answers["get_trashed"] = "404" if answer.status == 404 else "shown"

    def _trash(self, post: str) -> None:
        # not `call`: what was made is removed even when all questions are used up
        url, query = f"{self.api.blog}/posts/{post}", (("useTrash", "true"),)
        self.api.sent += 1
        answer = self.api.http.send(Request("DELETE", url, params=query, repeatable=True))
        raise_for_blogger(answer, self.api.http.site)

    def _day(self, days: int) -> datetime:
        return self.now.replace(second=0, microsecond=0) + timedelta(days=days)


def kept(content: str) -> dict[str, str]:
    """Return the positions that the stored form of `PROBE` shows."""
    active = [name for name in ("script", "style", "iframe") if f"<{name}" in content]
    image = "kept" if PIXEL in content else "rehosted" if "<img" in content else "stripped"
    return {
        "html_comments": "kept" if "<!-- blogkit -->" in content else "stripped",
        "empty_paragraphs": "kept" if re.search(r"<p>\s*</p>", content) else "removed",
        "script_style_iframe": {0: "stripped", 3: "kept"}.get(
            len(active), f"? only {' and '.join(active)} kept"
        ),
        "data_uri_images": image,
        "newlines_to_br": "on" if re.search(r"this\s*<br\s*/?>\s*text", content) else "off",
    }


def report(answers: Mapping[str, str]) -> str:
    """Return a line for each switch: its position, and how the test blog's default compares."""
    lines = []
    for name, positions in OPTIONS.items():
        if name in NOT_ASKED:
            lines.append(f"{name:30} not asked: {NOT_ASKED[name]}")
        elif name not in answers:
            lines.append(f"{name:30} not asked: an earlier request failed")
        elif answers[name] not in positions:
            lines.append(f"{name:30} {answers[name]}: the test blog has no such position")
        else:
            default = "the default" if answers[name] == positions[0] else f"not {positions[0]}"
            lines.append(f"{name:30} {answers[name]} ({default})")
    return "\n".join(lines)


def find_blog(api: Api, site: Site, *, large: bool) -> None:
    """Look up the blog.

    Raises:
        UsageError: It has more than a few posts, and `large` is not set.
    """
    base = site.api_base or API
    answer = api.send(blog_by_url(base, site.url))
    blog = api.post(answer)
    posts = blog.get("posts", {}).get("totalItems", 0)
    if posts > FEW and not large:
        raise UsageError(
            f"site {site.name}: {site.url} has {posts} posts, so it is not a blog for tests",
            hint="make a new blog on blogger.com for this, or add --yes",
        )
    api.blog = f"{base.rstrip('/')}/v3/blogs/{blog['id']}"


def questions_for(settings: Settings, name: str, *, large: bool) -> Questions:
    """Return the questions for a site of blogkit.toml, connected to it.

    Raises:
        UsageError: There is no such Blogger site, or the blog is large.
    """
    sites = settings.config.sites
    found = [s for s in sites.values() if s.platform == "blogger" and name in ("", s.name)]
    if len(found) != 1:
        names = ", ".join(s.name for s in found) or "none"
        raise UsageError(
            f"--site must name one Blogger site of blogkit.toml; found: {names}",
            hint="add --site NAME",
        )
    api = Api(blogger_client(found[0], settings))
    find_blog(api, found[0], large=large)
    return Questions(api, settings.clock())


def main(arguments: list[str], clock: Callable[[], datetime] = utc_now) -> int:
    """Ask, print the answers, and return 1 if a request failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--site", default="")
    parser.add_argument("--yes", action="store_true", help=f"also a blog of more than {FEW} posts")
    options = parser.parse_args(arguments)
    questions = None
    failed = ""
    try:
        settings = Settings(load_config(options.folder.resolve()), clock=clock)
        questions = questions_for(settings, options.site, large=options.yes)
        questions.ask()
    except BlogkitError as error:
        failed = f"error: {error.message}\n{error.hint}".rstrip()
    if questions:
        print(report(questions.answers))
        print(f"{questions.api.sent} requests were sent.")
        for post in questions.left:
            print(f"move post {post} to the trash by hand", file=sys.stderr)
    if failed:
        print(failed, file=sys.stderr)
    return 1 if failed or (questions and questions.left) else 0


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _time(post: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(post["published"]).astimezone(UTC)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
