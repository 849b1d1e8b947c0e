"""Keep pictures in a GitHub repository that Pages serves, through the REST API.

https://docs.github.com/en/rest/repos/contents
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from blogkit.errors import (
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    RateLimited,
    Rejected,
    ServerError,
    SiteError,
)
from blogkit.hosting.host import LocalImage, Placed, ReadyImage, placed_at, ready_to_send
from blogkit.images import Limits

if TYPE_CHECKING:  # requests is imported when there is a picture to send
    from blogkit.http import HttpClient, Request, Response

_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_ATTEMPTS = 5
"""How often an upload is tried while other commits move the branch."""


def github_throttled(answer: Response) -> bool:
    """Return whether GitHub asks to slow down.

    https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api

    Args:
        answer: An answer of the API.
    """
    names = {name.lower(): value for name, value in answer.headers.items()}
    limited = "retry-after" in names or names.get("x-ratelimit-remaining") == "0"
    return answer.status == HTTPStatus.TOO_MANY_REQUESTS or (
        answer.status == HTTPStatus.FORBIDDEN and limited
    )


class GitHubHost:
    """One repository.

    Args:
        http: Signs and sends requests.
        api: The address of the API.
        repository: OWNER/NAME.
        branch: The branch that Pages serves; "" for the default one.
        folder: The folder in it; "" for its top.
        public_folder: Where readers get that folder, without a slash at the end.
    """

    # Pages publishes a commit within minutes:
    # https://docs.github.com/en/pages/getting-started-with-github-pages
    waits: Sequence[float] = (5.0, 10.0, 15.0, *(30.0,) * 8)
    deploys = True

    def __init__(
        self,
        http: HttpClient,
        api: str,
        repository: str,
        *,
        branch: str,
        folder: str,
        public_folder: str,
    ) -> None:
        self.label = f"the repository {repository}"
        self._http = http
        self._repository = f"{api.rstrip('/')}/repos/{repository}"
        self._branch, self._folder, self._public = branch, folder, public_folder

    def upload(self, image: LocalImage, limits: Limits) -> Placed:
        """Return the picture's address; commit it unless the branch has a file of its name.

        Args:
            image: The picture.
            limits: What it may be like.

        Raises:
            SiteError: GitHub refuses it, or does not answer.
            BlogkitError: The picture is damaged.
        """
        ready = ready_to_send(image, limits)
        path = f"{self._folder}/{ready.name}".lstrip("/")
        if not self._has(path):
            self._commit(path, ready)
        return placed_at(f"{self._public}/{ready.name}", path, ready)

    def check(self) -> None:
        """Ask for the repository, to try the token.

        Raises:
            PermissionDenied: The token may not write there.
            SiteError: GitHub refuses it, or does not answer.
        """
        answer = self._send(self._request("GET", self._repository))
        self._require(answer, HTTPStatus.OK)
        found = answer.json("images")
        rights = found.get("permissions") if isinstance(found, dict) else None
        if isinstance(rights, dict) and not rights.get("push"):
            raise PermissionDenied(
                f"the token may not write to {self.label}",
                site="images",
                hint='give it the permission "Contents: Read and write" for this repository',
            )

    def _has(self, path: str) -> bool:
        params = (("ref", self._branch),) if self._branch else ()
        answer = self._send(self._request("GET", self._address(path), params=params))
        if answer.status == HTTPStatus.NOT_FOUND:
            return False
        self._require(answer, HTTPStatus.OK)
        return True

    def _commit(self, path: str, ready: ReadyImage) -> None:
        """Add a file. A second one of its name is refused (422), so none is added twice."""
        fields = {
            "message": f"Add {ready.name}",
            "content": base64.b64encode(ready.content).decode(),
            **({"branch": self._branch} if self._branch else {}),
        }
        for left in reversed(range(_ATTEMPTS)):
            try:
                answer = self._send(self._request("PUT", self._address(path), json=fields))
            except OutcomeUnknown:
                if self._has(path):
                    return
                raise
            if answer.status in (HTTPStatus.CREATED, HTTPStatus.OK):
                return
            # 409: the branch has moved meanwhile; 422: the file is there, perhaps since just now
            moved = answer.status == HTTPStatus.CONFLICT and left
            if answer.status == HTTPStatus.UNPROCESSABLE_ENTITY and self._has(path):
                return
            if not moved:
                self._require(answer, HTTPStatus.CREATED)

    def _address(self, path: str) -> str:
        return f"{self._repository}/contents/{quote(path)}"

    def _request(
        self,
        method: str,
        url: str,
        params: tuple[tuple[str, str], ...] = (),
        json: object = None,
    ) -> Request:
        from blogkit.http import Request

        return Request(method, url, params=params, headers=_HEADERS, json=json)

    def _send(self, request: Request) -> Response:
        return self._http.send(request)

    def _require(self, answer: Response, status: HTTPStatus) -> None:
        """Check an answer's status.

        Raises:
            SiteError: It is another one.
        """
        if answer.status == status:
            return
        hint = "run the same command again later"
        kind: type[SiteError] = ServerError
        if answer.status == HTTPStatus.NOT_FOUND:
            # GitHub hides what a token may not see:
            # https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
            kind = NotFound
            hint = "check repository and branch in blogkit.toml, and that the token is for it"
        elif github_throttled(answer):
            kind = RateLimited
        elif answer.status == HTTPStatus.FORBIDDEN:
            kind = PermissionDenied
            hint = 'give the token the permission "Contents: Read and write" for this repository'
        elif answer.status in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
            kind, hint = Rejected, "check branch and prefix in [images] of blogkit.toml"
        raise kind(
            f"{self.label} answered {answer.status}: {answer.summary()}",
            site="images",
            status=answer.status,
            reason=answer.summary(),
            hint=hint,
        )
