"""Walk a newcomer's first minutes: from an empty account to a published post, on a terminal.

    make newcomer                 each way of the README in an account of its own, and its times
    make newcomer WAYS="uv pipx"
    make newcomer WAYS=here       this environment's blogkit; installs nothing, needs no network
    make newcomer RECORD=1        also write docs/images/first-post.svg and .cast

uv and pipx fetch blogkit's dependencies from PyPI. The post goes to a local test blog.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from scripts.fresh import PROJECT, SETTINGS
from scripts.svg_cast import svg_of
from scripts.terminal import SIZE, Shown, StuckError, on_terminal

ROOT = Path(__file__).resolve().parent.parent
CAST = ROOT / "docs/images/first-post.cast"
PICTURE = ROOT / "docs/images/first-post.svg"
MOST_SECONDS, MOST_WAITING = 180, 60
_TYPING, _READING = 5.0, 4.0
"""Characters a second that a newcomer types, and seconds to read what a command shows."""

README = ROOT / "README.md"
BLOGKIT = {
    "uv": ".local/bin/blogkit",
    "pipx": ".local/bin/blogkit",
    "venv": ".blogkit/bin/blogkit",
    "make": "blogkit/.venv/bin/blogkit",
}
WAYS = {
    "uv": ("uv tool install ",),
    "pipx": ("pipx install ",),
    "venv": ("python3 -m venv ", "~/.blogkit/bin/pip install "),
    "make": ("make demo",),
    "here": (),
}
"""What the README's commands of each way begin with."""


def written(section: str) -> list[str]:
    """Return the commands in a section of the README, without their comments.

    Args:
        section: The start of its heading.
    """
    text = README.read_text(encoding="utf-8").partition(f"\n## {section}")[2].partition("\n## ")[0]
    lines = "".join(re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)).splitlines()
    return [re.sub(r"[ \t]+#.*", "", line) for line in lines]


def install(way: str) -> list[str]:
    """Return what the README tells to type to install blogkit.

    Args:
        way: A key of `WAYS`.

    Raises:
        StuckError: The README has no such command, or several.
    """
    lines = [*written("Try it"), *written("Install")]
    found = []
    for start in WAYS[way]:
        matching = [line for line in lines if line.startswith(start)]
        if len(matching) != 1:
            raise StuckError(f"README.md has {len(matching)} commands “{start.strip()} …”")
        found += matching
    return found


@dataclass
class Walk:
    """One way, and what was seen on it.

    Attributes:
        way: Its name.
        steps: What was typed, and what was shown.
    """

    way: str
    steps: list[tuple[str, Shown]] = field(default_factory=list)

    @property
    def waiting(self) -> float:
        """Return how long the computer let the newcomer wait."""
        return sum(shown.seconds for _, shown in self.steps)

    @property
    def seconds(self) -> float:
        """Return how long it takes with typing and reading."""
        typed = sum(len(line) for line, _ in self.steps)
        return self.waiting + typed / _TYPING + _READING * len(self.steps)

    @property
    def ok(self) -> bool:
        """Return whether the goals are met."""
        return self.seconds <= MOST_SECONDS and self.waiting <= MOST_WAITING


def main() -> None:
    """Walk the ways, and exit with 1 if one fails.

    How long one takes is printed beside the goal: it depends on the machine and the network.
    """
    parser = argparse.ArgumentParser(prog="make newcomer")
    parser.add_argument("ways", nargs="*", help=f"{', '.join(WAYS)} (default: all but here)")
    parser.add_argument("--record", action="store_true", help="write the pictures of the last way")
    asked = parser.parse_args()
    if unknown := set(asked.ways) - WAYS.keys():
        parser.error(f"there is no way “{unknown.pop()}”")
    for way in asked.ways or [*BLOGKIT]:
        try:
            walk = walked(way)
        except StuckError as error:
            sys.exit(f"{way}: {error}")
        goal = "" if walk.ok else f": MORE than the goal, {MOST_SECONDS} s and {MOST_WAITING} s"
        print(f"{way}: {walk.seconds:.0f} s, of which {walk.waiting:.0f} s waiting{goal}")
    if asked.record:
        lines = recorded(walk.steps)
        CAST.write_text(cast_of(lines), encoding="utf-8")
        PICTURE.write_text(svg_of(lines), encoding="utf-8")


def walked(way: str) -> Walk:
    """Walk one way in an empty account.

    Args:
        way: A key of `WAYS`.

    Raises:
        StuckError: A command failed, or readers do not see the post.
    """
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        environ = account(home)
        walk = Walk(way)
        typed = install(way)
        if typed:
            move_in(home / "blogkit")
        for line in typed:
            command = tuple(re.sub("^~", str(home), word) for word in shlex.split(line))
            if not shutil.which(command[0], path=environ["PATH"]):
                raise StuckError(f"{command[0]} is not installed")
            shown = on_terminal(command, home / "blogkit", environ)
            walk.steps.append((line, shown))
        program = str(home / BLOGKIT[way]) if way in BLOGKIT else _ours()
        with sandbox(program, home, environ) as url:
            walk.steps += first_post(program, home, environ, url)
            with build_opener(ProxyHandler({})).open(url) as page:
                if "Welcome to Polity notes" not in page.read().decode():
                    raise StuckError(f"readers of {url} do not see the post")
        return walk


def account(home: Path) -> dict[str, str]:
    """Return the environment of a new user: nothing of ours but the way to package indexes."""
    kept = {name: value for name, value in os.environ.items() if SETTINGS.fullmatch(name)}
    ours = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color"}
    new = {"TZ": "Asia/Kolkata", "LANG": "en_IN.UTF-8", "PYTHONUTF8": "1", "BROWSER": "true"}
    return {**kept, **ours, **new}


def move_in(folder: Path) -> None:
    """Copy the project, as a newcomer has downloaded it."""
    listed = subprocess.run(PROJECT, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


@contextmanager
def sandbox(program: str, home: Path, environ: dict[str, str]) -> Iterator[str]:
    """Run the local test blog, and yield its address."""
    command = (program, "sandbox", "--port", "0", "--title", "Polity notes")
    with subprocess.Popen(
        command, cwd=home, env=environ, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        try:
            if found is None:
                raise StuckError("blogkit sandbox printed no address")
            yield found[0]
        finally:
            process.terminate()


def first_post(
    program: str, home: Path, environ: dict[str, str], url: str
) -> Iterator[tuple[str, Shown]]:
    """Take the README's five steps, as it has them, and yield what was typed and shown."""
    blog = home / "my-blog"
    init = (
        ("Name of the blog", "Polity notes"),
        ("Its address", url),
        ("Time zone", ""),
        ("Language", ""),
        ("Look", ""),
    )
    answers = {"init my-blog": init, "publish": (("[y/N]", "y"),)}
    for line in written("Your first post"):
        words = line.partition(" && ")[0].removeprefix("blogkit ")
        folder = blog if blog.exists() else home
        shown = on_terminal((program, *shlex.split(words)), folder, environ, answers.get(words, ()))
        text = shown.text.replace(str(home), "~").replace(url, "http://127.0.0.1:8765/")
        yield line, Shown(text, shown.seconds)


def _ours() -> str:
    return str(Path(sys.executable).with_name("blogkit"))


def recorded(steps: Sequence[tuple[str, Shown]]) -> list[tuple[str, str]]:
    """Return what was typed and shown, without what differs from day to day."""
    dated = ((r"/20\d\d/\d\d/", "/2026/12/"), (r"\d+(\.\d+)? ?(ms|s)\b", "1 s"))
    found = []
    for typed, shown in steps:
        text = shown.text
        for pattern, normal in dated:
            text = re.sub(pattern, normal, text)
        found.append((typed, text))
    return found


def cast_of(steps: Sequence[tuple[str, str]]) -> str:
    """Return a recording for asciinema, at a reader's pace.

    See https://docs.asciinema.org/manual/asciicast/v2/
    """
    rows, columns = SIZE
    header = {"version": 2, "width": columns, "height": rows, "title": "The first post"}
    lines, now = [json.dumps(header)], 0.5
    for typed, text in steps:
        for sign in f"$ {typed}\r\n":
            lines.append(json.dumps([round(now, 2), "o", sign]))
            now += 0.04
        shown = text.replace("\n", "\r\n")
        lines.append(json.dumps([round(now + 0.3, 2), "o", f"{shown}\r\n"], ensure_ascii=False))
        now += 2.5
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
