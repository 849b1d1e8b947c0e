"""Read the tables of a TOML file, and report every problem in them with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from blogkit.config.settings import CONFIG
from blogkit.errors import Problem, nearest


class TableReader:
    """Collects every problem of the file instead of stopping at the first.

    Args:
        text: The source of the file, for the lines of problems.

    Attributes:
        lines: The lines of the source.
        problems: What was found so far. The settings count only if there are none.
    """

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.problems: list[Problem] = []

    def table(self, where: str, raw: Any, keys: Mapping[str, type]) -> dict[str, Any]:
        """Return the settings of a table that have the right type.

        Args:
            where: The table, as "blog".
            raw: The table, not checked yet.
            keys: The settings that it may have, each with its type. A whole number is a float, too.
        """
        table = self.mapping(where, raw)
        self.unknown(where, table, keys)
        good = {}
        for key, value in table.items():
            kind = keys.get(key)
            # `true` is an int in Python
            if kind is float and isinstance(value, int) and not isinstance(value, bool):
                value = float(value)
            if kind and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
                name = {
                    str: "text in quotes",
                    bool: "true or false",
                    list: "a list in brackets",
                    float: "a number",
                    int: "a whole number",
                }[kind]
                self.problem(where, key, f"{key} must be {name}")
            elif kind:
                good[key] = value
        return good

    def mapping(self, where: str, raw: Any) -> dict[str, Any]:
        """Return a table, or an empty one, and a problem, if it is something else.

        Args:
            where: The table, as "blog".
            raw: What the file has there.
        """
        if isinstance(raw, dict):
            return raw
        self.problem(where, "", f"[{where}] must be a table")
        return {}

    def unknown(self, where: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
        """Report unknown settings, each with the nearest name.

        Args:
            where: The table, as "blog"; "" for the whole file.
            table: The settings of the file.
            known: The names that it may have.
        """
        known = list(known)
        for key in table:
            if key not in known:
                self.problem(
                    where,
                    key,
                    f'unknown setting "{key}";'
                    f" {nearest(key, known) or 'known: ' + ', '.join(known)}",
                )

    def problem(self, where: str, key: str, message: str) -> None:
        """Add a problem.

        Args:
            where: The table, as "blog"; "" for the whole file.
            key: The setting; "" for the table itself.
            message: What is wrong, and what to write.
        """
        self.problems.append(Problem(CONFIG, self.line(where, key), message, code="config"))

    def line(self, where: str, key: str) -> int:
        """Return the line of a key, or of its table; 0 if it is not in the file.

        `tomllib` gives no lines (https://docs.python.org/3/library/tomllib.html), so look for the
        text.

        Args:
            where: The table, as "blog".
            key: The setting; "" for the table itself.
        """
        table, found = "", 0
        for number, text in enumerate(self.lines, 1):
            if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", text):
                table = header[1].replace('"', "").replace("'", "")
                if where in (table, "") and (not key or (not where and table.split(".")[0] == key)):
                    return number
                found = number if table == where else found
            elif table == where and key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", text):
                return number
        return found
