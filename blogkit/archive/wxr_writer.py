"""Write WordPress's export format, WXR 1.2, as WordPress itself does.

https://developer.wordpress.org/reference/functions/export_wp/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from email.utils import format_datetime
from html import escape

from blogkit.archive.markup import Markup
from blogkit.archive.own_keys import lost_keys
from blogkit.archive.post import ArchivedBlog, ArchivedPost, ArchivedState
from blogkit.archive.spool import PostSpool
from blogkit.archive.wxr_outline import (
    CATEGORY_TAXONOMY,
    TAG_TAXONOMY,
    WxrOutline,
    WxrTerm,
    outline_of,
    terms_of,
)
from blogkit.html.inline_html import inline_html

_HEAD = """\
<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
"""
_TAIL = "</channel>\n</rss>\n"
_STATES = {
    ArchivedState.LIVE: "publish",
    ArchivedState.SCHEDULED: "future",
    ArchivedState.DRAFT: "draft",
    ArchivedState.PENDING: "pending",
    ArchivedState.PRIVATE: "private",
}
_FILE = "attachment"
_NO_DATE = "0000-00-00 00:00:00"
_DESCRIPTION, _SEO_TITLE = "_yoast_wpseo_metadesc", "_yoast_wpseo_title"
_USUAL = {"post": "open", "page": "closed"}
_BEGUN = "drafts lost the date of their old blog: WordPress would publish them with it"


class WxrWriter:
    """Writes posts as a WordPress export.

    Args:
        blog: The blog that they are from.
        zone: Its time zone: WordPress keeps local times beside those in UTC.
        now: The time of the export.

    Attributes:
        notes: What the file cannot hold, with its number.
    """

    def __init__(self, blog: ArchivedBlog, zone: tzinfo, now: datetime) -> None:
        self._blog, self._zone, self._now = blog, zone, now
        self._markup = Markup()
        self.notes: Counter[str] = Counter()

    def chunks(self, posts: PostSpool) -> Iterator[bytes]:
        """Yield the file, piece by piece.

        Args:
            posts: The posts.
        """
        outline = outline_of(posts, self._blog)
        yield _HEAD.encode()
        yield "".join(f"\t{line}\n" for line in self._channel(outline)).encode()
        for number, post in zip(outline.numbers, posts, strict=True):
            self._note(post)
            yield _item(self._post(post, number, outline)).encode()
        for address, number in outline.files.items():
            lines = self._file(address, outline.alts[address], number)
            yield _item(lines).encode()
        yield _TAIL.encode()
        self.notes["control characters were left out"] += self._markup.removed

    def _channel(self, outline: WxrOutline) -> Iterator[str]:
        text, cdata = self._markup.text, self._markup.cdata
        yield f"<title>{text(self._blog.title)}</title>"
        yield f"<link>{text(self._blog.url)}</link>"
        yield f"<pubDate>{format_datetime(self._now.astimezone(UTC))}</pubDate>"
        yield "<wp:wxr_version>1.2</wp:wxr_version>"
        for name in ("wp:base_site_url", "wp:base_blog_url"):
            yield f"<{name}>{text(self._blog.url)}</{name}>"
        for number, author in enumerate(outline.authors, 1):
            yield (
                f"<wp:author><wp:author_id>{number}</wp:author_id>"
                f"<wp:author_login>{cdata(author)}</wp:author_login>"
                f"<wp:author_email>{cdata('')}</wp:author_email>"
                f"<wp:author_display_name>{cdata(author)}</wp:author_display_name></wp:author>"
            )
        for term in outline.terms.values():
            yield self._term(term)

    def _name(self, name: str) -> str:
        """Return the name of a term as WordPress keeps it: as HTML."""
        return self._markup.cdata(escape(name, quote=False))

    def _term(self, term: WxrTerm) -> str:
        cdata = self._markup.cdata
        if term.taxonomy == CATEGORY_TAXONOMY:
            return (
                f"<wp:category><wp:term_id>{term.number}</wp:term_id>"
                f"<wp:category_nicename>{cdata(term.slug)}</wp:category_nicename>"
                f"<wp:category_parent>{cdata(term.parent)}</wp:category_parent>"
                f"<wp:cat_name>{self._name(term.name)}</wp:cat_name></wp:category>"
            )
        if term.taxonomy == TAG_TAXONOMY:
            return (
                f"<wp:tag><wp:term_id>{term.number}</wp:term_id>"
                f"<wp:tag_slug>{cdata(term.slug)}</wp:tag_slug>"
                f"<wp:tag_name>{self._name(term.name)}</wp:tag_name></wp:tag>"
            )
        return (
            f"<wp:term><wp:term_id>{term.number}</wp:term_id>"
            f"<wp:term_taxonomy>{cdata(term.taxonomy)}</wp:term_taxonomy>"
            f"<wp:term_slug>{cdata(term.slug)}</wp:term_slug>"
            f"<wp:term_parent>{cdata(term.parent)}</wp:term_parent>"
            f"<wp:term_name>{self._name(term.name)}</wp:term_name></wp:term>"
        )

    def _post(self, post: ArchivedPost, number: int, outline: WxrOutline) -> Iterator[str]:
        cdata, usual = self._markup.cdata, _USUAL.get(post.kind, "closed")
        yield from self._top(post, number)
        yield f"<content:encoded>{cdata(post.body)}</content:encoded>"
        yield f"<excerpt:encoded>{cdata(inline_html(post.excerpt))}</excerpt:encoded>"
        yield f"<wp:post_id>{number}</wp:post_id>"
        public = post.state in (ArchivedState.LIVE, ArchivedState.PRIVATE)
        # WordPress would publish a draft with its date, so that of an old blog stays out.
        at = post.published or ((post.old_date or self._now) if public else None)
        yield from self._dates("post_date", at, post.updated)
        yield from self._dates("post_modified", post.updated or at)
        yield f"<wp:comment_status>{cdata(post.comments or usual)}</wp:comment_status>"
        yield f"<wp:ping_status>{cdata(post.pings or usual)}</wp:ping_status>"
        yield f"<wp:post_name>{cdata(post.slug)}</wp:post_name>"
        status = "inherit" if post.kind == _FILE else _STATES.get(post.state, "draft")
        yield f"<wp:status>{cdata(status)}</wp:status>"
        yield f"<wp:post_parent>{outline.pages.get(post.parent, 0)}</wp:post_parent>"
        yield f"<wp:menu_order>{post.order}</wp:menu_order>"
        yield f"<wp:post_type>{cdata(post.kind)}</wp:post_type>"
        yield f"<wp:post_password>{cdata(post.password)}</wp:post_password>"
        yield f"<wp:is_sticky>{int(post.sticky)}</wp:is_sticky>"
        for taxonomy, path in terms_of(post):
            term = outline.term(taxonomy, path)
            yield self._category(term.taxonomy, term.slug, term.name)
        if post.format:
            yield self._category("post_format", f"post-format-{post.format}", post.format.title())
        for name, value in self._meta(post, outline):
            yield self._field(name, value)

    def _top(self, post: ArchivedPost, number: int) -> Iterator[str]:
        cdata, text = self._markup.cdata, self._markup.text
        at = (post.published or self._now).astimezone(UTC)
        address = f"{self._blog.url.rstrip('/')}/?p={number}"
        yield f"<title>{cdata(inline_html(post.title))}</title>"
        yield f"<link>{text(self._link(post))}</link>"
        yield f"<pubDate>{format_datetime(at)}</pubDate>"
        yield f"<dc:creator>{cdata(post.author)}</dc:creator>"
        yield f'<guid isPermaLink="false">{text(address)}</guid>'
        yield "<description></description>"

    def _link(self, post: ArchivedPost) -> str:
        if "://" in post.url or not post.url:
            return post.url
        return f"{self._blog.url.rstrip('/')}/{post.url.lstrip('/')}"

    def _dates(
        self, name: str, at: datetime | None, saved: datetime | None = None
    ) -> Iterator[str]:
        """Yield a local time and the same in UTC.

        A draft without a date has none in UTC, and locally the time when it was saved.
        """
        cdata = self._markup.cdata
        local = f"{(at or saved or self._now).astimezone(self._zone):%Y-%m-%d %H:%M:%S}"
        utc = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if at else _NO_DATE
        yield f"<wp:{name}>{cdata(local)}</wp:{name}>"
        yield f"<wp:{name}_gmt>{cdata(utc)}</wp:{name}_gmt>"

    def _category(self, taxonomy: str, slug: str, name: str) -> str:
        attribute = self._markup.attribute
        return (
            f'<category domain="{attribute(taxonomy)}" nicename="{attribute(slug)}">'
            f"{self._name(name)}</category>"
        )

    def _meta(self, post: ArchivedPost, outline: WxrOutline) -> Iterator[tuple[str, str]]:
        if post.image:
            yield "_thumbnail_id", str(outline.files[post.image])
        if post.template:
            yield "_wp_page_template", post.template
        if post.description:
            yield _DESCRIPTION, post.description
        if post.seo_title:
            yield _SEO_TITLE, post.seo_title
        yield from post.meta.items()

    def _field(self, name: str, value: str) -> str:
        cdata = self._markup.cdata
        return (
            f"<wp:postmeta><wp:meta_key>{cdata(name)}</wp:meta_key>"
            f"<wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
        )

    def _file(self, address: str, alt: str, number: int) -> Iterator[str]:
        """Yield an image of the media library, which WordPress's importer fetches if asked to."""
        name = address.partition("?")[0].rpartition("/")[2].rpartition(".")[0] or "image"
        file = ArchivedPost(
            kind=_FILE,
            title=name,
            body="",
            state=ArchivedState.LIVE,
            published=self._now,
            url=address,
        )
        yield from self._post(file, number, WxrOutline())
        yield f"<wp:attachment_url>{self._markup.cdata(address)}</wp:attachment_url>"
        if alt:
            yield self._field("_wp_attachment_image_alt", alt)

    def _note(self, post: ArchivedPost) -> None:
        self.notes.update(lost_keys(post))
        is_draft = post.state is ArchivedState.DRAFT and not post.published
        self.notes[_BEGUN] += is_draft and post.old_date is not None
        self.notes["posts lost their location"] += post.place is not None
        self.notes["posts have a password, which is in the file"] += bool(post.password)
        self.notes["private posts are in the file"] += post.state is ArchivedState.PRIVATE
        if post.parent and post.kind != "page":
            self.notes["posts lost the page above"] += 1


def _item(lines: Iterator[str]) -> str:
    return "\t<item>\n" + "".join(f"\t\t{line}\n" for line in lines) + "\t</item>\n"
