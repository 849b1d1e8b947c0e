"""Hold the user's folder and its settings. Values flow from here down as arguments."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from blogkit.config.images import Images
from blogkit.config.notify import Notify
from blogkit.config.post_sources import post_sources, right_ending
from blogkit.dataclass import dataclass
from blogkit.errors import Problem, UsageError, nearest
from blogkit.paths import is_text, shown, why_left_out
from blogkit.slots.rules import SlotRules

_log = logging.getLogger("blogkit.config")

CONFIG = "blogkit.toml"
"""The name of the file with the settings; its folder is the blog's folder."""
STATE = "blogkit.state"
"""The name of the file that a blog with `state = "file"` commits."""
STATE_PLACES = ("journal", "file")
"""The values of `state`: where blogkit keeps what it knows of posts."""
ACCEPTED = ("title-case", "quotes", "wpautop", "https")
"""The values of `accept`; `blogkit.sanitizers.rewrites` tells what each covers."""
HOSTED = "wordpress.com"
"""The value of `rest` for a site that WordPress.com hosts, and what the hosts of others end in."""
PLATFORMS = ("blogger", "wordpress", "folder")
"""The values of `platform` in a site's table."""


@dataclass(frozen=True)
class Site:
    """One `[sites.NAME]` table.

    Attributes:
        name: NAME.
        platform: One of `PLATFORMS`.
        url: The blog's address.
        api_base: Another address for the API, such as the local test blog's.
        username: The WordPress account that posts; not needed at WordPress.com.
        blog_id: Blogger's or WordPress.com's number of the blog; "" to look it up by `url`.
        folder: Where to write the site, relative to the blog's folder (platform "folder").
        body: "blocks" or "html" (WordPress).
        rest: Where the REST API is: "?rest_route=", a path such as "/wp-json/", or `HOSTED`;
            "" to find out (WordPress).
        types: Custom types of post that blogkit works with (WordPress).
        taxonomies: Taxonomies beside categories and tags (WordPress).
        lang: The languages to list on a multilingual site; () leaves it to the site (WordPress).
        quiz_url: The default mock-test address.
        allow_http: Whether quiz addresses without TLS are accepted.
        unencrypted_login: Whether the password may be sent without TLS.
        slug_by_title: Whether new posts get their permalink in three steps (Blogger), because the
            API takes no slug: create with the slug as title, publish, set the title.
        min_interval: Seconds between creates; None for the platform's default.
        new_posts_in_a_row: Creates that may follow each other, 0 for any number (Blogger); None for
            the platform's default.
        new_posts_per_hour: Creates in each hour after that (Blogger); None for the default.
        writers: How many posts are written at a time; None for the platform's default.
        timeout: Seconds that one answer may take; None for the default.
        accept: What the site may rewrite on save: kinds of `blogkit.sanitizers.rewrites`.
    """

    name: str
    platform: str
    url: str = ""
    api_base: str = ""
    username: str = ""
    blog_id: str = ""
    folder: str = ""
    body: str = "blocks"
    rest: str = ""
    types: tuple[str, ...] = ()
    taxonomies: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    quiz_url: str = ""
    allow_http: bool = False
    unencrypted_login: bool = False
    slug_by_title: bool = False
    min_interval: float | None = None
    new_posts_in_a_row: int | None = None
    new_posts_per_hour: float | None = None
    writers: int | None = None
    timeout: float | None = None
    accept: tuple[str, ...] = ()

    @property
    def at_wordpress_com(self) -> bool:
        """Whether WordPress.com hosts the site, so that its API is there and a token opens it."""
        if self.platform != "wordpress" or self.rest:
            return self.platform == "wordpress" and self.rest == HOSTED
        try:
            return (urlsplit(self.url).hostname or "").endswith(f".{HOSTED}")
        except ValueError:
            return False


@dataclass(frozen=True)
class Config:
    """The folder that contains `blogkit.toml`, and the settings in that file.

    Attributes:
        root: The folder.
        title: The blog's title; the folder's name by default.
        zone: The time zone of times without an offset.
        language: The blog's language, such as "en-IN".
        default_site: Where posts without `sites:` go; "" if there are several sites and none is
            chosen.
        sites: The sites by name.
        theme: The settings of `[theme]`, as written.
        words: The blog's own words for those that widgets and pages print, by language.
        images: The settings of `[images]`.
        state: One of `STATE_PLACES`.
        schema: The schema of the journal in a database that several blogs share; "" for the one
            that the database's address names.
        notify: The settings of `[notify]`.
        checks_off: Codes of content checks that are switched off, as written.
        schedules: When queued posts of each site go live, by the site's name.
        left_out: Files that no command works with because of their names, or because they are
            links that lead out, as far as they were met.
    """

    root: Path
    title: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    language: str = "en"
    default_site: str = ""
    sites: Mapping[str, Site] = field(default_factory=dict)
    theme: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str | Mapping[str, str]]] = field(default_factory=dict)
    images: Images = field(default_factory=Images)
    state: str = "journal"
    schema: str = ""
    notify: Notify = field(default_factory=Notify)
    checks_off: tuple[str, ...] = ()
    schedules: Mapping[str, SlotRules] = field(default_factory=dict)
    left_out: dict[str, Problem] = field(default_factory=dict, compare=False, repr=False)

    @property
    def allows_http(self) -> bool:
        """Whether some site accepts quiz addresses without TLS."""
        return any(site.allow_http for site in self.sites.values())

    @property
    def image_host(self) -> str:
        """What tells the image host of `[images]` from others in the journal; "" if none is set."""
        return self.images.identity(self.sites)

    @property
    def private(self) -> Path:
        """The folder of the journal and the cache, which is never committed."""
        return self.root / ".blogkit"

    def site(self, name: str) -> Site:
        """Return the site of this name.

        Raises:
            UsageError: No site has this name; the hint has the nearest name.
        """
        if name in self.sites:
            return self.sites[name]
        known = ", ".join(self.sites) or "none yet"
        hint = nearest(name, self.sites) or f"sites in {CONFIG}: {known}"
        raise UsageError(f'no site is named "{name}" in {self.root / CONFIG}', hint=hint)

    def sources(self, paths: Sequence[Path] = ()) -> list[Path]:
        """Return the post and page files: those that are named, or all of `posts/` and `pages/`.

        A link is followed: its target's name is the key of the post, which is there once however
        many links lead to it. Files whose names are not text, and links that lead out, are not
        among them; they are in `left_out`, and logged once.

        Args:
            paths: Files, and folders to search.

        Raises:
            UsageError: A path does not exist or is outside the blog's folder, or no named file can
                be used.
            ConfigError: A folder cannot be read.
        """
        if not paths:
            all_files = post_sources(self.root / "posts", self.root / "pages")
            self._note_endings(all_files.others)
            return self._named(all_files.files, all_files.links)
        found: dict[Path, None] = {}
        links: list[Path] = []
        for path in paths:
            if path.is_dir():
                inside = post_sources(path.resolve())
                found.update(dict.fromkeys(inside.files))
                links += inside.links
            elif path.is_file():
                found[path.resolve()] = None
            else:
                raise UsageError(
                    f"no such file: {path}",
                    hint=(
                        "name a post file or a folder, or omit the argument to select all posts and"
                        " pages"
                    ),
                )
        outside = [path for path in found if not path.is_relative_to(self.root)]
        if outside:
            raise UsageError(
                f"{outside[0]} is outside your blog's folder, {self.root}",
                hint="move it to posts/, or use -C DIR",
            )
        whys = [self._why_left_out(path) for path in found]
        if whys and all(whys):
            reason, hint, _ = whys[0] or ("", "", "")
            raise UsageError(
                f"{self.relative(next(iter(found)))} cannot be used: {reason}", hint=hint
            )
        return self._named(list(found), links)

    def _why_left_out(self, path: Path) -> tuple[str, str, str] | None:
        """Return why a file cannot be a post: the reason, the next step, and the problem's code."""
        if (why := self._why_not_text(path)) or not os.path.islink(path):  # noqa: PTH114
            return why
        real = Path(os.path.realpath(path))
        # it may be a private file, and a post is published
        if not real.is_relative_to(os.path.realpath(self.root)):
            return "it is a link that leads out of your blog's folder", "copy the file", "outside"
        return self._why_not_text(real)

    def _why_not_text(self, path: Path) -> tuple[str, str, str] | None:
        # as far as the name is inside the blog's folder
        if is_text(str(path)[len(str(self.root)) :]):
            return None
        return (*why_left_out(str(path.relative_to(self.root))), "file-name")

    def _named(self, files: list[Path], links: list[Path]) -> list[Path]:
        """Return the files that may be posts; note and log the others, each once."""
        if not links and is_text("".join(map(str, files))):
            return files
        odd = {path: why for path in files if (why := self._why_left_out(path))}
        for path, (reason, hint, code) in odd.items():
            self._leave_out(path, reason, hint, code)
        kept = [path for path in files if path not in odd] if odd else files
        if not any(map(os.path.islink, kept)):
            return kept
        return list(dict.fromkeys(Path(os.path.realpath(path)) for path in kept))

    def _note_endings(self, files: list[Path]) -> None:
        """Note and log files that are like posts but for their ending, each once."""
        for path in sorted(files):
            reason = f"its name ends in {path.suffix}, so it is not read"
            name = self.relative(path.with_suffix(right_ending(path.name)))
            self._leave_out(path, reason, f"rename it to {name}", "file-ending")

    def _leave_out(self, path: Path, reason: str, hint: str, code: str) -> None:
        place = self.relative(path)
        if place not in self.left_out:
            self.left_out[place] = Problem(place, 0, f"left out: {reason}", hint, code, "warning")
            _log.warning("%s is left out: %s; %s", place, reason, hint)

    def relative(self, path: Path) -> str:
        """Return a path as the user would type it from the blog's folder."""
        # As a text: the links of one post may ask for the names of ten thousand.
        inside = str(path).removeprefix(f"{self.root}{os.sep}")
        if os.sep == "/" and inside != str(path):
            return shown(inside)
        return shown(path.relative_to(self.root) if path.is_relative_to(self.root) else path)
