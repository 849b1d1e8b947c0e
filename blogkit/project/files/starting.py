"""Start a blog's folder, or a post or page in it: files to write in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from blogkit.config import CONFIG
from blogkit.dataclass import dataclass
from blogkit.errors import UsageError, nearest
from blogkit.lint.near_misses.starter import starter_body
from blogkit.paths import is_text, readable
from blogkit.platforms.base import PostKind
from blogkit.project.context import ProjectContext
from blogkit.project.files import scaffold
from blogkit.project.files.alone import write_alone
from blogkit.project.files.changes import FileChange
from blogkit.project.files.machine import local_language, local_zone
from blogkit.project.files.welcome import welcome_post

if TYPE_CHECKING:  # only a blog with an address is asked for it
    from blogkit.project.sign_in.identify import FoundBlog


@dataclass(frozen=True)
class NewBlog:
    """What a new blog's folder is made from.

    Attributes:
        title: The blog's name; "" takes the folder's name.
        site: Where it is; None makes pages in a folder, to try things on.
        username: Who signs in to a WordPress site.
        timezone: The name of its time zone; "" takes the machine's.
        language: Its language; "" takes the machine's.
        look: The preset of its widgets; "" leaves the default.
    """

    title: str = ""
    site: FoundBlog | None = None
    username: str = ""
    timezone: str = ""
    language: str = ""
    look: str = ""


def init(
    folder: str | os.PathLike[str] = ".",
    *,
    title: str = "",
    url: str = "",
    username: str = "",
    timezone: str = "",
    language: str = "",
) -> list[Path]:
    """Start a blog: its settings, a file for secrets, and a first post.

    Files that are there already stay as they are.

    Args:
        folder: The blog's folder; it is created if it does not exist.
        title: The blog's name; "" takes the folder's name.
        url: The address of a Blogger blog or a WordPress site, which is asked which of them it is;
            "" makes pages in a folder, to try things on.
        username: Who signs in to a WordPress site.
        timezone: Such as "Asia/Kolkata"; "" takes the machine's.
        language: Such as "en-IN"; "" takes the machine's.

    Returns:
        The files that were written, all or none.

    Raises:
        UsageError: The folder is a blog's already, its name is not text, there is no blog at the
            address, or the time zone or the language does not exist.
        OSError: A file cannot be written.
    """
    refuse_started(Path(folder))
    site = None
    if url:
        from blogkit.project.sign_in.identify import identify

        site = identify(url)
    return start_blog(folder, NewBlog(title, site, username, timezone, language))


def start_blog(folder: str | os.PathLike[str], blog: NewBlog) -> list[Path]:
    """Write a new blog's files.

    Args:
        folder: The blog's folder.
        blog: What is known about it.

    Raises:
        UsageError: The folder is a blog's already, its name is not text, or the time zone or the
            language does not exist.
        OSError: A file cannot be written.

    Returns:
        The files that were written, all or none.
    """
    root = Path(folder).resolve()
    refuse_started(root)
    zone = known_zone(blog.timezone) if blog.timezone else local_zone()
    language = known_language(blog.language) if blog.language else local_language(zone)
    title = known_title(blog.title) if blog.title else readable(root.name)
    post = welcome_post(title, language, live=blog.site is None or blog.site.sandbox)
    settings = scaffold.CONFIG_TEXT.format(
        title=scaffold.quote(title),
        zone=zone,
        language=language,
        site=_site_table(blog),
        look=f'\n[theme]\npreset = "{blog.look}"\n' if blog.look else "",
    )
    secrets = scaffold.SANDBOX_ENV if blog.site and blog.site.sandbox else ""
    files = {
        ".env": (scaffold.ENV_TEXT + secrets, 0o600),
        "posts/hello.md": (post, 0o644),
        # Last, because only this file makes the folder a blog's: a run that was killed can be
        # repeated.
        CONFIG: (settings, 0o644),
    }
    ignored = root / ".gitignore"
    with scaffold.Together() as together:
        made = [ignored] if together.ignore(ignored) else []
        made += [
            root / name
            for name, (text, mode) in files.items()
            if together.write(root / name, text, mode=mode)
        ]
    return made


def refuse_started(folder: Path) -> None:
    """Check that a folder is not a blog's already.

    Args:
        folder: The folder; it need not exist.

    Raises:
        UsageError: It is.
    """
    if (folder.resolve() / CONFIG).exists():
        raise UsageError(
            f"{folder.resolve()} already has a {CONFIG}",
            hint="create a post there: blogkit new post TITLE",
        )


def known_title(title: str) -> str:
    """Return a blog's name on one line, its white space tidied up.

    Args:
        title: The name.

    Raises:
        UsageError: It is empty or not UTF-8.
    """
    title = " ".join(title.split())
    if not is_text(title):
        hint = "type it again in a terminal that uses UTF-8"
        raise UsageError(f'the name "{title}" is not UTF-8 text', hint=hint)
    if not title:
        raise UsageError("a blog needs a name", hint='for example: --title "Polity notes"')
    return title


def known_zone(name: str) -> str:
    """Return the name of a time zone, if it exists.

    Args:
        name: Such as "Asia/Kolkata".

    Raises:
        UsageError: No time zone has the name.
    """
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        hint = nearest(name, available_timezones()) or "for example: Asia/Kolkata, Europe/Paris"
        raise UsageError(f"no time zone is named “{name}”", hint=hint) from None
    return name


def known_language(tag: str) -> str:
    """Return a language tag in its usual spelling, such as "en-IN".

    Args:
        tag: The tag; an underscore counts as a hyphen.

    Raises:
        UsageError: No language has the tag.
    """
    from babel import Locale, UnknownLocaleError

    try:
        found = Locale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        hint = "for example: en-IN, hi, es, pt-BR"
        raise UsageError(f"no language has the tag “{tag}”", hint=hint) from None
    parts = (found.language, found.script, found.territory)
    return "-".join(part for part in parts if part)


def _site_table(blog: NewBlog) -> str:
    site = blog.site
    if site is None:
        return scaffold.FOLDER_SITE
    lines = ["[sites.main]", f'platform = "{site.platform}"', f"url = {scaffold.quote(site.url)}"]
    if site.platform == "wordpress" and blog.username:
        lines.append(f"username = {scaffold.quote(blog.username)}")
    if site.at_wordpress_com:
        lines.append('rest = "wordpress.com"')
    if site.sandbox:
        lines += [f"api_base = {scaffold.quote(site.url.rstrip('/'))}", "min_interval = 0"]
    return "\n".join(lines) + "\n"


def start(context: ProjectContext, title: str, kind: PostKind) -> Path:
    """Write a file for a new post or page.

    Args:
        context: The call's context.
        title: The title; white space in it is tidied up.
        kind: Whether it is a post or a page.

    Returns:
        The file.

    Raises:
        UsageError: There is a file of this name, or the title is empty or not UTF-8.
        ConfigError: The file cannot be written.
        JournalError: The journal cannot be written.
    """
    title = " ".join(title.split())
    if not is_text(title):
        raise UsageError(
            f'the title "{title}" is not UTF-8 text',
            hint="type it again in a terminal that uses UTF-8",
        )
    if not title:
        raise UsageError("a post needs a title", hint='blogkit new post "What happened today"')
    config = context.config
    path = config.root / f"{kind}s" / f"{scaffold.file_stem(title)}.md"
    place = config.relative(path)
    if os.path.lexists(path):
        hint = "edit that file, or choose another title"
        raise UsageError(f"{place} already exists", hint=hint)
    front = scaffold.POST_FRONT if kind == "post" else scaffold.PAGE_FRONT
    body = starter_body(config.language) if kind == "post" else ""
    text = front.format(title=scaffold.quote(title)) + body
    change = FileChange(path, None, text.encode(), f"create {place}", key=path.stem)
    write_alone(context, f"new {kind}", change)
    return path
