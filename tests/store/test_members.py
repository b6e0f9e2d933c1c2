"""What lies in archives is kept under the archive's name, with the real discovery, unpacking and reading."""

from __future__ import annotations

import zipfile
from pathlib import Path

from minhchung.store.connection import reading
from minhchung.store.filters import Filters
from minhchung.store.intake import intake
from minhchung.store.problems import problems
from minhchung.store.queries import documents

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples" / "reports"
REPORT = SAMPLES / "14-phuong-thuong-ly.docx"


def test_members_of_an_archive_are_files_of_their_own_and_stay_so(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    with zipfile.ZipFile(inside / "bao-cao.zip", "w") as archive:
        archive.write(REPORT, "phuong/bao cao.docx")
        archive.writestr("~$bao cao.docx", b"lock")
        archive.writestr("hong.docx", b"PK\x03\x04 broken")
    store = tmp_path / "s.db"
    first = intake([inside], store, jobs=1)
    assert (first.found, first.new, first.unreadable) == (4, 1, 1)
    assert sum(first.counts().values()) == first.found
    with reading(store) as conn:
        listed = {row.path.removeprefix(str(inside)): row.outcome for row in documents(conn, Filters())}
        faults = problems(conn, Filters())
        of_a_year = problems(conn, Filters(year=2019))
    assert listed == {
        "/bao-cao.zip": "ignored",
        "/bao-cao.zip/phuong/bao cao.docx": "ingested",
        "/bao-cao.zip/~$bao cao.docx": "ignored",
        "/bao-cao.zip/hong.docx": "unreadable",
    }
    assert [(p.file, p.outcome) for p in faults if p.outcome == "unreadable"] == [("hong.docx", "unreadable")]
    assert all(p.next_step for p in faults)
    assert [p.file for p in of_a_year] == ["hong.docx"], "nobody knows of which year an unread file is"
    second = intake([inside], store, jobs=1)
    assert (second.unchanged, second.read) == (1, 0)
