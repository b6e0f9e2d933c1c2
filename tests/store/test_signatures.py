"""Digital signatures are kept, shown, judged with again, and what was read before they were kept is read once more."""

import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

import pytest
from sqlite_utils import Database

from minhchung.ingest.model import Report, Signature
from minhchung.store.balance import Balance
from minhchung.store.codec import load_report
from minhchung.store.connection import open_for_reading, reading
from minhchung.store.filters import Filters
from minhchung.store.intake import intake
from minhchung.store.migrations import NEWEST, STEPS, migrate, statements, version
from minhchung.store.problems import problems
from minhchung.store.queries import documents

Write = Callable[..., Path]
BEFORE_SIGNATURES = STEPS[:2]
SIGNED = ("signed: UBND quận Ngô Quyền", "signed: Sở Nội vụ", "issue: changed-after-signing")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def take(fake: ModuleType, store: Path, tmp_path: Path) -> Callable[[], Balance]:
    return lambda: intake([tmp_path / "in"], store, rooms=fake.rooms())


def kept(store: Path) -> Report:
    """The only report of a store, as it would be judged again."""
    with reading(store) as conn:
        (row,) = documents(conn, Filters())
        return load_report(conn, row.sha256 or "", row.path)


def test_a_report_comes_back_with_its_signatures(fake: ModuleType, write: Write, take: Callable[[], Balance], store: Path) -> None:
    path = write("a.docx", *SIGNED)
    take()
    assert kept(store) == fake.read(path)
    assert [s.organisation for s in kept(store).signatures] == ["UBND quận Ngô Quyền", "Sở Nội vụ"]


def test_documents_show_the_signatures_last(write: Write, take: Callable[[], Balance], store: Path) -> None:
    write("a.docx", *SIGNED[:1])
    write("b.docx")
    write("c.txt")
    take()
    with reading(store) as conn:
        shown = {row.file: row.signatures for row in documents(conn, Filters())}
    signature = Signature("Nguyễn Thí Dụ", "UBND quận Ngô Quyền", "2023-11-10T08:00:00+07:00", False)
    assert shown == {"a.docx": [asdict(signature)], "b.docx": [], "c.txt": []}


def test_judging_again_without_reading_keeps_the_signatures_and_is_given_them(
    fake: ModuleType, write: Write, take: Callable[[], Balance], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.docx", *SIGNED)
    take()
    before = kept(store).signatures
    judged: list[Report] = []
    judge = fake.judge

    def watched(report: Report, *rest: object) -> object:
        judged.append(report)
        return judge(report, *rest)

    monkeypatch.setattr(fake, "judge", watched)
    monkeypatch.setitem(fake.versions, "rules", "j2")
    fake.reads.clear()
    assert take().judged_again == 1
    assert fake.reads == []
    assert [report.signatures for report in judged] == [before]
    assert kept(store).signatures == before != ()


def made_before(store: Path) -> None:
    """A store as it was before signatures were kept, with one PDF and one DOCX that were read."""
    db = Database(sqlite3.connect(store))
    migrate(db, BEFORE_SIGNATURES)
    db.conn.execute("INSERT INTO runs (id, started, reader, rules, plan) VALUES (1, '', 'r1', 'j1', 'p')")
    for sha256, kind in (("aa", "pdf"), ("bb", "docx")):
        values = (sha256, kind)
        db.conn.execute("INSERT INTO contents (sha256, outcome, kind, reader) VALUES (?, 'read', ?, 'r1')", values)
        db.conn.execute("INSERT INTO files (path, name, sha256, size, first_run) VALUES (?, ?, ?, 1, 1)", (f"/{sha256}", sha256, sha256))
    db.conn.commit()
    db.close()


def test_an_older_store_opens_after_its_migration_and_keeps_what_it_held(store: Path) -> None:
    made_before(store)
    db = Database(sqlite3.connect(store))
    assert version(db.conn) == len(BEFORE_SIGNATURES) < NEWEST
    assert migrate(db) == NEWEST - len(BEFORE_SIGNATURES)
    db.close()
    conn = open_for_reading(store)
    assert {(row.file, row.outcome, tuple(row.signatures)) for row in documents(conn, Filters())} == {
        ("aa", "ingested", ()),
        ("bb", "ingested", ()),
    }
    conn.close()


def test_only_pdfs_read_before_signatures_were_kept_are_due_for_reading(store: Path) -> None:
    made_before(store)
    db = Database(sqlite3.connect(store))
    migrate(db)
    assert dict(db.conn.execute("SELECT kind, reader FROM contents").fetchall()) == {"pdf": None, "docx": "r1"}
    db.close()


def test_the_next_run_reads_the_signatures_of_a_pdf_that_an_older_version_read(
    fake: ModuleType, write: Write, take: Callable[[], Balance], store: Path
) -> None:
    write("a.pdf", *SIGNED)
    take()
    db = Database(sqlite3.connect(store))
    db.conn.execute("ALTER TABLE contents DROP COLUMN signatures")
    for statement in statements(STEPS[len(BEFORE_SIGNATURES)]):
        db.conn.execute(statement)
    db.conn.commit()
    db.close()
    fake.reads.clear()
    assert take().read_again == 1
    assert fake.reads == ["a.pdf"]
    assert len(kept(store).signatures) == 2
    assert take().read == 0


def test_a_file_changed_after_signing_is_a_problem(write: Write, take: Callable[[], Balance], store: Path) -> None:
    write("a.pdf", *SIGNED)
    take()
    with reading(store) as conn:
        told = [(row.file, row.outcome, row.next_step) for row in problems(conn, Filters()) if row.code == "changed-after-signing"]
    assert told == [("a.pdf", "ingested", "look")]


def test_what_ocr_corrected_is_kept_and_is_no_problem(write: Write, take: Callable[[], Balance], store: Path) -> None:
    write("a.pdf", "issue: ocr-corrected", "issue: ocr-failed")
    balance = take()
    assert (balance.new, balance.unread) == (1, 0)
    with reading(store) as conn:
        codes = [row.code for row in problems(conn, Filters())]
    assert "ocr-failed" in codes and "ocr-corrected" not in codes
    assert "ocr-corrected" in {issue.code for issue in kept(store).issues}
