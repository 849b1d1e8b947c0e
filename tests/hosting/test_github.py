"""Pictures in a repository that Pages serves."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from blogkit.errors import (
    AuthenticationError,
    NotFound,
    PermissionDenied,
    RateLimited,
    Rejected,
    SiteError,
)
from blogkit.hosting import Hosting, LocalImage
from blogkit.hosting.github import GitHubHost, github_throttled
from blogkit.http import HttpClient
from blogkit.http.probe import Probe
from blogkit.images import Limits
from tests.cases import for_each
from tests.hosting.github import TOKEN, GitHub
from tests.images.samples import drawn


def host_of(
    github: GitHub, folder: str = "blog", *, token: str = TOKEN, repository: str = "me/pictures"
) -> GitHubHost:
    http = HttpClient(
        "images",
        auth=lambda _request, _renew: {"Authorization": f"Bearer {token}"},
        sleep=lambda _seconds: None,
        throttled=github_throttled,
    )
    public = f"{github.url}/pages/{folder}".rstrip("/")
    return GitHubHost(
        http, github.url, repository, branch="main", folder=folder, public_folder=public
    )


def image(folder: Path) -> LocalImage:
    content = drawn("PNG")
    (folder / "boat.png").write_bytes(content)
    return LocalImage(folder / "boat.png", "boat.png", hashlib.sha256(content).hexdigest())


def test_a_picture_is_one_commit(tmp_path: Path, github: GitHub) -> None:
    boat = image(tmp_path)
    waited: list[float] = []
    github.lags = 2
    hosting = Hosting(
        "github",
        host_of(github),
        Limits(),
        fetch=Probe(private=True).fetch,
        sleep=waited.append,
    )
    placed = hosting.upload(boat)
    name = f"boat-{boat.sha256[:12]}.png"
    assert (placed.key, placed.url) == (f"blog/{name}", f"{github.url}/pages/blog/{name}")
    assert hosting.prove(placed, new=True) == "bytes"
    assert waited == [5.0, 10.0]
    assert host_of(github).upload(boat, Limits()) == placed
    assert github.commits == [f"Add {name}"]
    assert github.branches == {"main"}


def test_other_commits_at_the_same_moment(tmp_path: Path, github: GitHub) -> None:
    github.moves = 3
    host_of(github).upload(image(tmp_path), Limits())
    assert len(github.commits) == 1
    github.files.clear()
    github.moves = 99
    with pytest.raises(Rejected, match="answered 409"):
        host_of(github).upload(image(tmp_path), Limits())
    assert len(github.commits) == 1


@for_each(
    ("refusal", "kind", "words"),
    [
        ((403, "Resource not accessible", {}), PermissionDenied, "Resource not accessible"),
        ((403, "API rate limit", {"x-ratelimit-remaining": "0"}), RateLimited, "API rate limit"),
        ((429, "secondary rate limit", {"Retry-After": "1"}), RateLimited, "secondary rate limit"),
        ((404, "Not Found", {}), NotFound, "Not Found"),
        ((422, "Branch not found", {}), Rejected, "Branch not found"),
    ],
)
def test_refusals_are_told(
    github: GitHub, refusal: tuple[int, str, dict[str, str]], kind: type[SiteError], words: str
) -> None:
    github.refusal = refusal
    with pytest.raises(kind, match=words) as error:
        host_of(github).check()
    assert TOKEN not in error.value.message
    github.refusal = None


def test_a_token_is_tried(github: GitHub) -> None:
    host_of(github).check()
    with pytest.raises(AuthenticationError, match="Bad credentials"):
        host_of(github, token="other").check()
    with pytest.raises(NotFound):
        host_of(github, repository="me/other").check()
    github.push = False
    with pytest.raises(PermissionDenied, match="the token may not write"):
        host_of(github).check()
