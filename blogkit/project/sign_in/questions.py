"""What only the user knows, and who asks for it."""

from __future__ import annotations

from collections.abc import Callable

from blogkit.credentials import Secret, SecretName
from blogkit.dataclass import dataclass

Secrets = dict[SecretName, Secret]


@dataclass(frozen=True)
class Question:
    """Something that only the user knows.

    Attributes:
        name: What is asked for, such as "password".
        explanation: What it is and where to find it; may be empty.
        secret: Whether the answer must not show on a screen.
    """

    name: str
    explanation: str = ""
    secret: bool = False


Ask = Callable[[Question], str]
"""Asks the user. Returns an empty text if there is no answer."""
