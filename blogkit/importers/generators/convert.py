"""Convert a post of Hugo, Jekyll or Pelican, and report what was done with each part."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.importers.front_values import flaw_of
from blogkit.importers.generators import hugo, jekyll, pelican
from blogkit.importers.generators.edits import TagEdit
from blogkit.importers.generators.forms import Form
from blogkit.importers.generators.header import GeneratorHeader, read_header
from blogkit.importers.generators.keys import DATED_NAME, Front, front_of, ordered
from blogkit.importers.generators.pictures import old_pictures
from blogkit.importers.html.verify import yaml
from blogkit.importers.needs import with_needs
from blogkit.importers.repairs import LineNumbers
from blogkit.importers.report import Dropped, Imported, ImportedPart, Needed, Recognised, Repaired
from blogkit.lint.active_content import find_active

Generator = Literal["hugo", "jekyll", "pelican"]
_OWN_KEYS: dict[Generator, frozenset[str]] = {
    "hugo": frozenset({"draft", "aliases", "lastmod", "publishdate", "expirydate", "weight"}),
    "jekyll": frozenset({"layout", "permalink", "redirect_from", "published"}),
}
_PELICAN_KEYS = frozenset({"date", "slug", "category", "author", "authors", "modified", "summary"})
_SHOWN = 60


@dataclass(frozen=True)
class GeneratorPost:
    """A post of a generator.

    Attributes:
        generator: Which one it is.
        text: The file, with LF line endings.
        header: Its front matter.
        name: The file's path, as messages name it.
    """

    generator: Generator
    text: str
    header: GeneratorHeader
    name: str

    @property
    def body(self) -> str:
        """The text behind the front matter."""
        return self.text[self.header.end :]


def generator_post(text: str, name: str, *, is_sure: bool = False) -> GeneratorPost | None:
    """Return a generator's post; None for other texts.

    Args:
        text: The text, with LF line endings.
        name: The file's path.
        is_sure: Whether the file is from a generator's folder. Otherwise YAML alone does not make a
            text a generator's: AI assistants write it, too.

    Raises:
        ContentError: Its front matter cannot be read.
    """
    if PurePath(name).suffix.lower() not in (".md", ".markdown", ".html", ".htm", ""):
        return None
    if not re.match(r"\+\+\+|---|\{| {0,3}[A-Za-z][\w-]*:", text):
        return None
    if text.startswith("---") and not is_sure and not _may_be_generators(text, name):
        return None  # front matter with mistakes is not this importer's to report
    header = read_header(text, name)
    generator = header and _generator(header, text[header.end :], name, is_sure)
    return GeneratorPost(generator, text, header, name) if header and generator else None


def _may_be_generators(text: str, name: str) -> bool:
    keys = "|".join(sorted(key for names in _OWN_KEYS.values() for key in names))
    own = re.compile(rf"^(?:{keys})[ \t]*:", re.IGNORECASE | re.MULTILINE)
    return bool(_is_dated(name) or own.search(text) or _by_tags(text))


def _generator(header: GeneratorHeader, body: str, name: str, is_sure: bool) -> Generator | None:
    keys = {entry.key.lower() for entry in header.entries}
    if header.kind in ("toml", "json"):
        return "hugo"
    if header.kind == "lines":
        return "pelican" if "title" in keys and keys & _PELICAN_KEYS else None
    if _is_dated(name):
        return "jekyll"
    found = _by_tags(body) or next((one for one, own in _OWN_KEYS.items() if keys & own), None)
    return found or ("hugo" if is_sure else None)


def _is_dated(name: str) -> bool:
    return bool(DATED_NAME.fullmatch(PurePath(name).stem))


def _by_tags(body: str) -> Generator | None:
    if hugo.SHORTCODE.search(body):
        return "hugo"
    if jekyll.LIQUID_TAG.search(body) or re.search(r"\{\{-?\s*(?:site|page)\.", body):
        return "jekyll"
    return "pelican" if pelican.LINK.search(body) else None


def convert_generator_post(
    post: GeneratorPost, *, name: str = "", key: str = "", allow: Collection[str] = ()
) -> Imported:
    """Return a generator's post as a post. What is not understood stays, and is named.

    Args:
        post: The generator's post.
        name: What to call the post if nothing in it does.
        key: The post's key, for the front matter; "" to take the file's name.
        allow: The kinds of active content to keep without a question.
    """
    front = front_of(post.header, post.name)
    if "title" not in front.values:
        stem = str(front.values.get("slug", "")) or name
        words = " ".join(re.sub(r"[-_]+", " ", stem).split())
        front.values["title"] = words[:1].upper() + words[1:] or "Imported post"
        front.titled_by = "the file's name"
    form = Form("html" if PurePath(post.name).suffix.lower() in (".html", ".htm") else "md")
    edits = _apart(_edits(post, front, form))
    parts, body = _edited(post, edits)
    kinds = list(dict.fromkeys(found.kind for found in find_active(body)))
    allowed = [kind for kind in allow if kind in kinds]
    if key:
        front.values["key"] = key
    if allowed:
        front.values["allow"] = allowed
    lines = LineNumbers(post.text)
    needed = [
        *front.needed,
        *old_pictures(post.body, edits, lines, post.header.end),
        *_active(kinds, allowed),
    ]
    imported = Imported(
        text=f"{_front(front)}\n{body}",
        format=form.format,
        title=str(front.values["title"]),
        titled_by=front.titled_by,
        labels=tuple(front.values.get("tags", front.values.get("categories", ()))),
        date="" if front.is_draft else front.date[:10],
        source=post.text,
        pieces=tuple(parts),
        left_out=tuple((one.start, one.end) for one in parts if one.kind in ("dropped", "taken")),
        source_kind="html" if form.format == "html" else "markdown",
        stem=str(front.values.get("slug", "")),
        is_page=front.values.get("type") == "page",
    )
    return with_needs(_told(imported, front.dropped, needed, edits, post, lines))


def _edits(post: GeneratorPost, front: Front, form: Form) -> list[TagEdit]:
    if post.generator == "hugo":
        return list(hugo.hugo_edits(post.body, form))
    if post.generator == "jekyll":
        return list(jekyll.jekyll_edits(post.body, form, front.values))
    return list(pelican.pelican_edits(post.body, form))


def _apart(edits: Sequence[TagEdit]) -> list[TagEdit]:
    """Return edits in order, without those inside of others."""
    kept: list[TagEdit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _edited(post: GeneratorPost, edits: Sequence[TagEdit]) -> tuple[list[ImportedPart], str]:
    """Return the parts of the file, and the body."""
    base, body = post.header.end, post.body
    parts = [ImportedPart(0, base, "taken")]
    at = 0
    for edit in edits:
        parts.append(ImportedPart(base + at, base + edit.start, "kept", body[at : edit.start]))
        kind: Literal["kept", "dropped"] = "dropped" if edit.kind == "dropped" else "kept"
        parts.append(ImportedPart(base + edit.start, base + edit.end, kind, edit.new))
        at = edit.end
    parts.append(ImportedPart(base + at, base + len(body), "kept", body[at:]))
    text = "".join(part.text for part in parts).strip("\n")
    return [part for part in parts if part.start < part.end], f"{text}\n" if text else ""


def _front(front: Front) -> str:
    lines = [f"{name}: {yaml(value)}" for name, value in ordered(front.values)]
    if front.is_draft:
        lines.append("publish: draft")
    elif front.date:
        lines.append(
            f"# publish: {front.date}    # the post's date; uncomment this line to publish instead"
            " of creating a draft"
        )
    return "\n".join(["---", *lines, "---"]) + "\n"


def _told(
    imported: Imported,
    dropped: Sequence[Dropped],
    needed: Sequence[Needed],
    edits: Sequence[TagEdit],
    post: GeneratorPost,
    lines: LineNumbers,
) -> Imported:
    """Return the import with what was done with each tag."""
    calls, changes = [], []
    dropped, needed = list(dropped), list(needed)
    for edit in edits:
        line = lines.at(post.header.end + edit.start)
        old = _short(post.body[edit.start : edit.end])
        if edit.kind == "call":
            calls.append(Recognised(line, edit.words, old))
        elif edit.kind == "dropped":
            dropped.append(Dropped(line, edit.words, _short(edit.hint) or old))
        elif edit.kind == "needed":
            needed.append(Needed(line, f"{edit.words} ({old})", edit.hint))
        else:
            changes.append(Repaired(line, old, _short(edit.new)))
    return replace(
        imported,
        recognised=tuple(calls),
        dropped=tuple(sorted(dropped)),
        needed=tuple(needed),
        repaired=tuple(changes),
    )


def _active(kinds: Sequence[str], allowed: Sequence[str]) -> Iterator[Needed]:
    for kind in kinds:
        if kind not in allowed and not flaw_of("allow", [kind]):
            yield Needed(
                0,
                f"the post has active content of the kind {kind}, which a site may remove",
                f"delete it, or keep it with allow: [{kind}]",
            )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"
