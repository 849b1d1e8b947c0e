"""One live post, to edit in place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from blogkit.dataclass import dataclass
from blogkit.project.live.editing import NO_FIELDS

if TYPE_CHECKING:
    from blogkit.platforms.base import Remote
    from blogkit.project.live.bulk_edit import EditPlan
    from blogkit.project.project import Project
    from blogkit.regions import Style


@dataclass(frozen=True)
class LivePost:
    """A post on a site. Every edit returns a plan; nothing is sent before its `apply`.

    Attributes:
        project: The project that knows the site.
        site: The site's name.
        reference: The post's address, id, key or file.
    """

    project: Project
    site: str
    reference: str

    def fetch(self) -> Remote:
        """Return the post as the site has it now.

        Raises:
            UsageError: The post does not exist.
        """
        return self.project.find(self.reference, site=self.site).remote

    def insert(
        self,
        what: str,
        /,
        *,
        at: str,
        id: str = "",  # noqa: A002
        nth: int | None = None,
        every: bool = False,
        force: bool = False,
        live: bool = False,
        mark: Style | None = None,
        allow: Collection[str] = (),
        quiz: str = "",
        **fields: object,
    ) -> EditPlan:
        """Plan to insert a widget. Every other byte of the post stays as it is.

        Args:
            what: A widget's name, or an .html file.
            at: The place, such as `end`, `before:h2:Conclusion` or `after:p:3`.
            id: The region's name, to find it again; empty means the widget's name.
            nth: If several places match, use the Nth.
            every: If several places match, use all.
            force: Overwrite manual edits inside the region.
            live: Change the blog even if the post has a file, which then differs from it.
            mark: How the region is marked: `comments`, `attribute`, or None for what suits.
            allow: Kinds of active content that the piece may have, such as "script".
            quiz: The address or the name of the widget's quiz link.
            **fields: The widget's fields.

        Raises:
            UsageError: The post, the widget or the kind of place does not exist.
            ContentError: The fields are wrong.

        Returns:
            The plan; nothing is sent before its `apply`.
        """
        return self.project.insert(
            what,
            fields,
            at=at,
            id=id,
            nth=nth,
            every=every,
            force=force,
            live=live,
            mark=mark,
            allow=allow,
            quiz=quiz,
            **self._here,
        )

    def replace(
        self, what: str, value: str, fields: Mapping[str, object] = NO_FIELDS, **options: Any
    ) -> EditPlan:
        """Return a plan to replace a text or a region. Takes what `Project.replace` takes."""
        return self.project.replace(what, value, fields, **options, **self._here)

    def remove(self, id: str, **options: Any) -> EditPlan:  # noqa: A002
        """Return a plan to remove a region. Takes what `Project.remove` takes."""
        return self.project.remove(id, **options, **self._here)

    def upgrade(self, widget: str = "", **options: Any) -> EditPlan:
        """Return a plan to render widgets again. Takes what `Project.upgrade` takes."""
        return self.project.upgrade(widget, **options, **self._here)

    @property
    def _here(self) -> dict[str, Any]:
        return {"posts": [self.reference], "site": self.site}


@dataclass(frozen=True)
class SiteHandle:
    """One site of a project.

    Attributes:
        project: The project.
        name: The site's name in `blogkit.toml`.
    """

    project: Project
    name: str

    def post(self, reference: str) -> LivePost:
        """Return a post of this site by its address, id, key or file. Sends nothing."""
        return LivePost(self.project, self.name, reference)

    def editor_of(self, post: Remote) -> str:
        """Return the address of a post in the site's own editor; "" if the site has none."""
        return self.project._context().sites.platform(self.name).editor_of(post.ref)  # noqa: SLF001

    def seen_by_readers(self, reference: str) -> Remote | None:
        """Return a post as readers see it now, without signing in and past caches.

        Args:
            reference: The post's address or id.

        Returns:
            The post; None if readers do not see it, such as a draft.

        Raises:
            UsageError: The site is not on Blogger, so it has no feed that blogkit can read.
            SiteError: The feed cannot be read, as that of a private blog.
        """
        from blogkit.project.live.readers import seen_by_readers

        return seen_by_readers(self.project._context(), self.name, reference)  # noqa: SLF001
