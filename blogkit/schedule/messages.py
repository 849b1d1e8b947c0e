"""Send a message by e-mail or to a webhook, and a sign of life. No error names the address."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any
from urllib.parse import unquote, urlsplit

from blogkit.dataclass import dataclass
from blogkit.errors import ConfigError, Unreachable, reason_of
from blogkit.origins import is_loopback

SMTP_VARIABLE = "BLOGKIT_SMTP_URL"
"""The variable with the mail server, its account and its password."""
WAIT_SECONDS = 15.0
"""Longest wait for a server."""


@dataclass(frozen=True)
class Message:
    """What people are told.

    Attributes:
        subject: One line.
        text: The whole of it, in lines.
        data: The same for programs.
    """

    subject: str
    text: str
    data: dict[str, Any]


def send_email(server: str, sender: str, recipients: Sequence[str], message: Message) -> None:
    """Send an e-mail.

    Args:
        server: `smtps://USER:PASSWORD@HOST:465`, or `smtp://…:587`, which must offer STARTTLS
            unless it is on this machine.
        sender: The sender's address.
        recipients: The recipients' addresses.
        message: The message.

    Raises:
        ConfigError: The server's address is not valid.
        Unreachable: The server did not take the e-mail.
    """
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = message.subject, sender, ", ".join(recipients)
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain="blogkit.invalid")
    mail["Auto-Submitted"] = "auto-generated"  # https://www.rfc-editor.org/rfc/rfc3834#section-5
    mail.set_content(message.text)
    host, port, user, password, encrypted = _server(server)
    context = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(host, port, timeout=WAIT_SECONDS, context=context)
            if encrypted
            else smtplib.SMTP(host, port, timeout=WAIT_SECONDS)
        ) as smtp:
            if not encrypted and not is_loopback(host):
                smtp.starttls(context=context)
            if user:
                smtp.login(user, password)
            smtp.send_message(mail)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(
            f"the mail server in {SMTP_VARIABLE} did not take an e-mail: {_reason(error)}",
            hint=f"check {SMTP_VARIABLE}: smtps://USER:PASSWORD@HOST:465",
        ) from None


def _server(address: str) -> tuple[str, int, str, str, bool]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ConfigError(
            f"{SMTP_VARIABLE} is not the address of a mail server",
            hint="write it as smtps://USER:PASSWORD@HOST:465; in a password write @ as %40, / as"
            " %2F, % as %25",
        )
    encrypted = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return parts.hostname, port or (465 if encrypted else 587), user, password, encrypted


def post_webhook(url: str, message: Message) -> None:
    """Send a message to a webhook, as a JSON object.

    It has `text`, which Slack and Mattermost show, and `content`, which Discord shows.

    Args:
        url: The webhook's address. It is a secret: who knows it can write there.
        message: The message.

    Raises:
        Unreachable: The server did not take it.
    """
    body = {"text": message.text, "content": message.text[:2000], **message.data}
    _request("POST", url, "the webhook", json=body)


def beat(url: str) -> None:
    """Give a sign of life to a service that tells people when there is none.

    Args:
        url: The service's address for this blog.

    Raises:
        Unreachable: The server cannot be reached or refuses.
    """
    _request("GET", url, "the heartbeat's address")


def _request(method: str, url: str, what: str, **body: Any) -> None:
    import requests

    try:
        answer = requests.request(
            method, url, timeout=WAIT_SECONDS, allow_redirects=False, stream=True, **body
        )
        answer.close()  # what it contains does not matter, however long it is
    except (requests.RequestException, ValueError) as error:
        raise Unreachable(
            f"{what} cannot be reached: {type(error).__name__}",
            hint="check its address under [notify] in blogkit.toml, or in its variable",
        ) from None
    if answer.status_code >= 300:
        raise Unreachable(
            f"{what} refused: HTTP status {answer.status_code}",
            status=answer.status_code,
            hint="check its address under [notify] in blogkit.toml, or in its variable",
        )


def _reason(error: Exception) -> str:
    """Return why, without the server's words: they may repeat what was sent."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__}, status {error.smtp_code}"
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return reason_of(error)
    return type(error).__name__
