"""The command line: a thin skin over the commands in present/commands. stdout is data, stderr is talk; the exit code says how it went.

Heavy libraries are imported inside the commands that need them, so that a question answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from . import __version__
from .errors import MinhchungError
from .present.commands import answering, deciding, importing, judging, owing, reporting, sending, taking, telling

UNEXPECTED = 70  # EX_SOFTWARE of sysexits.h: a fault of ours, not of the files or of the person
INTERRUPTED = 130  # what shells report for Ctrl-C


class Commands(click.Group):
    """The commands, with every failure turned into one message on stderr and its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except MinhchungError as error:
            click.echo(f"minhchung: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:  # `minhchung evidence | head`: whoever read has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except KeyboardInterrupt:
            click.echo("minhchung: interrupted; what was saved is kept, run the command again to go on.", err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"minhchung: unexpected {type(error).__name__}: {error}", err=True)
            click.echo("This is a fault of minhchung. To see where: minhchung --debug COMMAND ..., or set MINHCHUNG_DEBUG=1.", err=True)
            ctx.exit(UNEXPECTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="minhchung")
@click.option("--debug", is_flag=True, envvar="MINHCHUNG_DEBUG", help="Show the full traceback of an unexpected error.")
def cli(debug: bool) -> None:
    """Which agency has evidenced which duty of a plan, by which words on which page of its reports.

    \b
    Example:
      minhchung ingest reports/
      minhchung missing
    """


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
    importing.plan,
    owing.agencies,
    telling.schema,
    telling.sql,
    telling.datasette_metadata,
):
    cli.add_command(command)


def main() -> None:
    """The `minhchung` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Vietnamese must come out whatever the locale; a file name that is not UTF-8 must not stop it
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    cli(prog_name="minhchung")
