"""Let the user choose the blog from those of the account, if the site's address is none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from blogkit.config import CONFIG, Site, with_site_url
from blogkit.errors import BlogkitError
from blogkit.files import replace_file
from blogkit.platforms.blogger.adapter import Blogger
from blogkit.platforms.blogger.blogs import AccountBlog, blog_at
from blogkit.project.connect import Settings, connect
from blogkit.project.sign_in.questions import Ask, Question


def choose_blog(settings: Settings, site: Site, ask: Ask) -> Site:
    """Return the site with the address of a blog that the account has.

    The chosen address is written into `blogkit.toml`.

    Args:
        settings: The blog's folder, and credentials that work.
        site: A Blogger site.
        ask: Asks the user.

    Returns:
        The same site if its address is one of the account's, if the account has no blog, and if the
        user chooses none.
    """
    platform = connect(site, settings)
    if site.blog_id or not isinstance(platform, Blogger):
        return site
    try:
        blogs = platform.blogs()
    except BlogkitError:
        return site  # the checks of the login tell what is wrong
    if not blogs or blog_at(blogs, site.url):
        return site
    answer = ask(Question("number", _explanation(site, blogs))).strip()
    if not (answer.isascii() and answer.isdecimal() and 1 <= int(answer) <= len(blogs)):
        return site
    chosen = blogs[int(answer) - 1].url
    file = settings.config.root / CONFIG
    changed = with_site_url(file.read_bytes().decode(), site.name, chosen)
    if changed is None:
        return site
    replace_file(file, changed.encode())
    return replace(site, url=chosen)


def _explanation(site: Site, blogs: Sequence[AccountBlog]) -> str:
    listed = "\n".join(
        f"  {number}  {blog.name}  {blog.url}" for number, blog in enumerate(blogs, 1)
    )
    return (
        f"This Google account has no blog at {site.url}. It has:\n{listed}\n"
        f"Which one is site {site.name}? The address is written into {CONFIG}."
    )
