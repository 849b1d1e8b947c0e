"""Ask for the image host's secrets, try them, and store them."""

from __future__ import annotations

from dataclasses import replace

from blogkit.credentials import Secret, SecretName, origin_variable, variable
from blogkit.errors import UsageError
from blogkit.origins import origin_of
from blogkit.project.connect import Settings
from blogkit.project.health import HealthCheck
from blogkit.project.images.health import host_check
from blogkit.project.images.secrets import HOST_NAME, SECRETS, address_of_host, server_of_host
from blogkit.project.sign_in.login import LoginReport
from blogkit.project.sign_in.questions import Ask, Question, Secrets

_WHERE: dict[SecretName, str] = {
    "access_key_id": "The key for the bucket, from your provider's console:",
    "secret_access_key": "",
    "github_token": 'A fine-grained token for the repository, with "Contents: Read and write":',
}


def log_in_host(settings: Settings, *, origin: str, ask: Ask) -> LoginReport:
    """Store the image host's secrets, if the host accepts them.

    Args:
        settings: The blog's folder, and where its credentials are.
        origin: The address of one more server that the secrets may be sent to; "" for none. Known
            secrets then stay.
        ask: Asks the user.

    Returns:
        What the host answered, and where the secrets are now.

    Raises:
        UsageError: An answer is missing, or `origin` is not an address.
    """
    images, store = settings.config.images, settings.credentials()
    names, address = SECRETS[images.host], address_of_host(images)
    if origin:
        try:
            store.allow(HOST_NAME, address, origin_of(origin))
        except ValueError:
            message = f'"{origin}" is not an address'
            raise UsageError(message, hint="write https://…") from None
    known = [store.get(HOST_NAME, name, address) for name in names]
    secrets: Secrets = {} if origin and all(known) else _asked(names, ask)
    server = origin_of(server_of_host(images))
    check = _tried(settings, secrets, server)
    if not check.ok:
        return LoginReport(HOST_NAME, [check])
    places = [store.store(HOST_NAME, name, address, one, [server]) for name, one in secrets.items()]
    places = places or [one.place for one in known if one]
    # Read again: what was just stored is compared with what the next command will find.
    found = [
        (settings.credentials().get(HOST_NAME, name, address), one) for name, one in secrets.items()
    ]
    overriding = [
        there.place for there, one in found if there and there.secret.reveal() != one.reveal()
    ]
    return LoginReport(HOST_NAME, [check], places, overriding)


def _asked(names: tuple[SecretName, ...], ask: Ask) -> Secrets:
    secrets: Secrets = {}
    for name in names:
        hidden = name != "access_key_id"
        question = Question(name.replace("_", " "), _WHERE[name], secret=hidden)
        value = ask(question).strip("\ufeff \t\r\n")
        if not value:
            hint = f"or set {variable(HOST_NAME, name)} in the environment or in .env"
            raise UsageError(f"no {question.name} given", hint=hint)
        secrets[name] = Secret(value)
    return secrets


def _tried(settings: Settings, secrets: Secrets, server: str) -> HealthCheck:
    trial = {variable(HOST_NAME, name): secret.reveal() for name, secret in secrets.items()}
    if trial:
        trial[origin_variable(HOST_NAME)] = server
    return host_check(replace(settings, environ={**settings.environ, **trial}))
