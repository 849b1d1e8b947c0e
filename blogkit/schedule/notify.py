"""Tell people about work that fails, about its end, and about sign-ins that end soon."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import datetime, timedelta

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError
from blogkit.journal.notices import Notice
from blogkit.project.project import Project
from blogkit.schedule.messages import SMTP_VARIABLE, Message, beat, post_webhook, send_email
from blogkit.schedule.report import RunReport
from blogkit.times import both_clocks

_log = logging.getLogger("blogkit.notify")

WEBHOOK_VARIABLE = "BLOGKIT_WEBHOOK_URL"
HEARTBEAT_VARIABLE = "BLOGKIT_HEARTBEAT_URL"
FIRST_PAUSE = timedelta(hours=1)
"""A failure that lasts is told again after this; each further time after twice the time."""
LAST_PAUSE = timedelta(days=1)
"""The longest time between two notices about the same failure."""
_UNSENT = timedelta(minutes=10)
"""A notice that could not be sent is tried again after this."""
_SIGN_IN, _RUN = "sign-in", "run"


@dataclass(frozen=True)
class Failing:
    """Something that people are to know.

    Attributes:
        kind: The name of the kind of work, or "sign-in".
        site: The site's name; "" for the blog as a whole.
        key: The work's key.
        reason: What happened.
        hint: What to do.
    """

    kind: str
    site: str
    key: str
    reason: str
    hint: str

    @property
    def line(self) -> str:
        """The notice about it."""
        return f"- {self.reason}\n  {self.hint}" if self.hint else f"- {self.reason}"


@dataclass
class News:
    """What a message tells.

    Attributes:
        failing: What fails.
        recovered: What was told, and works again: summaries.
    """

    failing: list[Failing] = field(default_factory=list)
    recovered: list[str] = field(default_factory=list)


def notify(project: Project, report: RunReport, *, heartbeat: bool = True) -> None:
    """Tell people what a run came to, as `[notify]` asks. Never raises: the run is what counts.

    A failure is told at once, and again in growing intervals while it lasts; its end is told once.
    All machines that share the journal count as one.

    Args:
        project: The blog's folder.
        report: What the run did.
        heartbeat: Whether to give a sign of life, too.
    """
    settings = project.config.notify
    channels = _channels(project)
    address = project.timed.variable(HEARTBEAT_VARIABLE) or settings.heartbeat
    told = True
    try:
        if channels and report.busy is None:
            told = _tell(project, report, channels)
        if heartbeat and address and told:
            beat(address)
    except BlogkitError as error:
        _log.warning("%s", error.message)


def _channels(project: Project) -> list[Callable[[Message], None]]:
    settings, variable = project.config.notify, project.timed.variable
    found: list[Callable[[Message], None]] = []
    if settings.email and not variable(SMTP_VARIABLE):
        _log.warning("no e-mail was sent: %s names no mail server", SMTP_VARIABLE)
    elif settings.email:
        server, sender = variable(SMTP_VARIABLE), settings.sender or settings.email[0]
        found.append(lambda message: send_email(server, sender, settings.email, message))
    if webhook := variable(WEBHOOK_VARIABLE) or settings.webhook:
        found.append(lambda message: post_webhook(webhook, message))
    return found


def _tell(
    project: Project, report: RunReport, channels: Sequence[Callable[[Message], None]]
) -> bool:
    """Return whether there was nothing to tell, or all channels took it."""
    now, notices = project.timed.now, project.timed.notices
    told = {(one.kind, one.site, one.key): one for one in notices()}
    failing = {(one.kind, one.site, one.key): one for one in _failing(project, report)}
    news, pauses = News(), {}
    for name, each in failing.items():
        before = told.get(name)
        if before is None or before.again <= now:
            news.failing.append(each)
            times = before.times if before else 0
            pauses[name] = times, min(FIRST_PAUSE * 2 ** min(times, 20), LAST_PAUSE)
    done = _succeeded(report)
    news.recovered = [done[name] for name, one in told.items() if name in done and one.times]
    over = [
        one
        for name, one in told.items()
        if name in done or (name not in failing and _ended(one, now))
    ]
    sent = True
    if news.failing or news.recovered:
        message = message_of(project.config.title, news)
        outcomes = [_sent(channel, message) for channel in channels]  # each is tried
        sent = all(outcomes)
    for (kind, site, key), (times, pause) in pauses.items():
        again = now + (pause if sent else _UNSENT)
        project.timed.told(Notice(kind, site, key, times + sent, again))
    for one in over if sent else ():
        project.timed.forget_notice(one)
    return sent and all(one.times or one.again <= now for one in told.values() if one not in over)


def _ended(told: Notice, now: datetime) -> bool:
    """Return whether a failure that was not seen this time is over.

    The end of a sign-in is often known only to a run that sends requests.
    """
    return told.kind == _RUN or (told.kind == _SIGN_IN and told.key < f"{now:%Y-%m-%d}")


def _sent(channel: Callable[[Message], None], message: Message) -> bool:
    try:
        channel(message)
    except BlogkitError as error:
        _log.warning("a notice was not sent: %s; %s", error.message, error.hint)
        return False
    return True


def _failing(project: Project, report: RunReport) -> list[Failing]:
    found = [
        Failing(one.due.kind, one.due.site, one.due.key, one.summary, one.hint)
        for one in report.results
        if not one.ok
    ]
    found += [
        Failing(_RUN, "", error.message, error.message, error.hint) for error in report.errors
    ]
    within = timedelta(days=project.config.notify.sign_in_days)
    for site, end in project.timed.ending_sign_ins(within).items():
        when = both_clocks(end, project.config.zone)
        reason = f"the sign-in of site {site} ends on {when}"
        found.append(Failing(_SIGN_IN, site, f"{end:%Y-%m-%d}", reason, f"blogkit login {site}"))
    return found


def _succeeded(report: RunReport) -> dict[tuple[str, str, str], str]:
    return {
        (one.due.kind, one.due.site, one.due.key): one.summary for one in report.results if one.ok
    }


def message_of(title: str, news: News) -> Message:
    """Return the message about some news.

    Args:
        title: The blog's title.
        news: The news.
    """
    count = len(news.failing)
    things = "1 thing needs" if count == 1 else f"{count} things need"
    subject = f"{title}: {things} you" if count else f"{title}: works again"
    lines = [subject, ""] + [one.line for one in news.failing]
    if news.recovered:
        lines += ["", "Works again:"] if count else []
        lines += [f"- {summary}" for summary in news.recovered]
    data = {
        "blog": title,
        "failing": [vars(one) for one in news.failing],
        "recovered": news.recovered,
    }
    return Message(subject, "\n".join(lines) + "\n", data)
