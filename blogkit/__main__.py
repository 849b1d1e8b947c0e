"""The command `blogkit`: the one place where errors become exit codes.

0 done · 1 refused or failed · 2 usage · 3 bug · 4 conflict · 130 interrupted.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence

import click

from blogkit.cli import main as commands
from blogkit.errors import BlogkitError


def main(arguments: Sequence[str] | None = None, *, sleep: Callable[[float], None] = time.sleep) -> int:
    """Run a command line and return its exit code. sleep: how to wait, such as for a site that asks to slow down."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = commands.main(args=args, prog_name="blogkit", standalone_mode=False, obj={"sleep": sleep})
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        click.echo("\ninterrupted", err=True)
        return 130
    except BrokenPipeError:  # blogkit plan | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except BlogkitError as error:
        return _refuse(error, args)
    except Exception as error:  # the last boundary
        return _bug(error, args)
    return code if isinstance(code, int) else 0


def _refuse(error: BlogkitError, args: Sequence[str]) -> int:
    from blogkit.cli.output import Output
    from blogkit.errors import ContentError

    output = Output(as_json="--json" in args, no_color="--no-color" in args)
    output.error(error)
    problems = [vars(problem) for problem in error.problems] if isinstance(error, ContentError) else []
    output.report({"error": error.message, "hint": error.hint, "problems": problems, "exit_code": error.exit_code})
    return error.exit_code


def _bug(error: Exception, args: Sequence[str]) -> int:
    from blogkit.cli.bug import write_report

    path = write_report(error, args)
    where = f"; a report without secrets is in {path}" if path else ""
    click.echo(
        f"bug: {type(error).__name__} in blogkit{where}\n    please report it, with that file",
        err=True,
    )
    return 3


if __name__ == "__main__":
    sys.exit(main())
