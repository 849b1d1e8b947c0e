"""The same suite of stories for every platform: what was there before, what the file asks for now;
killed everywhere, and run again.

Every boundary gets a post of its own, in one workspace: so each story costs one run before, and two
runs a boundary. A statement inside a transaction leaves nothing behind, and nothing does before the
journal's first write: these are left to the first run, and to the torture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from blogkit.journal.store import Journal
from blogkit.platforms.base import Remote, State
from blogkit.regions import find_sentinel
from tests.crash.children import Children
from tests.crash.job import Ended, Job
from tests.crash.sites import ZONE, OnFolder, Site, posts
from tests.sampling import sample

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f0003860180af2d0d5a0000000049454e44ae426082"
)
BOUNDARIES = "^(request|journal COMMIT|file (?!mkdir))"
STATES = {"draft": State.DRAFT, "now": State.LIVE}


@dataclass(frozen=True)
class File:
    """A post's file, but for its key."""

    publish: str
    text: str = "Talks opened & “closed”. 4 < 5."
    title: str = "US–Russia talks"
    label: str = "GS-II"
    kind: Literal["post", "page"] = "post"
    picture: bool = False

    def write(self, folder: Path, key: str) -> Path:
        """Puts it there under this key, with its picture."""
        labels = f"labels: [{self.label} {key}]\n" if self.kind == "post" else ""
        image = f"\n![A dot]({key}.png)\n" if self.picture else ""
        kind = "type: page\n" if self.kind == "page" else ""
        path = folder / f"posts/{key}.md"
        # Every post has a picture and a label of its own, to be made there.
        path.with_suffix(".png").write_bytes(PNG + key.encode())
        path.write_text(
            f'---\ntitle: "{self.title} {key}"\nslug: {key}\n{kind}{labels}publish:'
            f' "{self.publish}"\n---\n{self.text}\n{image}',
            encoding="utf-8",
        )
        return path

    @property
    def state(self) -> State:
        return STATES.get(self.publish, State.SCHEDULED)

    @property
    def at(self) -> datetime | None:
        return (
            None
            if self.publish in STATES
            else datetime.fromisoformat(self.publish).replace(tzinfo=ZONE)
        )


@dataclass(frozen=True)
class Story:
    """before: the file as it was published earlier, None for a new post; now: as it is to be
    published.
    """

    before: File | None
    now: File


DRAFT, LIVE, LATER = File("draft"), File("now"), File("2099-03-01 07:00")
STORIES = {
    "create-draft": Story(None, DRAFT),
    "create-live": Story(None, LIVE),
    "create-scheduled": Story(None, LATER),
    "create-page": Story(None, replace(LIVE, kind="page")),
    "create-with-picture": Story(None, replace(LIVE, picture=True)),
    "update-live": Story(LIVE, replace(LIVE, text="Talks were put off.", label="Economy")),
    "update-and-publish": Story(DRAFT, replace(LIVE, title="Talks put off")),
    "publish": Story(DRAFT, LIVE),
    "schedule": Story(DRAFT, LATER),
    "take-back": Story(LIVE, DRAFT),
    "update-and-take-back": Story(LIVE, replace(DRAFT, text="Talks were put off.")),
    "reschedule": Story(LATER, File("2099-03-01 10:00")),
}


@dataclass
class Stage:
    """A workspace and its site. slugs: whether the site makes addresses as `slug` asks, for
    posts that are live.
    """

    root: Path
    site: Site
    children: Children
    slugs: bool = True

    def kill_everywhere(self, name: str, local: int = 0) -> list[str]:
        """Play a story once smoothly and once for every boundary of it, or outside of CI for so
        many; returns all boundaries. Fails with the boundary's name.
        """
        story = STORIES[name]
        boundaries = self._smoothly(story, f"{name}-smooth")
        first = next(
            number for number, boundary in enumerate(boundaries) if boundary.startswith("journal")
        )
        numbers = range(max(first - 1, 0), len(boundaries))
        turn = [*STORIES].index(name)
        keys = {
            f"{name}-{number}": boundaries[number]
            for number in sample(numbers, local=local, turn=turn)
        }
        if story.before:
            for key in keys:
                story.before.write(self.root, key)
            assert self._publish("posts").code == 0
        for key, boundary in keys.items():
            path = story.now.write(self.root, key)
            number = int(key.rpartition("-")[2])
            killed = self._publish(path, at=number)
            # Of two runs, one may commit once less, as the clock has it: it ends before its kill.
            ended = killed.code == 0 and len(_boundaries(killed)) <= number
            assert killed.killed or ended, f"{key} was to be killed at {boundary}: {killed}"
            again = self._publish(path)
            assert again.code == 0, f"killed at {killed.passed[-1]}: {again.out}{again.err}"
            if isinstance(self.site, OnFolder):
                assert self.site.stale_files() == [], f"killed at {killed.passed[-1]}"
        self._assert_all_as_meant(story.now, keys)
        return boundaries[max(first - 1, 0) :]

    def kill_the_first_run(self) -> None:
        """The journal is being made, too."""
        path = DRAFT.write(self.root, "first")
        number = 0
        while (killed := self._publish(path, at=number, only="")).killed:
            number += 1
        assert number > 5
        assert killed.code == 0
        self._assert_all_as_meant(DRAFT, {"first": "any boundary"})

    def kill_deletions(self) -> list[str]:
        """Delete a post once smoothly, and one for every boundary, or outside of CI for two; each
        again, until it is gone. Neither it nor any other run publishes the post again.
        """
        smooth = LIVE.write(self.root, "delete-smooth")
        assert self._publish(smooth).code == 0
        ended = self._delete(smooth)
        assert ended.code == 0, ended.err
        boundaries = _boundaries(ended)
        numbers = sample(range(len(boundaries)), local=2)
        keys = {f"delete-{number}": boundaries[number] for number in numbers}
        for key in keys:
            LIVE.write(self.root, key)
        assert self._publish("posts").code == 0
        for number, (key, boundary) in zip(numbers, keys.items(), strict=True):
            path = self.root / f"posts/{key}.md"
            killed = self._delete(path, at=number)
            assert killed.killed, f"{key} was to be killed at {boundary}: {killed}"
            assert self._publish(path).code == 0, boundary  # whether it was deleted or not
            if isinstance(self.site, OnFolder):
                assert self.site.stale_files() == [], f"killed at {killed.passed[-1]}"
            again = self._delete(path)
            assert again.code == 0, f"killed at {killed.passed[-1]}: {again.out}{again.err}"
        assert posts(self.site) == []
        again = self._publish("posts")
        assert set(again.results.values()) == {"unchanged"}, again.results
        assert posts(self.site) == []
        with Journal.open(self.root / ".blogkit/journal.sqlite") as journal:
            assert (journal.unsettled("main"), journal.damage()) == ([], "")
        return boundaries

    def _delete(self, path: Path, at: int | None = None) -> Ended:
        job = Job(("delete", "--yes", "--json", str(path)), self.root, at=at, only=BOUNDARIES)
        ended = self.children.run(job)
        if ended.killed:
            self.site.settle()
        return ended

    def _smoothly(self, story: Story, key: str) -> list[str]:
        """The boundaries of the story, in a journal and a site that are used already."""
        self._publish(DRAFT.write(self.root, "another"))
        for file in filter(None, (story.before, story.now)):
            ended = self._publish(file.write(self.root, key))
            assert ended.code == 0, ended.out + ended.err
        return _boundaries(ended)

    def _publish(self, path: Path | str, at: int | None = None, only: str = BOUNDARIES) -> Ended:
        job = Job(("publish", "--yes", "--json", str(path)), self.root, at=at, only=only)
        ended = self.children.run(job)
        if ended.killed:
            self.site.settle()
        return ended

    def _assert_all_as_meant(self, file: File, keys: dict[str, str]) -> None:
        there: dict[str | None, list[Remote]] = {}
        for post in posts(self.site):
            there.setdefault(find_sentinel(post.body), []).append(post)
        for key, boundary in keys.items():
            found = there.get(key, [])
            assert len(found) == 1, f"{len(found)} posts, killed at {boundary}"
            self._assert_as_meant(found[0], file, key, boundary)
        again = self._publish("posts")
        assert set(again.results.values()) == {"unchanged"}, again.results
        assert [
            name
            for name in again.passed
            if re.match(r"request (POST|PATCH|PUT|DELETE) (?!/token).*before", name)
        ] == []
        with Journal.open(self.root / ".blogkit/journal.sqlite") as journal:
            assert (journal.unsettled("main"), journal.damage()) == ([], "")

    def _assert_as_meant(self, post: Remote, file: File, key: str, boundary: str) -> None:
        words = file.text.partition("&")[0].strip()
        assert (post.title, post.state, post.ref.kind) == (
            f"{file.title} {key}",
            file.state,
            file.kind,
        ), boundary
        assert post.at == file.at or not file.at, boundary
        assert words in post.body, boundary
        assert "blogkit-asset:" not in post.body, boundary
        assert "<img" in post.body or not file.picture, boundary
        if file.kind == "post":
            assert (*post.labels, *post.tags) == (f"{file.label} {key}",), boundary
        if self.slugs and file.state is State.LIVE:
            assert post.slug == key, boundary


def _boundaries(ended: Ended) -> list[str]:
    return [name for name in ended.passed if re.search(BOUNDARIES, name)]
