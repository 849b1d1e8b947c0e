"""Archives are read piece by piece, and XML that is broken or does harm is refused."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from random import Random

import pytest

from blogkit.archive import xml
from blogkit.archive.blogger import BloggerReader
from blogkit.archive.reader import ArchiveReader
from blogkit.archive.wxr import WxrReader
from blogkit.archive.xml import PieceReader, XmlNode
from blogkit.errors import ContentError
from tests.archive.samples import entry, item, takeout, wxr
from tests.cases import for_each

NOW = datetime(2026, 12, 1, tzinfo=UTC)

BOMB = """<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<feed><entry>&b;</entry></feed>"""
FILE = '<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/hostname">]><feed><entry>&a;</entry></feed>'


def read(data: str | bytes, **more: frozenset[str]) -> list[XmlNode]:
    given = data.encode() if isinstance(data, str) else data
    return list(PieceReader(io.BytesIO(given), "feed.atom", **more))


def test_the_elements_of_a_feed_or_a_channel_come_one_by_one() -> None:
    one, two = read("<feed><a x='1'>t<b>in</b>ail</a>\n<c/></feed>")
    assert (one.tag, one.text, one.attributes, one.text_of("b")) == ("a", "tail", {"x": "1"}, "in")
    assert (two.tag, two.line, two.text, two.first("b")) == ("c", 2, "", None)
    assert [node.tag for node in read("<rss><channel><a/><b/></channel></rss>")] == ["a", "b"]
    (spaced,) = read("<f xmlns='urn:f'><n:a xmlns:n='urn:n'><b/></n:a></f>")
    assert (spaced.tag, [b.tag for b in spaced.children]) == ("urn:n}a", ["urn:f}b"])


@for_each(
    "data, text",
    [
        ("<f><a><![CDATA[x ]]]]><![CDATA[> y]]></a></f>", "x ]]> y"),
        ("<f><a>&lt;p&gt;&#128674; &amp;amp;&#13;</a></f>", "<p>\U0001f6a2 &amp;\r"),
        ("\ufeff\n \n<?xml version='1.0'?><f><a>x</a></f>", "x"),
        ("<f><a>पत्तन \U0001f6a2</a></f>".encode("utf-16"), "पत्तन \U0001f6a2"),
        ("<?xml version='1.0' encoding='windows-1252'?><f><a>caf\xe9</a></f>".encode("cp1252"), "café"),
        (b"<f><a>\x00x\x08y\x1fz\tw</a></f>", "xyz\tw"),
        (f"<f><a>{'&lt;' * 100_000}</a></f>", "<" * 100_000),
    ],
)  # fmt: skip
def test_texts_are_as_they_were_written(data: str | bytes, text: str) -> None:
    assert [node.text for node in read(data)] == [text]


@for_each(
    "data, line, reason",
    [
        ("<f>\n<a>x</b>\n</f>", 2, "mismatched tag"),
        ("<f>\n\n<a>&nbsp;</a></f>", 3, "undefined entity"),
        ("\n\n<f>\n<a>", 4, "broken here"),
        ("<f><a>&#8;</a></f>", 1, "invalid character number"),
        (b"<f>\n<a>\xff</a></f>", 2, "invalid token"),
        (BOMB, 1, "document type"),
        (FILE, 1, "document type"),
        ("<f>" + "<a>" * 60, 1, "more elements"),
        ("", 1, "no element found"),
    ],
    ids=str,
)
def test_broken_and_harmful_files_are_refused(data: str | bytes, line: int, reason: str) -> None:
    with pytest.raises(ContentError, match=reason) as caught:
        read(data)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.code) == ("feed.atom", line, "broken-archive")


def test_one_post_takes_no_more_memory_than_a_post_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "_MOST_TEXT", 1000)
    monkeypatch.setattr(xml, "_MOST_ELEMENTS", 100)
    posts = "<e>" + "x" * 900 + "</e>" + "<e>" + "<c/>" * 90 + "</e>"
    assert len(read(f"<f>{posts * 50}</f>")) == 100
    with pytest.raises(ContentError, match="more than 1,000 characters"):
        read(f"<f><e>{'x' * 600}<c>{'y' * 600}</c></e></f>")
    with pytest.raises(ContentError, match="more elements"):
        read(f"<f><e>{'<c/>' * 100}</e></f>")
    comments = "<c><t>x</t></c>" * 90
    (post,) = read(f"<f><e>{comments}</e></f>", without=frozenset({"c"}))
    assert [(child.tag, child.children) for child in post.children[:1]] == [("c", [])]


def test_a_damaged_archive_is_read_or_refused_and_never_more() -> None:
    feed, export = (
        takeout(entry(1), entry(2, labels=("a",))),
        wxr(item(1), item(2, meta={"a": "b"})),
    )
    random = Random(20)
    for number in range(300):
        data = bytearray(random.choice((feed, export)))
        for _ in range(random.randint(1, 4)):
            at = random.randrange(len(data))
            data[at : at + random.choice((0, 1, 9))] = random.randbytes(random.choice((0, 1, 3)))
        opened = partial(io.BytesIO, bytes(data))
        reader: ArchiveReader = WxrReader(opened, "a.xml")
        if number % 2:
            reader = BloggerReader(opened, "a.xml", NOW)
        with suppress(ContentError):
            assert reader.survey().posts == len(list(reader.posts()))
