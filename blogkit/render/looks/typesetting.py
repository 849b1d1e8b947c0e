"""Fit a look's type to the script of a text.

Looks are drawn for Latin letters. Others lose by the same values: spaced letters tear the headline
of Devanagari and the joins of Arabic, a slant is foreign to both, capitals do not exist, and vowel
signs need room above and below (https://www.w3.org/TR/ilreq/, https://www.w3.org/TR/alreq/). No
font is named: phones choose one for the language, and a cheap one has no other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from blogkit.dataclass import dataclass
from blogkit.letters import count_letters, is_latin, usual_script

_NASTALIQ = frozenset({"ks", "pnb", "skr", "ur"})
_DROPPED = frozenset({"letter-spacing", "text-transform"})
_PLAIN_NUMBER = re.compile(r"\d*\.?\d+\Z")
_PIXELS = re.compile(r"\d+px")
_EMS = re.compile(r"(\d*\.?\d+)em\Z")
_SMALLEST = 0.85
"""In em. Smaller than that, vowel signs are specks on a phone."""
_COUNTERS = {
    "٠": "arabic-indic",
    "۰": "persian",
    "०": "devanagari",
    "০": "bengali",
    "૦": "gujarati",
    "௦": "tamil",
    "౦": "telugu",
}


@dataclass(frozen=True)
class Typesetting:
    """What a script needs.

    Attributes:
        line_height: The least line height; 0 for Latin, which keeps what the look has.
        root_line_height: The line height of a whole widget; 0 leaves it to the site.
        counters: The CSS name of the digits before list items.
    """

    line_height: float = 0
    root_line_height: float = 0
    counters: str = "decimal"

    def fitted(self, declarations: Mapping[str, str], *, is_root: bool = False) -> dict[str, str]:
        """Return declarations that suit the script.

        Args:
            declarations: Those of an element, by property.
            is_root: Whether it is a widget's outermost element.
        """
        fitted = {**declarations}
        if fitted.get("list-style-type") == "decimal":
            fitted["list-style-type"] = self.counters
        if not self.line_height:
            return fitted
        for name, value in declarations.items():
            if name in _DROPPED or (name, value) in {
                ("font-style", "italic"),
                ("font-variant", "small-caps"),
            }:
                del fitted[name]
            elif name == "line-height" and _PLAIN_NUMBER.match(value):
                fitted[name] = _number(max(float(value), self.line_height))
            elif name == "line-height" and (length := _PIXELS.search(value)):
                # ruled paper: a line has its height, and more where that is too low
                fitted[name] = f"max({length[0]},{_number(self.line_height)}em)"
            elif name == "font-size" and (size := _EMS.match(value)):
                fitted[name] = f"{_number(max(float(size[1]), _SMALLEST))}em"
        if is_root and self.root_line_height:
            fitted.setdefault("line-height", _number(self.root_line_height))
        return fitted


LATIN = Typesetting()


def typesetting_for(language: str, text: str, digits: str = "0") -> Typesetting:
    """Return what a widget's text needs: that of the script that needs most.

    Args:
        language: The widget's language.
        text: Its text, as written in the post.
        digits: Those of the language, from zero on.
    """
    scripts = {usual_script(language)}
    if not is_latin(text):
        scripts |= {script for script, count in count_letters(text).items() if count > 1}
    counters = _COUNTERS.get(digits[:1], "decimal")
    if "Arab" in scripts:
        base = language.replace("_", "-").partition("-")[0].lower()
        naskh = usual_script(language) == "Arab" and base not in _NASTALIQ
        return Typesetting(1.6, 0, counters) if naskh else Typesetting(1.9, 2, counters)
    if scripts - {"Latn", ""}:
        return Typesetting(1.5, 0, counters)
    return LATIN if counters == LATIN.counters else Typesetting(counters=counters)


def _number(value: float) -> str:
    return f"{value:g}".removeprefix("0") if value < 1 else f"{value:g}"
