"""The methods of a platform, and the errors they may raise."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from blogkit.errors import Problem
from blogkit.platforms.base.capabilities import ByHand, Capabilities
from blogkit.platforms.base.draft import Draft, Uploaded
from blogkit.platforms.base.listings import OnUnreadable, raise_unreadable
from blogkit.platforms.base.post import PostKind, Ref, Remote, State, Target
from blogkit.platforms.base.site import SiteAsWhole

if TYPE_CHECKING:  # most commands send nothing
    from blogkit.platforms.terms import SiteTerms
    from blogkit.render.document import Asset, Document
    from blogkit.sanitizers.profiles import Profile


class Platform(SiteAsWhole, Protocol):
    """One site on one platform: everything that blogkit asks of it.

    Every method that sends a request may raise `Unreachable`, `AuthenticationError`,
    `PermissionDenied`, `RateLimited`, `QuotaExhausted` or `ServerError`. A write may also raise
    `OutcomeUnknown`: it may have happened, so look with `find` or `get` before you try again.

    The data of one post may be damaged, such as null for its title. Then a read of that post raises
    `Unreadable`, and a write whose answer is damaged raises `OutcomeUnknown`.

    Attributes:
        name: The site's name in blogkit.toml.
        capabilities: What the platform can do.
    """

    name: str
    """The site's name in blogkit.toml."""
    capabilities: Capabilities

    def profile(self) -> Profile:
        """Return what this site keeps of HTML for this account. May ask the site once."""

    def compose(self, document: Document) -> str:
        """Return the body to send: the document in the platform's form, with the sentinel. Pure."""

    def check(self, draft: Draft, target: Target | None) -> Sequence[Problem]:
        """Find what this platform would refuse or lose. Sends nothing; may read the draft's files.

        Args:
            draft: The post as it would be sent.
            target: The state it should get; None if only its content is sent.

        Returns:
            Problems without a path; the caller adds it, and the line unless an asset has one.
        """

    def site_terms(self, draft: Draft, found: Remote | None = None) -> SiteTerms:
        """Return what the site makes of the draft's labels, categories and tags.

        May ask the site for its terms, once a run.

        Args:
            draft: The post as it would be sent.
            found: The post as the site has it. Of several categories of a name, it means its own.
        """

    def category_paths(self, post: Remote) -> Sequence[str]:
        """Return a post's categories as a file should name them. May ask the site, once a run."""

    def expected_body(self, draft: Draft) -> str:
        """Return the body as this site stores it, with its known rewrites applied. Pure."""

    def hides_posts(self) -> str:
        """Return a sentence if listings and searches leave posts out; "" if they do not.

        May ask the site, once a run.
        """

    def resolve(self, draft: Draft, *, create: bool = False) -> Draft:
        """Return the draft with its settings as the site names them, such as an author's id.

        May ask the site, once for each name. Settings that the platform lacks are left out.
        Resolving twice is fine.

        Args:
            draft: The post as it would be sent.
            create: Create terms that the site does not have yet.

        Raises:
            Rejected: The site has no such author, page or field, or the account may not set it; the
                message begins with the setting's name and lists what there is.
        """

    def find(self, key: str, kind: PostKind) -> Remote | None:
        """Return the post whose body has this key's sentinel, in any state but trashed.

        Args:
            key: The key of the post's file.
            kind: Posts and pages have separate listings.

        Raises:
            Conflict: Several posts have the key.
            Unreadable: No post has it, but one whose text is damaged may be the one: that is
                unknown, not absent.
        """

    def find_similar(self, drafts: Collection[Draft], kind: PostKind) -> Iterable[Remote]:
        """Return posts that new posts may duplicate, for the caller to compare.

        It returns what the platform can search for cheaply, with at most two requests for a post:
        at least the posts that have the title or the text of one of them. Posts that cannot be
        read are left out.

        Args:
            drafts: The new posts.
            kind: Posts and pages have separate listings.
        """

    def find_all(
        self,
        key: str,
        kind: PostKind,
        *,
        since: datetime | None = None,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Sequence[Remote]:
        """Return every post whose body has this key's sentinel, in any state but trashed.

        It is never from a cache: what another program wrote before the call is in the answer.

        Args:
            key: The key of the post's file.
            kind: Posts and pages have separate listings.
            since: Only posts written since then are needed, which saves requests where a site has
                no search.
            on_unreadable: Told each damaged post that may have the key. The default raises.
        """

    def get(self, ref: Ref) -> Remote:
        """Return a post as it is now, past any cache.

        A trashed post has state TRASHED if the site still shows it.

        Raises:
            NotFound: The site has no such post, or hides it.
        """

    def list(
        self,
        kind: PostKind,
        states: Sequence[State],
        label: str = "",
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield every post in these states, with its body, from all pages of the listing.

        Args:
            kind: Posts and pages have separate listings.
            states: The states to include.
            label: Only posts with this label, category or tag; "" for all.
            on_unreadable: Told each post whose data is damaged; such a post may be in other states
                or without the label. The default stops the listing.
        """

    def glance(
        self,
        kind: PostKind,
        states: Sequence[State],
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield what `list` does, without texts, terms and settings where that saves time.

        A site with `capabilities.digests` yields each post whole, or as a `Glance`.

        Args:
            kind: Posts and pages have separate listings.
            states: The states to include.
            on_unreadable: As in `list`.
        """

    def get_many(self, refs: Sequence[Ref]) -> Mapping[Ref, Remote]:
        """Return posts as they are now, with as few requests as the platform allows.

        Args:
            refs: Posts of one kind, at most `capabilities.batch_size` of them.

        Returns:
            The posts that exist; those that are gone, in the trash or damaged are left out, and
            `get` tells which.
        """

    def create(self, draft: Draft) -> Remote:
        """Create a post in state DRAFT. Never resends after an unclear outcome.

        Returns:
            The draft as the site stored it.

        Raises:
            Rejected: The site refuses a value.
            OutcomeUnknown: The post may exist; look for its key with `find`.
        """

    def update(self, ref: Ref, draft: Draft, expected: Remote, *, fresh: bool = False) -> Remote:
        """Replace content and metadata; the state stays.

        Args:
            ref: The post to change.
            draft: What it should contain.
            expected: The post as the caller last saw it.
            fresh: The caller has just read the post, so no second look is needed: one request
                instead of two.

        Returns:
            The post as the site stored it.

        Raises:
            Conflict: The post differs from `expected`.
            NotFound: The post is gone or in the trash.
        """

    def restore(self, ref: Ref, wanted: Remote, expected: Remote, *, fresh: bool = False) -> Remote:
        """Set content and metadata to earlier values, field for field.

        The state stays, and so does what the platform cannot set. Fields in which `wanted` and
        `expected` agree are not sent.

        Args:
            ref: The post to change.
            wanted: The post as it was before.
            expected: The post as the caller last saw it.
            fresh: As in `update`.

        Returns:
            The post as the site stored it.

        Raises:
            Conflict: The post differs from `expected`.
        """

    def set_state(self, ref: Ref, target: Target, *, seen: Remote | None = None) -> Remote:
        """Set the state to DRAFT, LIVE or SCHEDULED.

        Args:
            ref: The post to change.
            target: The state that it should get.
            seen: The post, if the caller has just read it: that may save a request.

        Returns:
            The post in that state.

        Raises:
            Rejected: The target is impossible, or the site ended in another state.
        """

    def trash(self, ref: Ref) -> None:
        """Move the post to the trash, if the platform has one. Trashing twice is fine."""

    def untrash(self, ref: Ref) -> Remote:
        """Take a post out of the trash. Only for platforms with `capabilities.untrashes`.

        Returns:
            The post in state DRAFT, with its content and its slug. A post that is not in the trash
            stays as it is.

        Raises:
            NotFound: The trash does not have it any more.
            Rejected: The platform cannot do it, or would not restore all of it.
        """

    def with_settings(self, remote: Remote, names: Collection[str]) -> Remote:
        """Return a post with further settings, which a listing leaves out. May ask the site.

        Args:
            remote: The post, as another method returned it.
            names: The settings that are needed.
        """

    def with_names(self, remotes: Sequence[Remote]) -> Sequence[Remote]:
        """Return posts with names in the place of numbers that only their site knows.

        Categories become whole paths. Of the settings, `author` becomes a login, `parent` the path
        of a page, `taxonomies.NAME` paths of terms; `image` and `image_alt` are the address and the
        text of the featured image. What the account may not look up stays as it is. May ask the
        site, for all posts at once.

        Args:
            remotes: The posts, as another method returned them.
        """

    def with_uploads(
        self, draft: Draft, uploaded: Mapping[str, Uploaded], like: str = "", *, renew: bool = False
    ) -> Draft:
        """Return the draft with its uploaded files in place, in the platform's form.

        `with_addresses` implements it for a platform that needs only the address. A site may be
        asked for the address of another size of an image.

        Args:
            draft: The post; its body may contain `blogkit-asset:` placeholders.
            uploaded: What has been uploaded, keyed by `Asset.url`; other placeholders stay.
            like: The body of the post on the site. Files that it shows are written as there.
            renew: Write them as for a new post instead; only what a person may have chosen for
                them stays.
        """

    def upload(self, asset: Asset) -> Uploaded:
        """Upload an asset once per content.

        Returns:
            Its public address.

        Raises:
            Rejected: The platform has no upload, or refuses the file.
        """

    def by_hand(self, draft: Draft, remote: Remote) -> ByHand:
        """Return what of a draft only a person can set on the site.

        Args:
            draft: The post as its file wants it.
            remote: The post on the site.
        """
