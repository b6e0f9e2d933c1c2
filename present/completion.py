"""Completion of the command line in PowerShell, which click does not bring: what it needs is the words and where the cursor stands."""

from __future__ import annotations

import os
from typing import Final

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, split_arg_string

_SOURCE: Final = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $env:%(complete_var)s = "powershell_complete"
    $env:COMP_WORDS = $commandAst.ToString().PadRight($cursorPosition, " ").Substring(0, $cursorPosition)
    $env:COMP_CWORD = $wordToComplete
    try {
        %(prog_name)s | ForEach-Object {
            $type, $value, $help = $_ -split "`t", 3
            if ($type -in "file", "dir") {
                Get-ChildItem "$wordToComplete*" | ForEach-Object {
                    $name = Resolve-Path -Relative $_.FullName
                    if ($name -match "\\s") { $name = "'$name'" }
                    [System.Management.Automation.CompletionResult]::new($name, $_.Name, "ProviderItem", $_.FullName)
                }
            } else {
                if (-not $help) { $help = $value }
                [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $help)
            }
        }
    } finally {
        Remove-Item Env:%(complete_var)s, Env:COMP_WORDS, Env:COMP_CWORD -ErrorAction SilentlyContinue
    }
}
"""


class PowerShellComplete(ShellComplete):
    """Windows PowerShell 5.1 and PowerShell 7: a line an item, its type, value and help between tabs."""

    name = "powershell"
    source_template = _SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one being typed, and that."""
        typed = split_arg_string(os.environ["COMP_WORDS"])
        incomplete = os.environ.get("COMP_CWORD", "")
        words = typed[1:]
        return (words[:-1] if incomplete and words else words), incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """One line; help is cut to it."""
        return f"{item.type}\t{item.value}\t{' '.join((item.help or '').split())}"


def register() -> None:
    """Make PowerShell known to click; the other shells are."""
    add_completion_class(PowerShellComplete)
