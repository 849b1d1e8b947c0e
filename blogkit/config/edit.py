"""Change one value in the text of `blogkit.toml`, and nothing else of it."""

from __future__ import annotations

import json
import re
import tomllib


def with_site_url(text: str, site: str, url: str) -> str | None:
    """Return the text with another address of a site; comments and order stay.

    Args:
        text: The file, which is valid.
        site: The site's name.
        url: The new address.

    Returns:
        None if the address does not have a line of its own in the site's table.
    """
    header = re.compile(rf"\s*\[\s*sites\s*\.\s*[\"']?{re.escape(site)}[\"']?\s*\]")
    lines, inside = text.splitlines(keepends=True), False
    for number, line in enumerate(lines):
        if line.lstrip().startswith("["):
            inside = header.match(line) is not None
        elif inside and re.match(r"\s*url\s*=", line):
            lines[number] = re.sub(
                r"=\s*(\"[^\"]*\"|'[^']*')", lambda _: f"= {json.dumps(url)}", line, count=1
            )
            break
    changed = "".join(lines)
    wanted = tomllib.loads(text)
    wanted["sites"][site]["url"] = url
    return changed if tomllib.loads(changed) == wanted else None
