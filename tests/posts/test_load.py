"""Files to posts: front matter, dates, keys; and that every problem of a file is found, at its
line, with a hint.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import ContentError, Problem
from blogkit.posts.loader import load_each, load_post, parse_blocks
from blogkit.posts.post import Post, Publish
from tests.cases import for_each

INDIA = ZoneInfo("Asia/Kolkata")
ROOT = Path("/site")


def read(text: str | bytes, name: str = "posts/a.md", zone: ZoneInfo = INDIA) -> Post:
    return load_post(
        ROOT / name, root=ROOT, zone=zone, text=text.encode() if isinstance(text, str) else text
    )


def problems(
    text: str | bytes, name: str = "posts/a.md", zone: ZoneInfo = INDIA
) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        read(text, name, zone)
    return caught.value.problems


def front(*lines: str) -> str:
    """A file whose title is in line 2 and whose further front matter begins in line 3."""
    return "\n".join(["---", "title: T", *lines, "---", "Text.", ""])


def test_everything_that_front_matter_can_say() -> None:
    post = read(
        "---\n"
        "title: US–Russia talks, open\n"
        "key: miami\n"
        "type: page\n"
        "labels: [International Relations, GS-II, 2026, GS-II]\n"
        "categories: World, Asia ,\n"
        "tags:\n"
        "  - no\n"
        "  - 07:30\n"
        "publish: 2026-12-01 07:00\n"
        "sites: main\n"
        "quiz: https://example.com/q\n"
        "excerpt: >\n"
        "  Two days,\n"
        "  one city.\n"
        "image: images/miami.jpg\n"
        "image_alt: A room\n"
        "slug: miami-talks\n"
        "language: en-IN\n"
        "---\n"
        "\n"
        "Text.\n"
    )
    assert post == Post(
        path=ROOT / "posts/a.md",
        key="miami",
        kind="page",
        title="US–Russia talks, open",
        body="\nText.\n",
        body_line=21,
        format="md",
        labels=("International Relations", "GS-II", "2026"),
        categories=("World", "Asia"),
        tags=("no", "07:30"),
        publish=Publish.SCHEDULED,
        at=datetime(2026, 12, 1, 7, 0, tzinfo=INDIA),
        sites=("main",),
        quiz="https://example.com/q",
        excerpt="Two days, one city.",
        image="images/miami.jpg",
        image_alt="A room",
        slug="miami-talks",
        language="en-IN",
        lines={
            "title": 2, "key": 3, "type": 4, "labels": 5, "categories": 6, "tags": 7, "publish": 10, "sites": 11, "quiz": 12,
            "excerpt": 13, "image": 16, "image_alt": 17, "slug": 18, "language": 19,
        },
    )  # fmt: skip


def test_what_is_absent() -> None:
    post = read(front())
    assert (post.key, post.kind, post.format, post.publish, post.at) == (
        "a",
        "post",
        "md",
        Publish.KEEP,
        None,
    )
    assert post.labels == post.categories == post.tags == post.sites == ()
    assert (
        post.quiz
        == post.excerpt
        == post.image
        == post.image_alt
        == post.slug
        == post.language
        == ""
    )
    assert post.lines == {"title": 2}


def test_pages_by_folder_and_html_by_name() -> None:
    assert read(front(), "pages/about.md").kind == "page"
    assert read(front(), "pages/deep/about.html").kind == "page"
    assert read(front("type: post"), "pages/about.md").kind == "post"
    assert read(front(), "posts/pages/about.md").kind == "post"
    assert read(front(), "posts/a.html").format == "html"
    assert read(front(), "posts/a.HTM").format == "html"


def test_the_key_of_a_file_is_the_same_on_every_file_system() -> None:
    composed, decomposed = "posts/caf\u00e9.md", "posts/cafe\u0301.md"
    assert read(front(), composed).key == read(front(), decomposed).key == "caf\u00e9"


@for_each("title", ["2026", "2.50", "007", "true", "no", "07:30", "0x1F", "null-safe", "'null'"])
def test_a_title_is_what_was_written(title: str) -> None:
    assert read(f"---\ntitle: {title}\n---\n").title == title.strip("'")


@for_each("end", ["\r\n", "\r", "\n"])
@for_each("bom", [b"", b"\xef\xbb\xbf"])
def test_line_endings_and_byte_order_mark(end: str, bom: bytes) -> None:
    text = front("labels: a, b", "excerpt: |", "  x", "  y").replace("\n", end)
    post = read(bom + text.encode())
    assert post == read(front("labels: a, b", "excerpt: |", "  x", "  y"))
    (problem,) = problems(bom + f"{text}{end}```{{x}}{end}".encode())
    assert problem.line == 10


def test_blank_lines_before_front_matter_are_counted() -> None:
    post = read("\n\n---\ntitle: T\n...\nBody")
    assert (post.lines["title"], post.body_line, post.body) == (4, 6, "Body")


def test_front_matter_may_hold_dashes_that_stand_further_in() -> None:
    assert read("---\ntitle: T\nexcerpt: |\n  ---\n  x\n---\nBody").excerpt == "--- x"


@for_each("text", ["", "~", "''"])
def test_publish_without_a_value_keeps_the_state(text: str) -> None:
    assert read(front(f"publish: {text}")).publish is Publish.KEEP


# file → (line, code, a word of the message, a word of the hint)
BROKEN: dict[str | bytes, tuple[int, str, str, str]] = {
    b"": (0, "empty-file", "empty", "title:"),
    b"\xef\xbb\xbf \n\t\n": (0, "empty-file", "empty", "---"),
    b"---\ntitle: caf\xe9\n---\n": (2, "not-utf8", "0xE9 at offset 14", "UTF-8"),
    b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\n\r\nx\xff": (5, "not-utf8", "0xFF at offset 26", "UTF-8"),
    "\ufeff---\ntitle: T\n---\n".encode("utf-16-le"): (1, "not-utf8", "UTF-16", "UTF-8"),
    b"x" * 5_000_001: (0, "too-large", "5,000,001 bytes; the limit is 5,000,000", "images"),
    "Hello\n": (1, "no-front-matter", "no front matter", "title:"),
    "\n\nHello\n---\n": (3, "no-front-matter", "no front matter", "title:"),
    "+++\ntitle = 'x'\n+++\n": (1, "no-front-matter", "TOML", "blogkit import FILE"),
    "<!DOCTYPE html>\n<p>a</p>\n": (1, "no-front-matter", "whole web page", "blogkit import"),
    "\n<html lang=en>\n": (2, "no-front-matter", "whole web page", "blogkit import"),
    "—\ntitle: T\n---\n": (1, "no-front-matter", "three hyphens", "---"),
    "----\ntitle: T\n----\n": (1, "no-front-matter", "three hyphens", "---"),
    "---\ntitle: T\n\nText\n": (1, "unclosed-front-matter", "never closed", "---"),
    "---\n---\nText": (2, "missing-title", "no title", "title:"),
    "---\n- a\n- b\n---\n": (2, "front-matter", "key: value", "title:"),
    "---\n# x\njust words\n---\n": (3, "front-matter", "key: value", "title:"),
    "---\ntitle: Talks: day two\n---\n": (2, "front-matter", "quotes", 'title: "Talks: day two"'),
    "---\ntitle: T\n\tkey: x\n---\n": (3, "front-matter", "tab", "spaces"),
    "---\ntitle: 'T\nkey: x\n---\n": (2, "front-matter", "never closed", "close"),
    "---\ntitle: T\nlabels: [a\n---\nx": (3, "front-matter", '"["', "close"),
    "---\ntitle: T\nkey: x\x07\n---\n": (3, "front-matter", "U+0007", "delete"),
    "---\ntitle: T\n---\n\nx\x07\n": (5, "control-character", "U+0007", "delete"),
    front("key: a", "key: b"): (4, "duplicate-key", '"key" appears twice', "remove"),
    front("image: {{ quiz_url }}"): (3, "yaml", "one word", "quotes"),
    front("lables: a"): (3, "unknown-key", '"lables"', '"labels"'),
    front("Slug: a"): (3, "unknown-key", '"Slug"', '"slug"'),
    front("image-alt: x"): (3, "unknown-key", '"image-alt"', '"image_alt"'),
    front("zzz: x"): (3, "unknown-key", '"zzz"', "known: title, key"),
    "---\nTitle: T\n---\n": (2, "unknown-key", '"Title"', '"title"'),
    "---\nkey: x\n---\n": (2, "missing-title", "no title", "title:"),
    "---\nkey: x\ntitle:\n---\n": (3, "empty-title", "empty", "title"),
    "---\ntitle: '  '\n---\n": (2, "empty-title", "empty", "title"),
    "---\ntitle: [Update, Talks]\n---\n": (2, "wrong-type", "not a list", '"Update, Talks"'),
    "---\ntitle:\n  en: x\n---\n": (2, "wrong-type", "not a mapping", "title:"),
    front("excerpt: [a]"): (3, "wrong-type", "not a list", "excerpt"),
    front("labels: {a: b}"): (3, "wrong-type", "list", "labels: [one, two]"),
    front("labels:", "  - a", "  -", "  - b"): (5, "wrong-type", "item 2 is empty", "labels: [one, two]"),
    front("tags: [a, [b]]"): (3, "wrong-type", "item 2 is not a text", "tags: [one, two]"),
    front("key:"): (3, "bad-key", "empty", "remove"),
    front("key: a/b"): (3, "bad-key", '"a/b"', "key: a-b"),
    front("key: .hidden"): (3, "bad-key", '".hidden"', "key: hidden"),
    front(f"key: {'x' * 201}"): (3, "bad-key", "cannot be a key", "key: xxx"),
    front("type: po st"): (3, "bad-type", '"po st"', '"post"'),
    front("type: my/gallery"): (3, "bad-type", "neither", "post or page"),
    front("publish: 2026-12-01"): (3, "date-without-time", "no time", "2026-12-01 07:00"),
    front("publish: queu"): (3, "bad-date", '"queu"', '"queue"'),
    front("queue: hold"): (3, "not-in-queue", "publish: queue", "remove the line"),
    front("publish: queue", "queue: stop"): (4, "bad-option", '"stop"', "queue: hold"),
    front("publish: draft", "priority: 1"): (4, "not-in-queue", "publish: queue", "remove"),
    front("publish: queue", "priority: high"): (4, "bad-number", "whole number", "priority: 1"),
    front("publish: queue", "type: page"): (3, "page-in-queue", "no place", "publish: now"),
    front("publish: drafd"): (3, "bad-date", '"drafd"', '"draft"'),
    front("publish: tomorrow"): (3, "bad-date", '"tomorrow"', "2026-12-01 07:00"),
    front("publish: 01-12-2026 07:00"): (3, "bad-date", "neither a date", "2026-12-01 07:00"),
    front("publish: 2026-13-01 07:00"): (3, "bad-date", "month", "2026-12-01 07:00"),
    front("publish: 2026-02-29 07:00"): (3, "bad-date", "day", "2026-12-01 07:00"),
    front("publish: 2026-12-01 24:00"): (3, "bad-date", "hour", "2026-12-01 07:00"),
    front("publish: 2026-12-01 07:00 pm"): (3, "bad-date", "24-hour", "19:00"),
    front("publish: 2026-12-01 07:00+99:00"): (3, "bad-date", "does not exist", "2026-12-01 07:00"),
    front("publish: 0001-01-01 00:00"): (3, "bad-date", "does not exist", "2026-12-01 07:00"),
    front("publish: true"): (3, "bad-date", '"true"', "2026-12-01 07:00"),
    front("publish: [now]"): (3, "wrong-type", "not a list", "publish"),
    front("slug: Miami Talks!"): (3, "bad-slug", "hyphens", "slug: miami-talks"),
    front("slug: a--b"): (3, "bad-slug", "hyphens", "slug: a-b"),
    front("slug: '!'"): (3, "bad-slug", "hyphens", "letters"),
    front("language: en_IN"): (3, "bad-language", "language code", "en-IN"),
    front("language: Hindi!"): (3, "bad-language", "language code", "hi"),
    front() + "\n```{x}\na: 1\n": (6, "unclosed-widget", "{x} is never closed", "```"),
}  # fmt: skip


@for_each(("text", "expected"), BROKEN.items(), ids=range(len(BROKEN)))
def test_broken_files(text: str | bytes, expected: tuple[int, str, str, str]) -> None:
    line, code, words, hint = expected
    (problem,) = problems(text)
    assert (problem.path, problem.line, problem.code) == ("posts/a.md", line, code)
    assert words in problem.message
    assert hint in problem.hint


def test_all_problems_of_a_file_in_the_order_of_their_lines() -> None:
    text = (
        "---\nlables: a\npublish: soon\ntype: po st\nslug: A B\n---\n\nx[^1]\n\n```{x}\na:"
        " 1\n\n```{y}\n```\n\n~~~py\n"
    )
    found = problems(text)
    assert [(p.line, p.code) for p in found] == [
        (2, "unknown-key"),
        (2, "missing-title"),
        (3, "bad-date"),
        (4, "bad-type"),
        (5, "bad-slug"),
        (8, "unknown-footnote"),
        (10, "unclosed-widget"),
        (16, "unclosed-fence"),
    ]
    assert all(p.hint for p in found)


def test_a_broken_front_matter_does_not_hide_the_body() -> None:
    assert [p.line for p in problems("---\ntitle: [\n---\n```{x}\n")] == [2, 4]
    assert [p.line for p in problems("---\ntitle: [\n---\n<!-- {x}\n", "posts/a.html")] == [2, 4]


def test_file_names_that_cannot_be_keys() -> None:
    (problem,) = problems(front(), "posts/.a b.md")
    assert (problem.code, problem.line) == ("bad-key", 2)
    assert "key: a-b" in problem.hint
    assert read(front("key: fine"), "posts/.a b.md").key == "fine"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    return tmp_path


def test_files_that_cannot_be_read(workspace: Path) -> None:
    (workspace / "posts/big.md").write_bytes(b" " * 5_000_001)
    (workspace / "posts/dir.md").mkdir()
    found = {}
    for name in ("posts/none.md", "posts/a.txt", "posts/README", "posts/big.md", "posts/dir.md"):
        with pytest.raises(ContentError) as caught:
            load_post(workspace / name, root=workspace, zone=INDIA)
        (problem,) = caught.value.problems
        assert problem.path == name
        found[name] = problem.code
    assert list(found.values()) == [
        "no-such-file",
        "unknown-format",
        "unknown-format",
        "too-large",
        "unreadable",
    ]


def test_loading_keeps_the_order_and_changes_no_file(workspace: Path) -> None:
    files = {"b.md": front().replace("\n", "\r\n"), "a.html": "\ufeff" + front()}
    for name, text in files.items():
        (workspace / "posts" / name).write_bytes(text.encode())
    stamps = {name: (workspace / "posts" / name).stat().st_mtime_ns for name in files}
    paths = [workspace / "posts" / name for name in files]
    posts, problems = load_each(paths, root=workspace, zone=INDIA)
    assert problems == []
    assert [post.key for post in posts] == ["b", "a"]
    for name, text in files.items():
        assert (workspace / "posts" / name).read_bytes() == text.encode()
        assert (workspace / "posts" / name).stat().st_mtime_ns == stamps[name]


def test_loading_tells_the_problems_of_all_files_and_keys_used_twice(workspace: Path) -> None:
    texts = {
        "a.md": front("key: x"),
        "b.md": front("slug: a", "key: x"),
        "c.md": "",
        "x.md": front(),
        "d.md": front("typ: post"),
    }
    for name, text in texts.items():
        (workspace / "posts" / name).write_text(text)
    paths = [workspace / "posts" / name for name in texts]
    _, problems = load_each(paths, root=workspace, zone=INDIA)
    found = sorted(problems, key=lambda problem: problem.path)
    assert [(p.path, p.line, p.code) for p in found] == [
        ("posts/b.md", 4, "duplicate-key-in-files"),
        ("posts/c.md", 0, "empty-file"),
        ("posts/d.md", 3, "unknown-key"),
        ("posts/x.md", 1, "duplicate-key-in-files"),
    ]
    assert "posts/a.md" in found[0].message


def test_load_each_gives_flawed_posts_whose_body_can_be_read(workspace: Path) -> None:
    texts = {
        "a.md": front("slug: A B", "lables: x", "quiz: q"),
        "b.md": "---\n---\nx",
        "c.md": "---\ntitle: [\n---\n",
        "d.md": front() + "```\n",
    }
    for name, text in texts.items():
        (workspace / "posts" / name).write_text(text)
    posts, found = load_each(
        [workspace / "posts" / name for name in texts], root=workspace, zone=INDIA
    )
    assert [(post.key, post.title, post.slug, post.quiz) for post in posts] == [
        ("a", "T", "", "q"),
        ("b", "b", "", ""),
    ]
    assert {problem.path for problem in found} == {f"posts/{name}" for name in texts}


def test_blocks_of_a_post() -> None:
    text = front() + "\n# H\n\n```{x}\n```\n\n[^1]\n\n[^1]: note\n"
    post = read(text)
    assert [(block.kind, block.line) for block in parse_blocks(post)] == [
        ("paragraph", 4), ("heading", 6), ("widget", 8), ("paragraph", 11), ("footnotes", 13),
    ]  # fmt: skip
    assert 'id="fn_a_1"' in str(parse_blocks(post)[-1].parts)
    page = read(front().replace("Text.", "<p>a</p>\n<!-- {x} -->"), "posts/a.html")
    assert [(block.kind, block.line) for block in parse_blocks(page)] == [
        ("html", 4),
        ("widget", 5),
    ]


@given(
    st.binary(max_size=60)
    | st.text(max_size=60).map(lambda text: f"---\ntitle: T\n{text}".encode()),
    st.sampled_from(["md", "html"]),
)
def test_any_bytes_are_a_post_or_problems_inside_the_file(data: bytes, suffix: str) -> None:
    try:
        parse_blocks(read(data, f"posts/a.{suffix}"))
    except ContentError as error:
        lines = len(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
        outside = [
            problem
            for problem in error.problems
            if problem.line > lines or not problem.message or not problem.code
        ]
        assert outside == []
