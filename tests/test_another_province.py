"""Another province from end to end: its own agencies, its own plan, reports read and judged with nothing that comes with minhchung."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from minhchung.cli import cli

AGENCIES = """Mã,Tên,Trực thuộc,Nhóm
TB-UBND,Ủy ban nhân dân tỉnh Thái Bình,,G-UBCC
TB-SNV,Sở Nội vụ tỉnh Thái Bình,TB-UBND,
,Sở Tư pháp tỉnh Thái Bình,TB-UBND,
,Ủy ban nhân dân huyện Tiền Hải,TB-UBND,
"""
PLAN = """
[plan]
id = "thai-binh-2024"
title = "Triển khai thi hành Luật Thực hiện dân chủ ở cơ sở"
issuer = "TB-UBND"
year = 2024
law_number = "10/2022/QH15"
law_effective = 2023-07-01

[[item]]
id = "II.1.d"
title = "Tập huấn"
short = "tập huấn"

[[duty]]
id = "V1"
item = "II.1.d"
clause = "1"
quote = "Các sở, huyện tập huấn"
kind = "assigned"
actors = ["G-SO", "G-QH"]

[duty.due]
kind = "yearly"
first_year = 2024
before_day = "12-01"
"""
REPORT = """{superior}
{issuer}

Số: 45/{symbol}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

{place}, ngày {day} tháng 12 năm 2024

BÁO CÁO
Kết quả thi hành Luật Thực hiện dân chủ ở cơ sở 9 tháng đầu năm 2024

Kính gửi: Ủy ban nhân dân tỉnh Thái Bình

I. KẾT QUẢ
{said}

{signer}
"""
DEPARTMENT = {
    "superior": "UBND TỈNH THÁI BÌNH", "issuer": "SỞ NỘI VỤ", "symbol": "BC-SNV", "place": "Thái Bình", "day": "02", "signer": "GIÁM ĐỐC",
    "said": "Trong tháng 6, Sở đã mở 02 lớp tập huấn về Luật Thực hiện dân chủ ở cơ sở cho 150 cán bộ, công chức.",
}  # fmt: skip
DISTRICT = {
    "superior": "ỦY BAN NHÂN DÂN", "issuer": "HUYỆN TIỀN HẢI", "symbol": "BC-UBND", "place": "Tiền Hải", "day": "03", "signer": "CHỦ TỊCH",
    "said": "Đến nay huyện chưa tổ chức tập huấn Luật Thực hiện dân chủ ở cơ sở.",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("thai-binh")
    (folder / "co-quan.csv").write_text(AGENCIES, encoding="utf-8")
    (folder / "ke-hoach.toml").write_text(PLAN, encoding="utf-8")
    (folder / "in").mkdir()
    for name, words in (("so.txt", DEPARTMENT), ("huyen.txt", DISTRICT)):
        (folder / "in" / name).write_text(REPORT.format(**words), encoding="utf-8")
    run(folder, "agencies", "import", str(folder / "co-quan.csv"))
    run(folder, "ingest", str(folder / "in"), "--plan", str(folder / "ke-hoach.toml"), "--jobs", "1")
    return folder


def run(folder: Path, *args: str) -> str:
    done = CliRunner().invoke(cli, [*args, "--db", str(folder / "tb.db")])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_its_senders_are_known_by_their_letterheads(folder: Path) -> None:
    rows = {row["file"]: row["agency"] for row in json.loads(run(folder, "documents"))}
    assert rows == {"so.txt": "TB-SNV", "huyen.txt": "UBND-HUYEN-TIEN-HAI"}


def test_its_duties_are_judged_by_its_plan(folder: Path) -> None:
    rows = {row["agency"]: row for row in json.loads(run(folder, "status", "--year", "2024"))}
    assert {code: row["state"] for code, row in rows.items()} == {
        "TB-SNV": "evidenced", "SO-TU-PHAP-TINH-THAI-BINH": "no_report", "UBND-HUYEN-TIEN-HAI": "not_done",
    }  # fmt: skip
    assert all(row["owed"] and row["due"] == "2024-11-30" and row["plan"] == "thai-binh-2024" for row in rows.values())
    assert [row["agency"] for row in json.loads(run(folder, "missing", "--overdue"))] == [
        "SO-TU-PHAP-TINH-THAI-BINH",
        "UBND-HUYEN-TIEN-HAI",
    ]


def test_one_file_is_read_and_explained_with_its_agencies(folder: Path) -> None:
    (row,) = json.loads(run(folder, "extract", str(folder / "in" / "so.txt")))
    assert (row["agency"], row["item"], row["status"], row["plan"]) == ("TB-SNV", "II.1.d", "done", "thai-binh-2024")
    told = json.loads(run(folder, "explain", str(folder / "in" / "so.txt"), "--quote", "tap huan"))
    assert [claim["status"] for one in told for claim in one["claims"]] == ["done"]
