"""Labels are read from lists with commas and from hashtags."""

from __future__ import annotations

from blogkit.importers.html.convert import convert
from blogkit.importers.text.convert import convert_text
from tests.cases import for_each
from tests.importers.reading import missing

TEXT = "The rain came early, and the farmers of the valley were glad of it.\n"
WRITTEN = {
    "#rain #kerala": ("rain", "kerala"),
    "#rain, #kerala": ("rain", "kerala"),
    "#rain #kerala, wind": ("rain", "kerala", "wind"),
    "#rain#kerala": ("rain", "kerala"),
    "#rain in june #kerala": ("rain in june", "kerala"),
    "#बारिश #केरल": ("बारिश", "केरल"),
    "#rain #rain": ("rain",),
    "rain, kerala": ("rain", "kerala"),
    "C#, music in F#": ("C#", "music in F#"),
    "Issue #12, kerala": ("Issue #12", "kerala"),
}
FRONT = {
    "#rain #kerala": ("rain", "kerala"),
    "#rain, #kerala": ("rain", "kerala"),
    "rain, #kerala": ("rain", "kerala"),
    '"#rain #kerala"': ("rain", "kerala"),
    '["#rain #kerala", wind]': ("rain", "kerala", "wind"),
    '["Kochi, Kerala"]': ("Kochi, Kerala",),
    "rain, kerala # both of them": ("rain", "kerala"),
    "\n- rain\n- '#kerala'": ("rain", "kerala"),
    "": (),
    "null": (),
}


@for_each("written", WRITTEN)
def test_labels_of_a_line(written: str) -> None:
    for label in ("Tags:", "Labels:", "**Tags:**"):
        line = f"{label} {written}"
        done = convert_text(f"# Rain\n\n{TEXT}\n{line}\n", is_plain=False)
        assert done.labels == WRITTEN[written]
    page = convert(f"<h1>Rain</h1><p>{TEXT}</p><p>Category: {written}</p>")
    assert page.labels == WRITTEN[written]
    assert missing(page) == []


@for_each("written", FRONT)
def test_labels_of_front_matter(written: str) -> None:
    done = convert_text(f"---\ntitle: Rain\nlabels: {written}\n---\n\n{TEXT}", is_plain=False)
    assert done.labels == FRONT[written]
    assert "None" not in done.text
