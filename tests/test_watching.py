"""Events as files finish, and folders that are watched: single looks, and a real process that is stopped by a signal."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

from minhchung.errors import InputError, MinhchungError, StoreError
from minhchung.present.schemas import schema_of
from minhchung.present.watching import Watch, batches, take_in
from minhchung.store.balance import Balance

Told = Callable[..., Result]
REPORT = "agency: QH-304\nyear: 2023\nnumber: 1/BC-UBND\ndate: 2023-11-10\n---\nII.1.a done Đã quán triệt."


def test_ingest_prints_an_event_for_each_file_and_the_balance(told: Told, small_store: Path, tmp_path: Path) -> None:
    done = told("ingest", small_store.parent / "in", "--db", tmp_path / "s.db", "--events", code=3)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    checking = Draft202012Validator(schema_of("events"))
    for event in events:
        checking.validate(event)
    assert [event["event"] for event in events] == ["start", "file", "file", "file", "balance"]
    assert [(event["file"], event["outcome"], event["evidence"]) for event in events[1:4]] == [
        ("a.docx", "read", 2),
        ("b.docx", "read", 2),
        ("c.docx", "unreadable", 0),
    ]
    assert events[3]["reason"]
    assert (events[4]["found"], events[4]["new"], events[4]["unreadable"]) == (3, 2, 1)
    assert "3 files found" in done.stderr, "talk stays on stderr"
    again = told("ingest", small_store.parent / "in", "--db", tmp_path / "s.db", "--events", code=3)
    assert [json.loads(line)["event"] for line in again.stdout.splitlines()] == ["start", "balance"]


def test_a_file_is_taken_when_two_looks_find_it_alike(tmp_path: Path) -> None:
    watch = Watch([tmp_path], tmp_path / "s.db")
    for name in ("~$a.docx", ".hidden.docx", "Thumbs.db", "s.db", "s.db-wal"):
        (tmp_path / name).write_text("x")
    report = tmp_path / "a.docx"
    report.write_text("half")
    assert watch.ready() == ([], 1)
    report.write_text("half and more")
    assert watch.ready() == ([], 1), "it has grown since the last look"
    assert watch.ready() == ([report], 0)
    watch.took([report])
    assert watch.ready() == ([], 0)
    report.write_text("changed")
    assert watch.ready() == ([], 1)
    assert watch.ready() == ([report], 0), "a changed file comes again"
    report.unlink()
    assert watch.ready() == ([], 0)


def test_the_same_size_with_another_time_is_not_whole_yet(tmp_path: Path) -> None:
    watch = Watch([tmp_path], tmp_path / "s.db")
    report = tmp_path / "a.docx"
    report.write_text("same")
    watch.ready()
    os.utime(report, (1, 1))
    assert watch.ready() == ([], 1)


def test_a_share_that_is_away_for_a_while_is_told_once_and_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    stop, told = threading.Event(), list[MinhchungError]()

    def looks() -> Iterator[list[Path]]:
        yield from batches(Watch([folder], tmp_path / "s.db"), 0.01, stop, False, told.append)

    found = looks()

    def come_and_go() -> None:
        time.sleep(0.1)
        folder.rmdir()
        time.sleep(0.2)
        folder.mkdir()
        (folder / "a.docx").write_text("x")

    thread = threading.Thread(target=come_and_go)
    thread.start()
    assert next(found) == [folder / "a.docx"]
    thread.join()
    stop.set()
    assert len(told) == 1 and isinstance(told[0], InputError)


def test_a_folder_that_was_never_there_is_an_error(told: Told, tmp_path: Path) -> None:
    assert "no such file or folder" in told("watch", tmp_path / "none", "--db", tmp_path / "s.db", code=6).stderr


def test_a_batch_that_a_locked_store_refused_comes_again(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("x")
    watch, told = Watch([tmp_path], tmp_path / "s.db"), list[MinhchungError]()
    watch.ready()
    whole, _ = watch.ready()

    def locked(files: list[Path]) -> Balance:
        raise StoreError("locked")

    assert take_in(watch, whole, locked, told.append) is None
    assert len(told) == 1
    assert watch.ready() == (whole, 0)
    assert take_in(watch, whole, lambda files: Balance(len(files), new=len(files)), told.append) == Balance(1, new=1)
    assert watch.ready() == ([], 0)


def test_once_waits_until_all_is_whole_and_ends_as_ingest_does(told: Told, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.docx").write_text(REPORT, encoding="utf-8")
    (folder / "~$a.docx").write_text("x")
    done = told("watch", folder, "--once", "--interval", "0.1", "--db", tmp_path / "s.db", "--events")
    assert [json.loads(line)["event"] for line in done.stdout.splitlines()] == ["start", "file", "balance"]
    assert "1 files found = 1 new" in done.stderr
    (folder / "bad.docx").write_text("unreadable")
    assert (
        "1 of 2 files could not be read" in told("watch", folder, "--once", "--interval", "0.1", "--db", tmp_path / "s.db", code=3).stderr
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_real_process_takes_in_what_comes_and_stops_cleanly(tmp_path: Path, number: int) -> None:
    folder, store = tmp_path / "in", tmp_path / "s.db"
    folder.mkdir()
    (folder / "a.txt").write_text("BÁO CÁO\nKết quả năm 2023 một.\n", encoding="utf-8")
    command = [sys.executable, "-m", "minhchung", "watch", str(folder), "--db", str(store), "--interval", "0.2", "--events", "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout
        first = [json.loads(process.stdout.readline()) for _ in range(3)]
        (folder / "b.txt").write_text("BÁO CÁO\nKết quả năm 2023 hai.\n", encoding="utf-8")
        second: list[dict[str, Any]] = [json.loads(process.stdout.readline()) for _ in range(3)]
        process.send_signal(number)
        rest, talk = process.communicate(timeout=20)
    assert process.returncode == 0, talk
    assert [event["file"] for event in (*first, *second) if event["event"] == "file"] == ["a.txt", "b.txt"]
    assert [event["found"] for event in (first[-1], second[-1])] == [1, 1]
    assert rest == ""
    assert talk.splitlines()[-1] == "Stopped; what was saved is kept."
    asked = subprocess.run([sys.executable, "-m", "minhchung", "documents", "--db", str(store)], capture_output=True, text=True, check=True)
    assert {row["file"] for row in json.loads(asked.stdout)} == {"a.txt", "b.txt"}


def test_a_signal_in_the_midst_of_a_batch_keeps_what_was_saved(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in "abcdefgh":
        (tmp_path / "in" / f"{name}.docx").write_text(REPORT.replace("1/BC", f"{name}/BC"), encoding="utf-8")
    program = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import fake_rooms, minhchung.store.intake as intake\n"
        "fake_rooms.SLOW = 0.4; intake.real_rooms = fake_rooms.rooms\n"
        "from minhchung.cli import main; main()"
    )
    watch = ["watch", str(tmp_path / "in"), "--db", str(tmp_path / "s.db"), "--interval", "0.1", "--events"]
    command = [sys.executable, "-c", program, str(Path(__file__).parent / "store"), *watch]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout
        first = [json.loads(process.stdout.readline()) for _ in range(3)]
        process.send_signal(signal.SIGTERM)
        rest, talk = process.communicate(timeout=20)
    assert process.returncode == 0, talk
    assert [event["event"] for event in first] == ["start", "file", "file"]
    assert "balance" not in rest and rest.count("\n") < 5, "the batch was broken off"
    assert talk.splitlines()[-1] == "Stopped; what was saved is kept."
    asked = subprocess.run(
        [
            sys.executable,
            "-m",
            "minhchung",
            "sql",
            "SELECT count(*) AS n FROM contents WHERE outcome = 'read'",
            "--db",
            str(tmp_path / "s.db"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert 2 <= json.loads(asked.stdout)[0]["n"] < 8
