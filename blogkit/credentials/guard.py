"""Send a secret only to the server that it was stored for."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from blogkit.errors import ConfigError
from blogkit.origins import SANDBOX, is_loopback, origin_of


def require_origin(
    site: str, what: str, value: str, origins: Iterable[str], url: str, pin: str = ""
) -> None:
    """Refuse to send a secret to a server that it was not stored for.

    `blogkit.toml` names the address that requests go to, and lies in a folder that others may have
    written. A secret therefore carries the servers that it is for.

    Args:
        site: The site's name in `blogkit.toml`.
        what: The secret and its place, such as "the app password in the system keyring".
        value: The secret itself; it is not quoted.
        origins: Where it may go.
        url: Where it would go now.
        pin: The variable that names an origin, for a secret from the environment.

    Raises:
        ConfigError: `url` is on another server; both origins and the way to allow it are named.
    """
    target = origin_of(url)
    allowed = dict.fromkeys(origins)
    if target in allowed:
        return
    # The test blog's password is in our documentation: nothing is lost if it reaches another local
    # server.
    if value == SANDBOX and is_loopback(urlsplit(url).hostname or ""):
        return
    allow = f"blogkit login {site} --origin {target}"
    if not allowed:
        raise ConfigError(
            f"site {site}: {what} is bound to no address yet, and is not sent to {target}",
            hint=f"if that is your blog, set {pin}={target} beside it, or run: {allow}",
        )
    raise ConfigError(
        f"site {site}: {what} is for {' and '.join(allowed)} only, and is not sent to {target}",
        hint=f"check `url` and `api_base` in blogkit.toml; if {target} is yours, run: {allow}",
    )
