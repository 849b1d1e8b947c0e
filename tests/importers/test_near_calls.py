"""What an import tells about a widget call that it cannot fix."""

from __future__ import annotations

from blogkit.importers.text.convert import convert_text

LIST = "# How It Was Built\n\n```timeline\n- 2020: The survey\n- 2021: The bridge\n```\n\nIt is open.\n"


def test_a_list_in_a_fence_with_a_widget_s_name_is_left_to_the_author() -> None:
    result = convert_text(LIST, is_plain=False)
    assert "```timeline\n- 2020" in result.text
    (entry,) = [one for one in result.entries if one.kind == "needed"]
    assert entry.line == 3
    assert entry.words.startswith('"```timeline" is a code block, not the timeline widget; write')
    assert entry.words.endswith("blogkit widget show timeline")
