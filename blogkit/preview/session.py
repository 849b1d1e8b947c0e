"""What the preview shows: the posts, and each one's picture and problems."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from blogkit.config import CONFIG
from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, ConfigError, ContentError, Problem, UsageError
from blogkit.paths import shown
from blogkit.preview.background import NOW, Background
from blogkit.preview.events import Events
from blogkit.preview.frame_page import foreign_images
from blogkit.preview.posts_list import PostsList
from blogkit.project.previews.kept import PreviewPart
from blogkit.project.previews.post import PostPreview
from blogkit.project.project import Project
from blogkit.render.document import Asset, Document


@dataclass(frozen=True)
class ShownPost:
    """A post as pages show it.

    Attributes:
        version: Another number for each other picture.
        preview: The last version that could be rendered; None if there is none yet.
        problems: Those of the file as it is now.
        line: The line of the last change that shows.
    """

    version: int
    preview: PostPreview | None
    problems: tuple[Problem, ...] = ()
    line: int = 0

    @property
    def outdated(self) -> bool:
        """Whether errors leave an earlier picture, or none."""
        is_current = (
            self.preview is not None
            and self.preview.parts is not None
            and self.problems == self.preview.problems
        )
        return any(problem.severity == "error" for problem in self.problems) and not is_current


@dataclass
class PreviewSession:
    """One run of the preview.

    Args:
        open_project: Opens the folder's project; called again when its settings change.
        folder: Where relative paths of the command line start.

    Attributes:
        events: What pages listen to.
        background: Does what takes long.
        posts: All posts with their state.
        error: Why the settings cannot be read; None if they can.
    """

    open_project: Callable[[], Project]
    folder: Path
    events: Events = field(default_factory=Events)
    background: Background = field(default_factory=Background)
    error: BlogkitError | None = None

    def __post_init__(self) -> None:
        self._lock = threading.RLock()
        self._project = self.open_project()
        self._shown: dict[tuple[str, str], ShownPost] = {}
        self._paths: dict[str, Path] = {}
        self._assets: dict[str, Asset] = {}
        self._version = 0
        self.posts = PostsList(self.open_project(), self.events, self.background)

    @contextmanager
    def quick(self) -> Iterator[Project]:
        """Yield the project for what is quick. Other threads wait."""
        with self._lock:
            yield self._project

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self._project.config.root

    def start(self) -> None:
        """Begin to work in the background."""
        self.background.start()
        self.posts.refresh_all()

    def stop(self) -> None:
        """End all pages' streams, and wait for a run that publishes."""
        self.events.close()
        self.background.finish()

    def files(self) -> dict[str, Path]:
        """Return the posts' files by their names, as users see them.

        Raises:
            ConfigError: A folder cannot be read.
        """
        return files_of(self._project)

    def name_of(self, path: Path) -> str:
        """Return the name of a post that a person gave as a path.

        Raises:
            UsageError: It is not a post of this folder.
        """
        real = (self.folder / path).resolve()
        name = next((name for name, file in self.files().items() if file.resolve() == real), "")
        if not name:
            raise UsageError(
                f"{shown(path)} is not a post of this blog",
                hint="name a file in posts/ or pages/, or none to choose in the browser",
            )
        return name

    def look(self, name: str, site: str = "") -> ShownPost:
        """Return a post; it is rendered when it is first asked for.

        Args:
            name: One of `files`.
            site: One of its sites; empty for the first.

        Raises:
            UsageError: It is not a post, or does not go to this site.
        """
        with self._lock:
            if (name, site) not in self._shown:
                self._paths[name] = self.path_of(name)
                self._render(name, site)
            return self._shown[name, site]

    def path_of(self, name: str) -> Path:
        """Return the file of a post.

        Raises:
            UsageError: It is not a post of this folder.
        """
        files = self.files()
        if name not in files:
            raise UsageError(f"there is no post {shown(name)}")
        return files[name]

    def asset(self, digest: str) -> Asset | None:
        """Return a local file that some shown post refers to, by its SHA-256."""
        with self._lock:
            return self._assets.get(digest)

    def keep_assets(self, document: Document) -> None:
        """Keep the local files that a rendered post refers to, for `asset`."""
        assets = (*document.assets, document.featured)
        with self._lock:
            self._assets.update({asset.sha256: asset for asset in assets if asset})

    def watched(self) -> dict[str, tuple[Path, ...]]:
        """Return the files that the shown posts were made from, by post."""
        with self._lock:
            return {
                name: (self._paths[name], *(each.preview.files if each.preview else ()))
                for (name, _), each in self._shown.items()
            }

    def changed(self, name: str) -> None:
        """Render a shown post again, and tell its pages."""
        with self._lock:
            for shown_name, site in list(self._shown):
                if shown_name == name:
                    self._render(name, site)
                    self.events.send("post", self.data(name, site), name)

    def removed(self, name: str) -> None:
        """Forget a post whose file is gone, and tell its pages."""
        with self._lock:
            for key in [key for key in self._shown if key[0] == name]:
                del self._shown[key]
        self.events.send("removed", {"post": name}, name)
        self.posts.refresh_all()

    def reload(self) -> None:
        """Open the project again, because its settings or widgets changed."""
        try:
            project, other = self.open_project(), self.open_project()
            self.error = self._moved(project)
        except BlogkitError as error:
            self.error = error
        if self.error:
            self.events.send("settings", self.settings_data())
            return
        with self._lock:
            self._project = project
            names = list({name for name, _ in self._shown})
        self.background.do(lambda: self.posts.use(other), NOW)
        self.events.send("settings", self.settings_data())
        for name in names:
            self.changed(name)
        self.posts.refresh_all()

    def _moved(self, project: Project) -> ConfigError | None:
        """Return an error for a blog that was found further up, because this one's is gone."""
        if project.config.root == self.root:
            return None
        return ConfigError(f"{self.root / CONFIG} is gone", hint="put it back")

    def settings_data(self) -> dict[str, str]:
        """Return what is wrong with the settings, for pages; empty texts if nothing is."""
        error = self.error
        return {
            "error": error.message if error else "",
            "hint": error.hint if error else "",
        }

    def data(self, name: str, site: str = "") -> dict[str, Any]:
        """Return a post for pages.

        Args:
            name: One of `files`.
            site: One of its sites; empty for the first.
        """
        one = self.look(name, site)
        preview = one.preview
        return {
            "post": name,
            "site": preview.site if preview else site,
            "sites": list(preview.sites) if preview else [],
            "title": preview.title if preview else name,
            "profile": preview.profile if preview else "",
            "version": one.version,
            "line": one.line,
            "shown": preview is not None and preview.parts is not None,
            "outdated": one.outdated,
            "problems": [vars(problem) for problem in one.problems],
            "foreign": foreign_images(preview.parts or ()) if preview else 0,
        }

    def _render(self, name: str, site: str) -> None:
        before = self._shown.get((name, site), ShownPost(0, None))
        try:
            preview = self._project.preview(self._paths[name], site=site, keys=self.posts.keys)
        except ContentError as error:
            self._shown[name, site] = replace(before, problems=error.problems)
            return
        if preview.parts is None:
            # The last picture stays, so that a half-written line does not blank the page.
            kept = before.preview or preview
            files = (*kept.files, *preview.files)
            self._shown[name, site] = replace(
                before, preview=replace(kept, files=files), problems=preview.problems
            )
            return
        if preview.document:
            self.keep_assets(preview.document)
        line = _changed_line(before.preview, preview)
        if line is None:  # only what is not in the picture
            self._shown[name, site] = replace(before, preview=preview, problems=preview.problems)
            return
        self._version += 1
        self._shown[name, site] = ShownPost(self._version, preview, preview.problems, line)


def files_of(project: Project) -> dict[str, Path]:
    """Return a project's post files by their names, as users see them."""
    return {project.config.relative(path): path for path in project.config.sources()}


def _changed_line(before: PostPreview | None, after: PostPreview) -> int | None:
    """Return the line of the first piece that shows differently; 0 for the whole, None for none."""
    if before is None or before.parts is None:
        return 0
    old, new = before.parts, after.parts or ()
    if (before.title, _sheet(before), _featured(before)) != (
        after.title,
        _sheet(after),
        _featured(after),
    ):
        return 0
    if list(map(_look, old)) == list(map(_look, new)):
        return None
    pairs = zip(old, new, strict=False)
    first = next((new for old, new in pairs if _look(old) != _look(new)), None)
    if first is None:  # pieces were added or removed at the end
        first = new[-1] if new else None
    return first.line if first else 0


def _look(part: PreviewPart) -> tuple[object, ...]:
    """Return what readers see of a piece, wherever it is in the file."""
    return part.html, tuple((lost.source, lost.message) for lost in part.lost)


def _sheet(preview: PostPreview) -> str:
    return preview.document.sheet if preview.document else ""


def _featured(preview: PostPreview) -> object:
    document = preview.document
    return (document.featured, document.featured_url) if document else None
