"""What is tortured: blogs, with their settings and what goes wrong there."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from benchmarks.chaos.desk import Desk
from benchmarks.chaos.luck import SWITCH, Luck
from benchmarks.chaos.tally import Tally
from benchmarks.chaos.torture import Torture
from benchmarks.chaos.workspace import Workspace
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from tests.crash.children import Children
from tests.crash.sites import Edited, OnSandbox, OnWordPress, make_workspace
from tests.crash.wire import FAULTS
from tests.e2e.wordpress import cache, debian, lifecycle
from tests.e2e.wordpress.site import Site as RealSite
from tests.hostile import ways, wire_ways
from tests.hostile.sick_proxy import SickProxy


@dataclass(frozen=True)
class Scene:
    """by_slug: addresses from slugs, else from titles; others: the part of turns with another
    command than `publish`; forgetful: how often the journal gets lost; sick: a proxy damages
    answers; clones: computers that publish at once, each with its own journal; state: they commit
    what they know of the posts; share: of all turns.
    """

    name: str
    by_slug: bool = False
    writers: int = 1
    posts: int = 6
    others: float = 0
    forgetful: float = 0
    sick: bool = False
    clones: int = 1
    state: bool = False
    share: int = 1

    @property
    def alone(self) -> bool:
        """Whether one post is written at a time."""
        return self.writers == self.clones == 1


ON_SANDBOX = (
    Scene("titles"),
    Scene("slugs", by_slug=True),
    Scene("writers", writers=3),
    Scene("many", posts=24),
    Scene("commands", others=0.6, share=3),
    Scene("forgetful", forgetful=0.3),
    Scene("sick", sick=True, others=0.2, share=2),
    Scene("clones", clones=2, share=2),
    Scene("state", forgetful=0.4, state=True),
    Scene("shared", forgetful=0.2, clones=2, state=True, share=2),
)
ON_WORDPRESS = (
    Scene("one", by_slug=True),
    Scene("four", by_slug=True, writers=4),
    Scene("commands", by_slug=True, others=0.5, share=2),
)
SICK = (
    *(lambda post, fields=fields: ways.one_post(post, fields) for fields in ways.ONE_POST.values()),
    *(
        lambda post, fields=fields: ways.one_post(post, fields)
        for fields in ways.WITHOUT_ID.values()
    ),
    *ways.INSTEAD.values(),
    *(lambda _, way=way: way for way, _ in ways.WHOLE.values()),
    *(lambda _, way=way: way for way in wire_ways.WIRE.values()),
)
"""Ways to damage the answers about a post."""
SLOW = (lambda _: wire_ways.DRIP,)


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
        with (
            Sandbox(switches=Quirks(daily_insert_limit="none", insert_throttle="none")) as sandbox,
            SickProxy(sandbox.api_base) if scene.sick else nullcontext() as proxy,
        ):
            front = proxy.url if proxy else ""
            site = OnSandbox(sandbox, by_slug=scene.by_slug, writers=scene.writers, api_base=front)
            chance = random.Random(f"{seed} {scene.name}")
            sick = (*SICK, *(SLOW if slow else ()))
            luck = Luck(chance, tuple(FAULTS), sandbox, scene.alone, proxy, sick)
            torture = _torture(scene, site, children, folder, tally, luck)
            torture.run(_turns(turns, scene, scenes), scene.posts)
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
        site = OnWordPress(real, writers=scene.writers)
        chance = random.Random(f"{seed} {scene.name}")
        luck = Luck(chance, (*FAULTS, *SWITCH), pauses=scene.alone)
        torture = _torture(scene, site, children, folder, tally, luck)
        torture.run(_turns(turns, scene, scenes), scene.posts)
    return tally


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
