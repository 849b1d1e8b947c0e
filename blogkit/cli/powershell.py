r"""Completion for PowerShell 5.1 and later, on Windows and elsewhere.

PowerShell has read the command line already, so its words come one a line: click's own class takes
the line as text and splits it as a POSIX shell, to which `posts\miami.md` is `postsmiami.md`.
"""

from __future__ import annotations

import os

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

# https://learn.microsoft.com/powershell/module/microsoft.powershell.core/register-argumentcompleter
# A completer that offers nothing leaves the word to PowerShell, which completes files.
_SCRIPT = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = $commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition }
    $words = foreach ($word in $before) {
        if ($null -ne $word.Value) { $word.Value } else { $word.Extent.Text }
    }
    $env:COMP_WORDS = @($words) -join "`n"
    $env:COMP_INCOMPLETE = $wordToComplete
    $env:%(complete_var)s = "powershell_complete"
    try {
        %(prog_name)s | Where-Object { $_ } | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            $text = $value
            if ($text -match "[\\s'();&|]") { $text = "'" + $text.Replace("'", "''") + "'" }
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new(
                $text, $value, "ParameterValue", $help)
        }
    } finally {
        Remove-Item -ErrorAction SilentlyContinue `
            Env:COMP_WORDS, Env:COMP_INCOMPLETE, Env:%(complete_var)s
    }
}
"""


class PowerShell(ShellComplete):
    """Answers the script above."""

    name = "powershell"
    source_template = _SCRIPT

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor, without `blogkit` itself, and the unfinished one."""
        words = os.environ.get("COMP_WORDS", "").split("\n")
        return words[1:], os.environ.get("COMP_INCOMPLETE", "")

    def complete(self) -> str:
        """Return the offers, one a line; none for files, which PowerShell completes itself."""
        items = self.get_completions(*self.get_completion_args())
        return "\n".join(self.format_completion(one) for one in items if one.type == "plain")

    def format_completion(self, item: CompletionItem) -> str:
        """Return an offer and its help."""
        return "\t".join([item.value, " ".join((item.help or "").split())])


def register() -> None:
    """Let click find the class."""
    add_completion_class(PowerShell)
