"""Files locked with a password, opened with the passwords that the user gives."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from .reader_types import Unreadable

_SAVE: Final = "save a copy without the password, or give the password"


def locked(passwords: Sequence[str], what: str = "the file") -> Unreadable:
    """The reason for a file that stays closed."""
    tried = "" if not passwords else "; the password given does not open it" if len(passwords) == 1 else "; no password given opens it"
    return Unreadable("encrypted", f"{what} is locked with a password{tried}", _SAVE)


def is_locked_doc(path: Path) -> bool:
    """Whether an old Word file is locked; False for one too damaged to tell."""
    import msoffcrypto

    try:
        with path.open("rb") as file:
            return bool(msoffcrypto.OfficeFile(file).is_encrypted())
    except Exception:  # the library raises whatever it stumbles over; LibreOffice then says what is wrong with the file
        return False


def is_locked_odt(path: Path) -> bool:
    """Whether an OpenDocument text is locked: its list of parts then tells how."""
    try:
        with zipfile.ZipFile(path) as package, package.open("META-INF/manifest.xml") as file:
            return b"encryption-data" in file.read(1 << 20)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, LookupError, ValueError, RuntimeError):  # LibreOffice says what is wrong
        return False


@contextmanager
def unlocked_office(path: Path, passwords: Sequence[str]) -> Iterator[Path]:
    """An Office file without its password, for as long as the block lasts. Raises Unreadable when no password opens it."""
    import msoffcrypto

    with tempfile.TemporaryDirectory(prefix="minhchung-") as folder:
        plain = Path(folder) / path.name
        for password in passwords:
            with path.open("rb") as file, plain.open("wb") as out:
                try:
                    office: Any = msoffcrypto.OfficeFile(file)
                    office.load_key(password=password)
                    office.decrypt(out)
                except (MemoryError, RecursionError):
                    raise
                except Exception:  # a wrong password shows in many ways: an error of the library's own, of the cipher's, of the zip's
                    continue
            if plain.stat().st_size:
                yield plain
                return
        raise locked(passwords)
