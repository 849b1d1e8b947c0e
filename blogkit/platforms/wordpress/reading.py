"""Read posts, and refuse an answer that is older than a look before.

An older answer justifies no write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import NotFound, PermissionDenied, StaleAnswer
from blogkit.platforms.base import OnUnreadable, PostKind, Ref, Remote, State
from blogkit.platforms.items import DamagedItem, Found, id_of
from blogkit.platforms.wordpress import api
from blogkit.platforms.wordpress.client import MAX_PER_PAGE, Client, Reply
from blogkit.platforms.wordpress.post_types import PostTypes
from blogkit.platforms.wordpress.routes import Params
from blogkit.platforms.wordpress.taxonomies.custom import CustomTaxonomies
from blogkit.platforms.wordpress.taxonomies.taxonomy import Terms
from blogkit.regions import sentinel_search

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import RawText, WordPressPost


_CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True)
class PostLook:
    """What a look at a post leaves to know.

    Attributes:
        modified: When the post was last changed, in UTC.
        age: Orders the looks at a post; what was not changed since it was made comes first.
        date: Its date, which a draft may have, too.
        excerpt: Its excerpt; None if it has none.
    """

    modified: str
    age: str
    date: datetime | None
    excerpt: RawText | None


class Looks:
    """The newest look at each post.

    Args:
        site: The site's name, for messages.
        clock: The present time on the site.
    """

    def __init__(self, site: str, clock: Callable[[], datetime]) -> None:
        self._site, self._clock = site, clock
        self._newest: dict[Ref, PostLook] = {}

    def keep(self, post: WordPressPost) -> None:
        """Keep a look, also an answer to a write.

        Args:
            post: The post as the site showed it.

        Raises:
            StaleAnswer: It is older than one before.
        """
        self.refuse_older(post)
        ref = api.ref_of(post.id, post.type)
        modified, age = post.modified_gmt, self._age(post)
        self._newest[ref] = PostLook(modified, age, post.date_gmt, post.excerpt)

    def refuse_older(self, post: WordPressPost) -> None:
        """Refuse a look that is older than one before: something keeps old answers.

        A write on such a look would undo what happened since.

        Args:
            post: The post as the site showed it.

        Raises:
            StaleAnswer: It is older.
        """
        ref = api.ref_of(post.id, post.type)
        newest = self._newest.get(ref)
        if newest is not None and self._age(post) < newest.age:
            raise StaleAnswer(
                f"site {self._site} showed {ref.kind} {ref.id} as it was at {post.modified_gmt}"
                f" UTC, after it was changed at {newest.modified}: its host or a plugin keeps old"
                " answers of the REST API",
                site=self._site,
                status=200,
                hint="exclude /wp-json/ and ?rest_route= from caching in the cache plugin or the"
                " host's panel, then run the same command again",
            )

    def newest(self, ref: Ref) -> PostLook | None:
        """Return the newest look at a post."""
        return self._newest.get(ref)

    def completed(self, post: WordPressPost) -> WordPressPost | None:
        """Return a post with the excerpt of the last look, if the answer has none.

        Returns:
            None if the post was saved since that look, or if the answer is older than it.
        """
        look = self._newest.get(api.ref_of(post.id, post.type))
        if look is None or (post.excerpt is not None and self._age(post) >= look.age):
            return post
        if post.modified_gmt != look.modified:
            return None
        return self.with_excerpt(post)

    def with_excerpt(self, post: WordPressPost) -> WordPressPost:
        """Return a post with the excerpt of the last look, if the answer has none."""
        look = self._newest.get(api.ref_of(post.id, post.type))
        if look is None or post.excerpt is not None:
            return post
        return post.model_copy(update={"excerpt": look.excerpt})

    def at(self, remote: Remote) -> PostLook | None:
        """Return the look that a post comes from; None if there was another one since."""
        look = self._newest.get(remote.ref)
        return look if look is not None and look.modified == remote.updated else None

    def _age(self, post: WordPressPost) -> str:
        """Return when a post was changed; "" if it was not since it was made with a later date.

        A new post has its date as the time of its change
        (https://developer.wordpress.org/reference/functions/wp_insert_post/).
        """
        latest = (self._clock() + _CLOCKS_DIFFER).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        return "" if post.modified_gmt > latest else post.modified_gmt


class Reader:
    """Reads posts, one or many at a time.

    Args:
        client: The site.
        types: Its types of post.
        terms: Knows the names of its terms.
        taxonomies: Its taxonomies beside categories and tags.
        clock: The present time.

    Attributes:
        looks: The newest look at each post.
    """

    def __init__(
        self,
        client: Client,
        types: PostTypes,
        terms: Terms,
        taxonomies: CustomTaxonomies,
        clock: Callable[[], datetime],
    ) -> None:
        # A cache's old answer has an old time, too, so a site's clock behind ours does not count.
        self.looks = Looks(client.site, lambda: clock() + max(client.skew, timedelta()))
        self._taxonomies = taxonomies
        self._client, self._types, self._terms = client, types, terms

    def listed(
        self, kind: PostKind, params: Params, on_unreadable: OnUnreadable, *, doing: str
    ) -> Iterator[Remote]:
        """Yield the posts of a listing.

        Args:
            kind: Post or page.
            params: Of the query, with the fields.
            on_unreadable: Told each post that is damaged.
            doing: What is asked for, for messages.
        """
        return self._remotes(self._posts(kind, params, on_unreadable, doing))

    def in_states(
        self, kind: PostKind, states: Sequence[State], label: str, on_unreadable: OnUnreadable
    ) -> Iterator[Remote]:
        """Yield the posts of all states, each once.

        Args:
            kind: Post or page.
            states: The states.
            label: Only posts with this tag or category; "" for all.
            on_unreadable: Told each post that is damaged.
        """
        params = (*api.LIST, ("status", api.statuses(states)))
        doing = f"list its {kind}s"
        if not label:
            try:
                yield from self.listed(kind, params, on_unreadable, doing=doing)
            except PermissionDenied as error:
                if kind == "post" or "(rest_forbidden_status)" not in error.reason:
                    raise  # who may write no pages, an author say, has none to list
            return
        seen: set[Ref] = set()
        taxonomies: tuple[api.Taxonomy, ...] = ("tags", "categories") if kind == "post" else ()
        for taxonomy in taxonomies:
            terms = self._terms.matches(taxonomy, label)
            wanted = (*params, (taxonomy, ",".join(map(str, terms))))
            for remote in self.listed(kind, wanted, on_unreadable, doing=doing) if terms else ():
                if remote.ref not in seen:
                    seen.add(remote.ref)
                    yield remote

    def glanced(
        self, kind: PostKind, params: Params, on_unreadable: OnUnreadable, *, doing: str
    ) -> Iterator[Remote]:
        """Yield the posts of a listing without their texts; as for `listed`."""
        for post in self._posts(kind, params, on_unreadable, doing, {"content": {"raw": ""}}):
            self.looks.refuse_older(post)
            yield api.remote_from_wordpress(post)

    def several(self, refs: Sequence[Ref], damaged: set[Ref]) -> dict[Ref, Remote]:
        """Return the posts that one request shows, of those asked for.

        If all were seen before, their excerpts are those of the last looks: WordPress takes longer
        for them than for everything else, and `modified_gmt` tells whether a post was saved since.

        Args:
            refs: Up to 100 posts of one kind.
            damaged: Gets the posts that are damaged.
        """
        present = api.statuses((State.LIVE, State.SCHEDULED, State.DRAFT))
        fields = api.AGAIN if all(map(self.looks.newest, refs)) else api.LIST
        numbers = ",".join(self._types.split(ref)[1] for ref in refs)
        params = (("status", present), ("include", numbers))
        kind = refs[0].kind
        listed = self._posts(
            kind,
            (*fields, *params),
            lambda error: damaged.add(Ref(error.post_id, kind)),
            f"show {len(refs)} {kind}s",
        )
        posts: list[WordPressPost] = []
        with suppress(PermissionDenied):
            posts += listed
        current = filter(None, map(self.looks.completed, posts))
        found = {remote.ref: remote for remote in self._remotes(current)}
        return {ref: found[ref] for ref in refs if ref in found}

    def with_key(self, key: str, kind: PostKind) -> Found:
        """Return what the site's search finds of a key: it looks into comments, too."""
        # The quotes make WordPress search for the phrase, not for each word.
        params = (*api.LIST, ("status", "any"), ("search", f'"{sentinel_search(key)}"'))
        found = Found()
        try:
            for post in self.listed(kind, params, found.damaged.append, doing=f'look for "{key}"'):
                if post.state is not State.TRASHED:
                    found.posts.append(post)
        except PermissionDenied as error:
            # Who may not write pages, say, cannot have written this one.
            if "(rest_forbidden_status)" not in error.reason:
                raise
        return found

    def read(self, ref: Ref) -> tuple[WordPressPost, Reply]:
        """Return a post with `context=edit`, and the answer that has it."""
        reply = self._client.get(
            self._types.address(ref),
            api.READ,
            doing=f"show {ref.kind} {ref.id} for editing",
            decides=True,
        )
        return self.resource(reply, ref), reply

    def present(self, ref: Ref) -> tuple[WordPressPost, Reply]:
        """Return the post to change.

        Raises:
            NotFound: It is in the trash, or gone.
        """
        post, reply = self.read(ref)
        if api.remote_from_wordpress(post).state is State.TRASHED:
            raise NotFound(
                f"{ref.kind} {ref.id} on site {self._client.site} is in the trash",
                site=self._client.site,
                hint="restore it in WordPress",
            )
        return post, reply

    def resource(self, reply: Reply, ref: Ref) -> WordPressPost:
        """Return the post in an answer about `ref`, whose id is empty for a new post.

        Raises Unreadable for a read, OutcomeUnknown for a write.
        """
        try:
            name, number = self._types.split(ref)
            post = api.read_post(reply.data, name or ref.kind, number)
        except DamagedItem as damage:
            if reply.answer.write:
                raise reply.damaged("post", damage) from None
            what = reply.quote(damage)
            raise api.unreadable_resource(
                self._client.site, ref.kind, reply.data, what, ref.id
            ) from None
        if reply.answer.write:
            post = self.looks.with_excerpt(post)
        self.looks.keep(post)
        return post

    def remote(self, post: WordPressPost) -> Remote:
        """Return a post with the names of all its terms."""
        return next(self._remotes(iter((post,))))

    def _remotes(self, posts: Iterator[WordPressPost]) -> Iterator[Remote]:
        """Yield posts with the names of their terms, which are looked up for many at once."""
        while page := list(islice(posts, MAX_PER_PAGE)):
            for post in page:
                self._terms.learn(api.named_terms(post))
            names: dict[int, str] = {}
            for taxonomy, ids in api.unnamed_terms(page).items():
                names |= self._terms.names(taxonomy, ids)
            for post in page:
                self.looks.keep(post)
                remote = api.remote_from_wordpress(post, names)
                more = self._taxonomies.settings(post.model_extra or {})
                yield replace(remote, settings={**remote.settings, **more})

    def _posts(
        self,
        kind: PostKind,
        params: Params,
        on_unreadable: OnUnreadable,
        doing: str,
        without: Mapping[str, object] = MappingProxyType({}),
    ) -> Iterator[WordPressPost]:
        for of in self._types.all(kind):
            items = self._client.all_with_answers(of.route, params, doing=doing, decides=True)
            for item, answer in items:
                try:
                    whole = {**item, **without} if without and isinstance(item, dict) else item
                    yield api.read_post(whole, of.name or kind)
                except DamagedItem as damage:
                    what, number = answer.quote(str(damage)), id_of(item)
                    post_id = f"{of.name}-{number}" if of.name and number else ""
                    site = self._client.site
                    on_unreadable(api.unreadable_resource(site, kind, item, what, post_id))
