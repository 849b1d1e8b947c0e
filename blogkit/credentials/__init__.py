"""Find and keep passwords and tokens. A `Secret` never shows itself by accident.

They are looked for in the environment, `.env` in the blog's folder, the system's keyring, and a
file with mode 0600 in the user's configuration folder, in this order.
"""

from blogkit.credentials.guard import require_origin
from blogkit.credentials.machine import system_keyring
from blogkit.credentials.secret import Secret, SecretName, StoredSecret, origin_variable, variable
from blogkit.credentials.store import SERVICE, Credentials

__all__ = [
    "SERVICE",
    "Credentials",
    "Secret",
    "SecretName",
    "StoredSecret",
    "origin_variable",
    "require_origin",
    "system_keyring",
    "variable",
]
