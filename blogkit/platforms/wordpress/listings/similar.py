"""Search a site for posts that new posts may duplicate."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING

from blogkit.errors import PermissionDenied
from blogkit.html.phrase import phrase_of
from blogkit.platforms.base import Draft, PostKind
from blogkit.platforms.items import DamagedItem
from blogkit.platforms.wordpress import api
from blogkit.platforms.wordpress.client import Client
from blogkit.platforms.wordpress.post_types import PostType

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import WordPressPost

_MOST = ("per_page", "20")


def posts_like(
    client: Client, types: Sequence[PostType], drafts: Collection[Draft], kind: PostKind
) -> Iterator[WordPressPost]:
    """Yield the posts that searches for each title and each text find.

    Those with a title come first, so the caller may have enough before texts are searched for.
    https://developer.wordpress.org/reference/classes/wp_query/parse_search_order/ sorts by
    relevance.

    Args:
        client: The site.
        types: The types of post to search.
        drafts: The new posts.
        kind: Post or page.
    """
    phrases = (f'"{phrase}"' for draft in drafts if (phrase := phrase_of(draft.body)))
    for words in (*(draft.title for draft in drafts), *phrases):
        search = (("status", "any"), ("search", words), ("orderby", "relevance"), _MOST)
        for of, lang in product(types, client.language_params):
            params = (*api.READ, *search, *lang)
            try:
                reply = client.get(of.route, params, doing=f"look for {words}")
            except PermissionDenied:
                return  # who may not list them, an author say, finds no duplicates
            for item in reply.data if isinstance(reply.data, list) else ():
                with suppress(DamagedItem):
                    yield api.read_post(item, of.name or kind)
