"""Read the clipboard, with the extra `clipboard`."""

from __future__ import annotations

from blogkit.errors import ConfigError, reason_of
from blogkit.extras import install_hint


def read_clipboard() -> str:
    """Return the text on the clipboard.

    Raises:
        ConfigError: The extra is not installed, or there is no clipboard, as on a server.
    """
    try:
        import pyperclip
    except ImportError:
        raise ConfigError(
            "--clipboard needs the extra clipboard",
            hint=f"{install_hint('clipboard')}; or pipe the text: … | blogkit import -",
        ) from None
    try:
        return str(pyperclip.paste())
    except (pyperclip.PyperclipException, OSError, ImportError, RuntimeError) as error:
        # On Linux it runs xclip, xsel or wl-paste: https://pyperclip.readthedocs.io/en/latest/#not-implemented-error
        words = reason_of(error) if isinstance(error, OSError) else " ".join(map(str, error.args))
        reason = words.strip().partition(". ")[0].partition("\n")[0] or "this system has none"
        raise ConfigError(
            f"cannot read the clipboard: {reason}",
            hint="install xclip or wl-clipboard, or pipe the text: … | blogkit import -",
        ) from error
