"""Read the address of a PostgreSQL database, and connect to it without repeating its secrets."""

from __future__ import annotations

import re
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.types.string import StrDumper

from blogkit.errors import JournalError
from blogkit.journal.dialect import VARIABLE

_SHAPE = "postgresql://USER:PASSWORD@HOST:5432/DATABASE"
_DEFAULTS = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",  # milliseconds, for what was sent to a server that is gone
}
_HINTS = {
    "password": f"check the user and password in {VARIABLE}",
    "does not exist": f"create it, or correct {VARIABLE}",
}


class _Text(StrDumper):
    """Stores text without NUL, which PostgreSQL does not support."""

    def dump(self, obj: str) -> Any:
        """Return the text for the server."""
        return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def open_connection(url: str, **settings: str) -> psycopg.Connection:
    """Return a connection, in autocommit mode.

    Args:
        url: The database's address.
        **settings: Further parameters of libpq.

    Raises:
        JournalError: The address is not valid, or the server cannot be reached.
    """
    values = address_parameters(url)
    try:
        connection = psycopg.connect(make_conninfo(**{**values, **settings}), autocommit=True)
    except psycopg.Error as error:
        reason = str(error).splitlines()[0].removeprefix("connection failed: ")
        for secret in filter(None, (values.get("password"), values.get("sslpassword"))):
            reason = reason.replace(secret, "•••")
        usual = f"check that the server is running and that {VARIABLE} points to it: {_SHAPE}"
        hint = next((hint for words, hint in _HINTS.items() if words in reason), usual)
        raise JournalError(
            f"cannot connect to the journal's database ({VARIABLE}): {reason}", hint=hint
        ) from None
    connection.adapters.register_dumper(str, _Text)
    return connection


def use_schema(connection: psycopg.Connection, schema: str) -> None:
    """Work in a schema from now on, created if needed.

    Args:
        connection: A connection in autocommit mode.
        schema: Its name.
    """
    known = connection.execute("SELECT to_regnamespace(quote_ident(%s))", [schema]).fetchone()
    if known is None or known[0] is None:
        # In turn: two processes that create it at a time collide, IF NOT EXISTS or not.
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('blogkit schema'))")
            connection.execute(
                sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema))
            )
    connection.execute("SELECT set_config('search_path', quote_ident(%s), false)", [schema])


def address_parameters(url: str) -> dict[str, str]:
    """Parse a URL into parameters of libpq, with our defaults.

    Errors do not repeat any part of it, because an unescaped mark moves the password into any part.

    Args:
        url: The database's address.

    Returns:
        The parameters by name; the password is among them.

    Raises:
        JournalError: The address is not valid.
    """
    scheme, _, rest = url.partition("://")
    if scheme not in {"postgresql", "postgres"}:
        raise JournalError(
            f"{VARIABLE} is not the address of a PostgreSQL database", hint=f"write it as {_SHAPE}"
        )
    if re.search("[/@]", rest.rpartition("@")[0]):
        raise JournalError(
            f"{VARIABLE} contains an unexpected @ or /",
            hint="in a password write @ as %40, / as %2F, % as %25",
        )
    try:
        values = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except psycopg.Error:
        values = {"port": "unreadable"}
    if not re.fullmatch(r"[\d,]*", values.get("port", "")):
        raise JournalError(
            f"{VARIABLE} is not a valid address",
            hint=f"write it as {_SHAPE}; in a password write % as %25",
        )
    return {**_DEFAULTS, **values, "client_encoding": "utf8", "application_name": "blogkit"}
