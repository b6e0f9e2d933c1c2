"""A PDF opened by two libraries: pdfium at once, pdfplumber only when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any

from .model import NOTHING_NOTED, Issue, Properties, Signature
from .pdf_census import page_objects
from .pdf_page import PageText, decoded
from .properties import of_pdf
from .reader_types import Unreadable
from .unlock import locked

PRINT_ANEW = "open the file in a PDF viewer, print it to a new PDF"
_BLANK_CHECKS = 5
_FEW_PAGES = 500  # pdfplumber needs a second to open a file of so many


class PdfFile:
    """One file. A page is opened by a library when first asked for, and closed by `close_page`."""

    def __init__(self, path: Path, passwords: Sequence[str]) -> None:
        """Raises `Unreadable`."""
        self.path = path
        self._password = ""
        self._pdfium: Any = None
        self._plumber: Any = None
        self._plumber_fault: BaseException | None = None
        self._page: tuple[int, Any] | None = None
        self._digest = ""
        self._blanks = 0
        self.issues: list[Issue] = []  # of the file as a whole
        fault = self._open_pdfium(passwords)
        self.count = len(self._pdfium) if self._pdfium is not None else 0
        if not self.count or self._is_doubtful():
            self._ask_plumber(passwords, fault)

    def _open_pdfium(self, passwords: Sequence[str]) -> BaseException | None:
        import pypdfium2
        from pypdfium2.raw import FPDF_ERR_PASSWORD

        fault: BaseException | None = None
        for password in ("", *passwords):
            try:
                self._pdfium = pypdfium2.PdfDocument(_source(self.path), password=password or None)
                self._password = password
                return None
            except pypdfium2.PdfiumError as error:
                fault = error
                if getattr(error, "err_code", None) != FPDF_ERR_PASSWORD:
                    return fault
        raise locked(passwords, "the PDF") from fault

    def _is_doubtful(self) -> bool:
        """Whether the file itself speaks of more pages than pdfium counts (which may be earlier versions of them), or of fewer."""
        objects, sure = page_objects(self.path)
        return objects > self.count or (sure and objects < self.count)

    def _ask_plumber(self, passwords: Sequence[str], fault: BaseException | None) -> None:
        from .pdf_plumber import is_locked

        fast, careful = self.count, self._plumber_file(passwords)
        pages = len(careful.pages) if careful is not None else 0
        self.count = max(fast, pages)
        if self.count:
            if careful is not None and fast != pages:
                message = f"pdfium counts {fast} pages, pdfminer {pages}: each page is read by the one that has it"
                self.issues.append(Issue("page-counts-differ", message, "compare with the file in a PDF viewer"))
            return
        problem = self._plumber_fault or fault
        if problem is not None and is_locked(problem):
            raise locked(passwords, "the PDF") from problem
        if problem is not None:
            raise Unreadable("damaged", f"the PDF is damaged ({fault_name(problem)})", PRINT_ANEW) from problem
        raise Unreadable("damaged", "no page can be found in the PDF", PRINT_ANEW)

    def _plumber_file(self, passwords: Sequence[str] = ()) -> Any:
        if self._plumber is None and self._plumber_fault is None:
            from .pdf_plumber import open_file

            for password in dict.fromkeys((self._password, *passwords)):
                try:
                    self._plumber, self._plumber_fault = open_file(self.path, password), None
                    break
                except Exception as fault:  # pdfminer raises whatever a broken structure leads it to; each means: cannot be opened
                    if isinstance(fault, MemoryError | RecursionError | OSError):
                        raise
                    self._plumber_fault = fault
        return self._plumber

    def fast(self, number: int) -> PageText | None:
        """The page by pdfium; None where pdfium does not have it."""
        from .pdf_pdfium import read_page

        page = self._pdfium_page(number)
        return decoded(read_page(page, number)) if page is not None else None

    def may_check_blank(self) -> bool:
        """Whether one more page that pdfium shows blank may be looked at by pdfplumber: so many times only, for it is slow.

        Not in a file of one page: a file that holds nothing is unreadable in any case.
        """
        self._blanks += 1
        return self._blanks <= _BLANK_CHECKS and 1 < self.count <= _FEW_PAGES

    def careful(self, number: int) -> PageText | None:
        """The page by pdfplumber; None where that does not have it. Raises what opening the file raised."""
        from .pdf_plumber import read_page

        pdf = self._plumber_file()
        if pdf is None and self._plumber_fault is not None:
            raise self._plumber_fault
        if pdf is None or number > len(pdf.pages):
            return None
        page = pdf.pages[number - 1]
        try:
            return decoded(read_page(page, number))
        finally:
            page.close()

    def picture(self, number: int, read: Callable[[Any, int, str], PageText]) -> PageText | None:
        """What `read` sees in the page as pdfium draws it; None where pdfium does not have it."""
        page = self._pdfium_page(number)
        if page is None:
            return None
        if not self._digest:
            with self.path.open("rb") as file:
                self._digest = file_digest(file, "sha256").hexdigest()
        return read(page, number, self._digest)

    def _pdfium_page(self, number: int) -> Any:
        if self._page is not None and self._page[0] == number:
            return self._page[1]
        if self._pdfium is None or number > len(self._pdfium):
            return None
        page = self._pdfium[number - 1]
        self._page = (number, page)
        return page

    def signatures(self) -> tuple[list[Signature], list[Issue]]:
        """Who signed the file, and what is wrong with the signatures; looked for only where pdfium sees one."""
        from pypdfium2.raw import FPDF_GetSignatureCount

        if self._pdfium is None or FPDF_GetSignatureCount(self._pdfium.raw) < 1:
            return [], []
        from .signatures import read_signatures

        return read_signatures(self.path, self._password)

    def properties(self) -> Properties:
        """What the file notes about itself; nothing where pdfium does not have it."""
        return of_pdf(self._pdfium) if self._pdfium is not None else NOTHING_NOTED

    def close_page(self) -> None:
        """Frees the page at hand."""
        if self._page is not None:
            self._page[1].close()
            self._page = None

    def close(self) -> None:
        """Frees everything."""
        self.close_page()
        for pdf in (self._pdfium, self._plumber):
            if pdf is not None:
                pdf.close()


@contextmanager
def open_pdf(path: Path, passwords: Sequence[str] = ()) -> Iterator[PdfFile]:
    """Raises `Unreadable` where no library can open it, the file is locked, or no page is found."""
    pdf = PdfFile(path, passwords)
    try:
        yield pdf
    finally:
        pdf.close()


def _source(path: Path) -> str | bytes:
    """pdfium takes a name only as UTF-8."""
    name = str(path.absolute())
    try:
        name.encode()
    except UnicodeEncodeError:
        return path.read_bytes()
    return name


def fault_name(fault: BaseException) -> str:
    """The fault in a few words; pdfplumber wraps pdfminer's."""
    inner = next((a for a in fault.args if isinstance(a, BaseException)), fault)
    return f"{type(inner).__name__}: {inner}" if str(inner) else type(inner).__name__
