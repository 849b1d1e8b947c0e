"""Compare sent HTML with stored HTML as a browser reads them, and describe what changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from blogkit.html import Element, Token, Tree, comment_text, decode, is_stray
from blogkit.html.elements import PREFORMATTED, RCDATA, SEPARATORS
from blogkit.sanitizers.alignment import align

_SHOWN = 60
_PLACES = 3
_WHITE = re.compile(r"[ \t\r\n\f]+")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass
class _Page:
    """A document as three parallel readings: elements with their attributes, comments, and the
    whole as canonical tokens.
    """

    tokens: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def losses(meant: str, stored: str) -> list[str]:
    """Return what a site changed, as sentences with counts; [] if both are the same document.

    Spelling does not count: entities, quotes, order of attributes, white space between blocks,
    `<br/>`, `rel="noopener"`, a trailing `;` in a style, JSON escapes in block comments, and
    Blogger's `<a name="more"></a>` for `<!--more-->`.
    """
    ours, theirs = _read(meant), _read(stored)
    if ours.tokens == theirs.tokens:
        return []
    sentences = [
        *_elements(ours, theirs),
        *_attributes(ours, theirs),
        *_comments(ours, theirs),
        *_text(ours, theirs),
    ]
    return sentences or [_elsewhere(ours, theirs)]


def _read(html: str) -> _Page:
    page = _Page()
    depth = 0  # of elements in which white space is kept
    waiting: list[Element | Token | str] = [*reversed(Tree(html, scripting=False).root.items)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Element):
            if _is_more(item):
                _comment("more", page)
                continue
            depth += item.name in PREFORMATTED
            waiting += [item.name, *reversed(item.items)]
            _open(item, page)
        elif isinstance(item, Token):
            _leaf(html, item, page, preformatted=depth > 0)
        else:  # the end of an element
            depth -= item in PREFORMATTED
            page.tokens.append(f"</{item}>")
            page.text += [" "] if item in SEPARATORS else []
    page.tokens = _settle(page.tokens)
    return page


def _open(element: Element, page: _Page) -> None:
    attributes = {
        name: _value(name, value)
        for name, value in element.attributes.items()
        if not is_stray(name)
    }
    if not attributes.get("rel", "x"):
        del attributes["rel"]
    page.elements.append((element.name, attributes))
    page.text += [" "] if element.name in SEPARATORS else []
    page.tokens.append(f"<{element.name} {sorted(attributes.items())}>")


def _leaf(html: str, token: Token, page: _Page, *, preformatted: bool) -> None:
    source = html[token.start : token.end]
    if source.startswith("<!--") and token.kind in {"comment", "cut"}:
        _comment(comment_text(html, token), page)
    elif token.kind == "comment":
        page.tokens.append(f"<!{comment_text(html, token)}>")
    elif token.kind != "cut" or token.name:  # nobody sees an unfinished tag
        text = decode(source) if token.kind == "text" or token.name in RCDATA else source
        page.text.append(text)
        page.tokens.append("=" + text if preformatted else "~" + _WHITE.sub(" ", text))


def _comment(text: str, page: _Page) -> None:
    text = text.strip()
    if text.startswith("wp:"):
        text = _JSON_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    page.comments.append(text)
    page.tokens.append(f"<!--{text}-->")


def _is_more(element: Element) -> bool:
    return element.name == "a" and element.attributes == {"name": "more"} and not element.items


def _value(name: str, value: str) -> str:
    if name in {"rel", "class"}:
        return " ".join(
            word
            for word in value.split()
            if not (name == "rel" and word in {"noopener", "noreferrer"})
        )
    if name == "style":
        return ";".join(
            f"{prop}:{setting}" if setting else prop for prop, setting in _declarations(value)
        )
    return value


def _declarations(style: str) -> list[tuple[str, str]]:
    pairs = [declaration.partition(":") for declaration in style.split(";") if declaration.strip()]
    return [(prop.strip(), setting.strip()) for prop, _, setting in pairs]


def _settle(tokens: list[str]) -> list[str]:
    """Join neighbouring text and drop whitespace that browsers drop, next to block edges and
    around comments.
    """
    joined: list[str] = []
    for token in tokens:
        if joined and token[0] in "~=" and joined[-1][0] == token[0]:
            joined[-1] += token[1:]
        else:
            joined.append(token)
    settled: list[str] = []
    for position, token in enumerate(joined):
        if token[0] != "~":
            settled.append(token)
        elif text := _trim(token[1:], joined, position):
            settled.append("~" + text)
    return settled


def _trim(text: str, tokens: list[str], position: int) -> str:
    text = _WHITE.sub(" ", text)
    if position == 0 or _is_edge(tokens[position - 1]):
        text = text.lstrip(" ")
    if position + 1 == len(tokens) or _is_edge(tokens[position + 1]):
        text = text.rstrip(" ")
    return text


def _is_edge(token: str) -> bool:
    if token.startswith("<!"):
        return True
    name = re.match(r"</?([^\s>]+)", token)
    return name is not None and name[1] in SEPARATORS


def _listed(counts: Counter[str], form: str) -> str:
    return ", ".join(f"{form.format(name)} ({count})" for name, count in sorted(counts.items()))


def _elements(ours: _Page, theirs: _Page) -> Iterator[str]:
    had, has = (
        Counter(name for name, _ in ours.elements),
        Counter(name for name, _ in theirs.elements),
    )
    if gone := had - has:
        yield f"the site removed: {_listed(gone, '{}')}"
    if new := has - had:
        yield f"the site added {_listed(new, '<{}>')}"


def _attributes(ours: _Page, theirs: _Page) -> Iterator[str]:
    found: Counter[str] = Counter()
    names = [name for name, _ in ours.elements], [name for name, _ in theirs.elements]
    for tag, start, end, other, _ in align(*names):
        for step in range(end - start if tag == "equal" else 0):
            name, wanted = ours.elements[start + step]
            found.update(_attribute_changes(name, wanted, theirs.elements[other + step][1]))
    for sentence, count in found.items():
        yield f"{sentence} ({count})" if count > 1 else sentence


def _attribute_changes(element: str, wanted: dict[str, str], got: dict[str, str]) -> Iterator[str]:
    for name, value in wanted.items():
        if name not in got:
            yield f"the site removed the attribute {name} of <{element}>"
        elif got[name] != value and name == "style":
            yield from _style_changes(element, value, got[name])
        elif got[name] != value:
            yield (
                f'the site changed the attribute {name} of <{element}>: "{_short(value)}" →'
                f' "{_short(got[name])}"'
            )
    for name in got.keys() - wanted.keys():
        yield f"the site added the attribute {name} to <{element}>"


def _style_changes(element: str, wanted: str, got: str) -> Iterator[str]:
    before, after = _declarations(wanted), _declarations(got)
    kept = dict(after)
    changes = 0
    for prop, value in before:
        if prop not in kept:
            changes += 1
            yield f"the site removed the style property {prop} of <{element}>"
        elif (prop, value) not in after:
            changes += 1
            yield (
                f'the site changed the style property {prop} of <{element}>: "{_short(value)}" →'
                f' "{_short(kept[prop])}"'
            )
    if not changes:
        yield f'the site changed the style of <{element}>: "{_short(wanted)}" → "{_short(got)}"'


def _comments(ours: _Page, theirs: _Page) -> Iterator[str]:
    had, has = Counter(ours.comments), Counter(theirs.comments)
    for text, count in (had - has).items():
        yield f"the site removed or changed the comment <!-- {_short(text)} -->" + (
            f" ({count})" if count > 1 else ""
        )
    for text, count in (has - had).items():
        yield f"the site added the comment <!-- {_short(text)} -->" + (
            f" ({count})" if count > 1 else ""
        )


def _text(ours: _Page, theirs: _Page) -> Iterator[str]:
    before, after = "".join(ours.text).split(), "".join(theirs.text).split()
    if "".join(before) == "".join(after):
        return
    changes = [code for code in align(before, after) if code[0] != "equal"]
    for _, start, end, new_start, new_end in changes[:_PLACES]:
        was, now = _short(" ".join(before[start:end])), _short(" ".join(after[new_start:new_end]))
        if not was:
            yield f'the site shows more text: "{now}"'
        elif not now:
            yield f'the site removed the text: "{was}"'
        else:
            yield f'the site changed the text: "{was}" → "{now}"'
    if len(changes) > _PLACES:
        yield f"the site changed the text in {len(changes) - _PLACES} more places"


def _elsewhere(ours: _Page, theirs: _Page) -> str:
    for mine, other in zip([*ours.tokens, ""], [*theirs.tokens, ""], strict=False):
        if mine != other:
            return (
                f'the site changed the structure or the whitespace: "{_short(mine.lstrip("~="))}" →'
                f' "{_short(other.lstrip("~="))}"'
            )
    return "the site changed the structure at the end"


def _short(text: str) -> str:
    text = _WHITE.sub(" ", text).strip()
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
