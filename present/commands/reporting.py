"""Commands that write what people look at: report html, xlsx, docx, reminders; snippet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ...errors import InputError
from ..asking import Command, Question, db_option, filter_options, kept_plan_option, password_option
from ..language import counted, of_documents, speaking, spoken, words
from ..output import Output, write_bytes
from ..talk import say

if TYPE_CHECKING:
    from ..reports.gathering import Gathered
    from ..reports.reminders import Letter


_NO_LETTER: Final = "Nothing is missing or late: no letter was written."


def _report_options(name: str) -> Callable[[Command], Command]:
    """The options that all reports share; `name` is the file written where -o names none."""

    def added(command: Command) -> Command:
        output = click.option(
            "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", default=name, show_default=True,
            help="Write to FILE.",
        )  # fmt: skip
        return db_option(kept_plan_option(output(filter_options(command))))

    return added


@contextmanager
def _gathered(
    db: Path, plan: str, year: int | None, as_of: datetime | None, named: dict[str, Any], language: str = ""
) -> Iterator[Gathered]:
    """What the report is made of. It speaks `language` within the block; '' for the one that the command speaks."""
    from ..reports.gathering import gather

    ask = Question(db, Output(), named["agency"], named["item"], year, as_of.date() if as_of else None, plan)
    with ask.asked() as asked, speaking(language or spoken()):
        yield gather(asked)


def _told(path: Path) -> None:
    say(f"Written: {path}")


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be made: {error.strerror or error}.", "Name another folder with -o.") from error


def _written(letters: Iterable[Letter], folder: Path) -> int:
    """How many letters there were."""
    _made(folder)
    count = 0
    for letter in letters:
        write_bytes(letter.data, folder / letter.file)
        count += 1
    return count


@click.group()
def report() -> None:
    """Write a page, a workbook, the yearly report or reminders from the store.

    \b
    Example:
      minhchung report html --year 2023 -o minh-chung.html
    """


@report.command()
@_report_options("minh-chung.html")
def html(db: Path, plan: str, year: int | None, as_of: datetime | None, output: Path, **named: Any) -> None:
    """One page that opens anywhere without a network: the matrix, the quotes behind each cell, counts, what is due, what was not read.

    \b
    Example:
      minhchung report html --year 2023 --as-of 2023-11-30 -o minh-chung.html
    """
    from ..reports.html import page

    with _gathered(db, plan, year, as_of, named) as found:
        write_bytes(page(found).encode("utf-8"), output)
    _told(output)


@report.command()
@_report_options("minh-chung.xlsx")
def xlsx(db: Path, plan: str, year: int | None, as_of: datetime | None, output: Path, **named: Any) -> None:
    """A workbook: the matrix with filters and colours, a sheet for each item, the quotes with links, what is missing, what was not read.

    \b
    Example:
      minhchung report xlsx --year 2023 --as-of 2023-11-30 -o minh-chung.xlsx
    """
    from ..reports.xlsx import workbook

    with _gathered(db, plan, year, as_of, named) as found:
        write_bytes(workbook(found), output)
    _told(output)


_writer = click.option(
    "--from", "writer", default="", metavar="CODE|NAME", help="Who writes. Default: the agency that advises on most duties of the plan."
)


@report.command()
@db_option
@kept_plan_option
@filter_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="don-doc",
    show_default=True,
    metavar="FOLDER",
    help="Write the letters into FOLDER, one file for each agency.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.docx",
    help="The letter to fill in, with {{co_quan}} and the like, in place of the one that comes with minhchung.",
)
@click.option(
    "--write-template",
    "blank",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.docx",
    help="Write the letter that comes with minhchung to FILE.docx, to be changed in Word, and no letters.",
)
@click.option("--overdue", is_flag=True, help="Only agencies with something overdue.")
@_writer
def reminders(
    db: Path,
    plan: str,
    year: int | None,
    as_of: datetime | None,
    output: Path,
    template: Path | None,
    blank: Path | None,
    overdue: bool,
    writer: str,
    **named: Any,
) -> None:  # fmt: skip
    """A draft letter (công văn đôn đốc) for each agency with something missing or late: its own list, each with its day.

    Letters are drafts: number, day and signature are left open. docs/reports.md lists what a template may say. They are in Vietnamese
    unless --lang or $MINHCHUNG_LANG asks for English; in a template of one's own, only --lang counts.

    \b
    Example:
      minhchung report reminders --year 2023 --as-of 2023-11-30 --overdue -o don-doc
      minhchung report reminders --write-template mau-don-doc.docx
      minhchung report reminders --template mau-don-doc.docx -o don-doc
    """
    from ..reports.filling import Template, template_from
    from ..reports.reminders import ROW, SINGLE, letters, template_of

    with _gathered(db, plan, year, as_of, named, of_documents(own_form=template is not None)) as found:
        if blank:
            write_bytes(template_of(found, writer), blank)
        else:
            form = template_from(template, SINGLE, ROW) if template else Template(template_of(found, writer), "the letter", SINGLE, ROW)
            count = _written(letters(found, form, overdue, writer), output)
    if blank:
        _told(blank)
    else:
        say(counted(count, "Written: {} letter in {}", output, many="Written: {} letters in {}") if count else words(_NO_LETTER))


@report.command()
@_report_options("bao-cao-nam.docx")
@_writer
def docx(db: Path, plan: str, year: int | None, as_of: datetime | None, output: Path, writer: str, **named: Any) -> None:
    """The yearly report to the body that issued the plan and to the ministry, as a draft: results by item, figures, annexes.

    Every figure is a sum of quotes that annex II lists with file and page. Without --year: the newest year reported on. It is in Vietnamese
    unless --lang or $MINHCHUNG_LANG asks for English.

    \b
    Example:
      minhchung report docx --year 2023 --as-of 2023-12-31 -o bao-cao-nam.docx
    """
    from ..reports.yearly import yearly

    with _gathered(db, plan, year, as_of, named, of_documents()) as found:
        write_bytes(yearly(found, year or max(found.years, default=found.plan.year), writer), output)
    _told(output)


@click.command()
@click.argument("key", metavar="ID")
@db_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.png", help="Write to FILE.png. Default: ID.png."
)
@click.option("--dpi", type=click.IntRange(36, 600), default=150, show_default=True, help="How fine, in dots an inch.")
@click.option("--cut", is_flag=True, help="Only what is around the quote, not the whole page.")
@password_option
def snippet(key: str, db: Path, output: Path | None, dpi: int, cut: bool, passwords: tuple[str, ...]) -> None:
    """The page that an evidence stands on, as a picture with its words marked. ID is that of `minhchung evidence`, or how it begins.

    PDF files and scans as they are; Word files as LibreOffice draws them, where it is installed.

    \b
    Example:
      minhchung snippet 3f9a0c52d1e7 -o trich-dan.png
    """
    from ...store.claims import place
    from ...store.connection import reading
    from ..reports.snippet import snippet as drawn

    with reading(db) as conn:
        where = place(conn, key)
    picture = drawn(where, dpi, cut, passwords)
    target = output or Path(f"{where.id}.png")
    write_bytes(picture.png, target)
    if not picture.found:
        boxed = "the whole passage is boxed" if picture.boxed else "nothing is boxed"
        say(f"Note: the words themselves were not found on page {picture.page}; {boxed}.")
    say(f"Written: {target} ({where.file}, page {picture.page})")
