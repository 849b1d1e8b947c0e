"""`blogkit doctor`: one sentence and one fix for each thing wrong."""

from __future__ import annotations

from datetime import timedelta

import click

from blogkit.cli.options import common, site_names
from blogkit.cli.workbench import Workbench, open_workbench, the_output
from blogkit.errors import BlogkitError

Check = tuple[str, bool, str, str]
"""(name, passed, sentence, fix)"""


@click.command(epilog="Example: blogkit doctor main")
@click.argument("site", required=False, shell_complete=site_names)
@common
def doctor(site: str | None) -> int:
    """Check the workspace and each SITE: reachable, signed in, allowed to post, raw HTML, clock and zone.

    Reads only. Exit code 1 when something needs a fix.
    """
    output, bench = the_output(), open_workbench()
    names = [bench.workspace.site(site).name] if site else list(bench.workspace.sites)
    results: dict[str, list[Check]] = {"workspace": _workspace(bench)}
    for name in names:
        results[name] = _site(bench, name)
    for place, checks in results.items():
        output.say(place, "bold")
        for name, passed, sentence, fix in checks:
            output.say(f"  {'ok ' if passed else 'FIX'} {name}: {sentence}", "" if passed else "red")
            if fix and not passed:
                output.say(f"        {fix}")
    passed = all(check[1] for checks in results.values() for check in checks)
    keys = ("check", "ok", "says", "fix")
    output.report({"ok": passed, "places": {place: [dict(zip(keys, c, strict=True)) for c in checks] for place, checks in results.items()}})
    return 0 if passed else 1


def _workspace(bench: Workbench) -> list[Check]:
    from blogkit.cli.connect import secrets_of

    ws = bench.workspace
    now = bench.clock()
    checks: list[Check] = [
        ("settings", True, f"{ws.root / 'blogkit.toml'} is fine", ""),
        ("time", True, f"it is {now.astimezone(ws.zone):%Y-%m-%d %H:%M} in {ws.zone.key} ({now:%H:%M} UTC)", ""),
        ("sites", bool(ws.sites), f"{len(ws.sites)} site(s)", "add a [sites.main] table to blogkit.toml"),
    ]
    exposed = secrets_of(ws, bench.environ).exposed()
    said = "others on this machine can read " + ", ".join(exposed) if exposed else "readable by you only"
    checks.append(("secrets", not exposed, said, "run: chmod 600 " + " ".join(exposed)))
    return checks + _journal(bench)


def _journal(bench: Workbench) -> list[Check]:
    """The database is whole, what it keeps can be read, and no action was left without an end."""
    try:
        with bench.journal() as journal:
            if damage := journal.damage():
                return [("journal", False, damage, journal.remedy)]
            spoiled, open_ends = journal.spoiled(), journal.open_ends(bench.clock() - timedelta(days=1))
    except BlogkitError as error:
        return [("journal", False, error.message, error.hint)]
    numbers = ", ".join(map(str, spoiled))
    kept = f"of the newest actions, these keep bytes that cannot be read: {numbers}" if spoiled else "the newest can be read"
    ends = f"{open_ends} action(s) of more than a day ago have no known end" if open_ends else "none is older than a day"
    return [
        ("journal", True, "is sound", ""),
        ("backups", not spoiled, kept, "check the disk and its memory; what is live can be fetched again with: blogkit publish"),
        ("open ends", not open_ends, ends, "run: blogkit publish   (it looks at each post first, and sends nothing twice)"),
    ]


def _site(bench: Workbench, name: str) -> list[Check]:
    try:
        return list(bench.platform(name).health().checks)
    except BlogkitError as error:
        return [("connection", False, error.message, error.hint)]
