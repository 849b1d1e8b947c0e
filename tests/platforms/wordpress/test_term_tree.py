"""Which category a name is, among those of a site."""

from __future__ import annotations

import pytest

from blogkit.platforms.term_names import read_term_name
from blogkit.platforms.wordpress.taxonomies.term_tree import Ambiguous, Node, Place, TermTree

SITE = [
    Node(1, "Uncategorized", "uncategorized"),
    Node(20, "GS-II", "gs-ii"),
    Node(21, "Polity", "polity", 20),
    Node(30, "GS-III", "gs-iii"),
    Node(31, "Polity", "polity-2", 30),
    Node(32, "Economy", "economy", 30),
    Node(40, "Economy", "economy-top"),
    Node(50, "AC/DC", "ac-dc"),
    Node(60, "State", "state", 30),
    Node(61, "State", "state-2", 30),
    Node(70, "समाचार", "समाचार"),
    Node(80, "A > B", "a-b"),
    Node(90, "Loop", "loop", 91),
    Node(91, "Ring", "ring", 90),
    Node(95, "id:7", "odd"),
]


@pytest.fixture
def tree() -> TermTree:
    return TermTree(SITE)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("gs-iii/polity", 31),
        ("GS-II > Polity", 21),
        ("/GS-II/Polity", 21),
        ("id:31", 31),
        ("slug:polity-2", 31),
        ("slug:%E0%A4%B8%E0%A4%AE%E0%A4%BE%E0%A4%9A%E0%A4%BE%E0%A4%B0", 70),
        ("Uncategorized", 1),
        ("/Economy", 40),
        ("AC/DC", 50),
        ("AC//DC", 50),
        ("A > B", 80),
        ("Ring", 91),
    ],
)
def test_a_name_that_fits_one_term_is_that_term(tree: TermTree, text: str, number: int) -> None:
    assert tree.place(read_term_name(text)) == Place(number)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Polity", ("GS-II/Polity", "GS-III/Polity")),
        ("Economy", ("GS-III/Economy", "/Economy")),
        ("GS-III/State", ("slug:state", "slug:state-2")),
        ("Economy/Budget", ("GS-III/Economy", "/Economy")),
    ],
)
def test_an_ambiguous_name_is_answered_with_ways_to_write_each(
    tree: TermTree, text: str, written: tuple[str, ...]
) -> None:
    with pytest.raises(Ambiguous) as caught:
        tree.place(read_term_name(text))
    assert caught.value.written == written


def test_of_several_a_post_keeps_its_own(tree: TermTree) -> None:
    assert tree.place(read_term_name("Polity"), own=[31, 1]) == Place(31)
    with pytest.raises(Ambiguous):
        tree.place(read_term_name("Polity"), own=[21, 31])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("News", Place(missing=("News",))),
        ("GS-III/Ethics", Place(parent=30, missing=("Ethics",))),
        ("GS-III/Polity/Courts", Place(parent=31, missing=("Courts",))),
        ("GS-IV/Ethics", Place(missing=("GS-IV", "Ethics"))),
        ("/Polity", Place(missing=("Polity",))),
    ],
)
def test_a_missing_path_begins_at_what_exists(tree: TermTree, text: str, place: Place) -> None:
    assert tree.place(read_term_name(text)) == place


@pytest.mark.parametrize("text", ["id:7", "slug:nothing"])
def test_a_missing_id_or_slug_is_not_created(tree: TermTree, text: str) -> None:
    with pytest.raises(KeyError):
        tree.place(read_term_name(text))


def test_each_term_is_written_in_a_way_that_names_it_only(tree: TermTree) -> None:
    shortest = {node.id: tree.written(node.id) for node in SITE}
    assert shortest[1] == "Uncategorized"
    assert shortest[31] == "GS-III/Polity"
    assert shortest[40] == "/Economy"
    assert shortest[50] == "AC//DC"
    assert (shortest[60], shortest[95]) == ("slug:state", "/id:7")
    assert {number: tree.place(read_term_name(text)) for number, text in shortest.items()} == {
        node.id: Place(node.id) for node in SITE
    }
