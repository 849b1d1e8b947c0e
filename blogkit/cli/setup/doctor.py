"""`blogkit doctor`: find problems with the set-up, and show how to fix them."""

from __future__ import annotations

import click

from blogkit.cli.options import common, site_names
from blogkit.cli.shared import current_project, the_output


@click.command(epilog="Example: blogkit doctor main")
@click.argument("site", required=False, shell_complete=site_names)
@common
def doctor(site: str | None) -> int:
    """Find problems with the set-up, and show how to fix them. Reads only.

    Checks your blog's folder and each site (or only SITE): is it reachable, are you signed in, may
    you post, does it keep raw HTML, do clock and time zone match? Exits with 1 if something needs a
    fix.
    """
    output, places = the_output(), current_project().doctor(site)
    for place, checks in places.items():
        output.say(place, "bold")
        for check in checks:
            output.say(
                f"  {'ok ' if check.ok else 'FIX'} {check.name}: {check.message}",
                "" if check.ok else "red",
            )
            if check.fix and not check.ok:
                output.say(f"        {check.fix}")
    passed = all(check.ok for checks in places.values() for check in checks)
    data = {
        place: [
            {"check": check.name, "ok": check.ok, "says": check.message, "fix": check.fix}
            for check in checks
        ]
        for place, checks in places.items()
    }
    output.report({"ok": passed, "places": data})
    return 0 if passed else 1
