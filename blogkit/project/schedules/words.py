"""Put into words what happened to a scheduled post."""

from __future__ import annotations

from datetime import tzinfo

from blogkit.dataclass import dataclass
from blogkit.journal.schedules import Schedule
from blogkit.platforms.base import Remote
from blogkit.project.schedules.look import Finding, ScheduleLook
from blogkit.times import both_clocks

SCHEDULER_STARTED = "the site missed its time; it went live after blogkit started its scheduler"
PUBLISHED = "the site missed its time; blogkit published it"
UNKNOWN_TO_READERS = "what readers see could not be read"
CANNOT_LOOK = "cannot look whether it went live"
CRON_HINT = (
    "to be on time without blogkit, let a cron job of the host open wp-cron.php every five minutes;"
    " see “Scheduled posts and WordPress's cron” in docs/sites.md"
)


@dataclass(frozen=True)
class Trouble:
    """Why a post is not proven live, and what to do."""

    reason: str
    hint: str


STUCK = Trouble(
    "it is still scheduled, although blogkit published it", "publish it in the site's own editor"
)


def name_of(schedule: Schedule, post: Remote | None) -> str:
    """Return what people call a post, and where it is.

    Args:
        schedule: Its schedule.
        post: The post; None if it could not be read.
    """
    title = f"“{post.title}”" if post and post.title else schedule.key
    return f"{title} on {schedule.site}"


def live_sentence(schedule: Schedule, post: Remote, note: str, zone: tzinfo) -> str:
    """Return the sentence for a post that went live.

    Args:
        schedule: Its schedule.
        post: The post.
        note: What blogkit had to do for it; "" for nothing.
        zone: The blog's time zone.
    """
    due = both_clocks(schedule.due, zone)
    return f"{name_of(schedule, post)} was due {due} and is live{f'; {note}' if note else ''}"


def unknown_sentence(schedule: Schedule, zone: tzinfo) -> str:
    """Return the sentence for a post whose time has come and that was not looked at.

    Args:
        schedule: Its schedule.
        zone: The blog's time zone.
    """
    due = both_clocks(schedule.due, zone)
    return f"{name_of(schedule, None)} was due {due}; it is not proven yet that it went live"


def later_sentence(look: ScheduleLook, schedule: Schedule, zone: tzinfo) -> str:
    """Return the sentence for a post whose time is still to come.

    Args:
        look: The look.
        schedule: Its schedule.
        zone: The blog's time zone.
    """
    name = name_of(schedule, look.post)
    if look.found is Finding.EARLY or look.post is None or look.post.at is None:
        return f"{name} is not due yet by the site's clock"
    return f"{name} was moved there to {both_clocks(look.post.at, zone)}"


def trouble(found: Finding, schedule: Schedule) -> Trouble:
    """Return why a post is not proven live.

    Args:
        found: What the look found.
        schedule: Its schedule.
    """
    known = {
        Finding.HIDDEN: Trouble(
            "it is live, but readers do not see it yet",
            "clear the cache of the site; blogkit looks again by itself",
        ),
        Finding.DRAFT: Trouble(
            "it was due, but it is a draft there",
            f"if it should be live, run: blogkit publish {schedule.key}",
        ),
        Finding.GONE: Trouble(
            "it was due, but it is no longer there",
            "restore it from the blog's trash, or publish its file again with --recreate",
        ),
        Finding.MISSED: Trouble(
            "the site missed its time, and it is still scheduled", "run: blogkit run"
        ),
    }
    return known[found]
