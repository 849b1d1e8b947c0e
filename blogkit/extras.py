"""Tell how to install an optional part of blogkit in the environment that it runs in.

blogkit is installed from its folder, because it is in no package index yet.
"""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGES = {
    "clipboard": "pyperclip",
    "cluster": "procrastinate",
    "docx": "mammoth",
    "google": "google-auth-oauthlib",
    "keyring": "keyring",
    "postgres": "psycopg",
    "s3": "boto3",
}
"""The package that each extra of pyproject.toml adds."""


def install_hint(extra: str) -> str:
    """Return what to run for an extra of blogkit, as the README has it.

    Args:
        extra: A key of `PACKAGES`.
    """
    return f"in the folder of blogkit, run: {_command(extra)}"


def update_hint() -> str:
    """Return what to run for a newer version of blogkit."""
    return f"get the newer version of blogkit, and in its folder run: {_command()}"


def _command(extra: str = "") -> str:
    """Return the command for the program that made this environment.

    uv and pipx make the environment again: it loses the extras that the command does not name. See
    https://docs.astral.sh/uv/concepts/tools/ and https://pipx.pypa.io/stable/docs/.
    """
    names = sorted({extra, *filter(_is_installed, PACKAGES)} - {""})
    what = f"'.[{','.join(names)}]'" if names else "."
    if Path(sys.prefix, "uv-receipt.toml").exists():
        return f"uv tool install {what}" if extra else f"uv tool install --reinstall {what}"
    if Path(sys.prefix, "pipx_metadata.json").exists():
        return f"pipx install --force {what}"
    import shlex

    python = shlex.quote(sys.executable) if sys.platform != "win32" else f'& "{sys.executable}"'
    return f"{python} -m pip install {what}"


def _is_installed(extra: str) -> bool:
    # it is slow to import, and only errors need it
    from importlib.metadata import PackageNotFoundError, version

    try:
        version(PACKAGES[extra])
    except PackageNotFoundError:
        return False
    return True
