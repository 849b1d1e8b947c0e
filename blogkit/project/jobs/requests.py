"""What a timed job does: the arguments of one method of `Project`, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, UsageError
from blogkit.project.live.selection import ExactPost, Selection
from blogkit.project.live.snippet import WidgetData
from blogkit.project.plans.progress import OnProgress, silent

if TYPE_CHECKING:
    from blogkit.project.links.setting import LinkPlan
    from blogkit.project.live.bulk_edit import EditPlan
    from blogkit.project.plans.undo import UndoPlan
    from blogkit.project.project import Project


@dataclass(frozen=True)
class Insert:
    """`Project.insert`; the attributes are its arguments."""

    what: str
    at: str
    posts: Selection
    fields: WidgetData = field(default_factory=WidgetData)
    id: str = ""
    nth: int | None = None
    every: bool = False
    force: bool = False
    live: bool = False
    mark: Literal["comments", "attribute"] | None = None
    allow: tuple[str, ...] = ()
    quiz: str = ""

    def __str__(self) -> str:
        return f"insert {self.what} at {self.at} in {_posts(self.posts)}"

    @property
    def region(self) -> str:
        """The name of the region that it makes."""
        return self.id or Path(self.what).stem

    def plan(self, project: Project, on_progress: OnProgress = silent) -> EditPlan:
        """Plan it. Reads the sites, writes nothing.

        Returns:
            The plan.
        """
        options = dict(vars(self))
        what, data = options.pop("what"), options.pop("fields")
        return project.insert(what, data, **options, on_progress=on_progress)


@dataclass(frozen=True)
class Replace:
    """`Project.replace`; the attributes are its arguments."""

    what: str
    value: str
    posts: Selection
    fields: WidgetData = field(default_factory=WidgetData)
    nth: int | None = None
    every: bool = False
    force: bool = False
    live: bool = False
    allow: tuple[str, ...] = ()
    quiz: str = ""

    def __str__(self) -> str:
        return f"replace {self.what} by “{self.value}” in {_posts(self.posts)}"

    def plan(self, project: Project, on_progress: OnProgress = silent) -> EditPlan:
        """Plan it. Reads the sites, writes nothing.

        Returns:
            The plan.
        """
        options = dict(vars(self))
        what, value, data = (options.pop(name) for name in ("what", "value", "fields"))
        return project.replace(what, value, data, **options, on_progress=on_progress)


@dataclass(frozen=True)
class Remove:
    """`Project.remove`; the attributes are its arguments."""

    id: str
    posts: Selection
    nth: int | None = None
    every: bool = False
    force: bool = False
    live: bool = False

    def __str__(self) -> str:
        return f"remove {self.id} from {_posts(self.posts)}"

    def plan(self, project: Project, on_progress: OnProgress = silent) -> EditPlan:
        """Plan it. Reads the sites, writes nothing.

        Returns:
            The plan.
        """
        options = dict(vars(self))
        return project.remove(options.pop("id"), **options, on_progress=on_progress)


@dataclass(frozen=True)
class Undo:
    """`Project.undo`; the attributes are its arguments."""

    run: int
    posts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"undo run {self.run}" + (f" in {', '.join(self.posts)}" if self.posts else "")

    def plan(self, project: Project, on_progress: OnProgress = silent) -> UndoPlan:
        """Plan it. Reads the sites, writes nothing.

        Returns:
            The plan.
        """
        return project.undo(self.run, *self.posts, on_progress=on_progress)


@dataclass(frozen=True)
class SetLink:
    """`Project.set_link`; the attributes are its arguments."""

    name: str
    url: str

    def __str__(self) -> str:
        return f"set the link {self.name} to {self.url}"

    def plan(self, project: Project, on_progress: OnProgress = silent) -> LinkPlan:
        """Plan it. Reads the sites, writes nothing.

        Returns:
            The plan.
        """
        return project.set_link(self.name, self.url, on_progress=on_progress)


JobRequest = Insert | Replace | Remove | Undo | SetLink
EditRequest = Insert | Replace | Remove
_KINDS: Mapping[str, type[JobRequest]] = {
    "insert": Insert,
    "replace": Replace,
    "remove": Remove,
    "undo": Undo,
    "link set": SetLink,
}


def removal_of(request: Insert, posts: tuple[ExactPost, ...] = ()) -> Remove:
    """Return what removes the widget that a request inserts.

    Args:
        request: The insertion.
        posts: Where it is; none if that is not known before it is done.
    """
    chosen = Selection(site=request.posts.site, exact=posts)
    return Remove(request.region, chosen, live=request.live)


def packed(request: JobRequest, root: Path, folder: Path) -> str:
    """Return a request as JSON that means the same on another machine and in another folder.

    Args:
        request: The request.
        root: The blog's folder.
        folder: Where the request's relative paths start.

    Raises:
        UsageError: A file that it names is not in the blog's folder, or its data is not UTF-8.
    """
    from pydantic import TypeAdapter, ValidationError
    from pydantic_core import PydanticSerializationError

    kind = next(name for name, known in _KINDS.items() if isinstance(request, known))
    try:
        dumped = TypeAdapter(_KINDS[kind]).dump_python(_moved(request, root, folder), mode="json")
    except (PydanticSerializationError, ValidationError) as error:
        raise UsageError(
            f"cannot record the job: {error}", hint="save the data file as UTF-8"
        ) from error
    return json.dumps({kind: dumped}, ensure_ascii=False)


def unpacked(text: str, root: Path) -> JobRequest:
    """Return the request that `packed` packed.

    Args:
        text: What it returned.
        root: The blog's folder on this machine.

    Raises:
        BlogkitError: It is damaged, or a newer blogkit recorded it.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        ((kind, values),) = json.loads(text).items()
        request = TypeAdapter(_KINDS[kind]).validate_json(json.dumps(values))
    except (ValueError, ValidationError, KeyError, AttributeError, TypeError) as error:
        raise BlogkitError(
            "cannot read what the job is to do: it is damaged, or a newer blogkit recorded it",
            hint="update blogkit, or cancel the job and record it again",
        ) from error
    return _rooted(request, root)


def _moved(request: JobRequest, root: Path, folder: Path) -> JobRequest:
    """Return a request whose files are named from the blog's folder on."""

    def moved(text: str) -> str:
        if not _is_file(text) or not (folder / text).is_file():
            return text
        path = (folder / text).resolve()
        if not path.is_relative_to(root.resolve()):
            raise UsageError(
                f"{text} is not in your blog's folder, so a job cannot use it later",
                hint=f"copy it to {root}",
            )
        return path.relative_to(root.resolve()).as_posix()

    return _with_files(request, moved)


def _rooted(request: JobRequest, root: Path) -> JobRequest:
    """Return a request whose files are absolute paths."""
    return _with_files(request, lambda text: str(root / text) if _is_file(text) else text)


def _with_files(request: JobRequest, change: Any) -> JobRequest:
    changes: dict[str, Any] = {}
    names = {each.name for each in fields(request)}
    if isinstance(request, Insert):
        changes["what"] = change(request.what)
    if isinstance(request, Replace) and request.what.startswith("region:"):
        changes["value"] = change(request.value)
    if isinstance(request, Undo):
        changes["posts"] = tuple(change(post) for post in request.posts)
    elif "posts" in names:
        posts: Selection = request.posts  # type: ignore[union-attr]
        changes["posts"] = replace(posts, posts=tuple(change(post) for post in posts.posts))
    return replace(request, **changes)


def _is_file(text: str) -> bool:
    return text.endswith((".md", ".html", ".htm")) and "://" not in text


def _posts(chosen: Selection) -> str:
    """Return which posts are chosen, in words."""
    if chosen.exact:
        count = len(chosen.exact)
        return f"{count} post{'s' * (count != 1)}"
    words = [
        *([f"with the label {chosen.label}"] if chosen.label else []),
        *([f"since {chosen.since:%Y-%m-%d}"] if chosen.since else []),
        *([f"with “{chosen.search}”"] if chosen.search else []),
    ]
    where = f" on {chosen.site}" if chosen.site else ""
    if chosen.posts:
        return ", ".join(chosen.posts) + where
    return " ".join(["posts" if words else "all posts", *words]) + where
