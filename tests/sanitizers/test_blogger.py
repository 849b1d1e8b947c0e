from __future__ import annotations

from blogkit.sanitizers.blogger import as_sent, as_stored
from blogkit.sanitizers.compare import losses


def test_what_blogger_answers_is_what_was_sent() -> None:
    sent = '<p title="₹5">a — b é\xa0c</p><!--more--><p>🙂</p>'
    stored = as_stored(sent)
    assert stored.isascii()
    assert '<a name="more"></a>' in stored
    assert losses(sent, stored) == []
    assert as_sent(stored) == sent.replace("\xa0", "&#160;")


def test_blogger_breaks_lines_where_a_blog_says_so() -> None:
    assert as_stored("<p>a</p>\n<p>b</p>", line_breaks=True) == "<p>a</p><br />\n<p>b</p>"


def test_scripts_that_blogger_answers_are_left_alone() -> None:
    assert as_sent("<script>'&#8212;'</script>&#8212;") == "<script>'&#8212;'</script>—"
    assert as_sent("&#38;amp; &#60;b&#62; &#x20b9;") == "&#38;amp; &#60;b&#62; ₹"
