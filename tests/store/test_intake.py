import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from minhchung.store.balance import Balance
from minhchung.store.connection import reading
from minhchung.store.filters import Filters
from minhchung.store.intake import Step, intake
from minhchung.store.queries import documents, evidence
from minhchung.store.search import search

Write = Callable[..., Path]
Dump = Callable[[Path], object]
PROGRAM = Path(__file__).parent / "fake_rooms.py"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def take(fake: ModuleType, store: Path, tmp_path: Path) -> Callable[..., Balance]:
    def take(*paths: Path, **options: object) -> Balance:
        return intake(list(paths) or [tmp_path / "in"], store, rooms=fake.rooms(), **options)  # type: ignore[arg-type]

    return take


def outcomes(store: Path) -> dict[str, str]:
    with reading(store) as conn:
        return {row.file: row.outcome for row in documents(conn, Filters())}


def total(balance: Balance) -> int:
    return sum(balance.counts().values())


def a_mixed_folder(write: Write) -> None:
    write("a.docx", "II.1.a done Quận đã quán triệt Luật.", number="1/BC-UBND", date="2023-11-01")
    copy = write("b.docx", "II.1.b done Tuyên truyền 12 phường.", agency="QH-305", date="2023-11-02")
    (copy.parent / "c.docx").write_bytes(copy.read_bytes())
    write("d.docx", "II.2 done 10/12 phường đã ban hành.", number="9/BC-UBND", replaces="01/BC-UBND", date="2023-11-09")
    (copy.parent / "QH-306-2023.docx").write_text("unreadable")
    (copy.parent / "QH-303.pdf").write_text("unreadable too")
    write("crash.docx", "crash", agency="QH-307")
    (copy.parent / "notes.txt").write_text("not a report")


def test_every_file_found_is_counted_under_exactly_one_heading(write: Write, take: Callable[..., Balance], store: Path) -> None:
    a_mixed_folder(write)
    balance = take()
    assert balance.counts() == {
        "new": 2, "unchanged": 0, "duplicate": 1, "superseded": 1, "unreadable": 2, "failed": 1, "ignored": 1,
    }  # fmt: skip
    assert total(balance) == balance.found == 8
    assert outcomes(store) == {
        "a.docx": "superseded", "b.docx": "ingested", "c.docx": "duplicate", "d.docx": "ingested", "QH-306-2023.docx": "unreadable",
        "QH-303.pdf": "unreadable", "crash.docx": "failed", "notes.txt": "ignored",
    }  # fmt: skip


def test_a_second_run_reads_nothing_and_leaves_the_store_byte_for_byte(
    fake: ModuleType, write: Write, take: Callable[..., Balance], store: Path
) -> None:
    a_mixed_folder(write)
    take()
    fake.reads.clear()
    before = hashlib.sha256(store.read_bytes()).hexdigest()
    again = take()
    assert fake.reads == []
    assert hashlib.sha256(store.read_bytes()).hexdigest() == before
    assert again.counts() == {
        "new": 0, "unchanged": 2, "duplicate": 1, "superseded": 1, "unreadable": 2, "failed": 1, "ignored": 1,
    }  # fmt: skip
    assert (again.read, again.judged_again) == (0, 0)


def test_originals_are_never_touched(write: Write, take: Callable[..., Balance], tmp_path: Path) -> None:
    a_mixed_folder(write)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "in").iterdir()}
    take()
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "in").iterdir()} == before


def test_changed_rules_judge_again_from_the_store_without_opening_a_file(
    fake: ModuleType, write: Write, take: Callable[..., Balance], store: Path, tmp_path: Path, dump: Dump
) -> None:
    a_mixed_folder(write)
    take()
    for path in (tmp_path / "in").iterdir():
        path.rename(path.with_name(path.name + ".away"))
    (tmp_path / "empty").mkdir()
    fake.reads.clear()
    fake.versions["rules"] = "j2"
    balance = take(tmp_path / "empty")
    assert fake.reads == []
    assert (balance.found, balance.judged_again) == (0, 6)
    with reading(store) as conn:
        assert {row.cues[0]["rule"] for row in evidence(conn, Filters())} == {"fake-j2"}
    for path in (tmp_path / "in").iterdir():
        path.rename(path.with_name(path.name.removesuffix(".away")))
    fresh = tmp_path / "fresh.db"
    intake([tmp_path / "in"], fresh, rooms=fake.rooms())
    assert dump(fresh) == dump(store)


def test_a_changed_reader_reads_again(fake: ModuleType, write: Write, take: Callable[..., Balance]) -> None:
    write("a.docx", "II.1.a done Quận đã quán triệt Luật.")
    take()
    fake.versions["reader"] = "r2"
    balance = take()
    assert (balance.read, balance.read_again) == (1, 1)
    assert fake.reads == ["a.docx", "a.docx"]
    assert take().read == 0


def test_a_changed_file_supersedes_what_lay_there_and_cells_follow(
    fake: ModuleType, write: Write, take: Callable[..., Balance], store: Path
) -> None:
    path = write("a.docx", "II.1.a done Quận đã quán triệt Luật.")
    take()
    original = path.read_bytes()
    write("a.docx", "II.1.a not_done Quận chưa quán triệt Luật.")
    assert take().counts()["new"] == 1
    with reading(store) as conn:
        assert [(row.outcome, row.reason) for row in documents(conn, Filters())].count(
            ("superseded", "the file at this path has changed since")
        ) == 1
        assert [row.status for row in evidence(conn, Filters())] == ["not_done"]
        assert states(conn, "II.1.a") == ["not_done"]
    path.write_bytes(original)  # and back again: what was read the first time counts again without being read
    fake.reads.clear()
    take()
    assert fake.reads == []
    with reading(store) as conn:
        assert states(conn, "II.1.a") == ["evidenced"]


def states(conn: sqlite3.Connection, item: str) -> list[str]:
    return [row[0] for row in conn.execute("SELECT state FROM cells WHERE level = 'item' AND item = ? ORDER BY agency, year", (item,))]


def test_a_report_that_cannot_be_read_is_not_silence(write: Write, take: Callable[..., Balance], store: Path, tmp_path: Path) -> None:
    a_mixed_folder(write)
    take()
    with reading(store) as conn:
        rows = conn.execute("SELECT agency, year, state FROM cells WHERE item = 'II.3' AND level = 'item' ORDER BY agency").fetchall()
    assert [tuple(row) for row in rows] == [
        ("QH-303", 0, "unreadable"), ("QH-304", 2023, "silent"), ("QH-305", 2023, "silent"), ("QH-306", 2023, "unreadable"),
    ]  # fmt: skip


def test_failed_reports_are_read_again_only_when_asked(fake: ModuleType, write: Write, take: Callable[..., Balance]) -> None:
    a_mixed_folder(write)
    take()
    fake.reads.clear()
    assert take(retry=True).read == 3
    assert sorted(fake.reads) == ["QH-303.pdf", "QH-306-2023.docx", "crash.docx"]


def test_the_store_in_the_folder_that_is_read_is_not_a_report(fake: ModuleType, write: Write, tmp_path: Path) -> None:
    write("a.docx", "x")
    store = tmp_path / "in" / "minhchung.db"
    assert intake([tmp_path / "in"], store, rooms=fake.rooms()).found == 1
    assert intake([tmp_path / "in"], store, rooms=fake.rooms()).found == 1


def test_a_file_that_cannot_be_opened_is_counted_and_read_once_it_can(
    fake: ModuleType, write: Write, take: Callable[..., Balance], store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.docx", "x")
    write("b.docx", "II.1.a done Quận đã quán triệt Luật.", agency="QH-305")
    real = Path.open

    def closed(path: Path, *args: object, **named: object) -> object:
        if path.name == "b.docx":
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **named)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", closed)
        first, second = take(), take()
    assert (first.counts()["new"], first.failed) == (1, 1)
    assert (second.counts()["unchanged"], second.failed, second.read) == (1, 1, 0)
    with reading(store) as conn:
        assert [row.reason for row in documents(conn, Filters()) if row.file == "b.docx"] == [
            "cannot be opened: Permission denied; mend that and run ingest again"
        ]
    assert take().counts()["new"] == 1
    assert outcomes(store) == {"a.docx": "ingested", "b.docx": "ingested"}


def test_a_file_name_that_is_not_utf_8_is_read_and_shown(take: Callable[..., Balance], store: Path, write: Write, tmp_path: Path) -> None:
    path = write("a.docx", "II.1.a done Quận đã quán triệt Luật.")
    odd = path.with_name(os.fsdecode(b"b\xe1o c\xe1o.docx"))
    try:
        path.rename(odd)
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert take().counts()["new"] == 1
    assert outcomes(store) == {"b\\xe1o c\\xe1o.docx": "ingested"}
    assert take().counts()["unchanged"] == 1


def test_half_a_surrogate_in_a_text_does_not_stop_the_run(
    fake: ModuleType, write: Write, take: Callable[..., Balance], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.docx", "II.1.a done Quận ? quán triệt Luật.")
    real = fake.read

    def broken(path: Path, *_: object) -> object:
        report = real(path)
        passages = tuple(replace(passage, text=passage.text.replace("?", "\udcff")) for passage in report.passages)
        return replace(report, passages=passages)

    monkeypatch.setattr(fake, "read", broken)
    assert take().counts()["new"] == 1
    with reading(store) as conn:
        assert [row.quote for row in evidence(conn, Filters())] == ["Quận ? quán triệt Luật."]


def test_a_file_that_changes_while_it_is_read_is_not_kept_under_the_wrong_content(
    fake: ModuleType, write: Write, take: Callable[..., Balance], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.docx", "x")
    real = fake.read
    monkeypatch.setattr(fake, "read", lambda path, *_: replace(real(path), sha256="0" * 64))
    assert take().failed == 1


def test_progress_tells_each_file_once(write: Write, take: Callable[..., Balance]) -> None:
    write("a.docx", "II.1.a done Quận đã quán triệt Luật.")
    write("b.docx", "II.1.a done Hai.", "II.2 planned Ba.", agency="QH-305")
    steps: list[Step] = []
    take(tell=steps.append)
    assert [(step.done, step.total, Path(step.path).name, step.outcome, step.evidence) for step in steps] == [
        (0, 2, "", "", 0), (1, 2, "a.docx", "read", 1), (2, 2, "b.docx", "read", 2),
    ]  # fmt: skip


def test_search_follows_what_counts(write: Write, take: Callable[..., Balance], store: Path) -> None:
    write("a.docx", "Quận đã quán triệt Luật.")
    take()
    write("a.docx", "Quận đã tập huấn.")
    take()
    with reading(store) as conn:
        assert search(conn, "quan triet") == []
        assert [hit.file for hit in search(conn, "tap huan")] == ["a.docx"]


def many(write: Write) -> None:
    for number in range(12):
        agency = f"QH-{303 + number % 4}"
        head = {"number": f"{number}/BC-UBND", "date": f"2023-11-{number + 1:02}"}
        if number % 5 == 4:
            head["replaces"] = f"{number - 4}/BC-UBND"
        write(f"{number:02}.docx", f"II.1.a done Hội nghị số {number}.", "II.2 planned Sẽ ban hành.", agency=agency, **head)
    a_mixed_folder(write)


def test_killed_at_any_moment_and_run_again_it_ends_in_the_same_store(write: Write, tmp_path: Path, dump: Dump) -> None:
    many(write)
    whole = tmp_path / "whole.db"
    command = [sys.executable, str(PROGRAM), str(tmp_path / "in")]
    begin = time.monotonic()
    subprocess.run([*command, str(whole), "0.004"], check=True, capture_output=True)
    length = time.monotonic() - begin
    expected = dump(whole)
    chance = random.Random(20231115)
    killed = 0
    for trial in range(4):
        store = tmp_path / f"{trial}.db"
        for _ in range(2):
            process = subprocess.Popen([*command, str(store), "0.004"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(length * chance.uniform(0.35, 1.0))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
        subprocess.run([*command, str(store), "0"], check=True, capture_output=True)
        assert dump(store) == expected
    assert killed >= 2, "the kills came too late to prove anything"


def test_a_run_stopped_after_each_single_report_ends_in_the_same_store(fake: ModuleType, write: Write, tmp_path: Path, dump: Dump) -> None:
    many(write)
    whole, store = tmp_path / "whole.db", tmp_path / "stopped.db"
    intake([tmp_path / "in"], whole, rooms=fake.rooms())

    class Stopped(Exception):
        pass

    def stop(step: Step) -> None:
        if step.done == 1:
            raise Stopped

    stops = 0
    for _ in range(30):
        try:
            balance = intake([tmp_path / "in"], store, rooms=fake.rooms(), tell=stop)
            break
        except Stopped:
            stops += 1
    assert stops >= 15
    assert dump(store) == dump(whole)
    assert total(balance) == balance.found


def test_between_registering_and_reading_a_file_shows_as_interrupted(fake: ModuleType, write: Write, tmp_path: Path, store: Path) -> None:
    write("a.docx", "x")

    def stop(step: Step) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        intake([tmp_path / "in"], store, rooms=fake.rooms(), tell=stop)
    with reading(store) as conn:
        assert [(row.outcome, row.reason) for row in documents(conn, Filters())] == [
            ("failed", "the run was interrupted; run ingest again")
        ]


def test_two_ingests_at_once_end_in_the_same_store_as_one(write: Write, tmp_path: Path, dump: Dump) -> None:
    many(write)
    whole, store = tmp_path / "whole.db", tmp_path / "both.db"
    command = [sys.executable, str(PROGRAM), str(tmp_path / "in")]
    subprocess.run([*command, str(whole), "0"], check=True, capture_output=True)
    both = [subprocess.Popen([*command, str(store), "0.005"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err.decode()
    assert dump(store) == dump(whole)


def test_kept_text_is_what_the_reader_made(fake: ModuleType, write: Write, take: Callable[..., Balance], store: Path) -> None:
    from minhchung.store.codec import load_judged, load_report
    from minhchung.store.sql import rows

    path = write("a.docx", "II.1.a done Quận đã quán triệt Luật.", "II.2 done 10/12 phường đã ban hành.")
    take()
    report = fake.read(path)
    with reading(store) as conn:
        assert load_report(conn, report.sha256, str(path)) == report
        (document,) = load_judged(conn, rows(conn, "SELECT * FROM contents"))
        judgement = fake.judge(report, None, None)
        assert (document.letterhead, document.evidence) == (judgement.letterhead, judgement.evidence)


def test_a_report_that_waited_for_a_tool_is_read_once_the_tool_is_there(
    fake: ModuleType, write: Write, take: Callable[..., Balance], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("scan.pdf").write_text("unreadable")
    real = fake.read
    monkeypatch.setattr(fake, "read", lambda path, *_: replace(real(path), waiting_for=("ocr",)))
    assert take().unreadable == 1
    assert take().read == 0, "without the tool there is nothing to gain"
    monkeypatch.setattr(fake, "TOOLS", {"ocr"})
    monkeypatch.setattr(fake, "read", real)
    assert take().read_again == 1
    assert take().read == 0, "it waits no longer"


def test_what_was_made_ready_and_the_passwords_reach_the_reader(
    fake: ModuleType, write: Write, take: Callable[..., Balance], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.docx", "II.1.a done Quận đã quán triệt Luật.")
    real, got = fake.read, []

    def read(path: Path, passwords: object, prepared: object) -> object:
        got.append((passwords, prepared))
        return real(path)

    monkeypatch.setattr(fake, "read", read)
    monkeypatch.setattr(fake.Workroom, "prepared", Path("ready"))
    take(passwords=["mo", "cua"])
    assert got == [(("mo", "cua"), Path("ready"))]
