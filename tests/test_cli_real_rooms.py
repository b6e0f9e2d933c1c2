"""The command line with the real reader and judge, in real worker processes."""

import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

HEAD = ("ỦY BAN NHÂN DÂN", "QUẬN LÊ CHÂN", "Số: 77/BC-UBND", "Lê Chân, ngày 09 tháng 11 năm 2023", "BÁO CÁO")
BODY = (
    "Kết quả triển khai thi hành Luật Thực hiện dân chủ ở cơ sở năm 2023",
    "I. KẾT QUẢ THỰC HIỆN",
    "Ngày 12/7/2023, Ủy ban nhân dân quận đã tổ chức hội nghị quán triệt Luật Thực hiện dân chủ ở cơ sở cho 150 cán bộ chủ chốt.",
)


def minhchung(*args: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "minhchung", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("real")
    (folder / "in").mkdir()
    document = docx.Document()
    for line in (*HEAD, *BODY):
        document.add_paragraph(line)
    document.save(str(folder / "in" / "bao-cao.docx"))
    (folder / "in" / "hong.pdf").write_bytes(b"%PDF-1.4 cut off")
    return folder, minhchung("ingest", folder / "in", "--db", folder / "s.db", "--jobs", "2")


def test_a_report_goes_through_and_a_damaged_one_is_told(taken: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = taken
    assert done.returncode == 3, done.stderr
    assert "2 files found = 1 new" in done.stderr
    rows = {row["file"]: row for row in json.loads(minhchung("documents", "--db", folder / "s.db").stdout)}
    assert rows["bao-cao.docx"]["outcome"] == "ingested"
    assert (rows["bao-cao.docx"]["agency"], rows["bao-cao.docx"]["number"]) == ("QH-305", "77/BC-UBND")
    assert rows["hong.pdf"]["outcome"] == "unreadable"
    assert rows["hong.pdf"]["reason"]


def test_the_words_of_the_report_are_its_evidence(taken: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = taken
    (row,) = json.loads(minhchung("evidence", "--db", folder / "s.db", "--item", "II.1.a").stdout)
    assert row["status"] == "done"
    assert "hội nghị quán triệt" in row["quote"]
    assert [hit["file"] for hit in json.loads(minhchung("search", "--db", folder / "s.db", "quan triet").stdout)] == ["bao-cao.docx"]


def test_a_second_run_changes_nothing(taken: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = taken
    before = (folder / "s.db").read_bytes()
    done = minhchung("ingest", folder / "in", "--db", folder / "s.db")
    assert "2 files found = 0 new + 1 unchanged" in done.stderr
    assert (folder / "s.db").read_bytes() == before


def test_a_sentence_is_explained_from_its_words_without_tone_marks(taken: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = taken
    (row,) = json.loads(minhchung("explain", folder / "in" / "bao-cao.docx", "--quote", "hoi nghi quan triet").stdout)
    assert [(c["item"], c["gate"], c["status"]) for c in row["considered"]] == [("II.1.a", "law/explicit", "done")]
    assert row["headings"] == ["I. KẾT QUẢ THỰC HIỆN"]
    shown = minhchung(
        "explain", folder / "in" / "bao-cao.docx", "--quote", "hoi nghi quan triet", "--format", "table", "--lang", "vi"
    ).stdout
    assert "✓ II.1.a: đã làm" in shown


def test_words_that_no_sentence_holds_are_told(taken: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = taken
    done = minhchung("explain", folder / "in" / "bao-cao.docx", "--quote", "trên sao Hỏa")
    assert done.returncode == 6
    assert "No sentence of bao-cao.docx holds" in done.stderr


def first_id(store: Path) -> str:
    (row,) = json.loads(minhchung("evidence", "--db", store, "--item", "II.1.a").stdout)
    return str(row["id"])


def test_an_evidence_is_explained_by_its_id_or_how_the_id_begins(taken: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = taken
    key = first_id(folder / "s.db")
    for given in (key, key[:6].upper()):
        done = minhchung("explain", "--id", given, "--db", folder / "s.db")
        assert done.stderr == ""
        (row,) = json.loads(done.stdout)
        assert "hội nghị quán triệt" in row["quote"]
        assert [(claim["item"], claim["id"], claim["gate"]) for claim in row["claims"]] == [("II.1.a", key, "law/explicit")]
    shown = minhchung("explain", "--id", key, "--db", folder / "s.db", "--format", "table", "--lang", "vi").stdout
    assert f"mã {key}" in shown


def test_an_evidence_whose_file_has_changed_or_gone_is_explained_and_that_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    for line in (*HEAD, *BODY):
        document.add_paragraph(line)
    path = tmp_path / "bao-cao.docx"
    document.save(str(path))
    minhchung("ingest", path, "--db", tmp_path / "s.db", "--jobs", "1")
    key = first_id(tmp_path / "s.db")
    path.write_bytes(b"another")
    changed = minhchung("explain", "--id", key, "--db", tmp_path / "s.db")
    assert "has changed since" in changed.stderr and json.loads(changed.stdout)[0]["claims"]
    path.unlink()
    gone = minhchung("explain", "--id", key, "--db", tmp_path / "s.db")
    assert "is gone" in gone.stderr and json.loads(gone.stdout)[0]["claims"]


def test_an_id_that_no_evidence_has_and_no_question_at_all_are_usage_faults(taken: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = taken
    for arguments in (["--id", "zzz", "--db", folder / "s.db"], [], ["x.docx", "--id", "abc"]):
        done = minhchung("explain", *arguments)
        assert done.returncode == 2 and done.stdout == ""
    assert "minhchung evidence" in minhchung("explain", "--id", "zzz", "--db", folder / "s.db").stderr
