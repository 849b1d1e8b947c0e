"""Find dead links: ask the server of each address whether its page exists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from blogkit.config import LINKS
from blogkit.dataclass import dataclass
from blogkit.errors import UsageError, nearest
from blogkit.project.context import ProjectContext
from blogkit.project.links.uses import named_links
from blogkit.project.plans.progress import OnProgress, advancing

if TYPE_CHECKING:
    from blogkit.http.probe import Probe

LinkState = Literal["ok", "moved", "unclear", "dead", "refused"]
MOST = 300
"""Addresses that one call asks for."""
_PAUSE = 1.0
"""Seconds between two visits to a server."""
_GONE = {404, 410}


@dataclass(frozen=True)
class CheckedLink:
    """The outcome of one address.

    Attributes:
        url: The address.
        places: Who uses it: names of links, files of posts, `quiz_url` of sites.
        state: `ok`, `moved` (it redirects), `unclear` (the server answers, but not with the
            page), `dead`, or `refused` (not asked: it is in a private network).
        detail: What the server answered, in words.
    """

    url: str
    places: tuple[str, ...]
    state: LinkState
    detail: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is known to be wrong with it."""
        return self.state not in ("dead", "refused")


def check_links(
    context: ProjectContext, names: Sequence[str], *, private: bool, on_progress: OnProgress
) -> list[CheckedLink]:
    """Return the outcome of each address, one server after the other.

    Args:
        context: The call's context.
        names: Only these links; none means all addresses that blogkit knows.
        private: Also ask servers on this machine and in private networks.
        on_progress: Told each address.

    Raises:
        UsageError: A link has no address, or there are too many addresses.
        ConfigError: `links.toml` cannot be read.
    """
    from blogkit.http.probe import Probe

    places = _chosen(context, names) if names else _all(context)
    if len(places) > MOST:
        raise UsageError(
            f"{len(places)} addresses are more than the {MOST} that are checked at a time",
            hint="name the links to check: blogkit link check polity-12",
        )
    probe, visited = Probe(private=private), set()
    advance = advancing(on_progress, "checking links", len(places))
    found = []
    for url, users in places.items():
        host = urlsplit(url).netloc
        if host in visited:
            context.settings.sleep(_PAUSE)
        visited.add(host)
        found.append(CheckedLink(url, tuple(users), *_outcome(probe, url)))
        advance(url)
    return found


def _outcome(probe: Probe, url: str) -> tuple[LinkState, str]:
    from blogkit.http.probe import ProbeError

    try:
        status, end = probe(url)
    except ProbeError as error:
        return ("refused" if error.refused else "dead"), str(error)
    if status in _GONE:
        return "dead", f"the server answered {status}: there is no such page"
    if status >= 400:
        return "unclear", f"the server answered {status}"
    return ("moved", f"it redirects to {end}") if end != url else ("ok", "")


def _chosen(context: ProjectContext, names: Sequence[str]) -> dict[str, list[str]]:
    known = {link.name: link.url for link in named_links(context)}
    places: dict[str, list[str]] = {}
    for name in names:
        if not known.get(name):
            hint = f"run: blogkit link set {name} URL" if name in known else nearest(name, known)
            message = f'the link "{name}" has no address'
            raise UsageError(message, hint=hint or "run: blogkit link list")
        places.setdefault(known[name], []).append(name)
    return places


def _all(context: ProjectContext) -> dict[str, list[str]]:
    """Return the addresses that blogkit knows, and who uses each."""
    from blogkit.render.quiz import objection

    config = context.config
    found = [(link.url, f"{link.name} in {LINKS}") for link in named_links(context)]
    posts, _ = context.posts.readable()
    found += [(post.quiz.strip(), config.relative(post.path)) for post in posts]
    found += [(site.quiz_url, f"quiz_url of {site.name}") for site in config.sites.values()]
    places: dict[str, list[str]] = {}
    for url, place in found:
        if not objection(url, allow_http=True):
            places.setdefault(url, []).append(place)
    return places
