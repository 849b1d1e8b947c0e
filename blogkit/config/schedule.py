"""Read `[schedule]` and `[sites.NAME.schedule]`: when queued posts go live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from blogkit.slots.rules import Blackout, SlotRules, parse_blackout, parse_duration
from blogkit.slots.slot import BadSlot, Slot, parse_slot

if TYPE_CHECKING:
    from blogkit.config.tables import TableReader

_SCHEDULE: dict[str, type] = {
    "slots": list,
    "spacing": str,
    "per_day": int,
    "blackout": list,
    "hold": bool,
    "ahead": str,
}
_MOST_SLOTS = 200
_T = TypeVar("_T")


def read_schedules(reader: TableReader, data: Mapping[str, Any]) -> dict[str, SlotRules]:
    """Return the rules of each site. What a site's own table names overrides `[schedule]`.

    Args:
        reader: Collects the problems.
        data: The whole file, as `tomllib` reads it.
    """
    common = _rules(reader, "schedule", data.get("schedule", {}))
    sites = data.get("sites")
    found = {}
    for name, site in sites.items() if isinstance(sites, dict) else ():
        own = site.get("schedule", {}) if isinstance(site, dict) else {}
        found[name] = SlotRules(**common | _rules(reader, f"sites.{name}.schedule", own))
    return found


def _rules(reader: TableReader, where: str, raw: Any) -> dict[str, Any]:
    """Return the settings of a table that can be read, as fields of `SlotRules`."""
    table = reader.table(where, raw, _SCHEDULE)
    found: dict[str, Any] = {}
    if "slots" in table:
        found["slots"] = _each(reader, where, "slots", table["slots"], _slot)
        if len(table["slots"]) > _MOST_SLOTS:
            reader.problem(where, "slots", f"slots has more than {_MOST_SLOTS} slots")
    if "blackout" in table:
        found["blackouts"] = _each(reader, where, "blackout", table["blackout"], _blackout)
    for name in ("spacing", "ahead"):
        if name in table:
            found[name] = _duration(reader, where, name, table[name])
    if "per_day" in table:
        found["per_day"] = table["per_day"]
        if table["per_day"] < 0:
            message = "per_day must be a number of posts, 0 or more; 0 for no limit"
            reader.problem(where, "per_day", message)
    if "hold" in table:
        found["hold"] = table["hold"]
    return found


def _each(
    reader: TableReader, where: str, key: str, values: list[Any], read: Callable[[Any], _T]
) -> tuple[_T, ...]:
    found = []
    for value in values:
        try:
            found.append(read(value))
        except BadSlot as error:
            reader.problem(where, key, f"{key}: {error.message}; {error.hint}")
    return tuple(found)


def _slot(value: Any) -> Slot:
    return parse_slot(str(value))


def _blackout(value: Any) -> Blackout:
    # TOML has dates of its own: https://toml.io/en/v1.0.0#local-date
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return parse_blackout(value.isoformat() if is_day else str(value))


def _duration(reader: TableReader, where: str, name: str, text: str) -> timedelta:
    try:
        return parse_duration(text)
    except BadSlot as error:
        reader.problem(where, name, f"{name}: {error.message}; {error.hint}")
        return timedelta()
