r"""Formulas in `\(…\)`, `\[…\]` and `$$…$$` reach the page as they are written."""

from __future__ import annotations

from blogkit.posts.markdown import inline, parse_markdown
from blogkit.posts.post import WidgetCall
from tests.cases import for_each

Body = list[str]


def html(body: str) -> Body:
    blocks = parse_markdown(body, line=1, path="post.md")
    assert not any(isinstance(part, WidgetCall) for block in blocks for part in block.parts)
    return ["".join(str(part) for part in block.parts) for block in blocks]


@for_each(
    ("body", "shown"),
    [
        (r"If \(x^2 = 4\), *then* \(x_1\).", r"<p>If \(x^2 = 4\), <em>then</em> \(x_1\).</p>"),
        (r"\(a*b*c\)0", r"<p>\(a*b*c\)0</p>"),
        (r"\(a < b\)", r"<p>\(a &lt; b\)</p>"),
        ("\\[\nE = mc^2 - a_b*c*d\n\\]", r"<p>\[ E = mc^2 - a_b*c*d \]</p>"),
        ("$$\n- a + b\n$$\n", "<p>$$ - a + b $$</p>"),
        (r"$$\frac{1}{2}$$ and $$x_1$$", r"<p>$$\frac{1}{2}$$ and $$x_1$$</p>"),
        (r"**\(x\)**", r"<p><strong>\(x\)</strong></p>"),
        ("हिन्दी में \\(x_1\\) और \\(y_1\\)", "<p>हिन्दी में \\(x_1\\) और \\(y_1\\)</p>"),
        (r"- \(a|b\)", r"<ul><li>\(a|b\)</li></ul>"),
        (r"![A \(x_1\) curve](a.png)", r'<p><img src="a.png" alt="A \(x_1\) curve" /></p>'),
        (r"## Why \(x^2\)?", r'<h2 id="why-x-2">Why \(x^2\)?</h2>'),
        (r"\[F = ma\]", r"<p>\[F = ma\]</p>"),
        (r"\[\int_0^1\]", r"<p>\[\int_0^1\]</p>"),
        (r"\[a \[x = 1\]", r"<p>[a \[x = 1\]</p>"),
    ],
)
def test_a_formula_stays_as_it_is(body: str, shown: str) -> None:
    assert html(body) == [shown]


@for_each(
    ("body", "shown"),
    [
        (r"\[see the note\] and \[1\]", "<p>[see the note] and [1]</p>"),
        (r"\[Answer: x = 2\]", "<p>[Answer: x = 2]</p>"),
        (r"\\\[E=mc^2\\\]", r"<p>\[E=mc^2\]</p>"),
        (r"1\) one \(", "<p>1) one (</p>"),
        (r"\(\)", "<p>()</p>"),
        ("costs $$ and $$ more", "<p>costs $$ and $$ more</p>"),
        ("$5 and *$6*", "<p>$5 and <em>$6</em></p>"),
        (r"`\(x_1\)`", r"<p><code>\(x_1\)</code></p>"),
        ("```\n\\(x_1\\)\n```", "<pre><code>\\(x_1\\)\n</code></pre>"),
        (
            r"[Mercury](https://x.example/Mercury_\(planet\))",
            '<p><a href="https://x.example/Mercury_(planet)">Mercury</a></p>',
        ),
        ("\\(a\n\n*b*\\)", None),
    ],
)
def test_what_is_no_formula_is_markdown(body: str, shown: str | None) -> None:
    assert html(body) == ([shown] if shown else ["<p>(a</p>", "<p><em>b</em>)</p>"])


def test_a_formula_in_a_table_does_not_end_its_cell() -> None:
    (table,) = html("| a | b |\n|---|---|\n| \\(x|y\\) | c |\n")
    assert r"<td>\(x|y\)</td> <td>c</td>" in table


@for_each(
    ("line", "shown"),
    [
        (r"Find \(x_1\) *now*", r"Find \(x_1\) <em>now</em>"),
        (r"$$a_1 < b$$", "$$a_1 &lt; b$$"),
        (r"\[note\]", "[note]"),
    ],
)
def test_formulas_in_the_fields_of_widgets(line: str, shown: str) -> None:
    assert inline(line) == shown


def test_lines_are_counted_past_formulas() -> None:
    blocks = parse_markdown(
        "one\n\n\\[\nx^2\n\\]\n\n> two\n\nतीन \\(x\\)\n\nfour\n", line=5, path="p"
    )
    assert [block.line for block in blocks] == [5, 7, 11, 13, 15]


@for_each("text", ["\U00100000 and \\(x_1\\)", "\U0010fffd\\(x\\)"])
def test_a_text_with_our_own_signs_in_it_is_read_without_formulas(text: str) -> None:
    assert html(text) == [f"<p>{text.replace(chr(92), '')}</p>"]
