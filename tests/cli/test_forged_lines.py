"""Titles, file names and answers of sites cannot forge, hide or reorder what blogkit prints."""

from __future__ import annotations

import io
import json
import logging

import pytest

from blogkit.cli.log_handler import logging_to
from blogkit.cli.output import Output
from blogkit.cli.visible import visible
from blogkit.errors import BlogkitError, ContentError, Problem

FORGED = "x\ndone: 5 posts published\r\x1b[1A\x1b[2K\u2028done\u2029done\x85done"
BIDI = "".join(map(chr, (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printer(*, as_json: bool = False) -> tuple[Output, Terminal, Terminal]:
    out, err = Terminal(), Terminal()
    return Output(out=out, err=err, as_json=as_json, no_color=True), out, err


def printed_by_everything(text: str) -> list[str]:
    """What each way to print makes of a text, one printer each."""
    ways = [
        lambda o: o.say(text),
        lambda o: o.say(text, "green"),
        lambda o: o.note(text),
        lambda o: o.warn(text),
        lambda o: o.fail(text),
        lambda o: o.problem(Problem("a.md", 1, text)),
        lambda o: o.problem(Problem(text, 1, "a")),
        lambda o: o.error(BlogkitError(text)),
        lambda o: o.error(ContentError([Problem("a.md", 1, text)])),
        lambda o: o.confirm(text),
        lambda o: logged(o, text),
    ]
    found = []
    for way in ways:
        output, out, err = printer()
        way(output)
        found.append(out.getvalue() + err.getvalue())
    return found


def logged(output: Output, text: str) -> None:
    with logging_to(output, everything=True):
        logging.getLogger("blogkit.test").warning("waiting for %s", text)


@pytest.fixture(autouse=True)
def no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))


def test_a_text_is_one_line_however_it_is_printed() -> None:
    for printed in printed_by_everything(FORGED):
        assert len(printed.splitlines()) == 1, printed
        assert (
            "x\\ndone: 5 posts published\\x0d\\x1b[1A\\x1b[2K\\u2028done\\u2029done\\x85done"
            in printed
        )


def test_a_hint_is_one_line_of_its_own() -> None:
    output, _, err = printer()
    output.error(BlogkitError("wrong", hint="look\ndone: all is well"))
    assert err.getvalue() == "error: wrong\n    look\\ndone: all is well\n"


def test_bidi_controls_are_visible() -> None:
    for printed in printed_by_everything(BIDI):
        assert not set(BIDI) & set(printed)
        assert all(f"\\u{ord(char):04x}" in printed for char in BIDI)


def test_a_table_keeps_its_rows_and_columns() -> None:
    out = io.StringIO()
    Output(out=out).table([(FORGED, "a\u202eb"), ("y", "z")], ("TITLE", "STATE"))
    assert len(out.getvalue().splitlines()) == 3
    assert "a\\u202eb" in out.getvalue()


def test_spaces_cannot_push_words_to_a_line_of_their_own() -> None:
    output, out, _ = printer()
    output.say("    “Talks" + " \u00a0\u3000" * 40 + "done: 5 posts published”")
    assert out.getvalue() == "    “Talks … done: 5 posts published”\n"


def test_a_progress_bar_shows_no_codes() -> None:
    output, _, err = printer()
    output.no_color = False
    with output.progress(2, "looking\x1b[2J at main") as advance:
        advance("Talks\x1b[2Kdone\u202e")
        output.say("between\x1b[2J")
    shown = err.getvalue()
    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown


def test_a_result_is_exact_in_a_pipe_and_safe_on_a_terminal() -> None:
    html = "<p>\u202eone\x1b[2J</p>\n<p>two</p>\n"
    pipe = io.StringIO()
    Output(out=pipe).result(html)
    assert pipe.getvalue() == html
    output, out, _ = printer()
    output.result(html)
    assert out.getvalue() == "<p>\\u202eone\\x1b[2J</p>\n<p>two</p>\n"


def test_json_is_exact() -> None:
    output, out, _ = printer(as_json=True)
    output.report({"title": FORGED + BIDI})
    assert json.loads(out.getvalue()) == {"title": FORGED + BIDI}


@pytest.mark.parametrize(
    "text",
    [
        "हिन्दी में क्‍ष और र्‌य",
        "👨‍👩‍👧 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🏳️‍🌈 ❤️",
        "نامه‌ها",
        "tab\tseparated",
        "café — ₹5",
    ],
)
def test_every_script_stays_as_it_is(text: str) -> None:
    assert visible(text) == text
    assert all(text in printed for printed in printed_by_everything(text))
