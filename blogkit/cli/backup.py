"""`blogkit backup export`: what the journal keeps, as plain files."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import click

from blogkit.cli import reports
from blogkit.cli.options import RUN_NUMBER, common, site_option
from blogkit.cli.workbench import open_workbench, start_folder, the_output
from blogkit.errors import UsageError
from blogkit.journal.records import Entry
from blogkit.paths import shown, unlike_a_device
from blogkit.publish.backup import unpack

_UNSAFE = re.compile(r"[^\w.-]+")


@click.group(epilog="Example: blogkit backup export old-posts")
@common
def backup() -> None:
    """The posts as they were before each change: the journal keeps them."""


@backup.command(epilog="Example: blogkit backup export old-posts --site main")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@site_option("Of this site only.")
@click.option("--post", "key", default="", metavar="KEY", help="Of this post only.")
@click.option("--run", type=RUN_NUMBER, default=None, metavar="RUN", help="Of this run only.")
@common
def export(folder: Path, site: str, key: str, run: int | None) -> int:
    """Write every post as it was before and after each change into DIR, which must be new or empty.

    For each action a pair of files: the body as HTML, and everything else as JSON.
    """
    output, bench = the_output(), open_workbench()
    target = folder if folder.is_absolute() else start_folder() / folder
    if target.exists() and any(target.iterdir()):
        raise UsageError(f"{folder} is not empty", hint="name a new folder")
    count = 0
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with bench.journal() as journal, output.progress(0, "exporting") as advance:
        for entry in journal.entries(site=site, key=key, run=run or 0):
            count += _write(target, entry)
            advance(entry.key)
    output.say(f"{count} files in {shown(folder)}", "green")
    output.report({"folder": folder, "files": count})
    return 0


def _write(target: Path, entry: Entry) -> int:
    """The files of one action; how many there were."""
    folder = target / _name(entry.site) / _name(entry.key)
    written = 0
    for when, data in (("before", entry.before), ("after", entry.after)):
        if data is None:
            continue
        post = unpack(data)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stem = f"{entry.id:06d}-{entry.action}-{when}"
        _keep(folder / f"{stem}.html", post.body)
        _keep(folder / f"{stem}.json", json.dumps(reports.of_remote(post), ensure_ascii=False, indent=2) + "\n")
        written += 2
    return written


def _keep(path: Path, text: str) -> None:
    """A file that its owner alone can read: there may be drafts among them."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode("utf-8", "surrogatepass"))


def _name(text: str) -> str:
    """A folder's name from a key, which may hold anything."""
    return unlike_a_device(_UNSAFE.sub("-", text).strip(".-")[:100].rstrip(".-") or "post")
