"""`blogkit doctor`: one sentence and one fix for each thing wrong."""

from __future__ import annotations

import click

from blogkit.cli.options import common, site_names
from blogkit.cli.shared import open_project, the_output


@click.command(epilog="Example: blogkit doctor main")
@click.argument("site", required=False, shell_complete=site_names)
@common
def doctor(site: str | None) -> int:
    """Check the workspace and each SITE: reachable, signed in, allowed to post, raw HTML, clock and zone.

    Reads only. Exit code 1 when something needs a fix.
    """
    output, places = the_output(), open_project().doctor(site)
    for place, checks in places.items():
        output.say(place, "bold")
        for check in checks:
            output.say(f"  {'ok ' if check.ok else 'FIX'} {check.name}: {check.message}", "" if check.ok else "red")
            if check.fix and not check.ok:
                output.say(f"        {check.fix}")
    passed = all(check.ok for checks in places.values() for check in checks)
    data = {
        place: [{"check": check.name, "ok": check.ok, "says": check.message, "fix": check.fix} for check in checks]
        for place, checks in places.items()
    }
    output.report({"ok": passed, "places": data})
    return 0 if passed else 1
