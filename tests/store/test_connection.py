import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from sqlite_utils import Database

from minhchung.errors import StoreError
from minhchung.store.connection import explained, open_for_reading, open_for_writing, transaction
from minhchung.store.intake import intake
from minhchung.store.migrations import NEWEST, STEPS, migrate, statements, version

Write = Callable[..., Path]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def refused(path: Path, *words: str, write: bool = True) -> None:
    with pytest.raises(StoreError) as caught:
        open_for_writing(path, wait=0.1).close() if write else open_for_reading(path).close()
    assert caught.value.next_step, "a message that does not say what to do next"
    for word in words:
        assert word in str(caught.value)


def test_asking_a_store_that_is_not_there_names_ingest_and_makes_nothing(store: Path) -> None:
    refused(store, "There is no store", "minhchung ingest", write=False)
    assert not store.exists()


def test_a_file_that_is_no_database_is_refused_and_left_alone(store: Path) -> None:
    store.write_text("Kính gửi: Sở Nội vụ\n" * 100, encoding="utf-8")
    before = store.read_bytes()
    refused(store, "not a SQLite file")
    refused(store, "not a SQLite file", write=False)
    assert store.read_bytes() == before


def test_a_database_of_another_program_is_refused(store: Path) -> None:
    conn = sqlite3.connect(store)
    conn.execute("CREATE TABLE songs (id)")
    conn.close()
    refused(store, "another program", "--db")
    refused(store, "another program", write=False)


def test_a_store_of_a_newer_version_is_refused(store: Path) -> None:
    db = open_for_writing(store)
    db.conn.execute(f"PRAGMA user_version = {NEWEST + 1}")
    db.close()
    refused(store, "newer", "Update minhchung")
    refused(store, "newer", write=False)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder")
    refused(tmp_path, "is a folder", write=False)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere" / "store.db", str(tmp_path / "nowhere"))


def test_a_locked_store_says_so(store: Path) -> None:
    open_for_writing(store).close()
    holder = sqlite3.connect(store, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    db = open_for_writing(store, wait=0.05)
    with pytest.raises(sqlite3.OperationalError) as caught, transaction(db):
        pass
    assert "locked by another program" in str(explained(store, caught.value))
    holder.close()
    db.close()


def test_a_truncated_store_is_called_damaged(store: Path, fake: ModuleType, write: Write, tmp_path: Path) -> None:
    write("a.docx", *[f"đoạn văn số {n} " * 20 for n in range(200)])
    intake([tmp_path / "in"], store, rooms=fake.rooms())
    data = store.read_bytes()
    store.write_bytes(data[: len(data) // 3 // 4096 * 4096])
    with pytest.raises(StoreError) as caught:
        intake([tmp_path / "in"], store, rooms=fake.rooms())
    assert "damaged" in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_named(store: Path) -> None:
    store.parent.chmod(0o500)
    refused(store, "cannot be opened")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (sqlite3.OperationalError("database or disk is full"), "the disk is full"),
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "read-only"),
        (sqlite3.DatabaseError("database disk image is malformed"), "damaged"),
        (sqlite3.OperationalError("something new"), "something new"),
    ],
)
def test_each_failure_says_what_to_do(store: Path, error: sqlite3.Error | OSError, words: str) -> None:
    told = explained(store, error)
    assert words in told.message
    assert told.next_step


def test_a_full_disk_leaves_nothing_half_written(
    store: Path, fake: ModuleType, write: Write, tmp_path: Path, dump: Callable[..., object]
) -> None:
    """A page limit stands in for the full disk: SQLite raises the same error."""
    write("a.docx", "II.1.a done Một.")
    intake([tmp_path / "in"], store, rooms=fake.rooms())
    before = dump(store)
    write("b.docx", *["một câu rất dài " * 40 for _ in range(300)])
    program = (
        "import sys; sys.argv = sys.argv[1:]\n"
        "import minhchung.store.intake as intake, minhchung.store.connection as connection\n"
        "real = connection.open_for_writing\n"
        "def small(path):\n"
        "    db = real(path)\n"
        "    pages = db.conn.execute('PRAGMA page_count').fetchone()[0]\n"
        "    db.conn.execute(f'PRAGMA max_page_count = {pages + 4}')\n"
        "    return db\n"
        "intake.open_for_writing = small\n"
        "sys.path.insert(0, sys.argv[0])\n"
        "import fake_rooms\n"
        "from pathlib import Path\n"
        "intake.intake([Path(sys.argv[1])], Path(sys.argv[2]), rooms=fake_rooms.rooms())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).parent), str(tmp_path / "in"), str(store)], capture_output=True, text=True
    )
    assert "StoreError" in done.stderr
    assert "disk is full" in done.stderr
    conn = sqlite3.connect(store)
    assert conn.execute("SELECT count(*) FROM passages p JOIN contents c USING (sha256) WHERE c.outcome = 'pending'").fetchone()[0] == 0
    conn.close()
    (tmp_path / "in" / "b.docx").unlink()
    whole = dump(store)
    assert set(before["passages"]) == set(whole["passages"])  # type: ignore[index]


def test_every_step_applies_in_order_and_only_once(store: Path) -> None:
    db = Database(sqlite3.connect(store))
    assert migrate(db) == len(STEPS)
    assert migrate(db) == 0
    assert version(db.conn) == NEWEST


def test_a_step_that_fails_leaves_the_store_at_the_version_before(store: Path) -> None:
    db = open_for_writing(store)
    db.table("meta").insert({"key": "plan_path", "value": "kept"})
    broken = (*STEPS, "CREATE TABLE extra (id);\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, broken)
    assert version(db.conn) == NEWEST
    assert "extra" not in db.table_names()
    assert migrate(db, (*STEPS, "ALTER TABLE meta ADD COLUMN note TEXT;")) == 1
    assert [tuple(row) for row in db.conn.execute("SELECT * FROM meta")] == [("plan_path", "kept", None)]


def test_a_trigger_stays_one_statement() -> None:
    found = statements("CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM b;\n  DELETE FROM c;\nEND;\nDROP TABLE d;\n")
    assert len(found) == 2


def test_a_question_cannot_write_and_leaves_no_files_behind(store: Path) -> None:
    open_for_writing(store).close()
    conn = open_for_reading(store)
    with pytest.raises(sqlite3.OperationalError):
        conn.execute("DELETE FROM meta")
    conn.close()
    assert sorted(path.name for path in store.parent.iterdir()) == [store.name]
