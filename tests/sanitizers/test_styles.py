"""What people must know about inline styles; the proof is in test_real_wordpress.py."""

from __future__ import annotations

import pytest

from blogkit.sanitizers import facts as ours
from blogkit.sanitizers.facts import Version
from blogkit.sanitizers.styles import judge_style
from tests.cases import for_each
from tests.sanitizers import facts

_UNPAIRED = "a quote or bracket is not closed before the next ;, or a bracket is in quotes"
_ODD = "it has a backslash, a tab or line break between words, or a space before the colon"
OLD, MIDDLE, NEW = (6, 1), (6, 8), (7, 1)


def kept(style: str, version: Version) -> str:
    return ";".join(each.text for each in judge_style(style, version) if not each.reason)


@for_each(
    ("style", "old", "new"),
    [
        ("color:red; display:flex", "color:red", "color:red;display:flex"),
        ("box-shadow:0 0 1px #0003", "", "box-shadow:0 0 1px #0003"),
        ("color:rgb(1,2,3)", "", ""),
        ("color:var(--c,rgb(1,2,3))", "color:var(--c,rgb(1,2,3))", "color:var(--c,rgb(1,2,3))"),
        ("width:calc((1em - 9%)*99)", "width:calc((1em - 9%)*99)", "width:calc((1em - 9%)*99)"),
        ("background:url(data:x)", "", ""),
        (
            "background:linear-gradient(red,rgb(1,2,3))",
            "background:linear-gradient(red,rgb(1,2,3))",
            "background:linear-gradient(red,rgb(1,2,3))",
        ),
        (
            "background:linear-gradient(red,var(--x))",
            "",
            "background:linear-gradient(red,var(--x))",
        ),
        (
            "background:linear-gradient(red) no-repeat",
            "",
            "background:linear-gradient(red) no-repeat",
        ),
        ("background:linear-gradient(rgb(var(--x)))", "", ""),
        ("grid-template-columns:repeat(2,1fr)", "", "grid-template-columns:repeat(2,1fr)"),
        ("filter:url(#a)", "", "filter:url(#a)"),
        ("COLOR:red", "", ""),
        ("--bk-fg:#111", "--bk-fg:#111", "--bk-fg:#111"),
        ("--é:1", "", ""),
        ("--x:url(javascript:x)", "", ""),
        ("background:var(--x,url(javascript:x))", "", ""),
        ("color:red)(", "", ""),
        (" color :  red ;", "color:red", "color:red"),
    ],
)
def test_styles_by_version(style: str, old: str, new: str) -> None:
    assert kept(style, OLD) == old
    assert kept(style, NEW) == new


def test_the_properties_are_those_that_running_sites_keep() -> None:
    since = {name: version for version, names in facts.SINCE.items() for name in names.split()}
    asked = (*since, *facts.NEVER.split())
    found = {name: ours.since("style=", name) for name in asked}
    oldest = min(ours.VERSIONS)
    assert found == {name: max(version, oldest) for name, version in since.items()} | dict.fromkeys(
        facts.NEVER.split()
    )


@for_each(
    ("declarations", "versions"),
    [
        (facts.KEPT, {OLD, MIDDLE, NEW}),
        (facts.KEPT_BY_6_8, {MIDDLE, NEW}),
        (facts.KEPT_BY_7_1, {NEW}),
        (facts.DROPPED, set()),
    ],
    ids=["always", "from 6.8", "from 7.1", "never"],
)
def test_declarations_fare_as_they_did_on_running_sites(
    declarations: tuple[str, ...], versions: set[Version]
) -> None:
    for version in (OLD, MIDDLE, NEW):
        for declaration in declarations:
            judged = judge_style(declaration, version)
            clean = not any(each.reason for each in judged)
            assert clean is (version in versions), (declaration, version)


@for_each(
    "value", ["url('')", 'url("")', "url( )", "url(0)", "url('0')", "url(javascript:x)", "url()"]
)
@for_each("prop", ["background", "--x"])
@for_each("version", [OLD, NEW])
def test_an_address_that_is_empty_or_not_allowed_takes_its_declaration_with_it(
    value: str, prop: str, version: Version
) -> None:
    assert kept(f"color:red;{prop}:{value}", version) == "color:red"


@for_each(
    ("style", "reason"),
    [
        ("COLOR:red", "WordPress reads property names in lower case only"),
        ("BOX-SIZING:border-box", "WordPress does not keep inline BOX-SIZING"),
        ("box-sizing:border-box", "WordPress does not keep inline box-sizing"),
        ("display:flex", "inline display is kept only from WordPress 7.0"),
        (
            "color:rgb(1,2,3)",
            "WordPress does not allow rgb() here; inside a var(--name, …) it is kept",
        ),
        (
            "color:(1)",
            "WordPress does not allow a bracket here; inside a var(--name, …) it is kept",
        ),
        ("--x:rgb(1)", "WordPress does not allow rgb() here"),
        ("color:red}", 'WordPress does not allow "}" in a style'),
        ("color:/* x */red", 'WordPress does not allow "/*" in a style'),
        ("background:url(data:x)", "its url() has an address that WordPress does not allow"),
        (
            "background:linear-gradient(hsl(1,2%,3%))",
            "WordPress does not allow the functions inside this gradient",
        ),
        ("color:red", ""),
    ],
)
def test_a_dropped_declaration_says_why(style: str, reason: str) -> None:
    (found,) = judge_style(style, MIDDLE)
    assert (found.reason, found.malformed) == (reason, False)


@for_each(
    ("style", "problem"),
    [
        ("color", "it is not name:value"),
        ("color:", "it is not name:value"),
        ("background:url('a;b')", _UNPAIRED),
        ("content:'('  ')'", _UNPAIRED),
        ("margin:0\nauto", _ODD),
        ("cursor :url(x)", _ODD),
        ("color:\x07red", _ODD),
        ("width:-calc(1px)", "the function -calc() is unusual"),
        ("--x:red url(a.png)", "an address is inside a function, or a part of a custom property"),
        (
            "filter:var(--x,url(0))",
            "an address is inside a function, or a part of a custom property",
        ),
        (
            "color:var(--x,url(javascript:x))",
            "an address is inside a function, or a part of a custom property",
        ),
    ],
)
def test_what_readers_divide_in_different_ways_is_reported_not_modelled(
    style: str, problem: str
) -> None:
    first = judge_style(style, MIDDLE)[0]
    assert first.malformed
    assert first.reason == f"WordPress may rewrite this declaration: {problem}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["a", "(", ")", "(a)", "((a)", "url(", "'", '"(', "\t", "a\t", " :", "rgb(a)"]
)
def test_a_long_style_is_read(piece: str) -> None:
    """There is nothing to measure: in quadratic time, this would take hours."""
    long = piece * (300_000 // len(piece))
    for value in (long, f"linear-gradient({long})"):
        assert len(judge_style(f"background:{value}", OLD)) == 1


def test_a_line_break_after_a_colon_or_a_semicolon_is_no_problem() -> None:
    assert kept("color:\n  red;\n\tmargin:0 auto\n", OLD) == "color:red;margin:0 auto"


NOT_HERE = "; inside a var(--name, …) it is kept"
WHOLE = "WordPress before 7.1 keeps a gradient only if it is the whole value"
ADDRESS = "its url() has an address that WordPress does not allow"
INSIDE = "WordPress does not allow the functions inside this gradient"
LOWER = "WordPress reads property names in lower case only"


@for_each(
    ("style", "old", "new"),
    [
        ("margin:0  auto", "", ""),
        ("margin:0 \tauto", "", ""),
        ("color:red:blue", "", ""),
        ("width:calc(1=2)", "", ""),
        ("width:minmax(1px)", "", ""),
        ("width:calc(0)", "", ""),
        ("width:calc((((((1px))))))", "", ""),
        ("width:foo(1px)", *[f"WordPress does not allow foo() here{NOT_HERE}"] * 2),
        ("cursor:url (x)", *[f"WordPress does not allow a bracket here{NOT_HERE}"] * 2),
        ("color:url(https://e.com)", *[f"WordPress does not allow url() here{NOT_HERE}"] * 2),
        ("--x:calc(1)", "", ""),
        ("--x:url(https://e.com)", "", ""),
        ("--x:(1)", *["WordPress does not allow a bracket here"] * 2),
        ("width:1&", *['WordPress does not allow "&" in a style'] * 2),
        ("width:calc(1px)&", *['WordPress does not allow "&" in a style'] * 2),
        ("width:& calc(1px)", *['WordPress does not allow "&" in a style'] * 2),
        ("background:linear-gradient(red) linear-gradient(blue)", WHOLE, ""),
        ("background:x linear-gradient(red)", WHOLE, ""),
        ("background:linear-gradient(red) x", WHOLE, ""),
        ("background:linear-gradient(rgba(1,2,3,4))", "", ""),
        (
            "background:linear-gradient(rgb(rgb(1)))",
            *[INSIDE] * 2,
        ),
        (
            "background:linear-gradient(calc(1))",
            INSIDE,
            "",
        ),
        ('background:url( "https://e.com/a.png" )', "", ""),
        ("background:url(0) x", ADDRESS, ADDRESS),
        ("BOX-SHADOW:1px", LOWER, LOWER),
        ("Display:flex", LOWER, LOWER),
        ("transform:rotate(1deg)", "inline transform is kept only from WordPress 7.1", ""),
    ],
)
def test_a_value_is_refused_for_its_first_fault(style: str, old: str, new: str) -> None:
    for version, reason in ((MIDDLE, old), (NEW, new)):
        (found,) = judge_style(style, version)
        assert (found.reason, found.malformed) == (reason, False)


@for_each(
    ("style", "text", "name", "problem"),
    [
        (
            "color:'a\"",
            "color:'a\"",
            "color",
            _UNPAIRED,
        ),
        (
            "width:(1px",
            "width:(1px",
            "width",
            _UNPAIRED,
        ),
        (
            "width: 1px)",
            "width:1px)",
            "width",
            _UNPAIRED,
        ),
        ("color:red\\", "color:red\\", "color", _ODD),
        ("color:re\\d", "color:re\\d", "color", _ODD),
        ("width:)1px(", "width:)1px(", "width", _UNPAIRED),
        ("width:calc(((((((1px)))))))", "width:calc(((((((1px)))))))", "width", _UNPAIRED),
        (
            "background:var(--x,url(javascript:x))",
            "background:var(--x,url(javascript:x))",
            "background",
            "an address is inside a function, or a part of a custom property",
        ),
        (
            "co\x01lor:red",
            "co\x01lor:red",
            "co\x01lor",
            _ODD,
        ),
        ("width :calc(1px)", "width:calc(1px)", "width", _ODD),
        ("width:xcalc(1px)", "width:xcalc(1px)", "width", "the function xcalc() is unusual"),
        (":x", ":x", "", "it is not name:value"),
    ],
)
def test_what_cannot_be_told_is_shown_as_it_is_written(
    style: str, text: str, name: str, problem: str
) -> None:
    (found,) = judge_style(style, NEW)
    reason = f"WordPress may rewrite this declaration: {problem}"
    assert found == (text, name, reason, True)


@for_each("style", ["", " ", ";", " ; \n;"])
def test_an_empty_style_declares_nothing(style: str) -> None:
    assert judge_style(style, NEW) == ()


def test_a_space_before_a_colon_is_none_where_no_bracket_follows() -> None:
    (found,) = judge_style("color : red", NEW)
    assert found == ("color:red", "color", "", False)
