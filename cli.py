"""The command line: a thin skin over the commands in present/commands. stdout is data, stderr is talk; the exit code says how it went.

Heavy libraries are imported inside the commands that need them, so that a question answers at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from . import __version__
from .errors import MinhchungError
from .present.clicked import errors_in_language
from .present.commands import answering, deciding, importing, judging, owing, reporting, sending, taking, telling
from .present.common_options import common_first, language_asked, without_secrets
from .present.formats import escaped
from .present.helping import shows_help, translate_help
from .present.language import LANGUAGES, chosen, chosen_by, speaking, told
from .present.talk import NORMAL, QUIET, VERBOSE, fault, talking, write_down

TYPED: Final = "minhchung.typed"  # the command line as it was typed, for the log file
UNEXPECTED = 70  # EX_SOFTWARE of sysexits.h: a fault of ours, not of the files or of the person
INTERRUPTED = 130  # what shells report for Ctrl-C


class Commands(click.Group):
    """The commands, in the language chosen, with every failure turned into one message on stderr and its exit code."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> Any:
        """Understand the command line and run it."""
        given = sys.argv[1:] if args is None else args
        asked = language_asked(given)
        with speaking(chosen(asked), chosen_by(asked)):
            if shows_help(self, given):
                translate_help(self)
            return super().main(args, *rest, **more)

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Understand what stands before the command."""
        with errors_in_language():
            return super().make_context(*args, **more)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Understand what stands before the command, and the common options wherever they stand."""
        ctx.meta[TYPED] = without_secrets(args)
        return super().parse_args(ctx, common_first(args))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; its exit code is written down."""
        try:
            result = self._run(ctx)
        except click.exceptions.Exit as ending:
            write_down(f"exit code {ending.exit_code}")
            raise
        except click.ClickException as error:
            write_down(error.format_message(), "error")
            write_down(f"exit code {error.exit_code}")
            raise
        write_down("exit code 0")
        return result

    def _run(self, ctx: click.Context) -> Any:
        try:
            with errors_in_language():
                result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except MinhchungError as error:
            fault(f"minhchung: {told(error.message)}", error.next_step)
            _end(ctx, error.exit_code)
        except BrokenPipeError:  # `minhchung evidence | head`: whoever read has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            _end(ctx, 0)
        except KeyboardInterrupt:
            fault("minhchung: interrupted; what was saved is kept, run the command again to go on.")
            _end(ctx, INTERRUPTED)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            fault(f"minhchung: unexpected {type(error).__name__}: {error}")
            fault("This is a fault of minhchung. To see where: minhchung --debug COMMAND ..., or set MINHCHUNG_DEBUG=1.")
            write_down("".join(traceback.format_exception(error)), "error")
            _end(ctx, UNEXPECTED)


def _end(ctx: click.Context, code: int) -> NoReturn:
    """Leave with that exit code. It is written down first: leaving closes the log file."""
    write_down(f"exit code {code}")
    ctx.exit(code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="minhchung")
@click.option("--debug", is_flag=True, envvar="MINHCHUNG_DEBUG", help="Show the full traceback of an unexpected error.")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), expose_value=False,
    help="Speak Vietnamese or English. Default: $MINHCHUNG_LANG, else as the system is set. Data never changes with the language.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but failures.")
@click.option("-v", "--verbose", is_flag=True, help="Say also what was used, and how long it took.")
@click.option(
    "--log-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Append all that is said to FILE, with times."
)
@click.pass_context
def cli(ctx: click.Context, debug: bool, quiet: bool, verbose: bool, log_file: Path | None) -> None:
    """Which agency has evidenced which duty of a plan, by which words on which page of its reports.

    The options below may stand anywhere on the line (--debug only before the command).

    \b
    Example:
      minhchung ingest reports/
      minhchung missing
    """
    if quiet and verbose:
        raise click.UsageError("Either --quiet or --verbose, not both.")
    ctx.with_resource(talking(QUIET if quiet else VERBOSE if verbose else NORMAL, log_file))
    write_down(f"minhchung {__version__}: {escaped(ctx.meta.get(TYPED, ''))}")


for command in (
    taking.ingest,
    taking.watch,
    taking.problems,
    taking.doctor,
    answering.documents,
    answering.evidence,
    answering.status,
    answering.missing,
    answering.search,
    judging.extract,
    judging.explain,
    judging.evaluate,
    deciding.review,
    deciding.received,
    sending.senders,
    sending.calendar,
    reporting.report,
    reporting.snippet,
    importing.plan,
    owing.agencies,
    telling.schema,
    telling.sql,
    telling.datasette_metadata,
    telling.completion,
):
    cli.add_command(command)


def main() -> None:
    """The `minhchung` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Vietnamese must come out whatever the locale; a file name that is not UTF-8 must not stop it
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if "_MINHCHUNG_COMPLETE" in os.environ:
        from .present.completion import register

        register()
    cli(prog_name="minhchung")
