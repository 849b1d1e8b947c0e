"""Short variables for long colours: the widget's root declares each once if that saves bytes.

A colour such as `var(--bk-ink,color-mix(in srgb,#5a66e0 55%,currentcolor))` occurs many times in a
widget. While a template is rendered, a sign takes its place; afterwards it is known how often.
"""

from __future__ import annotations

from blogkit.render.looks.tokens import Tokens

_SHORT = {
    "accent": "f",
    "badge": "b",
    "ink": "i",
    "line": "l",
    "muted": "m",
    "on-accent": "o",
    "tint": "t",
}
"""The tokens that may be declared at the root, and their short names."""

_OPEN, _CLOSE, _ROOT = "\ufdd0", "\ufdd1", "\ufdd2"
"""Code points that no text has: Unicode keeps them for a program's own use
(https://www.unicode.org/faq/private_use.html#nonchar1)."""
_BY_SIGN = {
    f"{_OPEN}{_SHORT[token]}{_CLOSE}": token for token in sorted(_SHORT, key=_SHORT.__getitem__)
}
"""In the order in which they are declared."""
_EMPTY_STYLE = f' style="{_ROOT}"'


def token_sign(name: str, tokens: Tokens) -> str:
    """Return what takes the place of a token until the widget is rendered.

    Args:
        name: The token's, as style sheets have it.
        tokens: Their values.
    """
    if name not in _SHORT:
        return tokens.value(name)
    # Without a colour of its own, a badge has the accent's: one variable is enough for both.
    short = _SHORT["accent" if name == "badge" and not tokens.badge else name]
    return f"{_OPEN}{short}{_CLOSE}"


def root_style(css: str) -> str:
    """Return the style of a widget's root, with a sign where variables are declared."""
    return _ROOT + css


def with_root_variables(html: str, tokens: Tokens) -> str:
    """Return a rendered widget with colours in the place of the signs.

    Args:
        html: What its template made.
        tokens: Their values.
    """
    roots = html.count(_ROOT)
    declarations = ""
    for sign, token in _BY_SIGN.items():
        if not (used := html.count(sign)):
            continue
        value, short = tokens.value(token), _SHORT[token]
        there = f"--{short}:{value};"
        if roots and roots * len(there) + used * len(f"var(--{short})") < used * len(value):
            declarations += there
            value = f"var(--{short})"
        html = html.replace(sign, value)
    if not declarations:
        html = html.replace(_EMPTY_STYLE, "")
    # The last declaration of a style has no semicolon.
    html = html.replace(f'{_ROOT}"', f'{declarations.removesuffix(";")}"')
    return html.replace(_ROOT, declarations)
