"""The pieces of a post as its site will keep them, with what the site would lose. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.dataclass import dataclass
from blogkit.render.document import Document, Fragment
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import Profile
from blogkit.sanitizers.verdict import Loss, shorten


@dataclass(frozen=True)
class LostMarkup:
    """One thing that the site would remove or change.

    Attributes:
        source: The markup in question, shortened; it is not markup to show, but text.
        message: What would happen, and why.
        hint: What to write instead.
        line: Where it is in the post's file.
        severity: An error if readers would notice it.
        removed: Whether the site removes it; otherwise it may act on it.
    """

    source: str
    message: str
    hint: str
    line: int
    severity: str
    removed: bool


@dataclass(frozen=True)
class PreviewPart:
    """One top-level piece of a post.

    Attributes:
        html: What the site keeps of it.
        line: Where it begins in the post's file; 0 if unknown.
        last: Its last line in the file; 0 if unknown.
        lost: What the site would remove or change.
    """

    html: str
    line: int
    last: int
    lost: tuple[LostMarkup, ...] = ()


def kept_parts(document: Document, profile: Profile) -> Iterator[PreviewPart]:
    """Yield the pieces of a post as the site keeps them.

    Args:
        document: The post, rendered for the profile.
        profile: What the site keeps of HTML.
    """
    for fragment in document.fragments:
        verdict = judge(fragment.html, profile)
        changed = verdict.stored != fragment.html
        lost = tuple(_lost(fragment, loss, changed) for loss in verdict.losses)
        yield PreviewPart(verdict.stored, fragment.line, fragment.last, lost)


def _lost(fragment: Fragment, loss: Loss, changed: bool) -> LostMarkup:
    """Return a loss with its markup: from the tag around it to the tag's end."""
    start = max(fragment.html.rfind("<", 0, loss.start + 1), 0)
    source = fragment.html[start:].partition(">")
    return LostMarkup(
        shorten("".join(source[:2])),
        f"{loss.what}: {loss.reason}",
        loss.fix,
        fragment.line + loss.line_offset,
        loss.severity,
        changed,
    )
