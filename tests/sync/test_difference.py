"""Differences as a person reads them: field by field, and each widget by itself."""

from __future__ import annotations

from dataclasses import replace

from blogkit.platforms.base import Draft, Ref, Remote, State
from blogkit.regions import RegionMeta, marked
from blogkit.sync.diff import field_diffs, lines, three_way

OLD = Remote(
    Ref("7"), "Talks", "<p>One.</p><p>Two.</p>", State.LIVE, labels=("GS-II",), excerpt="Short"
)


def region(text: str, name: str = "box") -> str:
    return marked(RegionMeta(name, "meta-box"), f"<div><p>{text}</p></div>", "comments")


def where(before: Remote, after: Remote) -> list[str]:
    return [change.where for change in field_diffs(before, after)]


def test_each_field_by_its_name() -> None:
    new = replace(
        OLD,
        title="New",
        body="<p>One.</p><p>Three.</p>",
        labels=("Economy",),
        state=State.DRAFT,
        excerpt="Long",
    )
    assert where(OLD, new) == ["title", "excerpt", "state", "labels", "body"]
    assert field_diffs(OLD, OLD) == []


def test_only_what_changed_is_shown_of_a_body() -> None:
    shown = [
        line for _, line in lines(field_diffs(OLD, replace(OLD, body="<p>One.</p><p>Three.</p>")))
    ]
    assert shown == ["@@ body @@", " <p>One.</p>", "-<p>Two.</p>", "+<p>Three.</p>"]


def test_references_and_white_space_of_sites_are_no_difference_of_words() -> None:
    assert where(replace(OLD, body="<p>caf&eacute;</p>\n"), replace(OLD, body="<p>café</p>")) == [
        "body (white space or spelling only)"
    ]


def test_a_region_that_both_have_is_compared_by_itself() -> None:
    before = replace(OLD, body=f"<p>One.</p>{region('a')}<p>Two.</p>")
    after = replace(OLD, body=f"<p>One.</p>{region('b')}<p>Two.</p>")
    assert where(before, after) == ['region "box"']
    shown = [line for _, line in lines(field_diffs(before, after))]
    assert "-<p>a</p></div>" in shown
    assert "+<p>b</p></div>" in shown
    both = replace(after, body=after.body.replace("Two", "Three"))
    assert where(before, both) == ["body", 'region "box"']


def test_a_region_that_one_side_has_is_shown_where_it_stands() -> None:
    after = replace(OLD, body=f"<p>One.</p>{region('a')}<p>Two.</p>")
    assert where(OLD, after) == ["body"]
    shown = [line for _, line in lines(field_diffs(OLD, after))]
    assert shown[1] == " <p>One.</p>"
    assert shown[-1] == " <p>Two.</p>"


def test_what_a_file_leaves_to_the_site_is_no_difference() -> None:
    draft = Draft("talks", "post", "Talks", OLD.body, labels=("GS-II",))
    assert field_diffs(OLD, draft) == []


def test_three_ways() -> None:
    there, here = (
        replace(OLD, title="Theirs"),
        Draft("talks", "post", "Talks", "<p>One.</p><p>Ours.</p>", labels=("GS-II",)),
    )
    theirs, ours = three_way(OLD, there, here)
    assert ([change.where for change in theirs], [change.where for change in ours]) == (
        ["title"],
        ["body"],
    )
    assert [change.where for change in three_way(None, there, here)[1]] == ["title", "body"]


def test_where_the_key_is_tells_people_nothing() -> None:
    """Blogger may remove the comment, and then the attribute is enough."""
    stored = '<p data-blogkit-post="tea">There is tea.</p>'
    written = f"<!-- blogkit:post key=tea -->{stored}"
    there = replace(OLD, body=stored)
    assert field_diffs(there, replace(OLD, body=written)) == []
    (found,) = field_diffs(there, replace(OLD, body=f"{written}<p>More.</p>"))
    assert found.after == ("<p>There is tea.</p>", "<p>More.</p>")
