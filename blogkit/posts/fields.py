"""Read the values of front matter, and report the problems of each value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from blogkit.errors import Problem, nearest
from blogkit.posts.aliases import plain_key, used_aliases
from blogkit.posts.dates import BadDate
from blogkit.posts.dates import read_publish as read_date
from blogkit.posts.front_matter_schema import ACTIVE_KINDS, KEYS
from blogkit.posts.post import Publish
from blogkit.posts.slugs import LONGEST_SLUG, is_slug, slugify
from blogkit.posts.yaml12 import Yaml

# Names that blogkit only points at: what they hold elsewhere is not what the key holds here.
_SYNONYMS = {
    "schedule": "publish", "state": "publish", "permalink": "slug", "url": "slug", "id": "post_id",
    "alt": "image_alt", "site": "sites", "layout": "type", "kind": "type", "headline": "title",
    "name": "title", "mock_test": "quiz", "quiz_url": "quiz",
}  # fmt: skip
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""A language code in outline (https://www.rfc-editor.org/rfc/rfc5646): "en", "hi", "zh-Hans-CN"."""
_NOT_IN_KEYS = re.compile(r"[/\\\x00-\x1f\x7f]|\A[.\s]|\s\Z")
_LONGEST_KEY = 200
TYPE = re.compile(r"[A-Za-z0-9_-]{1,20}")
"""`post`, `page`, or a custom type of post in any case
(https://developer.wordpress.org/reference/functions/register_post_type/)."""
_REMOTE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class FrontMatterFields:
    """Reads values from front matter. A wrong value is added to `problems` and read as empty.

    Args:
        yaml: The front matter.
        path: The file's name for messages.

    Attributes:
        problems: What was wrong in the values that were read so far.
    """

    def __init__(self, yaml: Yaml, path: str) -> None:
        self.problems: list[Problem] = []
        self._yaml, self._path = yaml, path
        self._values: dict[str, Any] = yaml.value if isinstance(yaml.value, dict) else {}
        # By key: the alias that the file has instead, and the text that it means.
        self._written: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._use_aliases()
        self._mistyped: set[str] = set()  # keys that an unknown key is probably a slip for

    def lines(self) -> dict[str, int]:
        """Return the file's line of each known key."""
        return {name: self._line(name) for name in self._values if name in KEYS}

    def check_keys(self) -> None:
        """Report unknown keys, each with the nearest known one. Call it before `title`."""
        for name in self._values:
            if name not in KEYS:
                plain = plain_key(name)
                offer = (
                    f'did you mean "{_SYNONYMS[plain]}"?'
                    if plain in _SYNONYMS
                    else nearest(plain, KEYS)
                )
                self._mistyped.update(key for key in KEYS if f'"{key}"' in offer)
                hint = offer or f"known: {', '.join(KEYS)}"
                self._problem(
                    name, f'"{name}" is not a front matter key', hint, "unknown-key", prefix=False
                )

    def has(self, name: str) -> bool:
        """Return whether the file gives a key a value. An empty line does not."""
        return self._values.get(name) is not None

    def empties(self, name: str) -> bool:
        """Return whether the file explicitly empties a key: `""`, `[]`, or `image: none`.

        A line without a value does not: it may be left from a template.
        """
        value = self._values.get(name)
        return value == "" or value == [] or (name == "image" and value == "none")

    def value(self, name: str) -> Any:
        """Return the value of a key as YAML has it."""
        return self._values.get(name)

    def report(self, name: str, message: str, hint: str, code: str, *, prefix: bool = True) -> None:
        """Add a problem at the line of a key.

        Args:
            name: The key.
            message: What is wrong.
            hint: What to write instead.
            code: The problem's code, as in `Problem`.
            prefix: Begin the message with the key.
        """
        self._problem(name, message, hint, code, prefix=prefix)

    def text(self, name: str) -> str:
        """Return one line of text; numbers and `true` keep their spelling."""
        value = self._values.get(name)
        if value is None:
            return ""
        if isinstance(value, list | dict):
            what = "a list" if isinstance(value, list) else "a mapping"
            quoted = self._source(name)
            self._problem(
                name,
                f"must be one line of text, not {what}",
                f"write {name}: {quoted}",
                "wrong-type",
            )
            return ""
        return " ".join(self._text(name).split())

    def words(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list, or of a line with commas, without duplicates."""
        value = self._values.get(name)
        if value is None:
            return ()
        if isinstance(value, dict):
            self._problem(name, "must be a list", f"write {name}: [one, two]", "wrong-type")
            return ()
        if not isinstance(value, list):
            return _once(self._text(name).split(","))
        found = []
        for index, item in enumerate(value):
            if item is None or isinstance(item, list | dict) or not self._text(name, index).strip():
                line = self._line(name, index)
                message = f"{name}: item {index + 1} is {'empty' if not item else 'not a text'}"
                self.problems.append(
                    Problem(self._path, line, message, f"write {name}: [one, two]", "wrong-type")
                )
            else:
                found.append(self._text(name, index))
        return _once(found)

    def allow(self) -> tuple[str, ...]:
        """Return the kinds of active content that the post may have."""
        kinds = self.words("allow")
        for kind in kinds:
            if kind not in ACTIVE_KINDS:
                hint = nearest(kind, ACTIVE_KINDS) or f"kinds: {', '.join(ACTIVE_KINDS)}"
                words = f'"{kind}" is not a kind of active content'
                self._problem("allow", words, hint, "bad-allow")
        return kinds

    def title(self) -> str:
        """Return the post's title; "", and a problem, if there is none.

        A post that was on a blog before may have none.
        """
        title = self.text("title")
        if "title" in self._mistyped:
            return title  # `tilte:` is reported already
        if "title" not in self._values:
            self._problem(
                "title",
                "the post has no title",
                'add a line "title: …"',
                "missing-title",
                prefix=False,
            )
        elif (
            not title
            and not self.text("post_id")
            and not isinstance(self._values["title"], list | dict)
        ):
            self._problem("title", "is empty", "write the post's title", "empty-title")
        return title

    def key(self, stem: str) -> str:
        """Return the post's key, by default the file's name.

        It is in NFC, because file systems may return the same name in another form
        (https://developer.apple.com/library/archive/qa/qa1173/_index.html).

        Args:
            stem: The file's name without its ending.
        """
        given = self.text("key")
        # macOS may give a file's name decomposed
        # (https://developer.apple.com/library/archive/qa/qa1173/_index.html), and the key must be
        # the same on every machine.
        key = unicodedata.normalize("NFC", given or stem)
        if "key" in self._values and not given:
            self._problem(
                "key",
                "is empty",
                f"remove the line to use the file's name, {stem}, as the key",
                "bad-key",
            )
        # a key is in a comment of the post, and may be the name of a file
        elif len(key) > _LONGEST_KEY or _NOT_IN_KEYS.search(key):
            message = (
                f'"{key[:60]}" cannot be a key'
                if given
                else f'the file name "{key[:60]}" cannot be a key'
            )
            hint = f"use letters, digits and hyphens, such as key: {slugify(key)[:60] or 'my-post'}"
            self._problem("key", message, hint, "bad-key", prefix=bool(given))
            return slugify(key) or "post"
        return key

    def kind(self, default: Literal["post", "page"]) -> tuple[Literal["post", "page"], str]:
        """Return whether the file is a post or a page, and the name of a custom type.

        Args:
            default: What it is without `type:`.

        Returns:
            The kind, and "" or the name of a type that counts as a post.
        """
        name = self.text("type").lower()
        if name == "page":
            return "page", ""
        if name == "post" or TYPE.fullmatch(name):
            return "post", "" if name == "post" else name
        if name:
            hint = nearest(name, ("post", "page")) or "write post or page"
            self._problem("type", f'"{name}" is neither post nor page', hint, "bad-type")
        return default, ""

    def publish(self, zone: ZoneInfo) -> tuple[Publish, datetime | None]:
        """Return the state that `publish:` asks for, and the time if it names one.

        Args:
            zone: The time zone of times without an offset.
        """
        text = self.text("publish")
        if not text:
            return Publish.KEEP, None
        try:
            return read_date(text, zone)
        except BadDate as error:
            self._problem("publish", error.message, error.hint, error.code, prefix=False)
            return Publish.KEEP, None

    def slug(self) -> str:
        """Return the last part of the post's address; "" lets the site choose."""
        text = self.text("slug")
        if text and not is_slug(text):
            offer = slugify(text, max_bytes=LONGEST_SLUG)
            hint = f"write slug: {offer}" if offer else "use letters, digits and hyphens"
            self._problem(
                "slug",
                f'"{text}" is not a slug: a slug is lower-case words joined by hyphens',
                hint,
                "bad-slug",
            )
            return ""
        return text

    def remote_id(self) -> str:
        """Return the site's id of a post that existed before blogkit; "" for all others."""
        text = self.text("post_id")
        if "post_id" in self._values and not _REMOTE_ID.fullmatch(text):
            self._problem(
                "post_id",
                "is not a valid post id",
                "remove the line, or let `blogkit pull` write it",
                "bad-post-id",
            )
            return ""
        return text

    def language(self) -> str:
        """Return the post's language code; "" for the blog's language."""
        text = self.text("language")
        if text and not LANGUAGE.fullmatch(text):
            offer = text.replace("_", "-")
            hint = (
                f"write language: {offer}"
                if LANGUAGE.fullmatch(offer)
                else "write a code such as en, hi or en-IN"
            )
            self._problem("language", f'"{text}" is not a language code', hint, "bad-language")
            return ""
        return text

    def _source(self, name: str) -> str:
        """Return what the author of a list intended: `title: [Update] Talks` needs quotes."""
        value = self._values[name]
        if (
            isinstance(value, list)
            and value
            and all(not isinstance(item, list | dict) for item in value)
        ):
            return '"' + ", ".join(self._text(name, index) for index in range(len(value))) + '"'
        return '"…"'

    def _problem(
        self, name: str, message: str, hint: str, code: str, *, prefix: bool = True
    ) -> None:
        words = f"{name}: {message}" if prefix else message
        self.problems.append(Problem(self._path, self._line(name), words, hint, code))

    def _use_aliases(self) -> None:
        """Read `description:` as `excerpt:` and so on; the values move to the keys."""
        values = self._values = dict(self._values)
        for use in used_aliases(self._yaml, KEYS):
            value = values.pop(use.written)
            if use.name in values:
                other = self._written.get(use.name, use.name)
                line = self._yaml.line(other)
                self._problem(
                    use.written,
                    f'"{use.written}" means the same as "{other}" on line {line}',
                    "keep one of the two lines",
                    "two-names",
                    prefix=False,
                )
                continue
            self._written[use.name] = use.written
            values[use.name] = value if use.value is None else use.value
            if use.value is not None:
                self._texts[use.name] = use.value

    def _text(self, name: str, *trail: int) -> str:
        """Return the source text of a key's value, or of one of its items."""
        if name in self._texts and not trail:
            return self._texts[name]
        return self._yaml.text(self._written.get(name, name), *trail) or ""

    def _line(self, name: str, *trail: int) -> int:
        return self._yaml.line(self._written.get(name, name), *trail)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (" ".join(text.split()) for text in texts))))
