"""What `check` and `publish` ask of a post's content, put together from the workspace: the clock, its posts, what is switched off."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from blogkit.cli.workbench import Workbench
from blogkit.content.lint.encoding import Change
from blogkit.content.lint.reading import Known, Reading
from blogkit.content.post import Post
from blogkit.errors import ConfigError, Problem, UsageError
from blogkit.render.document import Document


@dataclass
class Linter:
    """The checks of content for one workspace. Raises `ConfigError` when blogkit.toml switches off a check that does not exist."""

    bench: Workbench
    _readings: dict[Path, Reading] = field(default_factory=dict)

    @cached_property
    def off(self) -> frozenset[str]:
        from blogkit.content.lint.codes import switched_off

        return switched_off(self.bench.workspace.checks_off)

    def findings(self, post: Post, document: Document | None) -> list[Problem]:
        """Everything, for `check`. document: None for a post that cannot be rendered."""
        from blogkit.content.lint import run
        from blogkit.render import lint

        reading = self.reading(post)
        return [*run.findings(reading, self.off), *lint.findings(reading, document, self.off)]

    def refusals(self, post: Post) -> list[Problem]:
        """What must not go live, for `publish`."""
        from blogkit.content.lint import run

        return run.refusals(self._alone(post), self.off)

    def repairs(self, post: Post) -> list[Change]:
        """What is certain to be put right."""
        from blogkit.content.lint.encoding import repairs

        return [] if "mojibake" in self.off else repairs(self.reading(post))

    def reading(self, post: Post) -> Reading:
        """The post as the checks see it; read once."""
        if post.path not in self._readings:
            source = post.path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
            self._readings[post.path] = replace(self._alone(post), known=self._known, source=source)
        return self._readings[post.path]

    def _alone(self, post: Post) -> Reading:
        """The post without a look at the others."""
        today = self.bench.clock().astimezone(self.bench.workspace.zone).date()
        return Reading(post, self.bench.workspace.relative(post.path), today)

    @cached_property
    def _known(self) -> Known:
        """Every post and page of the workspace, by file and by key."""
        files = frozenset(self.bench.workspace.relative(path) for path in self.bench.workspace.sources())
        return Known(files, frozenset(post.key for post in self.bench.readable_posts()[0]))


def put_right(path: Path, changes: list[Change]) -> None:
    """Make changes in a file, all of them or none: it is replaced as a whole, with its permissions."""
    from blogkit.content.lint.encoding import apply

    path = path.resolve()
    try:
        data = apply(path.read_bytes(), changes)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(path.stat().st_mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except ValueError as error:
        raise UsageError(f"{path} was changed meanwhile: {error}", hint="run it again") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}", hint="make the file and its folder writable for you") from error
