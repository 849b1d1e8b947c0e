"""`blogkit sandbox`: run a local test blog."""

from __future__ import annotations

from pathlib import Path

import click

from blogkit.cli.options import common
from blogkit.cli.shared import start_folder, the_output
from blogkit.errors import UsageError


@click.command(
    epilog="Example: blogkit sandbox --port 8765 --data test-blog.sqlite --switch if_match=412"
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default="8765",
    help="Port on 127.0.0.1; 0 picks a free one.",
)
@click.option(
    "--data",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the posts in this file (default: in memory).",
)
@click.option("--title", default="Sandbox", show_default=True, help="The blog's title.")
@click.option("--zone", default="Asia/Kolkata", show_default=True, help="The blog's time zone.")
@click.option(
    "--switch",
    "switches",
    metavar="NAME=VALUE",
    multiple=True,
    help="Change how the test blog behaves where Blogger's behaviour is uncertain; repeatable.",
)
@common
def sandbox(port: int, data: Path | None, title: str, zone: str, switches: tuple[str, ...]) -> None:
    """Run a local test blog with Blogger's API. You need no account; press Ctrl-C to stop it.

    The published blog is at /.

    \b
    Add it as a site in blogkit.toml:
      [sites.main]
      platform = "blogger"
      url = "http://127.0.0.1:8765/"
      api_base = "http://127.0.0.1:8765"
    and put the credentials that it accepts in .env:
      BLOGKIT_MAIN_CLIENT_ID=sandbox
      BLOGKIT_MAIN_CLIENT_SECRET=sandbox
      BLOGKIT_MAIN_REFRESH_TOKEN=sandbox

    While it runs, /_sandbox/switches shows every switch with its values, and /_sandbox/faults makes
    requests fail.
    """  # noqa: D301
    from blogkit.sandbox.quirks import Quirks
    from blogkit.sandbox.server import Sandbox

    output, settled = the_output(), Quirks()
    settled.set(**dict(_pair(text) for text in switches))

    def ready(url: str) -> None:
        output.report({"url": url, "api_base": url.rstrip("/")})
        output.say(f"The test blog is at {url}   (press Ctrl-C to stop it)")
        # A pipe keeps the line until its buffer is full, and the program that waits for the address
        # would wait for ever.
        output.flush()

    Sandbox(
        start_folder() / data if data else None, port=port, switches=settled, zone=zone, title=title
    ).serve(ready)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(
            f'--switch takes NAME=VALUE, not "{text}"', hint="for example: --switch if_match=412"
        )
    return name.strip(), value.strip()
