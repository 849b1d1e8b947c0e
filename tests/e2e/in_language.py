"""Our examples in the words of another language, as a layout meets them.

They are not translated: each word becomes one of that language, always the same one, so that
lengths vary and names that refer to each other still do.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

from blogkit.posts.yaml12 import load_yaml
from blogkit.render.call_writer import flow

_WORDS = {
    "hi": "भारत नीति क्षेत्र विश्वविद्यालय में के अंतर्राष्ट्रीय प्रश्न है और श्रृंखला द्वारा कि स्वतंत्रता हिन्दी ऊर्जा पर्यावरण को",
    "ur": "بھارت پالیسی علاقہ یونیورسٹی میں کے بین الاقوامی سوال ہے اور سلسلہ ذریعے کہ آزادی اردو توانائی ماحولیات کو",
}
_CALL = re.compile(r"^(`{3,})\{([\w-]+)\}([^\n]*)\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)
_KEPT = re.compile(r"[a-z][\w-]*|-?[\d.,:-]+|[A-Z]|\S+://\S+|[\w/.-]+\.\w{2,4}|#\S+")
_WORD = re.compile(
    r"(\]\([^)\s]*\)|<[^>]+>|`[^`]*`|\{\{[^}]*\}\}|\[\^\w+\]|\w+://\S+)|[A-Za-z][a-z]+"
)


def in_language(markdown: str, language: str) -> str:
    """Markdown with widget calls, in the words of a language; in English it stays.

    Args:
        markdown: The text. Its calls are fences.
        language: "en", "hi" or "ur".
    """
    if language not in _WORDS:
        return markdown
    out, at = [], 0
    for call in _CALL.finditer(markdown):
        out.append(_said(markdown[at : call.start()], language))
        fence, name, title, content = call.groups()
        inner = _content(content, language)
        out.append(f"{fence}{{{name}}}{_said(title, language)}\n{inner}\n{fence}")
        at = call.end()
    return "".join([*out, _said(markdown[at:], language)])


def _content(content: str, language: str) -> str:
    if content.startswith("---\n"):
        fields, _, body = content[4:].partition("\n---\n")
        return f"---\n{_fields(fields, language)}\n---\n{in_language(body, language)}"
    lines = content.split("\n")
    first = next((n for n, line in enumerate(lines) if line.startswith("|")), None)
    if first is not None:
        table = "\n".join(_said(line, language) for line in lines[first:])
        return f"{_fields(chr(10).join(lines[:first]), language)}\n{table}".lstrip("\n")
    return _fields(content, language)


def _fields(yaml: str, language: str) -> str:
    value = load_yaml(yaml, path="example", line=1).value
    return flow(_value(value, language)) if value else yaml


def _value(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        return {name: _value(item, language) for name, item in value.items()}
    if isinstance(value, list):
        return [_value(item, language) for item in value]
    if isinstance(value, str) and "```" in value:
        return in_language(value, language)
    kept = not isinstance(value, str) or _KEPT.fullmatch(value)
    return value if kept else _said(value, language)


def _said(text: str, language: str) -> str:
    words = _WORDS[language].split()

    def said(found: re.Match[str]) -> str:
        return found[0] if found[1] else words[zlib.crc32(found[0].encode()) % len(words)]

    return _WORD.sub(said, text)
