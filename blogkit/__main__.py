"""The command `blogkit`: the one place where errors become exit codes.

0 done · 1 refused or failed · 2 usage · 3 bug · 4 conflict · 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # everything else is imported after `program` has tuned the interpreter
    from blogkit.cli.output import Output
    from blogkit.errors import BlogkitError

_GARBAGE = 200_000
"""So many objects more than were freed make Python look for garbage; its own number is 700. A
command for one post of 10,000 makes 120,000, none of which is garbage."""


class _NoPlugins(ModuleType):
    """Finds no plug-ins of pydantic, as its own module does if they are switched off.

    Pydantic's imports 40 others, which read metadata, before it looks whether it should.
    """

    NAME = "pydantic.plugin._loader"

    @staticmethod
    def get_plugins() -> tuple[()]:
        """Return no plug-ins."""
        return ()

    def __getattr__(self, name: str) -> Any:
        """Return what other versions of pydantic may look for, from its own module."""
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.NAME) is self:
            sys.modules.pop(self.NAME, None)
        return getattr(import_module(self.NAME), name)


def tune() -> None:
    """Tune this process's interpreter for a command."""
    gc.set_threshold(_GARBAGE)
    # pydantic would read the metadata of every installed package to find its plug-ins
    # (https://docs.pydantic.dev/latest/concepts/plugins/).
    if os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__") == "__all__":
        sys.modules.setdefault(_NoPlugins.NAME, _NoPlugins(_NoPlugins.NAME))


def program() -> int:
    """Run the command line of this process, which ends afterwards.

    Unlike `main`, it tunes the interpreter: a fifth of the time of a short command is spent on
    looking for garbage, much of that as the interpreter ends.

    Returns:
        The exit code, as `main`.
    """
    tune()
    code = main()
    gc.freeze()
    return code


def main(
    arguments: Sequence[str] | None = None, *, sleep: Callable[[float], None] = time.sleep
) -> int:
    """Run a command line and return its exit code.

    Args:
        arguments: The words after `blogkit`; absent = those of this process.
        sleep: Waits for a number of seconds, such as for a site that asks to slow down.

    Returns:
        0 done, 1 refused or failed, 2 wrong usage, 3 bug, 4 conflict, 130 interrupted.
    """
    from blogkit.cli.output import Output, ready_streams

    args = list(sys.argv[1:] if arguments is None else arguments)
    ready_streams()
    if os.environ.get("_BLOGKIT_COMPLETE", "").startswith("powershell"):
        from blogkit.cli.powershell import register

        register()
    output = Output(as_json="--json" in args, no_color="--no-color" in args)
    try:
        code = _run(args, sleep, output)
    except KeyboardInterrupt:  # a second Ctrl-C, while the first was being answered
        code = 130
    return output.finish(code)


def _run(args: Sequence[str], sleep: Callable[[float], None], output: Output) -> int:
    import click

    from blogkit.cli import main as commands

    try:
        code = commands.main(
            args=list(args),
            prog_name="blogkit",
            standalone_mode=False,
            obj={"sleep": sleep, "output": output},
        )
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        output.end(
            "interrupted", hint="run the same command again; completed work is kept", exit_code=130
        )
        return 130
    except Exception as error:  # the last boundary
        from blogkit.cli.error_handler import explained, write_report

        known = explained(error)
        return _refuse(known, output) if known else _bug(error, output, write_report(error, args))
    return code if isinstance(code, int) else 0


def _refuse(error: BlogkitError, output: Output) -> int:
    from blogkit.errors import ContentError

    for other in (*error.others, error):
        output.error(other)
    problems = (
        [vars(problem) for problem in error.problems] if isinstance(error, ContentError) else []
    )
    output.close(
        {
            "error": error.message,
            "hint": error.hint,
            "problems": problems,
            "exit_code": error.exit_code,
        }
    )
    return error.exit_code


def _bug(error: Exception, output: Output, path: str) -> int:
    where = f"; a report without secrets is in {path}" if path else ""
    output.end(
        f"bug: {type(error).__name__} in blogkit{where}",
        hint="please report it, with that file",
        exit_code=3,
    )
    return 3


if __name__ == "__main__":
    sys.exit(program())
