"""Load posts from files. Files are only read; all problems of a file are reported at once."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from blogkit.errors import ContentError, Problem
from blogkit.paths import shown
from blogkit.posts import front_matter, markdown, yaml12
from blogkit.posts.excess import excess, excess_of_data
from blogkit.posts.fields import FrontMatterFields
from blogkit.posts.post import Block, Post
from blogkit.posts.recurring.front_matter import recurrence_in_file
from blogkit.posts.settings import cleared_in_file, dated, queue_in_file, settings_in_file
from blogkit.posts.slugs import slugify

_FORMATS: dict[str, Literal["md", "html"]] = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
}
_LARGEST = 5_000_000
"""Bytes of a file. A longer one has images in it, which the sites refuse or cut off."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def load_post(path: Path, *, root: Path, zone: ZoneInfo, text: bytes | None = None) -> Post:
    """Return the post of a file.

    Args:
        path: The file, with the ending .md, .markdown, .html or .htm.
        root: The blog's folder. Names in messages are relative to it, and files in its `pages/` are
            pages.
        zone: The time zone of times without an offset.
        text: The file's bytes where they are known already.

    Raises:
        ContentError: The file cannot be read, or has problems; all of them are in it.
    """
    post, problems = _load(path, root, zone, text)
    if problems or post is None:
        raise ContentError(problems)
    return post


def load_each(
    paths: Iterable[Path], *, root: Path, zone: ZoneInfo
) -> tuple[list[Post], list[Problem]]:
    """Return the posts whose body can be read, and the problems of all files.

    A post whose front matter has problems is among them, with the wrong values left out, so that
    its body can be checked in the same run. Callers must not publish if there are problems.

    Args:
        paths: The files.
        root: The blog's folder; see `load_post`.
        zone: The time zone of times without an offset.

    Returns:
        The posts in order, and the problems, two files with the same key among them.
    """
    posts: list[Post] = []
    problems: list[Problem] = []
    first: dict[str, Post] = {}
    for path in paths:
        post, found = _load(path, root, zone)
        problems += found
        if post is None:
            continue
        posts.append(post)
        other = first.setdefault(post.key, post)
        if other is not post:
            name, line = _name(path, root), post.lines.get("key", 1)
            problems.append(same_key(name, line, _name(other.path, root), post.key))
    return posts, problems


def same_key(place: str, line: int, other: str, key: str) -> Problem:
    """Return the problem of a file that has the key of an earlier one.

    Args:
        place: What users call the file.
        line: The line of its key.
        other: What users call the earlier file.
        key: The key.
    """
    hint = "neither is published; add a different key: to the front matter of one of them"
    words = f'{other} already has the key "{key}"'
    return Problem(place, line, words, hint, "duplicate-key-in-files")


def load_heads(paths: Iterable[Path], *, root: Path, zone: ZoneInfo) -> list[Post]:
    """Return posts without their bodies, which takes much less time. Nothing is reported.

    Args:
        paths: The files. Those whose front matter cannot be read are left out.
        root: The blog's folder; see `load_post`.
        zone: The time zone of times without an offset.
    """
    posts = []
    for path in paths:
        name = _name(path, root)
        with suppress(ContentError):
            source = _source(_read(path, name), name)
            text, line, _, body_line = front_matter.split_front_matter(source, name)
            yaml = yaml12.load_yaml(text, path=name, line=line, code="front-matter")
            posts.append(_post(path, name, zone, yaml, "", body_line)[0])
    return posts


def parse_blocks(post: Post) -> tuple[Block, ...]:
    """Return the top-level blocks of a post's body.

    Raises:
        ContentError: The body was replaced after the post was loaded, and cannot be read.
    """
    if post.parsed is not None:
        return post.parsed
    return _parse(post.format, post.body, post.body_line, shown(post.path), slugify(post.key))


def _load(
    path: Path, root: Path, zone: ZoneInfo, text: bytes | None = None
) -> tuple[Post | None, list[Problem]]:
    """Return the post (None if its front matter or body cannot be read) and all its problems."""
    name = _name(path, root)
    try:
        data = _read(path, name) if text is None else text
        source = _source(data, name)
        yaml_text, yaml_line, body, body_line = front_matter.split_front_matter(source, name)
    except ContentError as error:
        return None, list(error.problems)
    if problem := excess(body, _FORMATS[path.suffix.lower()], line=body_line, path=name):
        return None, [problem]
    post: Post | None = None
    flaws: list[Problem] = []
    try:
        yaml = yaml12.load_yaml(yaml_text, path=name, line=yaml_line, code="front-matter")
        post, flaws = _post(path, name, zone, yaml, body, body_line)
        if post.recurrence:  # a value with a placeholder is checked when it is filled
            lines = source.split("\n")
            flaws = [flaw for flaw in flaws if "{{" not in lines[flaw.line - 1]]
    except ContentError as error:
        flaws = list(error.problems)
    if post and post.remote_id:
        # Adopted HTML is sent verbatim; only widget calls in it can be wrong.
        return replace(post, exact=_exact(data, body_line)), flaws
    unreadable = _control_characters(body, body_line, name)
    parsed: tuple[Block, ...] = ()
    try:
        parsed = _parse(
            _FORMATS[path.suffix.lower()],
            body,
            body_line,
            name,
            slugify(post.key) if post else "",
        )
    except ContentError as error:
        unreadable += error.problems
    if problem := excess_of_data(parsed, name):
        unreadable.append(problem)
    return replace(post, parsed=parsed) if post and not unreadable else None, [*flaws, *unreadable]


def _parse(
    kind: Literal["md", "html"], body: str, line: int, name: str, prefix: str
) -> tuple[Block, ...]:
    if kind == "html":
        from blogkit.posts import html_posts  # most posts are Markdown

        return html_posts.parse_html(body, line=line, path=name)
    return markdown.parse_markdown(body, line=line, path=name, prefix=prefix)


def _exact(data: bytes, body_line: int) -> str:
    """Return the body with its original line endings."""
    text = data.decode("utf-8-sig")
    ends = [match.end() for match in _LINE_END.finditer(text)]
    # the body begins behind the line end before its first line, which is `ends[body_line - 2]`
    return text[ends[body_line - 2] :] if body_line - 2 < len(ends) else ""


def _name(path: Path, root: Path) -> str:
    """Return a file's name as its user would type it, relative to `root` if it is inside."""
    if path.is_relative_to(root):
        return shown(path.relative_to(root))
    real, folder = path.resolve(), root.resolve()
    return shown(real.relative_to(folder) if real.is_relative_to(folder) else path)


def _read(path: Path, name: str) -> bytes:
    if path.suffix.lower() not in _FORMATS:
        raise ContentError(
            [
                Problem(
                    name,
                    0,
                    f'posts are .md or .html files, not "{path.suffix or path.name}"',
                    "rename it",
                    "unknown-format",
                )
            ]
        )
    try:
        size = path.stat().st_size  # before reading it: it may be any file
        if size > _LARGEST:
            _refuse_size(size, name)
        return path.read_bytes()
    except FileNotFoundError:
        raise ContentError(
            [Problem(name, 0, "this file does not exist", code="no-such-file")]
        ) from None
    except OSError as error:
        raise ContentError(
            [Problem(name, 0, f"cannot read the file: {error.strerror}", code="unreadable")]
        ) from error


def _refuse_size(size: int, name: str) -> None:
    words = f"the file has {size:,} bytes; the limit is {_LARGEST:,}"
    raise ContentError(
        [
            Problem(
                name,
                0,
                words,
                "save embedded images as separate files and link to them",
                "too-large",
            )
        ]
    )


def _source(data: bytes, name: str) -> str:
    """Return a file's text as front matter and body can be read from it.

    Raises:
        ContentError: It is not text, or has no front matter.
    """
    text = _decode(data, name)
    if "\nevery" not in text:
        return text
    from blogkit.posts.recurring.template import readable_template  # few posts come again

    return readable_template(text, name)


def _decode(data: bytes, name: str) -> str:
    """Return the text with LF line endings and without a byte order mark."""
    if len(data) > _LARGEST:
        _refuse_size(len(data), name)
    # what Windows programs call "Unicode"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ContentError(
            [Problem(name, 1, "the file is UTF-16, not UTF-8", "save it as UTF-8", "not-utf8")]
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # the offset counts from the text, which a byte order mark precedes
        offset = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
        line = len(re.findall(rb"\r\n?|\n", data[:offset])) + 1
        words = f"byte 0x{data[offset]:02X} at offset {offset} is not UTF-8"
        hint = "save the file as UTF-8; it is probably Windows-1252 or Latin-1"
        raise ContentError([Problem(name, line, words, hint, "not-utf8")]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _control_characters(text: str, line: int, name: str) -> list[Problem]:
    found = _CONTROL.search(text)
    if not found:
        return []
    words = f"the control character U+{ord(found[0]):04X} is not allowed in a post"
    return [
        Problem(
            name, line + text.count("\n", 0, found.start()), words, "delete it", "control-character"
        )
    ]


def _post(
    path: Path, name: str, zone: ZoneInfo, yaml: yaml12.Yaml, body: str, body_line: int
) -> tuple[Post, list[Problem]]:
    """Return the post and the problems of its front matter."""
    if yaml.value is not None and not isinstance(yaml.value, dict):
        words = 'the front matter is not a list of "key: value" lines'
        hint = 'write each key on its own line, such as "title: …"'
        raise ContentError([Problem(name, yaml.line(), words, hint, "front-matter")])
    fields = FrontMatterFields(yaml, name)
    fields.check_keys()
    form = _FORMATS[path.suffix.lower()]
    settings = settings_in_file(fields, zone)
    publish, at = dated(*fields.publish(zone), settings, fields)
    cleared = cleared_in_file(fields)
    kind, type_ = fields.kind("page" if name.startswith("pages/") else "post")
    priority, hold = queue_in_file(fields, publish, kind)
    post = Post(
        path=path,
        key=fields.key(path.stem),
        kind=kind,
        type=type_,
        # Without post_id a missing title is reported, under the file's name.
        title=fields.title() or ("" if fields.text("post_id") else path.stem),
        body=body,
        body_line=body_line,
        format=form,
        labels=fields.words("labels"),
        categories=fields.words("categories"),
        tags=fields.words("tags"),
        publish=publish,
        at=at,
        priority=priority,
        hold=hold,
        recurrence=recurrence_in_file(fields, publish, kind, form, zone),
        sites=fields.words("sites"),
        quiz=fields.text("quiz"),
        excerpt="" if "excerpt" in cleared else fields.text("excerpt"),
        image="" if "image" in cleared else fields.text("image"),
        settings=settings,
        cleared=cleared,
        image_alt=fields.text("image_alt"),
        slug=fields.slug(),
        language=fields.language(),
        allow=fields.allow(),
        remote_id=fields.remote_id(),
        origin=fields.text("imported_from"),
        old_address=fields.text("old_address"),
        old_date=fields.text("old_date"),
        lines=fields.lines(),
    )
    return post, fields.problems
