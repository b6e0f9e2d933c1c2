from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from minhchung.extract.proposing import proposals_in
from minhchung.plan.loader import load_plan


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("2. Sở sẽ tập huấn bù cho nhóm viên chức trước ngày 30/4/2024.", []),
        ("1. Đề nghị Bộ Nội vụ hướng dẫn thi hành Luật.", ["Đề nghị Bộ Nội vụ hướng dẫn thi hành Luật."]),
        ("a) Cấp loa truyền thanh cho 03 xã", ["Cấp loa truyền thanh cho 03 xã"]),
        ("- Tổ chức tập huấn cho cấp xã;", ["Tổ chức tập huấn cho cấp xã"]),
        ("Đã tổ chức tập huấn cho cấp xã.", []),
        ("Quận kiến nghị thành phố bổ sung vốn cải tạo cống thoát nước phố Chợ Hàng.", []),
        ("Kiến nghị UBND thành phố bổ sung biên chế giáo viên mầm non.", []),
        ("Đề nghị mở lớp tập huấn nghiệp vụ phòng cháy.", []),
        ("Quận kiến nghị thành phố bố trí kinh phí kiểm tra nồng độ cồn.", []),
        ("Đề nghị giúp tài liệu mở lớp tập huấn; đề nghị hỗ trợ kinh phí duy tu bãi tắm./.", ["Đề nghị giúp tài liệu mở lớp tập huấn"]),
        ("Đề nghị Sở cấp tài liệu về Luật; cử báo cáo viên tập huấn./.", ["Đề nghị Sở cấp tài liệu về Luật", "cử báo cáo viên tập huấn"]),
        ("Xã đã tập huấn Luật theo đề nghị của quận.", []),
    ],
)
def test_only_what_proposes_something_about_the_law_or_a_duty_is_taken(text: str, proposed: list[str]) -> None:
    assert proposals_in(text) == proposed


def test_a_clause_that_a_claim_rests_on_is_about_a_duty() -> None:
    text = "Kiến nghị cấp trên sớm trả lời."
    assert proposals_in(text) == []
    assert proposals_in(text, None, [(0, len(text))]) == [text]
    assert proposals_in(f"{text} Sở sẽ trả lời.", None, [(len(text) + 1, len(text) + 15)]) == []


def test_a_plan_with_rules_of_its_own_tells_what_concerns_it(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(
        """
[[rule]]
id = "law"
group = "law.explicit"
phrases = ["luật điện lực"]
""",
        encoding="utf-8",
    )
    plan = replace(load_plan(), rules="rules.toml", path=str(tmp_path / "plan.toml"), version="of this test")
    assert proposals_in("Đề nghị Bộ hướng dẫn Luật Điện lực.", plan) == ["Đề nghị Bộ hướng dẫn Luật Điện lực."]
    assert proposals_in("Đề nghị Bộ hướng dẫn Luật Thực hiện dân chủ ở cơ sở.", plan) == []
