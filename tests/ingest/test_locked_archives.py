"""RAR and 7z with a password: opened with the one that fits; where none is given or nothing can open them, the report says what to do."""

from __future__ import annotations

import base64
import hashlib
import struct
import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from minhchung.ingest import archive_entries, locked_archives
from minhchung.ingest.archive_entries import libarchive_version
from minhchung.ingest.archives import Member, unpack
from minhchung.ingest.locked_archives import unar_version
from minhchung.ingest.rar_headers import locked_members
from minhchung.ingest.reader import read_file
from minhchung.ingest.reader_types import Unreadable

needs_unar = pytest.mark.skipif(not unar_version(), reason="unar is not installed")
needs_libarchive = pytest.mark.skipif(not libarchive_version(), reason="libarchive is not installed")
PASSWORD = "bí mật"
TEXT = "Nội dung báo cáo năm 2023"

# Quận/bc.txt and hai.txt packed by 7-Zip 26.02 with that password: once the contents locked, once the names as well.
SEVEN_ZIP = base64.b64decode(
    "N3q8ryccAASS8Kl7vwAAAAAAAAAiAAAAAAAAAEEOmjYx8+RwQS1tG/XPLzzE/6zrDP829iqKh79tduOg1HtEHT6uXsFUuvSm4efJugYivgoAAIEzB64P0QDU"
    "PKCKabDjxAD69FhUvbP8+7FHUXVzxZaeETKtnXT+UFLskA+f2P14t1PPo2GK/ivEjZqUSgC58CfBjiJQSqqOb4FtsxoAgU83ovE+d1mjD+jESQ5J6EuP6G+P"
    "mVgdfszb6lgWSzPnGjbgM8UWq7RWxK9CuACFlA2ykcUnlxy9k0fhtyEAABcGMAEJgI8ABwsBAAEjAwEBBV0AEAAADICyCgFgUvpXAAA="
)
SEVEN_ZIP_NAMES_TOO = base64.b64decode(
    "N3q8ryccAAQ/TlqIwAAAAAAAAAA+AAAAAAAAAIfSj9ppTCpDagGuCL5g6nZBcWILKPg+8q5Eis1H+3tPvhE4GnoifYzaglWhLyNxZLiwyuXvGE/aAU7JnsLF"
    "xum7b9HIUHjjWNhI46sTfvriqe0t1Wqc/j1adP4tvZYlUUdfqwG6ilW9h5/SCJWVcKpjV2i842lRcRKjtL4nJd/UT9rY0NpJovjQmFjRhRBhcUOLwEyeCFdb"
    "QuegyxDjRBzYsQ8uWJVdmTWLJxR0JMRkisHvlK85IUzIL1fnbxrAWOwRpKkXBjABCYCQAAcLAQACJAbxBwESUw+bD6TtfMX+YXTzSF4F9z48IwMBAQVdABAA"
    "AAEADICPgLIKAU1qXN8AAA=="
)


def number(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out, value = out + bytes([value & 0x7F | 0x80]), value >> 7
    return out + bytes([value])


def block(body: bytes, data: bytes = b"") -> bytes:
    sized = number(len(body)) + body
    return struct.pack("<I", zlib.crc32(sized)) + sized + data


def rar_file(name: str, content: bytes, password: str = "", told_size: int | None = None) -> bytes:
    """A stored file of a RAR 5 archive, locked where there is a password, written by the format's description."""
    data, extra = content, b""
    if password:
        salt, vector = bytes(range(16)), bytes(range(16, 32))
        key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1 << 4)
        cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
        data = cipher.update(content + bytes(-len(content) % 16)) + cipher.finalize()
        record = number(1) + number(0) + number(0) + bytes([4]) + salt + vector
        extra = number(len(record)) + record
    raw, size = name.encode(), len(content) if told_size is None else told_size
    head = number(2) + number(3 if extra else 2) + (number(len(extra)) if extra else b"") + number(len(data))
    head += number(4) + number(size) + number(0o100644) + struct.pack("<I", zlib.crc32(content))
    return block(head + number(0) + number(1) + number(len(raw)) + raw + extra, data)


def rar(path: Path, *files: bytes) -> Path:
    path.write_bytes(
        b"Rar!\x1a\x07\x01\x00" + block(number(1) + number(0) + number(0)) + b"".join(files) + block(number(5) + number(0) + number(0))
    )
    return path


def locked_rar(path: Path) -> Path:
    return rar(path, rar_file("Sở Tư pháp/bc.txt", TEXT.encode(), PASSWORD), rar_file("rõ.txt", b"ai cung doc duoc"))


def contents(members: list[Member]) -> dict[str, str]:
    return {m.name: m.path.read_text("utf-8") for m in members if m.path}


@needs_unar
@needs_libarchive
def test_a_locked_rar_is_opened_with_the_password_that_fits(tmp_path: Path) -> None:
    members = unpack(locked_rar(tmp_path / "a.rar"), tmp_path, ("nhầm", PASSWORD))
    assert contents(members) == {"Sở Tư pháp/bc.txt": TEXT, "rõ.txt": "ai cung doc duoc"}


@needs_unar
@needs_libarchive
@pytest.mark.parametrize("archive", [SEVEN_ZIP, SEVEN_ZIP_NAMES_TOO], ids=["contents locked", "names locked too"])
def test_a_locked_7z_is_opened_with_the_password_that_fits(tmp_path: Path, archive: bytes) -> None:
    path = tmp_path / "a.7z"
    path.write_bytes(archive)
    assert contents(unpack(path, tmp_path, ("nhầm", PASSWORD))) == {"Quận/bc.txt": TEXT, "hai.txt": "hai"}


@needs_libarchive
@pytest.mark.parametrize("passwords", [(), ("nhầm",)], ids=["no password", "a wrong one"])
def test_without_the_password_each_locked_member_says_so_and_the_others_are_read(tmp_path: Path, passwords: tuple[str, ...]) -> None:
    locked, plain = unpack(locked_rar(tmp_path / "a.rar"), tmp_path, passwords)
    assert locked.path and "locked with a password" in read_file(locked.path).reason
    assert plain.path and plain.path.read_bytes() == b"ai cung doc duoc"
    (tmp_path / "a.7z").write_bytes(SEVEN_ZIP)
    for member in unpack(tmp_path / "a.7z", tmp_path, passwords):
        assert member.path and "locked with a password" in read_file(member.path).reason


@needs_libarchive
def test_where_nothing_can_open_it_the_command_that_installs_the_means_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locked_archives, "unar_version", lambda: "")
    locked, _ = unpack(locked_rar(tmp_path / "a.rar"), tmp_path, (PASSWORD,))
    assert locked.path
    report = read_file(locked.path)
    assert "sudo apt-get install unar" in report.reason and "password" in report.reason
    assert report.waiting_for == ("unar",)
    (tmp_path / "a.7z").write_bytes(SEVEN_ZIP_NAMES_TOO)
    with pytest.raises(Unreadable) as refused:
        unpack(tmp_path / "a.7z", tmp_path, (PASSWORD,))
    assert refused.value.waiting_for == ("unar",)


@needs_unar
@needs_libarchive
def test_a_name_in_a_locked_rar_cannot_lead_out_of_the_work_folder(tmp_path: Path) -> None:
    path = rar(tmp_path / "a.rar", rar_file("../../ra.txt", b"x", PASSWORD), rar_file("bc.txt", TEXT.encode(), PASSWORD))
    out, kept = unpack(path, tmp_path, (PASSWORD,))
    assert out.path and "not taken out" in read_file(out.path).reason
    assert kept.path and kept.path.read_text("utf-8") == TEXT


@needs_unar
@needs_libarchive
def test_a_locked_member_that_is_damaged_costs_itself_only(tmp_path: Path) -> None:
    spoilt = bytearray(rar_file("hỏng.txt", TEXT.encode(), PASSWORD))
    spoilt[-20] ^= 0xFF
    path = rar(tmp_path / "a.rar", bytes(spoilt), rar_file("bc.txt", TEXT.encode(), PASSWORD))
    bad, good = unpack(path, tmp_path, (PASSWORD,))
    assert bad.path and read_file(bad.path).outcome == "unreadable"
    assert good.path and good.path.read_text("utf-8") == TEXT


@needs_unar
@needs_libarchive
def test_a_locked_bomb_is_refused_by_what_it_says_of_itself(tmp_path: Path) -> None:
    path = rar(tmp_path / "a.rar", rar_file("bom.txt", b"x" * 16, PASSWORD, told_size=(1 << 30) + 16))
    with pytest.raises(Unreadable, match="refused"):
        unpack(path, tmp_path, (PASSWORD,))


@needs_unar
@needs_libarchive
def test_an_archive_that_is_not_locked_is_left_to_libarchive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(locked_archives, "_entries", lambda path, *rest: asked.append(path))
    path = rar(tmp_path / "a.rar", rar_file("bc.txt", TEXT.encode()))
    assert contents(unpack(path, tmp_path, (PASSWORD,))) == {"bc.txt": TEXT} and not asked


def test_the_headers_of_a_rar_tell_what_is_locked_even_where_it_breaks_off(tmp_path: Path) -> None:
    path = locked_rar(tmp_path / "a.rar")
    assert locked_members(path) == {"Sở Tư pháp/bc.txt"}
    whole = path.read_bytes()
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        assert locked_members(path) <= {"Sở Tư pháp/bc.txt"}
    path.write_bytes(b"PK")
    assert locked_members(path) == frozenset() and archive_entries.LOCKED.code == "encrypted"
