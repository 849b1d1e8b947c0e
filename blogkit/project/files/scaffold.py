"""New folders of blogs and new posts: files that are made once and never overwritten."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Self

from blogkit.errors import UsageError
from blogkit.files import create_file, replace_file
from blogkit.paths import unlike_a_device
from blogkit.posts.slugs import slugify

CONFIG_TEXT = """\
# blogkit.toml: the sites you publish to. Don't put passwords in this file; `blogkit login SITE` stores them.
[blog]
title = {title}
timezone = "{zone}"
language = "{language}"
default_site = "main"

{site}{look}
# Further sites, if you have some:
# [sites.blog]
# platform = "blogger"
# url = "https://example.blogspot.com"
# quiz_url = "https://example.com/quiz"     # for posts without a quiz: line

# [sites.school]
# platform = "wordpress"
# url = "https://school.example"
# username = "author"
"""

FOLDER_SITE = """\
# A site to try things on: pages in the folder site/. Replace it with your blog when you are ready.
[sites.main]
platform = "folder"
folder = "site"
"""

SANDBOX_TEXT = """\
[blog]
title = "{title}"
timezone = "Asia/Kolkata"
language = "en"
default_site = "main"

[sites.main]
platform = "blogger"
url = "{url}/"
api_base = "{url}"
min_interval = 0
"""

SANDBOX_ENV = """\
BLOGKIT_MAIN_CLIENT_ID=sandbox
BLOGKIT_MAIN_CLIENT_SECRET=sandbox
BLOGKIT_MAIN_REFRESH_TOKEN=sandbox
"""

ENV_TEXT = """\
# Secrets that `blogkit login SITE` does not store elsewhere, one NAME=value per line. Only you can read this file.
# The part in the middle is the site's name in capitals: [sites.main] -> MAIN, [sites.my-school] -> MY_SCHOOL.
#
# Blogger (the first three, or only the last one, which is valid for an hour):
#   BLOGKIT_MAIN_CLIENT_ID, BLOGKIT_MAIN_CLIENT_SECRET, BLOGKIT_MAIN_REFRESH_TOKEN, BLOGKIT_MAIN_ACCESS_TOKEN
# WordPress, and the only server that the password is sent to:
#   BLOGKIT_SCHOOL_APP_PASSWORD, BLOGKIT_SCHOOL_ORIGIN (https://school.example)
# WordPress behind an HTTP login of its web server, as user:password:
#   BLOGKIT_SCHOOL_HTTP_LOGIN
# A blog at WordPress.com:
#   BLOGKIT_SCHOOL_WORDPRESS_COM_TOKEN
# The image host of [images]: a bucket (and its server), or a GitHub repository:
#   BLOGKIT_IMAGES_ACCESS_KEY_ID, BLOGKIT_IMAGES_SECRET_ACCESS_KEY, BLOGKIT_IMAGES_ORIGIN, BLOGKIT_IMAGES_GITHUB_TOKEN
# To keep the journal in a PostgreSQL database, used by this blog only, instead of a file:
#   BLOGKIT_DATABASE_URL
# The mail server for [notify], and addresses to keep secret:
#   BLOGKIT_SMTP_URL (smtps://USER:PASSWORD@HOST:465), BLOGKIT_WEBHOOK_URL, BLOGKIT_HEARTBEAT_URL
"""

PRIVATE = (".env", ".blogkit/", "site/")
"""What a repository must not hold, or need not."""

POST_FRONT = """\
---
title: {title}
labels: []
# publish: 2030-01-31 07:00    # or: now. Without this line the post becomes a draft.
# quiz: https://example.com/quiz/your-test
---
"""

PAGE_FRONT = "---\ntitle: {title}\n---\n\n"
_LONGEST = 60
"""Letters of a file name: at four bytes each they still fit into a file system's 255."""


class Together:
    """New files and folders that appear all or not at all.

    What was made until an error or Ctrl-C is removed again.
    """

    def __enter__(self) -> Self:
        self._undo = ExitStack()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._undo.pop_all()
        self._undo.close()

    def write(self, path: Path, text: str, *, mode: int = 0o644) -> bool:
        """Write a file that is not there yet.

        Args:
            path: The file; its folder is made if needed.
            text: Its content.
            mode: Its permissions.

        Returns:
            False, with nothing touched, if the file exists.
        """
        data = text.encode()
        self._folder(path.parent)
        try:
            create_file(path, data, mode=mode)
        except FileExistsError:
            return False
        self._undo.callback(_gone, path.unlink)
        return True

    def ignore(self, path: Path) -> bool:
        """Keep secrets and the journal out of the repository.

        What a `.gitignore` lacks is added; nothing else in it changes.

        Returns:
            False if nothing was missing.
        """
        before = path.read_bytes() if path.is_file() else b""
        missing = [line for line in PRIVATE if line.encode() not in before.splitlines()]
        if not missing:
            return False
        gap = "" if not before or before.endswith(b"\n") else "\n"
        added = gap + "\n".join(missing) + "\n"
        if not before:
            return self.write(path, added)
        self._undo.callback(_gone, partial(replace_file, path, before))
        replace_file(path, before + added.encode())
        return True

    def _folder(self, path: Path) -> None:
        # One by one instead of `parents=True`, so that exactly the new ones can be removed again.
        for folder in (*reversed(path.parents), path):
            if os.path.lexists(folder) and not folder.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
            if not folder.is_dir():
                self._undo.callback(_gone, folder.rmdir)
                folder.mkdir()


def _gone(undo: Callable[[], None]) -> None:
    """Undo one step.

    If that fails, the step was never taken, or another program has changed its result.
    """
    with suppress(OSError):
        undo()


def file_stem(title: str) -> str:
    """Return a file name for a title, without its ending: its slug, cut between words.

    Args:
        title: The title, in any script.
    """
    return unlike_a_device(slugify(title, max_chars=_LONGEST) or "post")


def quote(text: str) -> str:
    """Return a title in double quotes, as YAML and as TOML."""
    # Both formats know these escapes: https://toml.io/en/v1.0.0#string and
    # https://yaml.org/spec/1.2.2/#57-escaped-characters
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub("[\x00-\x1f\x7f]", lambda sign: f"\\u{ord(sign[0]):04x}", plain) + '"'


def sample(root: Path, url: str, now: datetime) -> list[Path]:
    """Write the demo's folder: its posts, and a site that is the sandbox.

    Args:
        root: A new or empty folder.
        url: The sandbox's address.
        now: Scheduled posts are dated a week from it.

    Returns:
        The posts' files.

    Raises:
        UsageError: The folder is in use.
    """
    if root.exists() and any(root.iterdir()):
        raise UsageError(f"{root} is not empty", hint="choose a new folder: blogkit demo my-demo")
    written = []
    with Together() as made:
        made.write(root / ".env", SANDBOX_ENV, mode=0o600)
        made.ignore(root / ".gitignore")
        for source in sorted(
            (files("blogkit.project.files") / "sample" / "posts").iterdir(), key=lambda f: f.name
        ):
            text = source.read_text(encoding="utf-8").replace(
                "{{ next week }}", f"{now + timedelta(days=7):%Y-%m-%d}"
            )
            path = root / "posts" / source.name
            made.write(path, text)
            written.append(path)
        settings = SANDBOX_TEXT.format(title="The demo blog", url=url)
        made.write(root / "blogkit.toml", f'{settings}\n[theme]\npreset = "exam"\n')
    return written
