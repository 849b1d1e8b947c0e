"""The part of a project that edits live posts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from blogkit.errors import SiteError, UsageError
from blogkit.project.plans.progress import OnProgress, silent

if TYPE_CHECKING:  # an edit imports what it needs
    from blogkit.project.context import ProjectContext
    from blogkit.project.live.bulk_edit import EditPlan, EditPost
    from blogkit.project.live.references import ReferencedPost
    from blogkit.project.live.regions import RegionReport
    from blogkit.project.live.selection import Selection
    from blogkit.project.live.snippet import WidgetData
    from blogkit.regions import Style

    PostSelection = str | Sequence[str] | Selection
    """References to posts (addresses, ids, keys, files), or a `Selection`."""

NO_FIELDS: Mapping[str, object] = MappingProxyType({})


class LiveEdits:
    """Edit live posts; a base of `Project`."""

    def _context(self) -> ProjectContext:
        """Return a context for one call."""
        raise NotImplementedError

    def insert(
        self,
        what: str,
        fields: Mapping[str, object] | WidgetData = NO_FIELDS,
        *,
        at: str,
        posts: PostSelection = (),
        site: str = "",
        id: str = "",  # noqa: A002
        nth: int | None = None,
        every: bool = False,
        force: bool = False,
        live: bool = False,
        mark: Style | None = None,
        allow: Collection[str] = (),
        quiz: str = "",
        on_progress: OnProgress = silent,
    ) -> EditPlan:
        """Plan to insert a widget, or HTML, into live posts. Every other byte stays as it is.

        If the post already has a region with this id, it is re-rendered where it is.

        Args:
            what: A widget's name, or an .html file.
            fields: The widget's fields.
            at: The place, such as `end`, `before:h2:Conclusion` or `after:p:3`.
            posts: References to posts, or a `Selection`.
            site: Only this site.
            id: The region's name, to find it again; empty means the widget's name.
            nth: If several places match, use the Nth.
            every: If several places match, use all.
            force: Overwrite manual edits inside the region.
            live: Change the blog even if a post has a file, which then differs from it.
            mark: How the region is marked: `comments`, `attribute`, or None for what suits.
            allow: Kinds of active content that the piece may have, such as "script".
            quiz: The address or the name of the widget's quiz link. Readers see "coming soon"
                until `set_link` gives the name an address.
            on_progress: Told each post that is looked at.

        Raises:
            UsageError: The post, the widget or the kind of place does not exist.
            ContentError: The fields are wrong, or a file has active content.

        Returns:
            The plan; nothing is sent before its `apply`.
        """
        from blogkit.edits import parse_anchor
        from blogkit.project.live.active import without_active_content
        from blogkit.project.live.edits import EditMatch, inserting
        from blogkit.project.live.snippet import snippet_of

        # A mistake in the place is reported before any post is fetched.
        parse_anchor(at)
        context, match = self._context(), EditMatch(nth, every, force)
        snippet = snippet_of(context.renderer, context.posts.folder, what, fields, allow, quiz)
        edit = inserting(context.renderer, snippet, id or snippet.name, at, match, mark)
        edit = without_active_content(edit, allow)
        return _planned(context, "insert", edit, posts, site, live, on_progress)

    def replace(
        self,
        what: str,
        value: str,
        fields: Mapping[str, object] | WidgetData = NO_FIELDS,
        *,
        posts: PostSelection = (),
        site: str = "",
        nth: int | None = None,
        every: bool = False,
        force: bool = False,
        live: bool = False,
        allow: Collection[str] = (),
        quiz: str = "",
        on_progress: OnProgress = silent,
    ) -> EditPlan:
        """Plan to replace a text or a region in live posts.

        Args:
            what: `text:STRING`, which is found in text, links, scripts and block settings, or
                `region:ID`.
            value: The new text; for a region, a widget's name or an .html file.
            fields: The widget's fields.
            posts: References to posts, or a `Selection`.
            site: Only this site.
            nth: If several places match, use the Nth.
            every: If several places match, use all.
            force: Overwrite manual edits inside the region.
            live: Change the blog even if a post has a file, which then differs from it.
            allow: Kinds of active content that may come with it, such as "script".
            quiz: For a region: the address or the name of the widget's quiz link.
            on_progress: Told each post that is looked at.

        Raises:
            UsageError: The post or the widget does not exist, or `what` is of no known kind.
            ContentError: The fields are wrong.

        Returns:
            The plan; nothing is sent before its `apply`.
        """
        from blogkit.project.live.active import without_active_content
        from blogkit.project.live.edits import EditMatch, replacing_region, replacing_text
        from blogkit.project.live.snippet import snippet_of

        kind, colon, wanted = what.partition(":")
        if kind not in ("text", "region") or not colon or not wanted:
            hint = "for example: text:YOUR_MOCK_TEST_LINK_HERE"
            raise UsageError(f"“{what}” is neither text:STRING nor region:ID", hint=hint)
        context = self._context()
        if kind == "text" and quiz:
            raise UsageError("a text has no quiz link", hint="leave out --quiz")
        if kind == "text":
            edit = replacing_text(wanted, value, nth)
        else:
            snippet = snippet_of(context.renderer, context.posts.folder, value, fields, allow, quiz)
            match = EditMatch(nth, every, force)
            edit = replacing_region(context.renderer, snippet, wanted, match)
        edit = without_active_content(edit, allow)
        return _planned(context, "replace", edit, posts, site, live, on_progress)

    def remove(
        self,
        id: str,  # noqa: A002
        *,
        posts: PostSelection = (),
        site: str = "",
        nth: int | None = None,
        every: bool = False,
        force: bool = False,
        live: bool = False,
        on_progress: OnProgress = silent,
    ) -> EditPlan:
        """Plan to remove a region from live posts. Every other byte stays as it is.

        Args:
            id: The region's name.
            posts: References to posts, or a `Selection`.
            site: Only this site.
            nth: If several regions match, use the Nth.
            every: If several regions match, use all.
            force: Remove it even if it has manual edits.
            live: Change the blog even if a post has a file, which then differs from it.
            on_progress: Told each post that is looked at.

        Raises:
            UsageError: The post does not exist.

        Returns:
            The plan; nothing is sent before its `apply`.
        """
        from blogkit.project.live.edits import EditMatch, removing

        edit = removing(id, EditMatch(nth, every, force))
        return _planned(self._context(), "remove", edit, posts, site, live, on_progress)

    def upgrade(
        self,
        widget: str = "",
        *,
        posts: PostSelection = (),
        site: str = "",
        version: int | None = None,
        force: bool = False,
        live: bool = False,
        on_progress: OnProgress = silent,
    ) -> EditPlan:
        """Plan to render the widgets in live posts again, from the data in their markers.

        Args:
            widget: Only this widget.
            posts: References to posts, or a `Selection`.
            site: Only this site.
            version: Only widgets of this version or older.
            force: Overwrite manual edits inside the widgets.
            live: Change the blog even if a post has a file, which then differs from it.
            on_progress: Told each post that is looked at.

        Raises:
            UsageError: The post or the widget does not exist.

        Returns:
            The plan; nothing is sent before its `apply`.
        """
        from blogkit.project.live.edits import upgrading

        context = self._context()
        edit = upgrading(context.renderer, widget, version, force=force)
        return _planned(context, "upgrade", edit, posts, site, live, on_progress)

    def regions(
        self, posts: PostSelection = (), *, site: str = "", on_progress: OnProgress = silent
    ) -> RegionReport:
        """Return the regions in live posts, and what is wrong with their markers.

        Args:
            posts: References to posts, or a `Selection`.
            site: Only this site.
            on_progress: Told each post that is looked at.
        """
        from blogkit.project.live.regions import RegionReport, regions_of
        from blogkit.project.live.selection import select
        from blogkit.project.live.wiped import wiped_regions

        context = self._context()
        left_out: list[SiteError] = []
        with context.journal() as journal:
            chosen = select(context, journal, _selection(posts, site), on_progress, left_out)
            report = RegionReport(row for one in chosen for row in regions_of(one))
            report.wiped = [region for one in chosen for region in wiped_regions(journal, one)]
        report.left_out = left_out
        return report

    def reinsert(
        self,
        id: str = "",  # noqa: A002
        *,
        posts: PostSelection = (),
        site: str = "",
        on_progress: OnProgress = silent,
    ) -> EditPlan:
        """Plan to put regions back that a later save on the blog wiped, with the bytes they had.

        Args:
            id: Only the region of this name; empty means all.
            posts: References to posts, or a `Selection`.
            site: Only this site.
            on_progress: Told each post that is looked at.

        Raises:
            UsageError: The post does not exist.

        Returns:
            The plan; nothing is sent before its `apply`.
        """
        from blogkit.project.live.bulk_edit import BulkEdit
        from blogkit.project.live.wiped import reinserting

        context = self._context()
        with context.journal() as journal:
            bulk = BulkEdit(context, journal, _selection(posts, site), change_live=True)
            return bulk.plan("reinsert", reinserting(journal, id), on_progress)

    def dismiss(
        self, posts: PostSelection = (), *, site: str = "", on_progress: OnProgress = silent
    ) -> RegionReport:
        """Take note that wiped regions were removed on purpose. Writes to the journal only.

        Args:
            posts: References to posts, or a `Selection`.
            site: Only this site.
            on_progress: Told each post that is looked at.

        Raises:
            UsageError: The post does not exist.

        Returns:
            A report whose `wiped` are the regions that are not reported any more.
        """
        from blogkit.project.live.regions import RegionReport
        from blogkit.project.live.selection import select
        from blogkit.project.live.wiped import dismiss

        context, report = self._context(), RegionReport()
        left_out: list[SiteError] = []
        with context.locked_journal("reinsert --dismiss") as journal:
            chosen = select(context, journal, _selection(posts, site), on_progress, left_out)
            report.wiped = dismiss(journal, chosen)
        report.left_out = left_out
        return report

    def find(self, reference: str, *, site: str = "") -> ReferencedPost:
        """Return the live post that a reference names.

        Args:
            reference: The post's address, id, key or file.
            site: Only this site.

        Raises:
            UsageError: The post does not exist.
        """
        from blogkit.project.live.references import resolve

        context = self._context()
        with context.journal() as journal:
            return resolve(context, journal, reference, site)


def _selection(posts: PostSelection, site: str) -> Selection:
    from blogkit.project.live.selection import Selection

    if isinstance(posts, Selection):
        return posts
    return Selection((posts,) if isinstance(posts, str) else tuple(posts), site)


def _planned(
    context: ProjectContext,
    command: str,
    edit: EditPost,
    posts: PostSelection,
    site: str,
    live: bool,
    on_progress: OnProgress,
) -> EditPlan:
    from blogkit.project.live.bulk_edit import BulkEdit

    with context.journal() as journal:
        bulk = BulkEdit(context, journal, _selection(posts, site), change_live=live)
        return bulk.plan(command, edit, on_progress)
