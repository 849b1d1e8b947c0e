"""Tell whether workers share a database. Needs no package of the extra `cluster`."""

from __future__ import annotations

from collections.abc import Mapping

from blogkit.journal.dialect import VARIABLE


def shares_a_database(environ: Mapping[str, str]) -> bool:
    """Return whether the environment names a database, so that several workers share the work.

    `.env` does not count: it belongs to one blog's folder.

    Args:
        environ: The environment.
    """
    return bool(environ.get(VARIABLE))
