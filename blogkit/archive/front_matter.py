"""Write front matter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def front_matter(fields: Mapping[str, object], comments: Mapping[str, object] = {}) -> str:
    """Return front matter, with its two lines `---`.

    Args:
        fields: Plain JSON, by key.
        comments: Lines that are not read, because they begin with "#".
    """
    lines = [f"{name}: {_yaml(value)}\n" for name, value in fields.items()]
    lines += [f"# {name}: {_yaml(value)}\n" for name, value in comments.items()]
    return f"---\n{''.join(lines)}---\n"


def _yaml(value: object) -> str:
    # A JSON string is also a YAML string in double quotes, except for a few characters.
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
