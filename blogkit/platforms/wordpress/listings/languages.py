"""The languages of a site: which one a post is in, and whether listings leave some out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blogkit.errors import PermissionDenied, Problem, Rejected
from blogkit.platforms.base import Draft
from blogkit.platforms.wordpress.client import Client
from blogkit.platforms.wordpress.routes import Params

_ONE: Params = (("per_page", "1"), ("_fields", "id"))
_ALL = ("lang", "all")


def code_of(language: str, codes: Sequence[str]) -> str:
    """Return a site's code for a language: "hi" also for "hi-IN"; "" if it has none.

    Args:
        language: As front matter has it.
        codes: The site's codes.
    """
    whole = _plain(language)
    same = [code for code in codes if _plain(code) == whole]
    alike = [code for code in codes if _plain(code).split("-")[0] == whole.split("-")[0]]
    return next(iter([*same, *alike]), "")


def language_problems(draft: Draft, codes: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem if a post is in a language that the site's settings lack.

    Args:
        draft: The post.
        codes: The site's codes.
    """
    if draft.language and not code_of(draft.language, codes):
        yield Problem(
            "",
            0,
            f'the site\'s languages in blogkit.toml are {", ".join(codes)}, not "{draft.language}"',
            f'write lang = "{",".join([*codes, draft.language])}" there',
            "language",
        )


def hidden_posts(client: Client) -> str:
    """Return a sentence if a site lists only a part of its posts; "" if it lists all.

    Two posts with one text may then be published after a lost journal. WPML lists the default
    language only, unless it is asked for "all"
    (https://wpml.org/documentation/support/using-wpml-with-the-rest-api/).

    Args:
        client: The site.
    """
    if client.languages:
        return ""
    usual, all_of_them = (_count(client, params) for params in (_ONE, (*_ONE, _ALL)))
    if usual is None or all_of_them is None or all_of_them <= usual:
        return ""
    return (
        f"site {client.site} lists {usual} of its {all_of_them} posts, because a plugin for"
        ' languages hides the others; name the languages in blogkit.toml, such as lang = "en,hi"'
    )


def _count(client: Client, params: Params) -> int | None:
    try:
        return client.get("/wp/v2/posts", params, doing="count its posts").total
    except (PermissionDenied, Rejected):
        return None


def _plain(code: str) -> str:
    return code.replace("_", "-").casefold()
