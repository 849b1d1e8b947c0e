"""Each rule sees what it is there for, and lets good output pass."""

from __future__ import annotations

from blogkit.render.document import Document
from blogkit.widget_tools import rules
from tests.cases import for_each

GOOD = (
    '<div class="bk-box" style="margin:24px 0"><p><strong>A title</strong></p> <ul><li>one</li>'
    ' <li>two <em>words</em></li></ul> <p><span aria-hidden="true">📍</span> <a'
    ' href="https://example.com/">There</a></p></div>'
)
BAD = [
    (rules.runs_nothing, "<p><script>x()</script></p>"),
    (rules.runs_nothing, '<p onclick="x()">a</p>'),
    (rules.runs_nothing, '<p><a href="java\tscript:x()">a</a></p>'),
    (rules.runs_nothing, '<p><img src="data:image/svg+xml,x" alt=""></p>'),
    (rules.no_filter_changes_it, "<p>a\nb</p>"),
    (rules.no_filter_changes_it, "<p>a\tb</p>"),
    (rules.no_filter_changes_it, "<div><p>a</p><p>b</p></div>"),
    (rules.no_filter_changes_it, "<div><p>a</p> b</div>"),
    (rules.no_filter_changes_it, "<div><p>a </p></div>"),
    (rules.no_filter_changes_it, "<div> <p>a</p></div>"),
    (rules.no_filter_changes_it, "<div>a</div>"),
    (rules.no_filter_changes_it, "a"),
    (rules.no_filter_changes_it, "<div>a <p>b</p></div>"),
    (rules.no_filter_changes_it, "<div>a\n\nb</div>"),
    (rules.styles_survive, '<p style="display:grid">a</p>'),
    (rules.styles_survive, '<p style="color:rgb(1,2,3)">a</p>'),
    (rules.styles_survive, '<p style="margin: 0; padding: 0">a</p>'),
    (rules.styles_survive, '<p style="background:#FFF">a</p>'),
    (rules.text_can_be_read, '<p style="color:#333333">a</p>'),
    (rules.text_can_be_read, '<p style="color:silver">a</p>'),
    (rules.text_can_be_read, '<p style="background:url(a.png)">a</p>'),
    (
        rules.text_can_be_read,
        '<p style="background:var(--bk-accent,#cccccc);color:#ffffff!important">a</p>',
    ),
    (rules.classes_live, '<p class="box">a</p>'),
    (rules.classes_live, '<p class="bk-sidebar-box">a</p>'),
    (rules.classes_live, '<p class="bk-ad">a</p>'),
    (rules.icons_are_decoration, "<p><span>📍</span> a</p>"),
    (rules.icons_are_decoration, '<p><span aria-hidden="true">📍</span></p>'),
    (rules.ids_are_made, '<p id="mine">a</p>'),
    (rules.wordpress_keeps_it, "<p><svg></svg>a</p>"),
    (rules.wordpress_keeps_it, "<p>it's</p>"),
    (rules.no_words_are_glued, "<ul><li>one</li><li>two</li></ul>"),
    (rules.ids_are_met, '<p id="a">a</p><p id="a">b</p>'),
    (rules.ids_are_met, '<p><a href="#b">a</a></p>'),
    (rules.ids_are_met, '<p aria-describedby="b">a</p>'),
]


@for_each(("rule", "html"), BAD, ids=[f"{rule.__name__}-{n}" for n, (rule, _) in enumerate(BAD)])
def test_a_rule_sees_what_breaks_it(rule: rules.Rule, html: str) -> None:
    assert list(rule(html))


@for_each(
    "rule",
    [*rules.EVERYWHERE, rules.wordpress_keeps_it, rules.no_words_are_glued, rules.ids_are_met],
)
def test_good_output_passes(rule: rules.Rule) -> None:
    assert list(rule(GOOD)) == []


@for_each("name", ["bk-roadmap", "bk-reading", "bk-badge", "bk-shadow", "language-python"])
def test_names_that_only_look_like_one_that_is_cut(name: str) -> None:
    assert list(rules.classes_live(f'<p class="{name}">a</p>')) == []


def test_every_rule_has_something_that_breaks_it() -> None:
    assert {rule for rule, _ in BAD} == {
        *rules.EVERYWHERE,
        rules.wordpress_keeps_it,
        rules.no_words_are_glued,
        rules.ids_are_met,
    }


def test_directions() -> None:
    left, right = (
        '<p style="border-left:1px solid">a</p>',
        '<p dir="rtl" style="border-right:1px solid">a</p>',
    )
    assert list(rules.sides_follow_the_writing(left, right)) == []
    assert len(list(rules.sides_follow_the_writing(right, left))) == 3


def test_profiles_say_the_same() -> None:
    one, other = (
        '<details class="a"><summary>Q</summary> <p>A</p></details>',
        '<p>Q</p> <p style="margin:0">A</p>',
    )
    assert list(rules.profiles_agree({"one": one, "other": other})) == []
    assert list(rules.profiles_agree({"one": one, "other": "<p>Q</p>"})) == [
        "other and one differ in words or structure"
    ]


def test_sheets() -> None:
    assert list(rules.sheet_is_safe(Document("k", (), sheet=".bk-a{margin:0}"), wanted=True)) == []
    assert list(rules.sheet_is_safe(Document("k", (), sheet=".bk-a{margin:0}"), wanted=False))
    assert list(
        rules.sheet_is_safe(
            Document("k", (), sheet='.bk-a::after{content:"→</style>"}'), wanted=True
        )
    )


def test_broken_rules_have_a_name() -> None:
    assert [code for code, _ in rules.broken(rules.EVERYWHERE, '<p onclick="x()">a</p>')] == [
        "runs-nothing"
    ]
