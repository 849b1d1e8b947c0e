"""Two years of schedules in five zones: each post once, within its minute, in order.

The clock is virtual. All local times of the two years are checked against the zone alone, and a
sample around the changes of clocks is published, with both platforms' rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest

import blogkit
from blogkit.posts.dates import BadDate, read_publish
from blogkit.sandbox.clock import Clock
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from blogkit.schedule.proof import Proofs
from blogkit.schedule.run import run
from tests.schedule.proof.wordpress_rules import URL, WordPressRules

ZONES = (
    "America/New_York",
    "America/St_Johns",  # half hours from UTC
    "Australia/Lord_Howe",  # clocks move by half an hour
    "Europe/London",
    "America/Santiago",  # clocks move at midnight
)
each_zone = pytest.mark.parametrize(
    "name", [ZONES[0], *(pytest.param(name, marks=pytest.mark.slow) for name in ZONES[1:])]
)
BEGIN, END = datetime(2026, 11, 20, tzinfo=UTC), datetime(2028, 11, 20, tzinfo=UTC)
STEP = timedelta(minutes=30)


@cache
def local_times(zone: ZoneInfo) -> Counter[str]:
    """How often each half hour of the two years is on the clocks of a zone."""
    count = int((END - BEGIN) / STEP)
    moments = (BEGIN + number * STEP for number in range(count))
    return Counter(f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in moments)


def all_texts(times: Counter[str]) -> Iterator[str]:
    """Every half hour from the first to the last, also those that no clock shows."""
    at, last = (datetime.fromisoformat(text) for text in (min(times), max(times)))
    while at <= last:
        yield f"{at:%Y-%m-%d %H:%M}"
        at += STEP


@pytest.mark.slow
@each_zone
def test_each_local_time_is_one_moment_or_refused(name: str) -> None:
    zone = ZoneInfo(name)
    times = local_times(zone)
    refused: dict[str, set[str]] = {"no-such-time": set(), "ambiguous-time": set()}
    before = datetime.min.replace(tzinfo=UTC)
    for text in all_texts(times):
        try:
            _, at = read_publish(text, zone)
        except BadDate as error:
            refused[error.code].add(text)
            continue
        assert at is not None
        assert f"{at.astimezone(UTC).astimezone(zone):%Y-%m-%d %H:%M}" == text
        assert before < at, "a later time in front matter is a later moment"
        before = at
    edges = {min(times), max(times)}  # a repeated half hour may lie on both sides of the edge
    twice = {text for text, count in times.items() if count > 1}
    assert refused["ambiguous-time"] - edges == twice - edges
    assert refused["no-such-time"] == set(all_texts(times)) - set(times)
    assert twice, "the zone changes its clocks"
    assert refused["no-such-time"]


class Rules(Protocol):
    """One platform's rules, as the tests use them."""

    @property
    def settings(self) -> str:
        """The site's table in blogkit.toml."""

    def visit(self) -> None:
        """A reader comes by."""

    def silence(self, quiet: bool) -> None:
        """Nothing goes live by itself any more, or again."""

    def live(self) -> dict[str, datetime]:
        """What is live and since when, by title; a title that is there twice is an error."""


@dataclass
class OnBlogger:
    sandbox: Sandbox

    @property
    def settings(self) -> str:
        return (
            f'platform = "blogger"\nurl = "{self.sandbox.url}"\n'
            f'api_base = "{self.sandbox.api_base}"\nmin_interval = 0\nnew_posts_in_a_row = 0\n'
        )

    def visit(self) -> None:
        self.sandbox.blog.settle()

    def silence(self, quiet: bool) -> None:
        self.sandbox.blog.late = timedelta(days=999 * quiet)

    def live(self) -> dict[str, datetime]:
        found = self.sandbox.store.find(Wanted("post", ["LIVE"]))
        titles = [post.title for post in found]
        assert len(titles) == len(set(titles))
        return {post.title: post.published for post in found}


@dataclass
class OnWordPress:
    site: WordPressRules
    settings = f'platform = "wordpress"\nurl = "{URL}"\nusername = "author"\nwriters = 1\n'

    def visit(self) -> None:
        self.site.visit()

    def silence(self, quiet: bool) -> None:
        self.site.visitors = not quiet

    def live(self) -> dict[str, datetime]:
        posts = {n: post for n, post in self.site.posts.items() if post["status"] == "publish"}
        titles = [post["title"]["raw"] for post in posts.values()]
        assert len(titles) == len(set(titles))
        dates = [datetime.fromisoformat(post["date_gmt"]) for post in posts.values()]
        return dict(zip(titles, (date.replace(tzinfo=UTC) for date in dates), strict=True))


@pytest.fixture
def clock() -> Clock:
    return Clock(lambda: BEGIN)


@pytest.fixture(params=["blogger", "wordpress"])
def rules(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Rules]:
    with ExitStack() as stack:
        if request.param == "blogger":
            sandbox = stack.enter_context(Sandbox(clock=lambda: clock()))
            sandbox.switches.set(sign_in_lasts="for-ever")
            yield OnBlogger(sandbox)
        else:
            site = WordPressRules(clock)
            stack.enter_context(site.serving())
            yield OnWordPress(site)


SECRETS = {
    "BLOGKIT_MAIN_CLIENT_ID": "sandbox",
    "BLOGKIT_MAIN_CLIENT_SECRET": "sandbox",
    "BLOGKIT_MAIN_REFRESH_TOKEN": "sandbox",
    "BLOGKIT_MAIN_APP_PASSWORD": "abcd efgh ijkl mnop",
    "BLOGKIT_MAIN_ORIGIN": URL,
}
SUBJECTS = [
    "rivers",
    "budget",
    "courts",
    "monsoon",
    "elections",
    "inflation",
    "treaties",
    "orbits",
    "vaccines",
    "forests",
]


def sample(zone: ZoneInfo) -> dict[str, datetime]:
    """Times around each change of clocks, as people write them, with the moments they mean."""
    times, texts = local_times(zone), list(all_texts(local_times(zone)))
    moments = {
        f"{at.astimezone(zone):%Y-%m-%d %H:%M}": at
        for at in (BEGIN + number * STEP for number in range(int((END - BEGIN) / STEP)))
    }
    odd = [number for number, text in enumerate(texts) if times[text] != 1][1:-1]
    near = {texts[number + step] for number in odd for step in (-2, 2, 14)}
    fine = sorted(text for text in near if times[text] == 1)
    return {text: moments[text] for text in fine[:: max(1, len(fine) // 9)][: len(SUBJECTS)]}


def make_folder(root: Path, zone: str, rules: Rules, times: dict[str, datetime]) -> None:
    (root / "posts").mkdir(parents=True)
    settings = f'[blog]\ntimezone = "{zone}"\n\n[sites.main]\n{rules.settings}'
    (root / "blogkit.toml").write_text(settings, encoding="utf-8")
    for subject, text in zip(SUBJECTS, times, strict=False):
        body = " ".join(f"{subject} {number} in the news." for number in range(30))
        post = f"---\ntitle: About {subject}\npublish: {text}\n---\n{body}\n"
        (root / f"posts/{subject}.md").write_text(post, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.sampled(local=2)
@each_zone
def test_each_post_goes_live_once_in_its_minute_and_is_proven(
    name: str, rules: Rules, clock: Clock, tmp_path: Path
) -> None:
    times = sample(ZoneInfo(name))
    assert len(times) > 5
    make_folder(tmp_path / "blog", name, rules, times)
    project = blogkit.open(tmp_path / "blog", environ=SECRETS, clock=clock, sleep=_no_sleep)
    published = project.plan().apply()
    assert published.ok, [one.message for one in published]
    assert [one.due for one in project.schedules()] == list(times.values())
    expected: dict[str, datetime] = {}
    for number, (subject, due) in enumerate(zip(SUBJECTS, times.values(), strict=False)):
        missed = number % 3 == 2
        rules.silence(missed)
        clock.set(due - timedelta(seconds=1))
        rules.visit()
        assert rules.live() == expected, "nothing early"
        expected[f"About {subject}"] = due
        clock.set(due + timedelta(seconds=59))
        rules.visit()
        assert (rules.live() == expected) is not missed
        clock.set(due + timedelta(seconds=60))
        report = run(project, kinds=[Proofs()])
        assert [(one.ok, "missed" in one.summary) for one in report.results] == [(True, missed)]
        assert rules.live() == expected
        assert run(project, kinds=[Proofs()]).results == [], "proven once"
    rules.silence(False)
    clock.set(END)
    rules.visit()
    assert rules.live() == expected
    assert {change.kind for change in project.plan()} == {"unchanged"}
    assert {one.ended for one in project.schedules(most=99)} == {"live"}


def _no_sleep(_seconds: float) -> None:
    """The clock is virtual."""
