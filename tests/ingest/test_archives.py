"""What is in an archive is read file by file; what would hurt is refused, and says so."""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from minhchung.ingest import archives, limits
from minhchung.ingest.archive_entries import libarchive_version
from minhchung.ingest.archives import Member, refusal, unpack
from minhchung.ingest.detect import REFUSED_MAGIC, detect
from minhchung.ingest.discover import discover
from minhchung.ingest.reader import read_file
from minhchung.ingest.reader_types import Unreadable
from minhchung.ingest.workroom import Workroom

needs_libarchive = pytest.mark.skipif(not libarchive_version(), reason="libarchive is not installed")
TEXT = "Báo cáo kết quả thực hiện dân chủ ở cơ sở."


def zipped(path: Path, **members: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def names_and_texts(members: list[Member]) -> dict[str, str]:
    return {m.name: m.path.read_bytes().decode("utf-8", "replace") if m.path else m.ignored for m in members}


def rar5(path: Path, name: str, content: bytes) -> Path:
    """A RAR 5 archive of one stored file, written by the format's description."""

    def number(value: int) -> bytes:
        out = b""
        while value > 0x7F:
            out, value = out + bytes([value & 0x7F | 0x80]), value >> 7
        return out + bytes([value])

    def block(body: bytes, data: bytes = b"") -> bytes:
        sized = number(len(body)) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized + data

    raw = name.encode()
    file = number(2) + number(2) + number(len(content)) + number(4) + number(len(content)) + number(0o100644)
    file += struct.pack("<I", zlib.crc32(content)) + number(0) + number(1) + number(len(raw)) + raw
    path.write_bytes(
        b"Rar!\x1a\x07\x01\x00" + block(number(1) + number(0) + number(0)) + block(file, content) + block(number(5) + number(0) + number(0))
    )
    return path


def test_the_members_of_a_zip_are_files_of_their_own(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"Quận/báo cáo.txt": TEXT, "Quận/b.txt": "hai", "~$c.docx": "x", "__MACOSX/._b.txt": "x"})
    assert names_and_texts(unpack(path, tmp_path)) == {
        "Quận/báo cáo.txt": TEXT,
        "Quận/b.txt": "hai",
        "~$c.docx": "a lock file that Word leaves while a document is open",
        "__MACOSX/._b.txt": "in a hidden folder",
    }


def test_a_member_keeps_its_base_name_for_the_reader(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"x/BC Ngô Quyền.txt": "a", "y/BC Ngô Quyền.txt": "b", "z/" + "dài" * 120 + ".txt": "c"})
    first, second, long = (m.path for m in unpack(path, tmp_path))
    assert first and second and long
    assert first.name == second.name == "BC Ngô Quyền.txt" and first != second
    assert long.suffix == ".txt" and len(long.name.encode()) < 200


@needs_libarchive
def test_a_rar_is_read(tmp_path: Path) -> None:
    path = rar5(tmp_path / "a.rar", "Sở Tư pháp/bc.txt", TEXT.encode())
    assert names_and_texts(unpack(path, tmp_path)) == {"Sở Tư pháp/bc.txt": TEXT}


@needs_libarchive
@pytest.mark.parametrize("kind", ["7zip", "gnutar"])
def test_other_archives_are_read(tmp_path: Path, kind: str) -> None:
    import libarchive

    path = tmp_path / "a.x"
    with libarchive.file_writer(str(path), kind) as archive:
        archive.add_file_from_memory("quận/bc.txt", len(TEXT.encode()), TEXT.encode())
    assert names_and_texts(unpack(path, tmp_path)) == {"quận/bc.txt": TEXT}


def test_names_in_old_code_pages_come_out_right(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("0" * 9 + ".txt", "x")
    path.write_bytes(path.read_bytes().replace(b"0" * 9, "báo cá".encode() + b"o"))
    assert [m.name for m in unpack(path, tmp_path)] == ["báo cáo.txt"]


def test_an_archive_in_an_archive_is_opened_but_not_without_end(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "0.zip", **{"bc.txt": TEXT})
    for depth in range(1, limits.ARCHIVE_NESTING):
        inner = zipped(tmp_path / f"{depth}.zip", **{inner.name: inner.read_bytes()})
    assert [m.name for m in unpack(inner, tmp_path)] == ["1.zip/0.zip/bc.txt"]
    outer = zipped(tmp_path / "x.zip", **{inner.name: inner.read_bytes()})
    (member,) = unpack(outer, tmp_path)
    assert member.path and "too deep" in read_file(member.path).reason


@pytest.mark.parametrize("name", ["../bc.txt", "a/../../bc.txt", "/etc/bc.txt", "C:\\bc.txt", "..\\bc.txt"])
def test_a_name_that_leads_out_is_refused_and_nothing_is_written_there(tmp_path: Path, name: str) -> None:
    work = tmp_path / "deep" / "work"
    work.mkdir(parents=True)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.txt", TEXT)
        archive.writestr(name, "evil")
    before = {p for p in tmp_path.rglob("*") if work not in p.parents}
    good, bad = unpack(path, work)
    assert bad.path and read_file(bad.path).outcome == "unreadable" and "its name" in read_file(bad.path).reason
    assert good.path and good.path.read_text(encoding="utf-8") == TEXT
    assert {p for p in tmp_path.rglob("*") if work not in p.parents} == before
    assert not any(b"evil" in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p != path)


@needs_libarchive
def test_links_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
            entry = tarfile.TarInfo(f"link{kind.decode()}")
            entry.type, entry.linkname = kind, "/etc/passwd"
            tar.addfile(entry)
    for member in [*unpack(path, tmp_path), *unpack(tmp_path / "a.tar", tmp_path)]:
        assert member.path and not member.path.is_symlink() and "a link" in read_file(member.path).reason


def test_a_bomb_is_refused_by_its_ratio_and_leaves_nothing(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    bomb = zipped(tmp_path / "a.zip", **{"0.txt": bytes(limits.ARCHIVE_RATIO_FROM + 1)})
    with pytest.raises(Unreadable, match="times as large"):
        unpack(bomb, work)
    assert list(work.iterdir()) == []


def test_a_bomb_in_shells_is_refused(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "i.zip", **{"0.txt": bytes(limits.ARCHIVE_RATIO_FROM // 2)}).read_bytes()
    with pytest.raises(Unreadable, match="times as large"):
        unpack(zipped(tmp_path / "a.zip", **{f"{n}.zip": inner for n in range(4)}), tmp_path)


def test_too_much_and_too_many_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "a.zip", **{f"{n}.txt": "0123456789" for n in range(8)})
    monkeypatch.setattr(archives, "ARCHIVE_MEMBERS", 7)
    with pytest.raises(Unreadable, match="more than 7 files"):
        unpack(path, tmp_path)
    monkeypatch.setattr(archives, "ARCHIVE_BYTES", 70)
    with pytest.raises(Unreadable, match="unpacked it takes"):
        unpack(path, tmp_path)


def locked_zip(path: Path) -> Path:
    """A zip whose second member says that it is locked."""
    zipped(path, **{"a.txt": TEXT, "b.txt": "khoá"})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    local = data.rindex(b"PK\x03\x04")
    data[local + 6] |= 1
    path.write_bytes(data)
    return path


def test_a_locked_member_costs_itself_only(tmp_path: Path) -> None:
    good, bad = unpack(locked_zip(tmp_path / "a.zip"), tmp_path)
    assert good.path and good.path.read_text(encoding="utf-8") == TEXT
    assert bad.path and "password" in read_file(bad.path).reason and bad.name == "b.txt"


@needs_libarchive
def test_a_password_opens_a_locked_archive(tmp_path: Path) -> None:
    import libarchive

    path = tmp_path / "a.zip"
    with libarchive.file_writer(str(path), "zip", options="encryption=aes256", passphrase="bí mật") as archive:
        archive.add_file_from_memory("bc.txt", len(TEXT.encode()), TEXT.encode())
    (closed,) = unpack(path, tmp_path)
    assert closed.path and "password" in read_file(closed.path).reason
    (wrong,) = unpack(path, tmp_path, ("nhầm",))
    assert wrong.path and "password" in read_file(wrong.path).reason
    assert names_and_texts(unpack(path, tmp_path, ("nhầm", "bí mật"))) == {"bc.txt": TEXT}


@needs_libarchive
def test_what_follows_a_break_is_told(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name in ("a.txt", "b.txt"):
            entry = tarfile.TarInfo(name)
            entry.size = 2000
            tar.addfile(entry, io.BytesIO(b"x" * 2000))
    path = tmp_path / "a.tar"
    path.write_bytes(buffer.getvalue()[:3800])
    members = unpack(path, tmp_path)
    assert members[0].name == "a.txt" and members[0].path and members[0].path.stat().st_size == 2000
    assert members[1].path and "damaged" in read_file(members[1].path).reason


def test_a_damaged_or_empty_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no file"):
        unpack(zipped(tmp_path / "a.zip"), tmp_path)
    whole = zipped(tmp_path / "b.zip", **{"a.txt": TEXT}).read_bytes()
    (tmp_path / "c.zip").write_bytes(whole[:-30])
    assert read_file(tmp_path / "c.zip").outcome == "unreadable"
    (tmp_path / "d.zip").write_bytes(whole.replace(whole[40:60], bytes(20)))
    (member,) = unpack(tmp_path / "d.zip", tmp_path)
    assert member.path and "damaged" in read_file(member.path).reason


def test_without_libarchive_a_rar_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from minhchung.ingest import archive_entries

    monkeypatch.setattr(archive_entries, "libarchive_version", lambda: "")
    path = rar5(tmp_path / "a.rar", "bc.txt", b"x")
    with pytest.raises(Unreadable, match="libarchive") as refused:
        unpack(path, tmp_path)
    assert refused.value.waiting_for == ("libarchive",) and "apt-get install" in refused.value.issue.next_step
    (member,) = unpack(zipped(tmp_path / "a.zip", **{"a.rar": path.read_bytes()}), tmp_path)
    assert member.path and read_file(member.path).waiting_for == ("libarchive",)


def test_a_file_that_only_looks_like_a_note_is_unreadable(tmp_path: Path) -> None:
    for tail in (b"", b"[1]", b"{}", b"\xff"):
        path = tmp_path / "note"
        path.write_bytes(REFUSED_MAGIC + tail)
        assert detect(path) == "refused" and refusal(path).issue.code == "unsupported"


def test_the_workroom_puts_members_in_the_place_of_their_archive(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    archive = zipped(folder / "1.zip", **{"sub/bc.txt": TEXT, "Thumbs.db": "x"})
    (folder / "2.txt").write_text(TEXT, encoding="utf-8")
    with Workroom() as room:
        found = room.unpack(discover([folder]))
        assert [(str((f.place or f.path).relative_to(folder)), bool(f.ignored)) for f in found] == [
            ("1.zip", True),
            ("1.zip/sub/bc.txt", False),
            ("1.zip/Thumbs.db", True),
            ("2.txt", False),
        ]
        assert "2 files" in found[0].ignored and found[0].path == archive
        report = read_file(found[1].path)
        assert (report.outcome, report.kind, report.passages[0].text) == ("read", "txt", TEXT)
        kept = room.folder
    assert not kept.exists()


def test_an_archive_that_is_refused_says_why_when_it_is_read(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.zip", **{"0.txt": bytes(limits.ARCHIVE_RATIO_FROM + 1)})
    with Workroom() as room:
        (found,) = room.unpack(discover([bomb]))
        report = read_file(found.path, prepared=room.prepared)
    assert (found.ignored, report.outcome) == ("", "unreadable")
    assert "times as large" in report.reason
    assert "ingest" in read_file(bomb).reason


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_that_holds_a_pdf_uncompressed_is_an_archive(tmp_path: Path, kind: str) -> None:
    path, content = tmp_path / f"a.{kind}", b"%PDF-1.4 the head of a PDF"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("bao cao.pdf", content)
    else:
        with tarfile.open(path, "w") as packed:
            told = tarfile.TarInfo("bao cao.pdf")
            told.size = len(content)
            packed.addfile(told, io.BytesIO(content))
    assert detect(path) == "archive"
