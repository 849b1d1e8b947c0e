"""What this machine tells about its user: time zone and language."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from zoneinfo import ZoneInfo

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}))?(?![A-Za-z])")


def local_zone() -> str:
    """Return the name of this machine's time zone, or UTC if it is unknown."""
    from babel.localtime import get_localzone  # it knows Windows's registry, too

    try:
        name = str(getattr(get_localzone(), "key", None) or "UTC")
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return "UTC"
    return name if name not in ("Etc/UTC", "UCT") else "UTC"


def local_language(zone: str, environ: Mapping[str, str] | None = None) -> str:
    """Return the language of this machine's user, such as "en-IN".

    A language without a country gets that of the time zone, if the language is written there: in
    Kolkata, English figures have lakhs and crores.

    Args:
        zone: The name of the time zone.
        environ: The environment; None means the process's.
    """
    found = _TAG.match(_system_locale(os.environ if environ is None else environ))
    language, script, country = found.groups() if found else ("en", None, None)
    parts = [language.lower()]
    parts += [script.title()] if script else []
    country = country or _country_of(zone, language)
    return "-".join([*parts, *([country.upper()] if country else [])])


def _system_locale(environ: Mapping[str, str]) -> str:
    """Return the locale's name; "" if the machine names none, or the one for programs.

    See https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    named = next((environ[name] for name in names if environ.get(name)), "")
    if not named and sys.platform == "win32":
        named = _windows_locale()
    return "" if named.split(".")[0] in ("C", "POSIX") else named


def _windows_locale() -> str:
    """Return the user's locale on Windows.

    See https://learn.microsoft.com/windows/win32/api/winnls/nf-winnls-getuserdefaultlocalename
    """
    import ctypes

    name = ctypes.create_unicode_buffer(85)
    windll = getattr(ctypes, "windll", None)
    found = windll.kernel32.GetUserDefaultLocaleName(name, len(name)) if windll else 0
    return name.value if found else ""


def _country_of(zone: str, language: str) -> str:
    """Return the country of a time zone, if its people write the language; else ""."""
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    country = get_global("zone_territories").get(zone, "")
    try:
        return Locale(language, country).territory or "" if country else ""
    except UnknownLocaleError:
        return ""
