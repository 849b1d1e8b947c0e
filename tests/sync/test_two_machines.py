"""Two clones of a project, each with a journal of its own, publish the same post at the same moment:
in every order of their requests, one post is left, and both know it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import OutcomeUnknown
from blogkit.platforms.base import Draft, Ref, Remote, State, Target
from blogkit.platforms.memory import InMemoryPlatform
from blogkit.posts.post import Publish
from blogkit.sync.actions import Action
from blogkit.sync.apply import apply
from blogkit.sync.execute import dispatch
from blogkit.sync.execute.contest import WITHDRAWN, _is_older
from blogkit.sync.outcome import Outcome, Step
from tests.cases import for_each
from tests.sampling import sample
from tests.sync.blogs import PRESENT, OnBlogger, Reference
from tests.sync.faults import Fuse, Killed
from tests.sync.positions import ADVERSE
from tests.sync.taking_turns import PATIENT, Behind, Turns, every_schedule
from tests.sync.world import NOW, SOON, Clock, File, World, fused, results

BY_HAND = "<p>By hand.</p>"
REQUESTS = frozenset({"create", "find_all", "set_state", "trash"})
FILES = {
    "live": File(),
    "draft": File(publish=Publish.DRAFT),
    "scheduled": File(publish=Publish.SCHEDULED, at=SOON),
    "page": File(more={"kind": "page"}, labels=()),
}
STATES = {"draft": State.DRAFT, "scheduled": State.SCHEDULED}


class InSeconds(InMemoryPlatform):
    """As Blogger: ids in no order (here the later one is the smaller), times in seconds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._numbers = iter(range(99, 0, -1))  # type: ignore[assignment]
        self.capabilities = replace(self.capabilities, page_size=3)

    def create(self, draft: Draft) -> Remote:
        return self._put(replace(super().create(draft), created=self._clock()))

    def _now(self, post: Remote) -> Remote:
        post = super()._now(post)
        return post if post.state is State.DRAFT else replace(post, created=None)


class Searching(InMemoryPlatform):
    """As WordPress: ids that grow, a search for the key, and answers that show what is stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.capabilities = replace(self.capabilities, searches=True, answers_stored=True)


PROFILES = {"WordPress": Searching, "Blogger": InSeconds}


class Clones:
    """Two machines and their blog. The journals outlive a run; `reset` empties all."""

    def __init__(self, folder: Path, profile: str) -> None:
        self.clock, self._profile = Clock(), PROFILES[profile]
        self.blog = Reference(self.clock)
        self.machines: dict[str, World] = {}
        for name in ("a", "b"):
            (folder / name).mkdir()
            self.machines[name] = World(folder / name, self.clock, self.blog)
        self.reset()

    def reset(self) -> None:
        self.blog.site = self._profile("main", clock=self.clock)
        for world in self.machines.values():
            world.site = world.platform = self.blog.site
            for table in ("memory", "action", "run"):
                world.journal._database.connection.execute(f"DELETE FROM {table}")

    def publish(
        self, file: File, schedule: list[int], killed: Callable[[str, int], bool] | None = None
    ) -> tuple[list[int], dict[str, list[Outcome]]]:
        """Both have planned; then both apply. Returns the choices there were, and the outcomes."""
        turns, outcomes = Turns(schedule), dict[str, list[Outcome]]()
        plans = {name: world.plan(file) for name, world in self.machines.items()}

        def machine(name: str) -> Callable[[], None]:
            world = self.machines[name]
            site = self.behind(world, turns, name)
            if killed:
                site = Mortal(site, lambda number: killed(name, number))
            return lambda: self._apply(world, site, plans[name], turns, name, outcomes)

        turns.play({name: machine(name) for name in self.machines})
        return turns.choices, outcomes

    def behind(self, world: World, turns: Turns, name: str) -> Any:
        return Behind(world.site, turns, name, REQUESTS)

    def _apply(
        self,
        world: World,
        site: Any,
        actions: list[Action],
        turns: Turns,
        name: str,
        outcomes: dict[str, list[Outcome]],
    ) -> None:
        def sleep(_: float) -> None:
            turns.step(name, PATIENT)

        run = world.journal.start_run("publish")
        try:
            outcomes[name] = apply(actions, site, world.journal, run, clock=self.clock, sleep=sleep)
        except Killed:
            outcomes[name] = []

    def posts(self) -> list[Remote]:
        return [post for kind in ("post", "page") for post in self.blog.site.list(kind, PRESENT)]


class Mortal:
    """A machine's site, until the machine is killed before one of its requests."""

    def __init__(self, site: Any, dies: Callable[[int], bool]) -> None:
        self._site, self._dies, self._number = site, dies, 0

    def __getattr__(self, name: str) -> Any:
        if name in REQUESTS:
            self._number += 1
            if self._dies(self._number):
                raise Killed
        return getattr(self._site, name)


class OnSandbox(Clones):
    """Over HTTP: each exchange waits for its turn."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self._options = options
        super().__init__(folder, "Blogger")

    def reset(self) -> None:
        self.blog.close()
        self.blog = OnBlogger(self.clock, ADVERSE, **self._options)  # type: ignore[assignment]
        for world in self.machines.values():
            world.blog = self.blog
            world.site = world.platform = self.blog.connect()
            for table in ("memory", "action", "run"):
                world.journal._database.connection.execute(f"DELETE FROM {table}")

    def behind(self, world: World, turns: Turns, name: str) -> Any:
        site: Any = self.blog.connect()
        site._blog.http = Behind(site._blog.http, turns, name, frozenset({"send"}))
        return site

    def posts(self) -> list[Remote]:
        return self.blog.posts()


@pytest.fixture(params=PROFILES)
def clones(request: pytest.FixtureRequest, tmp_path: Path) -> Clones:
    return Clones(tmp_path, request.param)


@pytest.mark.slow
@pytest.mark.sampled(local=3)  # each site, three kinds of files
@pytest.mark.parametrize("wish", FILES)
def test_every_order_of_requests_leaves_one_post(clones: Clones, wish: str) -> None:
    file = FILES[wish]

    def run(schedule: list[int]) -> list[int]:
        clones.reset()
        choices, outcomes = clones.publish(file, schedule)
        posts = clones.posts()
        told = {name: [(str(o.result), o.message) for o in its] for name, its in outcomes.items()}
        assert len(posts) == 1, (schedule, told, posts)
        assert posts[0].state is STATES.get(wish, State.LIVE), (schedule, told)
        assert all(o.ok for its in outcomes.values() for o in its), (schedule, told)
        for world in clones.machines.values():
            assert world.kinds(file) == ["unchanged"], (schedule, told)
        return choices

    assert len(list(every_schedule(run))) > 20


def test_without_the_look_for_the_key_some_orders_leave_two_posts(
    clones: Clones, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The orders above prove something only if they would find what that look prevents."""
    monkeypatch.setattr(dispatch, "settle_duplicates", lambda _attempt: None)
    most = 0

    def run(schedule: list[int]) -> list[int]:
        nonlocal most
        clones.reset()
        choices, _ = clones.publish(FILES["live"], schedule)
        most = max(most, len(clones.posts()))
        return choices

    assert len(list(every_schedule(run))) > 5
    assert most == 2


@pytest.mark.slow
@pytest.mark.parametrize("wish", ["live", "draft", "by address"])
def test_every_place_to_interrupt_a_machine_leaves_one_post_on_the_sandbox(
    tmp_path: Path, wish: str
) -> None:
    """One machine sends so many requests, the other so many, and then both go on."""
    file = FILES.get(wish, File(more={"slug": "talks"}))
    clones = OnSandbox(tmp_path, slug_by_title=wish == "by address")
    try:
        every = [*itertools.product(range(1, 10), (1, 3, 4, 5, 6, 9))]
        for first, second in sample(every, local=4, turn=len(wish)):
            clones.reset()
            schedule = [0] * first + [1] * second + [0] * 30
            _, outcomes = clones.publish(file, schedule)
            told = {n: [(str(o.result), o.message) for o in its] for n, its in outcomes.items()}
            (post,) = clones.posts()
            assert post.state is STATES.get(wish, State.LIVE), (first, second, told)
            assert post.title == file.title, (first, second, told)
            assert all(o.ok for its in outcomes.values() for o in its), (first, second, told)
            for world in clones.machines.values():
                assert set(world.kinds(file)) <= {"unchanged", "adopt"}, (first, second, told)
    finally:
        clones.blog.close()


@pytest.mark.slow
@pytest.mark.parametrize("wish", ["live", "draft"])
@pytest.mark.parametrize("at", range(1, 5))
def test_a_machine_killed_before_any_request_leaves_one_post(
    clones: Clones, wish: str, at: int
) -> None:
    """Its next run finishes what it left, and removes what is too much."""
    file = FILES[wish]

    def run(schedule: list[int]) -> list[int]:
        clones.reset()
        choices, _ = clones.publish(file, schedule, lambda name, n: name == "a" and n == at)
        for _ in range(2):
            for world in clones.machines.values():
                world.publish(file)
        (post,) = clones.posts()
        assert post.state is STATES.get(wish, State.LIVE)
        for world in clones.machines.values():
            assert world.kinds(file) == ["unchanged"]
        return choices

    assert len(list(every_schedule(run))) > 1


@pytest.mark.parametrize("other", ["Another text.", "Talks opened."])
def test_the_other_machines_text_is_a_conflict(clones: Clones, other: str) -> None:
    """Both create; the one that gives way never overwrites what the other wrote."""
    a, b = clones.machines.values()
    first, second = a.plan(File()), b.plan(File(text=other))
    assert results(a.apply(first)) == ["done"]
    (outcome,) = b.apply(second)
    assert outcome.result == ("done" if other == File().text else "conflict")
    (post,) = clones.posts()
    assert "Talks opened." in post.body
    assert "another run created it at the same moment" in outcome.notes[-1]
    assert "withdraw the draft" in [step.doing for step in b.heard if isinstance(step, Step)]
    created = b.journal.history("main", "talks")[-1]
    assert (created.action, created.status, created.note) == ("create", "failed", WITHDRAWN)
    assert set(b.journal.memories("main")) == ({"talks"} if other == File().text else set())
    assert b.kinds(File(text=other)) == ["unchanged" if other == File().text else "conflict"]


@pytest.mark.parametrize(("boundary", "result"), [(0, "unknown"), (1, "done")])
def test_a_withdrawal_without_an_answer_is_looked_up(
    clones: Clones, boundary: int, result: str
) -> None:
    a, b = clones.machines.values()
    first, second = a.plan(File()), b.plan(File())
    assert results(a.apply(first)) == ["done"]
    fused(b, Fuse(boundary, lambda: OutcomeUnknown("no answer"), only="site.trash"))
    (outcome,) = b.apply(second)
    assert outcome.result == result
    states = {State.LIVE, State.DRAFT} if result == "unknown" else {State.LIVE}
    assert {post.state for post in clones.posts()} == states
    assert ("the draft is still on the site so far" in outcome.message) == (result == "unknown")
    b.platform = b.site
    b.publish(File())
    b.publish(File())
    assert [post.state for post in clones.posts()] == [State.LIVE]


def test_a_draft_that_a_person_edits_meanwhile_is_not_withdrawn(clones: Clones) -> None:
    a, b = clones.machines.values()
    first, second = a.plan(File()), b.plan(File())
    assert results(a.apply(first)) == ["done"]
    b.platform = Meanwhile(b, lambda post: b.blog.write(post, body=f"{post.body}{BY_HAND}"))
    (outcome,) = b.apply(second)
    assert outcome.result != "done"
    assert "2 posts on site main have the key" in outcome.message
    live, draft = sorted(clones.posts(), key=lambda post: post.state is State.DRAFT)
    assert (live.state, draft.state) == (State.LIVE, State.DRAFT)
    assert draft.body.endswith(BY_HAND)
    (created,) = b.journal.history("main", "talks")
    assert (created.status, created.note) == ("unknown", outcome.message.split("; ")[0])


def test_a_draft_that_a_person_publishes_meanwhile_is_not_withdrawn(clones: Clones) -> None:
    a, b = clones.machines.values()
    first, second = a.plan(File()), b.plan(File())
    assert results(a.apply(first)) == ["done"]
    b.platform = Meanwhile(b, lambda post: b.blog.move(post, Target(State.LIVE)))
    (outcome,) = b.apply(second)
    assert "2 posts on site main have the key" in outcome.message
    assert [post.state for post in clones.posts()] == [State.LIVE, State.LIVE]


def test_a_draft_that_changes_after_its_answer_does_not_go_live(tmp_path: Path) -> None:
    """A plugin may do that: https://developer.wordpress.org/reference/hooks/wp_after_insert_post/."""
    clones = Clones(tmp_path, "WordPress")
    world = clones.machines["a"]
    actions = world.plan(File())
    world.platform = Meanwhile(
        world, lambda post: world.blog.write(post, title="Changed"), "create"
    )
    (outcome,) = world.apply(actions)
    assert outcome.result == "lost"
    assert [post.state for post in clones.posts()] == [State.DRAFT]


def test_a_draft_of_the_same_second_is_waited_for_and_then_kept(tmp_path: Path) -> None:
    """Its run may have died. Nothing tells which one is older, and one of two must go."""
    clones = Clones(tmp_path, "Blogger")
    a, b = clones.machines.values()
    first, second = a.plan(File()), b.plan(File())
    a.platform = Mortal(a.site, lambda number: number == 2)  # type: ignore[assignment]
    with pytest.raises(Killed):
        a.apply(first)
    (draft,) = clones.posts()
    waits: list[float] = []
    run = b.journal.start_run("publish")
    (outcome,) = apply(second, b.site, b.journal, run, clock=b.clock, sleep=waits.append)
    assert (outcome.result, waits) == ("done", [0.0, 0.5, 1.0, 2.0, 4.0])
    assert [(post.ref, post.state) for post in clones.posts()] == [(draft.ref, State.LIVE)]


@for_each(
    ("updated", "since", "older"),
    [
        (NOW, NOW, False),
        (NOW, NOW + timedelta(seconds=1), True),
        (NOW, NOW - timedelta(seconds=1), False),
        (NOW, None, False),
        (None, NOW, False),
    ],
)
def test_a_post_from_before_the_run_is_no_rival(
    updated: datetime | None, since: datetime | None, older: bool
) -> None:
    stamp = updated.isoformat() if updated else ""
    post = Remote(Ref("7"), "Talks", "<p>x</p>", State.DRAFT, updated=stamp)
    assert _is_older(post, since) is older


class Meanwhile:
    """A site on which a new draft changes just after it has answered a request."""

    def __init__(
        self, world: World, change: Callable[[Remote], object], request: str = "find_all"
    ) -> None:
        self._world, self._change, self._request = world, change, request

    def _answered(self, *given: Any, **more: Any) -> Any:
        answer = getattr(self._world.site, self._request)(*given, **more)
        for post in answer if isinstance(answer, list) else [answer]:
            if post.state is State.DRAFT:
                self._change(post)
        return answer

    def __getattr__(self, name: str) -> Any:
        return self._answered if name == self._request else getattr(self._world.site, name)


def test_an_uncontested_create_takes_one_more_request(clones: Clones) -> None:
    asked: list[str] = []
    world = clones.machines["a"]
    actions = world.plan(File())
    world.platform = Counting(world.site, asked)
    assert results(world.apply(actions)) == ["done"]
    read_back = [] if world.site.capabilities.answers_stored else ["get"]
    assert asked == ["create", *read_back, "find_all", "set_state", *read_back]


def test_a_listing_that_lacks_the_new_draft_decides_nothing(clones: Clones) -> None:
    """It is stale, so the post stays a draft until the next run can tell."""
    world = clones.machines["a"]
    actions = world.plan(File())
    world.platform = Stale(world.site)
    (outcome,) = world.apply(actions)
    assert outcome.result == "unknown"
    assert "does not list the new draft yet" in outcome.message
    assert [post.state for post in clones.posts()] == [State.DRAFT]
    world.platform = world.site
    assert results(world.publish(File())) == ["done"]
    assert [post.state for post in clones.posts()] == [State.LIVE]


class Stale:
    def __init__(self, site: Any) -> None:
        self._site = site

    def find_all(self, *_: Any, **__: Any) -> list[Remote]:
        return []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._site, name)


class Counting:
    def __init__(self, site: Any, asked: list[str]) -> None:
        self._site, self._asked = site, asked

    def __getattr__(self, name: str) -> Any:
        if name in REQUESTS | {"get", "get_many", "find", "list"}:
            self._asked.append(name)
        return getattr(self._site, name)


@pytest.mark.parametrize("others", [0, 1, 2, 5])
def test_a_second_post_with_a_known_key_is_reported(clones: Clones, others: int) -> None:
    """However it came there, and however few posts are planned; both are named, and it is never
    "nothing to do".
    """
    world = clones.machines["a"]
    assert results(world.publish(File())) == ["done"]
    (wanted,) = world.desired(File())
    clones.blog.site.create(wanted.draft)
    files = [File(), *(File(f"other-{number}") for number in range(others))]
    action = world.plan(*files)[0]
    assert action.kind == "conflict"
    assert all(post.url in action.summary for post in clones.posts())
    assert "blogkit plan" in action.hint
