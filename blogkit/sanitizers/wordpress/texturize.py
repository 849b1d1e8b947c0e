"""What WordPress makes of plain text when it shows a post: curly quotes, dashes, primes, ×, emoji
for smilies, "WordPress".

https://developer.wordpress.org/reference/functions/wptexturize/, for English sites (other languages
have quotes of their own). Held against the real filters by a fuzz test. Not modelled: shortcodes,
which run code of the site, and `:mrgreen:`, which becomes an image. Texts that must stay as typed
go through `encode.seal`.
"""

from __future__ import annotations

import re

from blogkit.sanitizers.wordpress.autop import wpautop
from blogkit.sanitizers.wordpress.kses_tables import Version

SHORTCODES = ("caption", "wp_caption", "gallery", "audio", "video", "playlist", "embed")
"""The calls that every WordPress knows."""

_AS_TYPED = frozenset({"pre", "code", "kbd", "style", "script", "tt"})
_BLANK = " \t\n\r\0\x0b"

# Ends of words, as WordPress sees them. Zero-width, spelled for a regular expression engine without
# variable look-behind.
_AFTER_SPACE = r"(?<=[\r\n\t \xa0])|(?<=&nbsp;)"
_BEFORE_SPACE = r"[\r\n\t \xa0]|&nbsp;"
_ENDS = rf"(?=\Z|[.,:;!?)}}\-\]]|&gt;|{_BEFORE_SPACE})"

_STATIC = (
    *(
        ("...", "&#8230;"),
        ("``", "&#8220;"),
        ("''", "&#8221;"),
        (" (tm)", " &#8482;"),
        ("'tain't", "&#8217;tain&#8217;t"),
    ),
    *(
        (f"'{word}", f"&#8217;{word}")
        for word in ("twere", "twas", "tis", "twill", "til", "bout", "nuff", "round", "cause", "em")
    ),
)
_OPEN, _OPEN_SINGLE, _APOSTROPHE, _FLAG = (
    "<!--oq-->",
    "<!--osq-->",
    "<!--apos-->",
    "<!--wp-prime-or-quote-->",
)


def _rules(*rules: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.ASCII), replacement) for pattern, replacement in rules)


_SINGLE = _rules(
    (rf"'(\d\d)'{_ENDS}", rf"{_APOSTROPHE}\1&#8217;"),
    (rf"'(\d\d)\"{_ENDS}", rf"{_APOSTROPHE}\1&#8221;"),
    (r"'(?=\d\d(?:\Z|(?![%\d]|[.,]\d)))", _APOSTROPHE),
    (rf"(?:\A|{_AFTER_SPACE})'(\d[.,\d]*)'", rf"{_OPEN_SINGLE}\1&#8217;"),
    (rf"(?:\A|(?<=[(\[{{\"\-])|(?<=&lt;)|{_AFTER_SPACE})'", _OPEN_SINGLE),
    (
        rf"(?<![\r\n\t \xa0])(?<!&nbsp;)'(?!\Z|[.,:;!?\"'(){{}}\[\]\-]|&[lg]t;|{_BEFORE_SPACE})",
        _APOSTROPHE,
    ),
)
_DOUBLE = _rules(
    (rf"(?:\A|{_AFTER_SPACE})\"(\d[.,\d]*)\"", rf"{_OPEN}\1&#8221;"),
    (rf"(?:\A|(?<=[(\[{{\-])|(?<=&lt;)|{_AFTER_SPACE})\"(?!{_BEFORE_SPACE})", _OPEN),
)
_DASHES = _rules(
    (r"---", "&#8212;"),
    (rf"(?:\A|{_AFTER_SPACE})--(?=\Z|{_BEFORE_SPACE})", "&#8212;"),
    (r"(?<!xn)--", "&#8211;"),
    (rf"(?:\A|{_AFTER_SPACE})-(?=\Z|{_BEFORE_SPACE})", "&#8211;"),
)
_TIMES = re.compile(r"\b(\d(?:(?<=0)[\d.,]+|(?<!0)[\d.,]*))x(\d[\d.,]*)\b", re.ASCII)
_BARE_AMPERSAND = re.compile(r"&(?!#(?:\d+|x[a-f0-9]+);|[a-z1-4]{1,8};)", re.IGNORECASE | re.ASCII)

_MARKUP = r"<(?:!(?=--).*?(?:-->|\Z)|[^>]*>?)"
_CALLS = re.compile(
    rf"\[[/\[]?(?:{'|'.join(SHORTCODES)})(?=[\s\]/])[^\[\]<>]*(?:<[^\[\]>]*>[^\[\]<>]*)*\]\]?",
    re.ASCII,
)
_DELIMITER = re.compile(rf"({_MARKUP}|{_CALLS.pattern})", re.ASCII | re.DOTALL)

_SMILIES = dict(
    zip(
        [
            ":neutral:",
            ":twisted:",
            ":arrow:",
            ":shock:",
            ":smile:",
            ":???:",
            ":cool:",
            ":evil:",
            ":grin:",
            ":idea:",
            ":oops:",
            ":razz:",
            ":roll:",
            ":wink:",
            ":cry:",
            ":eek:",
            ":lol:",
            ":mad:",
            ":sad:",
            "8-)",
            "8-O",
            ":-(",
            ":-)",
            ":-?",
            ":-D",
            ":-P",
            ":-o",
            ":-x",
            ":-|",
            ";-)",
            "8O",
            ":(",
            ":)",
            ":?",
            ":D",
            ":P",
            ":o",
            ":x",
            ":|",
            ";)",
            ":!:",
            ":?:",
        ],
        "😐😈➡😯🙂😕😎👿😀💡😳😛🙄😉😥😮😆😡🙁😎😯🙁🙂😕😀😛😮😡😐😉😯🙁🙂😕😀😛😮😡😐😉❗❓",
        strict=True,
    )
)
_SMILEY = re.compile(
    rf"(?:^|{_AFTER_SPACE})({'|'.join(re.escape(smiley) for smiley in sorted(_SMILIES, reverse=True))})(?=$|{_BEFORE_SPACE})",
    re.MULTILINE,
)
_NO_SMILIES = re.compile(r"<(code|pre|style|script|textarea)[^>]*>")


def rendered(html: str, *, blocks: bool, version: Version = (6, 1)) -> str:
    """Return stored HTML as readers get it. blocks: the post has block comments, so its lines
    make no paragraphs.
    """
    text = texturize(html)
    return smile(capital_p(text if blocks else wpautop(text, version)), version)


def capital_p(html: str) -> str:
    """The name of WordPress with its capital P."""
    return re.sub(r"( |&#8216;|&#8220;|>|\()Wordpress", r"\1WordPress", html)


def smile(html: str, version: Version = (6, 1)) -> str:
    """Replace separate smilies with emoji."""
    tags = r"(<[^>]*>)" if version >= (6, 8) else r"(<.*?>)"
    pieces: list[str] = []
    ignoring = ""
    for piece in re.split(tags, html):
        if not ignoring and (opening := _NO_SMILIES.match(piece)):
            ignoring = opening[1]
        shown = (
            piece
            if ignoring or piece.startswith("<")
            else _SMILEY.sub(lambda match: _SMILIES[match[1]], piece)
        )
        if piece == f"</{ignoring}>":
            ignoring = ""
        pieces.append(shown)
    return "".join(pieces)


def texturize(html: str) -> str:
    """Typographic characters, as references, in text outside code."""
    pieces: list[str] = []
    open_elements: list[str] = []
    for piece in _DELIMITER.split(html):
        if piece.startswith("<!--") or not piece.strip(_BLANK):
            pieces.append(piece)
        elif piece.startswith("<"):
            pieces.append(_BARE_AMPERSAND.sub("&#038;", piece))
            _nest(piece, open_elements)
        elif open_elements or _CALLS.fullmatch(piece):
            pieces.append(piece)
        else:
            pieces.append(_text(piece))
    return "".join(pieces)


def _nest(tag: str, open_elements: list[str]) -> None:
    closing = tag[1:2] == "/"
    if closing and not open_elements:
        return
    start = 2 if closing else 1
    end = tag.find(" ")
    name = tag[start:end] if end >= 0 else tag[start:-1]
    if name in _AS_TYPED:
        if not closing:
            open_elements.append(name)
        elif open_elements[-1] == name:
            open_elements.pop()


def _text(text: str) -> str:
    for typed, shown in _STATIC:
        text = text.replace(typed, shown)
    if "'" in text:
        text = _apply(_SINGLE, text)
        text = _primes(text, "'", "&#8242;", _OPEN_SINGLE, "&#8217;")
        text = text.replace(_APOSTROPHE, "&#8217;").replace(_OPEN_SINGLE, "&#8216;")
    if '"' in text:
        text = _apply(_DOUBLE, text)
        text = _primes(text, '"', "&#8243;", _OPEN, "&#8221;").replace(_OPEN, "&#8220;")
    if "-" in text:
        text = _apply(_DASHES, text)
    text = _TIMES.sub(r"\1&#215;\2", text)
    return _BARE_AMPERSAND.sub("&#038;", text)


def _apply(rules: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def _primes(text: str, quote: str, prime: str, opening: str, closing: str) -> str:
    """Distinguish feet and inches from closing quotes, sentence by sentence."""
    sentences = text.split(opening)
    return opening.join(
        _sentence(sentence, quote, prime, closing, first=not index)
        for index, sentence in enumerate(sentences)
    )


def _sentence(sentence: str, quote: str, prime: str, closing: str, *, first: bool) -> str:
    if quote not in sentence:
        return sentence
    after_digit = re.compile(rf"(?<=\d){quote}", re.ASCII)
    candidates = re.compile(rf"{quote}{_ENDS}", re.ASCII)
    if first or closing in sentence:
        sentence = candidates.sub(closing, after_digit.sub(prime, sentence))
    else:
        sentence, count = candidates.subn(_FLAG, sentence)
        if count > 1:
            sentence = _choose(sentence, closing)
            sentence = after_digit.sub(prime, sentence)
            sentence = re.sub(rf"(?<=\d){_FLAG}", prime, sentence, flags=re.ASCII)
        else:
            sentence = after_digit.sub(prime, sentence.replace(_FLAG, closing))
        sentence = sentence.replace(_FLAG, closing)
    return sentence.replace(quote, closing) if quote == '"' else sentence


def _choose(sentence: str, closing: str) -> str:
    """Choose which of several quotes closes a sentence."""
    chosen, count = re.subn(rf"(?<!\d){_FLAG}", closing, sentence, flags=re.ASCII)
    if count:
        return chosen
    place = sentence.rfind(f"{_FLAG}.")
    place = place if place >= 0 else sentence.rfind(_FLAG)
    return sentence[:place] + closing + sentence[place + len(_FLAG) :]
