"""Find where this machine keeps a user's secrets."""

from __future__ import annotations

from types import ModuleType


def system_keyring() -> ModuleType | None:
    """Return the keyring package if it is installed and has a real store; None otherwise."""
    try:
        import keyring
        from keyring.backends import fail
    except ImportError:
        return None
    module: ModuleType = keyring
    return None if isinstance(keyring.get_keyring(), fail.Keyring) else module
