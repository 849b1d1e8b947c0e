"""Archives written by hand, in the shapes that Blogger and WordPress write."""

from __future__ import annotations

from html import escape

TAKEOUT = "http://schemas.google.com/blogger/2018"
KIND = "http://schemas.google.com/blogger/2008/kind#"
BLOG = "8070105920543249955"


def entry(
    number: int | str,
    title: str = "Boats",
    body: str = "<p>Boats.</p>",
    *,
    kind: str = "POST",
    status: str = "LIVE",
    published: str = "2019-05-03T01:30:00Z",
    labels: tuple[str, ...] = (),
    filename: str = "",
    description: str = "",
    more: str = "",
    blog: str = BLOG,
) -> str:
    """One entry of a Takeout feed."""
    terms = "".join(
        f"<category scheme='tag:blogger.com,1999:blog-{blog}' term='{escape(label)}'/>"
        for label in labels
    )
    return f"""<entry>
<id>tag:blogger.com,1999:blog-{blog}.{"page" if kind == "PAGE" else "post"}-{number}</id>
<blogger:type>{kind}</blogger:type>
<blogger:status>{status}</blogger:status>
<author><name>Asha</name><uri></uri><blogger:type>BLOGGER</blogger:type></author>
<title>{escape(title)}</title>
<content type='html'>{escape(body)}</content>
<blogger:metaDescription>{escape(description)}</blogger:metaDescription>
<blogger:created>{published}</blogger:created>
<published>{published}</published>
<updated>{published}</updated>
{more or "<blogger:location/>"}
{terms}
<blogger:filename>{filename}</blogger:filename>
<link/><enclosure/><blogger:trashed/>
</entry>
"""


def takeout(*entries: str, title: str = "Harbour Notes", blog: str = BLOG) -> bytes:
    """A Takeout feed."""
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        f"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='{TAKEOUT}'>\n"
        f"<id>tag:blogger.com,1999:blog-{blog}</id>\n<title>{escape(title)}</title>\n"
        f"{''.join(entries)}</feed>\n"
    ).encode()


def old_entry(kind: str, number: int, title: str, body: str, more: str = "") -> str:
    """One entry of the export that Blogger wrote before Takeout."""
    return f"""<entry><id>tag:blogger.com,1999:blog-{BLOG}.post-{number}</id>
<published>2011-02-03T09:00:00.000+05:30</published><updated>2011-02-03T09:00:00+05:30</updated>
<category scheme='http://schemas.google.com/g/2005#kind' term='{KIND}{kind}'/>
<title type='text'>{escape(title)}</title><content type='html'>{escape(body)}</content>
{more}<author><name>Asha</name></author></entry>"""


def old_export(*entries: str) -> bytes:
    """The export that Blogger wrote before Takeout."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        '<?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?>'
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:georss='http://www.georss.org/georss'>"
        f"<id>tag:blogger.com,1999:blog-{BLOG}.archive</id>"
        "<title type='text'>Old Harbour</title>"
        "<link rel='alternate' type='text/html' href='http://harbour.blogspot.com/'/>"
        f"<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>"
        f"{''.join(entries)}</feed>"
    ).encode()


def cdata(text: str) -> str:
    """Text as WordPress exports it: CDATA, which cannot hold its own end."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def item(
    number: int,
    title: str = "Boats",
    body: str = "<!-- wp:paragraph -->\n<p>Boats.</p>\n<!-- /wp:paragraph -->",
    *,
    kind: str = "post",
    status: str = "publish",
    slug: str = "",
    date: str = "2019-05-03 01:30:00",
    excerpt: str = "",
    terms: str = "",
    meta: dict[str, str] | None = None,
    more: str = "",
) -> str:
    """One item of a WordPress export."""
    fields = "".join(
        f"<wp:postmeta><wp:meta_key>{cdata(name)}</wp:meta_key>"
        f"<wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
        for name, value in (meta or {}).items()
    )
    return f"""<item>
<title>{cdata(title)}</title><link>https://school.example/{slug}/</link>
<pubDate>Fri, 03 May 2019 01:30:00 +0000</pubDate><dc:creator>{cdata("asha")}</dc:creator>
<guid isPermaLink="false">https://school.example/?p={number}</guid><description></description>
<content:encoded>{cdata(body)}</content:encoded>
<excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{cdata(date)}</wp:post_date>
<wp:post_date_gmt>{cdata(date)}</wp:post_date_gmt>
<wp:comment_status>{cdata("open")}</wp:comment_status><wp:ping_status>open</wp:ping_status>
<wp:post_name>{cdata(slug)}</wp:post_name><wp:status>{cdata(status)}</wp:status>
<wp:post_parent>0</wp:post_parent><wp:menu_order>0</wp:menu_order>
<wp:post_type>{cdata(kind)}</wp:post_type><wp:post_password></wp:post_password>
<wp:is_sticky>0</wp:is_sticky>
{terms}{fields}{more}</item>
"""


def wxr(*items: str, channel: str = "", url: str = "https://school.example") -> bytes:
    """A WordPress export."""
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file. -->
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>School Notes</title><link>{url}</link><language>en-IN</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{url}</wp:base_site_url><wp:base_blog_url>{url}</wp:base_blog_url>
<wp:author><wp:author_login>{cdata("asha")}</wp:author_login></wp:author>
{channel}{"".join(items)}</channel></rss>
""".encode()
