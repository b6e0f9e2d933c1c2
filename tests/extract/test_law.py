"""Which law a sentence speaks of."""

from __future__ import annotations

import pytest

from minhchung.extract.analysis import analyse_one
from minhchung.extract.law import law_of


def words(text: str) -> tuple[list[str], list[str]]:
    """The words that name this Law, and those that name something else."""
    said = law_of(analyse_one(text))
    return [text[a:b] for a, b in said.explicit], [text[h.start : h.end] for h in said.other]


@pytest.mark.parametrize(
    "text",
    [
        "Các phường phổ biến Luật cho nhân dân.",
        "nội dung Luật này",
        "theo luật này",
        "Luật số 10/2022/QH15",
        "TUYÊN TRUYỀN LUẬT TẠI CƠ SỞ",
        "Luật Thực hiện dân chủ ở cơ sở",
        "theo Nghị định số 59/2023/NĐ-CP",
    ],
)
def test_this_law(text: str) -> None:
    ours, others = words(text)
    assert ours and not others


@pytest.mark.parametrize(
    "text", ["Luật Đất đai", "Luật đất đai", "luật giao thông đường bộ", "Luật Hòa giải ở cơ sở", "Luật số 31/2024/QH15"]
)
def test_another_law(text: str) -> None:
    ours, others = words(f"Tuyên truyền {text} được 04 buổi.")
    assert not ours and others


@pytest.mark.parametrize(
    "text", ["mời Luật sư tư vấn", "phổ biến pháp luật", "giữ nghiêm kỷ luật", "Hội Luật gia quận", "đúng quy luật", "luật chơi"]
)
def test_no_statute_at_all(text: str) -> None:
    assert words(text) == ([], [])


def test_both_may_be_named() -> None:
    ours, others = words("Tuyên truyền Luật Thực hiện dân chủ ở cơ sở và Luật Đất đai.")
    assert "Luật Thực hiện dân chủ ở cơ sở" in ours and "Luật" in others


def test_a_sentence_that_denies_the_law_does_not_name_it() -> None:
    assert words("Hai lớp này không liên quan đến Luật Thực hiện dân chủ ở cơ sở.")[0] == []


def test_a_bodys_own_name_is_no_topic() -> None:
    assert words("Phòng Tài nguyên và Môi trường tuyên truyền Luật.")[1] == []
    assert words("Tuyên truyền bảo vệ môi trường.")[1] == ["môi trường"]


def test_the_older_names_are_democracy_and_the_ordinance_is_old() -> None:
    said = law_of(analyse_one("việc thực hiện QCDC theo Pháp lệnh 34"))
    assert said.democracy and said.old and not said.explicit


def test_companions_name_the_law_weakly() -> None:
    said = law_of(analyse_one("theo Kế hoạch của thành phố"))
    assert said.weak and not said.explicit and not said.democracy
