"""Check the project and its sites: one sentence and one fix for each thing wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, JournalError
from blogkit.project.context import ProjectContext
from blogkit.sync.compare import read_fingerprint
from blogkit.times import both_clocks

if TYPE_CHECKING:
    from blogkit.journal.store import Journal


@dataclass(frozen=True)
class HealthCheck:
    """One thing that was checked.

    Attributes:
        name: What was checked, such as "signed in".
        ok: Whether it is as it should be.
        message: What was found, in one sentence.
        fix: What to do if it is not.
    """

    name: str
    ok: bool
    message: str
    fix: str = ""


def examine(context: ProjectContext, site: str | None) -> dict[str, list[HealthCheck]]:
    """Check the project and each site, or one. Reads only.

    Args:
        context: The call's context.
        site: Only this site; None means all.

    Returns:
        The checks, by place: "workspace", each site's name, and "images" for an image host with a
        key.
    """
    config = context.config
    names = [config.site(site).name] if site else list(config.sites)
    checks = {"workspace": _folder(context), **{name: _site(context, name) for name in names}}
    return checks if site else checks | _image_host(context)


def _image_host(context: ProjectContext) -> dict[str, list[HealthCheck]]:
    from blogkit.project.images.health import host_check
    from blogkit.project.images.secrets import HOST_NAME, SECRETS

    has_key = context.config.images.host in SECRETS
    return {HOST_NAME: [host_check(context.settings)]} if has_key else {}


def _folder(context: ProjectContext) -> list[HealthCheck]:
    config, now = context.config, context.clock()
    exposed = context.settings.credentials().exposed()
    readers = "other users of this machine can read " + ", ".join(exposed)
    return [
        HealthCheck("settings", True, f"{config.root / 'blogkit.toml'} is fine"),
        HealthCheck("time", True, f"it is {both_clocks(now, config.zone)} in {config.zone.key}"),
        HealthCheck(
            "sites",
            bool(config.sites),
            f"{len(config.sites)} site(s)",
            "add a [sites.main] table to blogkit.toml",
        ),
        HealthCheck(
            "secrets",
            not exposed,
            readers if exposed else "only you can read them",
            "run: chmod 600 " + " ".join(exposed),
        ),
        _words(context),
        *_journal(context),
    ]


def _words(context: ProjectContext) -> HealthCheck:
    """Check that the words that widgets and pages print exist in the blog's language."""
    from blogkit.render.phrases.lookup import missing, phrases_for

    config = context.config
    lacking = missing(phrases_for(config.language, config.words))
    named = ", ".join(f'"{english}"' for english in lacking)
    message = f"widgets and pages print all their words in the blog's language ({config.language})"
    if lacking:
        message = (
            f"printed in English: {named}; add their translations under [words.{config.language}]"
            " in blogkit.toml"
        )
    return HealthCheck("words", True, message)


def _journal(context: ProjectContext) -> list[HealthCheck]:
    """Check that the database is intact, and that the outcome of every action is known."""
    try:
        with context.journal() as journal:
            if damage := journal.damage() or _damaged_record(journal):
                message = f"{journal.place} is damaged: {damage}"
                return [HealthCheck("journal", False, message, journal.remedy)]
            spoiled = journal.spoiled()
            # A younger one may belong to a run that is under way.
            open_ends = journal.open_ends(context.clock() - timedelta(days=1))
    except BlogkitError as error:
        return [HealthCheck("journal", False, error.message, error.hint)]
    numbers = ", ".join(map(str, spoiled))
    unread = f"the stored bytes of these recent actions cannot be read: {numbers}"
    ends = f"the outcome of {open_ends} action(s) older than a day is unknown"
    return [
        HealthCheck("journal", True, "is intact"),
        HealthCheck(
            "backups",
            not spoiled,
            unread if spoiled else "the newest ones can be read",
            "check the disk and the memory; to fetch live posts again, run: blogkit publish",
        ),
        HealthCheck(
            "open ends",
            not open_ends,
            ends if open_ends else "none is older than a day",
            "run: blogkit publish   (it checks each post first and never sends one twice)",
        ),
    ]


def _damaged_record(journal: Journal) -> str:
    """Return which post's record is damaged; "" if none is."""
    for memory in journal.all_memories().values():
        try:
            read_fingerprint(memory.last_seen)
        except JournalError:
            return f"the record of {memory.key} on {memory.site}"
    return ""


def _site(context: ProjectContext, name: str) -> list[HealthCheck]:
    try:
        checks = context.sites.platform(name).health().checks
    except BlogkitError as error:
        return [HealthCheck("connection", False, error.message, error.hint)]
    from blogkit.project.sign_in.ends import check_sign_in_end

    lasting = check_sign_in_end(context.settings, name)
    return [*(HealthCheck(*check) for check in checks), *lasting]
