"""Name the undocumented behaviours of Blogger as switches.

The default is the one that is worse for clients.

What a client must survive is every position of every switch in `OPTIONS`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Final, Literal, get_args, get_type_hints

from blogkit.errors import UsageError, nearest


@dataclass
class Quirks:
    """One field per uncertain behaviour; the first value is the adverse one and the default."""

    future_published_on_insert: Literal["live_now", "scheduled"] = "live_now"
    """An insert that is not a draft and has `published` in the future."""
    draft_keeps_published: Literal["yes", "no"] = "yes"
    """A draft remembers a given date: a bare publish then schedules it instead of putting it
    live.
    """
    put_omitted_labels: Literal["wiped", "kept"] = "wiped"
    patch_labels_null: Literal["400", "ignored", "cleared"] = "400"
    update_draft: Literal["ok", "404"] = "ok"
    """PUT and PATCH of a draft; 404 is what clients met in 2016."""
    published_precision: Literal["minute", "second"] = "minute"
    """What is kept of a date: nearly all recorded ones end in :00."""
    publish_live_again: Literal["400", "no-op", "redates"] = "400"
    """redates: a script of 2026 moves live posts by `publishDate`, a web editor publishes after every
    change.
    """
    publish_scheduled_again: Literal["400", "moves"] = "400"
    """moves: a script of 2026 moves scheduled posts by `publishDate`."""
    patch_published_of_live: Literal["ignored", "redates"] = "ignored"
    """PATCH of `published` of a live post; two clients send it with every update."""
    revert_draft: Literal["400", "no-op"] = "400"
    publish_and_revert_on_update: Literal["ignored", "honoured"] = "ignored"
    """The query parameters `publish=true` and `revert=true` of update and patch."""
    live_status_field: Literal["absent", "present", "always"] = "absent"
    """Whether get and list name the status of a live post, for view=ADMIN or for any view."""
    script_style_iframe: Literal["kept", "stripped"] = "kept"
    data_uri_images: Literal["kept", "rehosted", "stripped"] = "kept"
    html_comments: Literal["stripped", "kept"] = "stripped"
    """Recorded nowhere; only the jump break is known to be understood."""
    empty_paragraphs: Literal["removed", "kept"] = "removed"
    """removed: told by a maintainer of a client in April 2026."""
    newlines_to_br: Literal["off", "on"] = "off"
    schedule_mints_url: Literal["yes", "no"] = "yes"
    """yes: a scheduled post has its final permalink, as in all 73 recorded answers; no: the address
    of the blog until it is live.
    """
    get_trashed: Literal["404", "shown"] = "404"
    """Whether an author can get a post from the trash by its id."""
    republish_remints_url: Literal["yes", "no"] = "yes"
    if_match: Literal["ignored", "412"] = "ignored"
    insert_5xx_commits: Literal["sometimes", "never"] = "sometimes"
    """never: the faults `500-after-commit` and `503-after-commit` do not commit an insert."""
    daily_insert_limit: Literal["50", "50-then-429", "6", "none"] = "50"
    """New posts a day; then 403 quotaExceeded, or 429."""

    insert_throttle: Literal["403", "429", "none"] = "403"
    """After 19 new posts in 75 minutes: no more until two hours have passed, told as a plain 403
    (recorded on three blogs in October 2026) or as 429.
    """

    sign_in_lasts: Literal["7-days", "for-ever"] = "7-days"
    """A sign-in of a Google project in testing ends after 7 days; the answer with the token tells the
    seconds that are left.
    """

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            _check(name, value)

    def set(self, **changes: str) -> None:
        """Set switches by name; set none if one is not valid.

        Args:
            **changes: The new positions, by the switch's name.

        Raises:
            UsageError: A name or a position is unknown.
        """
        for name, value in changes.items():  # all of them, before the first is set
            _check(name, value)
        for name, value in changes.items():
            setattr(self, name, value)


OPTIONS: Final[dict[str, tuple[str, ...]]] = {
    name: get_args(hint)
    for name, hint in get_type_hints(Quirks).items()
    if name in {f.name for f in fields(Quirks)}
}
"""Every switch and its positions, adverse first."""


def _check(name: str, value: object) -> None:
    if name not in OPTIONS:
        raise UsageError(
            f"the sandbox has no switch {name!r}",
            hint=nearest(name, OPTIONS) or f"switches: {', '.join(OPTIONS)}",
        )
    if value not in OPTIONS[name]:
        raise UsageError(
            f"the switch {name} has no position {value!r}",
            hint=f"positions: {', '.join(OPTIONS[name])}",
        )
