"""One post as its writer has it: what its file holds, and what the blog must show of it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal, Self

from blogkit.platforms.base import Remote, State

LATER = "2099-03-01 07:00"
STATES = {"now": State.LIVE, "draft": State.DRAFT}
FILLER = 60
"""Words that all versions of a post share, so that a copy is like its original."""
_EDITS = re.compile(r"EDITw\d{5}x")
_BEGIN = re.compile(r"Begin (w\d{5}x)")
_HEAD = re.compile(r"^(title|labels|tags): (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """token: a word that no other version of any post has; kept: edits of the blog that its
    writer took over; form: of its file, "" if it has none; source: a file that a command wrote,
    which its writer changes here and there.
    """

    key: str
    title: str
    token: str
    publish: str = "draft"
    labels: tuple[str, ...] = ("News",)
    slug: str = ""
    kept: tuple[str, ...] = ()
    form: Literal["md", "html", ""] = "md"
    stem: str = ""
    source: str = ""

    @property
    def word(self) -> str:
        """What all versions of this post contain, and no other post."""
        return f"{self.key}-text"

    @property
    def file(self) -> str:
        """Its file's name."""
        return f"{self.stem or self.key}.{self.form}"

    def paragraphs(self) -> list[str]:
        """Its text."""
        filler = " ".join(f"{self.key}-{number}" for number in range(FILLER))
        begin = f"Begin {self.token} of {self.word} & 4 < 5 – हिन्दी."
        return [begin, filler, *self.kept, f"End {self.token}."]

    def text(self) -> str:
        """The file."""
        if self.form == "html":
            return self.source
        publish = f'publish: "{self.publish}"\n' if self.publish else ""
        slug = f"slug: {self.slug}\n" if self.slug else ""
        text = "\n\n".join(self.paragraphs())
        return f'---\ntitle: "{self.title}"\nlabels: [{", ".join(self.labels)}]\n{publish}{slug}---\n{text}\n'

    def html(self) -> str:
        """The text as a person without files wrote it on the blog."""
        marked = (text.replace("&", "&amp;").replace("<", "&lt;") for text in self.paragraphs())
        return "\n".join(f"<p>{text}</p>" for text in marked)

    def with_changes(self, new: Self) -> Self:
        """The new version, with its file changed in these places if a command wrote it."""
        if self.form != "html":
            return new
        head, end, body = self.source.partition("\n---\n")
        lines = [line for line in head.splitlines() if not line.startswith("publish:")]
        labels = json.dumps(list(new.labels))
        fields = {"title": json.dumps(new.title), "labels": labels, "tags": labels}
        lines = [_HEAD.sub(lambda found: f"{found[1]}: {fields[found[1]]}", x) for x in lines]
        named = any(line.startswith(("labels:", "tags:")) for line in lines)
        lines += [] if named else [f"labels: {labels}"]
        lines += [f'publish: "{new.publish}"'] if new.publish else []
        body = body.replace(self.token, new.token)
        body += "".join(f"\n<p>{text}</p>" for text in new.kept if text not in body)
        return replace(new, source="\n".join(lines) + end + body)

    def read(self, stem: str, source: str) -> Self:
        """The version in a file that a command wrote."""
        head, _, body = source.partition("\n---\n")
        fields = {name: json.loads(value) for name, value in _HEAD.findall(head)}
        publish = re.search(r'^publish: "?([^"\n]*)', head, re.MULTILINE)
        begin = _BEGIN.search(body)
        return replace(
            self,
            title=fields.get("title", ""),
            labels=tuple(fields.get("labels", fields.get("tags", ()))),
            token=begin[1] if begin else "",
            publish=publish[1] if publish else "",
            kept=markers_in(body),
            form="html",
            stem=stem,
            source=source,
        )

    def differs_from(self, post: Remote, *, state: bool, edited: Collection[str] = ()) -> str:
        """What of this file the post does not show; "" when it is all there. state: whether that
        counts; edited: the fields that have a person's edit, which is merged with the file. An edit
        that may go may also stay.
        """
        if _EDITS.sub("", post.title).strip() != self.title and "title" not in edited:
            return f"its title is {post.title!r}, not {self.title!r}"
        missing = [text for text in (self.token, *self.kept) if text not in post.body]
        if missing:
            return f"its body lacks {', '.join(missing)}"
        there = {label for label in (*post.labels, *post.tags) if not _EDITS.fullmatch(label)}
        here = {label for label in self.labels if not _EDITS.fullmatch(label)}
        if not (here <= there if "labels" in edited else here == there):
            return f"its labels are {post.labels or post.tags}"
        wanted = STATES.get(self.publish, State.SCHEDULED) if self.publish else post.state
        return "" if post.state is wanted or not state else f"it is {post.state}, not {wanted}"


def markers_in(text: str) -> tuple[str, ...]:
    """The markers of edits that a text shows."""
    return tuple(dict.fromkeys(_EDITS.findall(text)))


def cut_off(text: str) -> str:
    """The version of which a text has the beginning and no end; "" if it is whole."""
    return next((token for token in _BEGIN.findall(text) if f"End {token}." not in text), "")
