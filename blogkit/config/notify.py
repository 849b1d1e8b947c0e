"""The `[notify]` table: who is told when scheduled work fails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from blogkit.dataclass import dataclass

if TYPE_CHECKING:
    from blogkit.config.tables import TableReader

_NOTIFY: dict[str, type] = {
    "email": list,
    "sender": str,
    "webhook": str,
    "heartbeat": str,
    "sign_in_days": int,
}
_ADDRESS = r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Notify:
    """The `[notify]` table.

    Attributes:
        email: Who gets an e-mail about failures.
        sender: The e-mail's sender; "" for its first recipient.
        webhook: The address that gets a JSON object about failures.
        heartbeat: The address that is asked after each run that ended as it should.
        sign_in_days: How many days before its end a sign-in is told.
    """

    email: tuple[str, ...] = ()
    sender: str = ""
    webhook: str = ""
    heartbeat: str = ""
    sign_in_days: int = 3


def read_notify(reader: TableReader, raw: Any) -> Notify:
    """Return the settings of the table; report what is wrong in it.

    Args:
        reader: Collects the problems.
        raw: The table, not checked yet.
    """
    raw = {**raw, "email": [raw["email"]]} if _is_one_address(raw) else raw
    table = reader.table("notify", raw, _NOTIFY)
    emails = table.pop("email", [])
    for address in [*emails, *filter(None, [table.get("sender")])]:
        if not (isinstance(address, str) and re.fullmatch(_ADDRESS, address)):
            key = "sender" if address == table.get("sender") else "email"
            reader.problem("notify", key, f'"{address}" is not an e-mail address')
    for key in ("webhook", "heartbeat"):
        if table.get(key) and not is_safe_address(table[key]):
            reader.problem("notify", key, f"{key} must be an https:// address")
    if not 0 <= table.get("sign_in_days", 3) <= 365:
        reader.problem("notify", "sign_in_days", "sign_in_days must be a number from 0 to 365")
    return Notify(email=tuple(map(str, emails)), **table)


def is_safe_address(url: str) -> bool:
    """Return whether an address may be asked: encrypted, or on this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    )


def _is_one_address(raw: Any) -> bool:
    return isinstance(raw, dict) and isinstance(raw.get("email"), str)
