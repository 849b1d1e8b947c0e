"""Categories as files name them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blogkit.platforms.term_names import TermName, as_labels, read_term_name, write_path
from tests.cases import for_each


@for_each(
    ("text", "path"),
    [
        ("Polity", ("Polity",)),
        ("GS-III/Polity", ("GS-III", "Polity")),
        (" GS-III /  Polity ", ("GS-III", "Polity")),
        ("GS-III > Polity", ("GS-III", "Polity")),
        ("UPSC>GS-III>Polity", ("UPSC", "GS-III", "Polity")),
        ("AC//DC", ("AC/DC",)),
        ("Music/AC//DC", ("Music", "AC/DC")),
        ("हिन्दी/समाचार", ("हिन्दी", "समाचार")),
        ("/", ("/",)),
    ],
)
def test_a_path_is_its_parts(text: str, path: tuple[str, ...]) -> None:
    assert read_term_name(text).path == path


def test_a_path_may_begin_at_the_top() -> None:
    assert read_term_name("/Polity") == TermName("/Polity", ("Polity",), from_top=True)
    assert not read_term_name("//Polity").from_top, "a slash in the name"


def test_an_id_and_a_slug_are_not_paths() -> None:
    assert read_term_name("id:508") == TermName("id:508", id=508)
    assert read_term_name("slug: polity-2") == TermName("slug: polity-2", slug="polity-2")
    assert read_term_name("ideas: what next").path == ("ideas: what next",)


NAMES = st.text(st.sampled_from("ab /"), min_size=1, max_size=6).map(
    lambda text: " ".join(text.split()).strip("/ ") or "a"
)


@given(st.lists(NAMES, min_size=1, max_size=3), st.booleans())
def test_what_is_written_is_read(path: list[str], from_top: bool) -> None:
    read = read_term_name(write_path(path, from_top=from_top))
    assert (list(read.path), read.from_top) == (path, from_top)


def test_labels_are_the_last_parts() -> None:
    named = ["GS-II/Polity", "GS-III/Polity", "id:508", "slug:polity-2", "AC//DC", "News"]
    assert as_labels(named) == ("Polity", "AC/DC", "News")
