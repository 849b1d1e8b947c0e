"""`blogkit sandbox`: the rehearsal server."""

from __future__ import annotations

from pathlib import Path

import click

from blogkit.cli.options import common
from blogkit.cli.workbench import start_folder, the_output


@click.command(epilog="Example: blogkit sandbox --port 8765 --data rehearsal.sqlite")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option("--data", type=click.Path(dir_okay=False, path_type=Path), help="Keep the posts in this file (default: in memory).")
@common
def sandbox(port: int, data: Path | None) -> None:
    """A local Blogger to rehearse on: the API, the published blog at /, no account needed.

    \b
    Point a site at it in blogkit.toml:
      [sites.main]
      platform = "blogger"
      url = "http://127.0.0.1:8765/"
      api_base = "http://127.0.0.1:8765"
    and give it the credentials it accepts in .env:
      BLOGKIT_MAIN_CLIENT_ID=sandbox
      BLOGKIT_MAIN_CLIENT_SECRET=sandbox
      BLOGKIT_MAIN_REFRESH_TOKEN=sandbox
    """
    from blogkit.sandbox.server import Sandbox

    output = the_output()

    def ready(url: str) -> None:
        output.report({"url": url, "api_base": url.rstrip("/")})
        output.say(f"The sandbox is at {url}   (Ctrl-C ends it)")
        output.out.flush()

    Sandbox(start_folder() / data if data else None, port=port).serve(ready)
