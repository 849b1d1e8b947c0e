"""`blogkit prompt`: a text that makes an AI assistant answer with a post."""

from __future__ import annotations

import click

from blogkit.cli.options import common
from blogkit.cli.shared import the_output
from blogkit.cli.write.widget_context import find_context, widget_names


@click.command(epilog="Example: blogkit prompt timeline mcq")
@click.argument("names", nargs=-1, metavar="[WIDGET...]", shell_complete=widget_names)
@common
def prompt(names: tuple[str, ...]) -> None:
    """Print a text to paste into ChatGPT, Claude or Gemini, so that they answer with a post.

    It explains the format and your widgets, those of your blog among them: all, or only WIDGET... .
    Replace [YOUR TOPIC] in it. Save the answer, and run blogkit import on it: import accepts what
    assistants get wrong.
    """
    from blogkit.widget_tools.prompt import prompt_text

    output = the_output()
    text = prompt_text(find_context().registry, names)
    if output.as_json:
        output.report({"prompt": text})
    else:
        output.result(text)
