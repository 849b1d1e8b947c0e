"""What is tortured: blogs, with their settings and what goes wrong there."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.chaos import sickness
from benchmarks.chaos.desk import Desk
from benchmarks.chaos.luck import SWITCH, Luck
from benchmarks.chaos.tally import Tally
from benchmarks.chaos.torture import Torture
from benchmarks.chaos.workspace import Workspace
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from tests.crash.children import Children
from tests.crash.sites import Edited, OnSandbox, OnWordPress, make_workspace, posts
from tests.crash.wire import FAULTS
from tests.e2e.wordpress import cache, debian, lifecycle
from tests.e2e.wordpress.site import Site as RealSite
from tests.hostile.old_answers import OldAnswers
from tests.hostile.sick_proxy import SickProxy


@dataclass(frozen=True)
class Scene:
    """by_slug: addresses from slugs, else from titles; others: the part of turns with another
    command than `publish`; forgetful: how often the journal gets lost; sick: a proxy damages
    answers; old: a host keeps answers; clones: computers that publish at once, each with its own
    journal; state: they commit what they know of the posts; calm: only people and files do harm;
    share: of all turns.
    """

    name: str
    by_slug: bool = False
    writers: int = 1
    posts: int = 6
    others: float = 0
    forgetful: float = 0
    sick: bool = False
    old: bool = False
    clones: int = 1
    state: bool = False
    calm: bool = False
    share: int = 1

    @property
    def alone(self) -> bool:
        """Whether one post is written at a time."""
        return self.writers == self.clones == 1


_ANYWHERE = (
    Scene("commands", others=0.6, share=3),
    Scene("forgetful", forgetful=0.3),
    Scene("sick", sick=True, others=0.2, share=2),
    Scene("old", old=True, others=0.3),
    Scene("clones", clones=2, share=2),
    Scene("state", forgetful=0.4, state=True),
    Scene("shared", forgetful=0.2, clones=2, state=True, share=2),
)
ON_SANDBOX = (
    Scene("titles"),
    Scene("slugs", by_slug=True),
    Scene("writers", writers=3),
    Scene("many", posts=24),
    *_ANYWHERE,
)
ON_WORDPRESS = tuple(
    replace(scene, by_slug=True) for scene in (Scene("one"), Scene("four", writers=4), *_ANYWHERE)
)


def on_sandbox(
    children: Sequence[Children],
    turns: int,
    seed: int,
    folder: Path,
    *,
    scenes: Sequence[Scene] = ON_SANDBOX,
    slow: bool = False,
) -> Tally:
    """So many turns. children: one for each computer; slow: also answers that take all the time
    they may.
    """
    tally = Tally()
    for scene in scenes:
        host = OldAnswers(obeys=True)  # nothing else is between Google and its users
        with (
            Sandbox(switches=Quirks(daily_insert_limit="none", insert_throttle="none")) as sandbox,
            _proxy(scene, sandbox.api_base, host) as proxy,
        ):
            front = proxy.url if proxy else ""
            site = OnSandbox(sandbox, by_slug=scene.by_slug, writers=scene.writers, api_base=front)
            chance = random.Random(f"{seed} {scene.name}")
            sick = (*sickness.ON_BLOGGER, *(sickness.SLOW if slow else ())) if scene.sick else ()
            luck = Luck(chance, tuple(FAULTS), sandbox, scene.alone, proxy, sick, scene.calm)
            torture = _torture(scene, site, children, folder, tally, luck)
            torture.run(_turns(turns, scene, scenes), scene.posts)
        tally.count["answers kept"] += len(host.kept)
    return tally


def on_wordpress(
    children: Sequence[Children],
    turns: int,
    seed: int,
    folder: Path,
    real: RealSite,
    *,
    scenes: Sequence[Scene] = ON_WORDPRESS,
) -> Tally:
    """The newest WordPress, as an author, with its own fault switch."""
    tally = Tally()
    for scene in scenes:
        host = OldAnswers()
        with _proxy(scene, real.url, host) as proxy:
            front = proxy.url if proxy else ""
            site = OnWordPress(real, writers=scene.writers, front=front)
            chance = random.Random(f"{seed} {scene.name}")
            sick = sickness.ON_WORDPRESS if scene.sick else ()
            luck = Luck(chance, (*FAULTS, *SWITCH), None, scene.alone, proxy, sick, scene.calm)
            torture = _torture(scene, site, children, folder, tally, luck)
            torture.run(_turns(turns, scene, scenes), scene.posts)
        for post in posts(site):  # the next scene begins with an empty blog
            site.delete(post, trash=False)
        tally.count["answers kept"] += len(host.kept)
    return tally


@contextmanager
def _proxy(scene: Scene, site: str, host: OldAnswers) -> Iterator[SickProxy | None]:
    """What is between blogkit and the site, if anything is."""
    if not (scene.sick or scene.old):
        yield None
        return
    with SickProxy(site) as proxy:
        if scene.old:
            proxy.way = host
        yield proxy


def _torture(
    scene: Scene,
    site: Edited,
    children: Sequence[Children],
    folder: Path,
    tally: Tally,
    luck: Luck,
) -> Torture:
    workspaces = [
        Workspace(
            make_workspace(folder / f"{scene.name}-{number}", site, state=scene.state),
            one,
            rebuild=bool(scene.forgetful) and not scene.state,
        )
        for number, one in enumerate(children[: scene.clones])
    ]
    roots = [one.root for one in workspaces]
    prefix = f"torture-{scene.name}-"
    desk = Desk(roots, luck.chance, tally, scene.by_slug, prefix)
    return Torture(desk, site, workspaces, luck.chance, luck, scene.others, scene.forgetful)


def _turns(turns: int, scene: Scene, scenes: Sequence[Scene]) -> int:
    return -(-turns * scene.share // sum(one.share for one in scenes))


@contextmanager
def newest_wordpress() -> Iterator[RealSite]:
    """A real one, up for as long as this lasts."""
    home = Path(tempfile.mkdtemp(prefix="blogkit-torture-")) / "site"
    try:
        yield lifecycle.up(debian.NEWEST, home, cache=cache.folder())
    finally:
        lifecycle.down(home)
