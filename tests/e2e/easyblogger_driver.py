"""Calls EasyBlogger's methods; run by `easyblogger.py`, with that folder on the path."""

from __future__ import annotations

import json
import sys
from types import GeneratorType
from typing import Any

from blogger import EasyBlogger
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def main(question: dict[str, Any]) -> list[Any]:
    root = question["root"]
    client = EasyBlogger("sandbox", "sandbox", blogUrl=root)
    signed_in = Credentials(
        token=None,
        refresh_token="sandbox",
        client_id="sandbox",
        client_secret="sandbox",
        token_uri=f"{root}token",
    )
    # Its own sign-in knows Google's addresses only; it takes a service that is there already.
    client.service = build(
        "blogger",
        "v3",
        credentials=signed_in,
        static_discovery=True,
        client_options={"api_endpoint": root},
    )
    answers: list[Any] = []
    for name, given in question["calls"]:
        arguments = {
            key: answers[0]["id"] if value == "POST" else value for key, value in given.items()
        }
        try:
            answer = getattr(client, name)(**arguments)
            answers.append([*answer] if isinstance(answer, GeneratorType) else answer)
        except Exception as error:
            return [*answers, repr(error)]
    return answers


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(json.loads(sys.argv[1]))))
