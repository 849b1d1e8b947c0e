"""What another process needs to work with the same project."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from blogkit.config import Config
from blogkit.dataclass import dataclass
from blogkit.project.connect import Settings
from blogkit.project.context import ProjectContext
from blogkit.project.posts import Posts
from blogkit.project.rendering import PostRenderer
from blogkit.project.sites import Sites


@dataclass(frozen=True)
class ProjectRecipe:
    """A project's values that can be sent to another process.

    Attributes:
        config: The blog's folder and settings.
        folder: Where relative paths start.
        environ: The environment, which tells where the user's trust is kept.
        now: The time of the call.
        trust_all: Use everything in the folder.
    """

    config: Config
    folder: Path
    environ: Mapping[str, str]
    now: datetime
    trust_all: bool

    @classmethod
    def of(cls, context: ProjectContext) -> ProjectRecipe:
        """Return the recipe of a call's project."""
        settings, environ = context.settings, dict(context.settings.environ)
        folder, now = context.posts.folder, context.clock()
        return cls(context.config, folder, environ, now, settings.trust_all)

    def context(self) -> ProjectContext:
        """Return the project, for work that sends and writes nothing."""
        clock, trust_all = self._clock, self.trust_all
        settings = Settings(self.config, self.environ, clock=clock, trust_all=trust_all)
        posts, sites = Posts(self.config, self.folder), Sites(settings, {})
        return ProjectContext(settings, posts, sites, PostRenderer(self.config, settings.trust))

    def _clock(self) -> datetime:
        return self.now
