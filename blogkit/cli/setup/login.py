"""`blogkit login SITE`: get a site's credentials, test them, and store them.

They are stored where only their owner can read them.
"""

from __future__ import annotations

import sys
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogkit.cli.options import common, site_names
from blogkit.cli.output import interactive
from blogkit.cli.shared import current_project, the_output

if TYPE_CHECKING:
    from blogkit.project.sign_in.questions import Question


@click.command(epilog="Example: blogkit login main --client client_secret.json")
@click.argument("site", shell_complete=site_names)
@click.option(
    "--client",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Blogger: the client file from the Google Cloud console.",
)
@click.option(
    "--no-browser",
    is_flag=True,
    help=(
        "Blogger and WordPress.com, on a server: print the sign-in address, then paste the address"
        " that the browser ends on."
    ),
)
@click.option(
    "--origin",
    default="",
    metavar="URL",
    help="One more server that the site's credentials may be sent to.",
)
@common
def login(site: str, client: Path | None, no_browser: bool, origin: str) -> int:
    """Store and test a site's credentials.

    Blogger: use your own OAuth client (Google Cloud console, "Desktop app", Blogger API v3
    enabled).

    WordPress: create an application password (Users > Profile > Application Passwords) and paste
    it when asked, or pipe it in: blogkit login school < password.txt. If the web server in front of
    WordPress has a login of its own, blogkit asks for that, too.

    WordPress.com: make an application at https://developer.wordpress.com/apps/ with the redirect
    URL http://localhost:8899/, and allow access in the browser.

    The credentials go to the system keyring (extra "keyring"), or to a file that only you can read.
    For cron, you can put the same values in the environment or in .env; the first lines of .env
    show their names.

    blogkit login images stores the key of the image host that [images] in blogkit.toml names: a
    bucket or a GitHub repository.

    blogkit sends credentials only to the server that they were stored for. If your site has moved,
    or its API is elsewhere, allow that server with --origin.
    """
    output = the_output()
    report = current_project().login(
        site, client=client, no_browser=no_browser, origin=origin, ask=_answer, show=output.note
    )
    for check in report.checks:
        output.say(f"  {'ok ' if check.ok else 'FIX'} {check.name}: {check.message}")
        if check.fix and not check.ok:
            output.say(f"        {check.fix}")
    output.report(
        {
            "site": site,
            "stored": report.stored,
            "ok": report.ok,
            "checks": [list(astuple(check)) for check in report.checks],
        }
    )
    output.say(f"Stored in {report.stored[0]}." if report.ok else "Nothing was stored.")
    for place in report.overridden_by:
        output.warn(f"{place} has a different value, which takes precedence; remove it there")
    return 0 if report.ok else 1


def _answer(question: Question) -> str:
    """Ask on the terminal. Without one, standard input holds the password or the address."""
    if not interactive():
        # A script sends one line, the password or the address: it must not be taken for a user's
        # name.
        return sys.stdin.readline() if question.name in ("password", "address") else ""
    if question.explanation:
        the_output().note(question.explanation)
    return str(click.prompt(question.name, hide_input=question.secret, err=True))
