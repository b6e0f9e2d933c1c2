"""How much one file may cost, all in one place. Each figure is far above what a real report needs and far below what hurts a machine."""

from __future__ import annotations

from typing import Final

MIB: Final = 1 << 20

FILE_BYTES: Final = 200 * MIB  # the largest file that is opened
PART_BYTES: Final = 32 * MIB  # one part of a package, unpacked; the text of a report of 100 pages has 1 MiB
PACKAGE_BYTES: Final = 32 * MIB  # all parts of a package that is opened whole; larger ones are unpacked part by part as they are needed
OPENED_PARTS: Final = 1_000  # and with no more parts: python-docx compares each with all before it
PACKAGE_PARTS: Final = 20_000  # parts of one Office package
TEXT_BYTES: Final = 32 * MIB  # a plain text file
XML_DEPTH: Final = 256  # libxml2's own limit, which also ends chains of entities

PDF_PAGES: Final = 3_000  # pages of one PDF that are read; the rest are listed as unread
PAGE_CHARACTERS: Final = 400_000  # of one page; a full page of small print has 6,000
PAGE_PIXELS: Final = 12_000_000  # of a page rendered for OCR: A3 at 200 dpi has 8 million; larger ones are rendered more coarsely
OCR_CALL_SECONDS: Final = 90.0  # one call of tesseract; a page takes one to three
OCR_SHARE: Final = 0.6  # of the time that a file may take; results are kept, so that the next run goes on where this one stopped
CACHE_BYTES: Final = 512 * MIB  # OCR results kept; beyond it, what was not used for longest goes

ARCHIVE_BYTES: Final = 1024 * MIB  # all members of one archive, unpacked, archives inside it included
ARCHIVE_RATIO: Final = 200  # unpacked to packed; Office files and PDF are packed already, XML text reaches 20, a bomb 1,000
ARCHIVE_RATIO_FROM: Final = 32 * MIB  # below this much unpacked no ratio hurts
ARCHIVE_MEMBERS: Final = 2_000
ARCHIVE_NESTING: Final = 3  # an archive in an archive in an archive
MEMBER_PATH: Final = 1_000  # characters of a member's name, folders included

CONVERT_SECONDS: Final = 45  # LibreOffice on one file; it takes 1 to 2; less than `seconds_for` of the smallest file
CONVERT_BATCH_SECONDS: Final = 5  # and this much more for each further file of a batch

_SECONDS: Final = 60.0  # a file of usual size takes well under a second; what takes this long does not end
_SECONDS_A_MIB: Final = 10.0
_MOST_SECONDS: Final = 600.0


def seconds_for(size: int) -> float:
    """How many seconds reading a file of `size` bytes may take."""
    return min(_MOST_SECONDS, _SECONDS + _SECONDS_A_MIB * size / MIB)
