"""Find the blogs' folders that a worker works on, and open them for one job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime
from pathlib import Path

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.limits import SharedRateLimiter
from blogkit.config import CONFIG, load_config
from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, ConfigError, JournalError
from blogkit.journal.dialect import VARIABLE
from blogkit.journal.postgres_pool import ConnectionPool
from blogkit.project.project import Project, read_settings


@dataclass(frozen=True)
class Projects:
    """The blogs of a worker: one folder, or all folders in another.

    A blog's name is that of its journal's schema: unique in the database, and the same on every
    machine.

    Attributes:
        folder: The blog's folder, or the folder of the blogs' folders.
        many: Whether it is the folder of the blogs' folders.
        database: The workers' database, which also has the rate limits.
        environ: The environment, with the address of the database.
        clock: Returns the current time; None means the machine's clock.
        trust: Use the folders without asking who wrote them.
        broken: The folders that cannot be used, with the reasons.
        pool: The connections to the journals' database. Close it after use.
    """

    folder: Path
    many: bool
    database: QueueDatabase
    environ: Mapping[str, str]
    clock: Callable[[], datetime] | None = None
    trust: bool = False
    broken: dict[Path, BlogkitError] = field(default_factory=dict)
    pool: ConnectionPool = field(default_factory=ConnectionPool)

    def names(self) -> dict[str, Path]:
        """Return the folders by the blogs' names; note in `broken` those that cannot be used.

        Raises:
            ConfigError: Two blogs have the same name, so they would share a journal.
        """
        if not self.many:
            return {load_config(self.folder).schema or "blog": self.folder}
        found: dict[str, Path] = {}
        self.broken.clear()
        for path in sorted(self.folder.glob(f"*/{CONFIG}")):
            try:
                name = _schema(path.parent)
            except BlogkitError as error:
                self.broken[path.parent] = error
                continue
            if name in found:
                raise ConfigError(
                    f'{found[name]} and {path.parent} have the same schema, "{name}", so they'
                    " would share a journal",
                    hint=f"set another `schema` under [blog] in {path}",
                )
            found[name] = path.parent
        return found

    def open(self, name: str) -> Project:
        """Open a blog's folder, with its settings and files as they are now.

        Args:
            name: The blog's name.

        Returns:
            The project, for one job. Its sites share their rate limits with other workers.

        Raises:
            ConfigError: The folder is not on this machine, or cannot be used.
            ContentError: `blogkit.toml` has problems.
        """
        folder = self.folder / name if self.many else self.folder
        if not (folder / CONFIG).is_file() or (self.many and _schema(folder) != name):
            folders = self.names()
            if name not in folders:
                raise ConfigError(
                    f"the folder of blog {name} is not on this machine",
                    hint=f"copy it into {self.folder} on each machine with a worker",
                )
            folder = folders[name]
        settings = read_settings(folder, self.environ, clock=self.clock, trust=self.trust)
        return Project(replace(settings, limiter=self._limiter, pool=self.pool), folder)

    def _limiter(self, site: str, account: Callable[[], str]) -> SharedRateLimiter:
        return SharedRateLimiter(self.database, site, account)


def _schema(folder: Path) -> str:
    if schema := load_config(folder).schema:
        return schema
    raise ConfigError(
        f"{folder / CONFIG} does not name the schema of the blog's journal",
        hint='add `schema = "NAME"` under [blog], with a name that no other blog has',
    )


def database_url(environ: Mapping[str, str]) -> str:
    """Return the address of the workers' database.

    Raises:
        JournalError: The environment does not name it.
    """
    if url := environ.get(VARIABLE):
        return url
    raise JournalError(
        f"workers on several machines need a PostgreSQL database, and {VARIABLE} is not set",
        hint=f"set {VARIABLE} in the environment to its address",
    )
