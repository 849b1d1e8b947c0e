"""What the check of each file found last time, so that unchanged files are not read."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

from blogkit.paths import is_text
from blogkit.project.cache.database import CacheFile
from blogkit.project.cache.entry import problems_as_text, problems_of_text
from blogkit.project.cache.stamps import Stamps
from blogkit.project.checks.results import CheckBasis, CheckedFile, LinkAnswers, pending_choice
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions
from blogkit.signatures import signature


class CheckCache:
    """The kept results of one call.

    Args:
        context: The call's context.
        file: The cache.
        stamps: Name what results depend on.
        options: What the caller decided for all posts.
        opened: When the call began to read, in nanoseconds.
    """

    def __init__(
        self,
        context: ProjectContext,
        file: CacheFile,
        stamps: Stamps,
        options: PublishOptions,
        opened: int,
    ) -> None:
        self._context, self._file, self._stamps = context, file, stamps
        self._options, self._opened = options, opened
        self._is_used = file.db is not None and not options.changes_content
        self._root = f"{context.config.root}{os.sep}"
        self._marks: dict[str, str] = {}
        if self._is_used:
            # Before anything is read: a change while reading must not count as what was read.
            _ = stamps.common

    def results(self, signatures: Mapping[Path, str]) -> dict[Path, CheckedFile]:
        """Return the results of files that are as they were, as is all that they depend on.

        What their links ask about other posts is left to the caller.

        Args:
            signatures: The files, with the signatures by which they are unchanged.
        """
        if not self._is_used:
            return {}
        names = {self._name(path): path for path in signatures}
        found: dict[Path, CheckedFile] = {}
        for name, site, stamp, own, text in self._file.rows("checked", list(names)):
            path = names.get(str(name))
            if path is None or site != self._options.site or own != signatures[path]:
                continue
            try:
                result, basis, marks = _from_text(str(text))
            except (ValueError, TypeError):  # written by another program
                continue
            if stamp == self._stamp(basis) and self._is_current(basis, marks):
                found[path] = result
        return found

    def keep(self, results: Mapping[Path, CheckedFile]) -> None:
        """Keep the results that may be kept."""
        if self._is_used:
            rows = [self._row(path, result) for path, result in results.items()]
            self._file.replace("checked", [row for row in rows if row])

    def _row(self, path: Path, result: CheckedFile) -> tuple[str, ...] | None:
        basis = result.basis
        if basis is None:
            return None
        own = signature(path, settled=self._opened)
        marks = [signature(file, settled=self._opened) for file in basis.files]
        if not own or "unsettled" in (own, *marks) or not all(map(is_text, basis.files)):
            return None
        row = (self._name(path), self._options.site, self._stamp(basis), own)
        return (*row, _as_text(result, basis, marks))

    def _is_current(self, basis: CheckBasis, marks: list[str]) -> bool:
        now, allowed = self._context.clock(), self._options.allow_pending_quiz
        return (
            basis.day in ("", self._today)
            and basis.pending in ("", pending_choice(allowed=allowed))
            and all((datetime.fromisoformat(at) <= now) == passed for at, passed in basis.times)
            and all(map(self._is_marked, basis.files, marks))
        )

    def _is_marked(self, file: str, mark: str) -> bool:
        if file not in self._marks:
            self._marks[file] = signature(file)
        return self._marks[file] == mark

    def _stamp(self, basis: CheckBasis) -> str:
        """Return the stamp of all sites; "" if one is gone."""
        context = self._context
        if any(site not in context.config.sites for site in basis.sites):
            return ""
        profile = context.sites.default_profile
        return " ".join(self._stamps.of(site, profile(site)) for site in basis.sites)

    @cached_property
    def _today(self) -> str:
        return self._context.clock().astimezone(self._context.config.zone).date().isoformat()

    def _name(self, path: Path) -> str:
        return str(path).removeprefix(self._root)


def _as_text(result: CheckedFile, basis: CheckBasis, marks: list[str]) -> str:
    problems = problems_as_text(result.problems)
    asked, own = result.asked, (result.key, result.key_line)
    places = (basis.sites, basis.files, basis.day, basis.times, basis.pending)
    return json.dumps(
        [problems, own, (asked.files, asked.keys, asked.all_names), places, marks],
        separators=(",", ":"),
    )


def _from_text(text: str) -> tuple[CheckedFile, CheckBasis, list[str]]:
    problems, (key, key_line), (files, keys, all_names), places, marks = json.loads(text)
    sites, needed, day, times, pending = places
    basis = CheckBasis(
        tuple(sites), tuple(needed), day, tuple((at, gone) for at, gone in times), pending
    )
    asked = LinkAnswers(tuple(map(tuple, files)), tuple(map(tuple, keys)), all_names)
    result = CheckedFile(
        problems_of_text(problems),
        key,
        key_line,
        is_post=True,
        counts=True,
        asked=asked,
        basis=basis,
    )
    return result, basis, marks
