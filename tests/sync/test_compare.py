"""Three comparisons, and the bytes that are kept of a post."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import JournalError
from blogkit.platforms.base import Capabilities, Draft, Ref, Remote, State
from blogkit.platforms.memory import InMemoryPlatform
from blogkit.platforms.terms import SiteTerms
from blogkit.platforms.unread import Glance, UnreadPosts, is_unread
from blogkit.regions import sentinel, with_creation_id, with_sentinel_id
from blogkit.render.document import Asset
from blogkit.sync.compare import (
    Expected,
    compare,
    differences,
    edited_fields,
    expected_from_draft,
    expected_from_remote,
    expected_unchanged,
    fingerprint,
    is_relevant,
    is_result_of,
    status_changed,
    title_digest,
    title_digests,
)
from blogkit.sync.compare.comparison import Comparison
from blogkit.sync.compare.expected import as_shown, expected_on
from blogkit.sync.compare.fingerprints import is_as_digested, is_as_listed
from blogkit.sync.serialize import pack_remote, unpack_remote
from tests.cases import for_each
from tests.sync.world import NOW

REMOTE = Remote(
    Ref("7"),
    "Talks & more",
    "<p>x</p>",
    State.LIVE,
    at=NOW,
    updated="1",
    labels=("a", "b"),
    excerpt="e",
    slug="talks",
)
MEANT = Expected("Talks & more", "<p>x</p>", ("a", "b"), any_category=True, excerpt="e")
CAN = Capabilities(slug="by-title", excerpt=True, featured_image=True)
DRAFT = Draft("k", "post", "t", "b")
PICTURE = Asset(Path("/w/images/a.png"), "images/a.png", "0" * 64, "a", 7)
FINGERPRINT = {
    "title": "e632b7095b0bf32c260fa4c5",
    "body": "7586f70fb89addbc55ee2520",
    "labels": "428a948cf9cc1d31adc8454f",
    "excerpt": "3f79bb7b435b05321651daef",
    "featured image": "e3b0c44298fc1c149afbf4c8",
    "slug": "ffe3715dd3d56af9d2a0e6aa",
}

texts = st.text()
remotes = st.builds(
    Remote,
    ref=st.builds(Ref, texts, st.sampled_from(["post", "page"])),
    title=texts,
    body=texts,
    state=st.sampled_from(State),
    url=texts,
    at=st.none() | st.integers(0, 10**7).map(lambda s: NOW + timedelta(seconds=s)),
    updated=texts,
    labels=st.lists(texts).map(tuple),
    categories=st.lists(texts).map(tuple),
    tags=st.lists(texts).map(tuple),
    slug=texts,
    excerpt=texts,
    featured_id=texts,
)


@given(remotes)
def test_a_backup_is_the_whole_post(remote: Remote) -> None:
    assert unpack_remote(pack_remote(remote)) == remote


@given(remotes, remotes)
def test_a_fingerprint_tells_what_changed_and_nothing_else(one: Remote, other: Remote) -> None:
    assert edited_fields(fingerprint(one), one) == ()
    changed = set(edited_fields(fingerprint(one), other))
    fields = {
        "title": "title",
        "body": "body",
        "excerpt": "excerpt",
        "featured_id": "featured image",
    }
    for field, name in fields.items():
        assert (name in changed) == (getattr(one, field) != getattr(other, field))


@for_each(
    ("change", "fields"),
    [
        ({"state": State.DRAFT, "at": None, "updated": "2", "url": "https://b.example/x"}, ()),
        ({"labels": ("b", "a")}, ()),
        ({"title": "Talks"}, ("title",)),
        ({"labels": ("a",)}, ("labels",)),
        ({"tags": ("a", "b"), "labels": ()}, ("labels",)),
        ({"body": "<p>x</p>\n", "slug": "t"}, ("body", "slug")),
    ],
)
def test_edits(change: dict[str, object], fields: tuple[str, ...]) -> None:
    assert edited_fields(fingerprint(REMOTE), replace(REMOTE, **change)) == fields  # type: ignore[arg-type]


@for_each(
    ("title", "shown", "expected"),
    [
        ('Talks & "more"', 'Talks & "more"', True),
        ('Talks & "more"', 'Talks &amp; "more"', True),
        ('Talks & "more"', "Talks &amp; &quot;more&quot;", True),
        ('Talks & "more"', "Talks", False),
    ],
    ids=["as plain text", "escaped", "escaped with its quotes", "another"],
)
def test_a_fingerprint_tells_the_title(title: str, shown: str, expected: bool) -> None:
    seen = title_digest(fingerprint(replace(REMOTE, title=shown)))
    assert (seen in title_digests(title)) is expected


def test_an_address_that_the_site_made_when_there_was_none_is_no_edit() -> None:
    assert edited_fields(fingerprint(replace(REMOTE, slug="")), REMOTE) == ()
    assert edited_fields(fingerprint(REMOTE), replace(REMOTE, slug="")) == ("slug",)


@for_each(
    ("field", "name"),
    [("excerpt", "excerpt"), ("body", "body"), ("featured_id", "featured image")],
)
def test_a_field_that_was_empty_and_is_filled_is_an_edit(field: str, name: str) -> None:
    filled = replace(REMOTE, **{field: "By hand"})  # type: ignore[arg-type]
    assert edited_fields(fingerprint(replace(filled, **{field: ""})), filled) == (name,)  # type: ignore[arg-type]


def test_the_order_of_terms_is_no_edit() -> None:
    terms = {"labels": ("a", "b"), "categories": ("c", "d"), "tags": ("e", "f")}
    turned = {name: names[::-1] for name, names in terms.items()}
    assert edited_fields(fingerprint(replace(REMOTE, **terms)), replace(REMOTE, **turned)) == ()


def test_a_fingerprint_is_for_ever() -> None:
    """The journal keeps them: another recipe would make every post look edited."""
    assert json.loads(fingerprint(replace(REMOTE, title="T", body="\ud83d"))) == FINGERPRINT


PLAIN = "<!-- wp:paragraph -->\n<p>a<br />b</p>\n<!-- /wp:paragraph -->"
SAVED = PLAIN.replace(" />", ">")


def test_what_the_block_editor_writes_by_itself_is_no_edit() -> None:
    seen = fingerprint(replace(REMOTE, body=PLAIN))
    assert edited_fields(seen, replace(REMOTE, body=SAVED)) == ()
    assert edited_fields(seen, replace(REMOTE, body=SAVED.replace("b<", "c<"))) == ("body",)
    assert edited_fields(seen, replace(REMOTE, body=f"{SAVED}\n")) == ("body",)


def test_a_fingerprint_of_an_older_version_still_tells_an_edit() -> None:
    seen = json.loads(fingerprint(replace(REMOTE, body=PLAIN)))
    del seen["spelled"]
    assert edited_fields(json.dumps(seen), replace(REMOTE, body=PLAIN)) == ()
    assert edited_fields(json.dumps(seen), replace(REMOTE, body=SAVED)) == ("body",)


def test_a_post_in_an_older_spelling_shows_what_is_meant() -> None:
    expected = expected_from_remote(replace(REMOTE, body=SAVED))
    assert differences(expected, replace(REMOTE, body=PLAIN)) == ()
    assert differences(expected, replace(REMOTE, body=PLAIN.replace("<p>", "<p hidden>"))) == (
        "body",
    )


def test_fields_that_an_older_version_did_not_look_at_are_no_edit() -> None:
    assert edited_fields('{"title": "other"}', REMOTE) == ("title",)


def test_what_we_leave_to_the_site_does_not_matter() -> None:
    draft = Draft("k", "post", "t", "b")
    assert [
        name
        for name in ("title", "body", "labels", "excerpt", "slug", "featured image")
        if is_relevant(name, draft)
    ] == [
        "title",
        "body",
        "labels",
    ]
    assert is_relevant("excerpt", replace(draft, excerpt="e"))
    assert is_relevant("slug", replace(draft, slug="s"))
    assert is_relevant("featured image", replace(draft, featured_url="u"))
    assert is_relevant("featured image", replace(draft, featured=PICTURE)) is True
    assert is_relevant("categories", replace(draft, categories=("c",)))
    assert is_relevant("comments", replace(draft, settings={"comments": "open"}))
    assert not is_relevant("comments", draft)
    names = {"excerpt": "excerpt", "image": "featured image", "categories": "categories"}
    for cleared in names:
        emptied = replace(draft, cleared=(cleared,))
        assert [is_relevant(name, emptied) for name in names.values()] == [
            name == cleared for name in names
        ]


@for_each(
    ("change", "same"),
    [
        ({"body": "<p>y</p>", "labels": (), "excerpt": "f"}, True),
        ({"title": "Other"}, False),
        ({"featured_id": "9"}, False),
        ({"slug": "other"}, False),
    ],
)
def test_a_listing_without_texts_tells_of_the_other_fields(
    change: dict[str, Any], same: bool
) -> None:
    assert is_as_listed(fingerprint(REMOTE), replace(REMOTE, **change)) is same


def test_a_digest_proves_a_text_whose_own_is_known() -> None:
    digest = hashlib.sha256(REMOTE.body.encode()).hexdigest()
    glance = Glance(**{**vars(REMOTE), "body": ""}, body_digest=digest)
    known = json.loads(fingerprint(REMOTE))
    assert is_as_digested(json.dumps(known), glance)
    assert not is_as_digested(json.dumps(known), replace(glance, body_digest="0" * 64))
    assert not is_as_digested(json.dumps(known), replace(glance, title="Another"))
    del known["body"]
    assert not is_as_digested(json.dumps(known), glance)


def test_a_post_that_a_stamp_proves_is_not_read_to_be_compared() -> None:
    site = InMemoryPlatform("main", clock=lambda: NOW)
    post = site.create(DRAFT)
    unread = UnreadPosts(site).add(post, fingerprint(post))
    assert edited_fields(fingerprint(post), unread) == ()
    assert is_unread(unread)
    site._put(replace(post, body="c"))
    assert edited_fields(fingerprint(replace(post, title="u")), unread) == ("title", "body")
    assert edited_fields(fingerprint(post), unread) == ("body",), "it was read by now"


@for_each(
    ("change", "fields"),
    [
        ({}, ()),
        ({"title": "Talks &amp;  more"}, ()),
        ({"title": "talks & more"}, ("title",)),
        ({"body": "<p >x</p>"}, ()),
        ({"body": "<p>y</p>"}, ("body",)),
        ({"labels": ("A", "B")}, ()),
        ({"labels": (), "tags": ("a", "b")}, ()),
        ({"categories": ("Uncategorized",)}, ()),
        ({"labels": ("a",)}, ("labels",)),
        ({"labels": ("a", "b", "c")}, ("labels",)),
        ({"excerpt": ""}, ("excerpt",)),
        ({"featured_id": "9", "slug": "x"}, ()),
    ],
)
def test_differences(change: dict[str, object], fields: tuple[str, ...]) -> None:
    assert differences(MEANT, replace(REMOTE, **change)) == fields  # type: ignore[arg-type]


@for_each(
    ("meant", "shown"),
    [
        ("Talks  & more", "Talks & more"),
        ("Talks &amp; more", "Talks & more"),
        ("Talks & more", " Talks &amp;\nmore"),
    ],
    ids=["two blanks", "an entity in the file", "the site's spelling"],
)
def test_a_title_and_an_excerpt_are_compared_as_a_reader_sees_them(meant: str, shown: str) -> None:
    assert (
        differences(
            replace(MEANT, title=meant, excerpt=meant), replace(REMOTE, title=shown, excerpt=shown)
        )
        == ()
    )


def test_another_status_is_a_change_of_state_and_no_edit() -> None:
    public, private, pending = (replace(REMOTE, status=word) for word in ("", "private", "pending"))
    for before, now in ((public, private), (private, public), (private, pending)):
        assert status_changed(fingerprint(before), now)
        assert edited_fields(fingerprint(before), now) == ()
    assert not status_changed(fingerprint(private), private)
    assert not status_changed(fingerprint(public), public)


def test_a_restored_post_has_no_more_than_it_had() -> None:
    """An excerpt or an image that came later is to go, too."""
    seen = replace(REMOTE, featured_id="9")
    wanted = replace(REMOTE, excerpt="", featured_id="")
    assert set(differences(expected_from_remote(wanted, seen), seen)) == {
        "excerpt",
        "featured image",
    }
    assert differences(expected_from_remote(wanted, seen), wanted) == ()
    assert differences(expected_from_remote(seen, seen), seen) == ()


def test_more_labels_than_sent_are_a_difference_but_no_loss() -> None:
    more = replace(REMOTE, labels=("a", "b", "c"))
    assert compare(MEANT, more).losses == ()
    assert compare(MEANT, replace(REMOTE, labels=())).losses == (
        "the site dropped the labels a, b",
    )


QUOTES = replace(MEANT, title="A & “b”", accept=("quotes", "title-case"))


@for_each(
    ("expected", "change", "comparison"),
    [
        (MEANT, {}, Comparison()),
        (
            QUOTES,
            {"title": 'a &amp; "B"'},
            Comparison(
                ("title",), (), ('the site changed the title: "A & “b”" → "a &amp; "B""',), ()
            ),
        ),
        (
            replace(QUOTES, title="A", excerpt="“e”"),
            {"title": "A", "excerpt": '"e"'},
            Comparison(("excerpt",), (), ('the site changed the excerpt: "“e”" → ""e""',), ()),
        ),
        (
            replace(QUOTES, title="A", excerpt="E"),
            {"title": "A"},
            Comparison(
                ("excerpt",), ('the site changed the excerpt: "E" → "e"',), (), ("excerpt",)
            ),
        ),
        (
            replace(MEANT, title="A"),
            {"title": "B", "labels": ("a",)},
            Comparison(
                ("title", "labels"),
                ('the site changed the title: "A" → "B"', "the site dropped the label b"),
                (),
                ("title", "labels"),
            ),
        ),
        (
            replace(MEANT, cleared=("excerpt", "image"), excerpt=""),
            {"featured_id": "9"},
            Comparison(
                ("excerpt", "featured image"),
                ("the site kept the excerpt", "the site kept the featured image"),
                (),
                ("excerpt", "featured image"),
            ),
        ),
        (
            replace(MEANT, image=True),
            {},
            Comparison(
                ("featured image",),
                ("the site shows no featured image",),
                (),
                ("featured image",),
            ),
        ),
        (
            replace(MEANT, settings={"comments": "open", "meta.rating": 5}),
            {"settings": {"comments": "open", "meta.rating": 5}},
            Comparison(),
        ),
        (
            replace(MEANT, raw_title="Talks &amp; more"),
            {"title": "Other", "raw_title": "Other"},
            Comparison(
                ("title",),
                ('the site changed the title: "Talks & more" → "Other"',),
                (),
                ("title",),
            ),
        ),
    ],
)
def test_a_comparison_tells_losses_from_notes(
    expected: Expected, change: dict[str, Any], comparison: Comparison
) -> None:
    assert compare(expected, replace(REMOTE, **change)) == comparison
    plain = compare(expected, replace(REMOTE, **change), in_words=False)
    assert (plain.fields, plain.unexplained) == (comparison.fields, comparison.unexplained)


def test_a_plan_is_not_told_in_words_what_a_body_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(REMOTE, body="<p>y</p>")
    told = Comparison(("body",), ('the site changed the text: "x" → "y"',), (), ("body",))
    assert compare(MEANT, other) == told
    monkeypatch.setattr("blogkit.sanitizers.compare.losses", None)
    assert compare(MEANT, other, in_words=False) == replace(told, losses=())
    assert differences(MEANT, other) == ("body",)


def test_what_the_editor_writes_in_another_order_is_no_difference() -> None:
    image = '<!-- wp:image {} --><figure><img src="a.png"></figure><!-- /wp:image -->'
    one, other = (
        image.replace("{}", order)
        for order in ('{"id":7,"align":"left"}', '{"align":"left","id":7}')
    )
    for meant, shown in ((one, other), (other, one)):
        assert differences(replace(MEANT, body=meant), replace(REMOTE, body=shown)) == ()


def test_a_category_is_compared_when_we_named_one() -> None:
    assert differences(
        replace(MEANT, any_category=False), replace(REMOTE, categories=("Uncategorized",))
    ) == ("labels",)


def test_a_category_beside_unchanged_content_is_no_difference() -> None:
    shown = replace(REMOTE, categories=("Uncategorized",))
    assert differences(expected_unchanged(REMOTE, ""), shown) == ()


def test_labels_in_other_capitals_are_no_difference() -> None:
    assert differences(replace(MEANT, terms=("A", "b")), REMOTE) == ()


def test_labels_are_compared_as_a_reader_sees_them() -> None:
    for term, shown in (("R&D", "R&amp;D"), ("World news", "World  News")):
        assert differences(replace(MEANT, terms=(term,)), replace(REMOTE, labels=(shown,))) == ()


@for_each(
    ("draft", "can", "expected"),
    [
        (DRAFT, CAN, Expected("t", "b", any_category=True)),
        (
            replace(DRAFT, labels=("a",), categories=("c",), tags=("g",)),
            CAN,
            Expected("t", "b", ("a", "c", "g")),
        ),
        (
            replace(DRAFT, kind="page", labels=("a",)),
            CAN,
            Expected("t", "b", None, any_category=True),
        ),
        (
            replace(DRAFT, slug="s", excerpt="e", featured_url="u"),
            CAN,
            Expected("t", "b", any_category=True, excerpt="e", image=True, interim="s"),
        ),
        (
            replace(DRAFT, slug="s", excerpt="e", featured_url="u"),
            Capabilities(slug="native"),
            Expected("t", "b", any_category=True),
        ),
    ],
)
def test_what_a_site_should_show_of_a_draft(
    draft: Draft, can: Capabilities, expected: Expected
) -> None:
    assert expected_from_draft(draft, draft.body, can) == expected


def test_the_sites_own_names_of_terms_are_expected() -> None:
    terms = SiteTerms(("A", "Polity"), ("5",))
    expected = expected_from_draft(replace(DRAFT, labels=("a",)), "b", CAN, terms)
    assert (expected.terms, expected.category_ids) == (("A", "Polity"), ("5",))


@for_each(
    ("draft", "can", "cleared"),
    [
        (("excerpt", "image", "labels"), CAN, ("excerpt", "image")),
        (("excerpt", "image"), Capabilities(excerpt=True), ("excerpt",)),
        (("excerpt", "image"), Capabilities(featured_image=True), ("image",)),
    ],
)
def test_what_should_be_empty_where_the_site_has_it(
    draft: tuple[str, ...], can: Capabilities, cleared: tuple[str, ...]
) -> None:
    assert expected_from_draft(replace(DRAFT, cleared=draft), "b", can).cleared == cleared


@for_each(
    ("wanted", "seen", "expected"),
    [
        ({}, {}, {}),
        ({"raw_title": "T", "raw_excerpt": "E"}, {}, {}),
        (
            {"raw_title": "T", "raw_excerpt": "E"},
            {"raw_title": "t", "raw_excerpt": "e"},
            {"raw_title": "T", "raw_excerpt": "E"},
        ),
        ({"excerpt": ""}, {"excerpt": ""}, {"excerpt": ""}),
        ({"excerpt": ""}, {}, {"excerpt": "", "cleared": ("excerpt",)}),
        ({"featured_id": "9"}, {"featured_id": "8"}, {"image": True}),
        ({}, {"featured_id": "8"}, {"cleared": ("image",)}),
        (
            {"settings": {"order": 1, "comments": "open"}},
            {"settings": {"order": 2, "comments": "open"}},
            {"settings": {"order": 1}},
        ),
    ],
)
def test_a_post_is_put_back_in_what_differs_from_it(
    wanted: dict[str, Any], seen: dict[str, Any], expected: dict[str, Any]
) -> None:
    base = Expected(REMOTE.title, REMOTE.body, REMOTE.labels, excerpt="e")
    found = expected_from_remote(replace(REMOTE, **wanted), replace(REMOTE, **seen))
    assert found == replace(base, **expected)


def test_a_draft_is_shown_with_what_the_post_has_beside_its_key() -> None:
    site = InMemoryPlatform("main")
    there = with_creation_id(with_sentinel_id(sentinel("k"), "k", "7"), "k", "a1")
    draft = Draft("k", "post", "t", sentinel("k"), ("a",), ("c",), ("g",))
    found = as_shown(site, draft, replace(REMOTE, body=there))
    assert found == replace(draft, body=there, labels=("a", "c", "g"), categories=(), tags=())
    assert expected_on(site, draft, replace(REMOTE, body=there)).body == there
    for plain in (None, REMOTE):
        assert expected_on(site, draft, plain).body == sentinel("k")


def test_an_image_of_a_file_is_expected_as_such() -> None:
    expected = expected_from_draft(replace(DRAFT, featured=PICTURE), "b", CAN)
    assert Expected.unpack(expected.pack()).image is True


def test_pages_have_no_labels() -> None:
    meant = expected_from_draft(
        Draft("k", "page", REMOTE.title, REMOTE.body, labels=("x",), excerpt="e"), REMOTE.body, CAN
    )
    assert differences(meant, replace(REMOTE, labels=())) == ()


def test_a_post_that_is_put_back_is_compared_in_all_it_had() -> None:
    had = replace(REMOTE, categories=("News",), tags=("t",), featured_id="9")
    assert expected_from_remote(had) == Expected(
        "Talks & more", "<p>x</p>", ("a", "b", "News", "t"), excerpt="e", image=True
    )
    for lost_field, name in (
        ("labels", "labels"),
        ("categories", "labels"),
        ("tags", "labels"),
        ("excerpt", "excerpt"),
    ):
        assert differences(
            expected_from_remote(had),
            replace(had, **{lost_field: type(getattr(had, lost_field))()}),
        ) == (name,)
    assert differences(expected_from_remote(had), replace(had, featured_id="")) == (
        "featured image",
    )
    assert expected_from_remote(replace(had, ref=Ref("7", "page"))).terms is None
    more = replace(had, categories=("News", "By hand"))
    assert differences(expected_from_remote(had), more) == ("labels",)


def test_what_a_site_cannot_do_is_not_missed() -> None:
    draft = Draft(
        "k",
        "post",
        REMOTE.title,
        REMOTE.body,
        labels=REMOTE.labels,
        excerpt="other",
        featured_url="https://b.example/a.png",
    )
    assert differences(expected_from_draft(draft, draft.body, Capabilities()), REMOTE) == ()
    assert differences(expected_from_draft(draft, draft.body, CAN), REMOTE) == (
        "excerpt",
        "featured image",
    )


def test_a_post_under_its_slug_is_on_its_way_but_not_there() -> None:
    meant = expected_from_draft(
        Draft("k", "post", REMOTE.title, REMOTE.body, labels=REMOTE.labels, slug="talks"),
        REMOTE.body,
        CAN,
    )
    halfway = replace(REMOTE, title="talks")
    assert is_result_of(meant, halfway)
    assert is_result_of(meant, REMOTE)
    assert differences(meant, halfway) == ("title",)
    assert not is_result_of(meant, replace(REMOTE, title="By hand"))
    assert not is_result_of(MEANT, replace(REMOTE, title=""))
    assert is_result_of(expected_unchanged(REMOTE, "talks"), halfway)


@given(
    st.builds(
        Expected,
        title=texts,
        body=texts,
        terms=st.none() | st.lists(texts).map(tuple),
        excerpt=texts,
        interim=texts,
    )
)
def test_what_was_meant_comes_back_from_the_journal(meant: Expected) -> None:
    assert Expected.unpack(meant.pack()) == meant


def test_a_category_is_told_from_another_of_its_name_by_its_id() -> None:
    there = replace(REMOTE, labels=(), categories=("a", "b"), category_ids=("21", "5"))
    meant = replace(MEANT, category_ids=("5", "31"))
    assert differences(meant, there) == ("labels",)
    assert differences(replace(meant, category_ids=("5", "21")), there) == ()
    assert differences(meant, replace(there, category_ids=())) == (), "the site does not tell"
    assert Expected.unpack(meant.pack()) == meant
    moved = replace(there, category_ids=("31", "5"))
    assert edited_fields(fingerprint(there), moved) == ("categories",)
    renamed = replace(moved, categories=("a", "c"))
    assert edited_fields(fingerprint(there), renamed) == ("labels",)
    old = fingerprint(replace(there, category_ids=()))
    assert edited_fields(old, moved) == (), "a record of an older version"
    assert not is_relevant("categories", replace(DRAFT, categories=()))


def test_a_setting_that_the_site_changed_or_does_not_have_is_a_loss() -> None:
    shown = replace(REMOTE, settings={"comments": "open", "password": "x"})
    expected = replace(
        expected_from_remote(REMOTE),
        settings={"comments": "closed", "password": "y", "meta.rating": 5, "date": ""},
    )
    found = compare(expected, shown)
    assert found.fields == ("comments", "password", "meta.rating")
    assert found.losses == (
        "the site did not keep comments: closed → open",
        "the site did not keep password: changed",
        "the site does not keep the custom field rating",
    )


def test_the_html_of_a_title_is_compared_where_it_must_be_exact() -> None:
    before = replace(REMOTE, title='A "b"', raw_title="A &quot;b&quot;")
    now = replace(before, raw_title='A "b"')
    assert differences(expected_from_remote(before), now) == ()
    assert differences(expected_from_remote(before, now), now) == ("title",)
    assert differences(expected_from_remote(before, now), before) == ()
    assert edited_fields(fingerprint(before), now) == ("HTML of the title or excerpt",)


def test_what_was_expected_is_read_back_from_the_journal() -> None:
    expected = replace(
        expected_from_remote(REMOTE), settings={"order": 3}, cleared=("excerpt",), raw_title="A"
    )
    assert Expected.unpack(expected.pack()) == expected
    stored = json.loads(zlib.decompress(expected.pack()))
    for name in ("settings", "cleared", "raw_title", "raw_excerpt"):
        del stored[name]
    older = Expected.unpack(zlib.compress(json.dumps(stored).encode()))
    assert (older.settings, older.cleared, older.raw_title) == ({}, (), "")


def test_damaged_settings_in_the_journal_are_told() -> None:
    for packed, unpack in (
        (expected_from_remote(REMOTE).pack(), Expected.unpack),
        (pack_remote(REMOTE), unpack_remote),
    ):
        stored = json.loads(zlib.decompress(packed)) | {"settings": [1]}
        with pytest.raises(JournalError):
            unpack(zlib.compress(json.dumps(stored).encode()), 7)
