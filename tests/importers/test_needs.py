"""What an import asks its author: the language of a text in another script than the blog's."""

from __future__ import annotations

from blogkit.importers.needs import asking_for_language
from blogkit.importers.text.convert import convert_text
from tests.cases import for_each


@for_each(
    ("text", "blog", "asked"),
    [
        ("# नर्मदा\n\nयह अमरकंटक से निकलती है।\n", "en-IN", ["language: hi (or mr, ne)"]),
        ("# नर्मदा\n\nयह अमरकंटक से निकलती है।\n", "mr-IN", []),
        ("# நதி\n\nஆறு கடலில் கலக்கிறது. ISRO\n", "en", ["language: ta"]),
        ("# الميناء\n\nيقع الميناء شمال المدينة.\n", "en", ["language: ur (or ar, fa)"]),
        ("# הנמל\n\nהנמל פתוח כל יום.\n", "he", []),
        ("---\ntitle: नदी\nlanguage: ne\n---\nयह एक नदी हो।\n", "en", []),
        ("# The word नदी\n\nA river is called नदी there, in every school.\n", "en", []),
        ("# 2026\n\n2026\n", "en", []),
    ],
)
def test_it_asks_for_the_language(text: str, blog: str, asked: list[str]) -> None:
    result = asking_for_language(convert_text(text, is_plain=False), blog)
    hints = [one.hint for one in result.needed if "language" in one.hint]
    assert hints == [f"write {hint}" for hint in asked]
