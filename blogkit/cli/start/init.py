"""`blogkit init`: create a folder for a blog."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from blogkit.cli.options import common
from blogkit.cli.output import Output, interactive
from blogkit.cli.page import show_page
from blogkit.cli.shared import start_folder, the_output
from blogkit.errors import UsageError
from blogkit.paths import readable, shown

if TYPE_CHECKING:
    from blogkit.project.files.starting import NewBlog
    from blogkit.project.sign_in.identify import FoundBlog

_T = TypeVar("_T")
_SCRIPT = (
    "add --title NAME, --url ADDRESS (or --platform folder), --timezone ZONE and --language TAG; or"
    " --yes for what this machine tells"
)
_KINDS = {"blogger": "a Blogger blog", "wordpress": "a WordPress site"}


@click.command(epilog="Example: blogkit init my-blog")
@click.argument(
    "folder", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]"
)
@click.option("--title", metavar="NAME", help="The blog's name.")
@click.option(
    "--platform",
    type=click.Choice(["folder", "blogger", "wordpress"]),
    help="Where the blog is (default: found at its address); folder: pages on this computer.",
)
@click.option("--url", default="", metavar="ADDRESS", help="The blog's address, tested at once.")
@click.option("--username", default="", metavar="NAME", help="Who signs in to a WordPress site.")
@click.option("--timezone", default="", metavar="ZONE", help="Such as Asia/Kolkata.")
@click.option("--language", default="", metavar="TAG", help="Such as en-IN or hi.")
@click.option("--look", default="", metavar="NAME", help="The look of the widgets, such as exam.")
@click.option("--yes", "-y", is_flag=True, help="Don't ask; take what this machine tells.")
@common
def init(folder: Path | None, yes: bool, **given: Any) -> None:
    """Create a folder for your blog in DIR (default: the current folder).

    Asks for the blog's name, address, time zone and language, and offers looks, which it can show
    in the browser; every answer has an option. Without an address, the blog is a folder of pages on
    this computer, to try things on. Writes blogkit.toml, .env and a first post. Existing files are
    never overwritten.
    """
    from blogkit.project.files.starting import known_title, refuse_started, start_blog

    output, start = the_output(), start_folder()
    root = (start / folder if folder else start).resolve()
    refuse_started(root)
    if given["title"] is not None:
        given["title"] = known_title(given["title"])
    named = given["title"] and (given["url"] or given["platform"])
    if not (yes or named or interactive()):
        raise UsageError("cannot ask without a terminal; nothing was written", hint=_SCRIPT)
    blog = _asked(output, readable(root.name), given, ask=not yes and interactive())
    made = [path.relative_to(root).as_posix() for path in start_blog(root, blog)]
    output.report({"workspace": root, "created": made})
    output.say(f"Created in {shown(root)}:")
    for name in made:
        output.say(f"  {name}")
    output.say("Next:")
    if root != Path.cwd():
        output.say(f"  cd {_quoted(str(folder or start))}")
    for line in _next(blog):
        output.say(f"  {line}")


def _asked(output: Output, name: str, given: dict[str, Any], *, ask: bool) -> NewBlog:
    """Return what is given, completed by the answers or by what the machine tells."""
    from blogkit.project.files.looks import known_look
    from blogkit.project.files.starting import NewBlog, known_title

    title = given["title"] or name
    if ask and not given["title"]:
        title = _repeat(output, lambda: known_title(_prompt("Name of the blog", name)))
    site = _site(output, given, ask=ask)
    zone, language = _place(output, given, ask=ask)
    if given["look"]:
        known_look(given["look"])
    blog = NewBlog(title, site, given["username"], zone, language, given["look"])
    look = _repeat(output, lambda: _look(output, blog)) if ask and not blog.look else blog.look
    return replace(blog, look=look)


def _look(output: Output, blog: NewBlog) -> str:
    """Ask for a look; a question mark shows all of them in the browser. "" is the default."""
    from blogkit.project.files.looks import known_look, look_names

    while (answer := _prompt(f"Look ({', '.join(look_names())}; ? shows them)", "")) == "?":
        _show_looks(output, blog)
    return known_look(answer) if answer else ""


def _show_looks(output: Output, blog: NewBlog) -> None:
    from blogkit.project.files.looks import looks_page

    show_page(output, looks_page(blog), "looks")


def _site(output: Output, given: dict[str, Any], *, ask: bool) -> FoundBlog | None:
    """Return the blog at the address, which is tested; None for a folder."""
    from blogkit.project.sign_in.identify import FoundBlog, identify

    platform, url = given["platform"], given["url"]
    if platform == "folder" or (not ask and not platform and not url):
        return None
    if not url and not ask:
        raise UsageError(f"--platform {platform} needs an address", hint="add --url ADDRESS")
    if url and platform:  # such as a site that answers only to its own network
        return FoundBlog(platform, url)

    def found() -> FoundBlog | None:
        text = url or _prompt("Its address, or Enter for a folder on this computer", "")
        return identify(text) if text else None

    site = found() if url else _repeat(output, found)
    if site is not None:
        kind = "a test blog of blogkit sandbox" if site.sandbox else _KINDS[site.platform]
        output.say(f"  found {kind}{f', “{site.title}”' if site.title else ''}", "green")
    return site


def _place(output: Output, given: dict[str, Any], *, ask: bool) -> tuple[str, str]:
    """Return the time zone and the language; the zone decides which language is offered."""
    from blogkit.project.files.machine import local_language, local_zone
    from blogkit.project.files.starting import known_language, known_zone

    zone, language = given["timezone"], given["language"]
    if not zone:
        here = local_zone()
        zone = _repeat(output, lambda: known_zone(_prompt("Time zone", here))) if ask else here
    if not language:
        usual = local_language(zone)
        language = (
            _repeat(output, lambda: known_language(_prompt("Language", usual))) if ask else usual
        )
    return zone, language


def _repeat(output: Output, ask: Callable[[], _T]) -> _T:
    """Ask until the answer is right."""
    while True:
        try:
            return ask()
        except UsageError as error:
            output.error(error)


def _prompt(question: str, default: str) -> str:
    return str(click.prompt(question, default=default, show_default=bool(default), err=True))


def _next(blog: NewBlog) -> list[str]:
    """Return the commands that lead from the new folder to the first post in the browser."""
    open_it = "blogkit open posts/hello.md"
    if blog.site is None or blog.site.sandbox:
        return ["blogkit publish", open_it]
    return ["blogkit login main", "blogkit publish", f"{open_it} --edit"]


def _quoted(path: str) -> str:
    """Return a path quoted for this system's shell."""
    return shlex.quote(path) if os.name != "nt" else f'"{path}"' if " " in path else path
