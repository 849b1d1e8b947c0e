"""What the check of one file found, and what that depends on.

Values only: most runs of a large blog read the values of an earlier run, and no post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import Problem
from blogkit.lint.known_posts import KnownPosts

if TYPE_CHECKING:
    from blogkit.project.builds.one_file import SitePost


@dataclass(frozen=True)
class LinkAnswers:
    """What the links of one post asked about other posts.

    Attributes:
        files: The files that were asked for, and whether each exists.
        keys: The keys that were asked for, and whether each exists.
        all_names: A digest of all names, if they were asked for; "" if not.
    """

    files: tuple[tuple[str, bool], ...] = ()
    keys: tuple[tuple[str, bool], ...] = ()
    all_names: str = ""

    def holds(self, names: KnownPosts) -> bool:
        """Return whether the answers are the same with these names."""
        return (
            all((name in names.files) == there for name, there in self.files)
            and all((name in names.keys) == there for name, there in self.keys)
            # to know all names means to read the head of every file
            and (not self.all_names or self.all_names == names.digest)
        )


@dataclass(frozen=True)
class CheckBasis:
    """What the problems of a file depend on, beside the file, the settings and other posts.

    Attributes:
        sites: The sites that the post was rendered for.
        files: Files that it was made from, there or not.
        day: The day by the blog's clock, if a check asked for it; "" if not.
        times: Scheduled times of the post, and whether each had come.
        pending: Whether pending links were "allowed" or "refused"; "" if the post has none.
    """

    sites: tuple[str, ...]
    files: tuple[str, ...] = ()
    day: str = ""
    times: tuple[tuple[str, bool], ...] = ()
    pending: str = ""


@dataclass(frozen=True)
class CheckedFile:
    """What the check of one file found.

    Attributes:
        problems: All its problems, but for those that it has together with another file.
        key: The key in its front matter; "" if that cannot be read.
        key_line: The line of the key.
        is_post: Whether it can be read as a post.
        counts: Whether it was checked as a post.
        asked: What its links asked.
        basis: What the problems depend on; None if the result must not be kept.
        posts: Its post for each site, without a draft, as a plan would find them; () if a plan
            would find more problems.
    """

    problems: tuple[Problem, ...]
    key: str = ""
    key_line: int = 1
    is_post: bool = False
    counts: bool = False
    asked: LinkAnswers = LinkAnswers()
    basis: CheckBasis | None = None
    posts: tuple[SitePost, ...] = ()


def pending_choice(*, allowed: bool) -> str:
    """Return how a basis calls the choice whether pending links are accepted."""
    return "allowed" if allowed else "refused"
