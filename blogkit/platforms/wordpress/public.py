"""Ask a WordPress site as a reader does: for a post's page, and for its scheduler."""

from __future__ import annotations

from contextlib import suppress
from secrets import token_hex
from urllib.parse import urljoin

from blogkit.errors import SiteError
from blogkit.html import decode
from blogkit.http import HttpClient, Request
from blogkit.platforms.base import Remote
from blogkit.platforms.statuses import PRIVATE_STATUS

_PAGE = {"Accept": "text/html,*/*;q=0.8"}


class ReaderView:
    """What a site shows without signing in.

    Args:
        url: The address of the blog's front page, with a slash at its end.
        http: The client that sends the requests.
    """

    def __init__(self, url: str, http: HttpClient) -> None:
        self._url, self._http = url, http

    def shows(self, post: Remote) -> bool | None:
        """Return whether a post's page is there, past caches; None if that cannot be told.

        Args:
            post: The post as the REST API shows it.

        Raises:
            SiteError: The site cannot be reached.
        """
        if post.status == PRIVATE_STATUS or not post.url:
            return None
        try:
            answer = self._http.send(_unsigned(post.url))
        except SiteError as error:
            if error.status:  # such as the page of a maintenance mode
                return None
            raise
        if answer.status in (404, 410):
            return False
        # A page for every address, such as "coming soon", is not the post's.
        found = answer.status == 200 and _is_of(answer.text, post)
        return True if found else None

    def start_scheduler(self) -> None:
        """Start WordPress's cron, which otherwise waits for a visitor; errors don't matter.

        It also runs where DISABLE_WP_CRON is set, which only stops visitors from starting it
        (https://developer.wordpress.org/plugins/cron/hooking-wp-cron-into-the-system-task-scheduler/).
        """
        with suppress(SiteError):
            self._http.send(_unsigned(urljoin(self._url, "wp-cron.php")))


def _unsigned(url: str) -> Request:
    past_caches = (("nocache", token_hex(8)),)
    return Request(
        "GET", url, params=past_caches, headers=_PAGE, signed=False, roams=True, page=True
    )


def _is_of(page: str, post: Remote) -> bool:
    number = post.ref.id.rpartition("-")[2]
    marks = (f"postid-{number}", f"page-id-{number}", f"?p={number}", f"?page_id={number}")
    title = _plain(post.title)
    return any(mark in page for mark in marks) or (bool(title) and title in _plain(page))


def _plain(text: str) -> str:
    """Return letters and digits only: themes replace quotes and dashes."""
    return "".join(filter(str.isalnum, decode(text)))
